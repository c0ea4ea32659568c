package app

import "math"

// A grid lays N equal cells out in rows, with gaps around and between them.
// Lengths are in pixels of the raster, before any scaling.
type grid struct {
	N, Cols      int
	CellW, CellH int
	Gap          int
}

func (g grid) rows() int { return (g.N + g.Cols - 1) / g.Cols }

// gridDot is how large a pixel of a grid becomes at most, in CSS pixels: the gaps
// between a few small cells would be as wide as the cells.
const gridDot = 32

// size returns the raster's width and height.
func (g grid) size() (w, h int) {
	return g.Gap + g.Cols*(g.CellW+g.Gap), g.Gap + g.rows()*(g.CellH+g.Gap)
}

// origin returns the top left pixel of cell i.
func (g grid) origin(i int) (x, y int) {
	return g.Gap + i%g.Cols*(g.CellW+g.Gap), g.Gap + i/g.Cols*(g.CellH+g.Gap)
}

// at returns the cell at a pixel, and the place in the cell. A gap belongs to
// the cell on its right or below, so that a moving pointer doesn't lose the
// cell; ok is false outside the grid and in the last row's empty places.
func (g grid) at(x, y int) (i, dx, dy int, ok bool) {
	w, h := g.size()
	if x < 0 || y < 0 || x >= w || y >= h {
		return 0, 0, 0, false
	}
	col := min(x/(g.CellW+g.Gap), g.Cols-1)
	row := min(y/(g.CellH+g.Gap), g.rows()-1)
	i = row*g.Cols + col
	if i >= g.N {
		return 0, 0, 0, false
	}
	ox, oy := g.origin(i)
	return i, min(max(x-ox, 0), g.CellW-1), min(max(y-oy, 0), g.CellH-1), true
}

// step returns the cell reached from i by an arrow key or Home, End; at an
// edge it stays. ok is false for any other key.
func (g grid) step(i int, key string) (next int, ok bool) {
	next = i
	switch key {
	case "ArrowLeft":
		if i%g.Cols > 0 {
			next = i - 1
		}
	case "ArrowRight":
		if i%g.Cols < g.Cols-1 {
			next = i + 1
		}
	case "ArrowUp":
		next = i - g.Cols
	case "ArrowDown":
		next = i + g.Cols
	case "Home":
		next = 0
	case "End":
		next = g.N - 1
	default:
		return i, false
	}
	if next < 0 || next >= g.N {
		next = i
	}
	return next, true
}

// kernelGrid lays out weights (Out,In,H,W): a row for each filter, a column
// for each input channel. With one input channel the filters fill rows of 16.
func kernelGrid(shape []int) grid {
	out, in, h, w := shape[0], shape[1], shape[2], shape[3]
	cols := in
	if in == 1 {
		cols = min(out, 16)
	}
	return grid{N: out * in, Cols: cols, CellW: w, CellH: h, Gap: 1}
}

// mapGrid lays out a layer's output: (C,H,W) as C maps, (units) as a square
// each, or as bare pixels if there are many. The whole is about twice as wide
// as high.
func mapGrid(shape []int) grid {
	n := shape[0]
	g := grid{N: n, Cols: int(math.Ceil(math.Sqrt(float64(2 * n)))), CellW: 3, CellH: 3, Gap: 1}
	switch {
	case len(shape) == 3:
		g.CellH, g.CellW = shape[1], shape[2]
	case n > 512:
		g.CellW, g.CellH, g.Gap = 1, 1, 0
	case n <= 16:
		g.Cols = n
	}
	return g
}
