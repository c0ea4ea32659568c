package app

import (
	"math"
	"strconv"

	"convlens/nn/wire"
)

// The colours of classes: on light ground those of Paul Tol's scheme "muted",
// which stay apart for colour-blind people (personal.sron.nl/~pault), on dark
// ground those of "light"; with the too faint ones darkened, or grey added, so
// that each has a contrast of 3:1 to the ground. Ten colours are too many to be
// told by colour alone: the digits stand on the map too.
var (
	lightMarks = [10]rgb{
		{0x33, 0x22, 0x88}, {0xcc, 0x66, 0x77}, {0x11, 0x77, 0x33}, {0x2f, 0x8f, 0xc4}, {0x88, 0x22, 0x55},
		{0x2a, 0x94, 0x83}, {0xa8, 0x79, 0x1c}, {0xaa, 0x44, 0x99}, {0x80, 0x80, 0x26}, {0x55, 0x55, 0x55},
	}
	darkMarks = [10]rgb{
		{0x77, 0xaa, 0xdd}, {0xee, 0x88, 0x66}, {0x44, 0xbb, 0x99}, {0x99, 0xdd, 0xff}, {0xff, 0xaa, 0xbb},
		{0xbb, 0xcc, 0x33}, {0xee, 0xdd, 0x88}, {0xc5, 0x87, 0xd0}, {0x9a, 0x9a, 0x30}, {0xc4, 0xc8, 0xcc},
	}
)

// hex writes a colour as CSS and SVG do.
func (c rgb) hex() string {
	const digits = "0123456789abcdef"
	b := []byte{'#'}
	for _, v := range [...]byte{c.R, c.G, c.B} {
		b = append(b, digits[v>>4], digits[v&15])
	}
	return string(b)
}

// The size of the map of the test set in pixels of its raster.
const (
	testMapW, testMapH = 220, 165
	testMapMargin      = 4
	manyImages         = 4000 // have smaller dots
)

// A testPlane lays the places of a map out, as large as they fit and with the
// same scale on both axes, so that distances can be compared.
type testPlane struct {
	m    *wire.TestMap
	x, y float64 // the place in the middle
	unit float64 // pixels
	zoom mapZoom
}

func newTestPlane(m *wire.TestMap) testPlane {
	x0, x1 := span(m.X)
	y0, y1 := span(m.Y)
	const w, h = testMapW - 2*testMapMargin - 2, testMapH - 2*testMapMargin - 2
	unit := math.Min(w/math.Max(x1-x0, 1e-9), h/math.Max(y1-y0, 1e-9))
	return testPlane{m: m, x: (x0 + x1) / 2, y: (y0 + y1) / 2, unit: unit, zoom: wholeMap}
}

func span(values []float32) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		low, high = math.Min(low, float64(v)), math.Max(high, float64(v))
	}
	return low, high
}

// at returns where image i lies in the raster, perhaps outside.
func (p testPlane) at(i int) (x, y float64) { return p.zoom.shown(p.home(i)) }

// home returns where image i lies in the whole map. The second component grows
// upwards.
func (p testPlane) home(i int) (x, y float64) {
	return testMapW/2.0 + (float64(p.m.X[i])-p.x)*p.unit, testMapH/2.0 - (float64(p.m.Y[i])-p.y)*p.unit
}

// nearest returns the shown image nearest to a place in the raster and not
// further than reach, or -1.
func (p testPlane) nearest(x, y, reach float64, f testFilter) int {
	best, far := -1, reach*reach
	for i := range p.m.X {
		if !f.shows(p.m, i) {
			continue
		}
		px, py := p.at(i)
		if d := (px-x)*(px-x) + (py-y)*(py-y); d <= far {
			best, far = i, d
		}
	}
	return best
}

// arrow is the direction of an arrow key, zero for any other key.
func arrow(key string) (dx, dy float64) {
	switch key {
	case "ArrowLeft":
		return -1, 0
	case "ArrowRight":
		return 1, 0
	case "ArrowUp":
		return 0, -1
	case "ArrowDown":
		return 0, 1
	}
	return 0, 0
}

// step returns the shown image that a direction leads to from image i: near, and
// rather straight on than aside; i if there is none.
func (p testPlane) step(i int, dx, dy float64, f testFilter) int {
	x, y := p.at(i)
	next, far := i, math.Inf(1)
	for j := range p.m.X {
		if !f.shows(p.m, j) {
			continue
		}
		px, py := p.at(j)
		along, aside := (px-x)*dx+(py-y)*dy, math.Abs((px-x)*dy)+math.Abs((py-y)*dx)
		if along < 0.5 || aside > along {
			continue
		}
		if d := along + 2*aside; d < far {
			next, far = j, d
		}
	}
	return next
}

// middles returns the mean place of each label's images in the whole map, and how
// many there are.
func (p testPlane) middles() (x, y []float64, n []int) {
	for i, label := range p.m.Labels {
		for len(n) <= int(label) {
			x, y, n = append(x, 0), append(y, 0), append(n, 0)
		}
		px, py := p.home(i)
		x[label], y[label], n[label] = x[label]+px, y[label]+py, n[label]+1
	}
	for l := range n {
		if n[l] > 0 {
			x[l], y[l] = x[l]/float64(n[l]), y[l]/float64(n[l])
		}
	}
	return x, y, n
}

// A testFilter says which images of the map show.
type testFilter struct {
	Label int  // -1 for all
	Wrong bool // only those that were answered wrongly
}

func (f testFilter) shows(m *wire.TestMap, i int) bool {
	return (f.Label < 0 || int(m.Labels[i]) == f.Label) && (!f.Wrong || m.Labels[i] != m.Answers[i])
}

// An area is a rectangle of the whole map, from any corner to the opposite
// one; the zero area is none.
type area struct{ X0, Y0, X1, Y1 float64 }

func (a area) none() bool { return a == area{} }

func (a area) holds(x, y float64) bool {
	return x >= math.Min(a.X0, a.X1) && x <= math.Max(a.X0, a.X1) && y >= math.Min(a.Y0, a.Y1) && y <= math.Max(a.Y0, a.Y1)
}

// selected returns the shown images in an area, all of them if it is none.
func (p testPlane) selected(f testFilter, a area) (list []int) {
	for i := range p.m.X {
		if x, y := p.home(i); f.shows(p.m, i) && (a.none() || a.holds(x, y)) {
			list = append(list, i)
		}
	}
	return list
}

// wrong counts the wrong answers among images.
func wrong(m *wire.TestMap, images []int) (n int) {
	for _, i := range images {
		if m.Labels[i] != m.Answers[i] {
			n++
		}
	}
	return n
}

// paintTestMap draws a dot for every image; those that the filter leaves out are
// faint, and below the others.
func paintTestMap(r *raster, plane testPlane, f testFilter, p *palette) {
	r.resize(testMapW, testMapH)
	r.fill(p.Zero)
	faint := mix(p.Zero, p.Cross, 120)
	size := 2
	if len(plane.m.X) > manyImages && plane.zoom.Scale < 2 {
		size = 1
	}
	dot := func(i int, c rgb) {
		x, y := plane.at(i)
		if x < 0 || y < 0 || int(x)+size > testMapW || int(y)+size > testMapH {
			return
		}
		for dy := range size {
			for dx := range size {
				r.set(int(x)+dx, int(y)+dy, c)
			}
		}
	}
	for i := range plane.m.X {
		if !f.shows(plane.m, i) {
			dot(i, faint)
		}
	}
	for i := range plane.m.X {
		if f.shows(plane.m, i) {
			dot(i, p.Marks[int(plane.m.Labels[i])%len(p.Marks)])
		}
	}
}

// The grid of selected images.
const (
	shownImages = 60
)

// answers writes images as index: label→answer.
func answers(m *wire.TestMap, images []int, class func(int) string) string {
	var b []byte
	for k, i := range images {
		if k > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, ": "+class(int(m.Labels[i]))+"→"+class(int(m.Answers[i]))...)
	}
	return string(b)
}
