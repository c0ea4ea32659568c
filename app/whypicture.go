package app

// paintWhy draws values of an image's pixels, w in a row. With ink, which has the
// image's values, 0 to 1, the image shows through. The row and the column of the
// chosen pixel are shaded; chosen is an index into values or -1.
func paintWhy(r *raster, values []float32, w int, s scale, ink []float32, chosen int, p *palette) {
	const (
		shade   = 72 // of 255, both
		through = 96
	)
	r.resize(w, len(values)/w)
	for i, v := range values {
		c := s.colour(v)
		if ink != nil {
			c = mix(c, p.Ink, int(fraction(max(ink[i], 0), 1))*through/255)
		}
		if chosen >= 0 && i != chosen && (i%w == chosen%w || i/w == chosen/w) {
			c = mix(c, p.Cross, shade)
		}
		r.set(i%w, i/w, c)
	}
}

// silenceGrid lays out the maps (C,H,W) of the filters to silence.
func silenceGrid(shape []int) grid {
	return grid{N: shape[0], Cols: min(shape[0], silenceCols), CellW: shape[2], CellH: shape[1], Gap: 1}
}

// silenceCols is how many filters stand in a row; inside.css has it too.
const silenceCols = 8
