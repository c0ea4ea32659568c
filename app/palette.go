package app

import "math"

// rgb is an opaque colour.
type rgb struct{ R, G, B byte }

// A palette holds the colours of pictures for one theme. Zero is the theme's
// background, so that what is not there is not seen; style.css has the same
// values (TestPaletteMatchesStylesheet).
type palette struct {
	Zero     rgb // no weight, no ink
	Ink      rgb // the darkest grey of an image; frames around what is chosen
	Negative rgb // the far end of negative values, always blue
	Positive rgb // the far end of positive values, always orange
	Cross    rgb // the row and column of the chosen cell

	// Marks tell the classes apart, those beyond the tenth by their label only.
	Marks [10]rgb

	below, above, grey ramp // from Zero to Negative, Positive and Ink
}

// A ramp is a way of colours in 255 steps. Looking one up costs a fraction of
// mixing it, and a frame has some 40,000 pixels.
type ramp [256]rgb

var (
	lightPalette = palette{
		Zero:     rgb{0xff, 0xff, 0xff},
		Ink:      rgb{0x1b, 0x1f, 0x24},
		Negative: rgb{0x21, 0x66, 0xac},
		Positive: rgb{0xe0, 0x82, 0x14},
		Cross:    rgb{0xbf, 0xc6, 0xcd},
		Marks:    lightMarks,
	}.withRamps()

	// Towards a dark background #2166ac would end darker than #e08214, so
	// the dark theme takes the same hues lighter.
	darkPalette = palette{
		Zero:     rgb{0x12, 0x15, 0x19},
		Ink:      rgb{0xe8, 0xea, 0xed},
		Negative: rgb{0x4f, 0x9b, 0xe0},
		Positive: rgb{0xf0, 0x96, 0x2e},
		Cross:    rgb{0x4a, 0x53, 0x5d},
		Marks:    darkMarks,
	}.withRamps()

	magnitudes = viridisRamp()
)

func (p palette) withRamps() *palette {
	for t := range p.above {
		p.below[t] = mix(p.Zero, p.Negative, t)
		p.above[t] = mix(p.Zero, p.Positive, t)
		p.grey[t] = mix(p.Zero, p.Ink, t)
	}
	return &p
}

// A scale gives values their colours. Its end is the value of the last colour;
// values beyond it have that colour too.
type scale struct {
	end          float32
	below, above *ramp
}

// signed is the scale from -end (blue) through zero (the background) to +end
// (orange).
func (p *palette) signed(end float32) scale { return scale{end, &p.below, &p.above} }

// magnitude is the scale from 0 to end. It shows what is below 0 as 0.
func magnitude(end float32) scale { return scale{end, nil, &magnitudes} }

func (s scale) colour(v float32) rgb {
	switch {
	case v >= 0:
		return s.above[fraction(v, s.end)]
	case s.below != nil:
		return s.below[fraction(-v, s.end)]
	}
	return s.above[0]
}

// fraction returns v/end as 0 to 255, for v not below 0. It rounds at stated
// places, so that every machine draws the same bytes.
func fraction(v, end float32) byte {
	if t := float32(v/end) * 255; t < 255 {
		return byte(float32(t) + 0.5)
	}
	return 255
}

// viridisRamp fills in between the map's points.
func viridisRamp() (r ramp) {
	const steps = len(viridis) - 1
	for t := range r {
		i := min(t*steps/255, steps-1)
		r[t] = mix(viridis[i], viridis[i+1], t*steps-255*i)
	}
	return r
}

// viridis holds entries 0, 17, 34, ..., 255 of matplotlib's map of that name
// (by Nathaniel Smith, Stéfan van der Walt and Eric Firing, CC0;
// lib/matplotlib/_cm_listed.py), each times 255 and rounded. Between them the
// map is straight enough for linear interpolation.
var viridis = [16]rgb{
	{68, 1, 84}, {72, 26, 108}, {71, 47, 125}, {65, 68, 135},
	{57, 86, 140}, {49, 104, 142}, {42, 120, 142}, {35, 136, 142},
	{31, 152, 139}, {34, 168, 132}, {53, 183, 121}, {84, 197, 104},
	{122, 209, 81}, {165, 219, 54}, {210, 226, 27}, {253, 231, 37},
}

// mix goes from a (t = 0) to b (t = 255).
func mix(a, b rgb, t int) rgb {
	channel := func(a, b byte) byte {
		return byte((int(a)*(255-t) + int(b)*t + 127) / 255)
	}
	return rgb{channel(a.R, b.R), channel(a.G, b.G), channel(a.B, b.B)}
}

// niceEnd returns the end for a scale that must hold values of magnitude up
// to v: the next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten. A scale
// that follows every value exactly would flicker while the network learns.
func niceEnd(v float32) float32 {
	if !(v > 0) || math.IsInf(float64(v), 0) {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(float64(v))))
	for _, step := range [...]float64{1, 1.5, 2, 3, 4, 5, 6, 8} {
		if end := float32(step * unit); v <= end {
			return end
		}
	}
	return float32(10 * unit)
}

// largest returns the largest magnitude in data.
func largest(data []float32) float32 {
	var m float32
	for _, v := range data { // comparisons, as min and max are calls in wasm
		if v < 0 {
			v = -v
		}
		if v > m {
			m = v
		}
	}
	return m
}
