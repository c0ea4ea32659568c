package lab

import (
	"convlens/nn"
	"convlens/nn/inspect"
	"convlens/nn/wire"
)

// Outputs are looked at on the first test images, a few in each slice.
const (
	healthImages = 128
	healthSlice  = 8
	healthShare  = 0.01 // of a run; counting weights and gradients with every View takes more besides
)

// health is the lens that Examine asks for. Weights and gradients are counted
// with every View, of the network in training itself; outputs in rounds, of a
// copy that stays the same during a round.
type health struct {
	l      *Lab
	model  *nn.Sequential // that probe and layers are of
	probe  *nn.Probe
	layers []healthLayer
	m      wire.Health

	images int // of this round; 0 without data
	seen   int
	step   int // of the copy
}

// healthLayer counts one layer with weights.
type healthLayer struct {
	kernel   *nn.Param
	output   int // index of the layer whose output it is
	relu     bool
	activity *inspect.Activity
	sizes    inspect.Magnitudes
}

func (l *Lab) examine() error {
	h := &health{l: l}
	l.look(lens{refresh: h.refresh, share: healthShare})
	return nil
}

// refresh tells the page, and begins a round if none is under way and the network
// has changed since the last one.
func (h *health) refresh() {
	if h.l.model == nil {
		return
	}
	if h.model != h.l.model {
		h.adopt()
	}
	h.m.Step = 0
	if h.l.trainer != nil {
		h.m.Step = h.l.trainer.Position().Step
	}
	countParams(&h.m, h.layers)
	if h.l.lens.slice == nil && h.stale() {
		h.begin()
		h.l.lens.slice = h.slice
	}
	h.l.host.Send(&h.m)
}

// adopt begins anew with another network.
func (h *health) adopt() {
	h.model, h.probe, h.images = h.l.model, nil, 0
	h.l.lens.slice = nil // the round with the old one
	h.layers, h.m.Layers = healthLayers(h.model)
}

// healthLayers lists a network's layers with weights, and what is told of them so far.
func healthLayers(model *nn.Sequential) (layers []healthLayer, told []wire.LayerHealth) {
	for i, layer := range model.Layers {
		params := layer.Params()
		if len(params) == 0 {
			continue
		}
		c := healthLayer{kernel: params[0], output: i}
		if _, c.relu = model.Layers[i+1].(*nn.ReLU); c.relu {
			c.output++
		}
		layers = append(layers, c)
		told = append(told, wire.LayerHealth{Name: layer.Name(), Output: model.Layers[c.output].Name()})
	}
	return layers, told
}

// countParams counts weights and gradients as they are now.
func countParams(m *wire.Health, layers []healthLayer) {
	for i, c := range layers {
		m.Layers[i].Weights = spread(m.Layers[i].Weights, measure(c.kernel.Value))
		m.Layers[i].Gradients = spread(m.Layers[i].Gradients, measure(c.kernel.Grad))
	}
}

// stale reports whether a round would see something new.
func (h *health) stale() bool {
	return h.l.data != nil && (h.images == 0 || h.step != h.m.Step)
}

// begin begins a round with the network as it is.
func (h *health) begin() {
	if h.probe == nil {
		h.probe = nn.NewProbe(h.model, healthSlice)
	} else {
		h.probe.Load(h.model)
	}
	h.step = h.l.trainer.Position().Step
	h.images, h.seen = min(healthImages, h.l.set(wire.TestSplit).Len()), 0
	for i := range h.layers {
		c := &h.layers[i]
		c.activity = inspect.NewActivity(h.model.Layers[c.output].OutShape())
		c.sizes.Reset()
	}
}

// slice looks at some images. After the last of a round it tells the page, and
// begins another one if the network has changed meanwhile.
func (h *health) slice() (more bool) {
	set := h.l.set(wire.TestSplit)
	x := nn.NewTensor(min(healthSlice, h.images-h.seen), set.Shape())
	image := make([]float32, x.Len())
	for n := range x.N {
		nn.Normalize(image, set.Image(h.seen+n))
		nn.ImportImage(x.Sample(n), image, x.Shape)
	}
	next := 0
	h.probe.Forward(x, h.layers[len(h.layers)-1].output, func(i int, y nn.Tensor) {
		if c := &h.layers[next]; i == c.output {
			c.activity.Add(y)
			c.sizes.Add(y.Data)
			next++
		}
	})
	if h.seen += x.N; h.seen < h.images {
		return true
	}
	for i := range h.layers {
		h.layers[i].report(&h.m.Layers[i], h.images, h.step)
	}
	h.refresh()
	if h.stale() {
		h.begin()
		return true
	}
	return false
}

// report fills in what a round of n images has found.
func (c *healthLayer) report(m *wire.LayerHealth, n, step int) {
	m.Images, m.AtStep = n, step
	m.Outputs = spread(m.Outputs, &c.sizes)
	if c.relu {
		m.Units, m.Dead, m.Saturated = len(c.activity.Active), c.activity.Dead(n), c.activity.Saturated()
	}
}

func measure(x []float32) *inspect.Magnitudes {
	var m inspect.Magnitudes
	m.Add(x)
	return &m
}

// spread is m as the page is told, in the memory of s.
func spread(s wire.Spread, m *inspect.Magnitudes) wire.Spread {
	return wire.Spread{Low: inspect.LowestOctave, Counts: append(s.Counts[:0], m.Counts[:]...),
		Zeros: m.Zeros, Bad: m.Bad, N: m.N, RMS: float32(m.RMS())}
}
