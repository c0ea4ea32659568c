package nn

import (
	"strconv"
	"strings"
)

// Shape is the shape of one sample between two layers: an image of C channels,
// H rows and W columns, or, if Flat, a vector of C*H*W values.
type Shape struct {
	C, H, W int
	Flat    bool
}

// Len is the number of values in a sample.
func (s Shape) Len() int { return s.C * s.H * s.W }

// Stored is where a sample's value at channel c, row y and column x lies in
// memory.
func (s Shape) Stored(c, y, x int) int { return imageLayout(s).stored((c*s.H+y)*s.W + x) }

// Dims lists the dimensions in the order shown to people: C,H,W, or the length
// of a vector.
func (s Shape) Dims() []int {
	if s.Flat {
		return []int{s.Len()}
	}
	return []int{s.C, s.H, s.W}
}

// String is the shape as Python prints a tuple, "(32, 26, 26)" or "(128,)".
func (s Shape) String() string { return tuple(s.Dims()) }

func tuple(dims []int) string {
	var b strings.Builder
	b.WriteByte('(')
	for i, d := range dims {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(d))
	}
	if len(dims) == 1 {
		b.WriteByte(',')
	}
	b.WriteByte(')')
	return b.String()
}

// vector is the shape of n values without an image behind them.
func vector(n int) Shape { return Shape{C: n, H: 1, W: 1, Flat: true} }
