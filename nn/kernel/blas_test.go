package kernel_test

import (
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/gonum"

	"convlens/nn/kernel"
)

// plainSgemm is the loop of BLAS's contract.
func plainSgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	for i := range m {
		for j := range n {
			var s float32
			if beta != 0 {
				s = float32(beta * c[i*ldc+j])
			}
			for p := range k {
				x, y := i*lda+p, p*ldb+j
				if tA != blas.NoTrans {
					x = p*lda + i
				}
				if tB != blas.NoTrans {
					y = j*ldb + p
				}
				s += float32(float32(alpha*a[x]) * b[y])
			}
			c[i*ldc+j] = s
		}
	}
}

// sides are the rows and columns of a stored operand.
func sides(t blas.Transpose, rows, cols int) (int, int) {
	if t == blas.NoTrans {
		return rows, cols
	}
	return cols, rows
}

func TestSgemm(t *testing.T) {
	count := uint32(0)
	for _, s := range [][3]int{{1, 1, 1}, {4, 8, 4}, {5, 9, 7}, {3, 2, 1}, {9, 17, 300}, {16, 33, 5}, {12, 4, 31}} {
		m, n, k := s[0], s[1], s[2]
		for _, tA := range []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans} {
			for _, tB := range []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans} {
				for _, alpha := range []float32{1, -1, 0.3} {
					for _, beta := range []float32{0, 1, -0.7} {
						count++
						gap := int(count % 3)
						aRows, aCols := sides(tA, m, k)
						bRows, bCols := sides(tB, k, n)
						lda, ldb, ldc := aCols+gap, bCols+gap, n+gap
						args := [][]float32{
							hashed(count, extent(m, n, ldc, 1)),
							hashed(count+1, extent(aRows, aCols, lda, 1)),
							hashed(count+2, extent(bRows, bCols, ldb, 1)),
						}
						compareAt(t, int(count/3%4), args,
							func(s [][]float32) {
								kernel.BLAS{}.Sgemm(tA, tB, m, n, k, alpha, s[1], lda, s[2], ldb, beta, s[0], ldc)
							},
							func(s [][]float32) { plainSgemm(tA, tB, m, n, k, alpha, s[1], lda, s[2], ldb, beta, s[0], ldc) },
							"Sgemm ", string(tA), string(tB), " ", m, "x", n, "x", k, ", alpha ", alpha, ", beta ", beta)
					}
				}
			}
		}
	}
}

// TestSgemmIsGonums wants the bits of gonum's own Sgemm where both operands
// are as they are, alpha is 1 and beta 0, also for sizes that gonum cuts into
// blocks, and in the corner cases that are left to it.
func TestSgemmIsGonums(t *testing.T) {
	for i, s := range [][3]int{{1, 1, 1}, {3, 5, 7}, {36, 32, 32}, {70, 65, 129}, {128, 130, 200}, {5, 0, 3}, {4, 4, 0}, {0, 3, 3}} {
		m, n, k := s[0], s[1], s[2]
		args := [][]float32{hashed(uint32(i), m*n), hashed(20, m*max(1, k)), hashed(30, k*max(1, n))}
		compare(t, args,
			func(s [][]float32) {
				kernel.BLAS{}.Sgemm(blas.NoTrans, blas.NoTrans, m, n, k, 1, s[1], max(1, k), s[2], max(1, n), 0, s[0], max(1, n))
			},
			func(s [][]float32) {
				gonum.Implementation{}.Sgemm(blas.NoTrans, blas.NoTrans, m, n, k, 1, s[1], max(1, k), s[2], max(1, n), 0, s[0], max(1, n))
			}, "Sgemm ", m, "x", n, "x", k)
	}
	// alpha 0 only scales c.
	compare(t, [][]float32{hashed(1, 12), hashed(2, 20), hashed(3, 15)},
		func(s [][]float32) {
			kernel.BLAS{}.Sgemm(blas.NoTrans, blas.NoTrans, 4, 3, 5, 0, s[1], 5, s[2], 3, 0.5, s[0], 3)
		},
		func(s [][]float32) {
			for i := range s[0] {
				s[0][i] *= 0.5
			}
		}, "Sgemm with alpha 0")
}

// TestBLAS32 goes through gonum's matrix interface, views of larger matrices
// included.
func TestBLAS32(t *testing.T) {
	blas32.Use(kernel.BLAS{})
	defer blas32.Use(gonum.Implementation{})
	a := blas32.General{Rows: 2, Cols: 3, Stride: 4, Data: []float32{1, 2, 3, 99, 4, 5, 6}}
	b := blas32.General{Rows: 2, Cols: 3, Stride: 3, Data: []float32{1, 0, -1, 2, 1, 0}}
	c := blas32.General{Rows: 2, Cols: 2, Stride: 3, Data: []float32{10, 10, 99, 10, 10}}
	blas32.Gemm(blas.NoTrans, blas.Trans, 2, a, b, 1, c)
	// a b^T is (1-3, 2+2; 4-6, 8+5).
	for i, want := range []float32{6, 18, 99, 6, 36} {
		if c.Data[i] != want {
			t.Fatalf("2 a b^T + c is %v, expected 6 18 _ 6 36", c.Data)
		}
	}
}

func TestTranspose(t *testing.T) {
	for rows := range 19 {
		for _, cols := range []int{0, 1, 2, 3, 7, 8, 9, 16, 17, 33} {
			lda, ldb := cols+rows%3, rows+cols%3
			compareAt(t, rows%4, [][]float32{hashed(1, extent(cols, rows, ldb, 1)), hashed(2, extent(rows, cols, lda, 1))},
				func(s [][]float32) { kernel.Transpose(rows, cols, s[1], lda, s[0], ldb) },
				func(s [][]float32) {
					for i := range rows {
						for j := range cols {
							s[0][j*ldb+i] = s[1][i*lda+j]
						}
					}
				}, "Transpose ", rows, "x", cols)
		}
	}
}
