package wire

// Examine asks how the network is. Health comes back at once and with every
// View, until LookAway.
type Examine struct{}

// Health tells how the numbers in the network are spread, layer by layer. It
// answers Examine, or is Recorded: told unasked at about 30 moments of a run, for
// the page to keep.
type Health struct {
	Recorded bool
	Step     int
	Layers   []LayerHealth // those with weights
}

// LayerHealth is a layer's part of Health. What is told of its output, behind
// its ReLU if it has one, was seen after AtStep, on the first Images test images;
// with no images nothing is told.
type LayerHealth struct {
	Name    string
	Weights Spread // of the kernel
	// Gradients are those of the kernel in the last step; all are zero before the
	// first one.
	Gradients Spread

	Output  string // the layer whose output it is
	AtStep  int
	Images  int
	Outputs Spread
	// Of a layer with a ReLU: the number of its filters or units, which of them
	// were above zero for none of the images, and which for all, everywhere.
	Units     int
	Dead      []int
	Saturated []int
}

// Spread counts numbers by their size: Counts[k] those with
// Low*2^k <= |x| < Low*2^(k+1), the first also smaller, the last larger ones.
type Spread struct {
	Low    float32
	Counts []int
	Zeros  int // in no bin
	Bad    int // NaN and Inf; in no bin
	N      int // all of them
	RMS    float32
}

// Fault tells that a run met numbers that are not finite, and where first. The
// run has stopped; no Checkpoint has such numbers.
type Fault struct {
	Step  int
	Layer string // "" if only the loss is known to be bad
	What  string // "loss", "kernel", "bias", "gradient of kernel", ...
	Index int    // of the first such value, in the shown order
	Value float32
}

func (m *Examine) fields(c *coder) {}

func (m *Health) fields(c *coder) {
	c.bool(&m.Recorded)
	c.int(&m.Step)
	list(c, &m.Layers, 100, func(c *coder, l *LayerHealth) {
		c.string(&l.Name)
		l.Weights.fields(c)
		l.Gradients.fields(c)
		c.string(&l.Output)
		c.int(&l.AtStep)
		c.int(&l.Images)
		l.Outputs.fields(c)
		c.int(&l.Units)
		c.ints(&l.Dead)
		c.ints(&l.Saturated)
	})
}

func (s *Spread) fields(c *coder) {
	c.float32(&s.Low)
	c.ints(&s.Counts)
	c.int(&s.Zeros)
	c.int(&s.Bad)
	c.int(&s.N)
	c.float32(&s.RMS)
}

func (m *Fault) fields(c *coder) {
	c.int(&m.Step)
	c.string(&m.Layer)
	c.string(&m.What)
	c.int(&m.Index)
	c.float32(&m.Value)
}
