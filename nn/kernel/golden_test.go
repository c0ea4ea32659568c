package kernel_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"

	"convlens/nn/kernel"
)

// golden holds, for every kernel, the beginning of the SHA-256 of what it made
// of hashed numbers when this was written: its output as little-endian float32.
// Every platform must make the same, with SIMD and without; a change of these
// bits is a change of every trained network.
var golden = []struct {
	name, sum string
	output    func() []float32
}{
	{"AddRows", "c5227c15fa1191fe", func() []float32 { return after(35, func(x []float32) { kernel.AddRows(x, hashed(2, 3500)) }) }},
	{"Add", "86b9a670c5db469a", func() []float32 { return after(701, func(x []float32) { kernel.Add(x, hashed(2, 701)) }) }},
	{"ReLU", "b849d76d14a9cca9", func() []float32 { return after(701, kernel.ReLU) }},
	{"ReLUBackward", "5f176b6f6d845b38", func() []float32 { return after(701, func(x []float32) { kernel.ReLUBackward(hashed(2, 701), x) }) }},
	{"Dropout", "bb2893670c60e1d0", func() []float32 { return after(701, func(x []float32) { kernel.Dropout(x, 5, 1<<30, 4.0/3) }) }},
	{"Gemm", "3d5588bc215630d7", func() []float32 {
		return after(37*41, func(c []float32) {
			kernel.Gemm(37, 41, 300, hashed(2, 37*300), 300, 1, hashed(3, 300*41), 41, 1, c, 41, true)
		})
	}},
	{"Gemm of a transposed", "7832c57f20254288", func() []float32 {
		return after(37*41, func(c []float32) {
			kernel.Gemm(37, 41, 300, hashed(2, 37*300), 1, 37, hashed(3, 300*41), 41, 1, c, 41, false)
		})
	}},
	{"Sgemm", "095eb4dc4a5d12a4", func() []float32 {
		return after(37*41, func(c []float32) {
			kernel.BLAS{}.Sgemm(blas.Trans, blas.Trans, 37, 41, 90, 0.3, hashed(2, 37*90), 37, hashed(3, 90*41), 90, -0.7, c, 41)
		})
	}},
	{"Affine", "dc8b7a654bfe016a", func() []float32 {
		return after(26*26*32, func(y []float32) {
			kernel.Affine(26*26, 32, 9, hashed(2, 26*26*9), hashed(3, 288), hashed(4, 32), y, true)
		})
	}},
	{"Im2Col", "f305776ac609f066", func() []float32 {
		return after(5*4*36, func(cols []float32) { padded(9, 8, 4, 3, 3, 2).Im2Col(hashed(2, 288), cols) })
	}},
	{"Col2Im", "f69ba9b27e5f5a3e", func() []float32 {
		return after(288, func(dx []float32) { padded(9, 8, 4, 3, 3, 2).Col2Im(hashed(2, 5*4*36), dx) })
	}},
	{"MaxPool", "a8f1c78e809ba260", func() []float32 {
		return after(6*5*8, func(y []float32) { valid(12, 11, 8, 2, 2, 2).MaxPool(hashed(2, 12*11*8), y) })
	}},
	{"MaxPoolBackward", "c18cec0687534e6d", func() []float32 {
		return after(12*11*8, func(dx []float32) { valid(12, 11, 8, 2, 2, 2).MaxPoolBackward(ties(2, 12*11*8), hashed(3, 6*5*8), dx) })
	}},
	{"Winograd, forward", "2161db0af83a51af", func() []float32 {
		s := kernel.Winograd{H: 13, W: 12, C: 8, O: 12}
		return after(11*10*12, func(y []float32) { newPasser(s).forward(hashed(2, 13*12*8), hashed(3, 9*96), hashed(4, 12), y, true) })
	}},
	{"Winograd, backward", "cfc3d52a282563a6", func() []float32 {
		s := kernel.Winograd{H: 13, W: 12, C: 8, O: 12}
		return after(13*12*8+9*96, func(d []float32) {
			newPasser(s).backward(hashed(2, 13*12*8), hashed(3, 9*96), hashed(4, 11*10*12), d[:13*12*8], d[13*12*8:])
		})
	}},
	{"Winograd, pooled", "62961f88ba99d50f", func() []float32 {
		s := kernel.Winograd{H: 13, W: 12, C: 8, O: 12}
		return after(2*5*5*12, func(y []float32) { s.OutputPool(newPasser(s).m, hashed(4, 12), y[:5*5*12], y[5*5*12:]) })
	}},
	{"Sparse", "8385ae6236cf2bac", func() []float32 {
		s := kernel.Sparse{H: 13, W: 12, C: 16, O: 12}
		n, w := 13*12*16, 9*16*12
		return after(n+w+12, func(d []float32) {
			list := make([]kernel.Entry, s.LenList())
			list = list[:s.List(hashed(2, 300), winners(3, 300), list, d[n+w:])]
			s.Backward(list, hashed(4, n), hashed(5, w), d[n:n+w], d[:n])
		})
	}},
	{"Softmax", "081105f952cb5d05", func() []float32 { return after(700, func(y []float32) { kernel.Softmax(hashed(2, 700), y, 10) }) }},
	{"Exp", "67a2e0fa5801e48e", func() []float32 { return mapped(8000, func(x float32) float32 { return kernel.Exp(88 * x) }) }},
	{"Log", "855be37f27085d0c", func() []float32 {
		return mapped(8000, func(x float32) float32 { return kernel.Log(float32(1000*float32(x*x)) + 1e-7) })
	}},
	{"Adadelta", "f0bced362acf274a", func() []float32 {
		return after(701, func(w []float32) {
			kernel.Adadelta(w, hashed(2, 701), positive(3, 701), positive(4, 701), 1, 0.95, 1e-7)
		})
	}},
	{"Momentum", "35049c2efd1291e0", func() []float32 {
		return after(701, func(w []float32) { kernel.Momentum(w, hashed(2, 701), hashed(3, 701), 0.01, 0.9) })
	}},
	{"Adam", "467b3a4624779067", func() []float32 {
		return after(701, func(w []float32) {
			kernel.Adam(w, hashed(2, 701), hashed(3, 701), positive(4, 701), 0.001, 0.9, 0.999, 1e-7)
		})
	}},
}

// after returns n hashed numbers after f has been over them.
func after(n int, f func([]float32)) []float32 {
	x := hashed(1, n)
	f(x)
	return x
}

// mapped returns n hashed numbers, each replaced by f of it.
func mapped(n int, f func(float32) float32) []float32 {
	return after(n, func(x []float32) {
		for i, v := range x {
			x[i] = f(v)
		}
	})
}

func TestGolden(t *testing.T) {
	for _, g := range golden {
		h := sha256.New()
		for _, v := range g.output() {
			h.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
		}
		if sum := hex.EncodeToString(h.Sum(nil))[:16]; sum != g.sum {
			t.Errorf("%s: the output's hash begins with %s, expected %s", g.name, sum, g.sum)
		}
	}
}
