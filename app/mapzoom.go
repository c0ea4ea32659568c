package app

// A mapZoom says which part of the map of the test set shows: the one from X, Y
// on, a place in the whole map's pixels, so many times enlarged.
type mapZoom struct{ Scale, X, Y float64 }

const (
	mostZoom = 24
	zoomStep = 1.5 // of a key or button
)

var wholeMap = mapZoom{Scale: 1}

// shown is where a place of the whole map lies in the picture, and place what
// lies there.
func (z mapZoom) shown(x, y float64) (float64, float64) {
	return (x - z.X) * z.Scale, (y - z.Y) * z.Scale
}
func (z mapZoom) place(x, y float64) (float64, float64) { return x/z.Scale + z.X, y/z.Scale + z.Y }

// holding moves the map so that its place px, py lies at x, y in the picture, or
// as near as the map's edges allow.
func (z mapZoom) holding(px, py, x, y float64) mapZoom {
	z.X = min(max(px-x/z.Scale, 0), testMapW-testMapW/z.Scale)
	z.Y = min(max(py-y/z.Scale, 0), testMapH-testMapH/z.Scale)
	return z
}

// enlarged leaves what lies at x, y in the picture where it is.
func (z mapZoom) enlarged(factor, x, y float64) mapZoom {
	px, py := z.place(x, y)
	z.Scale = min(max(z.Scale*factor, 1), mostZoom)
	return z.holding(px, py, x, y)
}

// revealing moves the map no further than it takes for a place to be in sight.
func (z mapZoom) revealing(px, py float64) mapZoom {
	const edge = 12
	x, y := z.shown(px, py)
	return z.holding(px, py, min(max(x, edge), testMapW-edge), min(max(y, edge), testMapH-edge))
}
