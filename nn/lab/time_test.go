package lab

import (
	"math"
	"testing"

	"convlens/nn/wire"
)

// TestTime runs two epochs at 200 ms a batch, ten to train and two to evaluate.
func TestTime(t *testing.T) {
	p := newPage(t)
	p.play(p.ready(p.forget, &wire.Train{Settings: twoEpochs()})...)
	checkTimes(t, p)
	if e := last[*wire.Progress](p); e.ElapsedMS != 12*200 || e.LeftMS != 0 {
		t.Errorf("at the end %v ms elapsed, %v left; expected 2400 and 0", e.ElapsedMS, e.LeftMS)
	}
}

// TestTimeWithPauses leaves a minute's pause out, wherever it is.
func TestTimeWithPauses(t *testing.T) {
	for _, m := range moments {
		p := newPage(t)
		p.once(m.at, &wire.Pause{})
		p.play(p.ready(p.forget, &wire.Train{Settings: twoEpochs()}, &wire.Resume{})...)
		if p.clock < 60_000 {
			t.Fatal("the pause took no time")
		}
		checkTimes(t, p)
	}
}

// checkTimes compares each Progress with the batches done and to do. The
// estimate takes an evaluation's batch for a third of a training step, so the
// truth, where both take as long, is up to 8 thirds of a batch more.
func checkTimes(t *testing.T, p *page) {
	t.Helper()
	for _, e := range all[*wire.Progress](p) {
		done := float64(e.Seen+e.ValSeen) / batch
		if e.ElapsedMS != 200*done {
			t.Errorf("step %d: %v ms elapsed for %v batches", e.Step, e.ElapsedMS, done)
		}
		if e.Step == 0 {
			if e.LeftMS != 0 || e.ImagesPerS != 0 {
				t.Errorf("before the first step %v ms left, %v images/s", e.LeftMS, e.ImagesPerS)
			}
			continue
		}
		if e.ImagesPerS != 100 {
			t.Errorf("step %d, %d evaluated: %v images/s, expected 100", e.Step, e.ValSeen, e.ImagesPerS)
		}
		left := 200 * (24 - float64(e.Epoch-1)*12 - done)
		if e.State == wire.Done {
			left = 0
		}
		if e.LeftMS > left+1e-6 || e.LeftMS < left-200*8/3.0-1e-6 {
			t.Errorf("step %d, %d evaluated, state %d: %v ms left, expected about %v", e.Step, e.ValSeen, e.State, e.LeftMS, left)
		}
	}
}

// TestTimeRestored goes on counting from the checkpoint.
func TestTimeRestored(t *testing.T) {
	for _, m := range moments {
		c := checkpointAt(t, m.at)
		p := newPage(t)
		p.play(p.ready(p.forget, &wire.Restore{Checkpoint: *c}, &wire.Resume{})...)
		p.calm()
		for _, e := range all[*wire.Progress](p) {
			// An evaluation that was under way is done again.
			again := 0.0
			if e.Step == m.step && m.valSeen > 0 && !m.validated || e.Step == 20 && m.step == 20 {
				again = 200 * float64(m.valSeen) / batch
			}
			if want := 200*float64(e.Seen+e.ValSeen)/batch + again; math.Abs(e.ElapsedMS-want) > 1e-9 {
				t.Errorf("%s, step %d: %v ms elapsed, expected %v", m.name, e.Step, e.ElapsedMS, want)
			}
			if e.LeftMS < 0 || e.LeftMS > 24*200 || e.State != wire.Done && e.Step > 0 && e.LeftMS == 0 {
				t.Errorf("%s, step %d: %v ms left", m.name, e.Step, e.LeftMS)
			}
		}
	}
}
