package kernel_test

import (
	"math"
	"testing"

	"convlens/nn/kernel"
)

// optimizers are the update rules with their formulas as scalar loops; the
// arguments are the weights, the gradient and the moments.
var optimizers = []struct {
	name    string
	moments int
	run     func(s [][]float32)
	plain   func(s [][]float32, i int)
}{
	{"Adadelta", 2,
		func(s [][]float32) { kernel.Adadelta(s[0], s[1], s[2], s[3], 0.7, 0.95, 1e-7) },
		func(s [][]float32, i int) {
			lr, rho, eps := float32(0.7), float32(0.95), float32(1e-7)
			w, g, eg, ed := s[0], s[1], s[2], s[3]
			eg[i] = fade(float32(rho*eg[i]) + float32((1-rho)*float32(g[i]*g[i])))
			d := float32(sqrt(ed[i]+eps) / sqrt(eg[i]+eps) * g[i])
			ed[i] = fade(float32(rho*ed[i]) + float32((1-rho)*float32(d*d)))
			w[i] -= float32(lr * d)
		}},
	{"Momentum", 1,
		func(s [][]float32) { kernel.Momentum(s[0], s[1], s[2], 0.01, 0.9) },
		func(s [][]float32, i int) {
			lr, mu := float32(0.01), float32(0.9)
			w, g, v := s[0], s[1], s[2]
			v[i] = fade(float32(mu*v[i]) - float32(lr*g[i]))
			w[i] += v[i]
		}},
	{"Adam", 2,
		func(s [][]float32) { kernel.Adam(s[0], s[1], s[2], s[3], 0.001, 0.9, 0.999, 1e-7) },
		func(s [][]float32, i int) {
			lr, b1, b2, eps := float32(0.001), float32(0.9), float32(0.999), float32(1e-7)
			w, g, m, v := s[0], s[1], s[2], s[3]
			m[i] = fade(float32(b1*m[i]) + float32((1-b1)*g[i]))
			v[i] = fade(float32(b2*v[i]) + float32((1-b2)*float32(g[i]*g[i])))
			w[i] -= float32(lr*m[i]) / (sqrt(v[i]) + eps)
		}},
}

func fade(x float32) float32 { return float32(x+0x1p-80) - 0x1p-80 }

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// TestSteps takes three steps of each rule, so that the moments count too, on
// ordinary numbers and on specials.
func TestSteps(t *testing.T) {
	for _, tt := range optimizers {
		for _, n := range sizes {
			ordinary := [][]float32{hashed(1, n), hashed(2, n)}
			odd := [][]float32{special(1, hashed(1, n)), special(2, hashed(2, n))}
			for m := range uint32(tt.moments) {
				ordinary = append(ordinary, positive(3+m, n))
				odd = append(odd, special(3+m, positive(3+m, n)))
			}
			run := func(s [][]float32) {
				for range 3 {
					tt.run(s)
				}
			}
			plain := func(s [][]float32) {
				for range 3 {
					for i := range s[0] {
						tt.plain(s, i)
					}
				}
			}
			compare(t, ordinary, run, plain, tt.name, " of ", n)
			compare(t, odd, run, plain, tt.name, " of specials, ", n)
		}
	}
}

// TestFade lets the gradients end: the moments become zero or stay at full speed.
func TestFade(t *testing.T) {
	for _, tt := range optimizers {
		const n = 9
		s := [][]float32{hashed(1, n), hashed(2, n)}
		for m := range uint32(tt.moments) {
			s = append(s, positive(3+m, n))
		}
		tt.run(s)
		clear(s[1])
		for range 5000 {
			tt.run(s)
		}
		for m, moment := range s[2:] {
			for i, v := range moment {
				if size := math.Abs(float64(v)); size != 0 && size < 0x1p-104 || size > 0x1p-5 {
					t.Errorf("%s: moment %d of weight %d is %g", tt.name, m, i, v)
				}
			}
		}
	}
}

// TestFirstSteps checks one step from zero moments against numbers worked out
// by hand: g = 2 from w = 1.
func TestFirstSteps(t *testing.T) {
	zero := func() []float32 { return make([]float32, 5) }
	fill := func(v float32) []float32 { return []float32{v, v, v, v, v} }
	for _, tt := range []struct {
		name string
		step func(w, g []float32)
		want float64
	}{
		// eg = 0.05*4 = 0.2; d = sqrt(1e-6)/sqrt(0.2+1e-6)*2 = 0.00447212.
		{"Adadelta", func(w, g []float32) { kernel.Adadelta(w, g, zero(), zero(), 1, 0.95, 1e-6) }, 1 - 0.00447212},
		{"Momentum", func(w, g []float32) { kernel.Momentum(w, g, zero(), 0.1, 0.9) }, 0.8},
		// m = 0.5*2 = 1; v = 0.25*4 = 1; 0.01*1/(sqrt(1)+1).
		{"Adam", func(w, g []float32) { kernel.Adam(w, g, zero(), zero(), 0.01, 0.5, 0.75, 1) }, 1 - 0.005},
	} {
		w := fill(1)
		tt.step(w, fill(2))
		for i, v := range w {
			if math.Abs(float64(v)-tt.want) > 1e-7 {
				t.Errorf("%s: weight %d is %v, expected %v", tt.name, i, v, tt.want)
			}
		}
	}
}

// TestSqrt compares with the definition of correct rounding: the square of the
// midpoints to the neighbours, exact in float64, encloses x.
func TestSqrt(t *testing.T) {
	for i := range uint32(100_000) {
		x := math.Float32frombits(kernel.Hash32(1, i) & 0x7fffffff)
		if x != x || x == inf || x == 0 {
			continue
		}
		y := kernel.Sqrt(x)
		below := (float64(y) + float64(math.Nextafter32(y, 0))) / 2
		above := (float64(y) + float64(math.Nextafter32(y, inf))) / 2
		if below*below > float64(x) || above*above < float64(x) {
			t.Fatalf("Sqrt(%v) is %v, which is not the nearest", x, y)
		}
	}
	for _, tt := range []struct{ x, want float32 }{{0, 0}, {4, 2}, {inf, inf}, {-1, float32(math.NaN())}} {
		if got := kernel.Sqrt(tt.x); !same(got, tt.want) {
			t.Errorf("Sqrt(%v) is %v, expected %v", tt.x, got, tt.want)
		}
	}
}
