package inspect

import (
	"math"
	"slices"
	"testing"

	"convlens/nn"
)

var inf, nan = float32(math.Inf(1)), float32(math.NaN())

func TestActivity(t *testing.T) {
	s := nn.Shape{C: 4, H: 1, W: 2}
	a := NewActivity(s)
	add := func(images ...[]float32) {
		x := nn.NewTensor(len(images), s)
		for i, v := range images {
			nn.ImportImage(x.Sample(i), v, s)
		}
		a.Add(x)
	}
	//            unit 0  1     2     3
	add([]float32{0, 1, 2, 3, 0, 0, 0, 0}, []float32{0, 0, 1, 1, 0, 4, 0, 0})
	add([]float32{5, 0, 1, 9, 0, 0, 0, 0})
	if a.Images != 3 || !slices.Equal(a.Active, []int{2, 3, 1, 0}) || !slices.Equal(a.Full, []int{0, 3, 0, 0}) || !slices.Equal(a.Last, []int{3, 3, 2, 0}) {
		t.Errorf("%+v", a)
	}
	for n, want := range map[int][]int{0: nil, 1: {2, 3}, 2: {3}, 3: {3}, 4: nil} {
		if got := a.Dead(n); !slices.Equal(got, want) {
			t.Errorf("over %d images %v are dead, expected %v", n, got, want)
		}
	}
	if got := a.Saturated(); !slices.Equal(got, []int{1}) {
		t.Errorf("saturated: %v", got)
	}
	panics(t, "another shape", func() { a.Add(nn.NewTensor(1, nn.Shape{C: 3, H: 1, W: 2})) })
}

// TestActivityNetwork kills two filters by their biases.
func TestActivityNetwork(t *testing.T) {
	tr, data := trained(t, 2)
	m := tr.Model()
	m.Params()[3].Value[7], m.Params()[3].Value[9] = -1e6, 1e6
	p := nn.NewProbe(m, 4)
	x := nn.NewTensor(4, m.InShape())
	for i := range x.N {
		nn.ImportImage(x.Sample(i), data.image(i), x.Shape)
	}
	a := NewActivity(m.Layers[3].OutShape())
	p.Forward(x, 3, func(i int, y nn.Tensor) {
		if i == 3 {
			a.Add(y)
		}
	})
	if !slices.Contains(a.Dead(4), 7) || !slices.Contains(a.Saturated(), 9) || len(a.Dead(4)) > 16 {
		t.Errorf("dead: %v, saturated: %v", a.Dead(4), a.Saturated())
	}
}

// TestCheck puts numbers that are not finite into every parameter and gradient.
func TestCheck(t *testing.T) {
	tr, _ := trained(t, 2)
	m := tr.Model()
	if f := CheckStep(m, 2, 0.5); f != nil || Check(m, 2) != nil {
		t.Fatalf("a healthy network: %v", f)
	}
	for _, p := range m.Params() {
		for what, x := range map[string][]float32{p.Name: p.Value, "gradient of " + p.Name: p.Grad} {
			for _, bad := range []float32{inf, -inf, nan} {
				i := p.Len() - 1
				at := p.Stored(i)
				old := x[at]
				x[at] = bad
				f, quick := Check(m, 9), CheckStep(m, 9, 1)
				x[at] = old
				if f == nil || f.Layer != p.Layer || f.What != what || f.Index != i || f.Step != 9 || finite(float64(f.Value)) {
					t.Errorf("%v in the %s of %s is found as %+v", bad, what, p.Layer, f)
				}
				if small := p.Len() < largeKernel; (quick != nil) != small || small && quick.Error() != f.Error() {
					t.Errorf("%v in the %s of %s is found at once as %+v", bad, what, p.Layer, quick)
				}
			}
			big := x[0]
			x[0] = math.MaxFloat32
			if f := Check(m, 9); f != nil {
				t.Errorf("the largest number is taken for a fault: %v", f)
			}
			x[0] = big
		}
	}
	if f := CheckStep(m, 3, math.NaN()); f == nil || f.Error() != "step 3: the loss is NaN" {
		t.Errorf("a bad loss: %v", f)
	}
}

// TestCheckRun puts NaN into each kernel of a network in training and wants it to
// be found after the next step, in the large one by the loss.
func TestCheckRun(t *testing.T) {
	for _, layer := range []string{"conv2d_1", "conv2d_2", "dense_1", "dense_2"} {
		tr, _ := trained(t, 1)
		m := tr.Model()
		for _, p := range m.Params() {
			if p.Layer == layer && p.Name == "kernel" {
				p.Value[p.Stored(100)] = nan
			}
		}
		s, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		if f := CheckStep(m, 2, s.Loss); f == nil || f.Step != 2 || f.Layer == "" || f.Layer > layer {
			t.Errorf("after NaN in %s, with a loss of %v: %v", layer, s.Loss, f)
		}
	}
}

func TestNorm(t *testing.T) {
	x := make([]float32, 1003)
	fill(x, 1, 2)
	for _, n := range []int{0, 1, 3, 4, 5, 1003} {
		var squares float64
		for _, v := range x[:n] {
			squares += float64(v) * float64(v)
		}
		near(t, "the norm", Norm(x[:n]), math.Sqrt(squares), 1e-12)
	}
}

// BenchmarkCheck reads the whole network of the tutorial, BenchmarkCheckStep what
// is read after every step.
func BenchmarkCheck(b *testing.B) {
	benchmark(b, func(m *nn.Sequential) { Check(m, 1) })
}

func BenchmarkCheckStep(b *testing.B) {
	benchmark(b, func(m *nn.Sequential) { CheckStep(m, 1, 0.5) })
}

func benchmark(b *testing.B, f func(m *nn.Sequential)) {
	m, err := nn.NewSequential(nn.Shape{C: 1, H: 28, W: 28}, 1, 1, nn.Tutorial(10)...)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f(m)
	}
}
