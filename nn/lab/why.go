package lab

import (
	"fmt"
	"slices"

	"convlens/nn"
	"convlens/nn/inspect"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// why is the lens of a Why. It asks copies of the network: one that is brought
// up to date with every View, and one that keeps its weights for what takes longer.
type why struct {
	lab *Lab
	ask wire.Why

	model   *nn.Sequential // that the copies are of
	quick   *nn.Probe
	reasons wire.Reasons

	slow      *nn.Probe
	since     moment // when slow got its weights
	occlusion *inspect.Occlusion
	covered   wire.Covered
	ablation  *inspect.Ablation // nil if nothing is silent
	ablated   wire.Ablated
	told      float64 // when either was last sent
	views     int     // that have come since the reasons were last told
}

// A moment is a network and its data at one step.
type moment struct {
	model    *nn.Sequential
	data     *mnist.Dataset
	step     int
	drawings int // their number, if one of them is asked about
}

const (
	whySlice = 4     // images at a time: a few ms
	whyTell  = 100.0 // ms between two words on what takes longer
	whyViews = 4     // of a run for each word on the reasons, which take 8 ms
)

// why changes what is asked, and begins to look if another lens was in use.
func (l *Lab) why(ask wire.Why) error {
	if err := l.canAsk(ask); err != nil {
		return err
	}
	w, ok := l.lens.of.(*why)
	if !ok {
		w = &why{lab: l}
	}
	w.ask = ask
	w.views = whyViews // what is measured needs the reasons of now
	l.look(lens{of: w, refresh: w.refresh})
	w.measure()
	return nil
}

// canAsk says what is wrong with a Why. What other data or another network make
// impossible later is left out then.
func (l *Lab) canAsk(a wire.Why) error {
	if a.Patch < 1 || a.Stride < 1 {
		return fmt.Errorf("lab: a patch of %d that moves by %d, expected at least 1", a.Patch, a.Stride)
	}
	if l.data != nil {
		if err := l.holds(a.Split, a.Index); err != nil {
			return err
		}
	}
	if l.model == nil {
		return nil
	}
	if n := l.model.OutShape().Len(); a.Given && (a.Class < 0 || a.Class >= n) {
		return fmt.Errorf("lab: class %d, expected 0 to %d", a.Class, n-1)
	}
	conv := l.convolution(a.Layer)
	if conv < 0 {
		return fmt.Errorf("lab: layer %q, expected a convolution", a.Layer)
	}
	for _, f := range a.Silent {
		if n := l.model.Layers[conv].OutShape().C; f < 0 || f >= n {
			return fmt.Errorf("lab: filter %d of %s, expected 0 to %d", f, l.model.Layers[conv].Name(), n-1)
		}
	}
	return nil
}

// convolution is the place of the convolution with that name, of the last one
// for "", or -1.
func (l *Lab) convolution(name string) int {
	for i, layer := range slices.Backward(l.model.Layers) {
		if c, ok := layer.(*nn.Conv2D); ok && (name == "" || c.Name() == name) {
			return i
		}
	}
	return -1
}

// activated is the place of the ReLU behind the convolution, or of itself.
func (l *Lab) activated(conv int) int {
	if _, ok := l.model.Layers[conv+1].(*nn.ReLU); ok {
		return conv + 1
	}
	return conv
}

// possible says whether there is anything to look at.
func (w *why) possible() bool {
	l := w.lab
	return l.model != nil && l.data != nil && l.holds(w.ask.Split, w.ask.Index) == nil
}

// refresh tells the reasons of now, during a run with every fourth View. What takes
// longer begins again with the weights that a run rests with, and for a drawing that
// isn't what it was.
func (w *why) refresh() {
	if !w.possible() {
		return
	}
	redrawn := w.now().drawings != w.since.drawings
	if w.views++; w.views < whyViews && !redrawn && w.lab.run.active() && w.reasons.Step > 0 {
		return
	}
	w.views = 0
	w.reason()
	if !w.lab.run.active() || redrawn {
		w.measure()
	}
}

// now is the present moment.
func (w *why) now() moment {
	m := moment{model: w.lab.model, data: w.lab.data}
	if w.ask.Split == wire.DrawnSplit {
		m.drawings = w.lab.drawn.number
	}
	if w.lab.trainer != nil {
		m.step = w.lab.trainer.Position().Step
	}
	return m
}

// copyModel makes the copies of another network than before, or brings the quick
// one up to date.
func (w *why) copyModel() {
	if m := w.lab.model; w.model != m {
		w.model, w.quick, w.slow = m, nn.NewProbe(m, 1), nn.NewProbe(m, whySlice)
		return
	}
	w.quick.Load(w.model)
}

func (w *why) reason() {
	l, r := w.lab, &w.reasons
	w.copyModel()
	set := l.set(w.ask.Split)
	conv := l.convolution(w.ask.Layer)
	if conv < 0 {
		conv = l.convolution("")
	}
	layer := l.activated(conv)

	now := w.now()
	r.Step, r.Split, r.Index, r.Drawings, r.Layer = now.step, w.ask.Split, w.ask.Index, now.drawings, l.model.Layers[conv].Name()
	shape := set.Shape()
	r.Input = wire.Tensor{Name: "input", Shape: shape.Dims(), Data: grow(r.Input.Data, shape.Len())}
	nn.Normalize(r.Input.Data, set.Image(w.ask.Index))
	w.answer(layer)
	r.Class = nn.Argmax(r.Probs)
	if w.ask.Given && w.ask.Class < len(r.Probs) {
		r.Class = w.ask.Class
	}
	cam := inspect.GradCAM(w.quick, r.Input.Data, layer, r.Class)
	r.CAM = wire.Tensor{Name: r.Layer, Shape: []int{shape.H, shape.W}, Data: cam.Image}
	r.Gradient = wire.Tensor{Name: "gradient", Shape: shape.Dims(), Data: cam.Gradient}
	r.TimesInput = wire.Tensor{Name: "gradient x input", Shape: shape.Dims(), Data: inspect.TimesInput(r.Gradient.Data, r.Input.Data)}
	w.silence(layer)
	l.host.Send(r)
}

// answer runs the image through the whole network.
func (w *why) answer(layer int) {
	l, r := w.lab, &w.reasons
	seen := 0
	l.model.Activations(r.Input.Data, func(of nn.Layer, y []float32) {
		if seen == layer {
			r.Maps = wire.Tensor{Name: of.Name(), Shape: of.OutShape().Dims(), Data: grow(r.Maps.Data, len(y))}
			nn.ExportImage(r.Maps.Data, y, of.OutShape())
		}
		if seen++; seen == len(l.model.Layers) {
			r.Probs = append(r.Probs[:0], y...)
		}
	})
}

// silence runs it through what is left without the silent filters.
func (w *why) silence(layer int) {
	r := &w.reasons
	r.Silent, r.Left = r.Silent[:0], r.Left[:0]
	for _, f := range w.ask.Silent {
		if f < r.Maps.Shape[0] {
			r.Silent = append(r.Silent, f)
		}
	}
	if len(r.Silent) > 0 {
		r.Left = append(r.Left, inspect.Silenced(w.quick, r.Input.Data, inspect.Silent{Layer: layer, Units: r.Silent})...)
	}
}

// measure begins what takes longer, or goes on with what is still asked and
// whose weights are still the network's. It follows a reason of the same moment.
func (w *why) measure() {
	if !w.possible() {
		return
	}
	if now := w.now(); now != w.since {
		w.since, w.occlusion, w.ablation = now, nil, nil
		w.slow.Load(w.model)
	}
	w.cover()
	w.ablate()
	w.lab.lens.slice = w.slice
}

// cover begins the occlusion map, if it is another one.
func (w *why) cover() {
	r := &w.reasons
	h, width := r.CAM.Shape[0], r.CAM.Shape[1]
	c := wire.Covered{Step: w.since.step, Split: r.Split, Index: r.Index, Drawings: r.Drawings, Class: r.Class,
		Patch: min(w.ask.Patch, h, width), Stride: w.ask.Stride}
	if b := &w.covered; w.occlusion != nil && b.Split == c.Split && b.Index == c.Index && b.Class == c.Class &&
		b.Patch == c.Patch && b.Stride == c.Stride {
		return
	}
	w.occlusion = inspect.NewOcclusion(w.slow, r.Input.Data, inspect.OcclusionOptions{Class: c.Class, Patch: c.Patch, Stride: c.Stride})
	c.Places, c.Whole = len(w.occlusion.Probs), w.occlusion.Whole
	c.Drop = wire.Tensor{Name: "drop", Shape: []int{h, width}, Data: make([]float32, h*width)}
	w.covered = c
	w.lab.host.Send(&w.covered)
}

// ablate begins to read the test set, if other filters are silent.
func (w *why) ablate() {
	l, r := w.lab, &w.reasons
	if len(r.Silent) == 0 {
		w.ablation = nil
		return
	}
	if w.ablation != nil && w.ablated.Layer == r.Layer && slices.Equal(w.ablated.Silent, r.Silent) {
		return
	}
	test := l.set(wire.TestSplit)
	layer := l.activated(l.convolution(r.Layer))
	silent := slices.Clone(r.Silent)
	w.ablation = inspect.NewAblation(w.slow, test, inspect.Silent{Layer: layer, Units: silent})
	w.ablated = wire.Ablated{Step: w.since.step, Layer: r.Layer, Silent: silent, Samples: test.Len(),
		Seen: w.ablation.Seen, Whole: w.ablation.Whole, Left: w.ablation.Left}
	l.host.Send(&w.ablated)
}

// slice covers some more places, and then reads some more samples.
func (w *why) slice() (more bool) {
	switch {
	case w.covered.Done < w.covered.Places:
		more = w.occlusion.Step()
		w.covered.Done = w.occlusion.Done()
		w.occlusion.Drop(w.covered.Drop.Data)
		w.tell(&w.covered, more)
		return true // perhaps
	case w.ablation != nil && w.ablated.Done < w.ablated.Samples:
		more = w.ablation.Step()
		w.ablated.Done = w.ablation.Done()
		w.tell(&w.ablated, more)
	}
	return more
}

// tell sends what is measured now and then, and its end.
func (w *why) tell(m wire.Message, more bool) {
	every := whyTell
	if w.lab.run.active() {
		every = w.lab.interval() // the page draws for a run as often
	}
	if now := w.lab.host.Now(); !more || now-w.told >= every {
		w.told = now
		w.lab.host.Send(m)
	}
}
