package app

import "convlens/nn/wire"

// cell names a cell of the confusion matrix and how many images it has.
func (w *evaluationWords) cell(words *words, class func(int) string, c confusion, n int) string {
	return words.fill(w.Cell, class(c.Label), class(c.Answer), words.count(n))
}

// ofNetwork says what an evaluation is of.
func (w *evaluationWords) ofNetwork(words *words, e *wire.Evaluation) string {
	n := words.count(len(e.Labels))
	if e.Step == 0 {
		return words.fill(w.OfUntrained, n)
	}
	return words.fill(w.Of, n, words.count(e.Step))
}
