package lab

import (
	"fmt"
	"slices"

	"convlens/nn"
	"convlens/nn/inspect"
	"convlens/nn/wire"
)

// explainer is the lens on the arithmetic: how one value of the watched image's
// way through the network comes about, and what the last training step did to
// the weights behind it.
type explainer struct {
	ask    wire.Explain
	model  *nn.Sequential // that all below is of
	tracer *inspect.Tracer
	steps  *inspect.StepWatch
	seen   int // the step that steps knows of; 0 before the first
	begun  float64
	stepMS float64 // of that step
	image  []float32
	told   wire.Trace
}

// shownTerms is how many of a dense layer's terms are listed.
const shownTerms = 10

// explain answers Explain.
func (l *Lab) explain(ask wire.Explain) error {
	if l.model != nil {
		if _, _, err := l.find(ask); err != nil {
			return err
		}
	}
	x := &l.explains
	x.ask = ask
	l.look(lens{refresh: l.retrace, before: func() {
		x.attach(l.trainer)
		x.begun = l.host.Now()
		if l.seenAfter(x.stepMS) {
			x.steps.Before() // whatever the page asks for next
		} else {
			x.steps.Before(x.kernel(ask.Layer))
		}
	}, after: func() {
		x.seen, x.stepMS = l.trainer.Position().Step, l.host.Now()-x.begun
	}})
	return nil
}

// seenAfter says whether the page will be shown the network as the next step, of
// so many milliseconds, leaves it.
func (l *Lab) seenAfter(ms float64) bool {
	return l.host.Now()+ms-l.run.told >= l.interval() || l.trainer.Position().Seen+l.settings.Batch >= l.trainer.Samples()
}

// find returns the place of a layer and of a value in its output.
func (l *Lab) find(ask wire.Explain) (layer int, at inspect.Place, err error) {
	for i, y := range l.model.Layers {
		if y.Name() != ask.Layer {
			continue
		}
		s := y.OutShape()
		if ask.Value < 0 || ask.Value >= s.Len() {
			return 0, at, fmt.Errorf("lab: value %d of %s, expected 0 to %d", ask.Value, ask.Layer, s.Len()-1)
		}
		return i, inspect.Place{C: ask.Value / (s.H * s.W), Y: ask.Value / s.W % s.H, X: ask.Value % s.W}, nil
	}
	return 0, at, fmt.Errorf("lab: the network has no layer %q", ask.Layer)
}

// retrace tells the page how the value comes about now. Without the image, or in
// a network without the value, there is nothing to tell until the page asks for
// another one.
func (l *Lab) retrace() {
	w := l.viewer.watch
	if l.model == nil || l.data == nil || l.holds(w.Split, w.Index) != nil {
		return
	}
	layer, at, err := l.find(l.explains.ask)
	if err != nil {
		return
	}
	x := &l.explains
	x.attach(l.trainer)
	set := l.set(w.Split)
	x.image = grow(x.image, set.Shape().Len())
	nn.Normalize(x.image, set.Image(w.Index))
	x.tracer.Look(x.image)

	t := &x.told
	t.Split, t.Index = w.Split, w.Index
	t.Step = l.trainer.Position().Step
	trace := x.trace(layer, at)
	if t.Op.Weighted() {
		t.Weight = trace.Terms[t.Term].Weight
		x.last(l.trainer)
	}
	l.host.Send(t)
}

// attach turns to another network.
func (x *explainer) attach(tr *nn.Trainer) {
	if m := tr.Model(); x.model != m {
		x.model, x.tracer, x.steps, x.seen = m, inspect.NewTracer(m), inspect.WatchSteps(m, tr.Optimizer()), 0
	}
}

// trace writes all but the weight's step.
func (x *explainer) trace(layer int, at inspect.Place) inspect.Trace {
	in := x.model.InShape()
	if layer > 0 {
		in = x.model.Layers[layer-1].OutShape()
	}
	e, t := x.tracer.Trace(layer, at), &x.told
	t.Layer, t.Op, t.Value, t.Winner = e.Layer, wire.Op(e.Op), e.Index, e.Winner
	t.Bias, t.Top, t.Sum, t.Result = e.Bias, e.Top, e.Sum, e.Value
	t.Drawn, t.After, t.Bound = e.Drawn, e.After, inspect.Rounding*e.Scale
	t.Term = min(max(x.ask.Term, 0), len(e.Terms)-1)
	t.Weight, t.Last = 0, wire.Update{Moments: t.Last.Moments[:0]}

	t.Terms, t.Omitted, t.Others = t.Terms[:0], 0, 0
	add := func(i int) {
		term, f := e.Terms[i], e.Terms[i].From
		t.Terms = append(t.Terms, wire.Term{Number: i, From: (f.C*in.H+f.Y)*in.W + f.X, X: term.X, W: term.W, Product: term.Product})
	}
	if e.Op == inspect.Weigh {
		largest, others := e.Largest(shownTerms)
		for _, i := range largest {
			add(i)
		}
		t.Omitted, t.Others = len(e.Terms)-len(largest), others
	} else {
		for i := range e.Terms {
			add(i)
		}
	}

	t.Channel, t.Input = e.Terms[t.Term].From.C, wire.Tensor{Data: t.Input.Data[:0]}
	if !in.Flat {
		t.Input = wire.Tensor{Name: "input", Shape: []int{in.H, in.W}, Data: grow(t.Input.Data, in.H*in.W)}
		x.tracer.Input(t.Input.Data, layer, t.Channel)
	}
	return e
}

// last writes what the last step did to the chosen weight, if it was seen.
func (x *explainer) last(tr *nn.Trainer) {
	t := &x.told
	if x.seen == 0 || x.seen != t.Step {
		return
	}
	k := x.kernel(t.Layer)
	if !x.steps.Knows(k) {
		return
	}
	done := x.steps.Update(k, t.Weight)
	u := &t.Last
	u.Step, u.Gradient, u.Before, u.After, u.Rate = x.seen, done.Gradient, done.Before, done.After, done.Rate
	for _, m := range done.Moments {
		u.Moments = append(u.Moments, wire.Moving(m))
	}
	if o, ok := tr.Optimizer().(*nn.Adadelta); ok {
		s := done.Adadelta(o)
		u.Squared, u.RMSUpdate, u.RMSGradient, u.Delta, u.Change = s.Squared, s.RMSUpdate, s.RMSGradient, s.Delta, s.Step
	}
}

// kernel is the number of a layer's kernel among the network's parameters, or -1.
func (x *explainer) kernel(layer string) int {
	return slices.IndexFunc(x.model.Params(), func(p *nn.Param) bool { return p.Layer == layer }) // the bias comes after it
}
