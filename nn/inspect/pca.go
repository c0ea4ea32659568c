package inspect

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// A PCA gathers the covariance of rows of numbers, such as a dense layer's
// outputs for many images, and finds the directions in which they vary most
// (Pearson, "On Lines and Planes of Closest Fit to Systems of Points in Space",
// 1901).
//
// gonum's stat.PC takes the singular values of all rows at once; the
// eigenvectors of their covariance are the same directions, need D x D numbers
// however many rows there are, and take the rows as they come. The sums are
// float64 in gonum's order, which differs between machines: so do the last bits.
type PCA struct {
	d      int
	n      int
	origin []float64 // the first row: sums of differences from it cancel less
	sum    []float64
	square blas64.Symmetric // sum of products of differences
	batch  []float64
}

// NewPCA returns a PCA of rows of d numbers.
func NewPCA(d int) *PCA {
	if d < 1 {
		panic("inspect: NewPCA: rows without numbers")
	}
	return &PCA{d: d, sum: make([]float64, d), square: blas64.Symmetric{Uplo: blas.Upper, N: d, Stride: d, Data: make([]float64, d*d)}}
}

// Add takes the rows of x, one after the other.
func (p *PCA) Add(x []float32) {
	if len(x)%p.d != 0 {
		panic("inspect: PCA.Add: not whole rows")
	}
	if p.origin == nil && len(x) > 0 {
		p.origin = make([]float64, p.d)
		for i := range p.origin {
			p.origin[i] = float64(x[i])
		}
	}
	p.batch = p.batch[:0]
	for i, v := range x {
		v := float64(v) - p.origin[i%p.d]
		p.sum[i%p.d] += v
		p.batch = append(p.batch, v)
	}
	if rows := len(x) / p.d; rows > 0 {
		p.n += rows
		blas64.Syrk(blas.Trans, 1, blas64.General{Rows: rows, Cols: p.d, Stride: p.d, Data: p.batch}, 1, p.square)
	}
}

// Rows is the number of rows so far.
func (p *PCA) Rows() int { return p.n }

// Components are the directions of the largest variance.
type Components struct {
	Mean []float32
	// Axes are unit vectors, at right angles to each other; the component furthest
	// from zero, the first of equals, is above it.
	Axes      [][]float32
	Variances []float32 // along the axes, the largest first
	Total     float32   // variance in all directions
}

// Components returns the k first ones, none if there are fewer than two rows or
// some number is not finite.
func (p *PCA) Components(k int) *Components {
	if k < 1 || k > p.d {
		panic("inspect: PCA.Components: more than there are dimensions")
	}
	if p.n < 2 {
		return nil
	}
	n := float64(p.n)
	cov := blas64.Symmetric{Uplo: blas.Upper, N: p.d, Stride: p.d, Data: make([]float64, p.d*p.d)}
	trace := 0.0
	for i := range p.d {
		for j := i; j < p.d; j++ {
			at := i*p.d + j
			cov.Data[at] = (p.square.Data[at] - p.sum[i]*p.sum[j]/n) / (n - 1)
		}
		trace += cov.Data[i*p.d+i]
	}
	if math.IsNaN(trace) || math.IsInf(trace, 0) {
		return nil
	}
	// What mat.EigenSym does; package mat would be 55 KB of the compressed worker.
	values := make([]float64, p.d) // the smallest first
	work := make([]float64, 1)
	lapack64.Syev(lapack.EVCompute, cov, values, work, -1) // asks how much it needs
	work = make([]float64, int(work[0]))
	if !lapack64.Syev(lapack.EVCompute, cov, values, work, len(work)) {
		return nil
	}
	vectors := cov // a column for each value
	c := &Components{Mean: make([]float32, p.d), Total: float32(trace)}
	for i := range c.Mean {
		c.Mean[i] = float32(p.origin[i] + p.sum[i]/n)
	}
	for i := p.d - 1; i >= p.d-k; i-- {
		c.Variances = append(c.Variances, float32(max(values[i], 0)))
		c.Axes = append(c.Axes, axis(column(vectors, i)))
	}
	return c
}

func column(a blas64.Symmetric, j int) []float64 {
	v := make([]float64, a.N)
	for i := range v {
		v[i] = a.Data[i*a.Stride+j]
	}
	return v
}

// axis gives a direction its sign.
func axis(v []float64) []float32 {
	furthest := 0
	for i := range v {
		if math.Abs(v[i]) > math.Abs(v[furthest])*(1+1e-9) { // equals, rounding aside
			furthest = i
		}
	}
	a := make([]float32, len(v))
	for i := range v {
		a[i] = float32(math.Copysign(1, v[furthest]) * v[i])
	}
	return a
}

// Project writes where a row lies along the axes to dst, from the mean.
func (c *Components) Project(dst, row []float32) {
	if len(row) != len(c.Mean) || len(dst) != len(c.Axes) {
		panic("inspect: Components.Project: rows and axes differ")
	}
	for k, a := range c.Axes {
		var sum float32
		for i, v := range row {
			sum += float32(a[i] * (v - c.Mean[i]))
		}
		dst[k] = sum
	}
}
