package app

import (
	"slices"

	"convlens/nn/wire"
)

// lensArithmetic is the key of the lens on the arithmetic behind a value.
const lensArithmetic = "arithmetic"

// explain asks for the arithmetic that the page shows now: of the value chosen
// before, if the chosen layer has it, else of the largest one of its first map.
func (d *desk) explain() {
	if d.Query.Lens != lensArithmetic || d.State.Model == nil {
		return
	}
	out, _ := d.State.shapes(d.Layer)
	if d.Ask.Layer != d.Layer || d.Ask.Value >= values(out) {
		d.Ask, d.Trail = wire.Explain{Layer: d.Layer, Value: d.telling(out)}, nil
	}
	ask := d.Ask
	d.look(&ask)
	d.touch(topicTrace)
}

// telling is the number of a value of the chosen layer with something to tell: the
// largest one of its first map for the chosen image, once that is here.
func (d *desk) telling(shape []int) int {
	m, view := d.State.Maps(), d.State.View
	if m == nil || view.Layer.Name != d.Layer || len(m.Shape) != 3 || !slices.Equal(m.Shape, shape) {
		return middle(shape)
	}
	best := 0
	for i, x := range m.Data[:shape[1]*shape[2]] {
		if x > m.Data[best] {
			best = i
		}
	}
	return best
}

// middle is the number of the value in the middle of a layer's first map, or of
// its first unit.
func middle(shape []int) int {
	if len(shape) != 3 {
		return 0
	}
	return place{Y: shape[1] / 2, X: shape[2] / 2}.number(shape)
}

// askValue asks for another value of the same layer, with the same term of it.
func (d *desk) askValue(value int) {
	if value != d.Ask.Value {
		d.Ask.Value = value
		d.explain()
	}
}

// askTerm asks for the map and the weight of another term.
func (d *desk) askTerm(term int) {
	if term != d.Ask.Term {
		d.Ask.Term = term
		d.explain()
	}
}

// settleTerm takes the largest term of a dense layer's value, as long as the
// visitor has chosen none: it stays when another one becomes the largest.
func (d *desk) settleTerm(t *wire.Trace) {
	if t.Op == wire.Weigh && len(t.Terms) > 0 && d.Ask == (wire.Explain{Layer: t.Layer, Value: t.Value}) {
		d.askTerm(t.Terms[0].Number)
	}
}

// askLayer asks for a value of another layer.
func (d *desk) askLayer(name string) {
	d.chooseLayer(name)
	d.explain()
}

// stepInto asks for an input of the value, which the layer before made.
func (d *desk) stepInto(from int) {
	_, i := d.State.Layer(d.Ask.Layer)
	if i <= 0 {
		return // the image is made by nobody
	}
	trail := append(d.Trail, d.Ask)
	d.turnTo(wire.Explain{Layer: d.State.Model.Layers[i-1].Name, Value: from}, trail)
}

// stepBack returns to the value from which the last step went.
func (d *desk) stepBack() {
	if n := len(d.Trail); n > 0 {
		d.turnTo(d.Trail[n-1], d.Trail[:n-1])
	}
}

func (d *desk) turnTo(ask wire.Explain, trail []wire.Explain) {
	d.Ask, d.Trail = ask, trail
	d.chooseLayer(ask.Layer)
	d.explain()
}

// A place is where a layer's value is shown: its map, row and column. The place
// of a unit of a vector has only the first.
type place struct{ C, Y, X int }

// placeOf is the place of value i of a layer's output of that shape.
func placeOf(shape []int, i int) place {
	if len(shape) != 3 {
		return place{C: i}
	}
	h, w := shape[1], shape[2]
	return place{i / (h * w), i / w % h, i % w}
}

// number is the inverse of placeOf.
func (p place) number(shape []int) int {
	if len(shape) != 3 {
		return p.C
	}
	return (p.C*shape[1]+p.Y)*shape[2] + p.X
}

// values is how many values a shape has.
func values(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// shapes returns the shapes of a layer's output and input; nil if there is no
// such layer.
func (s *State) shapes(layer string) (out, in []int) {
	l, i := s.Layer(layer)
	switch {
	case l == nil:
		return nil, nil
	case i == 0:
		return l.OutShape, s.Model.InputShape
	}
	return l.OutShape, s.Model.Layers[i-1].OutShape
}

// Explained returns the arithmetic as last told, or nil: also if it is of another
// network than the present one.
func (s *State) Explained() *wire.Trace {
	t := s.Trace
	if t == nil || len(t.Terms) == 0 || t.Winner >= len(t.Terms) {
		return nil
	}
	out, in := s.shapes(t.Layer)
	if len(out) == 0 || t.Value >= values(out) || t.Input.Shape != nil && (!full(&t.Input) || len(in) != 3 || values(in) != in[0]*len(t.Input.Data)) {
		return nil
	}
	for _, term := range t.Terms {
		if term.From >= values(in) {
			return nil
		}
	}
	return t
}
