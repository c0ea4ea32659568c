package kernel_test

import (
	"fmt"
	"testing"
)

// TestWinogradBits compares every map of the Winograd convolution with its
// scalar twin, bit for bit.
func TestWinogradBits(t *testing.T) {
	for _, s := range convolutions[:len(convolutions)-1] { // the last is large, and nothing new
		p, e := scalar{s}, exact{s}
		// scratch is a fresh strip, full of something else, for each call.
		scratch := func() []float32 { return hashed(98, s.LenStrip()) }
		for _, tt := range []struct {
			name       string
			args       []int // lengths
			run, plain func(a [][]float32)
		}{
			{"Input", []int{e.lenX(), s.LenV()},
				func(a [][]float32) { s.Input(a[0], a[1], scratch()) },
				func(a [][]float32) { p.input(a[0], a[1]) }},
			{"InputAdjoint", []int{s.LenV(), e.lenX()},
				func(a [][]float32) { s.InputAdjoint(a[0], a[1], scratch()) },
				func(a [][]float32) { p.inputAdjoint(a[0], a[1]) }},
			{"Output", []int{s.LenM(), s.O, e.lenY()},
				func(a [][]float32) { s.Output(a[0], a[1], a[2], false) },
				func(a [][]float32) { p.output(a[0], a[1], a[2], false) }},
			{"Output with ReLU", []int{s.LenM(), s.O, e.lenY()},
				func(a [][]float32) { s.Output(a[0], a[1], a[2], true) },
				func(a [][]float32) { p.output(a[0], a[1], a[2], true) }},
			{"OutputAdjoint", []int{e.lenY(), s.LenM()},
				func(a [][]float32) { s.OutputAdjoint(a[0], a[1]) },
				func(a [][]float32) { p.outputAdjoint(a[0], a[1]) }},
			{"Weights", []int{e.lenG(), s.LenU(), s.LenU()},
				func(a [][]float32) { s.Weights(a[0], a[1], a[2]) },
				func(a [][]float32) { p.weights(a[0], a[1], a[2]) }},
			{"WeightsAdjoint", []int{s.LenU(), e.lenG()},
				func(a [][]float32) { s.WeightsAdjoint(a[0], a[1]) },
				func(a [][]float32) { p.weightsAdjoint(a[0], a[1]) }},
			{"Products", []int{s.LenV(), s.LenU(), s.LenM()},
				func(a [][]float32) { s.Products(a[0], a[1], a[2]) },
				func(a [][]float32) {
					p.products(func(v, u, m int) {
						plainGemm(s.Tiles(), s.O, s.C, a[0][v:], s.C, 1, a[1][u:], s.O, 1, a[2][m:], s.O, false)
					})
				}},
			{"InputProducts", []int{s.LenM(), s.LenU(), s.LenV()},
				func(a [][]float32) { s.InputProducts(a[0], a[1], a[2]) },
				func(a [][]float32) {
					p.products(func(v, u, m int) {
						plainGemm(s.Tiles(), s.C, s.O, a[0][m:], s.O, 1, a[1][u:], s.C, 1, a[2][v:], s.C, false)
					})
				}},
			{"WeightProducts", []int{s.LenV(), s.LenM(), s.LenU()},
				func(a [][]float32) { s.WeightProducts(a[0], a[1], a[2]) },
				func(a [][]float32) {
					p.products(func(v, u, m int) {
						plainGemm(s.C, s.O, s.Tiles(), a[0][v:], 1, s.C, a[1][m:], s.O, 1, a[2][u:], s.O, true)
					})
				}},
		} {
			for _, odd := range []bool{false, true} {
				var args [][]float32
				for i, n := range tt.args {
					x := hashed(uint32(i), n)
					if odd {
						x = special(uint32(i), x)
					}
					args = append(args, x)
				}
				compare(t, args, tt.run, tt.plain, fmt.Sprintf("%s of %+v, specials %v", tt.name, s, odd))
			}
		}
	}
}

// TestWinogradScratch keeps to the scratch it is given.
func TestWinogradScratch(t *testing.T) {
	for _, s := range convolutions {
		x, v := hashed(1, s.H*s.W*s.C), hashed(2, s.LenV())
		for offset := range 4 {
			b := newBlock(hashed(3, s.LenStrip()), offset)
			strip := slicesOf([]block{b})[0]
			s.Input(x, v, strip)
			s.InputAdjoint(v, x, strip)
			fresh := newBlock(strip, offset)
			for i, w := range fresh.all {
				if !same(b.all[i], w) {
					t.Fatalf("%+v writes at %d of %d of its scratch", s, i-b.start, len(strip))
				}
			}
		}
	}
}
