package lab

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"convlens/nn"
	"convlens/nn/glyph"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// TestSurvey compares what is told of generated digits, and of images in colours,
// with the files themselves.
func TestSurvey(t *testing.T) {
	for name, d := range map[string]*mnist.Dataset{
		"digits":  glyph.Digits(1, 300, 50),
		"colours": {Train: boards(1, 60, 3, 17, 33), Test: boards(2, 20, 3, 17, 33)},
	} {
		p := newPage(t)
		p.play(&wire.Load{Source: p.offer(name, d)}, &wire.GetSurvey{},
			&wire.GetMeans{Split: wire.TestSplit, Classes: []int{9, 4}}, &wire.GetMeans{})
		p.calm()
		s := last[*wire.Survey](p)
		for _, half := range []struct {
			told *wire.Half
			set  *mnist.Set
		}{{&s.Train, &d.Train}, {&s.Test, &d.Test}} {
			if !bytes.Equal(half.told.Labels, half.set.Labels) {
				t.Errorf("%s: labels %v, expected %v", name, half.told.Labels, half.set.Labels)
			}
			levels := make([]int, 256*half.set.C)
			for i, v := range half.set.Pixels {
				levels[i/(half.set.H*half.set.W)%half.set.C*256+int(v)]++
			}
			if !slices.Equal(half.told.Levels, levels) {
				t.Errorf("%s: values %v, expected %v", name, half.told.Levels, levels)
			}
		}
		m := all[*wire.Means](p)
		size := d.Test.Size()
		if len(m) != 2 || m[0].Split != wire.TestSplit || fmt.Sprint(m[0].Classes, m[0].Shape) != fmt.Sprint([]int{9, 4}, []int{d.Test.C, d.Test.H, d.Test.W}) {
			t.Fatalf("%s: %d answers, the first for %v of shape %v", name, len(m), m[0].Classes, m[0].Shape)
		}
		for k, class := range m[0].Classes {
			mean := make([]float64, size)
			n := 0.0
			for i := range d.Test.N {
				if d.Test.Label(i) == class {
					n++
					for j, v := range d.Test.Image(i) {
						mean[j] += float64(v)
					}
				}
			}
			for j, sum := range mean {
				if got := m[0].Data[k*size+j]; got != float32(sum/n) {
					t.Fatalf("%s: value %d of the mean %d is %v, expected %v", name, j, class, got, sum/n)
				}
			}
		}
		if len(m[1].Data) != 0 {
			t.Errorf("%s: the means of no class have %d values", name, len(m[1].Data))
		}
	}
}

// watchedSamples are training data that note the order in which they are taken.
type watchedSamples struct {
	nn.Samples
	taken []int
}

func (s *watchedSamples) Image(i int) []byte {
	s.taken = append(s.taken, i)
	return s.Samples.Image(i)
}

// TestOrder asks for the order of two epochs, and trains two on the same settings
// as the lab does, noting what is taken.
func TestOrder(t *testing.T) {
	s := settings()
	s.Limit, s.Epochs, s.Shift = 90, 2, 1
	p := newPage(t)
	l := p.play(p.ready(&wire.Init{Settings: s},
		&wire.GetOrder{Epoch: 1, Seed: s.Seed, Limit: s.Limit, Shift: s.Shift},
		&wire.GetOrder{Epoch: 2, Seed: s.Seed, Limit: s.Limit},
		&wire.GetOrder{Epoch: 1, Seed: s.Seed})...)
	p.calm()
	data := &watchedSamples{Samples: l.set(wire.TrainSplit)}
	tr := nn.NewTrainer(l.model, l.opt, data, nn.Options{Seed: s.Seed, Batch: s.Batch, Limit: s.Limit, Shift: s.Shift}, nn.Solo{})
	told := all[*wire.Order](p)
	for epoch := range s.Epochs {
		data.taken = nil
		for more := true; more; more = !tr.EpochDone() {
			if _, err := tr.Step(); err != nil {
				t.Fatal(err)
			}
		}
		if m := told[epoch]; m.Of.Epoch != epoch+1 || !slices.Equal(m.Indices, data.taken) {
			t.Errorf("epoch %d trains on %v, told are %v", m.Of.Epoch, data.taken, m.Indices)
		}
	}
	if m := told[0]; len(m.Moves) != 2*s.Limit || slices.Max(m.Moves) != 2 || slices.Min(m.Moves) != 0 {
		t.Errorf("%d moves from %d to %d", len(m.Moves), slices.Min(m.Moves), slices.Max(m.Moves))
	}
	for k, i := range told[0].Indices {
		dx, dy := nn.ShiftOf(s.Seed, 0, i, s.Shift)
		if got := told[0].Moves[2*k : 2*k+2]; int(got[0])-s.Shift != dx || int(got[1])-s.Shift != dy {
			t.Fatalf("image %d is moved by %d, %d, told is %v", i, dx, dy, got)
		}
	}
	if len(told[1].Moves) != 0 {
		t.Error("moves are told that there are not")
	}
	if n := len(told[2].Indices); n != trainN {
		t.Errorf("without a limit there are %d places, expected %d", n, trainN)
	}
}

// Exploring during a run leaves it as it is.
func TestExploreLeavesRun(t *testing.T) {
	p := newPage(t)
	asked := false
	p.react = func(m wire.Message) {
		if e, ok := m.(*wire.Progress); ok && e.Step == 5 && !asked {
			asked = true
			p.urgent = append(p.urgent, &wire.GetSurvey{}, &wire.GetMeans{Classes: []int{3}}, &wire.GetOrder{Epoch: 1, Seed: 3})
		}
	}
	p.play(p.ready(&wire.Train{Settings: settings()})...)
	p.calm()
	if len(all[*wire.Order](p)) != 1 {
		t.Error("nothing was explored")
	}
	if got, want := last[*wire.Progress](p), undisturbed(t, settings()); got.Fingerprint != want.Fingerprint {
		t.Errorf("the weights are %.12s, expected %.12s", got.Fingerprint, want.Fingerprint)
	}
}
