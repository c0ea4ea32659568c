package glyph

import (
	"image"
	"image/draw"
	"math"
	"testing"

	"golang.org/x/image/vector"
)

// inked returns the mask of a stroke along dots.
func inked(strokes ...[]dot) []byte {
	var z vector.Rasterizer
	z.Reset(mesh, mesh)
	z.DrawOp = draw.Src
	for _, dots := range strokes {
		ink(&z, dots)
	}
	m := image.NewAlpha(image.Rect(0, 0, mesh, mesh))
	z.Draw(m, m.Rect, image.Opaque, image.Point{})
	return m.Pix
}

func area(mask []byte) float64 {
	sum := 0.0
	for _, v := range mask {
		sum += float64(v)
	}
	return sum / 255
}

// TestInkArea compares the area of strokes with that of their shapes. A circle
// is drawn as a polygon with 16 corners: 16*sin(1/16 turn)/2 = 3.0615 instead
// of pi.
func TestInkArea(t *testing.T) {
	const round = 3.0614674589
	for _, tt := range []struct {
		name string
		dots []dot
		want float64
	}{
		{"dot", []dot{{40, 40, 6}, {40, 40, 6}}, round * 36},
		{"level", []dot{{20, 40, 5}, {60, 40, 5}}, 40*10 + round*25},
		{"upright", []dot{{40, 20, 5}, {40, 60, 5}}, 40*10 + round*25},
		{"there and back", []dot{{20, 40, 5}, {60, 40, 5}, {20, 40, 5}}, 40*10 + round*25},
		{"slanting", []dot{{20, 30, 5}, {60, 60, 5}}, 50*10 + round*25},
		{"in two steps", []dot{{20, 40, 5}, {33, 40, 5}, {60, 40, 5}}, 40*10 + round*25},
		{"corner", []dot{{20, 20, 4}, {20, 60, 4}, {60, 60, 4}}, 2*40*8 - 16 + round*16 + round*16/4},
	} {
		if got := area(inked(tt.dots)); math.Abs(got-tt.want) > 0.02*tt.want {
			t.Errorf("%s: area %.1f, want %.1f", tt.name, got, tt.want)
		}
	}
}

// TestInkUnion checks that strokes that cross leave no hole and add no ink
// where both of them are.
func TestInkUnion(t *testing.T) {
	a := []dot{{20, 38, 5}, {60, 42, 5}}
	b := []dot{{43, 62, 5}, {37, 18, 5}} // turns the other way
	both, onlyA, onlyB := inked(a, b), inked(a), inked(b)
	for i, v := range both {
		// The rasterizer's fixed point numbers are good for 1 or 2 of 255.
		if int(v) < int(max(onlyA[i], onlyB[i]))-2 {
			t.Fatalf("fine pixel (%d,%d) is %d, the strokes alone make it %d and %d", i%mesh, i/mesh, v, onlyA[i], onlyB[i])
		}
	}
	if got, most := area(both), area(onlyA)+area(onlyB)-80; got > most {
		t.Errorf("area %.1f, want at most %.1f", got, most)
	}
}

// TestSnap checks the grid of 1/256 pixel, with ties going up.
func TestSnap(t *testing.T) {
	for _, tt := range []struct {
		v    float64 // in units of 1/256
		want float32
	}{
		{0, 0}, {384, 384}, {-384, -384}, {1, 1}, {0.9, 1}, {0.5, 1}, {0.4, 0}, {-0.4, 0}, {-0.5, 0}, {-0.6, -1},
	} {
		if got := snap(tt.v / 256); got != tt.want/256 {
			t.Errorf("%v/256: got %v/256, want %v/256", tt.v, got*256, tt.want)
		}
	}
}
