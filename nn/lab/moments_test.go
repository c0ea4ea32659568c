package lab

import (
	"math"
	"testing"

	"convlens/nn/glyph"
	"convlens/nn/record"
	"convlens/nn/wire"
)

// recorded returns what the Views told, as the page keeps it.
func recorded(t *testing.T, p *page) []*record.Moment {
	t.Helper()
	r := record.NewRecorder(Moments, 16<<20, (*record.Moment).Measure)
	for _, v := range all[*wire.View](p) {
		for _, m := range v.Moments {
			kept := &record.Moment{Step: m.Step}
			for _, a := range m.Arrays {
				kept.Arrays = append(kept.Arrays, record.Packed(a))
			}
			if err := r.Record(kept); err != nil {
				t.Fatal(err)
			}
		}
	}
	return r.Moments()
}

// watched returns a page that has looked at a run of so many epochs.
func watched(t *testing.T, epochs int) *page {
	s := settings()
	s.Epochs = epochs
	p := newPage(t)
	p.play(p.ready(&wire.Watch{Layer: "conv2d_1", IntervalMS: 1000}, &wire.Train{Settings: s})...)
	p.calm()
	return p
}

// TestMoments wants as many moments of a short run as it has steps, of a long one
// at least half of 60, the first and the last among them.
func TestMoments(t *testing.T) {
	for _, epochs := range []int{1, 20} {
		p := watched(t, epochs)
		ms := recorded(t, p)
		if len(ms) != min(steps*epochs+1, 51) {
			t.Errorf("%d moments of %d steps", len(ms), steps*epochs)
		}
		if ms[0].Step != 0 || ms[len(ms)-1].Step != steps*epochs {
			t.Errorf("moments from %d to %d, expected from 0 to %d", ms[0].Step, ms[len(ms)-1].Step, steps*epochs)
		}
	}
}

// TestMomentIs compares a moment with the View of the same step, and wants the
// run to be the one without a look.
func TestMomentIs(t *testing.T) {
	p := newPage(t)
	p.play(p.ready(&wire.Watch{Split: wire.TestSplit, Index: 3, Layer: "relu_2", IntervalMS: 200}, &wire.Train{Settings: settings()})...)
	p.calm()
	ms := recorded(t, p)
	v := last[*wire.View](p)
	m := ms[len(ms)-1]
	if m.Step != v.Step || len(m.Arrays) != 3 {
		t.Fatalf("a moment of step %d with %d arrays, expected step %d and 3", m.Step, len(m.Arrays), v.Step)
	}
	for _, want := range append(v.Kernels, v.Maps) {
		a := m.Array(want.Name)
		got := make([]float32, a.Len())
		a.Unpack(got)
		for i, x := range want.Data {
			if math.Abs(float64(got[i]-x)) > 0.501*float64(a.Step) {
				t.Fatalf("%s: value %d is %v, in the moment %v", want.Name, i, x, got[i])
			}
		}
	}
	if got, want := last[*wire.Progress](p).Fingerprint, undisturbed(t, settings()).Fingerprint; got != want {
		t.Errorf("the recorded run's fingerprint is %s, expected %s", got, want)
	}
}

// A moment between runs is told again for another image, and a fresh network
// begins again with step 0.
func TestMomentsBetweenRuns(t *testing.T) {
	p := newPage(t)
	trained(p, p.forget,
		&wire.Watch{Split: wire.TestSplit, Index: 7, Layer: "conv2d_1"}, &wire.Init{Settings: settings()})
	p.calm()
	vs := all[*wire.View](p)
	if len(vs) != 2 {
		t.Fatalf("%d Views", len(vs))
	}
	for i, step := range []int{steps, 0} {
		if len(vs[i].Moments) != 1 || vs[i].Moments[0].Step != step || vs[i].Moments[0].Index != 7 || vs[i].Moments[0].Split != wire.TestSplit {
			t.Errorf("View %d has the moments %+v, expected one of step %d", i, vs[i].Moments, step)
		}
	}
}

// BenchmarkRecord takes a moment of the tutorial's network, BenchmarkHealth tells
// how it is; BenchmarkStep is what they are measured by.
func BenchmarkRecord(b *testing.B) {
	l := atWork(b)
	for b.Loop() {
		l.record()
		l.viewer.moments = l.viewer.moments[:0]
	}
}

func BenchmarkHealth(b *testing.B) {
	l := atWork(b)
	h := &health{l: l}
	h.refresh()
	l.lens.slice = func() bool { return false } // no rounds
	for b.Loop() {
		h.refresh()
	}
}

// BenchmarkChronicle tells of a moment, as about 30 times in a run.
func BenchmarkChronicle(b *testing.B) {
	l := atWork(b)
	l.viewer.on = true
	for b.Loop() {
		l.chronicle()
	}
}

func BenchmarkStep(b *testing.B) {
	l := atWork(b)
	for b.Loop() {
		if _, err := l.trainer.Step(); err != nil {
			b.Fatal(err)
		}
	}
}

// atWork returns a Lab with the tutorial's network and a step behind it.
func atWork(b *testing.B) *Lab {
	l := &Lab{host: silent{}, data: glyph.Digits(1, 1000, 40)}
	s := settings()
	s.Batch = 128
	if err := l.init(s); err != nil {
		b.Fatal(err)
	}
	if _, err := l.trainer.Step(); err != nil {
		b.Fatal(err)
	}
	return l
}

// silent is a Host for which nothing has to be told or measured.
type silent struct{ Host }

func (silent) Send(wire.Message) {}
func (silent) Now() float64      { return 0 }
func (silent) Memory() int       { return 0 }
