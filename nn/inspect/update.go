package inspect

import (
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
	// means of g² and of the squared updates, Adam's of g and g², SGD's velocity.
	// Before the first step they are zero.
	Moments []Moving
}

// Moving is a number of an optimiser before and after the step.
type Moving struct{ Before, After float32 }

// A WeightWatch follows one weight of a network in training: Before the step,
// then After it.
type WeightWatch struct {
	opt    nn.Optimizer
	param  *nn.Param
	number int // of the parameter
	stored int
	u      Update
}

// WatchWeight follows the weight shown at index of parameter number param of m,
// in the order of nn.Sequential.Params.
func WatchWeight(m *nn.Sequential, o nn.Optimizer, param, index int) *WeightWatch {
	if param < 0 || param >= len(m.Params()) || index < 0 || index >= m.Params()[param].Len() {
		panic("inspect: WatchWeight: no such weight")
	}
	p := m.Params()[param]
	return &WeightWatch{opt: o, param: p, number: param, stored: p.Stored(index),
		u: Update{Layer: p.Layer, Name: p.Name, Index: index}}
}

// Before notes the weight before a step.
func (w *WeightWatch) Before() {
	w.u.Before = w.param.Value[w.stored]
	clear(w.u.Moments)
	for i, m := range nn.Moments(w.opt, w.number) {
		w.moment(i).Before = m[w.stored]
	}
}

// After returns what the step did. Its Moments are valid until the next Before.
func (w *WeightWatch) After() Update {
	w.u.Gradient, w.u.After = w.param.Grad[w.stored], w.param.Value[w.stored]
	for i, m := range nn.Moments(w.opt, w.number) {
		w.moment(i).After = m[w.stored]
	}
	return w.u
}

func (w *WeightWatch) moment(i int) *Moving {
	if i == len(w.u.Moments) {
		w.u.Moments = append(w.u.Moments, Moving{})
	}
	return &w.u.Moments[i]
}

// AdadeltaStep is an Update by Adadelta in its parts, with the bits that the
// optimiser computes (see kernel.Adadelta):
//
//	Squared = g²               MeanSquare = rho E[g²] + (1-rho) g²
//	RMSUpdate = sqrt(E[d²] + epsilon)    RMSGradient = sqrt(MeanSquare + epsilon)
//	Delta = RMSUpdate / RMSGradient * g  MeanDelta = rho E[d²] + (1-rho) Delta²
//	Step = learning rate * Delta         weight after = weight before - Step
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
	s.MeanSquare = float32(rho*eg) + float32(rest*s.Squared)
	s.RMSUpdate, s.RMSGradient = kernel.Sqrt(ed+eps), kernel.Sqrt(s.MeanSquare+eps)
	s.Delta = float32(s.RMSUpdate / s.RMSGradient * g)
	s.MeanDelta = float32(rho*ed) + float32(rest*float32(s.Delta*s.Delta))
	s.Step = float32(float32(o.LearningRate) * s.Delta)
	return s
}
