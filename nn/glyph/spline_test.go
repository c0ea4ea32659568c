package glyph

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestSpline(t *testing.T) {
	for _, tt := range []struct {
		name string
		ctrl []point
		via  map[int]point // some of the points by index
	}{
		{"two points", []point{{0, 0}, {10, 20}}, map[int]point{0: {0, 0}, 5: {10, 20}}},
		{"three points", []point{{0, 0}, {10, 0}, {10, 10}}, map[int]point{0: {0, 0}, 5: {10, 10}}},
		{"through the middle", []point{{0, 0}, {10, 0}, {20, 10}, {30, 10}}, map[int]point{0: {0, 0}, 5: {15, 5}, 10: {30, 10}}},
		{"corner", []point{{0, 0}, {10, 0}, {10, 0}, {10, 10}}, map[int]point{0: {0, 0}, 5: {10, 0}, 10: {10, 10}}},
	} {
		got := spline(nil, tt.ctrl)
		spans := max(len(tt.ctrl)-2, 1)
		if len(got) != 1+steps*spans {
			t.Errorf("%s: %d points, want %d", tt.name, len(got), 1+steps*spans)
			continue
		}
		for i, p := range tt.via {
			if got[i] != p {
				t.Errorf("%s: point %d is %v, want %v", tt.name, i, got[i], p)
			}
		}
	}
	if p := bezier(point{0, 0}, point{4, 8}, point{8, 0}, 0.5); p != (point{4, 4}) {
		t.Errorf("middle of a Bézier curve is %v, want {4 4}", p)
	}
}

// TestWarp checks that the same vector everywhere displaces everything by just
// that, and that a random warp is smooth and of the size asked for.
func TestWarp(t *testing.T) {
	var w warp
	for i := range w {
		for j := range w[i] {
			w[i][j] = [2]float64{3, -7}
		}
	}
	for _, p := range []point{{0, 0}, {1, 1}, {0.3, 0.8}} {
		if dx, dy := w.at(p.x, p.y); math.Abs(dx-3) > 1e-12 || math.Abs(dy+7) > 1e-12 {
			t.Errorf("at %v: got (%v,%v), want (3,-7)", p, dx, dy)
		}
	}

	rng := rand.New(rand.NewPCG(1, 1))
	var square, jump float64
	const n = 2000
	for range n {
		w := newWarp(rng, 10)
		x, y := rng.Float64(), rng.Float64()
		dx, dy := w.at(x, y)
		square += dx*dx + dy*dy
		ex, ey := w.at(x, min(y+0.01, 1))
		jump = max(jump, math.Hypot(ex-dx, ey-dy))
	}
	// The weights' squares sum to 0.21 to 0.25 per axis along the middle and
	// the ends of the square.
	if sd := math.Sqrt(square / (2 * n)); sd < 4 || sd > 5.5 {
		t.Errorf("standard deviation of displacements %.2f, want 4 to 5.5", sd)
	}
	if jump > 1 {
		t.Errorf("displacement jumps by %.2f in 0.01", jump)
	}
}

func TestNormal(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var sum, square float64
	const n = 100000
	for range n {
		v := normal(rng)
		if math.Abs(v) > 3.465 {
			t.Fatalf("%v is too far from 0", v)
		}
		sum += v
		square += v * v
	}
	if mean := sum / n; math.Abs(mean) > 0.02 {
		t.Errorf("mean %.4f, want 0", mean)
	}
	if v := square / n; math.Abs(v-1) > 0.03 {
		t.Errorf("variance %.4f, want 1", v)
	}
}
