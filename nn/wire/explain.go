package wire

// Explain asks for the arithmetic behind one value that a layer makes of the
// watched image, and for the last training step of one of the weights behind it.
// It is answered by a Trace.
type Explain struct {
	Layer string
	Value int // its number in the layer's output, in the order C,H,W
	Term  int // the Trace's Term.Number whose weight and map are looked at
}

// Trace is an inspect.Trace: how a value comes about. Values are named by their
// number in the layer's input or output, in the order C,H,W.
type Trace struct {
	Step         int
	Split        Split
	Index        int // the image
	Layer        string
	Op           Op
	Value        int
	Terms        []Term  // of a Weigh only the largest, the largest first
	Omitted      int     // so many terms are not listed
	Others       float32 // the sum of their products
	Winner       int     // the term in Terms that the value comes from
	Bias, Top    float32
	Sum, Result  float32 // as the terms add up; what follows from it
	Drawn, After float32 // as in the feature map; what a ReLU behind it leaves
	Bound        float32 // Result and Drawn differ at most by this
	Channel      int     // whose map Input is
	Input        Tensor  // one channel of the layer's input, (H,W)
	Term         int     // as asked
	Weight       int     // its weight's number in the layer's kernel
	Last         Update  // of that weight
}

// Op is what a layer does to get a value; see package inspect.
type Op int

const (
	Convolve  Op = 0
	Weigh     Op = 1
	Rectify   Op = 2
	PoolMax   Op = 3
	Drop      Op = 4
	Reshape   Op = 5
	Normalise Op = 6
)

// Weighted says whether a weight belongs to each term.
func (o Op) Weighted() bool { return o == Convolve || o == Weigh }

// Term is one input of a value.
type Term struct {
	Number        int // its place among all of the value's terms
	From          int // in the layer's input
	X, W, Product float32
}

// Update is what the last training step did to a weight. Step is 0 if it has not
// been followed through one.
type Update struct {
	Step                    int
	Gradient, Before, After float32
	Moments                 []Moving // the optimiser's, as in inspect.Update
	Rate                    float32  // what the change was multiplied with

	// The parts of a step by Adadelta, as in inspect.AdadeltaStep.
	Squared, RMSUpdate, RMSGradient, Delta, Change float32
}

// Moving is a number before and after a step.
type Moving struct{ Before, After float32 }

func (m *Explain) fields(c *coder) {
	c.string(&m.Layer)
	c.int(&m.Value)
	c.int(&m.Term)
}

func (m *Trace) fields(c *coder) {
	c.int(&m.Step)
	m.Split.field(c)
	c.int(&m.Index)
	c.string(&m.Layer)
	c.int((*int)(&m.Op))
	c.int(&m.Value)
	list(c, &m.Terms, 20, func(c *coder, t *Term) {
		c.int(&t.Number)
		c.int(&t.From)
		c.float32(&t.X)
		c.float32(&t.W)
		c.float32(&t.Product)
	})
	c.int(&m.Omitted)
	c.float32(&m.Others)
	c.int(&m.Winner)
	c.float32(&m.Bias)
	c.float32(&m.Top)
	c.float32(&m.Sum)
	c.float32(&m.Result)
	c.float32(&m.Drawn)
	c.float32(&m.After)
	c.float32(&m.Bound)
	c.int(&m.Channel)
	c.tensor(&m.Input)
	c.int(&m.Term)
	c.int(&m.Weight)
	m.Last.fields(c)
}

func (u *Update) fields(c *coder) {
	c.int(&u.Step)
	c.float32(&u.Gradient)
	c.float32(&u.Before)
	c.float32(&u.After)
	list(c, &u.Moments, 8, func(c *coder, m *Moving) {
		c.float32(&m.Before)
		c.float32(&m.After)
	})
	c.float32(&u.Rate)
	c.float32(&u.Squared)
	c.float32(&u.RMSUpdate)
	c.float32(&u.RMSGradient)
	c.float32(&u.Delta)
	c.float32(&u.Change)
}
