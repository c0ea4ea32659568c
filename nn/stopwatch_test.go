package nn

import "testing"

// TestStopwatch counts one tick for each look at the clock: every phase of a
// step that two replicas take has some, and they add up to all but those
// between the steps.
func TestStopwatch(t *testing.T) {
	tr, _ := trainer(t, 2, smallData, Options{Batch: 70}, func() Optimizer { return NewAdadelta() }, small)
	ticks := 0.0
	w := tr.Stopwatch()
	w.Clock = func() float64 { ticks++; return ticks }
	for range 3 { // an epoch
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
	sum := 0.0
	for p, spent := range w.Spent {
		if p := Phase(p); spent == 0 && p != Evaluating {
			t.Errorf("no time in phase %d", p)
		} else if p != Between {
			sum += spent
		}
	}
	if want := ticks - w.Spent[Between]; sum != want {
		t.Errorf("%v ticks in the steps, expected %v", sum, want)
	}
	sent := 0
	for _, l := range tr.Model().Layers {
		for _, p := range l.Params() {
			if d, ok := l.(*Dense); ok && d.large() && p == d.w {
				// Half of the gradient, and what the other half is made of: half
				// of the batch's inputs, as many columns as the other has rows,
				// and its output gradients.
				lo, hi := d.rows(newPaces(2).split, 1)
				sent += (p.Len() - (hi-lo)*d.Units + 35*(hi-lo+d.Units)) * 4
			} else {
				sent += p.Len() * 4 // the sum of half the shards
			}
		}
	}
	sent += (2*35 + 1) * 4 // losses, and the time
	if w.Sent != 3*sent {
		t.Errorf("%d bytes sent in 3 steps, expected %d", w.Sent, 3*sent)
	}
	if _, err := NewEvaluation(tr, smallData).Next(); err != nil || w.Spent[Evaluating] == 0 || w.Sent != 3*sent {
		t.Errorf("an evaluation: %v, %v ticks, %d bytes sent", err, w.Spent[Evaluating], w.Sent)
	}
	w.Reset()
	if w.Spent != [phases]float64{} || w.Sent != 0 {
		t.Error("Reset doesn't")
	}
}
