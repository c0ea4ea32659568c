package kernel_test

import (
	"testing"

	"gonum.org/v1/gonum/blas"

	"convlens/nn/kernel"
)

// TestShortSlices takes one value away from each argument in turn: the kernels
// address memory without further checks, so they must say so on entry.
func TestShortSlices(t *testing.T) {
	win := valid(7, 6, 4, 3, 3, 2)
	pool := valid(6, 6, 4, 2, 2, 2)
	wino := kernel.Winograd{H: 7, W: 9, C: 4, O: 8}
	sparse := kernel.Sparse{H: 7, W: 9, C: 16, O: 8}
	v, m, u, strip := wino.LenV(), wino.LenM(), wino.LenU(), wino.LenStrip()
	for _, tt := range []struct {
		name    string
		lengths []int
		run     func(s [][]float32)
	}{
		{"Gemm", []int{2*9 + 7, 6*8 + 5, 2*6 + 5},
			func(s [][]float32) { kernel.Gemm(3, 5, 7, s[0], 9, 1, s[1], 8, 1, s[2], 6, false) }},
		{"Gemm of a transposed", []int{6*4 + 3, 6*8 + 5, 2*6 + 5},
			func(s [][]float32) { kernel.Gemm(3, 5, 7, s[0], 1, 4, s[1], 8, 1, s[2], 6, true) }},
		{"Transpose", []int{2*6 + 5, 4*4 + 3}, func(s [][]float32) { kernel.Transpose(3, 5, s[0], 6, s[1], 4) }},
		{"Sgemm NN", []int{21, 35, 15}, func(s [][]float32) { sgemm(blas.NoTrans, blas.NoTrans, 7, 5, s) }},
		{"Sgemm TN", []int{21, 35, 15}, func(s [][]float32) { sgemm(blas.Trans, blas.NoTrans, 3, 5, s) }},
		{"Sgemm NT", []int{21, 35, 15}, func(s [][]float32) { sgemm(blas.NoTrans, blas.Trans, 7, 7, s) }},
		{"Im2Col", []int{7 * 6 * 4, 3 * 2 * 36}, func(s [][]float32) { win.Im2Col(s[0], s[1]) }},
		{"Col2Im", []int{3 * 2 * 36, 7 * 6 * 4}, func(s [][]float32) { win.Col2Im(s[0], s[1]) }},
		{"MaxPool", []int{144, 36}, func(s [][]float32) { pool.MaxPool(s[0], s[1]) }},
		{"MaxPoolBackward", []int{144, 36, 144}, func(s [][]float32) { pool.MaxPoolBackward(s[0], s[1], s[2]) }},
		{"Add of x to dst", []int{9}, func(s [][]float32) { kernel.Add(make([]float32, 9), s[0]) }},
		{"ReLUBackward", []int{9}, func(s [][]float32) { kernel.ReLUBackward(s[0], make([]float32, 9)) }},
		{"Softmax", []int{8}, func(s [][]float32) { kernel.Softmax(make([]float32, 8), s[0], 4) }},
		{"Adadelta", []int{9, 9, 9}, func(s [][]float32) { kernel.Adadelta(make([]float32, 9), s[0], s[1], s[2], 1, 0.9, 1) }},
		{"Momentum", []int{9, 9}, func(s [][]float32) { kernel.Momentum(make([]float32, 9), s[0], s[1], 1, 0.9) }},
		{"Adam", []int{9, 9, 9}, func(s [][]float32) { kernel.Adam(make([]float32, 9), s[0], s[1], s[2], 1, 0.9, 0.9, 1) }},
		{"Affine", []int{21, 35, 5, 15}, func(s [][]float32) { kernel.Affine(3, 5, 7, s[0], s[1], s[2], s[3], true) }},
		{"ReLUBackwardRows", []int{12}, func(s [][]float32) { kernel.ReLUBackwardRows(s[0], make([]float32, 12), make([]float32, 4)) }},
		{"OutputPool", []int{m, 8, 48, 48}, func(s [][]float32) { wino.OutputPool(s[0], s[1], s[2], s[3]) }},
		{"List", []int{48, 48, 8}, func(s [][]float32) { sparse.List(s[0], s[1], make([]kernel.Entry, 48), s[2]) }},
		{"Backward", []int{1008, 1152, 1152, 1008}, func(s [][]float32) { sparse.Backward(nil, s[0], s[1], s[2], s[3]) }},
		{"Weights", []int{288, u, u}, func(s [][]float32) { wino.Weights(s[0], s[1], s[2]) }},
		{"WeightsAdjoint", []int{u, 288}, func(s [][]float32) { wino.WeightsAdjoint(s[0], s[1]) }},
		{"Input", []int{252, v, strip}, func(s [][]float32) { wino.Input(s[0], s[1], s[2]) }},
		{"InputAdjoint", []int{v, 252, strip}, func(s [][]float32) { wino.InputAdjoint(s[0], s[1], s[2]) }},
		{"Output", []int{m, 8, 280}, func(s [][]float32) { wino.Output(s[0], s[1], s[2], true) }},
		{"OutputAdjoint", []int{280, m}, func(s [][]float32) { wino.OutputAdjoint(s[0], s[1]) }},
		{"Products", []int{v, u, m}, func(s [][]float32) { wino.Products(s[0], s[1], s[2]) }},
		{"InputProducts", []int{m, u, v}, func(s [][]float32) { wino.InputProducts(s[0], s[1], s[2]) }},
		{"WeightProducts", []int{v, m, u}, func(s [][]float32) { wino.WeightProducts(s[0], s[1], s[2]) }},
	} {
		for short := -1; short < len(tt.lengths); short++ {
			var args [][]float32
			for i, n := range tt.lengths {
				if i == short {
					n--
				}
				args = append(args, make([]float32, n))
			}
			if short < 0 {
				tt.run(args) // just enough
				continue
			}
			panics(t, tt.name, "kernel: ", func() { tt.run(args) })
		}
	}
}

// sgemm multiplies 3x7 by 7x5.
func sgemm(tA, tB blas.Transpose, lda, ldb int, s [][]float32) {
	kernel.BLAS{}.Sgemm(tA, tB, 3, 5, 7, 1, s[0], lda, s[1], ldb, 0, s[2], 5)
}

func TestUnevenRows(t *testing.T) {
	for _, n := range []int{0, 4} {
		panics(t, "AddRows", "kernel: AddRows needs whole rows", func() { kernel.AddRows(make([]float32, n), make([]float32, 9)) })
	}
}

// TestLeadingDimensions panics as gonum does, whichever of them does the work.
func TestLeadingDimensions(t *testing.T) {
	x := make([]float32, 100)
	for _, alpha := range []float32{0, 1} {
		for _, tt := range []struct {
			what          string
			tA, tB        blas.Transpose
			lda, ldb, ldc int
		}{
			{"A", blas.NoTrans, blas.NoTrans, 6, 5, 5}, {"A", blas.Trans, blas.NoTrans, 2, 5, 5},
			{"B", blas.NoTrans, blas.NoTrans, 7, 4, 5}, {"B", blas.NoTrans, blas.Trans, 7, 6, 5},
			{"C", blas.NoTrans, blas.NoTrans, 7, 5, 4}, {"C", blas.Trans, blas.Trans, 3, 7, 4},
		} {
			panics(t, "Sgemm", "blas: bad leading dimension of "+tt.what, func() {
				kernel.BLAS{}.Sgemm(tt.tA, tt.tB, 3, 5, 7, alpha, x, tt.lda, x, tt.ldb, 0, x, tt.ldc)
			})
		}
	}
	panics(t, "Sgemm", "blas: illegal transpose", func() {
		kernel.BLAS{}.Sgemm('x', blas.NoTrans, 3, 5, 7, 1, x, 7, x, 5, 0, x, 5)
	})
	panics(t, "Sgemm", "blas: m < 0", func() {
		kernel.BLAS{}.Sgemm(blas.NoTrans, blas.NoTrans, -3, 5, 7, 1, x, 7, x, 5, 0, x, 5)
	})
}
