package lab

import (
	"fmt"

	"convlens/nn"
	"convlens/nn/inspect"
	"convlens/nn/wire"
)

// drawing is the work of a Draw. It has a copy of the network, so that it goes
// on with the weights it began with whatever the run does.
//
// A slice is a step of one group of units. As many groups as a picture's first
// look needs sharpen together; then come the next ones.
type drawing struct {
	groups   []*inspect.Ascent // of drawGroup units each
	together int               // the first of the groups that sharpen now
	next     int               // the group of the next slice
	drawn    wire.Drawn
	told     float64 // when Drawn was last sent
}

const (
	drawGroup    = 4 // images: some 5 ms for the second convolution's gradients
	drawTogether = 8 // groups: 32 units, a convolution's filters
)

// drawnSeldom is how many intervals lie between two Drawn in a run, which leaves
// time for two slices in one: showing that would cost more than doing it.
const drawnSeldom = 4

// Steps of each image: the tutorial's, and as many as the regularised ascent
// needs to settle.
const (
	plainSteps       = 20
	regularisedSteps = 100
)

// draw begins to draw what the units of a layer want.
func (l *Lab) draw(w wire.Draw) error {
	index, units := l.drawable(w.Layer)
	if units == 0 {
		return fmt.Errorf("lab: layer %q, expected a convolution or a dense layer", w.Layer)
	}
	d := &drawing{drawn: wire.Drawn{Draw: w, Units: units, Steps: regularisedSteps, Shape: l.model.InShape().Dims()}}
	if w.Plain {
		d.drawn.Steps = plainSteps
	}
	if l.trainer != nil {
		d.drawn.Step = l.trainer.Position().Step
	}
	probe := nn.NewProbe(l.model, drawGroup)
	for first := 0; first < units; first += drawGroup {
		d.groups = append(d.groups, inspect.NewAscent(probe, ascent(w, index, first, min(first+drawGroup, units))))
	}
	l.look(lens{slice: func() bool {
		more := d.step()
		every := l.interval()
		if l.run.active() {
			every *= drawnSeldom
		}
		if now := l.host.Now(); !more || now-d.told >= every {
			d.told = now
			l.host.Send(d.images())
		}
		return more
	}})
	d.told = l.host.Now()
	l.host.Send(d.images())
	return nil
}

// drawable returns the place of a layer that units can be drawn for, and how
// many it has: 0 if there is no such layer.
func (l *Lab) drawable(name string) (index, units int) {
	if l.model == nil {
		return 0, 0
	}
	for i, layer := range l.model.Layers {
		if layer.Name() != name {
			continue
		}
		switch layer := layer.(type) {
		case *nn.Conv2D:
			return i, layer.OutShape().C
		case *nn.Dense:
			return i, layer.OutShape().Len()
		}
	}
	return 0, 0
}

// ascent says how the units first to end-1 are drawn.
func ascent(w wire.Draw, layer, first, end int) inspect.AscentOptions {
	var units []int
	for u := first; u < end; u++ {
		units = append(units, u)
	}
	o := inspect.Regularised(layer, units...)
	if w.Plain {
		o = inspect.Blog(layer, units...)
	}
	o.Seed = w.Seed
	return o
}

// step takes a group's next step; it reports whether there are more to take.
func (d *drawing) step() (more bool) {
	g := d.groups[d.next]
	g.Step(1)
	first := d.next * drawGroup
	n := min(drawGroup, d.drawn.Units-first)
	if g.Steps() == 1 { // the objective is that of the image it began with
		for i := range n {
			d.drawn.First = append(d.drawn.First, g.Objective(i))
		}
	}
	d.drawn.Taken += n
	end := min(d.together+drawTogether, len(d.groups))
	if d.next++; d.next == end {
		if g.Steps() == d.drawn.Steps {
			d.together = end
		}
		d.next = d.together
	}
	return d.next < len(d.groups)
}

// images is Drawn as of now.
func (d *drawing) images() *wire.Drawn {
	m := &d.drawn
	begun, size := len(m.First), m.Shape[0]*m.Shape[1]*m.Shape[2]
	m.Images, m.Last = grow(m.Images, begun*size), m.Last[:0]
	for u := range begun {
		g := d.groups[u/drawGroup]
		g.Image(u%drawGroup, m.Images[u*size:(u+1)*size])
		m.Last = append(m.Last, g.Objective(u%drawGroup))
	}
	return m
}
