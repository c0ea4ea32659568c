package inspect

import "math"

// A Histogram counts numbers in bins of equal width from Lo to Hi, as they come.
type Histogram struct {
	Lo, Hi float32
	Counts []int // of Lo <= x < Hi
	// What is in no bin: Hi itself is Above.
	Below, Above, NaN int
	Zeros             int // of those counted in a bin or beside, exact zeros
	N                 int // all of them
}

// NewHistogram returns one of so many bins. With Lo = -Hi and an odd number zero
// is in the middle of a bin.
func NewHistogram(lo, hi float32, bins int) *Histogram {
	if bins < 1 || !(lo < hi) || math.IsInf(float64(hi)-float64(lo), 0) {
		panic("inspect: NewHistogram needs bins, and ends in their order")
	}
	return &Histogram{Lo: lo, Hi: hi, Counts: make([]int, bins)}
}

// Symmetric counts the numbers of x in an odd number of bins, 2*half+1 of them,
// that reach as far below zero as above: to the largest of x that is finite, or
// to 1 if all are next to zero.
func Symmetric(x []float32, half int) *Histogram {
	var largest float32
	for _, v := range x {
		if a := abs(v); a <= math.MaxFloat32/4 {
			largest = max(largest, a)
		}
	}
	if largest < 0x1p-100 {
		largest = 1
	}
	largest *= 1 + 0x1p-20 // Hi itself is in no bin
	h := NewHistogram(-largest, largest, 2*half+1)
	h.Add(x)
	return h
}

// Add counts the numbers of x.
func (h *Histogram) Add(x []float32) {
	h.N += len(x)
	scale := float32(len(h.Counts)) / (h.Hi - h.Lo)
	for _, v := range x {
		switch {
		case v < h.Lo:
			h.Below++
		case v >= h.Hi:
			h.Above++
		case v != v:
			h.NaN++
		default: // rounding may reach the end
			h.Counts[min(int(float32((v-h.Lo)*scale)), len(h.Counts)-1)]++
		}
		if v == 0 {
			h.Zeros++
		}
	}
}

// ZeroShare is the share of exact zeros.
func (h *Histogram) ZeroShare() float64 { return float64(h.Zeros) / float64(max(1, h.N)) }

// Reset begins again.
func (h *Histogram) Reset() {
	clear(h.Counts)
	h.Below, h.Above, h.NaN, h.Zeros, h.N = 0, 0, 0, 0, 0
}
