package app

import "testing"

func TestPaintWhy(t *testing.T) {
	p := lightPalette
	values := []float32{
		1, -1, 0, .5,
		0, -2, 0, 0,
	}
	var r raster
	paintWhy(&r, values, 4, p.signed(1), nil, -1, p)
	golden(t, "a signed map", &r, letters(p), `
+-.p
.-..
`)
	l := letters(p)
	l[mix(p.Zero, p.Ink, 96)] = '1'
	l[mix(p.Positive, p.Ink, 96)] = '2'
	paintWhy(&r, values, 4, p.signed(1), []float32{1, 0, 1, 0, 2, 0, 0, -1}, -1, p)
	golden(t, "the image shows through", &r, l, `
2-1p
1-..
`)
	l = letters(p)
	l[mix(p.Zero, p.Cross, 72)] = '1'
	l[mix(p.Negative, p.Cross, 72)] = '2'
	paintWhy(&r, values, 4, p.signed(1), nil, 6, p)
	golden(t, "a pixel is chosen", &r, l, `
+-1p
12.1
`)
}

func TestSilenceGrid(t *testing.T) {
	if g := silenceGrid([]int{32, 24, 26}); (g != grid{N: 32, Cols: 8, CellW: 26, CellH: 24, Gap: 1}) {
		t.Errorf("%+v", g)
	}
	if g := silenceGrid([]int{3, 2, 2}); g.Cols != 3 {
		t.Errorf("3 filters in %d columns", g.Cols)
	}
}
