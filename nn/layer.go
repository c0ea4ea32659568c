package nn

// A Layer is one step of a Sequential. Its exported fields are its
// hyper-parameters; zero means the documented default. NewSequential builds
// it: names it, fixes its shapes, and allocates its buffers once.
//
// A layer owns the buffers it returns. They stay valid until its next Forward
// or Backward. ReLU and Dropout work in place: what they return is their
// argument, changed.
type Layer interface {
	// Name is unique in the network, such as "conv2d_1".
	Name() string
	// Type is the layer's kind as Keras calls it, such as "Conv2D".
	Type() string
	// OutShape is the shape of one output sample.
	OutShape() Shape
	// Params lists the trainable arrays, nil if there are none.
	Params() []*Param
	// Config lists what Keras' get_config prints, in its order.
	Config() []Setting

	// Forward computes the output for the batch x.
	Forward(x Tensor, p *Pass) Tensor
	// Backward takes the gradient of the loss with respect to the last
	// Forward's output and returns that with respect to its input. It leaves
	// the parameters' gradients in parts, which Sequential.Gradients puts
	// together. For the first layer it returns no data.
	Backward(dy Tensor, p *Pass) Tensor

	build(b *builder) error
	// clone returns a layer with the same hyper-parameters, not built yet.
	clone() Layer
}

// Setting is one entry of a layer's or optimiser's configuration, as text.
type Setting struct{ Key, Value string }

// A Pass says how a batch runs through the layers.
type Pass struct {
	Train  bool   // dropout is on
	Apart  bool   // every layer computes its own output, for views; no Backward
	Frozen bool   // Backward goes to the input only, past the parameters; see Probe
	Key    uint32 // of this epoch's random numbers; see mixKey
	// Samples holds, for each image of the batch, its number in the dataset,
	// so that an image's dropout mask does not depend on who computes it.
	Samples  []int
	Part     Part
	Split    Split    // what the other replicas do, if there are any
	Exchange Exchange // with the other replicas, in training
	Rest     func()   // called before each layer and among a convolution's images, if not nil; see Replica
}

func (p *Pass) rest() {
	if p.Rest != nil {
		p.Rest()
	}
}

// restImages is how many images a convolution does between two rests: a few ms
// of a step.
const restImages = 16

func (p *Pass) restAfter(image int) {
	if image%restImages == restImages-1 {
		p.rest()
	}
}

// meta holds what every layer has.
type meta struct {
	name  string
	index int
	in    Shape
	out   Shape
}

func (m *meta) Name() string    { return m.name }
func (m *meta) OutShape() Shape { return m.out }

// Params of a layer without parameters.
func (m *meta) Params() []*Param { return nil }

// baseConfig begins every layer's Config.
func (m *meta) baseConfig() []Setting {
	c := []Setting{{"name", m.name}}
	if m.index == 0 {
		c = append(c, Setting{"batch_input_shape", "(None, " + m.in.String()[1:]})
	}
	return append(c, Setting{"trainable", "True"}, Setting{"dtype", "float32"})
}

// builder is what NewSequential hands from layer to layer.
type builder struct {
	in       Shape // of the layer at hand
	index    int
	capacity int // largest batch
	seed     uint64
	open     bool           // the first layer has an input gradient too; see Probe
	counts   map[string]int // layers so far, by type
	params   []*Param
}

// begin names a layer after its type, Keras' way, and notes its input.
func (b *builder) begin(m *meta, prefix string) {
	b.counts[prefix]++
	*m = meta{name: prefix + "_" + itoa(b.counts[prefix]), index: b.index, in: b.in}
}
