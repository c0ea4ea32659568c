package app

import "convlens/nn/wire"

// imageGrid lays out an image for each unit of a layer: classes larger, the many
// units of a dense layer in rows that a phone can show at twice their size.
func imageGrid(m *wire.Drawn) grid {
	g := grid{N: m.Units, Cols: 8, CellH: m.Shape[1], CellW: m.Shape[2], Gap: 1}
	switch {
	case m.Units <= 10:
		g.Cols = 5
	case m.Units > 64:
		g.Cols = 12
	}
	return g
}

// imageSpan returns the values that are drawn as paper and as ink. The
// regularised ascent keeps to an image's 0 to 1; the plain one never goes far
// from the grey it begins with.
func imageSpan(m *wire.Drawn) (low, high float32) {
	if !m.Draw.Plain {
		return 0, 1
	}
	const grey = 0.5
	var most float32
	for _, v := range m.Images {
		most = max(most, v-grey, grey-v)
	}
	end := niceEnd(most)
	return grey - end, grey + end
}

// unitImage is the image of a unit, (C,H,W).
func unitImage(m *wire.Drawn, unit int) []float32 {
	size := m.Shape[0] * m.Shape[1] * m.Shape[2]
	return m.Images[unit*size:][:size]
}

// paintImages draws the images that there are, all on one scale. Units whose
// image isn't begun stay empty; chosen is one of them or -1.
func paintImages(r *raster, m *wire.Drawn, chosen int, p *palette) {
	g := imageGrid(m)
	r.resize(g.size())
	r.fill(p.Zero)
	low, high := imageSpan(m)
	for unit := range m.Units {
		x, y := g.origin(unit)
		r.frame(x-1, y-1, x+g.CellW, y+g.CellH, p.Cross)
		if unit < len(m.Last) {
			r.unit(x, y, m, unit, low, high, p)
		}
	}
	r.choose(g, chosen, p, false)
}

// paintUnitImage draws a unit's image alone.
func paintUnitImage(r *raster, m *wire.Drawn, unit int, p *palette) {
	w := m.Shape[2]
	r.resize(w, m.Shape[1])
	low, high := imageSpan(m)
	r.unit(0, 0, m, unit, low, high, p)
}

// unit draws a unit's image with its top left corner at (x0, y0), in greys or
// colours from low to high.
func (r *raster) unit(x0, y0 int, m *wire.Drawn, unit int, low, high float32, p *palette) {
	data, w := unitImage(m, unit), m.Shape[2]
	if m.Shape[0] != 3 {
		r.grey(x0, y0, w, data[:m.Shape[1]*w], low, high, p)
		return
	}
	pixels := make([]byte, len(data))
	for i, v := range data {
		pixels[i] = fraction(min(max(v-low, 0), high-low), high-low)
	}
	r.bitmap(x0, y0, bitmap{3, m.Shape[1], w, pixels}, p)
}

// grey draws an image of width w with its top left corner at (x0, y0), in greys
// from low to high.
func (r *raster) grey(x0, y0, w int, data []float32, low, high float32, p *palette) {
	s := scale{end: high - low, above: &p.grey}
	row := make([]float32, w)
	for y := range len(data) / w {
		for x, v := range data[y*w:][:w] {
			row[x] = v - low
		}
		r.row(x0, y0+y, row, s)
	}
}
