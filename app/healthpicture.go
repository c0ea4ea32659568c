package app

import "convlens/nn/wire"

// healthWidth is how many pixels wide the pictures are, whatever number of moments
// they show: no more than that.
const healthWidth = 60

// healthEnd is the share of numbers in one octave at the end of the scale.
const healthEnd = 0.5

// paintHealth draws spreads, the earliest on the left, the largest numbers on
// top: how many of an array's numbers have which size. The picture is always as
// wide; few moments are wide ones. Where nothing is known it is empty.
func paintHealth(r *raster, spreads []*wire.Spread, p *palette) {
	rows := octaves(spreads)
	r.resize(healthWidth, rows)
	r.fill(p.Zero)
	scale := magnitude(healthEnd)
	for i, s := range spreads {
		if s.N == 0 {
			continue
		}
		first, last := healthColumn(i, len(spreads))
		for k, n := range s.Counts {
			r.block(first, rows-1-k, last+1-first, 1, scale.colour(float32(n)/float32(s.N)))
		}
	}
}

// The two lines around a spot are light and dark in every theme: the picture has
// colours of all shades, and on each of them one of the two is seen.
var spotInner, spotOuter = lightPalette.Zero, lightPalette.Ink

// frameSpot draws them around the pixels from (x0, y0) to (x1, y1).
func frameSpot(r *raster, x0, y0, x1, y1 int) {
	r.frame(x0-2, y0-2, x1+2, y1+2, spotOuter)
	r.frame(x0-1, y0-1, x1+1, y1+1, spotInner)
}

// healthColumn returns the first and the last column of pixels of moment i of n:
// those x for which x*n/healthWidth is i.
func healthColumn(i, n int) (first, last int) {
	at := func(i int) int { return (i*healthWidth + n - 1) / n }
	return at(i), at(i+1) - 1
}

// octaves is the number of rows of a picture of spreads.
func octaves(spreads []*wire.Spread) int {
	n := 1
	for _, s := range spreads {
		n = max(n, len(s.Counts))
	}
	return n
}
