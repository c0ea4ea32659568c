package nn

import (
	"errors"

	"convlens/nn/kernel"
)

// Softmax turns logits into probabilities, y = exp(x) / sum exp(x).
type Softmax struct {
	meta
	y, dx Tensor
}

func (l *Softmax) Type() string { return "Activation" }

func (l *Softmax) clone() Layer { return &Softmax{} }

func (l *Softmax) build(b *builder) error {
	b.begin(&l.meta, "softmax")
	if !l.in.Flat {
		return errors.New("needs a vector; put a Flatten before it")
	}
	l.out = l.in
	l.y = NewTensor(b.capacity, l.out)
	l.dx = NewTensor(b.capacity, l.out)
	return nil
}

func (l *Softmax) Config() []Setting { return append(l.baseConfig(), Setting{"activation", "softmax"}) }

func (l *Softmax) Forward(x Tensor, p *Pass) Tensor {
	y := l.y.first(x.N)
	kernel.Softmax(x.Data, y.Data, l.out.Len())
	return y
}

// Backward is dx = y * (dy - sum(y*dy)). Training does not come this way: the
// loss gives the gradient at the logits; see CrossEntropy.
func (l *Softmax) Backward(dy Tensor, p *Pass) Tensor {
	dx := l.dx.first(dy.N)
	for i := 0; i < dy.N; i++ {
		y, d, out := l.y.Sample(i), dy.Sample(i), dx.Sample(i)
		var dot float32
		for j, v := range y {
			dot += float32(v * d[j])
		}
		for j, v := range y {
			out[j] = float32(v * (d[j] - dot))
		}
	}
	return dx
}
