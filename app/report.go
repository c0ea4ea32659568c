package app

import (
	"cmp"
	"slices"

	"convlens/nn/inspect/scores"
	"convlens/nn/wire"
)

// A report is what an evaluation comes to.
type report struct {
	*wire.Evaluation
	matrix            *scores.Matrix
	classes           []scores.Class
	accuracy          scores.Ratio
	loss              float64
	precision, recall scores.Mean
	f1                scores.Mean
	baseline          scores.Baseline
	calibration       scores.Calibration
	worst             []int   // all images, the highest loss first
	shade             float64 // the share of a row that wrong answers' shades end with
}

func newReport(e *wire.Evaluation) *report {
	m := scores.NewMatrix(e.Classes, e.Labels, e.Answers)
	r := &report{
		Evaluation: e, matrix: m, accuracy: m.Accuracy(), loss: scores.MeanLoss(e.Losses), baseline: m.Baseline(),
		calibration: scores.Calibrate(e.Labels, e.Answers, e.Confidences), worst: scores.WorstFirst(e.Losses),
	}
	for i := range e.Classes {
		r.classes = append(r.classes, m.Class(i))
	}
	r.precision, r.recall, r.f1 = m.Macro()
	most := float32(0)
	for label := range e.Classes {
		for answer := range e.Classes {
			if label != answer {
				most = max(most, float32(r.share(confusion{label, answer})))
			}
		}
	}
	r.shade = float64(niceEnd(most))
	return r
}

// report is that of the last evaluation, or nil. Of answers that are no numbers
// there is none.
func (d *desk) report() *report {
	switch e := d.State.Evaluation; {
	case e == nil || d.answersNoNumbers():
		d.reported = nil
	case d.reported == nil || d.reported.Evaluation != e:
		d.reported = newReport(e)
	}
	return d.reported
}

// answersNoNumbers says whether the network that was evaluated has diverged so far
// that it gives NaN for an answer.
func (d *desk) answersNoNumbers() bool {
	e := d.State.Evaluation
	return e != nil && !areNumbers(e.Confidences)
}

// A confusion is a cell of the confusion matrix; a right answer is one too.
type confusion struct{ Label, Answer int }

func (c confusion) right() bool { return c.Label == c.Answer }

func (r *report) count(c confusion) int { return r.matrix.At(c.Label, c.Answer) }

// share is that of the images with the label, 0 if there are none.
func (r *report) share(c confusion) float64 {
	return float64(r.count(c)) / float64(max(1, r.labelled(c.Label)))
}

// labelled and answered are the sums of a row and of a column.
func (r *report) labelled(class int) int { return r.classes[class].Recall.Of }
func (r *report) answered(class int) int { return r.classes[class].Precision.Of }

// images are those of a cell, the highest loss first.
func (r *report) images(c confusion) (list []int) {
	for _, i := range r.worst {
		if int(r.Labels[i]) == c.Label && int(r.Answers[i]) == c.Answer {
			list = append(list, i)
		}
	}
	return list
}

// mistakes are the n cells with the most wrong answers, of equals the first.
func (r *report) mistakes(n int) []confusion {
	var list []confusion
	for label := range r.Classes {
		for answer := range r.Classes {
			if c := (confusion{label, answer}); !c.right() && r.count(c) > 0 {
				list = append(list, c)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b confusion) int { return cmp.Compare(r.count(b), r.count(a)) })
	return list[:min(n, len(list))]
}

// wrong says whether the network answers to an image wrongly.
func (r *report) wrong(i int) bool { return r.Labels[i] != r.Answers[i] }

// evaluate asks for an evaluation at once.
func (d *desk) evaluate() {
	d.look(&wire.Evaluate{Now: true})
	d.looking = &wire.Evaluate{} // a network that is new has not been asked about
	d.touch(topicScoring)
}

// canEvaluate says whether there is a network, and images to ask it about.
func (d *desk) canEvaluate() bool {
	return d.session != nil && !d.State.Dead() && d.State.Model != nil && d.samples(wire.TestSplit) > 0
}

// openCell shows a cell's images.
func (d *desk) openCell(c confusion) {
	d.Cell = &c
	d.touch(topicCell)
}
