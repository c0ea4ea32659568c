package wire

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
