package wire

// GetImages asks for some images of a half of the dataset.
type GetImages struct {
	Split   Split
	Indices []int
}

// Images are those asked for, one after the other in Pixels.
type Images struct {
	Split   Split
	Indices []int
	Shape   []int  // of each: (C,H,W)
	Pixels  []byte // 0-255
}

func (m *GetImages) fields(c *coder) {
	m.Split.field(c)
	c.ints(&m.Indices)
}

func (m *Images) fields(c *coder) {
	m.Split.field(c)
	c.ints(&m.Indices)
	c.ints(&m.Shape)
	c.bytes(&m.Pixels)
}
