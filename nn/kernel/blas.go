package kernel

import (
	"sync"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// BLAS is gonum's implementation with Sgemm replaced by this package's Gemm,
// for blas32.Use. Every element of C is
//
//	s := beta*C[i,j];  for p = 0..k-1:  s += (alpha*A[i,p]) * B[p,j]
//
// summed in that order, whichever operand is transposed. (gonum sums a
// transposed B as dot products in another order.) A and B must not overlap C.
type BLAS struct{ gonum.Implementation }

// scaling holds copies of scaled operands between calls.
var scaling = sync.Pool{New: func() any { return new([]float32) }}

// Sgemm computes C = alpha op(A) op(B) + beta C. Shapes, strides and panics
// are those of gonum's Sgemm.
func (impl BLAS) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	if alpha == 0 || m <= 0 || n <= 0 || k <= 0 || !plain(tA) || !plain(tB) {
		// The checks and the corner cases are gonum's.
		impl.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	checkLD(lda, tA, m, k, "A")
	checkLD(ldb, tB, k, n, "B")
	if ldc < n {
		panic("blas: bad leading dimension of C")
	}
	ra, ca := lda, 1
	if tA != blas.NoTrans {
		ra, ca = 1, lda
	}
	if alpha != 1 {
		buf := scaling.Get().(*[]float32)
		defer scaling.Put(buf)
		a, ra, ca = scaled(buf, m, k, alpha, a, ra, ca), k, 1
	}
	rb, cb := ldb, 1
	if tB != blas.NoTrans {
		rb, cb = 1, ldb
	}
	if beta != 0 && beta != 1 {
		need(c, (m-1)*ldc+n, "c")
		for i := 0; i < m; i++ {
			for j, v := range c[i*ldc : i*ldc+n] {
				c[i*ldc+j] = float32(beta * v)
			}
		}
	}
	Gemm(m, n, k, a, ra, ca, b, rb, cb, c, ldc, beta != 0)
}

func plain(t blas.Transpose) bool {
	return t == blas.NoTrans || t == blas.Trans || t == blas.ConjTrans
}

func checkLD(ld int, t blas.Transpose, rows, cols int, what string) {
	if t != blas.NoTrans {
		cols = rows
	}
	if ld < max(1, cols) {
		panic("blas: bad leading dimension of " + what)
	}
}

// scaled copies alpha times op(A) into buf, m by k.
func scaled(buf *[]float32, m, k int, alpha float32, a []float32, ra, ca int) []float32 {
	need(a, (m-1)*ra+(k-1)*ca+1, "a")
	*buf = grow(*buf, m*k)
	for i := 0; i < m; i++ {
		for p := 0; p < k; p++ {
			(*buf)[i*k+p] = float32(alpha * a[i*ra+p*ca])
		}
	}
	return *buf
}

func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}
