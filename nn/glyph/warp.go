package glyph

import "math/rand/v2"

// A warp displaces the points of a digit smoothly, as a sheet of rubber would:
// a uniform cubic B-spline over a grid of 4x4 random vectors.
type warp [4][4][2]float64

// newWarp returns a warp whose vectors have the standard deviation sd.
func newWarp(rng *rand.Rand, sd float64) *warp {
	var w warp
	for i := range w {
		for j := range w[i] {
			w[i][j][0] = float64(sd * normal(rng))
			w[i][j][1] = float64(sd * normal(rng))
		}
	}
	return &w
}

// at returns the displacement at (x,y), both between 0 and 1.
func (w *warp) at(x, y float64) (dx, dy float64) {
	bx, by := bspline(x), bspline(y)
	for i := range w {
		for j := range w[i] {
			b := float64(by[i] * bx[j])
			dx += float64(b * w[i][j][0])
			dy += float64(b * w[i][j][1])
		}
	}
	return dx, dy
}

// bspline returns the weights of a uniform cubic B-spline's four control
// points at t, between 0 and 1.
func bspline(t float64) [4]float64 {
	s := 1 - t
	t2, s2 := float64(t*t), float64(s*s)
	t3, s3 := float64(t2*t), float64(s2*s)
	return [4]float64{
		s3 / 6,
		(float64(3*t3) - float64(6*t2) + 4) / 6,
		(float64(3*s3) - float64(6*s2) + 4) / 6,
		t3 / 6,
	}
}
