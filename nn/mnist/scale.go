package mnist

import "fmt"

// scaled holds float32(x)/255 for every x: a look-up takes a fraction of the
// time of a division.
var scaled = func() (t [256]float32) {
	for x := range t {
		t[x] = float32(x) / 255
	}
	return t
}()

// Scale sets each value of dst to that of the same pixel divided by 255.
func Scale(dst []float32, pix []byte) {
	if len(dst) != len(pix) {
		panic(fmt.Sprintf("mnist: Scale of %d pixels to %d values", len(pix), len(dst)))
	}
	for i, p := range pix {
		dst[i] = scaled[p]
	}
}

// OneHot sets dst to zeros with a one at label.
func OneHot(dst []float32, label int) {
	if label < 0 || label >= len(dst) {
		panic(fmt.Sprintf("mnist: OneHot of label %d for %d classes", label, len(dst)))
	}
	clear(dst)
	dst[label] = 1
}
