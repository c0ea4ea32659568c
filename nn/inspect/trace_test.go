package inspect

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"convlens/nn"
)

// TestTrace explains every value of every layer of networks with all kinds of
// layers: what the terms come to is what is drawn, to the bit, but for Winograd
// convolutions within the bound.
func TestTrace(t *testing.T) {
	for _, tt := range []struct {
		in     nn.Shape
		layers []nn.Layer
		wino   string // the layer computed that way
	}{
		{nn.Shape{C: 1, H: 14, W: 11}, []nn.Layer{&nn.Conv2D{Filters: 8}, &nn.ReLU{}, &nn.Conv2D{Filters: 12}, &nn.ReLU{}, &nn.MaxPool2D{},
			&nn.Dropout{Rate: 0.3}, &nn.Flatten{}, &nn.Dense{Units: 9}, &nn.ReLU{}, &nn.Dense{Units: 4}, &nn.Softmax{}}, "conv2d_2"},
		{nn.Shape{C: 3, H: 9, W: 10}, []nn.Layer{&nn.Conv2D{Filters: 5, Kernel: 4, Stride: 2, Same: true}, &nn.MaxPool2D{Size: 3},
			&nn.Flatten{}, &nn.Dense{Units: 3}, &nn.Softmax{}}, ""},
		{nn.Shape{C: 2, H: 7, W: 8}, []nn.Layer{&nn.Conv2D{Filters: 3, Same: true}, &nn.ReLU{}, &nn.Conv2D{Filters: 4}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{}}, ""},
		{nn.Shape{C: 32, H: 12, W: 13}, []nn.Layer{&nn.Conv2D{Filters: 32}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{}}, "conv2d_1"},
	} {
		t.Run(fmt.Sprint(tt.in), func(t *testing.T) {
			m := network(t, tt.in, tt.layers...)
			biased(m, 0.3)
			image := make([]float32, tt.in.Len())
			fill(image, 1, 1)
			tracer := NewTracer(m)
			tracer.Look(image)
			layer, worst := 0, 0.0
			m.Activations(image, func(l nn.Layer, y []float32) {
				s := l.OutShape()
				shown := make([]float32, len(y))
				nn.ExportImage(shown, y, s)
				for i, want := range shown {
					tr := tracer.Trace(layer, Place{i / s.W / s.H, i / s.W % s.H, i % s.W})
					if tr.Drawn != want || tr.Layer != l.Name() || tr.Index != i {
						t.Fatalf("value %d of %s is drawn as %v, traced as %v, number %d of %s", i, l.Name(), want, tr.Drawn, tr.Index, tr.Layer)
					}
					if l.Name() != tt.wino && tr.Value != tr.Drawn {
						t.Fatalf("value %d of %s is %v, its trace comes to %v", i, l.Name(), tr.Drawn, tr.Value)
					}
					if e := abs(tr.Value - tr.Drawn); e > Rounding*tr.Scale {
						t.Fatalf("value %d of %s is %v, its trace comes to %v", i, l.Name(), tr.Drawn, tr.Value)
					} else if tr.Scale > 0 {
						worst = max(worst, float64(e/tr.Scale))
					}
					after := want
					if layer+1 < len(m.Layers) {
						if _, ok := m.Layers[layer+1].(*nn.ReLU); ok {
							after = max(want, 0)
						}
					}
					if tr.After != after {
						t.Fatalf("after value %d of %s, %v, comes %v", i, l.Name(), want, tr.After)
					}
				}
				layer++
			})
			if wino := tt.wino != ""; (worst > 0) != wino {
				t.Errorf("largest error %v of the scale", worst)
			}
			t.Logf("largest error %.3g of the bound", worst/Rounding)
		})
	}
}

// TestTraceTerms checks the terms against the shown weights and maps, for a
// network where each is easy to find.
func TestTraceTerms(t *testing.T) {
	in := nn.Shape{C: 2, H: 5, W: 6}
	m := network(t, in, &nn.Conv2D{Filters: 3, Same: true}, &nn.MaxPool2D{}, &nn.Flatten{}, &nn.Dense{Units: 4}, &nn.Softmax{})
	biased(m, 1)
	image := make([]float32, in.Len())
	fill(image, 2, 1)
	tracer := NewTracer(m)
	tracer.Look(image)

	conv := tracer.Trace(0, Place{2, 0, 5}) // a corner: five of nine pixels lie outside
	p := m.Params()[0]
	w := make([]float32, p.Len())
	p.Export(w, p.Value)
	outside := 0
	for i, term := range conv.Terms {
		f := term.From
		ky, kx := f.Y+1, f.X-4
		if want := w[((2*2+f.C)*3+ky)*3+kx]; term.W != want || w[term.Weight] != want {
			t.Errorf("term %d has the weight %v, the kernel %v", i, term.W, want)
		}
		if term.Padding {
			outside++
			if term.X != 0 {
				t.Errorf("term %d is %v outside the image", i, term.X)
			}
		} else if want := image[(f.C*5+f.Y)*6+f.X]; term.X != want || term.Product != term.X*term.W {
			t.Errorf("term %d is %v times %v = %v, the pixel is %v", i, term.X, term.W, term.Product, want)
		}
	}
	if len(conv.Terms) != 18 || outside != 10 || conv.Bias != m.Params()[1].Value[2] {
		t.Errorf("%d terms, %d of them outside, bias %v", len(conv.Terms), outside, conv.Bias)
	}
	parts := conv.ByChannel()
	if near(t, "the sum of the channels", float64(parts[0]+parts[1]+conv.Bias), float64(conv.Sum), 1e-6); len(parts) != 2 {
		t.Errorf("%d channels", len(parts))
	}

	channel := make([]float32, 30)
	tracer.Input(channel, 1, 2)
	if got := channel[5]; got != conv.Drawn {
		t.Errorf("the map that the pool gets has %v in its corner, drawn is %v", got, conv.Drawn)
	}
	if tracer.Input(channel, 0, 1); !slices.Equal(channel, image[30:]) {
		t.Error("what the first layer gets is not the image")
	}

	pool := tracer.Trace(1, Place{1, 1, 2})
	if len(pool.Terms) != 4 || pool.Terms[pool.Winner].X != pool.Drawn || pool.Terms[3].From != (Place{1, 3, 5}) {
		t.Errorf("pool: %+v", pool)
	}

	flat := tracer.Trace(2, Place{2, 1, 0})
	if flat.Op != Reshape || flat.Index != (2*2+1)*3 || flat.Terms[0].From != (Place{2, 1, 0}) {
		t.Errorf("flatten: %+v", flat)
	}

	dense := tracer.Trace(3, Place{C: 3})
	d := m.Params()[2]
	w = make([]float32, d.Len())
	d.Export(w, d.Value)
	for i, term := range dense.Terms {
		f := term.From
		if row := (f.C*2+f.Y)*3 + f.X; term.W != w[row*4+3] || term.Weight != row*4+3 {
			t.Errorf("term %d of the dense layer has the weight %v, row %d has %v", i, term.W, row, w[row*4+3])
		}
	}
	top, others := dense.Largest(5)
	sum := dense.Bias + others
	for _, i := range top {
		sum += dense.Terms[i].Product
	}
	near(t, "the sum of the largest, the others and the bias", float64(sum), float64(dense.Sum), 1e-6)
	for i, term := range dense.Terms {
		if !slices.Contains(top, i) && abs(term.Product) > abs(dense.Terms[top[4]].Product) {
			t.Errorf("term %d is larger than the smallest of the largest", i)
		}
	}
	if !slices.IsSortedFunc(top, func(a, b int) int { return cmp.Compare(abs(dense.Terms[b].Product), abs(dense.Terms[a].Product)) }) {
		t.Errorf("the largest terms are %v, not the largest first", top)
	}
	if all, others := dense.Largest(100); len(all) != 18 || others != 0 {
		t.Errorf("of all terms %d are listed, others %v", len(all), others)
	}

	soft := tracer.Trace(4, Place{C: 1})
	if soft.Terms[1].Product/soft.Sum != soft.Drawn || len(soft.Terms) != 4 {
		t.Errorf("softmax: %+v", soft)
	}
}

func TestTraceMisuse(t *testing.T) {
	m := network(t, nn.Shape{C: 1, H: 2, W: 2}, &nn.Flatten{}, &nn.Dense{Units: 2}, &nn.Softmax{})
	tracer := NewTracer(m)
	panics(t, "a layer too many", func() { tracer.Trace(3, Place{}) })
	panics(t, "a channel too many", func() { tracer.Input(make([]float32, 4), 0, 1) })
	panics(t, "a unit too many", func() { tracer.Trace(1, Place{C: 2}) })
	watch := WatchSteps(m, nn.NewSGD())
	panics(t, "an update without a step", func() { watch.Update(0, 0) })
	watch.Before()
	panics(t, "a weight too many", func() { watch.Update(0, 8) })
	panics(t, "a parameter too many", func() { watch.Update(2, 0) })
	panics(t, "another optimiser", func() { new(Update).Adadelta(nn.NewAdadelta()) })
}
