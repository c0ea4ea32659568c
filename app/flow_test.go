package app

import (
	"testing"

	"convlens/nn/wire"
)

// The flow's pictures: four maps in a square, many values in rows of sixteen, few
// values as larger cells.
func TestPaintFlow(t *testing.T) {
	maps := &wire.Tensor{Shape: []int{4, 1, 2}, Data: []float32{1, 0, 0, -1, 0, 0, 0.5, 0}}
	var r raster
	p := lightPalette
	paintFlow(&r, maps, p.signed(1), p)
	if r.W != 7 || r.H != 5 {
		t.Fatalf("%d by %d pixels, expected 7 by 5", r.W, r.H)
	}
	at := func(x, y int) rgb { q := r.Pix[4*(y*r.W+x):]; return rgb{q[0], q[1], q[2]} }
	for _, c := range []struct {
		x, y int
		want rgb
	}{{1, 1, p.Positive}, {2, 1, p.Zero}, {5, 1, p.Negative}, {4, 1, p.Zero}, {4, 3, p.above[128]}, {0, 0, p.Zero}} {
		if got := at(c.x, c.y); got != c.want {
			t.Errorf("pixel %d, %d is %v, expected %v", c.x, c.y, got, c.want)
		}
	}
	for _, c := range []struct{ n, w, h int }{{256, 48, 48}, {128, 48, 24}, {10, 51, 21}, {2, 21, 11}} {
		paintFlow(&r, &wire.Tensor{Shape: []int{c.n}, Data: make([]float32, c.n)}, magnitude(1), p)
		if r.W != c.w || r.H != c.h {
			t.Errorf("%d values take %d by %d pixels, expected %d by %d", c.n, r.W, r.H, c.w, c.h)
		}
	}
}

func TestMapReadout(t *testing.T) {
	if got, want := english.mapReadout(3, []float32{0, -1, 0, 2}), "Map 3: −1.000 to 2.000, mean 0.250, 50% zeros."; got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
	if got, want := english.mapPixel(3, 1, 0, 2.5), "Map 3, row 1, column 0: 2.5000."; got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
}
