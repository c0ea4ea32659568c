package app

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"convlens/nn/wire"
)

// Whatever is done to the zoom, the picture is full of map, and what was at the
// pointer stays there unless an edge is in the way.
func TestMapZoom(t *testing.T) {
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-6 }
	rnd := rand.New(rand.NewPCG(1, 2))
	z := wholeMap
	for range 1000 {
		x, y := rnd.Float64()*testMapW, rnd.Float64()*testMapH
		px, py := z.place(x, y)
		if sx, sy := z.shown(px, py); !near(sx, x) || !near(sy, y) {
			t.Fatalf("%+v shows the place at (%v,%v) at (%v,%v)", z, x, y, sx, sy)
		}
		in := z.enlarged(zoomStep, x, y)
		if sx, sy := in.shown(px, py); !near(sx, x) || !near(sy, y) {
			t.Fatalf("enlarged, (%v,%v) lies at (%v,%v)", x, y, sx, sy)
		}
		z = in
		switch rnd.IntN(3) {
		case 0:
			z = z.enlarged(rnd.Float64()*2, rnd.Float64()*testMapW, rnd.Float64()*testMapH)
		case 1:
			z = z.holding(rnd.Float64()*testMapW, rnd.Float64()*testMapH, x, y)
		case 2:
			px, py := 10+rnd.Float64()*(testMapW-20), 10+rnd.Float64()*(testMapH-20)
			z = z.revealing(px, py)
			if sx, sy := z.shown(px, py); sx < 0 || sy < 0 || sx > testMapW || sy > testMapH {
				t.Fatalf("%+v shows (%v,%v) at (%v,%v)", z, px, py, sx, sy)
			}
			if again := z.revealing(px, py); !near(again.X, z.X) || !near(again.Y, z.Y) {
				t.Fatalf("%+v in sight moves to %+v", z, again)
			}
		}
		x1, y1 := z.place(testMapW, testMapH)
		if z.Scale < 1 || z.Scale > mostZoom || z.X < 0 || z.Y < 0 || x1 > testMapW+1e-6 || y1 > testMapH+1e-6 {
			t.Fatalf("%+v shows more than the map: up to (%v,%v)", z, x1, y1)
		}
	}
	if z = z.enlarged(0, 3, 4); z != wholeMap {
		t.Errorf("as small as it gets: %+v", z)
	}
}

// A selection is of the map, not of what shows of it; pointing is at what shows.
func TestTestPlaneEnlarged(t *testing.T) {
	p := newTestPlane(crossMap())
	all := testFilter{Label: -1}
	x1, y1 := p.at(1)
	right := area{testMapW / 2, 0, testMapW, testMapH}
	whole := p.selected(all, right)
	p.zoom = p.zoom.enlarged(4, testMapW, testMapH/2)
	if got := p.selected(all, right); !slices.Equal(got, whole) {
		t.Errorf("enlarged the area has %v, expected %v", got, whole)
	}
	x2, y2 := p.at(2)
	if got := p.nearest(x2+1, y2, 5, all); got != 2 {
		t.Errorf("beside image 2 is %d", got)
	}
	if x, y := p.home(1); x != x1 || y != y1 {
		t.Errorf("image 1 has moved from (%v,%v) to (%v,%v)", x1, y1, x, y)
	}
	if x, _ := p.at(1); x >= 0 {
		t.Errorf("image 1 is at %v, expected on the left of the picture", x)
	}
	if got := p.step(2, -1, 0, all); got != 0 {
		t.Errorf("left of image 2 is %d", got)
	}
	var r raster
	paintTestMap(&r, p, all, lightPalette) // with images outside on every side
	if got := colourAt(&r, int(x2), int(y2)); got != lightPalette.Marks[1] {
		t.Errorf("image 2 has the colour %v", got)
	}
}

// Labels of classes that lie together are apart, short and inside.
func TestMapLabels(t *testing.T) {
	m := &wire.TestMap{N: 40}
	for i := range 40 {
		m.X, m.Y = append(m.X, float32(i%7)), append(m.Y, float32(i%3))
		m.Labels, m.Answers = append(m.Labels, byte(i%10)), append(m.Answers, 0)
	}
	for _, class := range []func(int) string{
		func(i int) string { return string(rune('0' + i)) },
		func(i int) string { return "a class with a rather long name " + string(rune('0'+i)) },
	} {
		labels := mapLabels(newTestPlane(m), -1, class)
		if len(labels) != 10 {
			t.Fatalf("%d labels of ten classes", len(labels))
		}
		for i, a := range labels {
			if a.x < a.half || a.x > testMapW-a.half || a.y < a.high/2 || a.y > testMapH-a.high/2 {
				t.Errorf("%q at (%v,%v) sticks out", a.text, a.x, a.y)
			}
			for _, b := range labels[:i] {
				if a.covers(&b) {
					t.Errorf("%q at (%v,%v) covers %q at (%v,%v)", a.text, a.x, a.y, b.text, b.x, b.y)
				}
			}
		}
	}
	if one := mapLabels(newTestPlane(m), 3, func(int) string { return "three" }); len(one) != 1 {
		t.Errorf("%d labels of one class", len(one))
	}
	p := newTestPlane(m)
	p.zoom = p.zoom.enlarged(mostZoom, 0, 0)
	if far := mapLabels(p, -1, func(int) string { return "x" }); len(far) != 0 {
		t.Errorf("%d labels of classes out of sight", len(far))
	}
}
