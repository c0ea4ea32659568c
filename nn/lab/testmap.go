package lab

import (
	"convlens/nn"
	"convlens/nn/inspect"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

const (
	mapFirst   = 2000 // images of the first map, which is there in a second or two
	mapBatch   = 8    // images of a slice
	mapTellsMS = 250  // between two words on how far it is
)

// testMapper is the lens that maps the test set. It goes through it with a copy
// of the network, shows a map of the first images, and then, unless a run has
// meanwhile gone on, one of all of them. When the network has changed since a
// map was begun, it begins the next.
type testMapper struct {
	l     *Lab
	of    mapped // what the map at hand is of
	probe *nn.Probe
	layer int // whose outputs are mapped: the ReLU behind the first dense layer
	x     nn.Tensor
	image []float32
	y     []float32 // outputs so far, a row for each image
	pca   *inspect.PCA
	m     wire.TestMap
	told  float64
}

// mapped tells networks and data apart.
type mapped struct {
	model *nn.Sequential
	data  *mnist.Dataset
	step  int
}

func (l *Lab) mapped() mapped {
	m := mapped{model: l.model, data: l.data}
	if l.trainer != nil {
		m.step = l.trainer.Position().Step
	}
	return m
}

func (l *Lab) mapTest() {
	t := &testMapper{l: l}
	l.look(lens{refresh: t.refresh})
}

// refresh begins a map if there is none of the present network, nor one on its way.
func (t *testMapper) refresh() {
	if t.l.lens.slice == nil && t.l.data != nil && t.l.model != nil && t.of != t.l.mapped() {
		t.l.lens.slice = t.begin
	}
}

// begin is the first slice of a map.
func (t *testMapper) begin() (more bool) {
	now := t.l.mapped()
	if t.of.model != now.model {
		t.probe = nn.NewProbe(now.model, mapBatch)
		t.layer = mappedLayer(now.model)
		t.x = nn.NewTensor(mapBatch, now.model.InShape())
		t.image = make([]float32, t.x.Shape.Len())
	} else {
		t.probe.Load(now.model)
	}
	t.of = now
	units := now.model.Layers[t.layer].OutShape().Len()
	t.y, t.pca = t.y[:0], inspect.NewPCA(units)
	t.m = wire.TestMap{Step: now.step, Layer: now.model.Layers[t.layer].Name(), Units: units, N: now.data.Test.N}
	t.l.lens.slice = t.next
	return true
}

// mappedLayer is the ReLU behind the first dense layer, or that layer itself.
func mappedLayer(m *nn.Sequential) int {
	for i, l := range m.Layers {
		if _, dense := l.(*nn.Dense); !dense {
			continue
		}
		if i+1 < len(m.Layers) {
			if _, relu := m.Layers[i+1].(*nn.ReLU); relu {
				return i + 1
			}
		}
		return i
	}
	return len(m.Layers) - 1
}

// next takes the next few images, and shows a map when it is time for one.
func (t *testMapper) next() (more bool) {
	if now := t.l.mapped(); now.model != t.of.model || now.data != t.of.data {
		t.l.lens.slice = t.begin
		return true
	}
	t.forward()
	seen, all := len(t.m.Labels), t.m.N
	switch {
	case seen == all, seen == min(mapFirst, all):
		t.show()
	case t.l.host.Now()-t.told >= mapTellsMS:
		t.told = t.l.host.Now()
		of := all
		if seen < mapFirst {
			of = min(mapFirst, all)
		}
		t.l.host.Send(&wire.Mapping{Seen: seen, Of: of})
	}
	if seen >= min(mapFirst, all) && t.of != t.l.mapped() {
		t.l.lens.slice = t.begin
		return true
	}
	return seen < all
}

// forward brings a batch of images through the copy.
func (t *testMapper) forward() {
	set := t.l.set(wire.TestSplit)
	first := len(t.m.Labels)
	n := min(mapBatch, t.m.N-first)
	if first < mapFirst { // the first map ends with a batch
		n = min(n, mapFirst-first)
	}
	x := nn.Tensor{N: n, Shape: t.x.Shape, Data: t.x.Data[:n*t.x.Len()]}
	for i := range n {
		nn.Normalize(t.image, set.Image(first+i))
		nn.ImportImage(x.Sample(i), t.image, x.Shape)
		t.m.Labels = append(t.m.Labels, byte(set.Label(first+i)))
	}
	y := t.probe.Forward(x, len(t.of.model.Layers)-1, func(layer int, y nn.Tensor) {
		if layer == t.layer {
			t.y = append(t.y, y.Data...)
			t.pca.Add(y.Data)
		}
	})
	for i := range n {
		probs := y.Sample(i)
		answer := argmax(probs)
		t.m.Answers = append(t.m.Answers, byte(answer))
		t.m.NoNumbers = t.m.NoNumbers || probs[answer] != probs[answer]
	}
}

func argmax(v []float32) int {
	best := 0
	for i, x := range v {
		if x > v[best] {
			best = i
		}
	}
	return best
}

// show sends the map of the images so far; one without places if they don't
// spread, or not in two directions, or if the network's answers are no numbers,
// which its ReLU may hide.
func (t *testMapper) show() {
	c := t.pca.Components(min(2, t.m.Units))
	if t.m.NoNumbers || c == nil || !(c.Total > 0) || len(c.Axes) < 2 {
		t.l.host.Send(&wire.TestMap{Step: t.m.Step, Layer: t.m.Layer, Units: t.m.Units, N: t.m.N, NoNumbers: t.m.NoNumbers})
		return
	}
	n := len(t.m.Labels)
	t.m.X, t.m.Y, t.m.Shares = grow(t.m.X, n), grow(t.m.Y, n), t.m.Shares[:0]
	var place [2]float32
	for i := range n {
		c.Project(place[:], t.y[i*t.m.Units:(i+1)*t.m.Units])
		t.m.X[i], t.m.Y[i] = place[0], place[1]
	}
	for _, v := range c.Variances {
		t.m.Shares = append(t.m.Shares, v/c.Total)
	}
	t.l.host.Send(&t.m)
}
