package wire

// The lenses are what the page can look through besides the View, one at a time.
// A command that asks for one ends the one before; its event comes back at once
// and, where it depends on the weights, with every View, until LookAway.

// LookAway ends the lens in use.
type LookAway struct{}

// Draw asks for the images that the filters or units of a layer want, by
// gradient ascent with the network as it is now. Drawn tells how they sharpen,
// until all steps are taken.
type Draw struct {
	Layer string // a convolution or a dense layer
	Plain bool   // the tutorial's ascent; else the regularised one
	Seed  uint64 // of the images it begins with
}

// Drawn is how far the images of a Draw have come. The lists end with the last
// unit whose image has been begun.
type Drawn struct {
	Draw  Draw
	Step  int // training steps of the network that draws
	Units int // of the layer
	Taken int // steps taken, over all units
	Steps int // each unit's
	Shape []int
	// Images are (C,H,W), one after the other.
	Images []float32
	// First and Last are what the first image excited in its unit, and what the
	// present one does: the mean of a filter's map, a unit's output, or a logit.
	First, Last []float32
}

// Why asks why the network answers an image as it does. Reasons tells at once
// what is quick to find, and again with every View. What takes longer is measured
// with the network as it is when the command comes, or when the run rests: Covered
// and Ablated tell how far it has come.
type Why struct {
	Split  Split
	Index  int
	Given  bool // Class is what is asked about; else the network's answer is
	Class  int
	Layer  string // a convolution; "" for the last one
	Silent []int  // filters of it that are silenced
	Patch  int    // rows and columns of the patch that covers parts of the image
	Stride int    // pixels from one of its places to the next
}

// Reasons are what speaks for a class in an image: (C,H,W) but for CAM.
type Reasons struct {
	Step  int
	Split Split
	Index int
	Class int
	Layer string

	Input      Tensor
	Gradient   Tensor    // of the class's logit, with respect to the image
	TimesInput Tensor    // Gradient times Input, pixel by pixel
	CAM        Tensor    // (H,W): Grad-CAM of the layer, over the image
	Maps       Tensor    // what the layer's filters find in the image, behind its ReLU
	Probs      []float32 // of each class
	Silent     []int
	Left       []float32 // of each class without the silent filters
}

// Covered is how far an occlusion map has come: what is gone of the class's
// probability with a patch at each place.
type Covered struct {
	Step   int // training steps of the network that is asked
	Split  Split
	Index  int
	Class  int
	Patch  int
	Stride int
	Places int
	Done   int
	Whole  float32 // the probability with nothing covered
	// Drop is (H,W): the mean over the places so far that cover a pixel.
	Drop Tensor
}

// Ablated is how far the test set has been read, by the network as it is and
// without the silent filters.
type Ablated struct {
	Step    int // training steps of the network that is asked
	Layer   string
	Silent  []int
	Samples int
	Done    int
	// Of each class: samples so far, read correctly by the whole network, and by
	// what is left of it.
	Seen, Whole, Left []int
}

func (m *LookAway) fields(c *coder) {}

func (m *Draw) fields(c *coder) {
	c.string(&m.Layer)
	c.bool(&m.Plain)
	c.uint64(&m.Seed)
}

func (m *Drawn) fields(c *coder) {
	m.Draw.fields(c)
	c.int(&m.Step)
	c.int(&m.Units)
	c.int(&m.Taken)
	c.int(&m.Steps)
	c.ints(&m.Shape)
	c.float32s(&m.Images)
	c.float32s(&m.First)
	c.float32s(&m.Last)
}

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
	c.float32(&u.Squared)
	c.float32(&u.RMSUpdate)
	c.float32(&u.RMSGradient)
	c.float32(&u.Delta)
	c.float32(&u.Change)
}

func (m *Why) fields(c *coder) {
	m.Split.field(c)
	c.int(&m.Index)
	c.bool(&m.Given)
	c.int(&m.Class)
	c.string(&m.Layer)
	c.ints(&m.Silent)
	c.int(&m.Patch)
	c.int(&m.Stride)
}

func (m *Reasons) fields(c *coder) {
	c.int(&m.Step)
	m.Split.field(c)
	c.int(&m.Index)
	c.int(&m.Class)
	c.string(&m.Layer)
	c.tensor(&m.Input)
	c.tensor(&m.Gradient)
	c.tensor(&m.TimesInput)
	c.tensor(&m.CAM)
	c.tensor(&m.Maps)
	c.float32s(&m.Probs)
	c.ints(&m.Silent)
	c.float32s(&m.Left)
}

func (m *Covered) fields(c *coder) {
	c.int(&m.Step)
	m.Split.field(c)
	c.int(&m.Index)
	c.int(&m.Class)
	c.int(&m.Patch)
	c.int(&m.Stride)
	c.int(&m.Places)
	c.int(&m.Done)
	c.float32(&m.Whole)
	c.tensor(&m.Drop)
}

func (m *Ablated) fields(c *coder) {
	c.int(&m.Step)
	c.string(&m.Layer)
	c.ints(&m.Silent)
	c.int(&m.Samples)
	c.int(&m.Done)
	c.ints(&m.Seen)
	c.ints(&m.Whole)
	c.ints(&m.Left)
}
