//go:build !(goexperiment.simd && go1.27 && wasm)

package kernel

// rows32 computes 32 columns of m rows of c, for positive m and k:
//
//	for i, j < 32:  s := from[i*ldf+j]
//	                for p = 0..k-1:  s += a[i*ra+p*ca] * b[p*ldb+j]
//	                c[i*ldc+j] = s (0 if relu and s <= 0)
func rows32(m, k int, a *float32, ra, ca int, b *float32, ldb int, from *float32, ldf int, c *float32, ldc int, relu bool) {
	for i := range m {
		a, f, c := at(a, i*ra), at(from, i*ldf), at(c, i*ldc)
		row16(k, a, ca, b, ldb, f, c, relu)
		row16(k, a, ca, at(b, 16), ldb, at(f, 16), at(c, 16), relu)
	}
}
