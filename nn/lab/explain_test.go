package lab

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"convlens/nn"
	"convlens/nn/wire"
)

// TestExplain has the terms of values of every layer taken from the feature map
// of the layer before, and adding up to what is drawn in the layer's own.
func TestExplain(t *testing.T) {
	p := newPage(t)
	l, of := views(t, p, wire.TestSplit, 13)
	rows, _ := l.model.Summary()
	q := newPage(t)
	var script []any
	for _, r := range rows {
		n := size(r.Out.Dims())
		for _, value := range []int{0, n / 2, n - 1} {
			script = append(script, &wire.Explain{Layer: r.Name, Value: value, Term: 1 + value%3})
			if value == 0 {
				script[len(script)-1].(*wire.Explain).Term = 0
			}
		}
	}
	trained(q, append([]any{&wire.Watch{Split: wire.TestSplit, Index: 13, Layer: "conv2d_1"}}, script...)...)
	for _, f := range q.failures() {
		t.Error(f)
	}
	told := all[*wire.Trace](q)
	if len(told) != len(script) {
		t.Fatalf("%d answers to %d questions", len(told), len(script))
	}
	for i, e := range told {
		r := rows[i/3]
		what := fmt.Sprintf("value %d of %s", e.Value, e.Layer)
		if e.Layer != r.Name || e.Value != script[i].(*wire.Explain).Value || e.Step != steps || e.Split != wire.TestSplit || e.Index != 13 {
			t.Fatalf("%s, step %d, image %d, in answer to %+v", what, e.Step, e.Index, script[i])
		}
		if want := of[r.Name].Maps.Data[e.Value]; e.Drawn != want {
			t.Errorf("%s is %v in the feature map, told is %v", what, want, e.Drawn)
		}
		in := of[r.Name].Input
		if i >= 3 {
			in = of[rows[i/3-1].Name].Maps
		}
		for _, term := range e.Terms {
			if term.X != in.Data[term.From] {
				t.Fatalf("%s: term %d is %v, the map it comes from has %v", what, term.Number, term.X, in.Data[term.From])
			}
		}
		if got := come(e); math.Abs(got-float64(e.Drawn)) > float64(e.Bound)+1e-5*(1+math.Abs(got)) {
			t.Errorf("%s: the terms come to %v, drawn is %v", what, got, e.Drawn)
		}
		if e.Op.Weighted() {
			checkKernel(t, l, e)
		}
		if channels := e.Input.Shape; len(channels) == 2 {
			if n := size(channels); !slices.Equal(e.Input.Data, in.Data[e.Channel*n:(e.Channel+1)*n]) {
				t.Errorf("%s: map %d of its input is another one", what, e.Channel)
			}
		}
	}
}

// come is what the terms come to, from the numbers a page gets.
func come(e *wire.Trace) float64 {
	sum := float64(e.Bias) + float64(e.Others)
	for _, term := range e.Terms {
		sum += float64(term.Product)
	}
	x := float64(e.Terms[e.Winner].X)
	switch e.Op {
	case wire.Convolve, wire.Weigh:
		return sum
	case wire.Rectify:
		return max(x, 0)
	case wire.PoolMax:
		for _, term := range e.Terms {
			x = max(x, float64(term.X))
		}
	case wire.Normalise:
		return float64(e.Terms[e.Winner].Product) / sum
	}
	return x
}

// checkKernel wants the chosen term's weight to be the one of that number.
func checkKernel(t *testing.T, l *Lab, e *wire.Trace) {
	t.Helper()
	for _, layer := range l.model.Layers {
		if layer.Name() != e.Layer {
			continue
		}
		w := layer.Params()[0]
		shown := make([]float32, w.Len())
		w.Export(shown, w.Value)
		for _, term := range e.Terms {
			if term.Number == e.Term && shown[e.Weight] != term.W {
				t.Errorf("%s: weight %d is %v, the term has %v", e.Layer, e.Weight, shown[e.Weight], term.W)
			}
		}
	}
	if n := len(e.Terms) + e.Omitted; e.Op == wire.Weigh && (len(e.Terms) != shownTerms || n != 64 && n != 128) {
		t.Errorf("%s: %d terms and %d others", e.Layer, len(e.Terms), e.Omitted)
	}
}

// TestExplainStep follows a weight through a run, by one replica and by several:
// each step goes on from the one before, and is the one that Adadelta takes with
// the network's gradient.
func TestExplainStep(t *testing.T) {
	for _, cores := range []int{1, 3} {
		p := newPage(t)
		p.cores = cores
		l := p.play(p.ready(&wire.Watch{Layer: "relu_2", IntervalMS: 100}, &wire.Explain{Layer: "conv2d_2", Value: 70, Term: 40},
			func() {
				if u := last[*wire.Trace](p).Last; u.Step != 0 || len(u.Moments) != 0 {
					t.Errorf("before the first step: %+v", u)
				}
				p.forget()
			}, &wire.Train{Settings: settings()}, &wire.Explain{Layer: "dense_2", Value: 7, Term: 41}, &wire.Explain{Layer: "conv2d_2", Value: 31, Term: 41})...)
		p.calm()
		told := all[*wire.Trace](p)
		moved := 0
		for i, e := range told[:len(told)-2] {
			u := e.Last
			if u.Step != e.Step || u.After != weightOf(e) || len(u.Moments) != 2 {
				t.Fatalf("at step %d with the weight %v the last step is %+v", e.Step, weightOf(e), u)
			}
			if i > 0 && e.Step == told[i-1].Step+1 {
				b := told[i-1].Last
				if u.Before != b.After || u.Moments[0].Before != b.Moments[0].After || u.Moments[1].Before != b.Moments[1].After {
					t.Errorf("step %d begins with %+v, the one before ended with %+v", u.Step, u, b)
				}
				moved++
			}
			checkAdadelta(t, u)
		}
		if moved < steps-2 {
			t.Errorf("%d steps were followed", moved)
		}
		if dense := told[len(told)-2].Last; dense.Step != steps || dense.Before == dense.After || len(dense.Moments) != 2 {
			t.Errorf("a weight of another layer, asked for after the run: %+v", dense)
		}
		other := told[len(told)-1] // another weight, asked for after the run
		if other.Last.Step != steps || other.Weight == told[0].Weight || other.Last.After != weightOf(other) {
			t.Errorf("weight %d after the run: %+v", other.Weight, other.Last)
		}
		w := l.model.Params()[2]
		shown := make([]float32, w.Len())
		w.Export(shown, w.Grad)
		if other.Last.Gradient != shown[other.Weight] || other.Last.Gradient == 0 {
			t.Errorf("the gradient is %v, told was %v", shown[other.Weight], other.Last.Gradient)
		}
		if got, want := last[*wire.Progress](p).Fingerprint, undisturbed(t, settings()).Fingerprint; got != want {
			t.Errorf("%d processors: explained, the run ends with %s, expected %s", cores, got, want)
		}
	}
}

func weightOf(e *wire.Trace) float32 {
	for _, term := range e.Terms {
		if term.Number == e.Term {
			return term.W
		}
	}
	return float32(math.NaN())
}

// checkAdadelta takes the step again, in float64.
func checkAdadelta(t *testing.T, u wire.Update) {
	t.Helper()
	const rho, eps = 0.95, 1e-7
	g, eg, ed := float64(u.Gradient), float64(u.Moments[0].Before), float64(u.Moments[1].Before)
	square := rho*eg + (1-rho)*g*g
	delta := math.Sqrt(ed+eps) / math.Sqrt(square+eps) * g
	for _, c := range []struct {
		name      string
		got       float32
		want, min float64
	}{
		{"mean square", u.Moments[0].After, square, 1e-20}, {"delta", u.Delta, delta, 1e-20}, {"change", u.Change, delta, 1e-20},
		{"mean delta", u.Moments[1].After, rho*ed + (1-rho)*delta*delta, 1e-20}, {"weight", u.After, float64(u.Before) - delta, 1e-2},
		{"RMS ratio", u.RMSUpdate / u.RMSGradient, math.Sqrt(ed+eps) / math.Sqrt(square+eps), 1e-20}, {"squared", u.Squared, g * g, 1e-20},
	} {
		if math.Abs(float64(c.got)-c.want) > 2e-5*(math.Abs(c.want)+c.min) {
			t.Errorf("step %d: %s is %v, expected %v", u.Step, c.name, c.got, c.want)
		}
	}
}

// TestExplainMuon follows a weight through a run by Muon whose rate changes: its
// momentum, the orthogonalised change, and the weight.
func TestExplainMuon(t *testing.T) {
	p := newPage(t)
	s := cycled(1)
	s.Optimizer = wire.Optimizer{Name: "muon", LearningRate: 0.01, Momentum: 0.9, Beta1: 0.9, Beta2: 0.99, Epsilon: 1e-7, OneCycle: true}
	p.play(p.ready(&wire.Watch{Layer: "relu_2", IntervalMS: 100}, &wire.Explain{Layer: "conv2d_2", Value: 70, Term: 40},
		func() { p.forget() }, &wire.Train{Settings: s})...)
	p.calm()
	seen := 0
	for _, e := range all[*wire.Trace](p) {
		u := e.Last
		if u.Step == 0 {
			continue
		}
		seen++
		rate := 0.01 * nn.OneCycle{Steps: steps}.Rate(u.Step-1) * 0.4 * math.Sqrt(288)
		v, change := u.Moments[0], u.Moments[1].After
		if math.Abs(float64(u.Rate)-rate) > 1e-6*rate || u.After != u.Before-float32(u.Rate*change) || change == 0 ||
			v.After != float32(0.9*v.Before)+u.Gradient || u.After != weightOf(e) {
			t.Errorf("%+v, expected a rate of %v", u, rate)
		}
	}
	if seen < steps-1 {
		t.Errorf("%d steps were followed", seen)
	}
}

// TestExplainMissed says nothing of a step that was taken while the page looked
// elsewhere, nor of one of another network.
func TestExplainMissed(t *testing.T) {
	ask := &wire.Explain{Layer: "conv2d_1", Value: 3, Term: 4}
	none := func(p *page, when string) func() {
		return func() {
			if e := last[*wire.Trace](p); e.Last.Step != 0 || e.Last.Gradient != 0 {
				t.Errorf("%s: %+v", when, e.Last)
			}
		}
	}
	p := newPage(t)
	l := p.play(p.ready(ask, &wire.LookAway{}, &wire.Train{Settings: settings()}, p.forget, ask, none(p, "looked away"),
		&wire.Train{Settings: settings()}, &wire.LookAway{}, &wire.Train{Settings: settings()}, ask, none(p, "looked away again"),
		&wire.Init{Settings: settings()}, none(p, "another network"))...)
	p.calm()
	if l.lens.before == nil {
		t.Error("the lens is gone")
	}
}

// TestExplainRefused answers in words what can't be explained, and is silent
// until there are a network and an image.
func TestExplainRefused(t *testing.T) {
	for _, tt := range []struct {
		ask  wire.Explain
		want string
	}{
		{wire.Explain{Layer: "conv2d_7"}, `Explain: lab: the network has no layer "conv2d_7"`},
		{wire.Explain{Layer: "dense_2", Value: 10}, "Explain: lab: value 10 of dense_2, expected 0 to 9"},
		{wire.Explain{Layer: "dense_2", Value: -1}, "Explain: lab: value -1 of dense_2, expected 0 to 9"},
	} {
		p := newPage(t)
		p.play(p.ready(p.forget, &tt.ask)...)
		if got := p.failures(); len(p.events) != 1 || len(got) != 1 || got[0] != tt.want {
			t.Errorf("%+v is answered by %q, expected %q", tt.ask, got, tt.want)
		}
	}
	p := newPage(t)
	silent := func() {
		if n := len(all[*wire.Trace](p)); n != 0 {
			t.Errorf("%d answers without a network or an image", n)
		}
	}
	p.play(&wire.Watch{Index: 3, Layer: "conv2d_1"}, &wire.Explain{Layer: "flatten_1", Value: 1000, Term: 7}, silent, &wire.Init{Settings: settings()}, silent,
		&wire.Load{Source: p.offer("boards", small(1))}, silent, // whose network has no such value
		&wire.Explain{Layer: "flatten_1", Value: 63, Term: 7}, func() {
			if e := last[*wire.Trace](p); e.Index != 3 || e.Term != 0 || e.Terms[0].From != 63 {
				t.Errorf("the last value: %+v", e)
			}
		})
	p.calm()
}
