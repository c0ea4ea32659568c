package ink

import (
	"math"
	"testing"
)

// drawn returns a sheet of 40x40 pixels with strokes.
func drawn(strokes ...[]Dot) []byte {
	s := NewSheet(40, 40)
	for _, dots := range strokes {
		s.Stroke(dots)
	}
	dst := make([]byte, 40*40)
	s.Scan(dst)
	return dst
}

func area(pix []byte) float64 {
	sum := 0.0
	for _, v := range pix {
		sum += float64(v)
	}
	return sum / 255
}

// apart returns the largest difference of two pixels.
func apart(a, b []byte) int {
	most := 0
	for i, v := range a {
		most = max(most, max(int(v), int(b[i]))-min(int(v), int(b[i])))
	}
	return most
}

// TestStrokeArea compares the area of strokes with that of their shapes.
func TestStrokeArea(t *testing.T) {
	for _, tt := range []struct {
		name string
		dots []Dot
		want float64
	}{
		{"dot", []Dot{{20, 20, 3}}, math.Pi * 9},
		{"dot twice", []Dot{{20, 20, 3}, {20, 20, 3}}, math.Pi * 9},
		{"level", []Dot{{10, 20, 2.5}, {30, 20, 2.5}}, 20*5 + math.Pi*6.25},
		{"upright", []Dot{{20, 10, 2.5}, {20, 30, 2.5}}, 20*5 + math.Pi*6.25},
		{"there and back", []Dot{{10, 20, 2.5}, {30, 20, 2.5}, {10, 20, 2.5}}, 20*5 + math.Pi*6.25},
		{"slanting", []Dot{{10, 15, 2.5}, {30, 30, 2.5}}, 25*5 + math.Pi*6.25},
		{"hairline", []Dot{{10, 15, 0.25}, {30, 30, 0.25}}, 25*0.5 + math.Pi/16},
		{"corner", []Dot{{10, 10, 2}, {10, 30, 2}, {30, 30, 2}}, 2*20*4 - 4 + math.Pi*4 + math.Pi},
		{"wider and wider", []Dot{{10, 20, 1}, {30, 20, 3}}, 20*4 + math.Pi/2*(1+9)},
		{"half outside", []Dot{{0, 20, 3}}, math.Pi * 9 / 2},
		{"quarter outside", []Dot{{40, 40, 3}}, math.Pi * 9 / 4},
		{"outside", []Dot{{-10, 20, 3}, {-4, 60, 3}}, 0},
		{"nowhere", []Dot{{math.NaN(), 20, 3}, {20, 20, 3}}, 0},
		{"far away", []Dot{{1e300, 20, 3}, {1e300, 1e300, 3}}, 0},
	} {
		if got := area(drawn(tt.dots)); math.Abs(got-tt.want) > 0.01*tt.want+0.05 {
			t.Errorf("%s: area %.2f, want %.2f", tt.name, got, tt.want)
		}
	}
}

// TestStrokePixels checks single pixels at the edge of a level stroke.
func TestStrokePixels(t *testing.T) {
	pix := drawn([]Dot{{10, 20.25, 2}, {30, 20.25, 2}}) // from 18.25 to 22.25
	for _, tt := range []struct {
		y    int
		want byte
	}{{17, 0}, {18, 191}, {19, 255}, {20, 255}, {21, 255}, {22, 64}, {23, 0}} {
		if got := pix[tt.y*40+20]; got != tt.want {
			t.Errorf("row %d: %d, want %d", tt.y, got, tt.want)
		}
	}
}

// TestStrokeUnion checks that strokes that cross, whichever way they run, show
// the darker of the two.
func TestStrokeUnion(t *testing.T) {
	a := []Dot{{10, 19, 2.5}, {30, 21, 2.5}}
	b := []Dot{{21.5, 31, 2.5}, {18.5, 9, 2.5}}
	both, onlyA, onlyB := drawn(a, b), drawn(a), drawn(b)
	for i, v := range both {
		least := max(onlyA[i], onlyB[i])
		if v < least || int(v) > int(onlyA[i])+int(onlyB[i])+1 {
			t.Fatalf("pixel (%d,%d) is %d, the strokes alone make it %d and %d", i%40, i/40, v, onlyA[i], onlyB[i])
		}
	}
	if got, most := area(both), area(onlyA)+area(onlyB)-20; got > most {
		t.Errorf("area %.1f, want at most %.1f", got, most)
	}
}

// TestStrokeManyPoints checks that a line is the same in 1 and in 10,000 pieces,
// and backwards.
func TestStrokeManyPoints(t *testing.T) {
	a, b := Dot{8, 12, 1.2}, Dot{33, 29, 1.2}
	want := drawn([]Dot{a, b})
	if d := apart(drawn([]Dot{b, a}), want); d > 0 {
		t.Errorf("backwards: %d grey levels apart", d)
	}
	var dots []Dot
	for i := range 10001 {
		f := float64(i) / 10000
		dots = append(dots, Dot{a.X + f*(b.X-a.X), a.Y + f*(b.Y-a.Y), a.R})
	}
	if d := apart(drawn(dots), want); d > 1 {
		t.Errorf("in many pieces: %d grey levels apart", d)
	}
}

func TestClear(t *testing.T) {
	s := NewSheet(3, 5)
	dst := make([]byte, 15)
	s.Stroke([]Dot{{2, 1, 1}})
	s.Scan(dst)
	if area(dst) < 3 {
		t.Errorf("nothing was drawn: %v", dst)
	}
	s.Clear()
	s.Scan(dst)
	if area(dst) != 0 {
		t.Errorf("a clear sheet has ink: %v", dst)
	}
}
