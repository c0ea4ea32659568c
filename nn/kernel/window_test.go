package kernel_test

import (
	"fmt"
	"math"
	"testing"

	"convlens/nn/kernel"
)

// valid is a window without padding, at as many positions as fit.
func valid(h, w, c, kh, kw, stride int) kernel.Window {
	return kernel.Window{H: h, W: w, C: c, KH: kh, KW: kw, Stride: stride,
		OH: (h-kh)/stride + 1, OW: (w-kw)/stride + 1}
}

// padded is a window with ceil(n/stride) positions in each direction.
func padded(h, w, c, kh, kw, stride int) kernel.Window {
	g := kernel.Window{H: h, W: w, C: c, KH: kh, KW: kw, Stride: stride,
		OH: (h + stride - 1) / stride, OW: (w + stride - 1) / stride}
	g.Top = max(0, (g.OH-1)*stride+kh-h) / 2
	g.Left = max(0, (g.OW-1)*stride+kw-w) / 2
	return g
}

var windows = []kernel.Window{
	valid(3, 3, 1, 3, 3, 1), valid(5, 4, 1, 3, 3, 1), valid(28, 28, 1, 3, 3, 1), valid(6, 7, 3, 2, 4, 1),
	valid(7, 7, 2, 3, 3, 2), valid(9, 8, 5, 2, 2, 3), valid(4, 4, 8, 1, 1, 1), valid(8, 3, 33, 5, 3, 2),
	padded(5, 5, 1, 3, 3, 1), padded(4, 6, 3, 5, 5, 1), padded(7, 5, 2, 4, 4, 3), padded(2, 1, 4, 5, 5, 1), padded(6, 6, 17, 3, 3, 2),
	// Windows that lie beside the image altogether.
	{H: 2, W: 2, C: 2, KH: 2, KW: 2, Stride: 3, Top: 4, Left: 5, OH: 5, OW: 6},
}

// taps calls f with every pair of a value under the window (place in cols) and
// its place in the image, -1 outside.
func taps(g kernel.Window, f func(col, pixel int)) {
	col := 0
	for oy := range g.OH {
		for ox := range g.OW {
			for ky := range g.KH {
				for kx := range g.KW {
					y, x := oy*g.Stride-g.Top+ky, ox*g.Stride-g.Left+kx
					for c := range g.C {
						if y < 0 || x < 0 || y >= g.H || x >= g.W {
							f(col, -1)
						} else {
							f(col, (y*g.W+x)*g.C+c)
						}
						col++
					}
				}
			}
		}
	}
}

func TestIm2Col(t *testing.T) {
	for _, g := range windows {
		n := g.OH * g.OW * g.Len()
		compare(t, [][]float32{special(1, hashed(1, g.H*g.W*g.C)), hashed(2, n)},
			func(s [][]float32) { g.Im2Col(s[0], s[1]) },
			func(s [][]float32) {
				taps(g, func(col, pixel int) {
					s[1][col] = 0
					if pixel >= 0 {
						s[1][col] = s[0][pixel]
					}
				})
			}, fmt.Sprintf("Im2Col of %+v", g))
	}
}

// TestCol2Im sums each pixel's values in the order of the windows.
func TestCol2Im(t *testing.T) {
	for _, g := range windows {
		n := g.OH * g.OW * g.Len()
		compare(t, [][]float32{hashed(2, n), hashed(1, g.H*g.W*g.C)},
			func(s [][]float32) { g.Col2Im(s[0], s[1]) },
			func(s [][]float32) {
				clear(s[1])
				taps(g, func(col, pixel int) {
					if pixel >= 0 {
						s[1][pixel] += s[0][col]
					}
				})
			}, fmt.Sprintf("Col2Im of %+v", g))
	}
}

var pools = []kernel.Window{
	valid(2, 2, 4, 2, 2, 2), valid(24, 24, 32, 2, 2, 2), valid(6, 8, 12, 2, 2, 2),
	valid(7, 9, 4, 2, 2, 2), valid(7, 6, 8, 2, 2, 2), valid(6, 7, 4, 2, 2, 2), // a last row or column under no window
	valid(6, 6, 3, 2, 2, 2), valid(5, 5, 1, 2, 2, 2), valid(4, 5, 9, 2, 2, 2), // channels that fill no vector
	valid(9, 9, 4, 3, 3, 3), valid(7, 8, 5, 3, 2, 3), valid(4, 4, 4, 1, 1, 1), valid(8, 8, 4, 2, 2, 3),
	valid(5, 6, 4, 2, 2, 1), valid(7, 7, 6, 3, 3, 2), valid(5, 5, 8, 3, 3, 1), // overlapping
}

// winner is the place in x of the largest value under window (oy,ox), the
// first of equals.
func winner(g kernel.Window, x []float32, oy, ox, c int) int {
	best := (oy*g.Stride*g.W+ox*g.Stride)*g.C + c
	for ky := range g.KH {
		for kx := range g.KW {
			if i := ((oy*g.Stride+ky)*g.W+ox*g.Stride+kx)*g.C + c; x[i] > x[best] {
				best = i
			}
		}
	}
	return best
}

// ties returns n numbers of which many are equal.
func ties(stream uint32, n int) []float32 {
	x := hashed(stream, n)
	for i, v := range x {
		x[i] = float32(math.Round(float64(2*v))) / 2
	}
	return x
}

// ordered returns n numbers and specials, without NaN, which is neither more
// nor less than another number, and without -0: a gradient of -0 may arrive as
// 0, the sum of the two.
func ordered(stream uint32, n int) []float32 {
	x := special(stream, hashed(stream, n))
	for i, v := range x {
		if x[i] = v + 0; v != v {
			x[i] = 3
		}
	}
	return x
}

func TestMaxPool(t *testing.T) {
	for _, g := range pools {
		in, out := g.H*g.W*g.C, g.OH*g.OW*g.C
		for name, x := range map[string][]float32{"numbers": hashed(1, in), "ties": ties(2, in), "specials": special(3, hashed(3, in))} {
			compare(t, [][]float32{x, hashed(4, out)},
				func(s [][]float32) { g.MaxPool(s[0], s[1]) },
				func(s [][]float32) {
					for i := range out {
						s[1][i] = s[0][winner(g, s[0], i/g.C/g.OW, i/g.C%g.OW, i%g.C)]
					}
				}, fmt.Sprintf("MaxPool of %s, %+v", name, g))
		}
	}
}

func TestMaxPoolBackward(t *testing.T) {
	for _, g := range pools {
		in, out := g.H*g.W*g.C, g.OH*g.OW*g.C
		for name, x := range map[string][]float32{"numbers": hashed(1, in), "ties": ties(2, in), "specials": ordered(3, in)} {
			compare(t, [][]float32{x, ordered(5, out), hashed(6, in)},
				func(s [][]float32) { g.MaxPoolBackward(s[0], s[1], s[2]) },
				func(s [][]float32) {
					clear(s[2])
					for i := range out {
						s[2][winner(g, s[0], i/g.C/g.OW, i/g.C%g.OW, i%g.C)] += s[1][i]
					}
				}, fmt.Sprintf("MaxPoolBackward of %s, %+v", name, g))
		}
	}
}
