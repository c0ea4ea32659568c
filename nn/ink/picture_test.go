package ink

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// pen is about as wide as in MNIST.
const pen = 2.4

// drawings are as a visitor might draw them, in pixels of a screen.
var drawings = map[string][][]Point{
	"one":      {{{140, 40}, {138, 100}, {139, 160}, {135, 230}}},
	"seven":    {{{60, 60}, {120, 58}, {200, 55}, {170, 120}, {130, 240}}, {{100, 150}, {185, 146}}},
	"four":     {{{120, 50}, {90, 110}, {60, 160}, {140, 158}, {220, 150}}, {{160, 60}, {158, 150}, {150, 240}}},
	"ell":      {{{50, 20}, {50, 240}, {220, 240}}}, // its mass is far from its middle
	"gull":     {{{0, 0}, {100, 3}, {100, 3}, {101, 4}}, {{7, 90}}},
	"level":    {{{10, 50}, {200, 50}}},
	"upright":  {{{10, 50}, {10, 60}, {10, 200}}},
	"scribble": scribble(400),
}

// scribble is a stroke of n points.
func scribble(n int) [][]Point {
	rng := rand.New(rand.NewPCG(1, 1))
	p, stroke := Point{100, 100}, make([]Point, n)
	for i := range stroke {
		p = Point{p.X + 8*rng.Float64() - 4, p.Y + 8*rng.Float64() - 4}
		stroke[i] = p
	}
	return [][]Point{stroke}
}

// moved returns the strokes scaled, then moved.
func moved(strokes [][]Point, scale, dx, dy float64) [][]Point {
	out := make([][]Point, len(strokes))
	for i, s := range strokes {
		for _, p := range s {
			out[i] = append(out[i], Point{scale*p.X + dx, scale*p.Y + dy})
		}
	}
	return out
}

func picture(strokes [][]Point, pen float64) []byte {
	dst := bytes.Repeat([]byte{99}, Field*Field)
	Picture(dst, Field, Field, strokes, pen)
	return dst
}

// TestPictureMoved draws each drawing in a thousand sizes and places. In a browser,
// which takes several times as long and of which TestGolden wants the same pictures,
// a hundred do.
func TestPictureMoved(t *testing.T) {
	moves := 1000
	if runtime.GOARCH == "wasm" {
		moves = 100
	}
	for name, strokes := range drawings {
		want := picture(strokes, pen)
		rng := rand.New(rand.NewPCG(2, 2))
		for range moves {
			scale := math.Exp(16*rng.Float64() - 8) // a three-thousandth to three thousand times
			dx, dy := 1e4*(rng.Float64()-0.5), 1e4*(rng.Float64()-0.5)
			if d := apart(picture(moved(strokes, scale, dx, dy), pen), want); d > 1 {
				t.Fatalf("%s, %v times as large, moved by (%v,%v): %d grey levels apart", name, scale, dx, dy, d)
			}
		}
	}
}

// TestPictureLayout checks size and place of drawings in fields of several
// shapes.
func TestPictureLayout(t *testing.T) {
	for name, strokes := range drawings {
		for _, f := range []struct{ h, w int }{{28, 28}, {50, 50}, {17, 33}, {64, 40}, {8, 8}} {
			dst := make([]byte, f.h*f.w)
			Picture(dst, f.h, f.w, strokes, pen)
			x0, y0, x1, y1 := f.w, f.h, 0, 0
			var sum, x, y float64
			for i, v := range dst {
				if v > 0 {
					x0, x1 = min(x0, i%f.w), max(x1, i%f.w+1)
					y0, y1 = min(y0, i/f.w), max(y1, i/f.w+1)
				}
				sum += float64(v)
				x += float64(v) * float64(i%f.w)
				y += float64(v) * float64(i/f.w)
			}
			what := fmt.Sprintf("%s in %dx%d", name, f.h, f.w)
			// Off the grid, the ink reaches into one or two pixels more.
			want := float64(min(f.h, f.w)) * Box / Field
			if got := float64(max(x1-x0, y1-y0)); got < want-0.2 || got > want+2.2 {
				t.Errorf("%s is %v pixels large, want %.1f", what, got, want)
			}
			// The ell comes to the edge before its mass comes to the middle.
			if !middling(x/sum, f.w, x0, x1) || !middling(y/sum, f.h, y0, y1) {
				t.Errorf("%s has its centre of mass at (%.2f,%.2f)", what, x/sum, y/sum)
			}
		}
	}
}

func middling(at float64, size, start, end int) bool {
	return math.Abs(at-float64(size/2)) < 0.02 || start == 0 || end == size
}

// TestPicturePen checks that the pen's width is that of the picture, however
// large one draws: a level line fills 20 pixels.
func TestPicturePen(t *testing.T) {
	for _, pen := range []float64{0.5, 1, 2.4, 5, 19.9} {
		for _, scale := range []float64{0.01, 1, 100} {
			got := area(picture(moved(drawings["level"], scale, 0, 0), pen))
			want := (Box-pen)*pen + math.Pi*pen*pen/4
			if math.Abs(got-want) > 0.01*want+0.05 {
				t.Errorf("pen %v, %v times as large: area %.2f, want %.2f", pen, scale, got, want)
			}
		}
	}
}

// TestPictureEdgeCases: what is no more than a place is a dot, what is nowhere
// is blank.
func TestPictureEdgeCases(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	dot := picture([][]Point{{{3, 4}}}, pen)
	if got, want := area(dot), math.Pi*pen*pen/4; math.Abs(got-want) > 0.1 {
		t.Errorf("a dot has the area %.2f, want %.2f", got, want)
	}
	if dot[14*Field+14] != 255 {
		t.Errorf("a dot is not at (14,14)")
	}
	blank := make([]byte, Field*Field)
	for _, tt := range []struct {
		name    string
		strokes [][]Point
		want    []byte
	}{
		{"nothing", nil, blank},
		{"no strokes", [][]Point{}, blank},
		{"no points", [][]Point{{}, nil}, blank},
		{"the same point again", [][]Point{{{7, 7}, {7, 7}, {7, 7}}, {{7, 7}}}, dot},
		{"an empty stroke too", [][]Point{{}, {{7, 7}}}, dot},
		{"hardly a stroke", [][]Point{{{0, 0}, {5e-324, 0}}}, dot},
		{"far away", [][]Point{{{1e308, -1e308}}}, dot},
		{"NaN", [][]Point{{{0, 0}, {nan, 1}, {2, 2}}}, blank},
		{"NaN below", [][]Point{{{0, 0}, {1, 1}}, {{1, nan}}}, blank},
		{"infinite", [][]Point{{{0, 0}, {inf, 1}}}, blank},
		{"minus infinite", [][]Point{{{0, -inf}}}, blank},
		{"both", [][]Point{{{0, -inf}, {inf, inf}}}, blank},
		{"too large", [][]Point{{{-1.7e308, 0}, {1.7e308, 0}}}, blank},
	} {
		if d := apart(picture(tt.strokes, pen), tt.want); d > 0 {
			t.Errorf("%s: %d grey levels off", tt.name, d)
		}
	}
	huge := picture([][]Point{{{-8e307, 0}, {8e307, 0}}}, pen)
	if d := apart(huge, picture(drawings["level"], pen)); d > 1 {
		t.Errorf("a huge line is %d grey levels off", d)
	}
}

// golden is the SHA-256 of the drawings in TestGolden.
const golden = "8147ae018ef1503d1fe03c6bdacae69eb4a58a15868fc71818a1c2e128083a56"

// TestGolden checks that the same bytes come out on every architecture.
func TestGolden(t *testing.T) {
	h := sha256.New()
	for _, name := range []string{"one", "seven", "four", "ell", "gull", "level", "upright", "scribble"} {
		h.Write(picture(drawings[name], pen))
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != golden {
		t.Errorf("SHA-256 is %s, want %s", got, golden)
	}
}

func TestMisusePanics(t *testing.T) {
	pix := make([]byte, 6)
	for want, f := range map[string]func(){
		"ink: a sheet of 0x3":                           func() { NewSheet(0, 3) },
		"ink: Scan into 6 bytes, not 4":                 func() { NewSheet(2, 2).Scan(pix) },
		"ink: Picture of 2x2 in 6 bytes":                func() { Picture(pix, 2, 2, nil, 1) },
		"ink: Picture of -2x-3 in 6 bytes":              func() { Picture(pix, -2, -3, nil, 1) },
		"ink: a pen of width 0, not between 0 and 20":   func() { Picture(pix, 2, 3, nil, 0) },
		"ink: a pen of width 20, not between 0 and 20":  func() { Picture(pix, 2, 3, nil, 20) },
		"ink: a pen of width NaN, not between 0 and 20": func() { Picture(pix, 2, 3, nil, math.NaN()) },
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panics with %v, want %q", got, want)
				}
			}()
			f()
		}()
	}
}

// BenchmarkPicture draws as many points as a hand makes in ten seconds.
func BenchmarkPicture(b *testing.B) {
	strokes, dst := scribble(1000), make([]byte, Field*Field)
	for b.Loop() {
		Picture(dst, Field, Field, strokes, pen)
	}
}
