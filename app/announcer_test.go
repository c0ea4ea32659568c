package app

import (
	"slices"
	"testing"

	"convlens/nn/wire"
)

// A run of 100 updates is told in a handful of sentences.
func TestAnnouncements(t *testing.T) {
	d := lively(t)
	v := &announcer{Desk: d}
	var said []string
	hear := func(p wire.Progress) {
		d.handle(&p)
		if v.Render(); len(said) == 0 || said[len(said)-1] != v.said {
			said = append(said, v.said)
		}
	}
	run := wire.Progress{State: wire.Training, Epoch: 1, Epochs: 2, Samples: 60000, Loss: 0.41234, Acc: 0.87126}
	for run.Seen = 0; run.Seen <= 60000; run.Seen += 600 {
		run.Step, run.Loss = run.Seen/128, run.Loss-0.001
		hear(run)
		if run.Seen == 31200 {
			paused := run
			paused.State = wire.Paused
			hear(paused)
		}
	}
	run.State = wire.Evaluating
	hear(run)
	run.State, run.Epoch, run.Validated, run.ValLoss, run.ValAcc = wire.Done, 2, true, 0.0712, 0.9776
	hear(run)
	want := []string{
		"Training, epoch 1 of 2.",
		"25% of epoch 1 of 2: loss 0.386, accuracy 0.871.",
		"50% of epoch 1 of 2: loss 0.361, accuracy 0.871.",
		"Paused at 31,200 of 60,000 images: loss 0.359, accuracy 0.871.",
		"50% of epoch 1 of 2: loss 0.358, accuracy 0.871.", // on again
		"75% of epoch 1 of 2: loss 0.336, accuracy 0.871.",
		"Validating epoch 1.",
		"Training is done: loss 0.311, accuracy 0.871, validation loss 0.071, validation accuracy 0.978.",
	}
	if !slices.Equal(said, want) {
		t.Errorf("said\n%q, expected\n%q", said, want)
	}
}

func TestAnnouncementOfData(t *testing.T) {
	d := lively(t)
	v := &announcer{Desk: d}
	if v.Render(); v.said != d.State.Data.Title+" is loaded." {
		t.Errorf("said %q", v.said)
	}
	d.handle(&wire.Failed{Detail: "x", Fatal: true})
	if v.Render(); v.said != "" {
		t.Errorf("beside the alert it says %q", v.said)
	}
}
