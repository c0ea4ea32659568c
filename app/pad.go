package app

import (
	"bytes"
	"slices"

	"convlens/nn/ink"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// A pad is what the visitor draws on, and the drawings that are kept from it. The
// worker is told all of them at every change, see wire.Drawings: it has none of
// its own.
type pad struct {
	sketch // the one on it
	Kept   []sketch

	Down  bool // the last stroke is under way
	Pen   ink.Point
	Keyed bool // the pen is moved by keys

	Past int // counts the times that something was taken off the pad

	shape    []int // of the network's input, (C,H,W)
	number   int   // of the Drawings last sent; 0 before the first
	kept     int   // the first number with the present kept ones
	answered int   // the number of the last Drawings that were
	late     bool  // the pad has changed since they were sent
}

// A sketch is one of the visitor's, in strokes.
type sketch struct {
	Strokes [][]ink.Point // in pixels of a field of 28x28, which the pad stands for
	Width   float64       // of the pen, in those pixels
	Label   int           // what the visitor says it shows, or wire.NoLabel
	Pixels  []byte        // (H,W), laid out as MNIST's
}

// brushes are the widths on offer. MNIST's digits are about as wide as the
// middle one.
var brushes = [...]float64{1.6, 2.3, 3.2}

func newPad() pad {
	p := pad{sketch: sketch{Width: brushes[1], Label: wire.NoLabel}, Pen: ink.Point{X: ink.Field / 2, Y: ink.Field / 2}}
	p.fit([]int{1, ink.Field, ink.Field})
	return p
}

// fit lays all drawings out for images of another shape.
func (p *pad) fit(shape []int) {
	p.shape = shape
	p.layOut(shape)
	for i := range p.Kept {
		p.Kept[i].layOut(shape)
	}
}

func (w *sketch) layOut(shape []int) {
	w.Pixels = make([]byte, shape[1]*shape[2])
	ink.Picture(w.Pixels, shape[1], shape[2], w.Strokes, w.Width)
}

// bitmap is a drawing's picture, as the network gets it: grey in every channel.
func (p *pad) bitmap(pixels []byte) bitmap {
	return bitmap{p.shape[0], p.shape[1], p.shape[2], bytes.Repeat(pixels, p.shape[0])}
}

// blank says whether there is nothing on the pad.
func (p *pad) blank() bool { return len(p.Strokes) == 0 }

// full says whether no more drawings can be kept.
func (p *pad) full() bool { return len(p.Kept) == wire.MostDrawings-1 }

// message is all drawings as the worker takes them: grey in every channel.
func (p *pad) message() *wire.Drawings {
	m := &wire.Drawings{Number: p.number, Shape: p.shape}
	add := func(pixels []byte, label int) {
		for range p.shape[0] {
			m.Pixels = append(m.Pixels, pixels...)
		}
		m.Labels = append(m.Labels, label)
	}
	add(p.Pixels, wire.NoLabel)
	for _, k := range p.Kept {
		add(k.Pixels, k.Label)
	}
	return m
}

// set is the kept drawings as a dataset's half.
func (p *pad) set() mnist.Set {
	s := mnist.Set{N: len(p.Kept), C: p.shape[0], H: p.shape[1], W: p.shape[2]}
	for _, k := range p.Kept {
		for range s.C {
			s.Pixels = append(s.Pixels, k.Pixels...)
		}
		s.Labels = append(s.Labels, byte(k.Label))
	}
	return s
}

// penDown begins a stroke.
func (d *desk) penDown(at ink.Point) {
	d.Pad.Strokes = append(d.Pad.Strokes, []ink.Point{at})
	d.Pad.Down = true
	d.touch(topicPad)
	d.redraw()
}

// penMove goes on with the stroke under way.
func (d *desk) penMove(to ...ink.Point) {
	p := &d.Pad
	if !p.Down {
		return
	}
	s := &p.Strokes[len(p.Strokes)-1]
	for _, at := range to {
		if at != (*s)[len(*s)-1] {
			*s = append(*s, at)
		}
	}
	d.redraw()
}

// penUp ends it.
func (d *desk) penUp() {
	if d.Pad.Down {
		d.Pad.Down = false
		d.redrawn()
	}
}

// undoStroke takes the last stroke off the pad, clearPad all of them.
func (d *desk) undoStroke() {
	p := &d.Pad
	if p.blank() {
		return
	}
	p.Strokes, p.Down = p.Strokes[:len(p.Strokes)-1:len(p.Strokes)-1], false
	p.Past++
	d.redrawn()
}

func (d *desk) clearPad() {
	p := &d.Pad
	if p.blank() {
		return
	}
	p.Strokes, p.Down = nil, false
	p.Past++
	d.redrawn()
}

// chooseBrush takes the width of the pen, for all of the drawing.
func (d *desk) chooseBrush(width float64) {
	if d.Pad.Width != width {
		d.Pad.Width = width
		d.redrawn()
	}
}

// sayLabel takes what the visitor says the drawing is.
func (d *desk) sayLabel(label int) {
	d.Pad.Label = label
	d.touch(topicPad)
}

// named says whether the visitor has named the drawing on the pad as one of the
// classes that there are now.
func (d *desk) named() bool { return d.Pad.Label < d.classes() }

// keep puts the drawing on the pad, which the visitor has named, to the kept ones.
func (d *desk) keep() {
	p := &d.Pad
	if p.blank() || p.full() || !d.named() {
		return
	}
	p.layOut(p.shape)
	p.Kept = append(p.Kept, p.sketch)
	p.Strokes, p.Down, p.Label = nil, false, wire.NoLabel
	p.Past++
	d.keptChanged()
}

// drop takes a drawing out of the kept ones.
func (d *desk) drop(i int) {
	d.Pad.Kept = slices.Delete(d.Pad.Kept, i, i+1)
	d.keptChanged()
}

func (d *desk) keptChanged() {
	d.Pad.kept = d.Pad.number + 1
	d.redrawn()
}

// redraw tells the worker of a drawing that is not finished: when it has answered
// for the one before, so that none wait for each other.
func (d *desk) redraw() {
	d.Pad.late = true
	if d.Pad.answered == d.Pad.number {
		d.sendDrawings()
	}
}

// redrawn tells it of one that is, and looks at it again if it is looked at.
func (d *desk) redrawn() {
	d.touch(topicPad)
	d.sendDrawings()
	if d.Split == wire.DrawnSplit {
		d.choose(d.Split, min(d.Index, d.samples(d.Split)-1))
	}
}

// sendDrawings tells the worker all drawings as they are. While data are on their
// way they wait for them, as their shape may be another.
func (d *desk) sendDrawings() {
	p := &d.Pad
	p.layOut(p.shape)
	p.late = d.State.Loading != nil
	if p.late {
		return
	}
	p.number++
	d.send(p.message())
}

// followDrawings follows the events that concern the drawings.
func (d *desk) followDrawings(m wire.Message) {
	p := &d.Pad
	switch m := m.(type) {
	case *wire.Predictions:
		p.answered = max(p.answered, m.Number)
		d.touch(topicAnswer)
	case *wire.Loaded:
		if !d.named() { // by a class that these data don't have
			p.Label = wire.NoLabel
			d.touch(topicPad)
		}
		if !slices.Equal(p.shape, m.SampleShape) && len(m.SampleShape) == 3 {
			p.fit(m.SampleShape)
			p.late = p.late || p.number > 0
			d.touch(topicPad)
		}
	case *wire.LoadFailed:
	case *wire.Failed:
		if m.Doing != wire.Name(&wire.Drawings{}) {
			return
		}
		p.answered = p.number
	default:
		return
	}
	if p.late {
		d.sendDrawings()
	}
}

// lookAtDrawing chooses a drawing as the image that is looked at: 0 is the one on
// the pad.
func (d *desk) lookAtDrawing(i int) {
	if d.Pad.number == 0 {
		d.sendDrawings()
	}
	d.choose(wire.DrawnSplit, i)
}

// answer is what the network says the drawing on the pad is: a probability for
// each class, or nil as long as it has said nothing.
func (d *desk) answer() []float32 {
	if d.Pad.blank() {
		return nil
	}
	return d.State.answer(0)
}

// keptAnswer is that for a kept drawing.
func (d *desk) keptAnswer(i int) []float32 {
	if m := d.State.Predictions; m == nil || m.Number < d.Pad.kept || m.N != len(d.Pad.Kept)+1 {
		return nil
	}
	return d.State.answer(i + 1)
}

// keptRead is how many of the kept drawings the network reads as the visitor
// does; ok is false as long as it has not read them.
func (d *desk) keptRead() (n int, ok bool) {
	for i, k := range d.Pad.Kept {
		y := d.keptAnswer(i)
		if y == nil {
			return 0, false
		}
		if areNumbers(y) && best(y) == k.Label {
			n++
		}
	}
	return n, true
}

// answer returns the probabilities of a drawing, or nil.
func (s *State) answer(i int) []float32 {
	m := s.Predictions
	if m == nil || i >= m.N || len(m.Probs)%m.N != 0 {
		return nil
	}
	n := len(m.Probs) / m.N
	return m.Probs[i*n : (i+1)*n]
}

// areNumbers says whether none of the probabilities is NaN, as those of a network
// that has diverged are.
func areNumbers(y []float32) bool {
	return !slices.ContainsFunc(y, func(v float32) bool { return v != v })
}

// best is the place of the largest probability.
func best(y []float32) int {
	b := 0
	for i, v := range y {
		if v > y[b] {
			b = i
		}
	}
	return b
}
