package lab

import (
	"math"
	"slices"
	"testing"

	"convlens/nn"
	"convlens/nn/wire"
)

// TestHealth counts the same by itself, on the network as it is at the end.
func TestHealth(t *testing.T) {
	p := newPage(t)
	var l *Lab
	kill := func() { // a filter that never answers and one that always does
		l.model.Params()[1].Value[2], l.model.Params()[1].Value[4] = -1e6, 1e6
	}
	p.script = p.ready(&wire.Train{Settings: settings()}, kill, &wire.Watch{Layer: "conv2d_1"}, &wire.Examine{}, nothing{})
	l = New(p, "")
	l.Run()
	p.calm()

	h := last[*wire.Health](p)
	if h.Recorded {
		t.Error("the answer to Examine is told as a record")
	}
	var names, outputs []string
	for _, c := range h.Layers {
		names, outputs = append(names, c.Name), append(outputs, c.Output)
	}
	if h.Step != steps || !slices.Equal(names, []string{"conv2d_1", "conv2d_2", "dense_1", "dense_2"}) ||
		!slices.Equal(outputs, []string{"relu_1", "relu_2", "relu_3", "dense_2"}) {
		t.Fatalf("step %d, layers %q with outputs %q", h.Step, names, outputs)
	}
	seen := map[string][][]float32{} // outputs, in memory order
	for i := range testN {
		x := make([]float32, l.model.InShape().Len())
		nn.Normalize(x, l.set(wire.TestSplit).Image(i))
		l.model.Activations(x, func(layer nn.Layer, y []float32) {
			seen[layer.Name()] = append(seen[layer.Name()], slices.Clone(y))
		})
	}
	for i, c := range h.Layers {
		w := l.model.Params()[2*i]
		checkSpread(t, c.Name+" weights", c.Weights, w.Value)
		checkSpread(t, c.Name+" gradients", c.Gradients, w.Grad)
		checkSpread(t, c.Output, c.Outputs, slices.Concat(seen[c.Output]...))
		if c.Images != testN || c.AtStep != steps {
			t.Errorf("%s: %d images after step %d", c.Output, c.Images, c.AtStep)
		}
		if c.Output == c.Name {
			if c.Units != 0 || c.Dead != nil || c.Saturated != nil {
				t.Errorf("%s has no ReLU, but %d units, %v dead, %v saturated", c.Name, c.Units, c.Dead, c.Saturated)
			}
			continue
		}
		bias := l.model.Params()[2*i+1].Len()
		var dead, saturated []int
		for u := range bias {
			lives, rests := false, false
			for _, y := range seen[c.Output] {
				for k := u; k < len(y); k += bias {
					lives, rests = lives || y[k] > 0, rests || !(y[k] > 0)
				}
			}
			if !lives {
				dead = append(dead, u)
			}
			if !rests {
				saturated = append(saturated, u)
			}
		}
		if c.Units != bias || !slices.Equal(c.Dead, dead) || !slices.Equal(c.Saturated, saturated) {
			t.Errorf("%s: %d units, dead %v, saturated %v, expected %d, %v, %v", c.Output, c.Units, c.Dead, c.Saturated, bias, dead, saturated)
		}
	}
	if c := h.Layers[0]; !slices.Contains(c.Dead, 2) || !slices.Contains(c.Saturated, 4) {
		t.Errorf("dead %v, saturated %v, expected 2 and 4 among them", c.Dead, c.Saturated)
	}
}

func checkSpread(t *testing.T, what string, s wire.Spread, x []float32) {
	t.Helper()
	zeros, square := 0, 0.0
	counts := make([]int, len(s.Counts))
	for _, v := range x {
		square += float64(v) * float64(v)
		if v == 0 {
			zeros++
			continue
		}
		k := math.Floor(math.Log2(math.Abs(float64(v)) / float64(s.Low)))
		counts[int(min(max(k, 0), float64(len(counts)-1)))]++
	}
	if s.N != len(x) || s.Zeros != zeros || s.Bad != 0 || !slices.Equal(s.Counts, counts) {
		t.Errorf("%s: %+v, expected %d numbers, %d zeros, %v", what, s, len(x), zeros, counts)
	}
	if want := math.Sqrt(square / float64(len(x))); math.Abs(float64(s.RMS)-want) > 1e-6*want {
		t.Errorf("%s: root mean square %v, expected %v", what, s.RMS, want)
	}
}

// TestHealthOfRun examines during a run, before there are data, and over a fresh
// network: the run is the one that nobody looks at.
func TestHealthOfRun(t *testing.T) {
	p := newPage(t)
	s := settings()
	p.play(&wire.Init{Settings: s}, &wire.Watch{Layer: "conv2d_1", IntervalMS: 400}, &wire.Examine{},
		&wire.Load{Source: p.offer("boards", small(1))}, nothing{}, &wire.Train{Settings: s},
		func() {
			if got, want := last[*wire.Progress](p).Fingerprint, undisturbed(t, s).Fingerprint; got != want {
				t.Errorf("the examined run's fingerprint is %s, expected %s", got, want)
			}
			if h := last[*wire.Health](p); h.Step != steps || h.Layers[0].AtStep != steps {
				t.Errorf("after the run the last word is of step %d, of the outputs %d, expected %d", h.Step, h.Layers[0].AtStep, steps)
			}
		}, &wire.Init{Settings: s}, nothing{}, &wire.LookAway{}, p.forget, &wire.Train{Settings: s})
	p.calm()
	for _, h := range all[*wire.Health](p) {
		if !h.Recorded {
			t.Errorf("a word on health at step %d after the page looked away", h.Step)
		}
	}
}
