//go:build !(goexperiment.simd && go1.27 && wasm)

package kernel

import "unsafe"

// entries is Sparse.Backward for n entries, patches having three rows of 16 times
// so many values, row values apart in the image.
func entries(list *Entry, n, sixteens, row int, x, w, dw, dx *float32) {
	for _, e := range unsafe.Slice(list, n) {
		g := splat(e.G)
		px, pdx := at(x, int(e.Patch/4)), at(dx, int(e.Patch/4))
		pw, pdw := at(w, int(e.Filter/4)), at(dw, int(e.Filter/4))
		for range 3 {
			for i := 0; i < 16*sixteens; i += 4 {
				store(pdw, load(pdw).Add(g.Mul(load(at(px, i)))))
				store(at(pdx, i), load(at(pdx, i)).Add(g.Mul(load(pw))))
				pw, pdw = at(pw, 4), at(pdw, 4)
			}
			px, pdx = at(px, row), at(pdx, row)
		}
	}
}
