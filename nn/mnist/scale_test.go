package mnist

import (
	"slices"
	"testing"
)

func TestScale(t *testing.T) {
	pix := make([]byte, 256)
	for i := range pix {
		pix[i] = byte(i)
	}
	got := make([]float32, 256)
	Scale(got, pix)
	for i, v := range got {
		if want := float32(i) / 255; v != want {
			t.Errorf("%d: got %v, want %v", i, v, want)
		}
	}
}

func TestOneHot(t *testing.T) {
	dst := []float32{7, 7, 7, 7}
	OneHot(dst, 2)
	if want := []float32{0, 0, 1, 0}; !slices.Equal(dst, want) {
		t.Errorf("got %v, want %v", dst, want)
	}
}
