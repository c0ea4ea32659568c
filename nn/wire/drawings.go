package wire

// Drawings are what the visitor has drawn: the drawing on the pad first, then
// those that the page keeps. They take the place of those before, and are the
// images of DrawnSplit. Predictions come at once, and with every View.
type Drawings struct {
	Number int   // counts them, for Predictions to tell which they are of
	Shape  []int // of each, (C,H,W): the network's input
	Pixels []byte
	Labels []int // what each shows, or NoLabel; one that is no class of the data is as none there
}

// MostDrawings is how many there may be, the one on the pad included.
const MostDrawings = 101

// Predictions are the network's answers for the drawings. During a run those
// for the kept ones come less often than with every View, for the time they take.
type Predictions struct {
	Number   int // of the Drawings
	Step     int // of the network that read the one on the pad
	KeptStep int // of the network that read the kept ones
	N        int
	Probs    []float32 // (N,classes)
}

func (m *Drawings) fields(c *coder) {
	c.int(&m.Number)
	c.ints(&m.Shape)
	c.bytes(&m.Pixels)
	c.ints(&m.Labels)
}

func (m *Predictions) fields(c *coder) {
	c.int(&m.Number)
	c.int(&m.Step)
	c.int(&m.KeptStep)
	c.int(&m.N)
	c.float32s(&m.Probs)
}
