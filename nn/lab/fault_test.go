package lab

import (
	"math"
	"slices"
	"testing"

	"convlens/nn/wire"
)

// TestFault trains with absurd learning rates: the run stops where its numbers
// cease to be finite, and says where that was.
func TestFault(t *testing.T) {
	for _, o := range []wire.Optimizer{
		{Name: "sgd", LearningRate: 1e30},
		{Name: "sgd", LearningRate: 1e20, Momentum: 0.9},
		{Name: "adam", LearningRate: 1e30, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7},
		{Name: "muon", LearningRate: 1e30, Momentum: 0.95, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7},
		{Name: "adadelta", LearningRate: 1e38, Rho: 0.95, Epsilon: 1},
	} {
		s := settings()
		s.Optimizer = o
		p := newPage(t)
		l := p.play(p.ready(&wire.Watch{Layer: "conv2d_1", IntervalMS: 400}, &wire.Train{Settings: s})...)
		p.calm()
		faults := all[*wire.Fault](p)
		if len(faults) != 1 {
			t.Errorf("%+v: %d faults", o, len(faults))
			continue
		}
		f := faults[0]
		if v := float64(f.Value); f.Step < 1 || f.Step > steps || f.What == "" || !math.IsNaN(v) && !math.IsInf(v, 0) {
			t.Errorf("%+v: %+v", o, f)
		}
		if e := last[*wire.Progress](p); e.State != wire.Stopped || e.Step != f.Step {
			t.Errorf("%+v: after the fault in step %d state %d, step %d", o, f.Step, e.State, e.Step)
		}
		if n := len(all[*wire.Checkpoint](p)); n != 0 {
			t.Errorf("%+v: %d checkpoints of a network that is none", o, n)
		}
		if l.run.active() {
			t.Errorf("%+v: the run goes on", o)
		}
	}
}

// A fault leaves the page with the last checkpoint before it, from which the run
// can go on.
func TestFaultGoBack(t *testing.T) {
	p := newPage(t)
	s := settings()
	var l *Lab
	var kept *wire.Checkpoint
	p.once(atStep(3), &wire.Pause{})
	p.script = p.ready(&wire.Watch{IntervalMS: 1}, &wire.Train{Settings: s}, func() {
		kept = last[*wire.Checkpoint](p)
		params := l.model.Params()
		params[0].Value[5] = float32(math.NaN())
		p.forget()
		p.react = nil
	}, &wire.Resume{}, func() {
		f := last[*wire.Fault](p)
		if f.Step != 4 || f.Layer != "conv2d_1" {
			t.Errorf("NaN in conv2d_1 after step 3 is told as %+v", f)
		}
		if i := slices.IndexFunc(p.events, func(m wire.Message) bool { _, ok := m.(*wire.Checkpoint); return ok }); i >= 0 {
			t.Error("a checkpoint of NaN is told")
		}
		p.script = append([]any{&wire.Restore{Checkpoint: *kept}, &wire.Resume{}}, p.script...)
	})
	l = New(p, "")
	l.Run()
	p.calm()
	if got, want := last[*wire.Progress](p).Fingerprint, undisturbed(t, s).Fingerprint; got != want {
		t.Errorf("the fingerprint after going back is %s, expected %s", got, want)
	}
}
