package glyph

import (
	"fmt"
	"math/rand/v2"

	"convlens/nn/ink"
	"convlens/nn/mnist"
)

// Train and Test are the numbers of digits to draw where nothing else is
// asked for. An epoch over more teaches more, and 30,000 are half of what MNIST
// takes to download, 4.8 MB.
const (
	Train = 30000
	Test  = 2000
)

// Digits draws train and test digits, images of the shape (1,28,28). The same
// seed gives the same digits, whatever the numbers: asking for more of them
// adds to the end. Every ten in a row, from the start, are one of each class.
// It panics unless both numbers are positive.
func Digits(seed uint64, train, test int) *mnist.Dataset {
	if train <= 0 || test <= 0 {
		panic(fmt.Sprintf("glyph: Digits of %d and %d images", train, test))
	}
	return &mnist.Dataset{
		Train: set(rand.New(rand.NewPCG(seed, 1)), train),
		Test:  set(rand.New(rand.NewPCG(seed, 2)), test),
	}
}

// Draw draws a digit of class 0 to 9 into dst, 28x28 pixels from 0 (paper) to
// 255 (ink). It panics if dst has another length.
func Draw(dst []byte, class int, rng *rand.Rand) {
	if len(dst) != side*side {
		panic(fmt.Sprintf("glyph: Draw into %d bytes, not %d", len(dst), side*side))
	}
	if class < 0 || class >= len(classes) {
		panic(fmt.Sprintf("glyph: Draw of class %d, not 0 to %d", class, len(classes)-1))
	}
	newEasel().digit(dst, &classes[class], rng)
}

// set draws n digits.
func set(rng *rand.Rand, n int) mnist.Set {
	s := mnist.Set{
		N: n, C: 1, H: side, W: side,
		Pixels:  make([]byte, n*side*side),
		Labels:  make([]byte, n),
		Classes: len(classes),
	}
	e := newEasel()
	var order []int
	for i := range n {
		if len(order) == 0 {
			order = rng.Perm(len(classes))
		}
		s.Labels[i] = byte(order[0])
		e.digit(s.Image(i), &classes[order[0]], rng)
		order = order[1:]
	}
	return s
}

// An easel holds what drawing needs, to be used again for the next digit.
type easel struct {
	sheet *ink.Sheet // box x box
	ctrl  []point    // control points of one stroke
	line  []point    // the line they make
	dots  []ink.Dot  // of all strokes
	ends  []int      // where in dots each stroke ends
}

func newEasel() *easel { return &easel{sheet: ink.NewSheet(box, box)} }

// digit draws a digit of class c into dst (side x side). One that can't be
// centred, one in 1,800 and most often a top-heavy 7, is drawn again: MNIST has
// none such.
func (e *easel) digit(dst []byte, c *class, rng *rand.Rand) {
	for !e.draw(dst, c.pick(rng), newHand(c, rng), rng) {
	}
}

// draw draws the digit that h writes in the way w into dst (side x side), and
// reports whether it could be centred. If not, dst is as it was.
func (e *easel) draw(dst []byte, w *way, h *hand, rng *rand.Rand) bool {
	e.dots, e.ends = e.dots[:0], e.ends[:0]
	for _, stroke := range w.strokes {
		e.ctrl = h.misplace(e.ctrl[:0], stroke, rng)
		e.line = spline(e.line[:0], e.ctrl)
		e.dots = h.trace(e.dots, e.line, rng)
		e.ends = append(e.ends, len(e.dots))
	}
	fit(e.dots, h.width)

	e.sheet.Clear()
	start := 0
	for _, end := range e.ends {
		e.sheet.Stroke(e.dots[start:end])
		start = end
	}
	var pix [box * box]byte
	e.sheet.Scan(pix[:])
	return centre(dst, &pix)
}
