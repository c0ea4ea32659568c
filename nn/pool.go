package nn

import (
	"errors"
	"fmt"

	"convlens/nn/kernel"
)

// MaxPool2D keeps the largest value of each Size x Size window; windows lie
// side by side, and rows or columns that fill none are dropped.
type MaxPool2D struct {
	Size int // default 2

	meta
	win      kernel.Window
	x, y, dx Tensor

	fused bool   // the convolution in front does all; see fuse
	dy    Tensor // for it
}

func (l *MaxPool2D) Type() string { return "MaxPooling2D" }

func (l *MaxPool2D) clone() Layer { return &MaxPool2D{Size: l.Size} }

func (l *MaxPool2D) build(b *builder) error {
	b.begin(&l.meta, "max_pooling2d")
	if l.Size == 0 {
		l.Size = 2
	}
	switch {
	case l.Size < 1:
		return errors.New("pool size must be at least 1")
	case l.in.Flat:
		return errors.New("needs images, but its input is a vector")
	case l.in.H < l.Size || l.in.W < l.Size:
		return fmt.Errorf("a %dx%d pool does not fit into %dx%d pixels", l.Size, l.Size, l.in.H, l.in.W)
	}
	l.win = kernel.Window{H: l.in.H, W: l.in.W, C: l.in.C, KH: l.Size, KW: l.Size, Stride: l.Size,
		OH: l.in.H / l.Size, OW: l.in.W / l.Size}
	l.out = Shape{C: l.in.C, H: l.win.OH, W: l.win.OW}
	l.y = NewTensor(b.capacity, l.out)
	l.dx = NewTensor(b.capacity, l.in)
	return nil
}

func (l *MaxPool2D) Config() []Setting {
	size := tuple([]int{l.Size, l.Size})
	return append(l.baseConfig(), Setting{"pool_size", size}, Setting{"padding", "valid"},
		Setting{"strides", size}, Setting{"data_format", "channels_first"})
}

func (l *MaxPool2D) Forward(x Tensor, p *Pass) Tensor {
	l.x = x
	y := l.y.first(x.N)
	if l.fused && !p.Apart {
		return y
	}
	for i := 0; i < x.N; i++ {
		l.win.MaxPool(x.Sample(i), y.Sample(i))
	}
	return y
}

// Window is the layer's geometry.
func (l *MaxPool2D) Window() kernel.Window { return l.win }

func (l *MaxPool2D) Backward(dy Tensor, p *Pass) Tensor {
	if l.fused {
		l.dy = dy
		return Tensor{N: dy.N, Shape: l.in}
	}
	dx := l.dx.first(dy.N)
	for i := 0; i < dy.N; i++ {
		l.win.MaxPoolBackward(l.x.Sample(i), dy.Sample(i), dx.Sample(i))
	}
	return dx
}
