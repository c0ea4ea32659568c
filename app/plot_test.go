package app

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// 100 x 50 pixels of curve at (10,10), steps 0 to 10, values 0 to 2.
var smallPlot = plot{W: 120, H: 70, Left: 10, Right: 10, Top: 10, Bottom: 10, XMax: 10, YMax: 2}

func TestPlotPlaces(t *testing.T) {
	p := smallPlot
	for _, c := range []struct{ got, want float64 }{
		{p.x(0), 10}, {p.x(5), 60}, {p.x(10), 110},
		{p.y(0), 60}, {p.y(1), 35}, {p.y(2), 10},
		{p.y(9), 10}, {p.y(-1), 60}, // beyond the axis: at its end
	} {
		if c.got != c.want {
			t.Errorf("got %v, expected %v", c.got, c.want)
		}
	}
	for step := 1; step <= 10; step++ {
		if got := p.step(p.x(float64(step)), 10); got != step {
			t.Errorf("step %d comes back as %d", step, got)
		}
	}
	if a, b := p.step(-50, 7), p.step(500, 7); a != 1 || b != 7 {
		t.Errorf("outside: %d and %d, expected 1 and 7", a, b)
	}
}

func TestPlotLine(t *testing.T) {
	p := smallPlot
	nan := float32(math.NaN())
	if got, want := p.line([]float32{2, nan, 1, 0}), "M20 10L40 35L50 60"; got != want {
		t.Errorf("got %s, expected %s", got, want)
	}
	if got := p.line(nil); got != "" {
		t.Errorf("of nothing: %s", got)
	}
}

func TestPlotDots(t *testing.T) {
	p := smallPlot
	if got, want := p.dots([]float32{2, 3, 1}), "M20.5 10h0M40.5 35h0"; got != want {
		t.Errorf("got %s, expected %s: 3 is off the axis", got, want)
	}
	p.XMax = 1000
	if got, want := p.dots([]float32{1, 0, 2, 1, 0.5}), "M10.5 60h0M10.5 10h0"; got != want {
		t.Errorf("in one column: got %s, expected %s", got, want)
	}
}

// However long a run, a curve has about as many points as the picture has
// pixels across.
func TestPlotThins(t *testing.T) {
	values := make([]float32, 50000)
	for i := range values {
		values[i] = float32(i%7) / 7
	}
	p := smallPlot
	p.XMax = float64(len(values))
	if n := strings.Count(p.line(values), "L"); n > 102 {
		t.Errorf("the line has %d points in 100 pixels", n)
	}
	if n := strings.Count(p.dots(values), "M"); n > 204 {
		t.Errorf("there are %d dots in 100 pixels", n)
	}
	if last := p.line(values); !strings.HasSuffix(last, "L110 "+tenths(p.y(float64(values[49999])))) {
		t.Error("the line doesn't end at the last step")
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		limit float64
		n     int
		want  string
	}{
		{1, 5, "[0 0.2 0.4 0.6 0.8 1]"},
		{2.5, 5, "[0 0.5 1 1.5 2 2.5]"},
		{3, 5, "[0 1 2 3]"},
		{469, 5, "[0 100 200 300 400]"},
		{469, 3, "[0 200 400]"},
		{60, 5, "[0 20 40 60]"},
		{0, 5, "[0]"},
	} {
		var rounded []float64
		for _, v := range ticks(c.limit, c.n) {
			rounded = append(rounded, math.Round(v*1e9)/1e9)
		}
		if got := fmt.Sprint(rounded); got != c.want {
			t.Errorf("ticks(%v, %d) are %s, expected %s", c.limit, c.n, got, c.want)
		}
	}
}

// An axis of steps has none twice, however short the run.
func TestWholeTicks(t *testing.T) {
	for limit := 1; limit <= 2000; limit++ {
		for n := 1; n <= 12; n++ {
			list := wholeTicks(float64(limit), n)
			for i, v := range list {
				if v != math.Trunc(v) || i > 0 && v <= list[i-1] || v > float64(limit) {
					t.Fatalf("%d on an axis up to %d are %v", n, limit, list)
				}
			}
			if limit >= 10 && n >= 3 && len(list) < 2 {
				t.Fatalf("%d on an axis up to %d are only %v", n, limit, list)
			}
		}
	}
	var steps []string
	for _, e := range (plot{W: 644, H: 100, XMax: 2, YMax: 1}).axes(english, "step") {
		if s := app.HTMLString(e); strings.Contains(s, "tick middle") {
			_, s, _ = strings.Cut(s, ">")
			s, _, _ = strings.Cut(s, "<")
			steps = append(steps, strings.TrimSpace(s))
		}
	}
	if got := fmt.Sprint(steps); got != "[0 1 2]" {
		t.Errorf("of two steps the axis has %s", got)
	}
}

func TestApart(t *testing.T) {
	for _, tt := range []struct{ a, b, wantA, wantB float64 }{
		{20, 60, 20, 60},   // far enough
		{40, 44, 35, 49},   // too close
		{44, 40, 49, 35},   // in the other order
		{30, 30, 23, 37},   // equal
		{11, 13, 10, 24},   // at the top
		{99, 98, 100, 86},  // at the bottom
		{0, 200, 10, 100},  // outside
		{200, 0, 100, 10},  // outside, in the other order
		{-50, -50, 10, 24}, // both outside
	} {
		if a, b := apart(tt.a, tt.b, 14, 10, 100); a != tt.wantA || b != tt.wantB {
			t.Errorf("apart(%v, %v) is %v, %v, expected %v, %v", tt.a, tt.b, a, b, tt.wantA, tt.wantB)
		}
	}
}
