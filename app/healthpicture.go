package app

import "convlens/nn/wire"

// healthGrid is a picture's: a column for each moment, a row for each octave.
func healthGrid(octaves int) grid {
	return grid{N: maxHealth * octaves, Cols: maxHealth, CellW: 1, CellH: 1}
}

// healthEnd is the share of numbers in one octave at the end of the scale.
const healthEnd = 0.5

// paintHealth draws spreads, the earliest on the left, the largest numbers on
// top: how many of an array's numbers have which size. Where nothing is known the
// picture is empty.
func paintHealth(r *raster, spreads []*wire.Spread, p *palette) {
	octaves := 0
	for _, s := range spreads {
		octaves = max(octaves, len(s.Counts))
	}
	if octaves == 0 {
		octaves = 40
	}
	r.resize(maxHealth, octaves)
	r.fill(p.Zero)
	scale := magnitude(healthEnd)
	for x, s := range spreads {
		if s.N == 0 {
			continue
		}
		for k, n := range s.Counts {
			r.set(x, octaves-1-k, scale.colour(float32(n)/float32(s.N)))
		}
	}
}

// mark frames the pixel at x, y from outside.
func (r *raster) mark(x, y int, c rgb) { r.frame(x-1, y-1, x+1, y+1, c) }
