package app

import "convlens/nn/wire"

// A raster is a picture before it is scaled to a canvas: RGBA, opaque, four
// bytes a pixel, row by row. The zero raster is empty and ready for use.
type raster struct {
	W, H int
	Pix  []byte
}

// resize makes the raster w by h pixels, with undefined content.
func (r *raster) resize(w, h int) {
	r.W, r.H = w, h
	if n := 4 * w * h; cap(r.Pix) >= n {
		r.Pix = r.Pix[:n]
	} else {
		r.Pix = make([]byte, n)
	}
}

func (r *raster) set(x, y int, c rgb) {
	p := r.Pix[4*(y*r.W+x):][:4]
	p[0], p[1], p[2], p[3] = c.R, c.G, c.B, 255
}

func (r *raster) fill(c rgb) {
	if len(r.Pix) == 0 {
		return
	}
	r.set(0, 0, c)
	for n := 4; n < len(r.Pix); n *= 2 {
		copy(r.Pix[n:], r.Pix[:n])
	}
}

// row draws values from (x, y) to the right, a pixel each, in the colours that
// scale.colour gives them. A frame has some 40,000 such pixels, and this package
// is built without inlining: so there is no call for each.
func (r *raster) row(x, y int, data []float32, s scale) {
	pix := r.Pix[4*(y*r.W+x):][:4*len(data)]
	for i, v := range data {
		c := &s.above[0]
		switch {
		case v >= 0:
			c = &s.above[255]
			if t := float32(v/s.end) * 255; t < 255 {
				c = &s.above[byte(float32(t)+0.5)]
			}
		case s.below != nil:
			c = &s.below[255]
			if t := float32(-v/s.end) * 255; t < 255 {
				c = &s.below[byte(float32(t)+0.5)]
			}
		}
		p := pix[4*i:][:4]
		p[0], p[1], p[2], p[3] = c.R, c.G, c.B, 255
	}
}

// block draws w by h pixels of one colour with their top left corner at (x, y).
func (r *raster) block(x, y, w, h int, c rgb) {
	for dy := range h {
		pix := r.Pix[4*((y+dy)*r.W+x):][:4*w]
		for i := 0; i < len(pix); i += 4 {
			p := pix[i:][:4]
			p[0], p[1], p[2], p[3] = c.R, c.G, c.B, 255
		}
	}
}

// cell draws cell i of a grid: data holds its pixels row by row, or one value
// for all of them.
func (r *raster) cell(g grid, i int, data []float32, s scale) {
	x, y := g.origin(i)
	if len(data) == 1 {
		r.block(x, y, g.CellW, g.CellH, s.colour(data[0]))
		return
	}
	for k := range g.CellH {
		r.row(x, y+k, data[k*g.CellW:][:g.CellW], s)
	}
}

// cells draws a whole grid, to whose cells data is shared out.
func (r *raster) cells(g grid, data []float32, s scale, p *palette) {
	r.resize(g.size())
	r.fill(p.Zero)
	size := len(data) / g.N
	for i := range g.N {
		r.cell(g, i, data[i*size:(i+1)*size], s)
	}
}

// frame draws a rectangle of lines one pixel wide, clipped to the raster.
func (r *raster) frame(x0, y0, x1, y1 int, c rgb) {
	put := func(x, y int) {
		if x >= 0 && y >= 0 && x < r.W && y < r.H {
			r.set(x, y, c)
		}
	}
	for x := x0; x <= x1; x++ {
		put(x, y0)
		put(x, y1)
	}
	for y := y0; y <= y1; y++ {
		put(x0, y)
		put(x1, y)
	}
}

// choose frames cell i of a grid with gaps. With cross it also draws the
// lines along the cell's row and column.
func (r *raster) choose(g grid, i int, p *palette, cross bool) {
	if i < 0 || i >= g.N || g.Gap == 0 {
		return
	}
	x, y := g.origin(i)
	if cross {
		r.frame(-1, y-1, r.W, y+g.CellH, p.Cross)
		r.frame(x-1, -1, x+g.CellW, r.H, p.Cross)
	}
	r.frame(x-1, y-1, x+g.CellW, y+g.CellH, p.Ink)
}

// paintKernels draws weights (Out,In,H,W) on the signed scale. ends holds one
// end for the whole layer, or one for each filter; chosen is a cell or -1, and
// cross draws its row and column too.
func paintKernels(r *raster, t *wire.Tensor, ends []float32, chosen int, cross bool, p *palette) {
	g := kernelGrid(t.Shape)
	r.resize(g.size())
	r.fill(p.Zero)
	in, size := t.Shape[1], g.CellW*g.CellH
	for i := range g.N {
		end := ends[min(i/in, len(ends)-1)]
		r.cell(g, i, t.Data[i*size:(i+1)*size], p.signed(end))
	}
	r.choose(g, chosen, p, cross)
}

// kernelEnds returns the ends of the signed scale for weights (Out,In,H,W):
// one for all, or one for each filter.
func kernelEnds(t *wire.Tensor, perFilter bool) []float32 {
	if !perFilter {
		return []float32{niceEnd(largest(t.Data))}
	}
	ends := make([]float32, t.Shape[0])
	size := len(t.Data) / len(ends)
	for i := range ends {
		ends[i] = niceEnd(largest(t.Data[i*size : (i+1)*size]))
	}
	return ends
}

// paintKernel draws one kernel, a pixel for each weight.
func paintKernel(r *raster, weights []float32, w int, s scale) {
	r.resize(w, len(weights)/w)
	r.row(0, 0, weights, s)
}

// paintMaps draws a layer's output, (C,H,W) or (units), all on one scale.
// chosen is a map or -1.
func paintMaps(r *raster, t *wire.Tensor, s scale, chosen int, p *palette) {
	g := mapGrid(t.Shape)
	r.cells(g, t.Data, s, p)
	r.choose(g, chosen, p, false)
}

// paintImage draws an image. The row and the column of the chosen pixel are
// shaded; chosen is a pixel or -1.
func paintImage(r *raster, b bitmap, chosen int, p *palette) {
	const shade = 56 // of 255: seen beside the image, not instead of it
	r.resize(b.W, b.H)
	for i := range b.area() {
		c := b.colour(i, p)
		if chosen >= 0 && i != chosen && (i%b.W == chosen%b.W || i/b.W == chosen/b.W) {
			c = mix(c, p.Cross, shade)
		}
		r.set(i%b.W, i/b.W, c)
	}
}

// paintScale draws a legend's ramp, one pixel high, from its low end on the
// left to its high end on the right.
func paintScale(r *raster, w int, s scale) {
	r.resize(w, 1)
	for x := range w {
		v := float32(x) / float32(w-1)
		if s.below != nil {
			v = 2*v - 1
		}
		r.set(x, 0, s.colour(v*s.end))
	}
}
