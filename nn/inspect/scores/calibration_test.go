package scores

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestCalibration has nine answers with probabilities on and beside the bins'
// ends: a bin has its upper end, not its lower one.
func TestCalibration(t *testing.T) {
	confidences := []float32{0, 0.1, math.Nextafter32(0.1, 1), 0.2, 0.55, 0.6, 0.95, 1, 1}
	labels := []byte{1, 1, 1, 1, 1, 1, 1, 1, 1}
	answers := []byte{0, 1, 0, 0, 1, 0, 1, 1, 0}
	c := Calibrate(labels, answers, confidences)
	want := map[int]Ratio{0: {1, 2}, 1: {0, 2}, 5: {1, 2}, 9: {2, 3}}
	for i, b := range c {
		if b.Right != want[i] {
			t.Errorf("bin %d has %v, expected %v", i, b.Right, want[i])
		}
		if empty := math.IsNaN(b.Confidence()) && math.IsNaN(b.Gap()); empty != (b.Right.Of == 0) {
			t.Errorf("bin %d of %d images: confidence %v, gap %v", i, b.Right.Of, b.Confidence(), b.Gap())
		}
	}
	if got := c[5].Confidence(); math.Abs(got-0.575) > 1e-6 {
		t.Errorf("the confidence of bin 5 is %v, expected 0.575", got)
	}
	// |1 - 0.1| + |0 - 0.3| + |1 - 1.15| + |2 - 2.95|, by bins.
	if got, want := c.Error(), (0.9+0.3+0.15+0.95)/9; math.Abs(got-want) > 1e-6 {
		t.Errorf("the error is %v, expected %v", got, want)
	}
}

// Answers that are right as often as they say have an error near 0, answers that
// are too sure by d one of d.
func TestCalibrationError(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const n = 50_000
	for _, d := range []float64{0, 0.1, 0.25} {
		labels, answers, confidences := make([]byte, n), make([]byte, n), make([]float32, n)
		for i := range labels {
			p := 0.3 + 0.7*r.Float64()
			if confidences[i] = float32(p); r.Float64() > p-d {
				answers[i] = 1
			}
		}
		c := Calibrate(labels, answers, confidences)
		if got := c.Error(); math.Abs(got-d) > 0.01 {
			t.Errorf("too sure by %v, the error is %v", d, got)
		}
		total := 0
		for _, b := range c {
			total += b.Right.Of
		}
		if total != n {
			t.Errorf("the bins have %d of %d images", total, n)
		}
	}
}

func TestWorstFirst(t *testing.T) {
	nan := float32(math.NaN())
	if got := WorstFirst([]float32{0.5, 2, nan, 0, 2, float32(math.Inf(1)), nan}); !slices.Equal(got, []int{2, 6, 5, 1, 4, 0, 3}) {
		t.Errorf("the order is %v", got)
	}
	if got := MeanLoss([]float32{0.5, 2, 0.5}); got != 1 {
		t.Errorf("the mean loss is %v", got)
	}
}
