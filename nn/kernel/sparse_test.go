package kernel_test

import (
	"testing"

	"convlens/nn/kernel"
)

// winners are n numbers 0 to 4, as OutputPool gives them.
func winners(stream uint32, n int) []float32 {
	x := hashed(stream, n)
	for i, v := range x {
		x[i] = float32(int(v*v*1000) % 5)
	}
	return x
}

// TestSparse compares List and Backward with the loops of their contracts, in the
// same order, with zeros and NaN among the gradient.
func TestSparse(t *testing.T) {
	for _, s := range []kernel.Sparse{
		{H: 4, W: 4, C: 16, O: 1}, {H: 5, W: 6, C: 16, O: 3}, {H: 7, W: 9, C: 32, O: 8},
		{H: 8, W: 5, C: 48, O: 10}, {H: 26, W: 26, C: 32, O: 32},
	} {
		rows, cols := (s.H-2)/2, (s.W-2)/2
		n := rows * cols * s.O
		dy, won := hashed(1, n), winners(2, n)
		for i := range dy {
			if i%3 == 0 {
				dy[i] = 0
			}
		}
		if s.O == 3 {
			dy = special(3, dy)
		}
		size, weights := s.H*s.W*s.C, s.O*9*s.C
		args := [][]float32{hashed(4, s.O), hashed(5, weights), hashed(6, size), hashed(7, size), hashed(8, weights), dy, won}
		run := func(a [][]float32) {
			list := make([]kernel.Entry, s.LenList())
			list = list[:s.List(a[5], a[6], list, a[0])]
			s.Backward(list, a[3], a[4], a[1], a[2])
		}
		plain := func(a [][]float32) {
			db, dw, dx, x, w, dy, won := a[0], a[1], a[2], a[3], a[4], a[5], a[6]
			for wy := range rows {
				for first := 0; first < s.O; first += 4 {
					for wx := range cols {
						for o := first; o < min(first+4, s.O); o++ {
							i := (wy*cols+wx)*s.O + o
							if dy[i] == 0 || won[i] == 4 {
								continue
							}
							db[o] += dy[i]
							y0, x0 := 2*wy+int(won[i])/2, 2*wx+int(won[i])%2
							for k := range 9 * s.C {
								ky, kx, c := k/s.C/3, k/s.C%3, k%s.C
								p := ((y0+ky)*s.W+x0+kx)*s.C + c
								dw[o*9*s.C+k] += float32(dy[i] * x[p])
								dx[p] += float32(dy[i] * w[o*9*s.C+k])
							}
						}
					}
				}
			}
		}
		compare(t, args, run, plain, "Sparse ", s)
	}
	if (kernel.Sparse{H: 8, W: 8, C: 8, O: 8}).Fits() || (kernel.Sparse{H: 3, W: 8, C: 16, O: 8}).Fits() {
		t.Error("shapes fit that can't")
	}
}
