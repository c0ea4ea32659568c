package inspect

import (
	"math"
	"slices"
	"testing"

	"convlens/nn"
)

// TestInputGradient compares single pixels' gradients of every class's logit
// with difference quotients, and Euler's identity: without biases gradient x
// input adds up to the logit.
func TestInputGradient(t *testing.T) {
	in := nn.Shape{C: 2, H: 11, W: 12}
	m := network(t, in, &nn.Conv2D{Filters: 8}, &nn.ReLU{}, &nn.Conv2D{Filters: 4}, &nn.ReLU{}, &nn.MaxPool2D{},
		&nn.Flatten{}, &nn.Dense{Units: 12}, &nn.ReLU{}, &nn.Dense{Units: 3}, &nn.Softmax{})
	image := make([]float32, in.Len())
	fill(image, 3, 1)
	p := nn.NewProbe(m, 1)
	logit := func(image []float32, class int) float64 {
		x := nn.NewTensor(1, in)
		nn.ImportImage(x.Data, image, in)
		return float64(p.Forward(x, Logits(m), nil).Data[class])
	}
	for class := range 3 {
		g := InputGradient(p, image, Logits(m), class)
		sum := 0.0
		for _, v := range TimesInput(g, image) {
			sum += float64(v)
		}
		near(t, "gradient x input", sum, logit(image, class), 1e-5)
	}
	biased(m, 0.2)
	p.Load(m)
	// A step of 2^-9 crosses few kinks; where it does, the quotient is somewhere
	// between two gradients. Rounding is 1e-6 over the step.
	const h = 0x1p-9
	for class := range 3 {
		g := InputGradient(p, image, Logits(m), class)
		off := 0
		for i := range image {
			x := slices.Clone(image)
			x[i] += h
			up := logit(x, class)
			x[i] -= 2 * h
			if q := (up - logit(x, class)) / (2 * h); math.Abs(q-float64(g[i])) > 1e-3 {
				off++
			}
		}
		if off > len(image)/20 {
			t.Errorf("class %d: of %d pixels' gradients %d are not the difference quotients", class, len(image), off)
		}
		s := Saliency(g, in)
		for i, v := range s {
			if want := max(abs(g[i]), abs(g[len(s)+i])); v != want {
				t.Fatalf("saliency of pixel %d is %v, expected %v", i, v, want)
			}
		}
	}
}

// TestGradCAM computes weights and map directly. A channel's weight is the
// logit's slope when all of the channel's map rises alike, taken as a
// difference quotient through the layers behind; at each of the three layers
// the map is put together from the weights and the activations that views see.
func TestGradCAM(t *testing.T) {
	in := nn.Shape{C: 1, H: 12, W: 14}
	m := network(t, in, &nn.Conv2D{Filters: 8}, &nn.ReLU{}, &nn.Conv2D{Filters: 4}, &nn.ReLU{}, &nn.MaxPool2D{},
		&nn.Flatten{}, &nn.Dense{Units: 12}, &nn.ReLU{}, &nn.Dense{Units: 3}, &nn.Softmax{})
	biased(m, 0.1)
	image := make([]float32, in.Len())
	fill(image, 9, 1)
	p := nn.NewProbe(m, 1)
	x := nn.NewTensor(1, in)
	nn.ImportImage(x.Data, image, in)
	off := 0
	for _, layer := range []int{0, 2, 4} {
		s := m.Layers[layer].OutShape()
		maps := make([][]float32, s.C) // (H,W) of each channel
		seen := 0
		m.Activations(image, func(_ nn.Layer, y []float32) {
			if seen == layer {
				for k := range maps {
					for i := k; i < len(y); i += s.C {
						maps[k] = append(maps[k], y[i])
					}
				}
			}
			seen++
		})
		for class := range 3 {
			cam := GradCAM(p, image, layer, class)
			logit := func(k int, rise float32) float64 {
				return float64(p.Forward(x, Logits(m), func(i int, y nn.Tensor) {
					for j := k; i == layer && j < len(y.Data); j += s.C {
						y.Data[j] += rise
					}
				}).Data[class])
			}
			sum := make([]float64, s.H*s.W)
			const h = 0x1p-10
			for k, w := range cam.Weights {
				slope := (logit(k, h) - logit(k, -h)) / (2 * h) / float64(s.H*s.W)
				if math.Abs(slope-float64(w)) > 3e-4 {
					t.Logf("layer %d, class %d: channel %d weighs %v, difference quotient %v", layer, class, k, w, slope)
					off++
				}
				for i, a := range maps[k] {
					sum[i] += float64(w) * float64(a)
				}
			}
			for i, v := range sum {
				near(t, "the map", float64(cam.Map[i]), max(v, 0), 1e-5)
			}
			if !slices.Equal(cam.Gradient, InputGradient(p, image, Logits(m), class)) {
				t.Errorf("layer %d, class %d: another gradient than InputGradient", layer, class)
			}
			if cam.H != s.H || cam.W != s.W || len(cam.Image) != in.H*in.W || slices.Max(cam.Image) > slices.Max(cam.Map) {
				t.Errorf("layer %d: a map of %dx%d", layer, cam.H, cam.W)
			}
		}
	}
	if off > 2 { // of 48; at a kink the quotient is between two gradients
		t.Errorf("%d weights are not the difference quotients", off)
	}
	panics(t, "maps behind the pool", func() { GradCAM(p, image, 6, 0) })
	panics(t, "another class", func() { GradCAM(p, image, 2, 3) })
}

func TestResize(t *testing.T) {
	dst := make([]float32, 4*8)
	Resize(dst, 4, 8, []float32{0, 4, 8, 12}, 2, 2)
	// Middles: 1/4 of a pixel and 3/4 down, 1/8, 3/8, 5/8, 7/8 across.
	want := []float32{
		0, 0, .5, 1.5, 2.5, 3.5, 4, 4,
		2, 2, 2.5, 3.5, 4.5, 5.5, 6, 6,
		6, 6, 6.5, 7.5, 8.5, 9.5, 10, 10,
		8, 8, 8.5, 9.5, 10.5, 11.5, 12, 12,
	}
	if !slices.Equal(dst, want) {
		t.Errorf("scaled up:\n%v, expected\n%v", dst, want)
	}
	src := make([]float32, 15)
	fill(src, 1, 1)
	same := make([]float32, 15)
	if Resize(same, 3, 5, src, 3, 5); !slices.Equal(same, src) {
		t.Error("a map of the same size has changed")
	}
	one := make([]float32, 6)
	if Resize(one, 2, 3, []float32{7}, 1, 1); slices.Min(one) != 7 || slices.Max(one) != 7 {
		t.Errorf("of a single 7 came %v", one)
	}
}

// TestOcclusion covers an image by hand at each place.
func TestOcclusion(t *testing.T) {
	in := nn.Shape{C: 2, H: 10, W: 9}
	m := network(t, in, &nn.Conv2D{Filters: 4}, &nn.ReLU{}, &nn.Flatten{}, &nn.Dense{Units: 3}, &nn.Softmax{})
	image := make([]float32, in.Len())
	fill(image, 6, 1)
	probs := func(image []float32) (y []float32) {
		m.Activations(image, func(_ nn.Layer, out []float32) { y = append(y[:0], out...) })
		return y
	}
	o := OcclusionOptions{Class: 1, Patch: 4, Stride: 3, Fill: 0.5}
	c := NewOcclusion(nn.NewProbe(m, 4), image, o)
	if c.Whole != probs(image)[1] || c.Rows != 3 || c.Cols != 3 {
		t.Fatalf("%d rows, %d columns, probability %v", c.Rows, c.Cols, c.Whole)
	}
	steps := 1
	for c.Step() {
		if steps++; c.Done() != min(4*(steps-1), 9) {
			t.Errorf("%d places after %d steps", c.Done(), steps-1)
		}
	}
	if steps != 3 || c.Done() != 9 || c.Step() {
		t.Errorf("%d places in %d steps", c.Done(), steps)
	}
	drop, covered := make([]float64, 90), make([]float64, 90)
	for r, y0 := range []int{0, 3, 6} {
		for q, x0 := range []int{0, 3, 5} {
			x := slices.Clone(image)
			for y := y0; y < y0+4; y++ {
				for col := x0; col < x0+4; col++ {
					x[y*9+col], x[90+y*9+col] = 0.5, 0.5
				}
			}
			want := probs(x)
			if got := c.Probs[3*r+q]; got != want[1] || c.Classes[3*r+q] != nn.Argmax(want) {
				t.Errorf("place %d,%d: probability %v, class %d, expected %v", r, q, got, c.Classes[3*r+q], want)
			}
			for y := y0; y < y0+4; y++ {
				for col := x0; col < x0+4; col++ {
					drop[y*9+col] += float64(c.Whole - want[1])
					covered[y*9+col]++
				}
			}
		}
	}
	got := make([]float32, 90)
	c.Drop(got)
	for i := range got {
		if covered[i] == 0 {
			t.Errorf("pixel %d is never covered", i)
		}
		near(t, "the drop at a pixel", float64(got[i]), drop[i]/covered[i], 1e-6)
	}
	panics(t, "a patch too large", func() { NewOcclusion(nn.NewProbe(m, 1), image, OcclusionOptions{Patch: 10, Stride: 1}) })
	panics(t, "no stride", func() { NewOcclusion(nn.NewProbe(m, 1), image, OcclusionOptions{Patch: 3}) })
}
