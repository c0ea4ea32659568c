package inspect

import (
	"slices"

	"convlens/nn"
	"convlens/nn/kernel"
)

// An Update is what one training step did to one weight.
type Update struct {
	Layer, Name string // of the parameter
	Index       int    // of the weight in the shown order
	Gradient    float32
	Before      float32 // the weight
	After       float32
	// Moments are the optimiser's numbers for the weight: Adadelta's running
	// means of g² and of the squared updates, Adam's of g and g², SGD's velocity;
	// Muon's velocity of a kernel and its orthogonalised change.
	// Before the first step they are zero.
	Moments []Moving
	Rate    float32 // nn.LastRate
}

// Moving is a number of an optimiser before and after the step.
type Moving struct{ Before, After float32 }

// A StepWatch tells what a training step did to any weight of a network: it keeps
// them, and the optimiser's moments, as they were Before it.
type StepWatch struct {
	m      *nn.Sequential
	opt    nn.Optimizer
	values [][]float32   // of each parameter, as all below in the order of Param.Value
	before [][][]float32 // [parameter][moment]
}

// WatchSteps returns a StepWatch for m, which o trains.
func WatchSteps(m *nn.Sequential, o nn.Optimizer) *StepWatch {
	return &StepWatch{m: m, opt: o, values: make([][]float32, len(m.Params())), before: make([][][]float32, len(m.Params()))}
}

// Before notes the parameters with these numbers before a step, or all if there
// are none: for the tutorial's network 7 MB. It allocates only the first times.
func (w *StepWatch) Before(params ...int) {
	for i, p := range w.m.Params() {
		if w.values[i] = w.values[i][:0]; len(params) > 0 && !slices.Contains(params, i) {
			continue
		}
		w.values[i] = append(w.values[i], p.Value...)
		for k, m := range nn.Moments(w.opt, i) {
			if k == len(w.before[i]) {
				w.before[i] = append(w.before[i], nil)
			}
			w.before[i][k] = append(w.before[i][k][:0], m...)
		}
	}
}

// Knows says whether the last Before noted parameter number param.
func (w *StepWatch) Knows(param int) bool { return len(w.values[param]) > 0 }

// Update returns what the step after the last Before did to the weight shown at
// index of parameter number param, in the order of nn.Sequential.Params.
func (w *StepWatch) Update(param, index int) Update {
	if param < 0 || param >= len(w.values) || index < 0 || index >= len(w.values[param]) {
		panic("inspect: StepWatch.Update: no such weight, or nothing noted before")
	}
	p := w.m.Params()[param]
	at := p.Stored(index)
	u := Update{Layer: p.Layer, Name: p.Name, Index: index,
		Gradient: p.Grad[at], Before: w.values[param][at], After: p.Value[at], Rate: nn.LastRate(w.opt, param)}
	for k, m := range nn.Moments(w.opt, param) {
		moving := Moving{After: m[at]}
		if k < len(w.before[param]) {
			moving.Before = w.before[param][k][at]
		}
		u.Moments = append(u.Moments, moving)
	}
	return u
}

// AdadeltaStep is an Update by Adadelta in its parts, with the bits that the
// optimiser computes (see kernel.Adadelta, and kernel.Fade for both means):
//
//	Squared = g²               MeanSquare = rho E[g²] + (1-rho) g²
//	RMSUpdate = sqrt(E[d²] + epsilon)    RMSGradient = sqrt(MeanSquare + epsilon)
//	Delta = RMSUpdate / RMSGradient * g  MeanDelta = rho E[d²] + (1-rho) Delta²
//	Step = Rate * Delta                  weight after = weight before - Step
type AdadeltaStep struct {
	Squared, MeanSquare    float32
	RMSUpdate, RMSGradient float32
	Delta, MeanDelta, Step float32
}

// Adadelta takes the step apart. The update must be one by o.
func (u *Update) Adadelta(o *nn.Adadelta) (s AdadeltaStep) {
	if len(u.Moments) != 2 {
		panic("inspect: Update.Adadelta: an update by another optimiser")
	}
	rho, eps := float32(o.Rho), float32(o.Epsilon)
	rest := 1 - rho
	g, eg, ed := u.Gradient, u.Moments[0].Before, u.Moments[1].Before
	s.Squared = float32(g * g)
	s.MeanSquare = kernel.Fade(float32(rho*eg) + float32(rest*s.Squared))
	s.RMSUpdate, s.RMSGradient = kernel.Sqrt(ed+eps), kernel.Sqrt(s.MeanSquare+eps)
	s.Delta = float32(s.RMSUpdate / s.RMSGradient * g)
	s.MeanDelta = kernel.Fade(float32(rho*ed) + float32(rest*float32(s.Delta*s.Delta)))
	s.Step = float32(u.Rate * s.Delta)
	return s
}
