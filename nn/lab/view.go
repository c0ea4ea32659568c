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

// view sends a View of the present moment, and what the network now makes of
// the drawings.
func (l *Lab) view() {
	l.predict()
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
	l.units(v)
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
	flow := v.Flow[:0]
	v.Flow = nil
	if l.data == nil || l.holds(w.Split, w.Index) != nil {
		return
	}
	set := l.set(w.Split)
	v.Label = set.Label(w.Index)
	v.Input = wire.Tensor{Name: "input", Shape: set.Shape().Dims(), Data: grow(v.Input.Data, set.Shape().Len())}
	nn.Normalize(v.Input.Data, set.Image(w.Index))
	last := l.model.Layers[len(l.model.Layers)-1]
	defer func() { v.Flow = flow }()
	l.model.Activations(v.Input.Data, func(layer nn.Layer, y []float32) {
		if layer.Name() == w.Layer {
			v.Maps.Shape, v.Maps.Data = layer.OutShape().Dims(), grow(v.Maps.Data, len(y))
			nn.ExportImage(v.Maps.Data, y, layer.OutShape())
		}
		flow = appendFlow(flow, layer, y)
		if layer == last {
			v.Probs = append(v.Probs, y...)
		}
	})
}

// appendFlow adds the beginning of a layer's output, in memory that the list has
// from the View before.
func appendFlow(flow []wire.Tensor, layer nn.Layer, y []float32) []wire.Tensor {
	n := len(flow)
	if n < cap(flow) {
		flow = flow[:n+1]
	} else {
		flow = append(flow, wire.Tensor{})
	}
	t, s := &flow[n], layer.OutShape()
	shown := s
	if shown.C = min(s.C, wire.FlowMaps); s.Flat {
		shown = nn.Shape{C: min(s.Len(), wire.FlowUnits), H: 1, W: 1, Flat: true}
	}
	t.Name, t.Shape, t.Data = layer.Name(), shown.Dims(), grow(t.Data, shown.Len())
	for i := range t.Data {
		t.Data[i] = y[s.Stored(i/(s.H*s.W), i/s.W%s.H, i%s.W)]
	}
	return flow
}

// units copies the weights of the watched units of a dense layer.
func (l *Lab) units(v *wire.View) {
	w := &l.viewer.watch
	u := &v.Dense
	u.Units, u.Weights, u.Bias = u.Units[:0], wire.Tensor{Data: u.Weights.Data[:0]}, u.Bias[:0]
	for i, layer := range l.model.Layers {
		d, ok := layer.(*nn.Dense)
		if !ok || d.Name() != w.Dense {
			continue
		}
		in := l.model.InShape()
		if i > 0 {
			in = l.model.Layers[i-1].OutShape()
		}
		u.Weights.Name, u.Weights.Shape = d.Name(), append([]int{0}, image(in)...)
		kernel, bias := d.Params()[0], d.Params()[1]
		for _, unit := range w.Units {
			if unit < 0 || unit >= d.Units {
				continue // of a network with more of them
			}
			u.Units = append(u.Units, unit)
			u.Bias = append(u.Bias, bias.Value[unit])
			for k := range in.Len() {
				u.Weights.Data = append(u.Weights.Data, kernel.Value[kernel.Stored(k*d.Units+unit)])
			}
		}
		u.Weights.Shape[0] = len(u.Units)
	}
}

// image is the shape of the values that a vector is made of: those of an image
// that was flattened, or just their number.
func image(s nn.Shape) []int {
	if s.H*s.W > 1 {
		return []int{s.C, s.H, s.W}
	}
	return []int{s.Len()}
}

func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}
