package mnist_test

import (
	"fmt"
	"testing"

	"convlens/nn/glyph"
	"convlens/nn/mnist"
)

// TestLevels compares the counts of generated digits, and of images in colours,
// with those of a plain loop.
func TestLevels(t *testing.T) {
	digits := glyph.Digits(1, 50, 10)
	colours := mnist.Set{N: 3, C: 3, H: 2, W: 5, Pixels: make([]byte, 90)}
	for i := range colours.Pixels {
		colours.Pixels[i] = byte(i * i)
	}
	for _, s := range []*mnist.Set{&digits.Train, &digits.Test, &colours, {C: 1, H: 2, W: 2}} {
		want := make([]int, 256*s.C)
		for i, p := range s.Pixels {
			want[i/(s.H*s.W)%s.C*256+int(p)]++
		}
		if got := s.Levels(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%d images of (%d,%d,%d) have the levels %v, expected %v", s.N, s.C, s.H, s.W, got, want)
		}
	}
}

// TestMeanImages averages generated digits pixel by pixel, of some classes in any
// order; a class that has no image is all paper.
func TestMeanImages(t *testing.T) {
	s := glyph.Digits(1, 95, 10).Train
	s.Classes = 12 // the last two of which have no image
	classes := []int{7, 11, 0}
	got := make([]float32, len(classes)*s.Size())
	s.MeanImages(got, classes)
	for k, class := range classes {
		for j := range s.Size() {
			sum, n := 0, 0
			for i := range s.N {
				if s.Label(i) == class {
					sum, n = sum+int(s.Image(i)[j]), n+1
				}
			}
			if (n == 0) != (class == 11) {
				t.Fatalf("class %d has %d images", class, n)
			}
			if want := float32(float64(sum) / float64(max(n, 1))); got[k*s.Size()+j] != want {
				t.Fatalf("class %d, value %d: the mean is %v, expected %v", class, j, got[k*s.Size()+j], want)
			}
		}
	}
}

func TestMeanImagesMisuse(t *testing.T) {
	s := mnist.Set{N: 1, C: 1, H: 1, W: 2, Pixels: []byte{1, 2}, Labels: []byte{3}, Classes: 4}
	for want, f := range map[string]func(){
		"mnist: MeanImages of 1 classes to 3 values, expected 2": func() { s.MeanImages(make([]float32, 3), []int{0}) },
		"mnist: MeanImages of class 4 of 4":                      func() { s.MeanImages(make([]float32, 2), []int{4}) },
		"mnist: MeanImages of class -1 of 4":                     func() { s.MeanImages(make([]float32, 2), []int{-1}) },
	} {
		func() {
			defer func() {
				if r := recover(); r != want {
					t.Errorf("panic %v, expected %q", r, want)
				}
			}()
			f()
		}()
	}
}
