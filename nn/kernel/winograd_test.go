package kernel_test

import (
	"fmt"
	"math"
	"testing"

	"convlens/nn/kernel"
)

// convolutions are shapes with one tile and many, cut off at the border by 0 to
// 3 rows and columns, with as few channels as there can be and with more.
var convolutions = []kernel.Winograd{
	{H: 3, W: 3, C: 4, O: 4}, {H: 6, W: 6, C: 4, O: 8}, {H: 3, W: 10, C: 8, O: 4}, {H: 11, W: 4, C: 4, O: 4},
	{H: 5, W: 7, C: 12, O: 4}, {H: 7, W: 8, C: 4, O: 20}, {H: 8, W: 9, C: 8, O: 8}, {H: 9, W: 5, C: 16, O: 12},
	{H: 12, W: 13, C: 4, O: 4}, {H: 14, W: 14, C: 8, O: 16}, {H: 26, W: 26, C: 32, O: 32},
}

// An exact is a convolution in float64, by the definition.
type exact struct{ kernel.Winograd }

// each calls f for every product of the convolution: places in y, x and g.
func (s exact) each(f func(y, x, g int)) {
	for oy := range s.H - 2 {
		for ox := range s.W - 2 {
			for u := range 3 {
				for v := range 3 {
					for c := range s.C {
						for o := range s.O {
							f((oy*(s.W-2)+ox)*s.O+o, ((oy+u)*s.W+ox+v)*s.C+c, ((u*3+v)*s.C+c)*s.O+o)
						}
					}
				}
			}
		}
	}
}

func (s exact) lenX() int { return s.H * s.W * s.C }
func (s exact) lenY() int { return (s.H - 2) * (s.W - 2) * s.O }
func (s exact) lenG() int { return 9 * s.C * s.O }

// A passer has what the Winograd convolution of one image needs.
type passer struct {
	kernel.Winograd
	u, ut, v, m, dv, du, strip []float32
}

func newPasser(s kernel.Winograd) *passer {
	n := func(n int) []float32 { return hashed(99, n) } // buffers hold something else
	return &passer{s, n(s.LenU()), n(s.LenU()), n(s.LenV()), n(s.LenM()), n(s.LenV()), make([]float32, s.LenU()), n(s.LenStrip())}
}

func (p *passer) forward(x, g, bias, y []float32, relu bool) {
	p.Weights(g, p.u, p.ut)
	p.Input(x, p.v, p.strip)
	p.Products(p.v, p.u, p.m)
	p.Output(p.m, bias, y, relu)
}

func (p *passer) backward(x, g, dy, dx, dg []float32) {
	p.Weights(g, p.u, p.ut)
	p.OutputAdjoint(dy, p.m)
	p.Input(x, p.v, p.strip)
	p.WeightProducts(p.v, p.m, p.du)
	p.WeightsAdjoint(p.du, dg)
	p.InputProducts(p.m, p.ut, p.dv)
	p.InputAdjoint(p.dv, dx, p.strip)
}

// within wants got to be close to want everywhere: to 3e-5 of the largest root
// of a sum of squares of the terms that a value is made of. That is the scale
// of a tile's rounding errors, which F(4x4,3x3) spreads over its values; the
// largest error in these tests is two thirds of that.
func within(t *testing.T, what string, got []float32, want, squares []float64) {
	t.Helper()
	var scale float64
	for _, v := range squares {
		scale = max(scale, math.Sqrt(v))
	}
	for i, w := range want {
		if e := math.Abs(float64(got[i]) - w); !(e <= 3e-5*scale) {
			t.Fatalf("%s: value %d is %v, expected %v within %.1e", what, i, got[i], w, 3e-5*scale)
		}
	}
}

// TestWinograd compares the convolution with the definition, with and without
// ReLU.
func TestWinograd(t *testing.T) {
	for _, s := range convolutions {
		e := exact{s}
		x, g, bias := hashed(1, e.lenX()), hashed(2, e.lenG()), hashed(3, s.O)
		want, squares := make([]float64, e.lenY()), make([]float64, e.lenY())
		for i := range want {
			want[i], squares[i] = float64(bias[i%s.O]), 1
		}
		e.each(func(yi, xi, gi int) {
			p := float64(x[xi]) * float64(g[gi])
			want[yi] += p
			squares[yi] += p * p
		})
		y := make([]float32, e.lenY())
		p := newPasser(s)
		p.forward(x, g, bias, y, false)
		within(t, fmt.Sprintf("%+v", s), y, want, squares)
		p.forward(x, g, bias, y, true)
		for i := range want {
			want[i] = max(want[i], 0)
		}
		within(t, fmt.Sprintf("%+v with ReLU", s), y, want, squares)
	}
}

// TestWinogradGradients compares both gradients with the definition.
func TestWinogradGradients(t *testing.T) {
	for _, s := range convolutions {
		e := exact{s}
		x, g, dy := hashed(1, e.lenX()), hashed(2, e.lenG()), hashed(3, e.lenY())
		dx, dg := make([]float64, e.lenX()), make([]float64, e.lenG())
		dx2, dg2 := make([]float64, e.lenX()), make([]float64, e.lenG())
		e.each(func(yi, xi, gi int) {
			p, q := float64(dy[yi])*float64(g[gi]), float64(dy[yi])*float64(x[xi])
			dx[xi] += p
			dx2[xi] += p * p
			dg[gi] += q
			dg2[gi] += q * q
		})
		gotX, gotG := hashed(4, e.lenX()), hashed(5, e.lenG())
		newPasser(s).backward(x, g, dy, gotX, gotG)
		within(t, fmt.Sprintf("%+v, gradient of the image", s), gotX, dx, dx2)
		within(t, fmt.Sprintf("%+v, gradient of the filters", s), gotG, dg, dg2)
	}
}

// TestWinogradAdjoints wants <A x, y> = <x, A^T y> for each of the three
// linear maps and its adjoint, to 1e-6 of the sum of the products' sizes.
func TestWinogradAdjoints(t *testing.T) {
	for _, s := range convolutions {
		e := exact{s}
		p := newPasser(s)
		zero := make([]float32, s.O)
		for _, tt := range []struct {
			name         string
			in, out      int
			run, adjoint func(x, y []float32)
		}{
			{"Input", e.lenX(), s.LenV(), func(x, v []float32) { p.Input(x, v, p.strip) }, func(v, x []float32) { p.InputAdjoint(v, x, p.strip) }},
			{"Output", s.LenM(), e.lenY(), func(m, y []float32) { p.Output(m, zero, y, false) }, p.OutputAdjoint},
			{"Weights", e.lenG(), s.LenU(), func(g, u []float32) { p.Weights(g, u, p.ut) }, p.WeightsAdjoint},
		} {
			x, y := hashed(1, tt.in), hashed(2, tt.out)
			ax, ay := hashed(3, tt.out), hashed(4, tt.in)
			tt.run(x, ax)
			tt.adjoint(y, ay)
			left, size := dot(ax, y)
			right, _ := dot(x, ay)
			if math.Abs(left-right) > 1e-6*size {
				t.Errorf("%s of %+v: <A x, y> is %v, <x, A^T y> %v", tt.name, s, left, right)
			}
		}
	}
}

// dot is the scalar product and the sum of the sizes of its terms.
func dot(x, y []float32) (sum, size float64) {
	for i := range x {
		p := float64(x[i]) * float64(y[i])
		sum += p
		size += math.Abs(p)
	}
	return sum, size
}

func TestWinogradFits(t *testing.T) {
	for _, tt := range []struct {
		s    kernel.Winograd
		want bool
	}{
		{kernel.Winograd{H: 3, W: 3, C: 4, O: 4}, true}, {kernel.Winograd{H: 26, W: 26, C: 32, O: 32}, true},
		{kernel.Winograd{H: 2, W: 3, C: 4, O: 4}, false}, {kernel.Winograd{H: 3, W: 2, C: 4, O: 4}, false},
		{kernel.Winograd{H: 9, W: 9, C: 1, O: 32}, false}, {kernel.Winograd{H: 9, W: 9, C: 4, O: 6}, false},
		{kernel.Winograd{H: 9, W: 9, C: 0, O: 4}, false}, {kernel.Winograd{H: 9, W: 9, C: 4, O: 0}, false},
	} {
		if got := tt.s.Fits(); got != tt.want {
			t.Errorf("%+v fits: %v, expected %v", tt.s, got, tt.want)
		}
	}
}

// TestWinogradPool wants OutputPool to be what Output, a ReLU and a pool do one
// after the other: the same bits.
func TestWinogradPool(t *testing.T) {
	for _, s := range convolutions {
		oh, ow := s.H-2, s.W-2
		if oh < 2 || ow < 2 {
			continue
		}
		pool := valid(oh, ow, s.O, 2, 2, 2)
		for _, odd := range []bool{false, true} {
			m, n := hashed(1, s.LenM()), pool.OH*pool.OW*s.O
			if odd { // equal values, and windows without a positive one
				for i := range m {
					m[i] = float32(i % 3 / 2)
				}
			}
			compare(t, [][]float32{make([]float32, n), make([]float32, n), m, hashed(2, s.O)},
				func(a [][]float32) { s.OutputPool(a[2], a[3], a[0], a[1]) },
				func(a [][]float32) {
					full := make([]float32, oh*ow*s.O)
					s.Output(a[2], a[3], full, true)
					pool.MaxPool(full, a[0])
					for i := range a[1] {
						a[1][i] = whichWon(pool, full, i)
					}
				}, "pooled output of ", s, ", odd ", odd)
		}
	}
}

// whichWon says which of its window's values in x the pooled value i is, or 4 if
// it is zero.
func whichWon(g kernel.Window, x []float32, i int) float32 {
	c, ox, oy := i%g.C, i/g.C%g.OW, i/g.C/g.OW
	best, which := float32(0), 4
	for k := range 4 {
		if v := x[((2*oy+k/2)*g.W+2*ox+k%2)*g.C+c]; v > best {
			best, which = v, k
		}
	}
	return float32(which)
}
