package app

// cellGrid shows a map value by value, with room for frames between them.
func cellGrid(n, cols int) grid { return grid{N: n, Cols: cols, CellW: 3, CellH: 3, Gap: 1} }

// paintCells draws a value in each cell of a grid.
func paintCells(r *raster, g grid, data []float32, s scale, p *palette) {
	r.resize(g.size())
	r.fill(p.Zero)
	for i, v := range data[:g.N] {
		r.cell(g, i, []float32{v}, s)
	}
}

// window frames the cells of a grid from the first to the last, its corners.
func (r *raster) window(g grid, first, last int, p *palette) {
	x0, y0 := g.origin(first)
	x1, y1 := g.origin(last)
	r.frame(x0-1, y0-1, x1+g.CellW, y1+g.CellH, p.Ink)
}
