package wire

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

	Drawings int // their number, if the image is one of them; see Drawings.Number

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

	Drawings int // as in the Reasons

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
	c.int(&m.Drawings)
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
	c.int(&m.Drawings)
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
