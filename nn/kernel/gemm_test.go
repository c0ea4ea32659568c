package kernel_test

import (
	"testing"

	"convlens/nn/kernel"
)

// plainGemm is the loop of Gemm's contract.
func plainGemm(m, n, k int, a []float32, ra, ca int, b []float32, ldb int, c []float32, ldc int, add bool) {
	for i := range m {
		for j := range n {
			var s float32
			if add {
				s = c[i*ldc+j]
			}
			for p := range k {
				s += float32(a[i*ra+p*ca] * b[p*ldb+j])
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
// sums of one and of several panels, and for more rows than a block has.
func TestGemm(t *testing.T) {
	for _, m := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 14} {
		for _, n := range []int{0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 29, 32, 35} {
			for _, k := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 15, 16, 17, 36, 255, 256, 257, 265} {
				compareGemm(t, m, n, k)
			}
		}
	}
	for _, s := range [][3]int{{66, 35, 257}, {130, 18, 515}, {65, 16, 300}, {259, 33, 9}, {3, 1027, 5}} {
		compareGemm(t, s[0], s[1], s[2])
	}
}

// compareGemm tries all ways of addressing a, with and without adding, with
// rows longer than needed by 0, 1 or 2. What lies between the rows of c counts
// as a guard.
func compareGemm(t *testing.T, m, n, k int) {
	t.Helper()
	for i, a := range []struct {
		name   string
		ra, ca int
	}{{"by rows", k, 1}, {"by columns", 1, m}, {"in general", 2*k + 3, 2}} {
		for _, add := range []bool{false, true} {
			gap := (m + n + k + i) % 3
			ra, ca, ldb, ldc := a.ra, a.ca, n+gap, n+2*gap
			switch i {
			case 0:
				ra += gap
			case 1:
				ca += gap
			}
			args := [][]float32{hashed(1, extent(m, n, ldc, 1)), hashed(2, extent(m, k, ra, ca)), hashed(3, extent(k, n, ldb, 1))}
			compareAt(t, (m+n/4+k/3)%4, args,
				func(s [][]float32) { kernel.Gemm(m, n, k, s[1], ra, ca, s[2], ldb, s[0], ldc, add) },
				func(s [][]float32) { plainGemm(m, n, k, s[1], ra, ca, s[2], ldb, s[0], ldc, add) },
				"Gemm ", m, "x", n, "x", k, ", a ", a.name, ", gap ", gap, ", add ", add)
		}
	}
}

// TestGemmOfSpecials lets NaN, infinities, -0 and overflow through as the loop
// does: nothing is skipped because it is zero.
func TestGemmOfSpecials(t *testing.T) {
	for _, k := range []int{1, 2, 5, 300} {
		for m := 1; m <= 9; m++ {
			for _, n := range []int{3, 4, 8, 15, 16, 19} {
				stream := uint32(m*n + k)
				args := [][]float32{
					special(stream, hashed(1, m*n)), special(stream+1, hashed(2, m*k)), special(stream+2, hashed(3, k*n))}
				for _, add := range []bool{false, true} {
					compareAt(t, m%4, args,
						func(s [][]float32) { kernel.Gemm(m, n, k, s[1], k, 1, s[2], n, s[0], n, add) },
						func(s [][]float32) { plainGemm(m, n, k, s[1], k, 1, s[2], n, s[0], n, add) },
						"Gemm of specials ", m, "x", n, "x", k, ", add ", add)
				}
			}
		}
	}
}

// TestGemmNothing leaves c alone when there is none of it, whatever the slices.
func TestGemmNothing(t *testing.T) {
	kernel.Gemm(0, 5, 5, nil, 5, 1, nil, 5, nil, 5, false)
	kernel.Gemm(5, 0, 5, nil, 5, 1, nil, 5, nil, 5, false)
	kernel.Gemm(-1, 5, 5, nil, 5, 1, nil, 5, nil, 5, true)
	c := []float32{1, 2, 3, 4}
	kernel.Gemm(2, 2, 0, nil, 0, 1, nil, 2, c, 2, true)
	for i, v := range c {
		if v != float32(i+1) {
			t.Fatalf("adding a product over nothing gives %v", c)
		}
	}
	kernel.Gemm(2, 2, 0, nil, 0, 1, nil, 2, c, 2, false)
	for _, v := range c {
		if v != 0 {
			t.Fatalf("a product over nothing is %v, expected zeros", c)
		}
	}
}
