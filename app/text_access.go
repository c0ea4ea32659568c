package app

import (
	"fmt"

	"convlens/nn/wire"
)

// Words for those who listen to the page or whose browser can't do all of it.

func textDataReady(title string) string { return title + " is loaded." }

func textTrainingEpoch(p wire.Progress) string {
	return fmt.Sprintf("Training, epoch %d of %d.", p.Epoch, p.Epochs)
}

// textQuarter tells how an epoch goes after so many quarters of it.
func textQuarter(quarter int, p wire.Progress) string {
	return fmt.Sprintf("%d%% of epoch %d of %d: %s.", 25*quarter, p.Epoch, p.Epochs, textFigures(p))
}

func textValidatingEpoch(p wire.Progress) string { return fmt.Sprintf("Validating epoch %d.", p.Epoch) }

func textPausedAt(p wire.Progress) string {
	return fmt.Sprintf("Paused at %s of %s images: %s.", formatCount(p.Seen), formatCount(p.Samples), textFigures(p))
}

func textStoppedAt(p wire.Progress) string {
	return fmt.Sprintf("Stopped at %s of %s images. The network is kept.", formatCount(p.Seen), formatCount(p.Samples))
}

func textDoneWith(p wire.Progress) string {
	text := fmt.Sprintf("Training is done: %s", textFigures(p))
	if p.Validated {
		text += fmt.Sprintf(", validation loss %s, validation accuracy %s",
			formatFixed(p.ValLoss, 3), formatFixed(p.ValAcc, 3))
	}
	return text + "."
}

func textFigures(p wire.Progress) string {
	return fmt.Sprintf("loss %s, accuracy %s", formatFixed(p.Loss, 3), formatFixed(p.Acc, 3))
}

func textWeightsOf(k kernelChoice) string { return "Weights: " + textKernelName(k) }

const (
	textNoStep      = "No step is chosen"
	textKerasOutput = "Progress as Keras prints it"
)

// textWorkerNever is said where training can't even begin.
func textWorkerNever(detail string) string {
	return "The training worker could not be started, so nothing can be trained here. " + sentence(detail) +
		" A current Chrome, Edge, Firefox or Safari can do it."
}
