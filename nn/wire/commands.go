package wire

// Load asks for a dataset. The worker fetches the files, tells Loading as
// bytes arrive, checks them, and ends with Loaded or LoadFailed. What was
// loaded before stays in use until Loaded.
type Load struct {
	Source Source
}

// Source is a dataset on offer: four IDX files, gzip'ed or raw.
type Source struct {
	Name  string // "mnist" or "digits", as in the page's query
	Title string // for people: "MNIST", "Generated digits"
	Files []File
}

// File is one IDX file of a Source.
type File struct {
	Role     string // one of Roles
	URL      string // relative to the worker's script
	Bytes    int    // as stored (compressed)
	RawBytes int    // after decompression
	SHA256   string // of the decompressed bytes, lower-case hex
}

// Roles are the four files every Source has, in this order.
var Roles = [4]string{"train-images", "train-labels", "test-images", "test-labels"}

// Init makes a fresh network from the settings' seed, forgets the run, and
// answers with Model, Progress (State idle) and a View. It is also what Reset
// sends.
type Init struct {
	Settings Settings
}

// Train starts a run of Settings.Epochs epochs on the network as it is: right
// after Init from its initial weights, after a run onwards from what that run
// learnt (as a second fit() does in Keras). It needs a loaded dataset.
type Train struct {
	Settings Settings
}

// Pause holds the run before its next batch; Resume goes on with it.
type (
	Pause  struct{}
	Resume struct{}
)

// Stop ends the run before its next batch and keeps the network as it is.
type Stop struct{}

// Watch says what the page looks at. The worker answers with a View at once,
// and again during training, every IntervalMS with the Progress of that moment.
type Watch struct {
	Split      Split
	Index      int    // the image whose feature maps are wanted
	Layer      string // the layer whose maps, config and weights are wanted
	IntervalMS int

	// Dense is a dense layer, and Units are those of its units whose weights are
	// wanted whole; "" for none.
	Dense string
	Units []int
}

// Split names a half of the dataset, or the visitor's own drawings.
type Split int

const (
	TrainSplit Split = 0
	TestSplit  Split = 1
	DrawnSplit Split = 2
)

// NoLabel is the label of an image that nobody has named, such as a drawing:
// labels of a dataset are bytes.
const NoLabel = 256

// GetSample asks for one Sample of the loaded dataset.
type GetSample struct {
	Split Split
	Index int
}

// Restore puts a Checkpoint back: network, optimiser state and place in the
// run. It is answered by Model, Progress (State paused, stopped or done, as the
// run was) and a View. A checkpoint that is damaged, or of a dataset that is
// not loaded, is answered by Failed and changes nothing.
type Restore struct {
	Checkpoint Checkpoint
}

// Verify, Remove and Keep are about what the browser's storage has of a Source.
// Each is answered by Stored, and leaves the dataset in use, the network and the
// run as they are. Verify reads the stored files again and compares them with
// their SHA-256; Remove drops them. Keep fetches those that are not there, or
// are damaged; as it would hold up a run that is under way, it is refused then.
type (
	Verify struct{ Source Source }
	Remove struct{ Source Source }
	Keep   struct{ Source Source }
)

// Setup tells a worker that it is one of a run's replicas; see nn/parallel.go.
// It passes between workers, not to or from the page.
type Setup struct {
	Settings   Settings
	InputShape []int // (C,H,W)
	Classes    int
	Rank, Size int
	State      []byte // checkpoint to begin from
}

// Deal hands a replica its share of a batch: an nn.Deal. It passes between
// workers.
type Deal struct {
	Batch   int
	Split   []int
	Train   bool
	Key     uint32
	Rate    float64
	Samples []int
	Images  []byte
	Labels  []byte
}

func (m *Setup) fields(c *coder) {
	m.Settings.fields(c)
	c.ints(&m.InputShape)
	c.int(&m.Classes)
	c.int(&m.Rank)
	c.int(&m.Size)
	c.bytes(&m.State)
}

func (m *Deal) fields(c *coder) {
	c.int(&m.Batch)
	c.ints(&m.Split)
	c.bool(&m.Train)
	c.uint32(&m.Key)
	c.float64(&m.Rate)
	c.ints(&m.Samples)
	c.bytes(&m.Images)
	c.bytes(&m.Labels)
}

func (m *Load) fields(c *coder)   { m.Source.fields(c) }
func (m *Verify) fields(c *coder) { m.Source.fields(c) }
func (m *Remove) fields(c *coder) { m.Source.fields(c) }
func (m *Keep) fields(c *coder)   { m.Source.fields(c) }

func (s *Source) fields(c *coder) {
	c.string(&s.Name)
	c.string(&s.Title)
	list(c, &s.Files, 20, func(c *coder, f *File) {
		c.string(&f.Role)
		c.string(&f.URL)
		c.int(&f.Bytes)
		c.int(&f.RawBytes)
		c.string(&f.SHA256)
	})
}

func (m *Init) fields(c *coder)  { m.Settings.fields(c) }
func (m *Train) fields(c *coder) { m.Settings.fields(c) }

func (m *Pause) fields(c *coder)  {}
func (m *Resume) fields(c *coder) {}
func (m *Stop) fields(c *coder)   {}

func (m *Watch) fields(c *coder) {
	m.Split.field(c)
	c.int(&m.Index)
	c.string(&m.Layer)
	c.int(&m.IntervalMS)
	c.string(&m.Dense)
	c.ints(&m.Units)
}

func (s *Split) field(c *coder) { c.int((*int)(s)) }

func (m *GetSample) fields(c *coder) {
	m.Split.field(c)
	c.int(&m.Index)
}

func (m *Restore) fields(c *coder) { m.Checkpoint.fields(c) }
