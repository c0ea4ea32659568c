package nn

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestReader wants a reader to answer with the bits that Activations has, and
// the losses of an evaluation, for batches that end anywhere, of the network as
// it was.
func TestReader(t *testing.T) {
	tr := single(t, smallData, Options{Seed: 3, Batch: 30}, adadelta, small)
	steps(t, tr, 2)
	m := tr.Model()
	r := NewReader(m, 7)
	want := func() (probs [][]float32) {
		image := make([]float32, m.in.Len())
		for i := range smallData.Len() {
			Normalize(image, smallData.Image(i))
			m.Activations(image, func(l Layer, y []float32) {
				if l == m.Layers[len(m.Layers)-1] {
					probs = append(probs, slices.Clone(y))
				}
			})
		}
		return probs
	}
	compare := func(want [][]float32) (loss float64) {
		t.Helper()
		for first := 0; first < len(want); first += 7 {
			n := min(7, len(want)-first)
			probs, losses := r.Read(smallData, first, n)
			if probs.N != n || len(losses) != n {
				t.Fatalf("%d images have %d answers and %d losses", n, probs.N, len(losses))
			}
			for i := range n {
				if !slices.Equal(probs.Sample(i), want[first+i]) {
					t.Fatalf("image %d: %v, expected %v", first+i, probs.Sample(i), want[first+i])
				}
				loss += float64(losses[i]) / float64(len(want))
			}
		}
		return loss
	}
	before := want()
	loss := compare(before)
	e := NewEvaluation(tr, smallData)
	for more := true; more; {
		var err error
		if more, err = e.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if math.Abs(loss-e.Loss()) > 1e-12*loss {
		t.Errorf("the mean loss is %v, an evaluation's %v", loss, e.Loss())
	}
	steps(t, tr, 1)
	compare(before)
	r.Load(m)
	compare(want())
}

func TestReaderMisuse(t *testing.T) {
	tr, x := probed(t)
	r := NewReader(tr.Model(), 1)
	other, err := NewSequential(x.Shape, 1, 1, Tutorial(10)...)
	if err != nil {
		t.Fatal(err)
	}
	for what, f := range map[string]func(){
		"no capacity":           func() { NewReader(tr.Model(), 0) },
		"another network":       func() { r.Load(other) },
		"a batch over capacity": func() { r.Read(smallData, 0, 2) },
	} {
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.HasPrefix(fmt.Sprint(r), "nn: ") {
					t.Errorf("%s: panic %v, expected one beginning with nn:", what, r)
				}
			}()
			f()
		}()
	}
}
