package nn

// An Evaluation measures a network on a set of samples, batch by batch.
type Evaluation struct {
	model   *Sequential
	data    Samples
	batch   *batch
	numbers []int
	seen    int
	lossSum float64
	correct int
}

// NewEvaluation prepares an evaluation of m. It can be used again after Reset.
func NewEvaluation(m *Sequential, data Samples) *Evaluation {
	if data.Shape() != m.in {
		panic("nn: NewEvaluation: data of shape " + data.Shape().String() + ", expected " + m.in.String())
	}
	return &Evaluation{model: m, data: data, batch: newBatch(m), numbers: make([]int, m.capacity)}
}

// Next evaluates one more batch and reports whether any samples are left.
func (e *Evaluation) Next() bool {
	numbers := e.numbers[:min(len(e.numbers), e.data.Len()-e.seen)]
	for i := range numbers {
		numbers[i] = e.seen + i
	}
	if len(numbers) == 0 {
		return false
	}
	x, labels := e.batch.load(e.data, numbers)
	probs := e.model.Forward(x, &Pass{Samples: numbers, Part: partOf(len(numbers), 0, 1)})
	CrossEntropy(probs, labels, len(numbers), e.batch.losses, e.batch.correct, Tensor{})
	for i := range numbers {
		e.lossSum += float64(e.batch.losses[i])
		if e.batch.correct[i] {
			e.correct++
		}
	}
	e.seen += len(numbers)
	return e.seen < e.data.Len()
}

// Reset begins again.
func (e *Evaluation) Reset() { e.seen, e.lossSum, e.correct = 0, 0, 0 }

// Seen is the number of samples evaluated so far, of Len.
func (e *Evaluation) Seen() int { return e.seen }

// Len is the number of samples in all.
func (e *Evaluation) Len() int { return e.data.Len() }

// Loss is the mean loss, Accuracy the share read correctly, of those seen.
func (e *Evaluation) Loss() float64     { return e.lossSum / float64(max(1, e.seen)) }
func (e *Evaluation) Accuracy() float64 { return float64(e.correct) / float64(max(1, e.seen)) }
