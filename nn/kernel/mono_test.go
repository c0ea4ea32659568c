package kernel_test

import (
	"fmt"
	"testing"

	"convlens/nn/kernel"
)

// monos have widths that fill pairs and fours of pixels, and that don't.
var monos = []kernel.Mono{
	{H: 3, W: 3, O: 8}, {H: 3, W: 4, O: 16}, {H: 4, W: 5, O: 8}, {H: 5, W: 6, O: 24}, {H: 3, W: 7, O: 8}, {H: 7, W: 8, O: 8},
	{H: 6, W: 9, O: 32}, {H: 9, W: 13, O: 8}, {H: 28, W: 28, O: 32},
}

// tap is the pixel that tap k of the kernel sees from output pixel i.
func tap(s kernel.Mono, i, k int) int {
	return (i/(s.W-2)+k/3)*s.W + i%(s.W-2) + k%3
}

func TestMonoForward(t *testing.T) {
	for _, s := range monos {
		n := (s.H - 2) * (s.W - 2)
		for _, x := range [][]float32{hashed(1, s.H*s.W), special(2, hashed(1, s.H*s.W))} {
			compare(t, [][]float32{x, hashed(3, 9*s.O), hashed(4, s.O), hashed(5, n*s.O)},
				func(a [][]float32) { s.Forward(a[0], a[1], a[2], a[3]) },
				func(a [][]float32) {
					for i := range n {
						for o := range s.O {
							y := a[2][o]
							for k := range 9 {
								y += float32(a[1][k*s.O+o] * a[0][tap(s, i, k)])
							}
							a[3][i*s.O+o] = y
						}
					}
				}, fmt.Sprintf("%+v", s))
		}
	}
}

func TestMonoWeightGrad(t *testing.T) {
	for _, s := range monos {
		n := (s.H - 2) * (s.W - 2)
		for _, dy := range [][]float32{hashed(1, n*s.O), special(2, hashed(1, n*s.O))} {
			compare(t, [][]float32{hashed(3, s.H*s.W), dy, hashed(4, 9*s.O)},
				func(a [][]float32) { s.WeightGrad(a[0], a[1], a[2]) },
				func(a [][]float32) {
					for i := range n {
						for k := range 9 {
							for o := range s.O {
								a[2][k*s.O+o] += float32(a[1][i*s.O+o] * a[0][tap(s, i, k)])
							}
						}
					}
				}, fmt.Sprintf("%+v", s))
		}
	}
}

func TestMonoFits(t *testing.T) {
	for _, tt := range []struct {
		s    kernel.Mono
		want bool
	}{
		{kernel.Mono{H: 3, W: 3, O: 8}, true}, {kernel.Mono{H: 28, W: 28, O: 32}, true},
		{kernel.Mono{H: 2, W: 3, O: 8}, false}, {kernel.Mono{H: 3, W: 2, O: 8}, false},
		{kernel.Mono{H: 3, W: 3, O: 12}, false}, {kernel.Mono{H: 3, W: 3, O: 0}, false},
	} {
		if got := tt.s.Fits(); got != tt.want {
			t.Errorf("%+v fits: %v, expected %v", tt.s, got, tt.want)
		}
	}
}
