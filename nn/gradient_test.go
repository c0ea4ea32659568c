package nn

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// built builds a layer as if it followed another, and its parameters' shards.
func built(t *testing.T, l Layer, in Shape, n int) {
	t.Helper()
	builtAt(t, 1, l, in, n)
}

// builtAt builds a layer as number index of its network.
func builtAt(t *testing.T, index int, l Layer, in Shape, n int) *Sequential {
	t.Helper()
	b := &builder{in: in, index: index, capacity: n, seed: 3, counts: map[string]int{}}
	if err := l.build(b); err != nil {
		t.Fatal(err)
	}
	m := &Sequential{Layers: []Layer{l}}
	m.adopt(b.params)
	for _, p := range b.params { // biases away from zero
		if p.Name == "bias" {
			fill(p.Value, 5, 0.5)
		}
	}
	return m
}

// fill sets x to numbers between -limit and limit.
func fill(x []float32, stream uint32, limit float32) {
	for i := range x {
		x[i] = (2*float32(hash(stream, uint32(i))>>8)*0x1p-24 - 1) * limit
	}
}

// spread sets x to values at least 0.05 apart from each other and from zero,
// in a mixed order, so that no difference quotient crosses a kink.
func spread(x []float32) {
	for i := range x {
		j := (i * 37) % len(x) // a permutation if 37 does not divide len(x)
		x[i] = (float32(j) - float32(len(x)/2) + 0.5) * 0.1
	}
}

// TestGradients compares every layer's Backward with difference quotients of
// the scalar sum(r*y), for its input and each of its parameters.
//
// The quotients are central ones of float32 functions with a step of 2^-6. A
// function linear in the variable, as all are but softmax, has no truncation
// error, so what is left is rounding: about 1e-6 of the sum's terms over the
// step, 1e-4. Softmax adds a third of its third derivative times the squared
// step, less than that.
func TestGradients(t *testing.T) {
	img := func(c, h, w int) Shape { return Shape{C: c, H: h, W: w} }
	for _, tt := range []struct {
		name  string
		layer Layer
		in    Shape
		kinks bool
		first bool // of its network: no input gradient
	}{
		{"conv 3x3, grey", &Conv2D{Filters: 8}, img(1, 6, 9), false, true},
		{"conv 3x3, plain", &Conv2D{Filters: 3}, img(2, 6, 5), false, false},
		{"conv 3x3, Winograd", &Conv2D{Filters: 4}, img(4, 7, 9), false, false},
		{"conv 3x3, Winograd, one tile", &Conv2D{Filters: 8}, img(4, 6, 6), false, false},
		{"conv 5x5 stride 2", &Conv2D{Filters: 2, Kernel: 5, Stride: 2}, img(1, 8, 9), false, false},
		{"conv same", &Conv2D{Filters: 4, Same: true}, img(4, 5, 4), false, false},
		{"conv same, stride 2", &Conv2D{Filters: 2, Stride: 2, Same: true}, img(3, 5, 6), false, false},
		{"conv 1x1", &Conv2D{Filters: 5, Kernel: 1}, img(3, 4, 4), false, false},
		{"relu", &ReLU{}, img(2, 3, 4), true, false},
		{"pool 2", &MaxPool2D{}, img(4, 6, 5), true, false},
		{"pool 3", &MaxPool2D{Size: 3}, img(3, 7, 6), true, false},
		{"dropout", &Dropout{Rate: 0.4}, img(3, 4, 4), false, false},
		{"flatten", &Flatten{}, img(2, 3, 3), false, false},
		{"dense", &Dense{Units: 7}, Shape{C: 2, H: 3, W: 3, Flat: true}, false, false},
		{"dense, large", &Dense{Units: 64}, Shape{C: 4, H: 8, W: 8, Flat: true}, false, false},
		{"softmax", &Softmax{}, vector(6), false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const n = 3
			index := 1
			if tt.first {
				index = 0
			}
			m := builtAt(t, index, tt.layer, tt.in, n)
			x := NewTensor(n, tt.in)
			if tt.kinks {
				spread(x.Data)
			} else {
				fill(x.Data, 1, 1)
			}
			pass := &Pass{Train: true, Key: 9, Samples: []int{4, 0, 7}, Part: whole(n), Exchange: Solo{}}
			r := NewTensor(n, tt.layer.OutShape())
			fill(r.Data, 2, 1)

			// in-place layers change what they are given: give them copies.
			copyOf := func(t Tensor) Tensor { t.Data = append([]float32(nil), t.Data...); return t }
			f := func() float64 {
				var s float64
				for i, v := range tt.layer.Forward(copyOf(x), pass).Data {
					s += float64(v) * float64(r.Data[i])
				}
				return s
			}
			f()
			dx := tt.layer.Backward(copyOf(r), pass)
			dx.Data = append([]float32(nil), dx.Data...)
			if !tt.first {
				past := *pass
				past.Frozen = true
				if got := tt.layer.Backward(copyOf(r), &past).Data; !slices.Equal(got, dx.Data) {
					t.Error("past the parameters the input gradient is another one")
				}
			}
			if err := errors.Join(rowGradients(m.Layers, pass), m.Gradients(pass)); err != nil {
				t.Fatal(err)
			}

			if !tt.first {
				compare(t, "dx", x.Data, dx.Data, f)
			}
			for _, p := range m.params {
				grad := append([]float32(nil), p.Grad...)
				if n := p.Len(); n > 1000 { // both ends stand for all of it
					compare(t, "d"+p.Name, p.Value[:300], grad[:300], f)
					compare(t, "d"+p.Name, p.Value[n-300:], grad[n-300:], f)
				} else {
					compare(t, "d"+p.Name, p.Value, grad, f)
				}
			}
		})
	}
}

// compare takes difference quotients of f over v and compares them with got.
func compare(t *testing.T, what string, v, got []float32, f func() float64) {
	t.Helper()
	x := make([]float64, len(v))
	for i := range v {
		x[i] = float64(v[i])
	}
	want := fd.Gradient(nil, func(at []float64) float64 {
		for i := range v {
			v[i] = float32(at[i])
		}
		return f()
	}, x, &fd.Settings{Formula: fd.Central, Step: 0x1p-6})
	for i := range v {
		v[i] = float32(x[i])
	}
	for i := range want {
		if e := math.Abs(float64(got[i]) - want[i]); e > 5e-4*(1+math.Abs(want[i])) {
			t.Fatalf("%s[%d] is %v, difference quotient %v", what, i, got[i], want[i])
		}
	}
}

// TestLossGradient compares CrossEntropy's gradient with difference quotients
// through the softmax.
func TestLossGradient(t *testing.T) {
	const n = 4
	soft := &Softmax{}
	built(t, soft, vector(5), n)
	x := NewTensor(n, vector(5))
	fill(x.Data, 1, 2)
	labels := []byte{0, 4, 2, 2}
	losses, correct := make([]float32, n), make([]bool, n)
	d := NewTensor(n, vector(5))
	pass := &Pass{Part: whole(n)}
	CrossEntropy(soft.Forward(x, pass), labels, n, losses, correct, d)
	compare(t, "dlogits", x.Data, d.Data, func() float64 {
		CrossEntropy(soft.Forward(x, pass), labels, n, losses, correct, Tensor{})
		var s float64
		for _, v := range losses {
			s += float64(v)
		}
		return s / n
	})
}

// TestConvMatchesLoops compares both convolution paths with the plain loops of
// the definition, over many shapes.
func TestConvMatchesLoops(t *testing.T) {
	for _, s := range []struct {
		c, o, h, w, k, stride int
		same                  bool
	}{
		{1, 32, 28, 28, 3, 1, false}, {1, 8, 5, 9, 3, 1, false}, {32, 32, 26, 26, 3, 1, false}, {4, 8, 3, 3, 3, 1, false},
		{8, 4, 7, 12, 3, 1, false}, {4, 4, 9, 4, 3, 1, false}, {12, 20, 11, 6, 3, 1, false},
		{3, 5, 8, 7, 3, 1, false}, {2, 3, 9, 9, 5, 2, false}, {4, 4, 6, 7, 3, 1, true}, {1, 2, 7, 5, 4, 3, true},
	} {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			l := &Conv2D{Filters: s.o, Kernel: s.k, Stride: s.stride, Same: s.same}
			in := Shape{C: s.c, H: s.h, W: s.w}
			index := 1
			if s.c == 1 { // the first layer has a path of its own
				index = 0
			}
			builtAt(t, index, l, in, 2)
			x := NewTensor(2, in)
			fill(x.Data, 1, 1)
			y := l.Forward(x, &Pass{Part: whole(2)})
			k := make([]float32, l.w.Len())
			l.w.Export(k, l.w.Value)
			for n := range 2 {
				for oy := range l.out.H {
					for ox := range l.out.W {
						for o := range s.o {
							want := float64(l.b.Value[o])
							for c := range s.c {
								for u := range s.k {
									for v := range s.k {
										iy, ix := oy*s.stride+u-l.win.Top, ox*s.stride+v-l.win.Left
										if iy < 0 || ix < 0 || iy >= s.h || ix >= s.w {
											continue
										}
										want += float64(k[((o*s.c+c)*s.k+u)*s.k+v]) * float64(x.Sample(n)[(iy*s.w+ix)*s.c+c])
									}
								}
							}
							got := y.Sample(n)[(oy*l.out.W+ox)*s.o+o]
							if math.Abs(float64(got)-want) > 2e-5 {
								t.Fatalf("y[%d] at (%d,%d), filter %d is %v, expected %v", n, oy, ox, o, got, want)
							}
						}
					}
				}
			}
		})
	}
}
