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
	for y := range r.H {
		for x := range r.W {
			r.set(x, y, c)
		}
	}
}

// cells draws a grid, asking for the colour of each pixel of each cell.
func (r *raster) cells(g grid, gap rgb, colour func(i, dx, dy int) rgb) {
	r.resize(g.size())
	r.fill(gap)
	for i := range g.N {
		x, y := g.origin(i)
		for dy := range g.CellH {
			for dx := range g.CellW {
				r.set(x+dx, y+dy, colour(i, dx, dy))
			}
		}
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
func (r *raster) choose(g grid, i int, p palette, cross bool) {
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
func paintKernels(r *raster, t *wire.Tensor, ends []float32, chosen int, cross bool, p palette) {
	g := kernelGrid(t.Shape)
	in, size := t.Shape[1], g.CellW*g.CellH
	r.cells(g, p.Gap, func(i, dx, dy int) rgb {
		end := ends[0]
		if len(ends) > 1 {
			end = ends[i/in]
		}
		return p.signed(t.Data[i*size+dy*g.CellW+dx], end)
	})
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
func paintKernel(r *raster, weights []float32, w int, end float32, p palette) {
	r.resize(w, len(weights)/w)
	for i, v := range weights {
		r.set(i%w, i/w, p.signed(v, end))
	}
}

// paintMaps draws a layer's output, (C,H,W) or (units), all on one scale:
// signed, or magnitudes if signed is false. chosen is a map or -1.
func paintMaps(r *raster, t *wire.Tensor, signed bool, end float32, chosen int, p palette) {
	g := mapGrid(t.Shape)
	maps := len(t.Shape) == 3
	r.cells(g, p.Gap, func(i, dx, dy int) rgb {
		v := t.Data[i]
		if maps {
			v = t.Data[(i*g.CellH+dy)*g.CellW+dx]
		}
		if signed {
			return p.signed(v, end)
		}
		return magnitude(v, end)
	})
	r.choose(g, chosen, p, false)
}

// paintImage draws an image (1,H,W) of bytes. The row and the column of the
// chosen pixel are shaded; chosen is an index into pixels or -1.
func paintImage(r *raster, pixels []byte, w, chosen int, p palette) {
	const shade = 56 // of 255: seen beside the image, not instead of it
	r.resize(w, len(pixels)/w)
	for i, v := range pixels {
		c := p.grey(v)
		if chosen >= 0 && i != chosen && (i%w == chosen%w || i/w == chosen/w) {
			c = mix(c, p.Cross, shade)
		}
		r.set(i%w, i/w, c)
	}
}

// paintSignedScale and paintMagnitudeScale draw a legend's ramp, one pixel
// high, from its low end on the left to its high end on the right.
func paintSignedScale(r *raster, w int, p palette) {
	r.resize(w, 1)
	for x := range w {
		r.set(x, 0, p.signed(float32(2*x-(w-1)), float32(w-1)))
	}
}

func paintMagnitudeScale(r *raster, w int) {
	r.resize(w, 1)
	for x := range w {
		r.set(x, 0, magnitude(float32(x), float32(w-1)))
	}
}
