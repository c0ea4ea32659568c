package app

import (
	"slices"

	"convlens/nn/inspect/order"
	"convlens/nn/wire"
)

// filterOrder is an order to show a layer's filters in.
type filterOrder string

const (
	asNumbered filterOrder = "number"
	byNorm     filterOrder = "norm"
	byLikeness filterOrder = "likeness"
)

var filterOrders = []filterOrder{asNumbered, byNorm, byLikeness}

// A pin keeps a filter first.
type pin struct {
	Layer  string
	Filter int
}

// pinned lists the pinned filters of a layer, the one pinned first ahead.
func (d *desk) pinned(t *wire.Tensor) (filters []int) {
	for _, p := range d.Pins {
		if p.Layer == t.Name && p.Filter < t.Shape[0] {
			filters = append(filters, p.Filter)
		}
	}
	return filters
}

// togglePin pins the filter of the chosen kernel, or takes its pin away.
func (d *desk) togglePin() {
	p := pin{d.Kernel.Layer, d.Kernel.Filter}
	if i := slices.Index(d.Pins, p); i >= 0 {
		d.Pins = slices.Delete(d.Pins, i, i+1)
	} else {
		d.Pins = append(d.Pins, p)
	}
	d.touch(topicChoice)
}

// arrangement lists the filters of a convolution as they are shown: those that
// are pinned, then the others in the chosen order.
func (d *desk) arrangement(t *wire.Tensor) []int {
	all := numbered(t)
	switch n := t.Shape[0]; d.Order {
	case byNorm:
		all = order.ByNorm(t.Data, n)
	case byLikeness:
		all = order.BySimilarity(t.Data, n)
	}
	first := d.pinned(t)
	return append(first, slices.DeleteFunc(all, func(f int) bool { return slices.Contains(first, f) })...)
}

// numbered lists the filters of a convolution by their numbers.
func numbered(t *wire.Tensor) []int {
	all := make([]int, t.Shape[0])
	for i := range all {
		all[i] = i
	}
	return all
}

// arranged is t with its filters in that order.
func arranged(t *wire.Tensor, filters []int) *wire.Tensor {
	a := &wire.Tensor{Name: t.Name, Shape: t.Shape, Data: make([]float32, 0, len(t.Data))}
	size := len(t.Data) / t.Shape[0]
	for _, f := range filters {
		a.Data = append(a.Data, t.Data[f*size:(f+1)*size]...)
	}
	return a
}

// markFilters draws a stroke in the gap before each of the first n filters, which
// have in channels each.
func (r *raster) markFilters(g grid, n, in int, p *palette) {
	for i := range n {
		x, y := g.origin(i * in)
		r.frame(x-1, y, x-1, y+g.CellH-1, p.Ink)
	}
}
