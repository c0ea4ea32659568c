package nn

import "convlens/nn/kernel"

// Adadelta is Zeiler's method (2012) with a learning rate, as in Keras. The
// tutorial's values are those of NewAdadelta; note the learning rate of 1, not
// the 0.001 of later Keras defaults.
type Adadelta struct {
	LearningRate, Rho, Epsilon float64
	moments
}

// NewAdadelta returns the tutorial's optimiser: learning rate 1, rho 0.95,
// epsilon 1e-7.
func NewAdadelta() *Adadelta { return &Adadelta{LearningRate: 1, Rho: 0.95, Epsilon: 1e-7} }

func (o *Adadelta) Name() string { return "adadelta" }

func (o *Adadelta) Config() []Setting {
	return []Setting{{"learning_rate", number(o.LearningRate)}, {"rho", number(o.Rho)}, {"epsilon", number(o.Epsilon)}}
}

func (o *Adadelta) Step(params []*Param, rate float64) {
	o.begin(params, 2)
	for i, p := range params {
		kernel.Adadelta(p.Value, p.Grad, o.of[i][0], o.of[i][1], o.rate(i, o.LearningRate*rate), float32(o.Rho), float32(o.Epsilon))
	}
}
