package lab

import (
	"convlens/nn"
	"convlens/nn/wire"
)

// HealthMoments is of about how many moments of a run the page is told how the
// network was, whether it examines that or not.
const HealthMoments = 30

// historyImages is how many test images outputs are counted on then: few, as the
// run waits meanwhile.
const historyImages = 2

// A history tells the page how the network is in the course of a run. A moment
// takes a twentieth of the time of one worker's step: 30 of them come to 0.4% of an
// epoch of 469 steps, and together with the moments that are recorded to less than
// 1% of what two workers take for it.
type history struct {
	model  *nn.Sequential // that layers are of
	layers []healthLayer
	m      wire.Health
	image  []float32
}

// chronicle tells of the present moment, if there is a page that looks.
func (l *Lab) chronicle() {
	if !l.viewer.on || l.model == nil || l.data == nil {
		return
	}
	h := &l.history
	if h.model != l.model {
		h.model = l.model
		h.layers, h.m.Layers = healthLayers(l.model)
	}
	h.m.Recorded, h.m.Step = true, l.trainer.Position().Step
	set := l.set(wire.TestSplit)
	images := min(historyImages, set.Len())
	h.image = grow(h.image, set.Shape().Len())
	for i := range h.layers {
		h.layers[i].sizes.Reset()
	}
	for n := range images {
		nn.Normalize(h.image, set.Image(n))
		next := 0
		l.model.Activations(h.image, func(layer nn.Layer, y []float32) {
			if next < len(h.layers) && layer == l.model.Layers[h.layers[next].output] {
				h.layers[next].sizes.Add(y)
				next++
			}
		})
	}
	countParams(&h.m, h.layers)
	for i := range h.layers {
		m := &h.m.Layers[i]
		m.Images, m.AtStep = images, h.m.Step
		m.Outputs = spread(m.Outputs, &h.layers[i].sizes)
	}
	l.host.Send(&h.m)
}
