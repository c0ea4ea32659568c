//go:build goexperiment.simd && go1.27

package kernel

// rows32 computes 32 columns of m rows of c, for positive m and k:
//
//	for i, j < 32:  s := from[i*ldf+j]
//	                for p = 0..k-1:  s += a[i*ra+p*ca] * b[p*ldb+j]
//	                c[i*ldc+j] = s (0 if relu and s <= 0)
//
// The network's time goes here. It is in Go's assembler because its compiler
// makes a fifth more instructions of the same loop, and a jump through a table
// at each turn.
//
//go:noescape
func rows32(m, k int, a *float32, ra, ca int, b *float32, ldb int, from *float32, ldf int, c *float32, ldc int, relu bool)
