package lab

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// checkpointAt pauses a run at a moment and returns the checkpoint.
func checkpointAt(t *testing.T, at func(*wire.Progress) bool) *wire.Checkpoint {
	t.Helper()
	p := newPage(t)
	p.once(at, &wire.Pause{})
	p.play(p.ready(&wire.Train{Settings: twoEpochs()})...)
	p.calm()
	return last[*wire.Checkpoint](p)
}

// TestRestore takes a run that was paused at each of the moments to another
// lab, where it ends with the same weights. The evaluation at hand begins anew.
func TestRestore(t *testing.T) {
	want := undisturbed(t, twoEpochs())
	for _, m := range moments {
		t.Run(m.name, func(t *testing.T) {
			c := checkpointAt(t, m.at)
			if c.Dataset != "boards" || c.Settings != twoEpochs() || c.State != wire.Paused || c.Epochs != 2 || c.Step != m.step || c.Validated != m.validated {
				c.Data = wire.Blob{}
				t.Errorf("checkpoint %+v", c)
			}
			p := newPage(t)
			p.play(p.ready(&wire.Watch{Layer: "dense_2"}, p.forget, &wire.Restore{Checkpoint: *c}, func() {
				p.told("Model Progress View")
				e := last[*wire.Progress](p)
				if e.State != wire.Paused || e.Step != m.step || e.Seen != m.seen || e.Validated != m.validated || e.Epochs != 2 || e.ElapsedMS != c.ElapsedMS {
					t.Errorf("restored to %+v", e)
				}
				if v := last[*wire.View](p); v.Step != m.step {
					t.Errorf("the View is of step %d, expected %d", v.Step, m.step)
				}
				p.forget()
			}, &wire.Resume{})...)
			p.calm()
			e := last[*wire.Progress](p)
			if e.State != wire.Done || e.Fingerprint != want.Fingerprint || e.ValLoss != want.ValLoss || e.ValAcc != want.ValAcc || e.Loss != want.Loss {
				t.Errorf("ended with %+v, expected %+v", e, want)
			}
			told := 0
			for _, e := range all[*wire.Progress](p) {
				told += len(e.StepLoss)
				if len(e.StepLoss) > 0 && e.FirstStep != m.step+told-len(e.StepLoss)+1 {
					t.Errorf("%d losses told from step %d on", len(e.StepLoss), e.FirstStep)
				}
			}
			if told != 2*steps-m.step {
				t.Errorf("%d steps told, expected %d", told, 2*steps-m.step)
			}
		})
	}
}

// told wants exactly these events since the last forget.
func (p *page) told(want string) {
	p.t.Helper()
	var names []string
	for _, m := range p.events {
		names = append(names, wire.Name(m))
	}
	if got := fmt.Sprint(names); got != "["+want+"]" {
		p.t.Errorf("told %s, expected [%s]", got, want)
	}
}

// TestRestoreEnded restores what Stop and the end of a run leave behind.
func TestRestoreEnded(t *testing.T) {
	for _, stop := range []bool{false, true} {
		p := newPage(t)
		if stop {
			p.once(atStep(13), &wire.Stop{})
		}
		p.play(p.ready(&wire.Train{Settings: twoEpochs()})...)
		c, before := last[*wire.Checkpoint](p), last[*wire.Progress](p)

		q := newPage(t)
		q.play(q.ready(&wire.Restore{Checkpoint: *c}, func() {
			e := last[*wire.Progress](q)
			if e.State != before.State || e.Fingerprint != before.Fingerprint || e.Step != before.Step || e.ValAcc != before.ValAcc || e.Loss != before.Loss {
				t.Errorf("restored to %+v, was %+v", e, before)
			}
		}, &wire.Resume{}, &wire.Train{Settings: settings()})...)
		if got := fmt.Sprint(q.failures()); got != "[Resume: lab: no run is paused]" {
			t.Errorf("failures %s", got)
		}
		s := twoEpochs()
		if !stop {
			s.Epochs = 3 // what was finished, and one more
		}
		if e := last[*wire.Progress](q); e.State != wire.Done || e.Fingerprint != undisturbed(t, s).Fingerprint {
			t.Errorf("trained on to %+v", e)
		}
	}
}

// TestCheckpoints sends one every ten seconds of a run, from which it can go
// on, and one at its end.
func TestCheckpoints(t *testing.T) {
	p := newPage(t)
	p.batchMS = 4000
	p.play(p.ready(&wire.Train{Settings: settings()})...)
	var got []string
	found := all[*wire.Checkpoint](p)
	for _, c := range found {
		got = append(got, fmt.Sprint(c.Step, " ", c.State))
	}
	if want := []string{"3 2", "6 2", "9 2", "10 5"}; !slices.Equal(got[:3], want[:3]) || got[len(got)-1] != want[3] {
		t.Errorf("checkpoints (step, state) %q, expected to begin and end as %q", got, want)
	}
	q := newPage(t)
	q.play(q.ready(&wire.Restore{Checkpoint: *found[1]}, &wire.Resume{})...)
	q.calm()
	if a, b := last[*wire.Progress](p), last[*wire.Progress](q); a.Fingerprint != b.Fingerprint || b.State != wire.Done {
		t.Errorf("from the second checkpoint: %+v", b)
	}
}

// TestRestoreRefused leaves network and run as they are.
func TestRestoreRefused(t *testing.T) {
	good := checkpointAt(t, atStep(4))
	with := func(change func(c *wire.Checkpoint)) *wire.Restore {
		c := *good
		c.Data.Bytes = slices.Clone(c.Data.Bytes)
		change(&c)
		return &wire.Restore{Checkpoint: c}
	}
	refused := []struct {
		name    string
		restore *wire.Restore
		want    string
	}{
		{"a bit turned", with(func(c *wire.Checkpoint) { c.Data.Bytes[len(c.Data.Bytes)/2] ^= 1 }), "nn: checkpoint: damaged: its checksum is "},
		{"cut", with(func(c *wire.Checkpoint) { c.Data.Bytes = c.Data.Bytes[:len(c.Data.Bytes)-1] }), "nn: checkpoint: damaged: its checksum is "},
		{"empty", with(func(c *wire.Checkpoint) { c.Data.Bytes = nil }), "nn: checkpoint: 0 bytes that do not begin with "},
		{"other data", with(func(c *wire.Checkpoint) { c.Dataset = "mnist" }), `lab: the checkpoint is of a run on "mnist", loaded is "boards"`},
		{"idle", with(func(c *wire.Checkpoint) { c.State = wire.Idle }), "lab: the checkpoint's state is 0"},
		{"training", with(func(c *wire.Checkpoint) { c.State = wire.Training }), "lab: the checkpoint's state is 1"},
		{"no such state", with(func(c *wire.Checkpoint) { c.State = 77 }), "lab: the checkpoint's state is 77"},
		{"other optimiser", with(func(c *wire.Checkpoint) {
			c.Settings.Optimizer = wire.Optimizer{Name: "sgd", LearningRate: 1}
		}), `nn: checkpoint: of the optimiser "adadelta", expected "sgd"`},
		{"no optimiser", with(func(c *wire.Checkpoint) { c.Settings.Optimizer.Name = "" }), `lab: unknown optimiser "", expected `},
		{"no batch", with(func(c *wire.Checkpoint) { c.Settings.Batch = 0 }), "lab: batches of 0, expected 1 to 4096"},
		{"fewer samples", with(func(c *wire.Checkpoint) { c.Settings.Limit = 60 }), "nn: checkpoint: stands at sample 80 of an epoch, this run has 60"},
	}
	p := newPage(t)
	p.once(atStep(7), &wire.Pause{})
	script := []any{&wire.Train{Settings: twoEpochs()}}
	for _, tt := range refused {
		script = append(script, p.forget, tt.restore, func() {
			p.told("Failed")
			if got := p.failures()[0]; !strings.HasPrefix(got, "Restore: "+tt.want) {
				t.Errorf("%s: %s, expected %s", tt.name, got, tt.want)
			}
		})
	}
	l := p.play(p.ready(append(script, &wire.Resume{})...)...)
	if got, want := l.model.Fingerprint(), undisturbed(t, twoEpochs()).Fingerprint; got != want {
		t.Errorf("refused checkpoints changed the run: it ends with %.12s, expected %.12s", got, want)
	}
}

// TestRestoreAtTheWrongTime refuses a good checkpoint without data and during
// a run.
func TestRestoreAtTheWrongTime(t *testing.T) {
	restore := &wire.Restore{Checkpoint: *checkpointAt(t, atStep(4))}
	p := newPage(t)
	p.once(atStep(7), restore)
	p.play(append([]any{restore}, p.ready(&wire.Train{Settings: settings()})...)...)
	want := `[Restore: lab: the checkpoint is of a run on "boards", loaded is "" Restore: lab: a run is under way]`
	if got := fmt.Sprint(p.failures()); got != want {
		t.Errorf("failures %s, expected %s", got, want)
	}
	if e := last[*wire.Progress](p); e.State != wire.Done || e.Fingerprint != undisturbed(t, settings()).Fingerprint {
		t.Errorf("the run ended with %+v", e)
	}
}
