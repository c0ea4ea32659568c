//go:build !(goexperiment.simd && go1.27 && wasm)

package kernel

// rows32 computes 32 columns of m rows of c, for positive m and k:
//
//	for i, j < 32:  s := 0 (or c[i*ldc+j] if add)
//	                for p = 0..k-1:  s += a[i*ra+p*ca] * b[p*ldb+j]
//	                c[i*ldc+j] = s
func rows32(m, k int, a *float32, ra, ca int, b *float32, ldb int, c *float32, ldc int, add bool) {
	for i := range m {
		a, c := at(a, i*ra), at(c, i*ldc)
		row16(k, a, ca, b, ldb, c, add)
		row16(k, a, ca, at(b, 16), ldb, at(c, 16), add)
	}
}
