package lab

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"convlens/nn/wire"
)

// curve puts the step losses and accuracies of all Progress events together,
// and fails if a step is missing or comes twice.
func curve(t *testing.T, p *page) (loss, acc []float32, vals []wire.Validation) {
	t.Helper()
	for _, e := range all[*wire.Progress](p) {
		if n := len(e.StepLoss); len(e.StepAcc) != n || n > 0 && e.FirstStep != len(loss)+1 || n == 0 && e.FirstStep != 0 {
			t.Errorf("%d losses and %d accuracies from step %d on, after %d steps", n, len(e.StepAcc), e.FirstStep, len(loss))
		}
		loss, acc, vals = append(loss, e.StepLoss...), append(acc, e.StepAcc...), append(vals, e.Vals...)
	}
	return loss, acc, vals
}

// TestRun follows a run of one epoch, batch by batch.
func TestRun(t *testing.T) {
	p := newPage(t)
	l := p.play(p.ready(p.forget, &wire.Train{Settings: settings()})...)
	p.calm()

	var got []string
	for _, e := range all[*wire.Progress](p) {
		got = append(got, fmt.Sprintf("%d:%d/%d+%d", e.State, e.Seen, e.Samples, e.ValSeen))
		if e.Epochs != 1 || e.Epoch != min(e.Step, 1) || e.Samples != trainN || e.ValN != testN || e.MemoryBytes != 3<<30 {
			t.Errorf("epoch %d of %d with %d samples, %d to evaluate, memory %d", e.Epoch, e.Epochs, e.Samples, e.ValN, e.MemoryBytes)
		}
		if e.Validated != (e.State == wire.Done) || (e.Fingerprint != "") != (e.State == wire.Done) {
			t.Errorf("in state %d: validated %v, fingerprint %q", e.State, e.Validated, e.Fingerprint)
		}
	}
	want := []string{"1:0/200+0"}
	for seen := batch; seen < trainN; seen += batch {
		want = append(want, fmt.Sprintf("1:%d/200+0", seen))
	}
	want = append(want, "3:200/200+0", "3:200/200+20", "5:200/200+40")
	if !slices.Equal(got, want) {
		t.Errorf("told states:seen/samples+evaluated\n%q, expected\n%q", got, want)
	}

	loss, acc, vals := curve(t, p)
	e := last[*wire.Progress](p)
	if len(loss) != steps || e.Step != steps {
		t.Fatalf("%d losses for %d steps", len(loss), e.Step)
	}
	var sum, right float64
	for i := range loss {
		sum += float64(loss[i]) / steps
		right += float64(acc[i]) / steps
	}
	if math.Abs(sum-e.Loss) > 1e-6 || math.Abs(right-e.Acc) > 1e-6 {
		t.Errorf("loss %v and accuracy %v, but the steps' means are %v and %v", e.Loss, e.Acc, sum, right)
	}
	if len(vals) != 1 || vals[0] != (wire.Validation{Step: steps, Loss: e.ValLoss, Acc: e.ValAcc}) || !(e.ValLoss > 0) {
		t.Errorf("validations %+v, told at the end: %v, %v", vals, e.ValLoss, e.ValAcc)
	}
	if e.Fingerprint != l.model.Fingerprint() || len(e.Fingerprint) != 64 {
		t.Errorf("fingerprint %s, the network's is %s", e.Fingerprint, l.model.Fingerprint())
	}
}

// TestLearning reads most boards after some epochs, so that the numbers above
// mean something.
func TestLearning(t *testing.T) {
	s := settings()
	s.Epochs = 8
	e := undisturbed(t, s)
	if e.ValAcc < 0.9 || e.ValLoss > 0.5 || e.ValAcc*testN != math.Round(e.ValAcc*testN) {
		t.Errorf("validation loss %v, accuracy %v after %d epochs", e.ValLoss, e.ValAcc, e.Epoch)
	}
}

// TestProgressIsSparing tells at most every 200 ms, whatever a batch takes, and
// yet every step in the end.
func TestProgressIsSparing(t *testing.T) {
	p := newPage(t)
	p.batchMS = 30
	p.play(p.ready(p.forget, &wire.Train{Settings: settings()})...)
	state, before := wire.Idle, 0.0
	for i, m := range p.events {
		e, ok := m.(*wire.Progress)
		if !ok {
			continue
		}
		if e.State == state && p.times[i]-before < tellEvery {
			t.Errorf("two words within %v ms, both in state %d", p.times[i]-before, state)
		}
		state, before = e.State, p.times[i]
	}
	if loss, _, _ := curve(t, p); len(loss) != steps {
		t.Errorf("%d of %d steps told", len(loss), steps)
	}
}

// TestEpochs runs three epochs in one go, and in two: the second run goes on
// where the first ended.
func TestEpochs(t *testing.T) {
	three := settings()
	three.Epochs = 3
	p := newPage(t)
	p.play(p.ready(&wire.Train{Settings: three})...)
	loss, _, vals := curve(t, p)
	if len(loss) != 3*steps || len(vals) != 3 || vals[0].Step != steps || vals[1].Step != 2*steps || vals[2].Step != 3*steps {
		t.Errorf("%d steps, validations %+v", len(loss), vals)
	}
	epoch := 0
	for _, e := range all[*wire.Progress](p) {
		if e.Epoch < epoch || e.Epoch > epoch+1 || e.Epochs != 3 && e.State != wire.Idle || e.Step != max(0, e.Epoch-1)*steps+e.Seen/batch {
			t.Errorf("epoch %d of %d after epoch %d, step %d, %d seen", e.Epoch, e.Epochs, epoch, e.Step, e.Seen)
		}
		epoch = e.Epoch
	}
	whole := last[*wire.Progress](p)

	two, one := settings(), settings()
	two.Epochs = 2
	q := newPage(t)
	q.play(q.ready(&wire.Train{Settings: two}, func() {
		if e := last[*wire.Progress](q); e.State != wire.Done || e.Epoch != 2 || e.Epochs != 2 {
			t.Errorf("the first run ends with %+v", e)
		}
	}, &wire.Train{Settings: one})...)
	q.calm()
	again := last[*wire.Progress](q)
	if again.Fingerprint != whole.Fingerprint || again.Epoch != 3 || again.Epochs != 3 || again.ValLoss != whole.ValLoss {
		t.Errorf("in two runs: %+v; in one: %+v", again, whole)
	}
	parts, _, _ := curve(t, q)
	if !slices.Equal(parts, loss) {
		t.Errorf("losses in two runs\n%v, in one\n%v", parts, loss)
	}
}

// TestSettingsDecide wants the same weights for the same settings, and others
// for another seed, batch size, limit or optimiser.
func TestSettingsDecide(t *testing.T) {
	first := undisturbed(t, settings()).Fingerprint
	p := newPage(t)
	p.play(p.ready(&wire.Train{Settings: settings()})...)
	if again := last[*wire.Progress](p).Fingerprint; again != first {
		t.Errorf("two runs with one seed: %.12s and %.12s", first, again)
	}
	workers := settings()
	workers.Workers = 4
	if got := undisturbed(t, workers).Fingerprint; got != first {
		t.Errorf("the number of workers changes the weights: %.12s and %.12s", first, got)
	}
	seen := map[string]string{first: "the first"}
	for name, change := range map[string]func(*wire.Settings){
		"seed":  func(s *wire.Settings) { s.Seed++ },
		"batch": func(s *wire.Settings) { s.Batch = 25 },
		"limit": func(s *wire.Settings) { s.Limit = 100 },
		"sgd":   func(s *wire.Settings) { s.Optimizer = wire.Optimizer{Name: "sgd", LearningRate: 0.01, Momentum: 0.9} },
		"adam": func(s *wire.Settings) {
			s.Optimizer = wire.Optimizer{Name: "adam", LearningRate: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7}
		},
		"muon": func(s *wire.Settings) {
			s.Optimizer = wire.Optimizer{Name: "muon", LearningRate: 0.001, Momentum: 0.95, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7}
		},
		"rate":   func(s *wire.Settings) { s.Optimizer.LearningRate = 0.5 },
		"epochs": func(s *wire.Settings) { s.Epochs = 2 },
	} {
		s := settings()
		change(&s)
		e := undisturbed(t, s)
		if other, ok := seen[e.Fingerprint]; ok {
			t.Errorf("another %s gives the weights of %s", name, other)
		}
		seen[e.Fingerprint] = name
		if s.Limit > 0 && e.Samples != s.Limit {
			t.Errorf("an epoch of %d samples, the limit is %d", e.Samples, s.Limit)
		}
	}
}

// TestTrainWithOtherSettings starts a fresh network again with the settings of
// Train, and refuses to change a trained one's.
func TestTrainWithOtherSettings(t *testing.T) {
	other := settings()
	other.Seed = 99
	want := undisturbed(t, other).Fingerprint
	p := newPage(t)
	p.play(p.ready(&wire.Train{Settings: other}, func() {
		if got := last[*wire.Progress](p).Fingerprint; got != want {
			t.Errorf("trained with the seed of Init: %.12s, expected %.12s", got, want)
		}
	}, &wire.Train{Settings: settings()})...)
	got := p.failures()
	if len(got) != 1 || got[0] != "Train: lab: batch size, seed, limit and optimiser belong to a fresh network; reset it first" {
		t.Errorf("failures %q", got)
	}
	if e := last[*wire.Progress](p); e.State != wire.Done || e.Fingerprint != want {
		t.Errorf("a refused Train changed %+v", e)
	}
}
