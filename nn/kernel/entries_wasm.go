//go:build goexperiment.simd && go1.27

package kernel

// entries is Sparse.Backward for n entries, patches having three rows of 16 times
// so many values, row values apart in the image. It is in Go's assembler like
// rows32, and for the same reason.
//
//go:noescape
func entries(list *Entry, n, sixteens, row int, x, w, dw, dx *float32)
