package inspect

import (
	"math"
	"slices"
	"testing"
)

func TestByNorm(t *testing.T) {
	w := []float32{3, 4, 0, 0, -6, 8, 4, -3}
	if got, want := Norms(w, 4), []float32{5, 0, 10, 5}; !slices.Equal(got, want) {
		t.Errorf("norms %v, expected %v", got, want)
	}
	if got, want := ByNorm(w, 4), []int{2, 0, 3, 1}; !slices.Equal(got, want) {
		t.Errorf("order %v, expected %v", got, want)
	}
	panics(t, "filters that don't fit", func() { ByNorm(w, 3) })
}

// TestBySimilarity orders directions on a fan, whose neighbours are known, of
// any length.
func TestBySimilarity(t *testing.T) {
	fan := []int{4, 0, 6, 2, 5, 1, 3} // filter i points to 20° times its place here
	w := make([]float32, 0, 2*len(fan)+2)
	for i := range fan {
		at := float64(slices.Index(fan, i)) * math.Pi / 9
		length := 1 + float64(i%3)
		if i == 4 {
			length = 5 // the longest is the first
		}
		w = append(w, float32(length*math.Cos(at)), float32(length*math.Sin(at)))
	}
	w = append(w, 0, 0)
	if got, want := BySimilarity(w, 8), append(slices.Clone(fan), 7); !slices.Equal(got, want) {
		t.Errorf("order %v, expected %v", got, want)
	}
	twins := []float32{1, 2, 5, 5, 1, 2, 1, 2}
	if got, want := BySimilarity(twins, 4), []int{1, 0, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("order %v of equals, expected %v", got, want)
	}
	if got := BySimilarity(nil, 1); !slices.Equal(got, []int{0}) {
		t.Errorf("order %v of one", got)
	}
}
