package inspect

import "math"

// symmetricEigen returns the eigenvalues of the symmetric matrix a (n, n), in no
// order, and in row i of vectors the unit eigenvector of value i. a is used up.
//
// It is the cyclic Jacobi method (Golub & Van Loan, "Matrix Computations", 8.5):
// slower than what gonum's mat does, and the same bits on every machine. For the
// 128 outputs of a dense layer that is a few hundredths of a second, and the
// worker's program stays 150 KB smaller.
func symmetricEigen(a []float64, n int) (values, vectors []float64) {
	vectors = make([]float64, n*n)
	norm := 0.0
	for i := range n {
		vectors[i*n+i] = 1
		for _, x := range a[i*n:][:n] {
			norm += x * x
		}
	}
	const sweeps = 30 // it converges quadratically; six or seven do
	for range sweeps {
		off := 0.0
		for i := range n {
			for j := range i {
				off += 2 * a[i*n+j] * a[i*n+j]
			}
		}
		if off <= 1e-28*norm {
			break
		}
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotate(a, vectors, n, p, q)
			}
		}
	}
	values = make([]float64, n)
	for i := range values {
		values[i] = a[i*n+i]
	}
	return values, vectors
}

// rotate makes a[p][q] zero by a rotation in the plane of p and q.
func rotate(a, vectors []float64, n, p, q int) {
	apq := a[p*n+q]
	if apq == 0 {
		return
	}
	tau := (a[q*n+q] - a[p*n+p]) / (2 * apq)
	t := 1 / (math.Abs(tau) + math.Sqrt(1+float64(tau*tau))) // the tangent of the smaller angle
	if tau < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(1+float64(t*t))
	s := t * c
	turn := func(x, y *float64) {
		*x, *y = float64(c**x)-float64(s**y), float64(s**x)+float64(c**y)
	}
	for k := range n { // columns
		turn(&a[k*n+p], &a[k*n+q])
	}
	for k := range n { // rows
		turn(&a[p*n+k], &a[q*n+k])
	}
	a[p*n+q], a[q*n+p] = 0, 0
	for k := range n {
		turn(&vectors[p*n+k], &vectors[q*n+k])
	}
}
