package nn

// An Evaluation measures a network on a set of samples, batch by batch.
type Evaluation struct {
	trainer *Trainer
	data    Samples
	numbers []int
	seen    int
	lossSum float64
	correct int
}

// NewEvaluation prepares an evaluation of t's network, by all of its replicas,
// in batches of t's size. It can be used again after Reset. Several replicas can
// evaluate before the first step, between two epochs, and after SetCrew: in the
// middle of an epoch the others have begun the next step already.
func NewEvaluation(t *Trainer, data Samples) *Evaluation {
	if data.Shape() != t.Model().in {
		panic("nn: NewEvaluation: data of shape " + data.Shape().String() + ", expected " + t.Model().in.String())
	}
	return &Evaluation{trainer: t, data: data, numbers: make([]int, t.opts.Batch)}
}

// Next evaluates one more batch and reports whether any samples are left. After
// an error, a replica being gone, it can be called again; see Trainer.Step.
func (e *Evaluation) Next() (more bool, err error) {
	numbers := e.numbers[:min(len(e.numbers), e.data.Len()-e.seen)]
	for i := range numbers {
		numbers[i] = e.seen + i
	}
	if len(numbers) == 0 {
		return false, nil
	}
	s, err := e.trainer.lead.do(e.data, batch{numbers: numbers}, batch{})
	if err != nil {
		return true, err
	}
	e.lossSum += s.Loss * float64(s.N)
	e.correct += s.Correct
	e.seen += s.N
	return e.seen < e.data.Len(), nil
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
