package app

import (
	"slices"

	"convlens/nn/wire"
)

// whyChoice is what the lens Why is asked, and how it shows the answer. Of the
// message the image is not used: that is the desk's.
type whyChoice struct {
	Ask      wire.Why
	Gradient gradientKind
	Ink      bool // the image shows through the other pictures
	Pixel    int  // the chosen pixel, or -1
	Filter   int  // the filter pointed at, or -1
}

// A gradientKind is a way to show the gradient at the image.
type gradientKind int

const (
	gradientSigned gradientKind = iota
	gradientSize                // saliency
	gradientTimes               // gradient x input
)

// whyPatches and whyStrides are what the occlusion map offers.
var (
	whyPatches = []int{3, 5, 7}
	whyStrides = []int{1, 2, 4}
)

func newWhyChoice() whyChoice {
	return whyChoice{Ask: wire.Why{Patch: 5, Stride: 1}, Pixel: -1, Filter: -1}
}

// lensWhy is the lens' key.
const lensWhy = "why"

// askWhy asks the worker. With the network of another step than before it
// measures everything again.
func (d *desk) askWhy() {
	w := d.Why.Ask
	w.Split, w.Index = d.Split, d.Index
	d.look(&w)
}

// changeWhy asks something else.
func (d *desk) changeWhy(change func(*whyChoice)) {
	change(&d.Why)
	d.touch(topicWhy)
	d.askWhy()
}

// showWhy shows the same answer differently.
func (d *desk) showWhy(change func(*whyChoice)) {
	change(&d.Why)
	d.touch(topicWhy)
}

// chooseConvolution takes the convolution that is asked; the filters silent in
// another one speak again.
func (d *desk) chooseConvolution(name string) {
	d.changeWhy(func(c *whyChoice) { c.Ask.Layer, c.Ask.Silent, c.Filter = name, nil, -1 })
}

// silence silences a filter, or lets it speak again.
func (d *desk) silence(filter int) {
	d.changeWhy(func(c *whyChoice) {
		silent := slices.Clone(c.Ask.Silent)
		if i, found := slices.BinarySearch(silent, filter); found {
			silent = slices.Delete(silent, i, i+1)
		} else {
			silent = slices.Insert(silent, i, filter)
		}
		c.Ask.Silent = silent
	})
}

// keepWhy takes back what the model does not have.
func (d *desk) keepWhy() {
	a, layers := &d.Why.Ask, d.State.Model.Layers
	if l, _ := d.State.Layer(a.Layer); a.Layer != "" && l == nil {
		a.Layer, a.Silent = "", nil
	}
	if all := d.convolutions(); len(all) > 0 {
		name := a.Layer
		if name == "" {
			name = all[len(all)-1]
		}
		l, _ := d.State.Layer(name)
		a.Silent = slices.DeleteFunc(slices.Clone(a.Silent), func(f int) bool { return f >= l.OutShape[0] })
		d.Why.Filter = min(d.Why.Filter, l.OutShape[0]-1)
	}
	if n := len(layers); n == 0 || len(layers[n-1].OutShape) != 1 || a.Class >= layers[n-1].OutShape[0] {
		a.Given, a.Class = false, 0
	}
}

// convolutions are the names of the model's convolutions.
func (d *desk) convolutions() (names []string) {
	if d.State.Model == nil {
		return nil
	}
	for _, l := range d.State.Model.Layers {
		if l.Type == "Conv2D" {
			names = append(names, l.Name)
		}
	}
	return names
}

// covered is the occlusion map of the image in the reasons, or nil. Its class is the
// one that is asked about or, if none is, what the network once answered.
func (d *desk) covered() *wire.Covered {
	c, r := d.State.Covered, d.State.Reasons
	if c == nil || r == nil || c.Split != r.Split || c.Index != r.Index || c.Drawings != r.Drawings || d.Why.Ask.Given && c.Class != d.Why.Ask.Class || len(c.Drop.Data) != len(r.CAM.Data) {
		return nil
	}
	return c
}

// ablated is what the filters that are silent now change, or nil.
func (d *desk) ablated() *wire.Ablated {
	a, r := d.State.Ablated, d.State.Reasons
	if a == nil || r == nil || len(d.Why.Ask.Silent) == 0 || a.Layer != r.Layer || !slices.Equal(a.Silent, d.Why.Ask.Silent) {
		return nil
	}
	return a
}

// whySince is the step of the network that something on show was measured with,
// if the run is at another one meanwhile.
func (d *desk) whySince() (step int, old bool) {
	c, a, r := d.covered(), d.ablated(), d.State.Reasons
	switch {
	case c != nil && c.Step != r.Step:
		return c.Step, true
	case a != nil && a.Step != r.Step:
		return a.Step, true
	}
	return 0, false
}
