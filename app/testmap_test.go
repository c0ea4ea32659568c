package app

import (
	"math"
	"slices"
	"testing"

	"convlens/nn/wire"
)

// cross is a map of five images: one in the middle and one on each side.
func crossMap() *wire.TestMap {
	return &wire.TestMap{Step: 3, Layer: "relu_3", Units: 128, N: 5,
		X: []float32{0, -10, 10, 0, 0}, Y: []float32{0, 0, 0, 5, -5},
		Labels: []byte{7, 1, 1, 2, 7}, Answers: []byte{7, 1, 2, 2, 1}, Shares: []float32{0.5, 0.25}}
}

// Both axes have one scale, the whole fits, and the second one points upwards.
func TestTestPlane(t *testing.T) {
	p := newTestPlane(crossMap())
	x1, y1 := p.at(1)
	x2, y2 := p.at(2)
	x3, y3 := p.at(3)
	if x0, y0 := p.at(0); x0 != testMapW/2.0 || y0 != testMapH/2.0 || y1 != y2 || x3 != x0 || y3 >= y0 {
		t.Errorf("places (%v,%v) (%v,%v) (%v,%v)", x1, y1, x2, y2, x3, y3)
	}
	if across, up := x2-x1, testMapH/2.0-y3; math.Abs(across/20-up/5) > 1e-9 {
		t.Errorf("20 units are %v pixels across, 5 are %v upwards", across, up)
	}
	if x1 < 0 || x2+2 > testMapW {
		t.Errorf("dots from %v to %v in a picture of %d", x1, x2, testMapW)
	}
}

func TestTestPlaneChoice(t *testing.T) {
	m := crossMap()
	p := newTestPlane(m)
	all := testFilter{Label: -1}
	for _, c := range []struct {
		from int
		key  string
		f    testFilter
		want int
	}{
		{0, "ArrowLeft", all, 1}, {0, "ArrowRight", all, 2}, {0, "ArrowUp", all, 3}, {0, "ArrowDown", all, 4},
		{2, "ArrowRight", all, 2}, {1, "ArrowRight", testFilter{Label: 1}, 2}, {0, "ArrowUp", testFilter{Label: 7}, 0},
	} {
		dx, dy := arrow(c.key)
		if got := p.step(c.from, dx, dy, c.f); got != c.want {
			t.Errorf("%s from %d with %+v leads to %d, expected %d", c.key, c.from, c.f, got, c.want)
		}
	}
	if dx, dy := arrow("a"); dx != 0 || dy != 0 {
		t.Error("a letter is an arrow key")
	}
	x, y := p.at(3)
	if got := p.nearest(x+2, y+1, 5, all); got != 3 {
		t.Errorf("beside image 3 is %d", got)
	}
	if got := p.nearest(x+2, y+1, 5, testFilter{Label: 1}); got != -1 {
		t.Errorf("beside image 3 label 1 has %d", got)
	}
	if got := p.selected(all, area{testMapW, testMapH, testMapW / 2, 0}); !slices.Equal(got, []int{0, 2, 3, 4}) {
		t.Errorf("the right half has %v", got)
	}
	if got := p.selected(testFilter{Label: -1, Wrong: true}, area{}); !slices.Equal(got, []int{2, 4}) || wrong(m, []int{0, 1, 2, 3, 4}) != 2 {
		t.Errorf("wrong answers: %v", got)
	}
}

// The dots have the labels' colours; those filtered out are faint.
func TestPaintTestMap(t *testing.T) {
	m := crossMap()
	plane := newTestPlane(m)
	for _, p := range []*palette{lightPalette, darkPalette} {
		var r raster
		paintTestMap(&r, plane, testFilter{Label: 1}, p)
		for i, label := range m.Labels {
			x, y := plane.at(i)
			want := mix(p.Zero, p.Cross, 120)
			if label == 1 {
				want = p.Marks[1]
			}
			for d := range 4 {
				if got := colourAt(&r, int(x)+d%2, int(y)+d/2); got != want {
					t.Errorf("image %d has the colour %v, expected %v", i, got, want)
				}
			}
		}
	}
}

func colourAt(r *raster, x, y int) rgb {
	p := r.Pix[4*(y*r.W+x):]
	return rgb{p[0], p[1], p[2]}
}

func TestPaintGallery(t *testing.T) {
	var have imageStore
	have.add(&wire.Images{Split: wire.TestSplit, Indices: []int{2, 1}, Shape: []int{1, 2, 3}, Pixels: []byte{255, 0, 0, 0, 0, 9, 0, 0, 0, 255, 0, 0}})
	have.add(&wire.Images{Split: wire.TestSplit, Indices: []int{4}, Shape: []int{1, 2, 3}, Pixels: []byte{1}}) // too short
	var r raster
	m := crossMap()
	paintGallery(&r, []int{1, 2, 4}, wire.TestSplit, 1, func(i int) bool { return m.Labels[i] != m.Answers[i] }, nil, &have, lightPalette)
	g := galleryGrid(3, 3, 2)
	if w, h := g.size(); r.W != w || r.H != h {
		t.Fatalf("a picture of %d x %d, expected %d x %d", r.W, r.H, w, h)
	}
	x1, y1 := g.origin(0)
	x2, y2 := g.origin(1)
	for name, c := range map[string][2]rgb{
		"ink of image 1":               {colourAt(&r, x1, y1+1), lightPalette.Ink},
		"ink of image 2":               {colourAt(&r, x2, y2), lightPalette.Ink},
		"frame around the chosen":      {colourAt(&r, x1-2, y1-2), lightPalette.Ink},
		"frame around a wrong answer":  {colourAt(&r, x2-1, y2-1), lightPalette.Positive},
		"place of one that isn't here": {colourAt(&r, x2+5, y2), lightPalette.Zero},
	} {
		if c[0] != c[1] {
			t.Errorf("%s is %v, expected %v", name, c[0], c[1])
		}
	}
}

// luminance is WCAG's relative luminance of a colour.
func luminance(c rgb) float64 {
	linear := func(v byte) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// Every colour of a class has the contrast to the ground that marks need
// (WCAG 2.2, 1.4.11), and none comes twice.
func TestMarks(t *testing.T) {
	for _, p := range []*palette{lightPalette, darkPalette} {
		for i, c := range p.Marks {
			a, b := luminance(c)+0.05, luminance(p.Zero)+0.05
			if ratio := max(a/b, b/a); ratio < 3 {
				t.Errorf("mark %d (%s) has a contrast of %.2f to %s", i, c.hex(), ratio, p.Zero.hex())
			}
			if slices.Contains(p.Marks[:i], c) {
				t.Errorf("mark %d comes twice", i)
			}
		}
	}
}

// The lens is asked for again by a new session, and images only once.
func TestDeskTestMap(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	s.take()
	d.look(&wire.MapTest{})
	d.fetchImages(wire.TestSplit, []int{3, 5})
	d.handle(&wire.Images{Split: wire.TestSplit, Indices: []int{3, 5}, Shape: []int{1, 1, 1}, Pixels: []byte{1, 2}})
	d.fetchImages(wire.TestSplit, []int{5, 3})
	expectSent(t, s, "MapTest", "GetImages")
	d.startAgain()
	d.handle(drawable)
	if got := (*sessions)[1].take(); !slices.Contains(got, "MapTest") {
		t.Errorf("a new session is sent %v", got)
	}
	d.lookAway()
	expectSent(t, (*sessions)[1], "LookAway")
	d.startAgain()
	d.handle(drawable)
	if got := (*sessions)[2].take(); slices.Contains(got, "MapTest") {
		t.Errorf("a session after looking away is sent %v", got)
	}
}
