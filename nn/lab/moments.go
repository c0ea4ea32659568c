package lab

import (
	"convlens/nn"
	"convlens/nn/record"
	"convlens/nn/wire"
)

// Moments is about how many moments of a run are recorded.
const Moments = 60

// due reports whether the moment after the present step is among so many, evenly
// spread over the whole run.
func (l *Lab) due(moments int) bool {
	perEpoch := (l.trainer.Samples() + l.settings.Batch - 1) / l.settings.Batch
	return l.trainer.Position().Step%record.Interval(l.run.epochs*perEpoch, moments) == 0
}

// record keeps the present moment for the page's next View: the kernels of the
// convolutions, and what the last of them with its ReLU makes of the watched
// image. It takes as long as a look at one image, a fiftieth of a step of one worker.
func (l *Lab) record() {
	m := wire.Moment{Split: l.viewer.watch.Split, Index: l.viewer.watch.Index}
	if l.trainer != nil {
		m.Step = l.trainer.Position().Step
	}
	last := -1
	for i, layer := range l.model.Layers {
		if c, ok := layer.(*nn.Conv2D); ok {
			last = i
			w := c.Params()[0]
			m.Arrays = append(m.Arrays, l.pack(c.Name(), w.Shape, w.Value, 16, w.Export))
		}
	}
	if last >= 0 && l.data != nil && l.holds(m.Split, m.Index) == nil {
		m.Arrays = append(m.Arrays, l.packMaps(l.model.Layers[last+1], m.Split, m.Index))
	}
	l.viewer.moments = append(l.viewer.moments, m)
}

// packMaps packs a layer's output for an image.
func (l *Lab) packMaps(of nn.Layer, split wire.Split, index int) (maps wire.Packed) {
	set := l.set(split)
	l.viewer.image = grow(l.viewer.image, set.Shape().Len())
	nn.Normalize(l.viewer.image, set.Image(index))
	l.model.Activations(l.viewer.image, func(layer nn.Layer, y []float32) {
		if layer == of {
			maps = l.pack(of.Name(), of.OutShape().Dims(), y, 8, func(dst, src []float32) { nn.ExportImage(dst, src, of.OutShape()) })
		}
	})
	return maps
}

// pack packs an array in the shown order.
func (l *Lab) pack(name string, shape []int, x []float32, bits int, export func(dst, src []float32)) wire.Packed {
	l.viewer.shown = grow(l.viewer.shown, len(x))
	export(l.viewer.shown, x)
	return wire.Packed(record.Pack(name, shape, l.viewer.shown, bits))
}
