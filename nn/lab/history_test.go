package lab

import (
	"slices"
	"testing"

	"convlens/nn"
	"convlens/nn/wire"
)

// recordedHealth returns what the page was told to keep.
func recordedHealth(p *page) (list []*wire.Health) {
	for _, h := range all[*wire.Health](p) {
		if h.Recorded {
			list = append(list, h)
		}
	}
	return list
}

// TestHistory wants every step of a short run, and of a long one at least half of
// 30 evenly spread moments, the first and the last among them; nobody examines.
func TestHistory(t *testing.T) {
	for _, epochs := range []int{1, 20} {
		p := watched(t, epochs)
		var got, want []int
		for _, h := range recordedHealth(p) {
			got = append(got, h.Step)
		}
		every := 1
		for steps*epochs/every >= HealthMoments {
			every *= 2
		}
		for step := 0; step < steps*epochs; step += every {
			want = append(want, step)
		}
		if want = append(want, steps*epochs); !slices.Equal(slices.Compact(got), want) {
			t.Errorf("%d epochs: moments %v, expected %v", epochs, got, want)
		}
	}
}

// TestHistoryIs counts the last moment of a run by itself, and wants the weights of
// the first one to be those of a fresh network, and the run the one without a look.
func TestHistoryIs(t *testing.T) {
	p := newPage(t)
	s := settings()
	l := p.play(p.ready(&wire.Watch{Layer: "conv2d_1", IntervalMS: 400}, &wire.Train{Settings: s})...)
	p.calm()
	list := recordedHealth(p)
	first, h := list[0], list[len(list)-1]
	fresh := &Lab{host: silent{}, data: l.data}
	if err := fresh.init(s); err != nil {
		t.Fatal(err)
	}
	outputs := map[string][]float32{}
	for i := range historyImages {
		x := make([]float32, l.model.InShape().Len())
		nn.Normalize(x, l.set(wire.TestSplit).Image(i))
		l.model.Activations(x, func(layer nn.Layer, y []float32) {
			outputs[layer.Name()] = append(outputs[layer.Name()], y...)
		})
	}
	for i, c := range h.Layers {
		w := l.model.Params()[2*i]
		checkSpread(t, c.Name+" weights", c.Weights, w.Value)
		checkSpread(t, c.Name+" gradients", c.Gradients, w.Grad)
		checkSpread(t, c.Output, c.Outputs, outputs[c.Output])
		if c.AtStep != steps || c.Images != historyImages || c.Units != 0 {
			t.Errorf("%s: %d images after step %d, %d units", c.Name, c.Images, c.AtStep, c.Units)
		}
		checkSpread(t, c.Name+" weights at first", first.Layers[i].Weights, fresh.model.Params()[2*i].Value)
		checkSpread(t, c.Name+" gradients at first", first.Layers[i].Gradients, make([]float32, w.Len()))
	}
	if got, want := last[*wire.Progress](p).Fingerprint, undisturbed(t, s).Fingerprint; got != want {
		t.Errorf("the recorded run's fingerprint is %s, expected %s", got, want)
	}
}

// A paused run tells of that moment, a page that doesn't look is told nothing, and
// a network of another shape begins a record of its own.
func TestHistoryOf(t *testing.T) {
	p := newPage(t)
	s := settings()
	p.once(atStep(3), &wire.Pause{})
	other := s
	other.Net.Filters1 = 3
	p.play(p.ready(&wire.Train{Settings: s}, &wire.Resume{}, nothing{}, func() {
		if n := len(recordedHealth(p)); n != 0 {
			t.Errorf("a page that doesn't look was told %d times", n)
		}
	}, &wire.Watch{IntervalMS: 1}, &wire.Init{Settings: other}, &wire.Train{Settings: other})...)
	p.calm()
	list := recordedHealth(p)
	if len(list) == 0 || list[0].Step != 0 || list[0].Layers[0].Weights.N != 3*9 {
		t.Errorf("of the other network: %+v", list)
	}
}
