package nn

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"convlens/nn/kernel"
)

// An orthogonalizer makes the singular values of a matrix about equal to one and
// keeps its singular vectors. Jordan et al. (see Muon) do that by Newton and
// Schulz's iteration: X, which begins as the matrix divided by its Frobenius
// norm, becomes X P(XᵀX) in each round, where
//
//	P(G) = aI + bG + cG²
//
// has been chosen to bring small singular values up fast, and in five rounds all
// but the smallest to between about 0.7 and 1.2. The Ps are all polynomials of
// the first G = XᵀX, so they commute, and only their product Q is collected, as
// is the next G = P G P: the rounds are over matrices of the shorter side's size,
// and the long one is used twice, for the first G and for X Q. A wide matrix is
// taken the other way round, Q X with G = XXᵀ.
type orthogonalizer struct{ g, p, q, t []float32 }

const (
	schulzRounds = 5
	schulzA      = 3.4445
	schulzB      = -4.7750
	schulzC      = 2.0315
)

// do writes the orthogonalised m to dst, of the same shape. Where m is zero, or
// so small that its squares are, so is dst. It allocates only for the largest
// matrix so far.
func (o *orthogonalizer) do(dst, m blas32.General) {
	n := min(m.Rows, m.Cols)
	square := func(s *[]float32) blas32.General {
		*s = grow(*s, n*n)
		return matrix(*s, n, n)
	}
	g, p, q, t := square(&o.g), square(&o.p), square(&o.q), square(&o.t)
	wide := m.Rows < m.Cols
	if wide {
		blas32.Gemm(blas.NoTrans, blas.Trans, 1, m, m, 0, g)
	} else {
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, m, m, 0, g)
	}
	var norm2 float32 // of m, squared: the trace of G
	for i := range n {
		norm2 += g.Data[i*(n+1)]
	}
	if norm2 == 0 {
		clear(dst.Data[:m.Rows*m.Cols])
		return
	}
	for i := range g.Data {
		g.Data[i] /= norm2
	}
	for round := range schulzRounds {
		product(p, g, g)
		for i, v := range g.Data {
			p.Data[i] = float32(schulzC*p.Data[i]) + float32(schulzB*v)
		}
		for i := range n {
			p.Data[i*(n+1)] += schulzA
		}
		if round == 0 {
			copy(q.Data, p.Data)
		} else {
			product(t, q, p)
			copy(q.Data, t.Data)
		}
		if round < schulzRounds-1 {
			product(t, g, p)
			product(g, p, t)
		}
	}
	scale := 1 / kernel.Sqrt(norm2)
	for i := range q.Data {
		q.Data[i] = float32(scale * q.Data[i])
	}
	if wide {
		product(dst, q, m)
	} else {
		product(dst, m, q)
	}
}

// product is c = a b.
func product(c, a, b blas32.General) { blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, a, b, 0, c) }
