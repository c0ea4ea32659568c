package app

import (
	"fmt"

	"convlens/nn/wire"
)

// cell names a cell of the confusion matrix and how many images it has.
func (w *evaluationWords) cell(words *words, class func(int) string, c confusion, n int) string {
	format := w.Cell
	if n == 1 {
		format = w.CellOne
	}
	return fmt.Sprintf(format, class(c.Label), class(c.Answer), words.count(n))
}

// ofNetwork says what an evaluation is of.
func (w *evaluationWords) ofNetwork(words *words, e *wire.Evaluation) string {
	n := words.count(len(e.Labels))
	if e.Step == 0 {
		return fmt.Sprintf(w.OfUntrained, n)
	}
	return fmt.Sprintf(w.Of, n, words.count(e.Step))
}
