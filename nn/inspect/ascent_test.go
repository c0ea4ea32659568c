package inspect

import (
	"math"
	"slices"
	"testing"

	"convlens/nn"
)

// images returns the ascent's images, one after the other.
func images(a *Ascent) (x []float32) {
	for i := range a.unit {
		y := make([]float32, a.x.Len())
		a.Image(i, y)
		x = append(x, y...)
	}
	return x
}

// TestAscentStep compares a step with one that is computed directly: the mean
// of a convolution's map has the gradient that each pixel's weights add up to.
func TestAscentStep(t *testing.T) {
	in := nn.Shape{C: 2, H: 6, W: 5}
	m := network(t, in, &nn.Conv2D{Filters: 4}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	p := m.Params()[0]
	w := make([]float32, p.Len())
	p.Export(w, p.Value)
	o := AscentOptions{Layer: 0, Units: []int{3, 0}, Seed: 8, Grey: 0.5, Noise: 0.25, Rate: 0.125, Decay: 0.25}
	a := NewAscent(nn.NewProbe(m, 2), o)
	x := images(a)
	for _, v := range x {
		if v < 0.25 || v >= 0.75 {
			t.Fatalf("a pixel of the first image is %v, expected 0.5 ± 0.25", v)
		}
	}
	a.Step(1)
	got := images(a)
	for n, k := range o.Units {
		g := make([]float64, in.Len())
		var y, squares float64
		for c := range 2 {
			for oy := range 4 {
				for ox := range 3 {
					for u := range 3 {
						for v := range 3 {
							i := (c*6+oy+u)*5 + ox + v
							weight := float64(w[((k*2+c)*3+u)*3+v]) / 12
							g[i] += weight
							y += weight * float64(x[n*60+i])
						}
					}
				}
			}
		}
		for _, v := range g {
			squares += v * v
		}
		rms := math.Sqrt(squares/60) + gradientFloor
		for i, v := range g {
			near(t, "a pixel after a step", float64(got[n*60+i]), 0.75*float64(x[n*60+i])+0.125*v/rms, 1e-5)
		}
		near(t, "the objective", float64(a.Objective(n)), y, 1e-5)
	}
}

// TestAscentGradient compares the direction of a plain step with difference
// quotients of the objective, for every layer of a trained network that has
// kinks: steps of up to a thousandth of the pixels' range cross few of them.
func TestAscentGradient(t *testing.T) {
	tr, data := trained(t, 20)
	m := tr.Model()
	p := nn.NewProbe(m, 1)
	image := data.image(3)
	noise := make([]float32, len(image)) // on a plain ground maxima are tied
	fill(noise, 4, 0.2)
	for i, v := range noise {
		image[i] += v
	}
	for _, layer := range []int{0, 2, 3, 7, Logits(m)} {
		g := InputGradient(p, image, layer, 5)
		objective := func(step float32) float64 {
			x := slices.Clone(image)
			for i := range x {
				x[i] += step * g[i]
			}
			batch := nn.NewTensor(1, m.InShape())
			nn.ImportImage(batch.Data, x, m.InShape())
			y := p.Forward(batch, layer, nil)
			return float64(mean(y.Data, y.Shape, 5))
		}
		var squares, largest float64
		for _, v := range g {
			squares += float64(v) * float64(v)
			largest = max(largest, math.Abs(float64(v)))
		}
		h := float32(1e-3 / largest)
		slope := (objective(h) - objective(-h)) / (2 * float64(h))
		if math.Abs(slope-squares) > 0.02*squares || squares == 0 {
			t.Errorf("layer %d: along its gradient the objective rises by %v, expected %v", layer, slope, squares)
		}
	}
}

// TestAscentAsleep wants a filter that a ReLU keeps silent to go the same way as
// the convolution itself, and one that isn't to follow the ReLU's gradient.
func TestAscentAsleep(t *testing.T) {
	in := nn.Shape{C: 1, H: 9, W: 9}
	m := network(t, in, &nn.Conv2D{Filters: 4}, &nn.ReLU{}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	o := AscentOptions{Layer: 1, Units: []int{0, 1}, Grey: 0, Noise: 1, Rate: 0.1}
	m.Params()[1].Value[0] = -1e3
	p := nn.NewProbe(m, 2)
	a := NewAscent(p, o)
	start := images(a)
	a.Step(1)
	o.Layer = 0
	b := NewAscent(p, o)
	b.Step(1)
	n := in.Len()
	if a.Objective(0) != 0 || !slices.Equal(images(a)[:n], images(b)[:n]) {
		t.Error("a filter that is asleep does not go the convolution's way")
	}
	if a.Objective(1) == 0 || slices.Equal(images(a)[n:], images(b)[n:]) {
		t.Error("a filter that is awake goes the convolution's way")
	}
	g := InputGradient(p, start[n:], 1, 1)
	var rms float64
	for _, v := range g {
		rms += float64(v) * float64(v) / float64(n)
	}
	rms = math.Sqrt(rms) + gradientFloor
	for i, v := range g {
		near(t, "a pixel", float64(images(a)[n+i]), float64(start[n+i])+0.1*float64(v)/rms, 1e-5)
	}
}

// TestAscentClimbs wants every unit of every kind of layer to be excited more
// after some steps, and the images of each unit to be the same bits alone, in
// a batch or in pieces of one, and step by step.
func TestAscentClimbs(t *testing.T) {
	tr, _ := trained(t, 20)
	m := tr.Model()
	for _, tt := range []struct {
		name  string
		o     AscentOptions
		steps int
	}{
		{"first convolution, blog", Blog(0, 0, 1, 2, 31), 8},
		{"second convolution, blog", Blog(2, 4, 9, 30), 8},
		{"behind the second convolution", Regularised(3, 4, 9, 30), 8},
		{"dense units", Regularised(7, 0, 64, 127), 8},
		{"classes", Regularised(Logits(m), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 20},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Seed = 11
			a := NewAscent(nn.NewProbe(m, 32), tt.o)
			a.Step(1)
			first := make([]float32, len(tt.o.Units))
			for i := range first {
				first[i] = a.Objective(i)
			}
			a.Step(tt.steps - 1)
			for i := range first {
				if !(a.Objective(i) > first[i]) {
					t.Errorf("unit %d is excited by %v after %d steps, %v at first", tt.o.Units[i], a.Objective(i), tt.steps, first[i])
				}
			}
			if a.Steps() != tt.steps {
				t.Errorf("%d steps, expected %d", a.Steps(), tt.steps)
			}
			b := NewAscent(nn.NewProbe(m, 2), tt.o) // in pieces
			for range tt.steps {
				b.Step(1)
			}
			if !slices.Equal(images(a), images(b)) {
				t.Error("in smaller batches and step by step the images are others")
			}
			one := tt.o
			one.Units = one.Units[1:2]
			c := NewAscent(nn.NewProbe(m, 1), one)
			c.Step(tt.steps)
			if n := a.x.Len(); !slices.Equal(images(c), images(a)[n:2*n]) {
				t.Error("alone a unit has another image")
			}
			one.Seed++
			d := NewAscent(nn.NewProbe(m, 1), one)
			d.Step(tt.steps)
			if slices.Equal(images(c), images(d)) {
				t.Error("another seed gives the same image")
			}
			for _, v := range images(a) {
				if tt.o.Clamp && (v < 0 || v > 1) {
					t.Fatalf("a pixel is %v, expected 0 to 1", v)
				}
			}
		})
	}
}

// TestAscentClass wants the network to read its own picture of a class as that.
func TestAscentClass(t *testing.T) {
	tr, _ := trained(t, 40)
	m := tr.Model()
	p := nn.NewProbe(m, 10)
	a := NewAscent(p, Regularised(Logits(m), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9))
	a.Step(40)
	x := make([]float32, m.InShape().Len())
	for class := range 10 {
		a.Image(class, x)
		var probs []float32
		m.Activations(x, func(_ nn.Layer, y []float32) { probs = append(probs[:0], y...) })
		if got := nn.Argmax(probs); got != class || probs[class] < 0.9 {
			t.Errorf("the picture of a %d is read as %d, with %v for the %d", class, got, probs[class], class)
		}
	}
}

func TestBlur(t *testing.T) {
	s := nn.Shape{C: 2, H: 9, W: 8}
	b := newBlur(s, 1)
	x := make([]float32, s.Len())
	x[s.Stored(1, 4, 3)] = 1
	b.apply(x)
	norm := 0.0
	for i := -3; i <= 3; i++ {
		norm += math.Exp(-float64(i*i) / 2)
	}
	for y := range s.H {
		for col := range s.W {
			dy, dx := float64(y-4), float64(col-3)
			want := math.Exp(-(dy*dy+dx*dx)/2) / norm / norm
			if math.Abs(dy) > 3 || math.Abs(dx) > 3 {
				want = 0
			}
			near(t, "a point's blur", float64(x[s.Stored(1, y, col)]), want, 1e-6)
			if x[s.Stored(0, y, col)] != 0 {
				t.Error("the blur reaches another channel")
			}
		}
	}
	for i := range x {
		x[i] = 0.75
	}
	b.apply(x)
	for _, v := range x {
		near(t, "a plain image's pixel", float64(v), 0.75, 1e-6)
	}
}

func TestRoll(t *testing.T) {
	s := nn.Shape{C: 2, H: 3, W: 4}
	x, y, z := make([]float32, s.Len()), make([]float32, s.Len()), make([]float32, s.Len())
	fill(x, 1, 1)
	roll(y, x, s, -1, 2)
	if y[s.Stored(1, 0, 2)] != x[s.Stored(1, 1, 0)] || y[s.Stored(0, 2, 1)] != x[s.Stored(0, 0, 3)] {
		t.Error("a rolled pixel is not where it should be")
	}
	if roll(z, y, s, 1, -2); !slices.Equal(z, x) {
		t.Error("rolling back does not undo it")
	}
}

func TestAscentMisuse(t *testing.T) {
	m := network(t, nn.Shape{C: 1, H: 2, W: 2}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	p := nn.NewProbe(m, 1)
	panics(t, "a layer too many", func() { NewAscent(p, Blog(3, 0)) })
	panics(t, "a unit too many", func() { NewAscent(p, Blog(1, 2)) })
	panics(t, "no units", func() { NewAscent(p, Blog(1)) })
	panics(t, "a blur without width", func() { NewAscent(p, AscentOptions{Layer: 1, Units: []int{0}, BlurEvery: 1}) })
}
