package kernel_test

import (
	"fmt"
	"testing"

	"convlens/nn/kernel"
)

// Speeds at the sizes of the tutorial's network. A product counts as two
// operations; memory passes are given in bytes read and written.

// gflops reports the speed of b.N times that many operations.
func gflops(b *testing.B, operations int) {
	b.ReportMetric(float64(operations)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
}

// BenchmarkGemm multiplies the matrices of the dense layer (a batch of 128,
// 4608 inputs, 128 units: forward, and the gradients of the kernel and of the
// input, whose kernel BLAS transposes first), and those of one frequency of the
// second convolution (36 tiles of 32 channels).
func BenchmarkGemm(b *testing.B) {
	for _, s := range []struct {
		name    string
		m, n, k int
		trans   bool
	}{
		{"frequency 36x32x32", 36, 32, 32, false},
		{"frequency, transposed 32x32x36", 32, 32, 36, true},
		{"dense 128x128x4608", 128, 128, 4608, false},
		{"dense, kernel's gradient 4608x128x128", 4608, 128, 128, true},
		{"dense, input's gradient 128x4608x128", 128, 4608, 128, false},
	} {
		b.Run(s.name, func(b *testing.B) {
			x, y, c := hashed(1, s.m*s.k), hashed(2, s.k*s.n), make([]float32, s.m*s.n)
			ra, ca := s.k, 1
			if s.trans {
				ra, ca = 1, s.m
			}
			for b.Loop() {
				kernel.Gemm(s.m, s.n, s.k, x, ra, ca, y, s.n, c, s.n, false)
			}
			gflops(b, 2*s.m*s.n*s.k)
		})
	}
}

func BenchmarkTranspose(b *testing.B) {
	x, y := hashed(1, 4608*128), make([]float32, 4608*128)
	b.SetBytes(8 * 4608 * 128)
	for b.Loop() {
		kernel.Transpose(4608, 128, x, 128, y, 4608)
	}
}

// BenchmarkWinograd takes the second convolution's steps for one image.
func BenchmarkWinograd(b *testing.B) {
	s := kernel.Winograd{H: 26, W: 26, C: 32, O: 32}
	p, e := newPasser(s), exact{s}
	x, y, g, bias := hashed(1, e.lenX()), hashed(2, e.lenY()), hashed(3, e.lenG()), hashed(4, s.O)
	for _, tt := range []struct {
		name   string
		floats int
		run    func()
	}{
		{"Input", e.lenX() + s.LenV(), func() { s.Input(x, p.v, p.strip) }},
		{"InputAdjoint", e.lenX() + s.LenV(), func() { s.InputAdjoint(p.dv, x, p.strip) }},
		{"Output", e.lenY() + s.LenM(), func() { s.Output(p.m, bias, y, false) }},
		{"OutputAdjoint", e.lenY() + s.LenM(), func() { s.OutputAdjoint(y, p.m) }},
		{"Weights", e.lenG() + 2*s.LenU(), func() { s.Weights(g, p.u, p.ut) }},
		{"WeightsAdjoint", e.lenG() + s.LenU(), func() { s.WeightsAdjoint(p.du, g) }},
	} {
		b.Run(tt.name, func(b *testing.B) {
			b.SetBytes(4 * int64(tt.floats))
			for b.Loop() {
				tt.run()
			}
		})
	}
	for _, tt := range []struct {
		name string
		run  func()
	}{
		{"Products", func() { s.Products(p.v, p.u, p.m) }},
		{"InputProducts", func() { s.InputProducts(p.m, p.ut, p.dv) }},
		{"WeightProducts", func() { clear(p.du); s.WeightProducts(p.v, p.m, p.du) }},
	} {
		b.Run(tt.name, func(b *testing.B) {
			for b.Loop() {
				tt.run()
			}
			gflops(b, 2*kernel.Freqs*s.Tiles()*s.C*s.O)
		})
	}
	// In direct convolution's operations, to compare with it.
	b.Run("forward, direct operations", func(b *testing.B) {
		p.Weights(g, p.u, p.ut) // once a batch
		for b.Loop() {
			p.Input(x, p.v, p.strip)
			p.Products(p.v, p.u, p.m)
			p.Output(p.m, bias, y, false)
		}
		gflops(b, 2*9*24*24*s.C*s.O)
	})
}

func BenchmarkMono(b *testing.B) {
	s := kernel.Mono{H: 28, W: 28, O: 32}
	x, w, bias, y := hashed(1, 784), hashed(2, 288), hashed(3, 32), make([]float32, 26*26*32)
	b.Run("Forward", func(b *testing.B) {
		for b.Loop() {
			s.Forward(x, w, bias, y)
		}
		gflops(b, 2*9*26*26*32)
	})
	b.Run("WeightGrad", func(b *testing.B) {
		for b.Loop() {
			clear(w)
			s.WeightGrad(x, y, w)
		}
		gflops(b, 2*9*26*26*32)
	})
}

func BenchmarkPool(b *testing.B) {
	g := valid(24, 24, 32, 2, 2, 2)
	x, y, dx := hashed(1, 24*24*32), hashed(2, 12*12*32), make([]float32, 24*24*32)
	b.Run("MaxPool", func(b *testing.B) {
		b.SetBytes(4 * int64(len(x)+len(y)))
		for b.Loop() {
			g.MaxPool(x, y)
		}
	})
	b.Run("MaxPoolBackward", func(b *testing.B) {
		b.SetBytes(4 * int64(2*len(x)+len(y)))
		for b.Loop() {
			g.MaxPoolBackward(x, y, dx)
		}
	})
}

// BenchmarkPasses is the passes over one image's activations, or over all
// 600,810 parameters.
func BenchmarkPasses(b *testing.B) {
	const image, params = 26 * 26 * 32, 600_810
	for _, tt := range []struct {
		name    string
		n, args int
		floats  int // read and written for each value
		run     func(s [][]float32)
	}{
		{"ReLU", image, 1, 2, func(s [][]float32) { kernel.ReLU(s[0]) }},
		{"ReLUBackward", image, 2, 3, func(s [][]float32) { kernel.ReLUBackward(s[0], s[1]) }},
		{"Dropout", 4608, 1, 2, func(s [][]float32) { kernel.Dropout(s[0], 1, 1<<30, 1) }},
		{"Add", params, 2, 3, func(s [][]float32) { kernel.Add(s[0], s[1]) }},
		{"Adadelta", params, 4, 7, func(s [][]float32) { kernel.Adadelta(s[0], s[1], s[2], s[3], 1e-9, 0.95, 1e-7) }},
		{"Momentum", params, 3, 5, func(s [][]float32) { kernel.Momentum(s[0], s[1], s[2], 1e-9, 0.9) }},
		{"Adam", params, 4, 7, func(s [][]float32) { kernel.Adam(s[0], s[1], s[2], s[3], 1e-9, 0.9, 0.999, 1e-7) }},
	} {
		b.Run(fmt.Sprintf("%s %d", tt.name, tt.n), func(b *testing.B) {
			var args [][]float32
			for i := range uint32(tt.args) {
				args = append(args, positive(i, tt.n))
			}
			b.SetBytes(4 * int64(tt.floats) * int64(tt.n))
			for b.Loop() {
				tt.run(args)
			}
		})
	}
}
