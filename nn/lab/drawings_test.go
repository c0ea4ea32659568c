package lab

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"convlens/nn"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// drawn are n drawings of noise, numbered, the first without a label.
func drawn(number, n int) *wire.Drawings {
	set := boards(uint32(40), n, 1, 8, 7)
	m := &wire.Drawings{Number: number, Shape: []int{1, 8, 7}, Pixels: set.Pixels, Labels: []int{wire.NoLabel}}
	for i := 1; i < n; i++ {
		m.Labels = append(m.Labels, i%10)
	}
	return m
}

// answers are what a network makes of drawings, by its own Forward, one batch.
func answers(t *testing.T, model *nn.Sequential, m *wire.Drawings) []float32 {
	t.Helper()
	shape := nn.Shape{C: m.Shape[0], H: m.Shape[1], W: m.Shape[2]}
	x := nn.NewTensor(len(m.Labels), shape)
	image := make([]float32, shape.Len())
	for i := range m.Labels {
		nn.Normalize(image, m.Pixels[i*shape.Len():(i+1)*shape.Len()])
		nn.ImportImage(x.Sample(i), image, shape)
	}
	return nn.NewProbe(model, x.N).Forward(x, len(model.Layers)-1, nil).Data
}

// TestDrawings compares the predictions, before and after a run, with the
// network's, and looks at a drawing as at any image.
func TestDrawings(t *testing.T) {
	p := newPage(t)
	d := drawn(3, 12)
	var l *Lab
	l = p.play(p.ready(d, func() {
		if m := last[*wire.Predictions](p); m.Number != 3 || m.Step != 0 || m.KeptStep != 0 || m.N != 12 || len(m.Probs) != 120 {
			t.Errorf("at first %d drawings, number %d, steps %d and %d", m.N, m.Number, m.Step, m.KeptStep)
		}
	}, &wire.Train{Settings: settings()},
		&wire.GetSample{Split: wire.DrawnSplit, Index: 11}, &wire.GetSample{Split: wire.DrawnSplit},
		&wire.Watch{Split: wire.DrawnSplit, Layer: "relu_2"})...)
	p.calm()
	m := last[*wire.Predictions](p)
	want := answers(t, l.model, d)
	if m.Step != steps || m.KeptStep != steps || !slices.Equal(m.Probs, want) {
		t.Errorf("after steps %d and %d the answers are %v, expected %v", m.Step, m.KeptStep, m.Probs, want)
	}
	s := all[*wire.Sample](p)
	if s[0].Label != 1 || s[1].Label != wire.NoLabel || string(s[1].Pixels) != string(d.Pixels[:56]) {
		t.Errorf("the drawings are shown with labels %d and %d", s[0].Label, s[1].Label)
	}
	v := last[*wire.View](p)
	if v.Split != wire.DrawnSplit || v.Label != wire.NoLabel || !slices.Equal(v.Probs, want[:10]) || len(v.Maps.Data) == 0 {
		t.Errorf("the View is of split %d, label %d, with the answer %v", v.Split, v.Label, v.Probs)
	}
}

// TestDrawingsDuringRun renews the answer with every View, and in between for
// another drawing, whose stroke holds the next View up.
func TestDrawingsDuringRun(t *testing.T) {
	p := newPage(t)
	p.once(atStep(6), drawn(2, 1))
	p.play(p.ready(drawn(1, 1), &wire.Watch{Layer: "conv2d_1", IntervalMS: 500}, p.forget, &wire.Train{Settings: settings()})...)
	p.calm()
	var got []string
	for _, m := range all[*wire.Predictions](p) {
		got = append(got, fmt.Sprint(m.Number, "@", m.Step))
	}
	if want := "1@3 1@6 2@6 2@9 2@10"; strings.Join(got, " ") != want {
		t.Errorf("told %q, expected %q", got, want)
	}
	if got, want := last[*wire.Progress](p), undisturbed(t, settings()); got.Fingerprint != want.Fingerprint || got.ValLoss != want.ValLoss {
		t.Error("drawings change the run")
	}
}

// TestDrawingsWithinStep sends a drawing in the middle of a step and something
// else: the drawing is answered there, by the weights that the step began with,
// and the other waits for its end.
func TestDrawingsWithinStep(t *testing.T) {
	p := newPage(t)
	p.batchMS, p.idleMS = 10, 10
	l := New(p, "")
	within, sent, told := false, false, ""
	d := drawn(2, 1)
	p.afterBatch = func() {
		if within && !sent && l.trainer.Position().Step == 4 {
			sent = true
			p.urgent = append(p.urgent, d, &wire.GetSample{Split: wire.DrawnSplit})
		}
	}
	p.react = func(m wire.Message) {
		switch m := m.(type) {
		case *wire.Sample:
			told += fmt.Sprint(" sample ", within)
		case *wire.Predictions:
			if m.Number == 2 && within {
				told += fmt.Sprint("answer at ", m.Step)
				if want := answers(t, l.model, d); !slices.Equal(m.Probs, want) {
					t.Errorf("the answer is %v, expected %v", m.Probs, want)
				}
			}
		}
	}
	p.script = p.ready(drawn(1, 1), func() {
		l.look(lens{before: func() { within = true }, after: func() { within = false }})
	}, &wire.Train{Settings: settings()})
	l.Run()
	p.calm()
	if want := "answer at 4 sample false"; told != want {
		t.Errorf("told %q, expected %q", told, want)
	}
	if got, want := last[*wire.Progress](p), undisturbed(t, settings()); got.Fingerprint != want.Fingerprint || got.ValLoss != want.ValLoss {
		t.Error("drawings change the run")
	}
}

// TestDrawingsShare reads the kept ones no more often than a lens may, whatever
// the page asks about the one on the pad.
func TestDrawingsShare(t *testing.T) {
	l := &Lab{host: newPage(t)}
	l.data = small(1)
	if err := l.init(settings()); err != nil {
		t.Fatal(err)
	}
	p := l.host.(*page)
	if err := l.handle(drawn(1, 3)); err != nil {
		t.Fatal(err)
	}
	l.run.state, l.drawn.at, l.drawn.took = wire.Training, p.clock, 4
	for range 3 { // 200 ms is what 4 ms are 2% of
		if _, err := l.trainer.Step(); err != nil {
			t.Fatal(err)
		}
		p.clock += 80
		l.predict()
	}
	var got []int
	for _, m := range all[*wire.Predictions](p) {
		got = append(got, m.KeptStep)
	}
	if want := []int{0, 0, 0, 3}; !slices.Equal(got, want) {
		t.Errorf("the kept ones were read after steps %v, expected %v", got, want)
	}
	other := drawn(2, 3)
	other.Pixels[len(other.Pixels)-1]++ // a kept one is another
	if _, err := l.trainer.Step(); err != nil {
		t.Fatal(err)
	}
	if err := l.handle(other); err != nil || last[*wire.Predictions](p).KeptStep != 4 {
		t.Errorf("another drawing waits: %v, %+v", err, last[*wire.Predictions](p))
	}
}

// TestDrawingsRenewed goes on with another network, and waits for one that takes
// drawings of that shape.
func TestDrawingsRenewed(t *testing.T) {
	p := newPage(t)
	other := settings()
	other.Seed++
	p.play(drawn(1, 2), func() {
		if n := len(all[*wire.Predictions](p)); n != 0 {
			t.Errorf("%d answers without a network", n)
		}
	}, &wire.Init{Settings: settings()}, func() {
		if n := len(all[*wire.Predictions](p)); n != 0 {
			t.Errorf("%d answers of a network for other images", n)
		}
	}, &wire.Load{Source: p.offer("boards", small(1))}, func() {
		if n := len(all[*wire.Predictions](p)); n != 1 {
			t.Errorf("%d answers of the network that takes them", n)
		}
	}, &wire.Init{Settings: other})
	p.calm()
	told := all[*wire.Predictions](p)
	if len(told) != 2 || slices.Equal(told[0].Probs[:10], told[1].Probs[:10]) || slices.Equal(told[0].Probs[10:], told[1].Probs[10:]) {
		t.Errorf("%d answers for two networks", len(told))
	}
}

// TestDrawingsOfMoreClasses reads a drawing named when there were more classes
// than the data have now as one without a label, and by its label again with the
// data of before.
func TestDrawingsOfMoreClasses(t *testing.T) {
	p := newPage(t)
	few := small(5)
	for _, set := range []*mnist.Set{&few.Train, &few.Test} {
		for i := range set.Labels {
			set.Labels[i] %= 4
		}
	}
	files := opens(1, "x", mnist.EncodeImages(few.Train), "y", mnist.EncodeLabels(few.Train.Labels),
		"x2", mnist.EncodeImages(few.Test), "y2", mnist.EncodeLabels(few.Test.Labels))
	d := drawn(1, 3)
	d.Labels[1], d.Labels[2] = 3, 9
	sample := func(i int) wire.Message { return &wire.GetSample{Split: wire.DrawnSplit, Index: i} }
	p.play(p.ready(d, files, func() {
		use := &wire.Load{Source: wire.Source{Name: last[*wire.Opened](p).Name}}
		p.forget()
		p.script = append([]any{use}, p.script...)
	}, d, sample(1), sample(2), &wire.Watch{Split: wire.DrawnSplit, Index: 2},
		&wire.Why{Split: wire.DrawnSplit, Index: 2, Patch: 3, Stride: 2}, &wire.TakeNet{}, nothing{}, func() {
			if m := last[*wire.Predictions](p); m.N != 3 || len(m.Probs) != 3*4 {
				t.Errorf("%d drawings are read with %d probabilities, expected 3 with 12", m.N, len(m.Probs))
			}
			v, n := last[*wire.View](p), last[*wire.Net](p)
			if v.Label != wire.NoLabel || n.Label != wire.NoLabel || len(v.Probs) != 4 || len(n.Probs) != 4 {
				t.Errorf("with 4 classes the drawing named 9 is seen and taken with the labels %d and %d", v.Label, n.Label)
			}
		}, &wire.Load{Source: p.offer("boards again", small(1))}, sample(2))...)
	p.calm()
	var got []int
	for _, s := range all[*wire.Sample](p) {
		got = append(got, s.Label)
	}
	if want := []int{3, wire.NoLabel, 9}; !slices.Equal(got, want) {
		t.Errorf("the samples have the labels %v, expected %v", got, want)
	}
}

// TestDrawingsRefused says what is wrong with drawings, or with looking at some
// that are not there, and changes nothing.
func TestDrawingsRefused(t *testing.T) {
	for _, tt := range []struct {
		m    wire.Message
		want string
	}{
		{&wire.Drawings{Shape: []int{1, 28, 28}, Pixels: make([]byte, 784), Labels: []int{1}},
			"Drawings: lab: drawings of shape (1, 28, 28), the network takes (1, 8, 7)"},
		{&wire.Drawings{Shape: []int{8, 7}, Pixels: make([]byte, 56), Labels: []int{1}}, "Drawings: lab: drawings of shape [8 7], expected (C,H,W)"},
		{&wire.Drawings{Shape: []int{1, 8, 7}}, "Drawings: lab: 0 drawings, expected 1 to 101"},
		{&wire.Drawings{Shape: []int{1, 8, 7}, Pixels: make([]byte, 55), Labels: []int{1}}, "Drawings: lab: 55 pixels for 1 drawings of shape (1, 8, 7)"},
		{&wire.Drawings{Shape: []int{1, 8, 7}, Pixels: make([]byte, 56), Labels: []int{257}}, "Drawings: lab: drawing 0 has the label 257, expected 0 to 256"},
		{&wire.GetSample{Split: wire.DrawnSplit, Index: 2}, "GetSample: lab: sample 2, expected 0 to 1"},
		{&wire.GetSample{Split: 3}, "GetSample: lab: split 3, expected 0 (training), 1 (test) or 2 (drawn)"},
	} {
		p := newPage(t)
		p.play(p.ready(drawn(1, 2), tt.m, &wire.GetSample{Split: wire.DrawnSplit, Index: 1})...)
		if got := p.failures(); len(got) != 1 || got[0] != tt.want {
			t.Errorf("%q, expected %q", got, tt.want)
		}
		if len(all[*wire.Sample](p)) != 1 {
			t.Errorf("after %q the drawings are gone", tt.want)
		}
	}
	p := newPage(t)
	p.play(p.ready(&wire.GetSample{Split: wire.DrawnSplit})...)
	if got := p.failures(); len(got) != 1 || got[0] != "GetSample: lab: there is no drawing of shape (1, 8, 7)" {
		t.Errorf("without a drawing: %q", got)
	}
}

// TestWhyOfAnotherDrawing covers another drawing anew, in the same place of the
// same set.
func TestWhyOfAnotherDrawing(t *testing.T) {
	p := newPage(t)
	one, two := drawn(1, 1), drawn(2, 1)
	slices.Reverse(two.Pixels)
	ask := &wire.Why{Split: wire.DrawnSplit, Patch: 3, Stride: 2}
	watch := &wire.Watch{Split: wire.DrawnSplit, Layer: "conv2d_1"}
	p.play(p.ready(&wire.Train{Settings: settings()}, one, watch, ask, nothing{}, two, watch, ask, nothing{})...)
	p.calm()
	var drops [][]float32
	for _, c := range all[*wire.Covered](p) {
		if c.Done == c.Places {
			drops = append(drops, c.Drop.Data)
		}
	}
	if len(drops) < 2 || slices.Equal(drops[0], drops[len(drops)-1]) {
		t.Errorf("%d occlusion maps, of two drawings", len(drops))
	}
}
