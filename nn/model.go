package nn

import "fmt"

// Sequential is a network whose layers follow one another.
type Sequential struct {
	Layers []Layer

	in       Shape
	capacity int
	params   []*Param
	// shardSums holds Param.shards of all parameters that have them, shard by
	// shard, so that replicas exchange them in one go.
	shardSums []float32
	packed    []float32 // some of them; see pack
	x         Tensor    // one image, for Activations
}

// NewSequential builds the layers for samples of shape in and batches of up to
// capacity samples, with initial weights drawn from seed. It returns an error
// that names the layer if one does not fit the shape it is given.
func NewSequential(in Shape, capacity int, seed uint64, layers ...Layer) (*Sequential, error) {
	if capacity < 1 || len(layers) == 0 {
		panic("nn: NewSequential needs a capacity and layers")
	}
	m, err := newSequential(&builder{in: in, capacity: capacity, seed: seed}, layers)
	if err != nil {
		return nil, err
	}
	fuse(layers)
	return m, nil
}

// newSequential builds the layers, each by itself.
func newSequential(b *builder, layers []Layer) (*Sequential, error) {
	in := b.in
	if in.C < 1 || in.H < 1 || in.W < 1 {
		return nil, fmt.Errorf("nn: the input shape %v has no values", in)
	}
	b.counts = map[string]int{}
	for i, l := range layers {
		b.index = i
		if err := l.build(b); err != nil {
			return nil, fmt.Errorf("nn: layer %d (%s) on input %v: %w", i, l.Type(), b.in, err)
		}
		b.in = l.OutShape()
	}
	m := &Sequential{Layers: layers, in: in, capacity: b.capacity, x: NewTensor(1, in)}
	m.adopt(b.params)
	return m, nil
}

// param initialises a layer's parameter and adds it to the network's. A kernel
// has a fan in and out; a bias has neither and starts at zero. Parameters whose
// gradient is summed per shard say so.
func (b *builder) param(p *Param, fanIn, fanOut int, sharded bool) *Param {
	n := 1
	for _, d := range p.Shape {
		n *= d
	}
	p.Value, p.Grad = make([]float32, n), make([]float32, n)
	if fanIn > 0 {
		shown := make([]float32, n)
		glorotUniform(shown, stream(b.seed, streamInit, b.index), fanIn, fanOut)
		p.Import(p.Value, shown)
	}
	if sharded {
		p.shards[0] = p.Grad // marks it for adopt
	}
	b.params = append(b.params, p)
	return p
}

// adopt makes params the network's and gives the sharded ones their places in
// shardSums.
func (m *Sequential) adopt(params []*Param) {
	m.params = params
	n := 0
	for _, p := range params {
		if p.shards[0] != nil {
			n += p.Len()
		}
	}
	m.shardSums = make([]float32, Shards*n)
	for s := range Shards {
		i := s * n
		for _, p := range params {
			if p.shards[0] != nil {
				p.shards[s] = m.shardSums[i : i+p.Len() : i+p.Len()]
				i += p.Len()
			}
		}
	}
}

// cloned returns layers with the same hyper-parameters, not built yet.
func (m *Sequential) cloned() []Layer {
	layers := make([]Layer, len(m.Layers))
	for i, l := range m.Layers {
		layers[i] = l.clone()
	}
	return layers
}

// load copies the weights of another network of the same kind.
func (m *Sequential) load(from *Sequential) {
	if len(from.params) != len(m.params) {
		panic("nn: Load: another kind of network")
	}
	for i, q := range m.params {
		checkLen("Load", from.params[i].Len(), q.Len())
		copy(q.Value, from.params[i].Value)
	}
}

// InShape is the shape of an input sample, OutShape that of an output sample.
func (m *Sequential) InShape() Shape  { return m.in }
func (m *Sequential) OutShape() Shape { return m.Layers[len(m.Layers)-1].OutShape() }

// Capacity is the largest batch.
func (m *Sequential) Capacity() int { return m.capacity }

// Params lists the parameters of all layers, kernels before biases.
func (m *Sequential) Params() []*Param { return m.params }

// Forward runs the batch x, of shape InShape, through all layers. The result
// is valid until the next Forward.
func (m *Sequential) Forward(x Tensor, p *Pass) Tensor {
	if x.Shape != m.in {
		panic("nn: Forward: samples of shape " + x.Shape.String() + ", expected " + m.in.String())
	}
	for _, l := range m.Layers {
		p.rest()
		x = l.Forward(x, p)
	}
	return x
}

// BackwardLogits takes the gradient of the loss at the input of the final
// Softmax (see CrossEntropy) back through the other layers; Gradients follows.
// An error means that a replica is gone.
func (m *Sequential) BackwardLogits(dy Tensor, p *Pass) error {
	last := len(m.Layers) - 1
	if _, ok := m.Layers[last].(*Softmax); !ok {
		panic("nn: BackwardLogits needs a network that ends in a Softmax")
	}
	done := last // the dense layers from here on have their gradients
	for i := last - 1; i >= 0; i-- {
		if _, ok := m.Layers[i].(*Conv2D); ok {
			// What they need from the others has come by now, and what they
			// give travels while the convolution goes backward.
			if err := rowGradients(m.Layers[i:done], p); err != nil {
				return err
			}
			done = i
		}
		p.rest()
		dy = m.Layers[i].Backward(dy, p)
	}
	return rowGradients(m.Layers[:done], p)
}

// rowGradients computes what Backward leaves open of the Dense layers among
// layers.
func rowGradients(layers []Layer, p *Pass) error {
	for i := len(layers) - 1; i >= 0; i-- {
		if d, ok := layers[i].(*Dense); ok && d.large() {
			if err := d.rowGradients(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// Activations runs one image, given in the order C,H,W, through the network as
// at test time and calls visit with every layer's output. The output, in memory
// order (see ExportImage), is valid during the call only.
func (m *Sequential) Activations(image []float32, visit func(l Layer, y []float32)) {
	ImportImage(m.x.Data, image, m.in)
	x := m.x
	p := &Pass{Apart: true, Part: whole(1)}
	for _, l := range m.Layers {
		x = l.Forward(x, p)
		visit(l, x.Sample(0))
	}
}

// ExportImage writes src, an image or feature map in memory order (H,W,C), to
// dst in the order C,H,W; ImportImage does the opposite.
func ExportImage(dst, src []float32, s Shape) {
	imageLayout(s).each(func(shown, stored int) { dst[shown] = src[stored] })
}

// ImportImage is the inverse of ExportImage.
func ImportImage(dst, src []float32, s Shape) {
	imageLayout(s).each(func(shown, stored int) { dst[stored] = src[shown] })
}

// LayerSummary is a row of Summary.
type LayerSummary struct {
	Name, Type string
	Out        Shape
	Params     int
}

// Summary lists the layers with their output shapes and parameter counts.
func (m *Sequential) Summary() (rows []LayerSummary, params int) {
	for _, l := range m.Layers {
		n := 0
		for _, p := range l.Params() {
			n += p.Len()
		}
		params += n
		rows = append(rows, LayerSummary{l.Name(), l.Type(), l.OutShape(), n})
	}
	return rows, params
}
