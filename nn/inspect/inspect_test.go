package inspect

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"convlens/nn"
	"convlens/nn/glyph"
	"convlens/nn/mnist"
)

// samples makes an mnist.Set nn.Samples.
type samples struct{ *mnist.Set }

func (s samples) Len() int           { return s.N }
func (s samples) Classes() int       { return s.Set.Classes }
func (s samples) Shape() nn.Shape    { return nn.Shape{C: s.C, H: s.H, W: s.W} }
func (s samples) Image(i int) []byte { n := s.Size(); return s.Pixels[i*n : (i+1)*n] }
func (s samples) Label(i int) int    { return int(s.Labels[i]) }

// image is sample i as the network sees it, (C,H,W).
func (s samples) image(i int) []float32 {
	x := make([]float32, s.Size())
	nn.Normalize(x, s.Image(i))
	return x
}

// digits returns generated digits.
func digits(n int) samples { return samples{&glyph.Digits(5, n, 1).Train} }

// trained returns the tutorial's network and its trainer after so many steps of
// 16 images.
func trained(t *testing.T, steps int) (*nn.Trainer, samples) {
	t.Helper()
	data := digits(64)
	m := network(t, data.Shape(), nn.Tutorial(10)...)
	tr := nn.NewTrainer(m, nn.NewAdadelta(), data, nn.Options{Seed: 2, Batch: 16}, nn.Solo{})
	for range steps {
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
	return tr, data
}

// network builds a network for batches of 16.
func network(t *testing.T, in nn.Shape, layers ...nn.Layer) *nn.Sequential {
	t.Helper()
	m, err := nn.NewSequential(in, 16, 3, layers...)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// fill sets x to numbers between -limit and limit.
func fill(x []float32, seed uint64, limit float32) {
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range x {
		x[i] = (2*r.Float32() - 1) * limit
	}
}

// biased sets all biases to numbers between -limit and limit; 0 clears them.
func biased(m *nn.Sequential, limit float32) {
	for i, p := range m.Params() {
		if p.Name == "bias" {
			fill(p.Value, uint64(i), limit)
		}
	}
}

// near fails if got is further from want than tol relative to 1+|want|.
func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol*(1+math.Abs(want))) {
		t.Errorf("%s is %v, expected %v", what, got, want)
	}
}

// panics wants f to panic with a message of this package.
func panics(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if r := recover(); r == nil || !strings.HasPrefix(fmt.Sprint(r), "inspect: ") {
			t.Errorf("%s: panic %v, expected one beginning with inspect:", what, r)
		}
	}()
	f()
}
