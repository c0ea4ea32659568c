package nn

import (
	"math"
	"testing"
)

// TestOneCycle goes along a cycle that begins in the midst of a network's life:
// its corners, what lies before and after it, and straight lines between.
func TestOneCycle(t *testing.T) {
	c := OneCycle{From: 500, Steps: 1000}
	for _, tt := range []struct {
		step int
		want float64
	}{
		{0, 0.04}, {499, 0.04}, // before its time
		{500, 0.04},
		{525, 0.28}, {550, 0.52}, // a quarter and a half of the way up
		{600, 1},
		{825, 0.75002500}, {1050, 0.50005}, // the same of the way down
		{1499, 0.0012110}, // the last step
		{1500, 1e-4}, {9999, 1e-4},
	} {
		if got := c.Rate(tt.step); math.Abs(got-tt.want) > 1e-7 {
			t.Errorf("the rate of step %d is %v, expected %v", tt.step, got, tt.want)
		}
	}
	for step := range 999 {
		a, b, c := c.Rate(500+step), c.Rate(501+step), c.Rate(502+step)
		if up := step < 100; (b > a) != up {
			t.Fatalf("from step %d to the next the rate goes from %v to %v", step, a, b)
		}
		if bend := math.Abs(a - 2*b + c); (bend > 1e-12) != (step == 99) {
			t.Fatalf("the rates from step %d on are no straight line: %v %v %v", step, a, b, c)
		}
	}
}

// TestNoCycle keeps the rate.
func TestNoCycle(t *testing.T) {
	for _, step := range []int{0, 1, 1 << 40} {
		if got := (OneCycle{}).Rate(step); got != 1 {
			t.Errorf("the rate of step %d is %v, expected 1", step, got)
		}
	}
}
