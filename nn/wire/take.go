package wire

// TakeNet asks for the whole network as it is now, to keep it elsewhere, and
// what it makes of the watched image. It is answered by Net.
type TakeNet struct{}

// Net is a network with all its weights, and an image on its way through it.
type Net struct {
	Step        int
	Fingerprint string  // hex SHA-256 of the Data of all Weights
	Weights     []Array // in the order of the layers
	Split       Split
	Index       int
	Label       int
	Input       Tensor    // the image as the network sees it, (C,H,W); empty without data
	Outputs     []Tensor  // of every layer, by its name: (C,H,W) or (units)
	Probs       []float32 // the network's answer
}

// Array is a weight array in full.
type Array struct {
	Name  string // "conv2d_1/kernel"
	Shape []int
	Data  []byte // float32, little-endian, in the shape's order
}

func (m *TakeNet) fields(c *coder) {}

func (m *Net) fields(c *coder) {
	c.int(&m.Step)
	c.string(&m.Fingerprint)
	list(c, &m.Weights, 12, func(c *coder, a *Array) {
		c.string(&a.Name)
		c.ints(&a.Shape)
		c.bytes(&a.Data)
	})
	m.Split.field(c)
	c.int(&m.Index)
	c.int(&m.Label)
	c.tensor(&m.Input)
	list(c, &m.Outputs, 12, (*coder).tensor)
	c.float32s(&m.Probs)
}
