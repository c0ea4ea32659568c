package lab

import (
	"fmt"
	"testing"

	"convlens/nn/wire"
)

// moments are places in a run of two epochs where a command may come in.
var moments = []struct {
	name string
	at   func(*wire.Progress) bool
	// what Progress must say when the command has acted
	step, seen, valSeen int
	validated           bool
}{
	{"before the first batch", atStep(0), 0, 0, 0, false},
	{"in the first epoch", atStep(4), 4, 80, 0, false},
	{"before its evaluation", func(p *wire.Progress) bool { return p.State == wire.Evaluating && p.ValSeen == 0 }, 10, 200, 0, false},
	{"in its evaluation", func(p *wire.Progress) bool { return p.State == wire.Evaluating && p.ValSeen == batch }, 10, 200, 20, false},
	{"between the epochs", func(p *wire.Progress) bool { return p.State == wire.Training && p.Validated }, 10, 200, 40, true},
	{"in the second epoch", atStep(17), 17, 140, 0, false},
	{"in its evaluation", func(p *wire.Progress) bool { return p.State == wire.Evaluating && p.Step == 20 && p.ValSeen == batch }, 20, 200, 20, false},
}

// twoEpochs are the settings of the runs below.
func twoEpochs() wire.Settings {
	s := settings()
	s.Epochs = 2
	return s
}

// TestPause pauses at each of the moments: before the next batch, which the
// clock shows, the run stands still; Resume ends with the weights, curves and
// validations of a run without a pause.
func TestPause(t *testing.T) {
	want := undisturbed(t, twoEpochs())
	for _, m := range moments {
		t.Run(m.name, func(t *testing.T) {
			p := newPage(t)
			asked := 0.0
			p.once(func(e *wire.Progress) bool { asked = p.clock; return m.at(e) }, &wire.Pause{})
			p.play(p.ready(&wire.Train{Settings: twoEpochs()}, func() {
				e := last[*wire.Progress](p)
				if p.clock != asked {
					t.Errorf("paused %v ms after it was asked to", p.clock-asked)
				}
				if e.State != wire.Paused || e.Step != m.step || e.Seen != m.seen || e.ValSeen != m.valSeen || e.Validated != m.validated {
					t.Errorf("paused at %+v", e)
				}
			}, &wire.Resume{})...)
			p.calm()
			checkEnd(t, p, want)
		})
	}
}

// checkEnd wants a run of two epochs to have ended as the undisturbed one.
func checkEnd(t *testing.T, p *page, want *wire.Progress) {
	t.Helper()
	e := last[*wire.Progress](p)
	if e.State != wire.Done || e.Fingerprint != want.Fingerprint || e.Loss != want.Loss || e.ValLoss != want.ValLoss || e.ValAcc != want.ValAcc {
		t.Errorf("ended with %+v, expected %+v", e, want)
	}
	if loss, _, vals := curve(t, p); len(loss) != 2*steps || len(vals) != 2 {
		t.Errorf("%d steps and validations %+v, expected %d and 2", len(loss), vals, 2*steps)
	}
}

// TestPauseTwice pauses, and again before anything has been done.
func TestPauseTwice(t *testing.T) {
	p := newPage(t)
	p.once(atStep(4), &wire.Pause{})
	p.play(p.ready(&wire.Train{Settings: twoEpochs()}, &wire.Pause{}, &wire.Train{Settings: twoEpochs()},
		&wire.Resume{}, &wire.Resume{})...)
	want := "[Pause: lab: no run is under way Train: lab: a run is under way Resume: lab: no run is paused]"
	if got := fmt.Sprint(p.failures()); got != want {
		t.Errorf("failures %s, expected %s", got, want)
	}
	checkEnd(t, p, undisturbed(t, twoEpochs()))
}

// TestStop ends the run at each of the moments, directly and after a pause. The
// network is kept: it can be looked at, and trained on.
func TestStop(t *testing.T) {
	for _, m := range moments {
		for _, paused := range []bool{false, true} {
			t.Run(fmt.Sprint(m.name, paused), func(t *testing.T) {
				p := newPage(t)
				script := []any{&wire.Train{Settings: twoEpochs()}}
				if paused {
					p.once(m.at, &wire.Pause{})
					script = append(script, &wire.Stop{})
				} else {
					p.once(m.at, &wire.Stop{})
				}
				var kept string
				script = append(script, func() {
					e := last[*wire.Progress](p)
					if e.State != wire.Stopped || e.Step != m.step || e.Seen != m.seen || e.LeftMS != 0 {
						t.Errorf("stopped at %+v", e)
					}
					if kept = e.Fingerprint; len(kept) != 64 {
						t.Errorf("stopped with the fingerprint %q", kept)
					}
					p.forget()
				}, &wire.Watch{Layer: "softmax_1"}, func() {
					if v := last[*wire.View](p); v.Step != m.step || len(v.Probs) != 10 {
						t.Errorf("the View after Stop is of step %d with %d probabilities", v.Step, len(v.Probs))
					}
				}, &wire.Train{Settings: settings()})
				p.play(p.ready(script...)...)
				p.calm()
				// An epoch that was cut short is taken to its end first.
				whole := max(1, (m.step+steps-1)/steps)
				if m.seen == trainN {
					whole++
				}
				e := last[*wire.Progress](p)
				if e.State != wire.Done || e.Epoch != whole || e.Step != whole*steps || e.Fingerprint == kept {
					t.Errorf("trained on to %+v", e)
				}
			})
		}
	}
}

// TestStopAndTrainOn ends with the weights of a run without the stop.
func TestStopAndTrainOn(t *testing.T) {
	p := newPage(t)
	p.once(atStep(13), &wire.Stop{})
	p.play(p.ready(&wire.Train{Settings: twoEpochs()}, &wire.Train{Settings: settings()})...)
	p.calm()
	checkEnd(t, p, undisturbed(t, twoEpochs()))
}

// TestReset makes a fresh network in the midst of a run.
func TestReset(t *testing.T) {
	fresh := newPage(t)
	want := fresh.play(fresh.ready()...).model.Fingerprint()
	for _, m := range moments[1:] {
		p := newPage(t)
		p.once(m.at, &wire.Init{Settings: settings()})
		l := p.play(p.ready(&wire.Train{Settings: twoEpochs()})...)
		p.calm()
		e := last[*wire.Progress](p)
		if e.State != wire.Idle || e.Step != 0 || e.Epoch != 0 || e.Validated || e.Fingerprint != "" || e.ElapsedMS != 0 {
			t.Errorf("%s: after a reset %+v", m.name, e)
		}
		if l.model.Fingerprint() != want {
			t.Errorf("%s: the network is not fresh", m.name)
		}
	}
}
