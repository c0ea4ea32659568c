package glyph

import (
	"math"
	"testing"

	"convlens/nn/mnist"
)

// sample is what the statistics are taken of.
var sample = Digits(1, 3000, 1000)

// TestLikeMNIST compares generated digits with figures of the 60,000 training
// images of MNIST, computed in the same way.
func TestLikeMNIST(t *testing.T) {
	s := &sample.Train
	var sum, square, ink, solid float64
	for _, p := range s.Pixels {
		v := float64(p)
		sum += v
		square += v * v
		if p > 0 {
			ink++
		}
		if p >= 250 {
			solid++
		}
	}
	n := float64(len(s.Pixels))
	mean := sum / n
	for _, tt := range []struct {
		what            string
		got, want, near float64
	}{
		{"mean of the pixels", mean, 33.3, 1.5},
		{"their standard deviation", math.Sqrt(square/n - mean*mean), 78.6, 2},
		{"part of pixels with ink", ink / n, 0.191, 0.01},
		{"part of those with 250 or more", solid / ink, 0.385, 0.03},
	} {
		if math.Abs(tt.got-tt.want) > tt.near {
			t.Errorf("%s: got %.4g, MNIST has %.4g", tt.what, tt.got, tt.want)
		}
	}
}

// TestClassesLikeMNIST compares the mean pixel and the median ratio of width
// to height of each class with those of MNIST.
func TestClassesLikeMNIST(t *testing.T) {
	mean := [10]float64{44.2, 19.4, 38.0, 36.1, 30.9, 32.8, 35.0, 29.2, 38.3, 31.3}
	ratio := [10]float64{0.95, 0.40, 1.00, 0.80, 0.80, 1.00, 0.75, 0.80, 0.80, 0.70}
	var sum, ratios [10]float64
	s := &sample.Train
	for i := range s.N {
		b := bounds(s.Image(i))
		ratios[s.Label(i)] += float64(b.x1-b.x0) / float64(b.y1-b.y0)
		for _, p := range s.Image(i) {
			sum[s.Label(i)] += float64(p)
		}
	}
	for c, n := range s.PerClass() {
		if got := sum[c] / float64(n*side*side); math.Abs(got-mean[c]) > 0.1*mean[c] {
			t.Errorf("%d: mean pixel %.1f, MNIST has %.1f", c, got, mean[c])
		}
		if got := ratios[c] / float64(n); math.Abs(got-ratio[c]) > 0.12 {
			t.Errorf("%d: ratio of width to height %.2f, MNIST has %.2f", c, got, ratio[c])
		}
	}
}

// rect is the part of an image that has ink, x1 and y1 excluded.
type rect struct{ x0, y0, x1, y1 int }

func bounds(pix []byte) rect {
	b := rect{side, side, 0, 0}
	for i, p := range pix {
		if x, y := i%side, i/side; p > 0 {
			b = rect{min(b.x0, x), min(b.y0, y), max(b.x1, x+1), max(b.y1, y+1)}
		}
	}
	return b
}

// TestCentred checks size and place of every digit: it fills 20x20 one way or
// the other, and its centre of mass is within half a pixel of (14,14).
func TestCentred(t *testing.T) {
	for _, s := range []mnist.Set{sample.Train, sample.Test} {
		for i := range s.N {
			pix := s.Image(i)
			b := bounds(pix)
			w, h := b.x1-b.x0, b.y1-b.y0
			if w > box || h > box || max(w, h) < box-1 {
				t.Errorf("image %d, a %d, is %d wide and %d high", i, s.Label(i), w, h)
			}
			var sum, x, y float64
			for j, p := range pix {
				sum += float64(p)
				x += float64(p) * float64(j%side)
				y += float64(p) * float64(j/side)
			}
			if !centred(x/sum) || !centred(y/sum) {
				t.Errorf("image %d, a %d, has its centre of mass at (%.2f,%.2f)", i, s.Label(i), x/sum, y/sum)
			}
		}
	}
}

func centred(at float64) bool { return math.Abs(at-side/2) <= 0.5+1e-9 }

// TestSeparable checks that one can tell 500 digits apart by looking for the
// most similar one among 2,000 others: for 457 of them it is of the same
// class.
func TestSeparable(t *testing.T) {
	train, test := sample.Train.Head(2000), sample.Test.Head(500)
	vectors := unitVectors(&train)
	right := 0
	for i, x := range unitVectors(&test) {
		best, at := float32(-1), 0
		for j, y := range vectors {
			var dot float32
			for k, v := range x {
				dot += v * y[k]
			}
			if dot > best {
				best, at = dot, j
			}
		}
		if train.Label(at) == test.Label(i) {
			right++
		}
	}
	if right < 450 {
		t.Errorf("nearest neighbour is of the same class for %d of 500, want at least 450", right)
	}
}

// unitVectors returns the images as vectors of length 1.
func unitVectors(s *mnist.Set) [][]float32 {
	out := make([][]float32, s.N)
	for i := range out {
		var square float64
		for _, p := range s.Image(i) {
			square += float64(p) * float64(p)
		}
		f := float32(1 / math.Sqrt(square))
		out[i] = make([]float32, side*side)
		for j, p := range s.Image(i) {
			out[i][j] = f * float32(p)
		}
	}
	return out
}
