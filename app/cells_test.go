package app

import "testing"

func TestPaintCells(t *testing.T) {
	p := lightPalette
	var r raster
	g := cellGrid(6, 3)
	paintCells(&r, g, []float32{1, 0, -1, 0, .5, 0, 7}, p.signed(1), p)
	r.window(g, 1, 5, p)
	golden(t, "a window of four cells", &r, letters(p), `
....#########
.+++#....---#
.+++#....---#
.+++#....---#
....#.......#
....#ppp....#
....#ppp....#
....#ppp....#
....#########
`)
	r.window(g, 0, 0, p)
	if x, y := g.origin(0); r.Pix[4*((y-1)*r.W+x-1)] != p.Ink.R {
		t.Error("no frame around the first cell")
	}
}
