package kernel_test

import (
	"testing"

	"convlens/nn/kernel"
)

// plainGemm is the loop of Gemm's contract.
func plainGemm(m, n, k int, a []float32, ra, ca int, b []float32, rb, cb int, c []float32, ldc int, add bool) {
	for i := range m {
		for j := range n {
			var s float32
			if add {
				s = c[i*ldc+j]
			}
			for p := range k {
				s += float32(a[i*ra+p*ca] * b[p*rb+j*cb])
			}
			c[i*ldc+j] = s
		}
	}
}

// extent is the number of floats that an m by n matrix spans with these
// strides.
func extent(m, n, row, col int) int {
	if m <= 0 || n <= 0 {
		return 0
	}
	return (m-1)*row + (n-1)*col + 1
}

// TestGemm compares Gemm with its contract for every combination of tails, for
// sums of one and of several parts, and for more rows than a block has.
func TestGemm(t *testing.T) {
	for _, m := range []int{0, 1, 2, 3, 4, 5, 7} {
		for _, n := range []int{0, 1, 2, 3, 4, 5, 7, 8, 12, 15, 16, 17, 24, 31, 32, 33, 48, 64, 67} {
			for _, k := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 36, 127, 128, 129, 265} {
				compareGemm(t, m, n, k)
			}
		}
	}
	for _, s := range [][3]int{{66, 35, 257}, {130, 18, 515}, {129, 64, 130}, {65, 16, 300}, {259, 33, 9}, {3, 1027, 5}, {300, 40, 140}} {
		compareGemm(t, s[0], s[1], s[2])
	}
}

// compareGemm tries all ways of addressing a and b, with and without adding,
// with rows longer than needed by 0, 1 or 2. What lies between the rows of c
// counts as a guard.
func compareGemm(t *testing.T, m, n, k int) {
	t.Helper()
	gap := (m + n + k) % 3
	for i, s := range []struct {
		name           string
		ra, ca, rb, cb int
	}{
		{"a and b by rows", k + gap, 1, n + gap, 1},
		{"a by columns", 1, m + gap, n + gap, 1},
		{"a by columns far apart", 1, m + 300, n, 1},
		{"a in general", 2*k + 3, 2, n, 1},
		{"b by columns", k, 1, 1, k + gap},
		{"both by columns", 1, m + 256, 1, k + 300},
	} {
		for _, add := range []bool{false, true} {
			ldc := n + 2*gap
			args := [][]float32{hashed(1, extent(m, n, ldc, 1)), hashed(2, extent(m, k, s.ra, s.ca)), hashed(3, extent(k, n, s.rb, s.cb))}
			compareAt(t, (m+n/4+k/3+i)%4, args,
				func(x [][]float32) { kernel.Gemm(m, n, k, x[1], s.ra, s.ca, x[2], s.rb, s.cb, x[0], ldc, add) },
				func(x [][]float32) { plainGemm(m, n, k, x[1], s.ra, s.ca, x[2], s.rb, s.cb, x[0], ldc, add) },
				"Gemm ", m, "x", n, "x", k, ", ", s.name, ", gap ", gap, ", add ", add)
		}
	}
}

// TestGemmOfSpecials lets NaN, infinities, -0 and overflow through as the loop
// does: nothing is skipped because it is zero.
func TestGemmOfSpecials(t *testing.T) {
	for _, k := range []int{1, 2, 5, 300} {
		for m := 1; m <= 9; m++ {
			for _, n := range []int{3, 4, 16, 19, 32} {
				stream := uint32(m*n + k)
				args := [][]float32{
					special(stream, hashed(1, m*n)), special(stream+1, hashed(2, m*k)), special(stream+2, hashed(3, k*n))}
				for _, add := range []bool{false, true} {
					compareAt(t, m%4, args,
						func(s [][]float32) { kernel.Gemm(m, n, k, s[1], k, 1, s[2], n, 1, s[0], n, add) },
						func(s [][]float32) { plainGemm(m, n, k, s[1], k, 1, s[2], n, 1, s[0], n, add) },
						"Gemm of specials ", m, "x", n, "x", k, ", add ", add)
				}
			}
		}
	}
}

// TestGemmNothing leaves c alone when there is none of it, whatever the slices.
func TestGemmNothing(t *testing.T) {
	kernel.Gemm(0, 5, 5, nil, 5, 1, nil, 5, 1, nil, 5, false)
	kernel.Gemm(5, 0, 5, nil, 5, 1, nil, 5, 1, nil, 5, false)
	kernel.Gemm(-1, 5, 5, nil, 5, 1, nil, 5, 1, nil, 5, true)
	c := []float32{1, 2, 3, 4}
	kernel.Gemm(2, 2, 0, nil, 0, 1, nil, 2, 1, c, 2, true)
	for i, v := range c {
		if v != float32(i+1) {
			t.Fatalf("adding a product over nothing gives %v", c)
		}
	}
	kernel.Gemm(2, 2, 0, nil, 0, 1, nil, 2, 1, c, 2, false)
	for _, v := range c {
		if v != 0 {
			t.Fatalf("a product over nothing is %v, expected zeros", c)
		}
	}
}

// TestAffine compares Affine with its contract, for every tail and for sums of
// several parts, with NaN and others among the values.
func TestAffine(t *testing.T) {
	for _, m := range []int{1, 2, 5, 130} {
		for _, n := range []int{1, 3, 4, 10, 16, 20, 32, 40, 64} {
			for _, k := range []int{1, 3, 4, 9, 36, 128, 131, 260} {
				for _, relu := range []bool{false, true} {
					x, w, bias := hashed(1, m*k), hashed(2, k*n), hashed(3, n)
					if m == 5 {
						x, bias = special(uint32(k), x), special(uint32(n), bias)
					}
					args := [][]float32{hashed(4, m*n), x, w, bias}
					compareAt(t, (m+n+k)%4, args,
						func(s [][]float32) { kernel.Affine(m, n, k, s[1], s[2], s[3], s[0], relu) },
						func(s [][]float32) {
							for i := range m {
								for j := range n {
									sum := s[3][j]
									for p := range k {
										sum += float32(s[1][i*k+p] * s[2][p*n+j])
									}
									if relu && sum <= 0 {
										sum = 0
									}
									s[0][i*n+j] = sum
								}
							}
						}, "Affine ", m, "x", n, "x", k, ", relu ", relu)
				}
			}
		}
	}
}
