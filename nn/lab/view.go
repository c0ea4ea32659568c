package lab

import (
	"math"

	"convlens/nn"
	"convlens/nn/wire"
)

// viewer is what the page looks at.
type viewer struct {
	watch   wire.Watch
	on      bool
	v       wire.View
	image   []float32 // the watched one, for moments
	shown   []float32
	moments []wire.Moment // since the last View
}

func (l *Lab) watch(w wire.Watch) error {
	if l.data != nil {
		if err := l.holds(w.Split, w.Index); err != nil {
			return err
		}
	}
	l.viewer.watch, l.viewer.on = w, true
	l.view()
	return nil
}

// view sends a View of the present moment.
func (l *Lab) view() {
	if !l.viewer.on || l.model == nil {
		return
	}
	v := &l.viewer.v
	v.Step = 0
	if l.trainer != nil {
		v.Step = l.trainer.Position().Step
	}
	l.kernels(v)
	l.detail(v)
	l.maps(v)
	if !l.run.active() {
		l.record()
	}
	v.Moments = l.viewer.moments
	l.host.Send(v)
	l.viewer.moments = l.viewer.moments[:0]
	if l.lens.refresh != nil {
		l.lens.refresh()
	}
}

// kernels copies the kernels of the convolutions.
func (l *Lab) kernels(v *wire.View) {
	n := 0
	for _, layer := range l.model.Layers {
		c, ok := layer.(*nn.Conv2D)
		if !ok {
			continue
		}
		if n == len(v.Kernels) {
			v.Kernels = append(v.Kernels, wire.Tensor{})
		}
		w := c.Params()[0]
		k := &v.Kernels[n]
		k.Name, k.Shape, k.Data = c.Name(), w.Shape, grow(k.Data, w.Len())
		w.Export(k.Data, w.Value)
		n++
	}
	v.Kernels = v.Kernels[:n]
}

// shownFirst is how many of an array's values a Detail lists.
const shownFirst = 9

// detail describes the weights of the watched layer.
func (l *Lab) detail(v *wire.View) {
	v.Layer = wire.Detail{Name: l.viewer.watch.Layer, Weights: v.Layer.Weights[:0]}
	for _, layer := range l.model.Layers {
		if layer.Name() != v.Layer.Name {
			continue
		}
		for _, p := range layer.Params() {
			v.Layer.Weights = append(v.Layer.Weights, weightInfo(p))
		}
	}
}

func weightInfo(p *nn.Param) wire.WeightInfo {
	w := wire.WeightInfo{Name: p.Name, Init: p.Init, Shape: p.Shape, Min: p.Value[0], Max: p.Value[0]}
	var sum, squares float64
	for _, x := range p.Value {
		w.Min, w.Max = min(w.Min, x), max(w.Max, x)
		sum += float64(x)
		squares += float64(x) * float64(x)
	}
	n := float64(p.Len())
	mean := sum / n
	w.Mean, w.Std = float32(mean), float32(math.Sqrt(max(0, squares/n-mean*mean)))
	w.First = p.First(shownFirst)
	return w
}

// maps runs the watched image through the network.
func (l *Lab) maps(v *wire.View) {
	w := l.viewer.watch
	v.Split, v.Index = w.Split, w.Index
	v.Maps, v.Input = wire.Tensor{Name: w.Layer, Data: v.Maps.Data[:0]}, wire.Tensor{Data: v.Input.Data[:0]}
	v.Probs, v.Label = v.Probs[:0], 0
	if l.data == nil || l.holds(w.Split, w.Index) != nil {
		return
	}
	set := l.set(w.Split)
	v.Label = set.Label(w.Index)
	v.Input = wire.Tensor{Name: "input", Shape: set.Shape().Dims(), Data: grow(v.Input.Data, set.Shape().Len())}
	nn.Normalize(v.Input.Data, set.Image(w.Index))
	last := l.model.Layers[len(l.model.Layers)-1]
	l.model.Activations(v.Input.Data, func(layer nn.Layer, y []float32) {
		if layer.Name() == w.Layer {
			v.Maps.Shape, v.Maps.Data = layer.OutShape().Dims(), grow(v.Maps.Data, len(y))
			nn.ExportImage(v.Maps.Data, y, layer.OutShape())
		}
		if layer == last {
			v.Probs = append(v.Probs, y...)
		}
	})
}

func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}
