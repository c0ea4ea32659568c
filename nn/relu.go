package nn

import "convlens/nn/kernel"

// ReLU is y = max(x, 0), in place.
type ReLU struct {
	meta
	y     Tensor
	fused bool // the layer in front does all; see fuse
}

func (l *ReLU) Type() string { return "Activation" }

func (l *ReLU) clone() Layer { return &ReLU{} }

func (l *ReLU) build(b *builder) error {
	b.begin(&l.meta, "relu")
	l.out = l.in
	return nil
}

func (l *ReLU) Config() []Setting { return append(l.baseConfig(), Setting{"activation", "relu"}) }

func (l *ReLU) Forward(x Tensor, p *Pass) Tensor {
	if !l.fused || p.Apart {
		kernel.ReLU(x.Data)
	}
	l.y = x
	return x
}

// Backward looks only at where the output is above zero. A Dropout behind it,
// also in place, may have zeroed more of it: there dy is zero as well.
func (l *ReLU) Backward(dy Tensor, p *Pass) Tensor {
	if !l.fused {
		kernel.ReLUBackward(l.y.Data, dy.Data)
	}
	return dy
}
