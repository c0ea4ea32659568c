package ink

import (
	"fmt"
	"math"
)

// A Dot is a place on a stroke, in pixels from the upper left corner of the
// sheet, y downwards, and half the pen's width there.
type Dot struct{ X, Y, R float64 }

// fine is the number of samples per pixel, each way.
const fine = 4

// A Sheet is paper to draw strokes on.
type Sheet struct {
	h, w int
	// away holds, for each sample, how far outside of the nearest stroke it
	// lies, in pixels, negative inside: blank or less.
	away []float64
}

// Half of a sample is covered where the edge of a stroke runs through its
// middle, nothing from half a sample farther out.
const blank = 0.5 / fine

// NewSheet returns a blank sheet of h x w pixels.
func NewSheet(h, w int) *Sheet {
	if h <= 0 || w <= 0 {
		panic(fmt.Sprintf("ink: a sheet of %dx%d", h, w))
	}
	s := &Sheet{h: h, w: w, away: make([]float64, h*fine*w*fine)}
	s.Clear()
	return s
}

// Clear makes the sheet blank again.
func (s *Sheet) Clear() {
	for i := range s.away {
		s.away[i] = blank
	}
}

// Stroke draws a line along dots, with round ends. A single dot is a spot. What
// lies outside of the sheet isn't drawn, nor is a piece with a coordinate that
// is not a number.
func (s *Sheet) Stroke(dots []Dot) {
	if len(dots) == 1 {
		s.piece(dots[0], dots[0])
	}
	for i := 1; i < len(dots); i++ {
		s.piece(dots[i-1], dots[i])
	}
}

// piece draws the straight line from a to b.
func (s *Sheet) piece(a, b Dot) {
	x0, x1 := reach(min(a.X-a.R, b.X-b.R), max(a.X+a.R, b.X+b.R), s.w)
	y0, y1 := reach(min(a.Y-a.R, b.Y-b.R), max(a.Y+a.R, b.Y+b.R), s.h)
	dx, dy, dr := b.X-a.X, b.Y-a.Y, b.R-a.R
	square := float64(dx*dx) + float64(dy*dy)
	if square == 0 {
		square = 1 // and every t is 0
	}
	ux, uy := dx/square, dy/square
	for j := y0; j < y1; j++ {
		y := middle(j) - a.Y
		ty := float64(y * uy)
		row := s.away[j*s.w*fine:]
		for i := x0; i < x1; i++ {
			x := middle(i) - a.X
			t := min(max(float64(x*ux)+ty, 0), 1) // how far along from a to b
			ex, ey := x-float64(t*dx), y-float64(t*dy)
			d := math.Sqrt(float64(ex*ex)+float64(ey*ey)) - (a.R + float64(t*dr))
			row[i] = min(row[i], d)
		}
	}
}

// reach returns the samples lo to hi-1, of a side of size pixels, that a stroke
// between from and to can cover in part: none if one of them is not a number.
func reach(from, to float64, size int) (lo, hi int) {
	from = max(math.Floor(float64((from-blank)*fine)), 0)
	to = min(math.Ceil(float64((to+blank)*fine)), float64(size*fine))
	if from < to {
		return int(from), int(to)
	}
	return 0, 0
}

// middle returns where the middle of sample i is, in pixels.
func middle(i int) float64 { return (float64(i) + 0.5) / fine }

// Scan writes the sheet to dst, h x w pixels: each the mean of its samples.
func (s *Sheet) Scan(dst []byte) {
	if len(dst) != s.h*s.w {
		panic(fmt.Sprintf("ink: Scan into %d bytes, not %d", len(dst), s.h*s.w))
	}
	for i := range dst {
		y, x := i/s.w*fine, i%s.w*fine
		sum := 0.0
		for j := range fine {
			at := (y+j)*s.w*fine + x
			for _, away := range s.away[at : at+fine] {
				sum += min(float64((blank-away)*fine), 1)
			}
		}
		dst[i] = byte(float64(sum*(255.0/(fine*fine))) + 0.5)
	}
}
