package nn

import (
	"fmt"
	"strconv"

	"convlens/nn/kernel"
)

// Dropout zeroes each value with probability Rate during training and scales
// the others by 1/(1-Rate), in place (Srivastava et al., "Dropout: A Simple
// Way to Prevent Neural Networks from Overfitting", 2014, in the inverted
// form). Its mask depends only on seed, epoch, sample, layer and unit.
type Dropout struct {
	Rate float64

	meta
	threshold uint32
	scale     float32
}

func (l *Dropout) Type() string { return "Dropout" }

func (l *Dropout) clone() Layer { return &Dropout{Rate: l.Rate} }

func (l *Dropout) build(b *builder) error {
	b.begin(&l.meta, "dropout")
	if !(l.Rate >= 0 && l.Rate < 1) {
		return fmt.Errorf("rate is %v, expected at least 0 and below 1", l.Rate)
	}
	l.out = l.in
	l.threshold = uint32(l.Rate * (1 << 32))
	l.scale = float32(1 / (1 - l.Rate))
	return nil
}

func (l *Dropout) Config() []Setting {
	return append(l.baseConfig(), Setting{"rate", strconv.FormatFloat(l.Rate, 'g', -1, 64)})
}

func (l *Dropout) Forward(x Tensor, p *Pass) Tensor {
	l.mask(x, p)
	return x
}

func (l *Dropout) Backward(dy Tensor, p *Pass) Tensor {
	l.mask(dy, p)
	return dy
}

func (l *Dropout) mask(t Tensor, p *Pass) {
	if !p.Train || l.threshold == 0 {
		return
	}
	key := mixKey(p.Key, l.index)
	for i := 0; i < t.N; i++ {
		kernel.Dropout(t.Sample(i), mixKey(key, p.Samples[i]), l.threshold, l.scale)
	}
}
