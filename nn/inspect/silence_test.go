package inspect

import (
	"slices"
	"testing"

	"convlens/nn"
)

// TestSilenced compares a network with silent units with one whose weights
// from there on are zero: without its inputs' weights a unit counts for nothing.
func TestSilenced(t *testing.T) {
	in := nn.Shape{C: 1, H: 10, W: 9}
	layers := func() []nn.Layer {
		return []nn.Layer{&nn.Conv2D{Filters: 8}, &nn.ReLU{}, &nn.Conv2D{Filters: 4}, &nn.ReLU{}, &nn.MaxPool2D{},
			&nn.Flatten{}, &nn.Dense{Units: 12}, &nn.ReLU{}, &nn.Dense{Units: 3}, &nn.Softmax{}}
	}
	m, other := network(t, in, layers()...), network(t, in, layers()...)
	biased(m, 0.3)
	biased(other, 0.3)
	image := make([]float32, in.Len())
	fill(image, 2, 1)
	for i, p := range other.Params() {
		w := make([]float32, p.Len())
		p.Export(w, p.Value)
		for j := range w {
			switch {
			case i == 2 && (j/9%8 == 2 || j/9%8 == 5), // channels 2 and 5 of the second kernel (4,8,3,3)
				i == 6 && j/3 == 7: // row 7 of the last one (12,3)
				w[j] = 0
			}
		}
		p.Import(p.Value, w)
	}
	var want []float32
	other.Activations(image, func(_ nn.Layer, y []float32) { want = append(want[:0], y...) })
	p := nn.NewProbe(m, 1)
	got := Silenced(p, image, Silent{1, []int{2, 5}}, Silent{7, []int{7}})
	for i := range want {
		near(t, "a probability", float64(got[i]), float64(want[i]), 1e-6)
	}
	whole := Silenced(p, image)
	m.Activations(image, func(_ nn.Layer, y []float32) { want = append(want[:0], y...) })
	if !slices.Equal(whole, want) || slices.Equal(whole, got) {
		t.Errorf("with nothing silent %v, expected %v; with some %v", whole, want, got)
	}
	panics(t, "a unit too many", func() { Silenced(p, image, Silent{1, []int{8}}) })
}

// TestAblation counts image by image.
func TestAblation(t *testing.T) {
	tr, data := trained(t, 15)
	m := tr.Model()
	silent := Silent{Layer: 8}
	for u := range 100 {
		silent.Units = append(silent.Units, u)
	}
	a := NewAblation(nn.NewProbe(m, 15), data, silent)
	steps := 1
	for a.Step() {
		steps++
	}
	if steps != 5 || a.Done() != 64 || a.Step() {
		t.Errorf("%d samples in %d steps", a.Done(), steps)
	}
	p := nn.NewProbe(m, 1)
	var seen, whole, left [10]int
	sumWhole, sumLeft := 0, 0
	for i := range data.Len() {
		label := data.Label(i)
		seen[label]++
		if nn.Argmax(Silenced(p, data.image(i))) == label {
			whole[label]++
			sumWhole++
		}
		if nn.Argmax(Silenced(p, data.image(i), silent)) == label {
			left[label]++
			sumLeft++
		}
	}
	if !slices.Equal(a.Seen, seen[:]) || !slices.Equal(a.Whole, whole[:]) || !slices.Equal(a.Left, left[:]) {
		t.Errorf("seen %v, whole %v, left %v; one by one %v, %v, %v", a.Seen, a.Whole, a.Left, seen, whole, left)
	}
	if w, l := a.Accuracies(); w != float64(sumWhole)/64 || l != float64(sumLeft)/64 || !(l < w) {
		t.Errorf("accuracies %v and %v", w, l)
	}
}
