package wire

// MapTest asks, as a lens, for a map of the test set: every image placed by
// what the network makes of it. It is answered by TestMap, at first of as many
// images as are quickly had, and again for a network that has learnt more.
type MapTest struct{}

// TestMap places test images by the outputs of a layer, along the directions in
// which these vary most (their first two principal components). Where there is no
// map to draw, as the layer has a single output or all images have the same, or
// as answers are NoNumbers, it has no places.
type TestMap struct {
	Step    int    // of the network
	Layer   string // whose outputs these are
	Units   int    // how many outputs
	N       int    // images in the test set; those placed are its first ones
	X, Y    []float32
	Labels  []byte
	Answers []byte    // the network's
	Shares  []float32 // of the whole variance, along X and Y

	NoNumbers bool // some probabilities of these images are NaN
}

// Mapping tells how far the map that comes next is.
type Mapping struct {
	Seen, Of int // images
}

func (m *MapTest) fields(c *coder) {}

func (m *TestMap) fields(c *coder) {
	c.int(&m.Step)
	c.string(&m.Layer)
	c.int(&m.Units)
	c.int(&m.N)
	c.float32s(&m.X)
	c.float32s(&m.Y)
	c.bytes(&m.Labels)
	c.bytes(&m.Answers)
	c.float32s(&m.Shares)
	c.bool(&m.NoNumbers)
}

func (m *Mapping) fields(c *coder) {
	c.int(&m.Seen)
	c.int(&m.Of)
}
