package nn

import "convlens/nn/kernel"

// SGD is stochastic gradient descent with momentum:
// v = momentum v - learning_rate g; w += v.
type SGD struct {
	LearningRate, Momentum float64
	moments
}

// NewSGD returns SGD with learning rate 0.01 and momentum 0.9.
func NewSGD() *SGD { return &SGD{LearningRate: 0.01, Momentum: 0.9} }

func (o *SGD) Name() string { return "sgd" }

func (o *SGD) Config() []Setting {
	return []Setting{{"learning_rate", number(o.LearningRate)}, {"momentum", number(o.Momentum)}}
}

func (o *SGD) Step(params []*Param, rate float64) {
	o.begin(params, 1)
	for i, p := range params {
		kernel.Momentum(p.Value, p.Grad, o.of[i][0], o.rate(i, o.LearningRate*rate), float32(o.Momentum))
	}
}
