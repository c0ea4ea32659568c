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

// packed holds copies of scaled or transposed operands between calls.
var packed = sync.Pool{New: func() any { return new([]float32) }}

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
		buf := packed.Get().(*[]float32)
		defer packed.Put(buf)
		a, ra, ca = scaled(buf, m, k, alpha, a, ra, ca), k, 1
	}
	if tB != blas.NoTrans {
		buf := packed.Get().(*[]float32)
		defer packed.Put(buf)
		*buf = grow(*buf, k*n)
		Transpose(n, k, b, ldb, *buf, n)
		b, ldb = *buf, n
	}
	if beta != 0 && beta != 1 {
		need(c, (m-1)*ldc+n, "c")
		for i := 0; i < m; i++ {
			for j, v := range c[i*ldc : i*ldc+n] {
				c[i*ldc+j] = float32(beta * v)
			}
		}
	}
	Gemm(m, n, k, a, ra, ca, b, ldb, c, ldc, beta != 0)
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

// Transpose writes the rows by cols matrix a into b, cols by rows.
func Transpose(rows, cols int, a []float32, lda int, b []float32, ldb int) {
	if rows <= 0 || cols <= 0 {
		return
	}
	need(a, (rows-1)*lda+cols, "a")
	need(b, (cols-1)*ldb+rows, "b")
	const block = 8 // both sides of a block fit in the first-level cache
	for i0 := 0; i0 < rows; i0 += block {
		i1 := min(i0+block, rows)
		for j0 := 0; j0 < cols; j0 += block {
			j1 := min(j0+block, cols)
			for i := i0; i < i1; i++ {
				row := a[i*lda+j0 : i*lda+j1]
				for j, v := range row {
					b[(j0+j)*ldb+i] = v
				}
			}
		}
	}
}
