package app

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// What the stylesheet and the palettes both say must agree: zero is the
// page's background, and a legend in text has the colours of its picture.
func TestPaletteMatchesStylesheet(t *testing.T) {
	css, err := os.ReadFile("../web/static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	hex := func(c rgb) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
	for name, pick := range map[string]func(*palette) rgb{
		"paper":    func(p *palette) rgb { return p.Zero },
		"ink":      func(p *palette) rgb { return p.Ink },
		"negative": func(p *palette) rgb { return p.Negative },
		"positive": func(p *palette) rgb { return p.Positive },
	} {
		want := fmt.Sprintf("--%s: light-dark(%s, %s);", name, hex(pick(lightPalette)), hex(pick(darkPalette)))
		if !strings.Contains(string(css), want) {
			t.Errorf("style.css doesn't say %s", want)
		}
	}
}

func TestSignedScale(t *testing.T) {
	for _, p := range []*palette{lightPalette, darkPalette} {
		s := p.signed(2)
		for _, c := range []struct {
			v    float32
			want rgb
		}{
			{0, p.Zero}, {2, p.Positive}, {-2, p.Negative}, {5, p.Positive}, {-5, p.Negative},
			{float32(math.Inf(1)), p.Positive},
			{1, mix(p.Zero, p.Positive, 128)}, {-1, mix(p.Zero, p.Negative, 128)},
		} {
			if got := s.colour(c.v); got != c.want {
				t.Errorf("colour(%v) is %v, expected %v", c.v, got, c.want)
			}
		}
	}
}

// The ramp against entries of matplotlib's map (_cm_listed.py), most of them
// not among its points. Over all 256 entries the largest difference is 0.0274.
func TestMagnitudeIsViridis(t *testing.T) {
	for _, c := range []struct {
		entry   int
		r, g, b float64
	}{
		{0, 0.267004, 0.004874, 0.329415},
		{8, 0.277018, 0.050344, 0.375715},
		{25, 0.282623, 0.140926, 0.457517},
		{58, 0.241237, 0.296485, 0.539709},
		{110, 0.151918, 0.500685, 0.557587},
		{128, 0.127568, 0.566949, 0.550556},
		{200, 0.440137, 0.811138, 0.340967},
		{230, 0.741388, 0.873449, 0.149561},
		{255, 0.993248, 0.906157, 0.143936},
	} {
		got := magnitude(255).colour(float32(c.entry))
		for i, want := range []float64{c.r, c.g, c.b} {
			have := float64([]byte{got.R, got.G, got.B}[i]) / 255
			if math.Abs(have-want) > 0.028 {
				t.Errorf("entry %d is %v, expected %.3f %.3f %.3f", c.entry, got, c.r, c.g, c.b)
				break
			}
		}
	}
	if got := magnitude(1).colour(-3); got != viridis[0] {
		t.Errorf("a negative magnitude is %v, expected %v", got, viridis[0])
	}
}

func TestNiceEnd(t *testing.T) {
	for _, c := range []struct{ v, want float32 }{
		{0.142, 0.15}, {0.102, 0.15}, {0.1, 0.1}, {0.16, 0.2}, {1, 1}, {1.01, 1.5}, {8.5, 10}, {70, 80},
		{0, 1}, {float32(math.NaN()), 1}, {float32(math.Inf(1)), 1},
	} {
		if got := niceEnd(c.v); math.Abs(float64(got-c.want)) > 1e-6*float64(c.want) {
			t.Errorf("niceEnd(%v) is %v, expected %v", c.v, got, c.want)
		}
	}
	for v := float32(1e-6); v < 1e6; v *= 1.07 {
		if end := niceEnd(v); end < v || end > 2*v {
			t.Errorf("niceEnd(%v) is %v", v, end)
		}
	}
}

func TestLargest(t *testing.T) {
	if got := largest([]float32{0.5, -2, 1}); got != 2 {
		t.Errorf("got %v", got)
	}
	if got := largest(nil); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
}
