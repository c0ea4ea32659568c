package lab

import (
	"fmt"
	"testing"

	"convlens/nn"
	"convlens/nn/wire"
)

// cycled are the settings of runs with everything that is not the tutorial's.
func cycled(epochs int) wire.Settings {
	s := settings()
	s.Epochs, s.Shift = epochs, 1
	s.Optimizer = wire.BestEpoch().Optimizer
	return s
}

// byHand trains as cycled says, without a lab: for each run its cycle, up to the
// given step of the network's life.
func byHand(t *testing.T, runs ...handRun) string {
	t.Helper()
	data := samples{&small(1).Train}
	m, err := nn.NewSequential(data.Shape(), batch, cycled(1).Seed, nn.Tutorial(10)...)
	if err != nil {
		t.Fatal(err)
	}
	opt, err := optimizer(cycled(1).Optimizer)
	if err != nil {
		t.Fatal(err)
	}
	tr := nn.NewTrainer(m, opt, data, nn.Options{Seed: cycled(1).Seed, Batch: batch, Shift: 1}, nn.Solo{})
	for _, r := range runs {
		tr.SetCycle(r.cycle)
		for tr.Position().Step < r.to {
			if _, err := tr.Step(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return m.Fingerprint()
}

type handRun struct {
	cycle nn.OneCycle
	to    int
}

// TestCycle takes runs with a cycle to the end that they have without a lab, with
// any number of workers: in one go, in two, and stopped at a moment and gone on
// with. A run's cycle begins with its first epoch; one that was cut short is
// taken to its end first, so that a run of one epoch that was stopped ends as if
// it had not been.
func TestCycle(t *testing.T) {
	one := handRun{nn.OneCycle{From: 0, Steps: steps}, steps}
	two := handRun{nn.OneCycle{From: 0, Steps: 2 * steps}, 2 * steps}
	again := handRun{nn.OneCycle{From: steps, Steps: steps}, 2 * steps}
	for _, tt := range []struct {
		name   string
		epochs []int // of the runs
		stopAt int   // step at which the first is stopped
		want   string
	}{
		{"one run", []int{1}, 0, byHand(t, one)},
		{"two epochs", []int{2}, 0, byHand(t, two)},
		{"two runs", []int{1, 1}, 0, byHand(t, one, again)},
		{"stopped and gone on with", []int{1, 1}, 4, byHand(t, one)},
		{"stopped in the second epoch", []int{2, 1}, 13, byHand(t, handRun{two.cycle, 13}, again)},
	} {
		for _, workers := range []int{1, 2, 4, 8} {
			p := newPage(t)
			if tt.stopAt > 0 {
				p.once(atStep(tt.stopAt), &wire.Stop{})
			}
			first := cycled(tt.epochs[0])
			script := p.ready(&wire.Init{Settings: first})
			for _, n := range tt.epochs {
				s := cycled(n)
				s.Workers = workers
				script = append(script, &wire.Train{Settings: s})
			}
			p.play(script...)
			p.calm()
			if e := last[*wire.Progress](p); e.State != wire.Done || e.Fingerprint != tt.want {
				t.Errorf("%s, %d workers: ends in state %d at step %d with %.12s, expected %.12s",
					tt.name, workers, e.State, e.Step, e.Fingerprint, tt.want)
			}
		}
	}
}

// TestCycleRestored goes on from checkpoints of the first run and of the second
// at the rates that they stood at.
func TestCycleRestored(t *testing.T) {
	script := func(p *page) []any {
		return p.ready(&wire.Init{Settings: cycled(2)}, &wire.Train{Settings: cycled(2)}, &wire.Train{Settings: cycled(1)})
	}
	whole := newPage(t)
	whole.play(script(whole)...)
	want := last[*wire.Progress](whole)
	for _, at := range []int{0, 4, 13, 20, 24} {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			p := newPage(t)
			p.once(func(e *wire.Progress) bool { return e.State == wire.Training && e.Step == at && e.Epochs >= 2+at/20 }, &wire.Pause{})
			p.play(script(p)...) // the pause is the last that it does
			c := last[*wire.Checkpoint](p)
			if c.Step != at || c.State != wire.Paused {
				t.Fatalf("a checkpoint of step %d in state %d", c.Step, c.State)
			}
			q := newPage(t)
			script := q.ready(&wire.Restore{Checkpoint: *c}, &wire.Resume{})
			if at < 20 {
				script = append(script, &wire.Train{Settings: cycled(1)})
			}
			q.play(script...)
			q.calm()
			if e := last[*wire.Progress](q); e.State != wire.Done || e.Step != 30 || e.Fingerprint != want.Fingerprint || e.ValLoss != want.ValLoss {
				t.Errorf("ends in state %d at step %d with %.12s, expected %.12s", e.State, e.Step, e.Fingerprint, want.Fingerprint)
			}
		})
	}
}
