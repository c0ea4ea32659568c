package nn

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// probed returns a small network, trained for a step, and a batch for it.
func probed(t *testing.T) (*Trainer, Tensor) {
	t.Helper()
	tr := single(t, smallData, Options{Seed: 3, Batch: 30}, adadelta, small)
	steps(t, tr, 1)
	x := NewTensor(5, smallData.Shape())
	for i := range x.N {
		loadImage(x.Sample(i), smallData.Image(i), x.Shape)
	}
	return tr, x
}

// TestProbeForward wants a probe to see the bits that Activations sees, for
// every image of a batch, and the network to stay as it was.
func TestProbeForward(t *testing.T) {
	tr, x := probed(t)
	m := tr.Model()
	before := m.Fingerprint()
	p := NewProbe(m, x.N)
	last := len(m.Layers) - 1
	seen := make([][]float32, last+1)
	p.Forward(x, last, func(i int, y Tensor) { seen[i] = slices.Clone(y.Data) })
	image := make([]float32, x.Len())
	for n := range x.N {
		ExportImage(image, x.Sample(n), x.Shape)
		i := 0
		m.Activations(image, func(l Layer, y []float32) {
			if got := seen[i][n*len(y) : (n+1)*len(y)]; !slices.Equal(got, y) {
				t.Errorf("image %d: the output of %s is not what Activations shows", n, l.Name())
			}
			i++
		})
	}
	steps(t, tr, 1)
	if m.Fingerprint() == before || p.Model().Fingerprint() != before {
		t.Error("the probe's weights are not those of the moment it was made")
	}
	if p.Load(m); p.Model().Fingerprint() != m.Fingerprint() {
		t.Error("Load leaves other weights")
	}
}

// TestProbeBackward compares the gradients on the way with those of training: a
// convolution's bias gets the sum of the gradient at its output. The gradient
// at the input is compared with the network itself: without biases a network of
// sums, ReLUs and maxima is homogeneous, f(ax) = a f(x) for a > 0, and by Euler
// f(x) is x times its gradient.
func TestProbeBackward(t *testing.T) {
	tr, x := probed(t)
	m := tr.Model()
	for _, l := range m.Layers {
		if d, ok := l.(*Dropout); ok {
			d.threshold = 0 // a probe has none
		}
	}
	logits := len(m.Layers) - 2
	dy := NewTensor(x.N, m.OutShape())
	fill(dy.Data, 4, 1)
	pass := &Pass{Train: true, Samples: []int{0, 1, 2, 3, 4}, Part: whole(x.N), Exchange: Solo{}}
	m.Forward(x, pass)
	if err := m.BackwardLogits(Tensor{dy.N, dy.Shape, slices.Clone(dy.Data)}, pass); err != nil {
		t.Fatal(err)
	}
	if err := m.Gradients(pass); err != nil {
		t.Fatal(err)
	}
	p := NewProbe(m, x.N)
	p.Forward(x, logits, nil)
	p.Backward(dy, logits, func(i int, dy Tensor) {
		l, ok := m.Layers[i].(*Conv2D)
		if !ok {
			return
		}
		for k, want := range l.Params()[1].Grad {
			var sum, size float64
			for j := k; j < len(dy.Data); j += l.Filters {
				sum += float64(dy.Data[j])
				size += math.Abs(float64(dy.Data[j]))
			}
			if math.Abs(sum-float64(want)) > 1e-6*size {
				t.Errorf("filter %d of %s: gradients add up to %v, its bias has %v", k, l.Name(), sum, want)
			}
		}
	})

	for _, q := range p.Model().Params() {
		if q.Name == "bias" {
			clear(q.Value)
		}
	}
	for _, last := range []int{0, 2, 4, 7, logits} {
		y := p.Forward(x, last, nil)
		r := NewTensor(x.N, y.Shape)
		fill(r.Data, 6, 1)
		want := make([]float64, x.N)
		for n := range want {
			want[n] = dot(r.Sample(n), y.Sample(n))
		}
		dx := p.Backward(r, last, nil)
		for n, want := range want {
			if got := dot(dx.Sample(n), x.Sample(n)); math.Abs(got-want) > 1e-5*(1+math.Abs(want)) {
				t.Errorf("from layer %d, image %d: x times its gradient is %v, expected %v", last, n, got, want)
			}
		}
	}
}

func dot(x, y []float32) (sum float64) {
	for i := range x {
		sum += float64(x[i]) * float64(y[i])
	}
	return sum
}

func TestProbeMisuse(t *testing.T) {
	tr, x := probed(t)
	p := NewProbe(tr.Model(), 1)
	other, err := NewSequential(x.Shape, 1, 1, Tutorial(10)...)
	if err != nil {
		t.Fatal(err)
	}
	for what, f := range map[string]func(){
		"no capacity":            func() { NewProbe(tr.Model(), 0) },
		"another network":        func() { p.Load(other) },
		"a batch over capacity":  func() { p.Forward(x, 0, nil) },
		"another shape":          func() { p.Forward(NewTensor(1, Shape{C: 1, H: 4, W: 5}), 0, nil) },
		"another gradient shape": func() { p.Backward(NewTensor(1, x.Shape), 4, nil) },
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
