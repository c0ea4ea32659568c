package ink

import (
	"fmt"
	"math"
)

// A Point is a place on a stroke, in any unit, y downwards.
type Point struct{ X, Y float64 }

// How MNIST lays a digit out: its ink fits into a box in a field.
const (
	Field = 28 // side of the field, in pixels
	Box   = 20 // side of the box
)

// Picture draws the strokes into dst, h x w pixels, as MNIST lays out a digit:
// they are scaled so that the ink of a round pen just fits into a square of
// 20/28 of the shorter side, one way or the other, and moved so that the ink's
// centre of mass comes to the middle of pixel (w/2,h/2), rounded down, which is
// MNIST's (14,14), or as near to it as the ink may go without leaving the
// field. The pen is so many pixels wide in a field of 28x28, and in proportion
// in others: MNIST's is about 2.4.
//
// The same drawing, moved or scaled, gives the same pixels within one grey
// level. A single point, or several in one place, are a dot; no points at all
// are blank paper. So is a drawing with a coordinate that is NaN or infinite, or
// of an extent that float64 can't hold: a caller who wants to tell checks.
func Picture(dst []byte, h, w int, strokes [][]Point, pen float64) {
	if h <= 0 || w <= 0 || len(dst) != h*w {
		panic(fmt.Sprintf("ink: Picture of %dx%d in %d bytes", h, w, len(dst)))
	}
	if !(pen > 0 && pen < Box) {
		panic(fmt.Sprintf("ink: a pen of width %v, not between 0 and %d", pen, Box))
	}
	clear(dst)
	b, ok := bounds(strokes)
	if !ok {
		return
	}
	unit := float64(min(h, w)) / Field
	r := float64(unit * pen / 2)
	scale := (float64(unit*Box) - 2*r) / max(b.x1-b.x0, b.y1-b.y0)
	if math.IsInf(scale, 0) {
		scale = 0 // a dot
	}

	// Drawn once in the middle, where there is room, to see what it weighs.
	width, height := float64(scale*(b.x1-b.x0)), float64(scale*(b.y1-b.y0))
	left, top := (float64(w)-width)/2, (float64(h)-height)/2
	s := NewSheet(h, w)
	s.lay(strokes, b, scale, left, top, r)
	x, y := s.centre()
	left = within(left+float64(w/2)+0.5-x, r, float64(w)-r-width)
	top = within(top+float64(h/2)+0.5-y, r, float64(h)-r-height)
	s.Clear()
	s.lay(strokes, b, scale, left, top, r)
	s.Scan(dst)
}

// within returns v, but not less than lo nor more than hi.
func within(v, lo, hi float64) float64 { return min(max(v, lo), hi) }

// A box holds the points of a drawing.
type box struct{ x0, y0, x1, y1 float64 }

// bounds returns the smallest box. It is not ok without any points or if its
// sides aren't numbers.
func bounds(strokes [][]Point) (b box, ok bool) {
	b = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, stroke := range strokes {
		for _, p := range stroke {
			b = box{min(b.x0, p.X), min(b.y0, p.Y), max(b.x1, p.X), max(b.y1, p.Y)}
		}
	}
	sides := (b.x1 - b.x0) + (b.y1 - b.y0)
	return b, sides >= 0 && !math.IsInf(sides, 0)
}

// lay draws the strokes with the upper left corner of their box b at
// (left,top).
func (s *Sheet) lay(strokes [][]Point, b box, scale, left, top, r float64) {
	var dots []Dot
	for _, stroke := range strokes {
		dots = dots[:0]
		for _, p := range stroke {
			dots = append(dots, Dot{
				left + float64(scale*(p.X-b.x0)),
				top + float64(scale*(p.Y-b.y0)),
				r,
			})
		}
		s.Stroke(dots)
	}
}

// centre returns the centre of mass of what is drawn, in pixels from the upper
// left corner of the sheet.
func (s *Sheet) centre() (x, y float64) {
	var sum, mx, my float64
	for i, away := range s.away {
		ink := min(float64((blank-away)*fine), 1)
		sum += ink
		mx += float64(ink * middle(i%(s.w*fine)))
		my += float64(ink * middle(i/(s.w*fine)))
	}
	return mx / sum, my / sum
}
