package nn

import (
	"math"

	"convlens/nn/kernel"
)

// Muon is Jordan et al.'s method ("Muon: An optimizer for hidden layers in neural
// networks", 2024, kellerjordan.github.io/posts/muon) for the kernels of
// convolutions, and Adam for everything else. A kernel is a matrix of a column
// for each filter:
//
//	V = momentum V + gradient
//	O = orthogonalize(gradient + momentum V)        as Nesterov looks ahead
//	W = W - learning_rate * 0.4 * sqrt(max(rows, columns)) * O
//
// The change has no favourite direction: what few images ask for counts as much
// as what all do. The square root, by Liu et al., "Muon is Scalable for LLM
// Training" (2025), makes the values of all kernels change alike, by 0.4 learning
// rates, so that one rate serves Adam too. They have 0.2; twice that taught the
// tutorial's network more (see wire.BestEpoch).
//
// The moments of a kernel are V (see kernel.Fade) and the last O, those of the
// others Adam's.
type Muon struct {
	LearningRate, Momentum, Beta1, Beta2, Epsilon float64
	moments
	orthogonalizer
	ahead []float32 // a kernel's gradient + momentum V
}

// NewMuon returns Muon with momentum 0.95 and for Adam the values of NewAdam.
func NewMuon() *Muon {
	a := NewAdam()
	return &Muon{LearningRate: a.LearningRate, Momentum: 0.95, Beta1: a.Beta1, Beta2: a.Beta2, Epsilon: a.Epsilon}
}

func (o *Muon) Name() string { return "muon" }

func (o *Muon) Config() []Setting {
	return []Setting{{"learning_rate", number(o.LearningRate)}, {"momentum", number(o.Momentum)},
		{"beta_1", number(o.Beta1)}, {"beta_2", number(o.Beta2)}, {"epsilon", number(o.Epsilon)}}
}

// Orthogonalizes tells whether the parameter is one of those that are changed by
// an orthogonal matrix.
func (o *Muon) Orthogonalizes(p *Param) bool { return len(p.Shape) == 4 }

// Scale is what the learning rate is multiplied with for such a parameter.
func (o *Muon) Scale(p *Param) float64 {
	rows, cols := sides(p)
	return 0.4 * math.Sqrt(float64(max(rows, cols)))
}

// sides are those of a convolution's kernel as a matrix, which is how it lies.
func sides(p *Param) (rows, cols int) { return p.Len() / p.Shape[0], p.Shape[0] }

func (o *Muon) Step(params []*Param, rate float64) {
	o.begin(params, 2)
	rate *= o.LearningRate
	adam := corrected(rate, o.Beta1, o.Beta2, o.steps)
	for i, p := range params {
		if o.Orthogonalizes(p) {
			o.orthogonal(p, o.of[i][0], o.of[i][1], o.rate(i, rate*o.Scale(p)))
		} else {
			kernel.Adam(p.Value, p.Grad, o.of[i][0], o.of[i][1], o.rate(i, adam), float32(o.Beta1), float32(o.Beta2), float32(o.Epsilon))
		}
	}
}

// orthogonal changes a kernel, whose moments are v and u.
func (o *Muon) orthogonal(p *Param, v, u []float32, lr float32) {
	mu := float32(o.Momentum)
	o.ahead = grow(o.ahead, p.Len())
	for i, g := range p.Grad {
		v[i] = kernel.Fade(float32(mu*v[i]) + g)
		o.ahead[i] = float32(mu*v[i]) + g
	}
	rows, cols := sides(p)
	o.do(matrix(u, rows, cols), matrix(o.ahead, rows, cols))
	for i, d := range u {
		p.Value[i] -= float32(lr * d)
	}
}
