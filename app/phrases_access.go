package app

import (
	"fmt"

	"convlens/nn/wire"
)

// announcement is what there is to say at a moment. Failures are alerts and
// speak for themselves.
func (d *desk) announcement(at moment) string {
	w, run := d.Words, d.State.Run
	switch {
	case at.Dead:
		return ""
	case at.State == wire.Training && at.Quarter == 0:
		return fmt.Sprintf(w.TrainingEpoch, run.Epoch, run.Epochs)
	case at.State == wire.Training:
		return fmt.Sprintf(w.Quarter, 25*at.Quarter, run.Epoch, run.Epochs, w.spokenFigures(run))
	case at.State == wire.Evaluating:
		return fmt.Sprintf(w.ValidatingEpoch, run.Epoch)
	case at.State == wire.Paused:
		return fmt.Sprintf(w.PausedAt, w.count(run.Seen), w.count(run.Samples), w.spokenFigures(run))
	case at.State == wire.Stopped:
		return fmt.Sprintf(w.StoppedAt, w.count(run.Seen), w.count(run.Samples))
	case at.State == wire.Done:
		return fmt.Sprintf(w.TrainingDone, w.spokenFigures(run))
	case at.Data != "":
		return fmt.Sprintf(w.DataReady, d.title(at.Data))
	}
	return ""
}

func (w *words) spokenFigures(p wire.Progress) string {
	loss, acc := formatFixed(p.Loss, 3), formatFixed(p.Acc, 3)
	if p.State == wire.Done && p.Validated {
		return fmt.Sprintf(w.SpokenValidation, loss, acc, formatFixed(p.ValLoss, 3), formatFixed(p.ValAcc, 3))
	}
	return fmt.Sprintf(w.SpokenFigures, loss, acc)
}

func (w *words) weightsOf(k kernelChoice) string { return fmt.Sprintf(w.WeightsOf, w.kernelName(k)) }
