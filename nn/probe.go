package nn

// A Probe is a copy of a network to look inside with, at test time, while the
// network itself goes on training. Nothing in it is fused: every layer can be
// reached from the input, and the input from every layer.
//
// ReLU and Dropout work in place here too, so that a layer's output is there
// only until the next layer runs: callers see it, or change it, as it is made.
type Probe struct {
	m    *Sequential
	pass Pass
}

// NewProbe returns a copy of m for batches of up to capacity samples.
func NewProbe(m *Sequential, capacity int) *Probe {
	if capacity < 1 {
		panic("nn: NewProbe needs a capacity")
	}
	c, err := newSequential(&builder{in: m.in, capacity: capacity, open: true}, m.cloned())
	if err != nil {
		panic(err) // the same layers were built before
	}
	p := &Probe{m: c, pass: Pass{Frozen: true}}
	p.Load(m)
	return p
}

// Load copies the present weights of m, the network that the probe was made
// from or one like it.
func (p *Probe) Load(m *Sequential) { p.m.load(m) }

// Model is the copy, for its shapes and weights.
func (p *Probe) Model() *Sequential { return p.m }

// Forward runs the batch x through the layers 0 to last and returns the output
// of that one. If each isn't nil it is called with every layer's output before
// the next layer is given it, and may change it.
func (p *Probe) Forward(x Tensor, last int, each func(layer int, y Tensor)) Tensor {
	if x.Shape != p.m.in {
		panic("nn: Probe.Forward: samples of shape " + x.Shape.String() + ", expected " + p.m.in.String())
	}
	for i, l := range p.m.Layers[:last+1] {
		x = l.Forward(x, &p.pass)
		if each != nil {
			each(i, x)
		}
	}
	return x
}

// Backward takes dy, a gradient with respect to the output of the layer last,
// the last one of the Forward before, to the network's input, and returns the
// gradient there. If each isn't nil it is called with the gradient at every
// layer's output on the way, that of last first. Values in dy change.
func (p *Probe) Backward(dy Tensor, last int, each func(layer int, dy Tensor)) Tensor {
	if want := p.m.Layers[last].OutShape(); dy.Shape != want {
		panic("nn: Probe.Backward: gradients of shape " + dy.Shape.String() + ", expected " + want.String())
	}
	for i := last; i >= 0; i-- {
		if each != nil {
			each(i, dy)
		}
		dy = p.m.Layers[i].Backward(dy, &p.pass)
	}
	return dy
}
