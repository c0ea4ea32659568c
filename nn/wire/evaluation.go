package wire

// Evaluate asks, as a lens, for the network's answers to the whole test set. It
// is answered by Evaluation: whenever no run is going on and the network has
// changed, and Now, in the middle of a run too.
type Evaluate struct{ Now bool }

// Evaluation has the answers of the network as it was at one step, an entry for
// each image of the test set.
type Evaluation struct {
	Step        int // of the network
	Classes     int // that it chooses from
	Labels      []byte
	Answers     []byte
	Confidences []float32 // the probability that it gave its answer
	Losses      []float32 // categorical cross-entropy, as in training
}

// Scoring tells how far the evaluation that comes next is.
type Scoring struct {
	Seen, Of int // images
}

func (m *Evaluate) fields(c *coder) { c.bool(&m.Now) }

func (m *Evaluation) fields(c *coder) {
	c.int(&m.Step)
	c.int(&m.Classes)
	c.bytes(&m.Labels)
	c.bytes(&m.Answers)
	c.float32s(&m.Confidences)
	c.float32s(&m.Losses)
}

func (m *Scoring) fields(c *coder) {
	c.int(&m.Seen)
	c.int(&m.Of)
}
