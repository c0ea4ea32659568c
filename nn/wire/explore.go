package wire

// GetSurvey asks what the dataset in use holds, for whoever wants to explore it.
type GetSurvey struct{}

// Survey describes the two halves of the dataset in use.
type Survey struct {
	Train, Test Half
}

// Half is one of them.
type Half struct {
	Labels []byte // of each image
	Levels []int  // (C,256): how often each value, 0 to 255, occurs in each channel
}

// GetMeans asks for the mean image of some classes, over a half of the dataset.
type GetMeans struct {
	Split   Split
	Classes []int
}

// MaxMeans is how many values Means may have, if they are of several classes: what a
// page can show at once.
const MaxMeans = 1 << 20

// Means are those asked for, one after the other in Data. A class without images
// has zeros.
type Means struct {
	Split   Split
	Classes []int
	Shape   []int     // of each: (C,H,W)
	Data    []float32 // 0-255
}

// GetOrder asks in what order a run trains on its samples in an epoch, and how far
// it moves each. That is decided by the settings named here alone, so that it can
// be asked of any epoch, whether the run has come to it or not.
type GetOrder struct {
	Epoch int // 1-based
	Seed  uint64
	Limit int
	Shift int
}

// Order is what was asked for. Place k of the epoch has training image Indices[k].
type Order struct {
	Of      GetOrder
	Indices []int
	Moves   []byte // by place, if the run moves images: Shift more than to the right, then than down
}

func (m *GetSurvey) fields(c *coder) {}

func (m *Survey) fields(c *coder) {
	m.Train.fields(c)
	m.Test.fields(c)
}

func (h *Half) fields(c *coder) {
	c.bytes(&h.Labels)
	c.ints(&h.Levels)
}

func (m *GetMeans) fields(c *coder) {
	m.Split.field(c)
	c.ints(&m.Classes)
}

func (m *Means) fields(c *coder) {
	m.Split.field(c)
	c.ints(&m.Classes)
	c.ints(&m.Shape)
	c.float32s(&m.Data)
}

func (m *GetOrder) fields(c *coder) {
	c.int(&m.Epoch)
	c.uint64(&m.Seed)
	c.int(&m.Limit)
	c.int(&m.Shift)
}

func (m *Order) fields(c *coder) {
	m.Of.fields(c)
	c.ints(&m.Indices)
	c.bytes(&m.Moves)
}
