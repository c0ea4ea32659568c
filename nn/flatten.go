package nn

// Flatten turns an image into a vector. Nothing moves in memory; the vector is
// shown in the order C,H,W (see doc.go on layouts).
type Flatten struct{ meta }

func (l *Flatten) Type() string { return "Flatten" }

func (l *Flatten) clone() Layer { return &Flatten{} }

func (l *Flatten) build(b *builder) error {
	b.begin(&l.meta, "flatten")
	l.out = l.in
	l.out.Flat = true
	return nil
}

func (l *Flatten) Config() []Setting {
	return append(l.baseConfig(), Setting{"data_format", "channels_first"})
}

func (l *Flatten) Forward(x Tensor, p *Pass) Tensor {
	x.Shape = l.out
	return x
}

func (l *Flatten) Backward(dy Tensor, p *Pass) Tensor {
	dy.Shape = l.in
	return dy
}
