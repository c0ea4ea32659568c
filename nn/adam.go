package nn

import (
	"math"

	"convlens/nn/kernel"
)

// Adam is Kingma and Ba's method (2015), with the bias corrections folded into
// the step size as in Keras.
type Adam struct {
	LearningRate, Beta1, Beta2, Epsilon float64
	moments
}

// NewAdam returns Adam with learning rate 0.001, beta1 0.9, beta2 0.999 and
// epsilon 1e-7, Keras' defaults.
func NewAdam() *Adam { return &Adam{LearningRate: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7} }

func (o *Adam) Name() string { return "adam" }

func (o *Adam) Config() []Setting {
	return []Setting{{"learning_rate", number(o.LearningRate)}, {"beta_1", number(o.Beta1)},
		{"beta_2", number(o.Beta2)}, {"epsilon", number(o.Epsilon)}}
}

func (o *Adam) Step(params []*Param, rate float64) {
	o.begin(params, 2)
	rate *= corrected(o.LearningRate, o.Beta1, o.Beta2, o.steps)
	for i, p := range params {
		kernel.Adam(p.Value, p.Grad, o.of[i][0], o.of[i][1], o.rate(i, rate), float32(o.Beta1), float32(o.Beta2), float32(o.Epsilon))
	}
}

// corrected is the learning rate that makes up for moments that began at zero.
func corrected(lr, beta1, beta2 float64, steps int) float64 {
	return lr * math.Sqrt(1-power(beta2, steps)) / (1 - power(beta1, steps))
}

// power is x to the n by squaring, the same bits on every platform, which
// math.Pow does not promise.
func power(x float64, n int) float64 {
	y := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			y = float64(y * x)
		}
		x = float64(x * x)
	}
	return y
}
