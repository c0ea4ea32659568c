// Package scores says how good a network's answers to labelled images are. It
// knows slices only, so that the page can use it without the network.
//
//	matrix.go       Matrix: which label was answered how; a class' precision, recall, F1
//	ratio.go        counts of something among something, and their means
//	calibration.go  how far the answers' probabilities can be believed
//	baseline.go     what answering without looking would score
//	worst.go        the order by loss
//
// A score without anything to divide by is undefined, and says so: it is neither
// 0 nor 1. Wrong lengths and classes are the caller's mistake and panic with
// "scores: what".
package scores

import "fmt"

// A Matrix is a confusion matrix.
type Matrix struct {
	Classes int
	Counts  []int // (Classes,Classes): a row for each label, a column for each answer
}

// NewMatrix counts the answers to images with labels.
func NewMatrix(classes int, labels, answers []byte) *Matrix {
	if len(answers) != len(labels) {
		panic(fmt.Sprintf("scores: %d answers to %d images", len(answers), len(labels)))
	}
	m := &Matrix{classes, make([]int, classes*classes)}
	for i, label := range labels {
		if int(label) >= classes || int(answers[i]) >= classes {
			panic(fmt.Sprintf("scores: label %d, answer %d of %d classes", label, answers[i], classes))
		}
		m.Counts[int(label)*classes+int(answers[i])]++
	}
	return m
}

// At is how many images with that label got that answer.
func (m *Matrix) At(label, answer int) int { return m.Counts[label*m.Classes+answer] }

// Labelled is how many images have a label: the sum of its row.
func (m *Matrix) Labelled(label int) (n int) {
	for answer := range m.Classes {
		n += m.At(label, answer)
	}
	return n
}

// Answered is how many images got an answer: the sum of its column.
func (m *Matrix) Answered(answer int) (n int) {
	for label := range m.Classes {
		n += m.At(label, answer)
	}
	return n
}

// Accuracy is the share of right answers.
func (m *Matrix) Accuracy() (r Ratio) {
	for class := range m.Classes {
		r.N += m.At(class, class)
		r.Of += m.Labelled(class)
	}
	return r
}

// A Class has the scores of one class.
type Class struct {
	Precision Ratio // of the images answered so, how many have the label
	Recall    Ratio // of the images with the label, how many are answered so
	F1        Ratio // their harmonic mean, 2TP/(2TP+FP+FN)
}

// Class returns the scores of a class. Undefined are the precision of what was
// never answered, the recall of what no image shows, and F1 where both are so.
func (m *Matrix) Class(class int) Class {
	right, labelled, answered := m.At(class, class), m.Labelled(class), m.Answered(class)
	return Class{Ratio{right, answered}, Ratio{right, labelled}, Ratio{2 * right, labelled + answered}}
}

// Macro returns the means over the classes, each counting the same however many
// images it has.
func (m *Matrix) Macro() (precision, recall, f1 Mean) {
	for i := range m.Classes {
		c := m.Class(i)
		precision.add(c.Precision)
		recall.add(c.Recall)
		f1.add(c.F1)
	}
	return precision, recall, f1
}
