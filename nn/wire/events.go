package wire

// Ready is the worker's first message.
type Ready struct {
	Build string // the site version the worker was built with
	SIMD  bool   // whether its kernels use vector instructions
}

// Model describes the network; it follows Init and Restore.
type Model struct {
	InputShape []int // (C,H,W)
	Layers     []LayerInfo
	Params     int
}

// LayerInfo is one row of the model's summary. Shapes are in the tutorial's
// order, without the batch dimension: (C,H,W) or (units).
type LayerInfo struct {
	Name     string // "conv2d_1"
	Type     string // "Conv2D"
	OutShape []int
	Params   int
	Config   []KeyValue // what Keras' get_config prints, in its order
}

// KeyValue is one entry of a layer's config, as text.
type KeyValue struct {
	Key, Value string
}

// Loading tells how far a dataset has come.
type Loading struct {
	File        string // role of the file at hand
	Phase       string // "fetch", "verify" or "parse"
	Bytes       int    // so far, over all files, as transferred
	Total       int
	FromStorage bool // whether this file came from the browser's storage
}

// Loaded describes the dataset now in use.
type Loaded struct {
	Name, Title   string
	TrainN        int
	TestN         int
	SampleShape   []int // (C,H,W)
	Classes       []string
	TrainPerClass []int // how many training samples each class has
	TestPerClass  []int
	Verified      bool // every file matched its SHA-256
	Stored        bool // kept in the browser's storage for the next visit
}

// LoadFailed says why a dataset could not be used; what was loaded before is
// untouched.
type LoadFailed struct {
	Name   string // of the Source
	File   string // role
	Kind   LoadFault
	Detail string // one sentence: what was found, what was expected, where
}

// LoadFault tells the reasons for LoadFailed apart.
type LoadFault int

const (
	Missing   LoadFault = 0 // no such file at that address
	Network   LoadFault = 1 // the transfer failed or stopped
	Truncated LoadFault = 2 // the file ends early
	Corrupt   LoadFault = 3 // wrong checksum or broken compression
	Invalid   LoadFault = 4 // not the IDX file it should be
)

// Stored tells what the browser's storage has of a Source.
type Stored struct {
	Name    string   // of the Source
	Files   int      // stored, without the damaged ones
	Bytes   int      // of them, as transferred
	Checked bool     // they were compared with their SHA-256, which all have
	Damaged []string // roles of the stored files that are not what they should be
	Detail  string   // why a file is damaged, or could not be fetched; "" if none
}

// Sample is one image of the dataset.
type Sample struct {
	Split  Split
	Index  int
	Label  int
	Shape  []int  // (C,H,W)
	Pixels []byte // C,H,W order, 0-255
}

// Progress tells where the run stands. It is sent at every change of State
// and, while training, as often as Watch says (else five times a second).
type Progress struct {
	State   State
	Epoch   int // 1-based epoch at hand; 0 before the first
	Epochs  int // epochs of this run, counted from the network's first
	Seen    int // samples of this epoch already trained on
	Samples int // samples in an epoch
	Step    int // training steps since Init

	Loss, Acc       float64 // means over this epoch so far
	ValSeen, ValN   int     // samples evaluated so far, of how many
	ValLoss, ValAcc float64 // of the last evaluation; meaningful if Validated
	Validated       bool    // the epoch at hand has been evaluated

	ElapsedMS float64 // spent training and evaluating in this epoch, pauses excluded
	LeftMS    float64 // estimate to the end of the run, validation included; 0 if not known

	// Every training step since the last Progress: Steps[i] of the curves.
	FirstStep int       // number of the first one (1-based)
	StepLoss  []float32 // mean loss of its batch
	StepAcc   []float32 // accuracy on its batch
	Vals      []Validation

	Timing      Timing // of this epoch's steps
	Fingerprint string // hex SHA-256 of the weights, when State is Done or Stopped
	ImagesPerS  float64
	FirstStepMS float64 // from the run's beginning to the end of its first step
	MemoryBytes int     // the worker's memory
	Workers     int     // replicas at work
}

// Timing says where the time of an epoch's training steps went, in
// milliseconds at the leading replica.
type Timing struct {
	DealMS     float64 // putting the images together and handing them out
	ForwardMS  float64
	BackwardMS float64
	SendMS     float64 // passing gradients on
	WaitMS     float64 // for those of the other replicas
	UpdateMS   float64 // the optimiser
	EvalMS     float64 // the evaluation after the steps
	SentBytes  int     // to other replicas
}

// Validation is one point of the validation curves.
type Validation struct {
	Step      int
	Loss, Acc float64
}

// State is what the worker is doing.
type State int

const (
	Idle       State = 0 // fresh network
	Training   State = 1
	Paused     State = 2
	Evaluating State = 3
	Stopped    State = 4 // ended by Stop; the network is kept
	Done       State = 5
)

// View is what the page draws of the network's inside, all from one moment
// (Step). Arrays are in the tutorial's order.
type View struct {
	Step    int
	Kernels []Tensor // of each convolution: (Out,In,H,W), by layer name
	Layer   Detail   // of the watched layer
	Maps    Tensor   // the watched layer's output for the watched image, (C,H,W) or (units)
	Split   Split
	Index   int
	Input   Tensor    // the watched image as the network sees it, (C,H,W)
	Label   int       // its label
	Probs   []float32 // the network's answer for it
	Dense   DenseUnits

	// Flow is the beginning of every layer's output for the image, to show the
	// way through the network: the first FlowMaps maps (C,H,W), or the first
	// FlowUnits values.
	Flow []Tensor

	Moments []Moment // recorded since the last View, for the page to keep
}

// Moment is what was to be seen after a step: the kernels of each convolution,
// and the last convolution's output behind its ReLU for the watched image, if
// there is one. The worker records them through the whole run.
type Moment struct {
	Step   int
	Split  Split // the image
	Index  int
	Arrays []Packed // by layer name: kernels (Out,In,H,W), maps (C,H,W)
}

// Packed is an array of whole multiples of Step; see package record.
type Packed struct {
	Name  string
	Shape []int
	Bits  int
	Step  float32
	Data  []byte
}

// DenseUnits are the watched units of a dense layer.
type DenseUnits struct {
	Units   []int
	Weights Tensor    // by layer name: (units,C,H,W) over an image, (units,inputs) over a vector
	Bias    []float32 // of each unit
}

const (
	FlowMaps  = 4
	FlowUnits = 256
)

// Detail is a layer's weights as get_weights would list them.
type Detail struct {
	Name    string
	Weights []WeightInfo
}

// WeightInfo describes one weight array without sending all of it.
type WeightInfo struct {
	Name      string // "kernel" or "bias"
	Init      string // "glorot_uniform", "zeros"
	Shape     []int
	Min, Max  float32
	Mean, Std float32
	First     []float32 // the first values, in the shape's order
}

// Tensor is a named array with its shape.
type Tensor struct {
	Name  string
	Shape []int
	Data  []float32
}

// Checkpoint is everything needed to go on with a run: see Restore. The worker
// sends one every few seconds of a run, at every Pause, and at its end.
type Checkpoint struct {
	Dataset  string // name of the Source in use
	Settings Settings
	State    State // Paused, Stopped or Done: what Restore leads to
	Epochs   int   // as in Progress
	Step     int
	ValLoss  float64 // as in Progress
	ValAcc   float64
	// Validated says that the epoch at hand has been evaluated.
	Validated bool
	ElapsedMS float64
	Data      Blob // of nn.Trainer.AppendCheckpoint
}

// Failed tells of an error; Fatal means the worker is gone (a panic), and a
// new one must be started.
type Failed struct {
	Doing  string // what was asked: a command's name, or "training"
	Detail string
	Fatal  bool
}

func (m *Ready) fields(c *coder) {
	c.string(&m.Build)
	c.bool(&m.SIMD)
}

func (m *Model) fields(c *coder) {
	c.ints(&m.InputShape)
	list(c, &m.Layers, 20, func(c *coder, l *LayerInfo) {
		c.string(&l.Name)
		c.string(&l.Type)
		c.ints(&l.OutShape)
		c.int(&l.Params)
		list(c, &l.Config, 8, func(c *coder, kv *KeyValue) {
			c.string(&kv.Key)
			c.string(&kv.Value)
		})
	})
	c.int(&m.Params)
}

func (m *Loading) fields(c *coder) {
	c.string(&m.File)
	c.string(&m.Phase)
	c.size(&m.Bytes)
	c.size(&m.Total)
	c.bool(&m.FromStorage)
}

func (m *Loaded) fields(c *coder) {
	c.string(&m.Name)
	c.string(&m.Title)
	c.int(&m.TrainN)
	c.int(&m.TestN)
	c.ints(&m.SampleShape)
	list(c, &m.Classes, 4, (*coder).string)
	c.ints(&m.TrainPerClass)
	c.ints(&m.TestPerClass)
	c.bool(&m.Verified)
	c.bool(&m.Stored)
}

func (m *LoadFailed) fields(c *coder) {
	c.string(&m.Name)
	c.string(&m.File)
	c.int((*int)(&m.Kind))
	c.string(&m.Detail)
}

func (m *Stored) fields(c *coder) {
	c.string(&m.Name)
	c.int(&m.Files)
	c.size(&m.Bytes)
	c.bool(&m.Checked)
	list(c, &m.Damaged, 4, (*coder).string)
	c.string(&m.Detail)
}

func (m *Sample) fields(c *coder) {
	m.Split.field(c)
	c.int(&m.Index)
	c.int(&m.Label)
	c.ints(&m.Shape)
	c.bytes(&m.Pixels)
}

func (m *Progress) fields(c *coder) {
	c.int((*int)(&m.State))
	c.int(&m.Epoch)
	c.int(&m.Epochs)
	c.int(&m.Seen)
	c.int(&m.Samples)
	c.int(&m.Step)
	c.float64(&m.Loss)
	c.float64(&m.Acc)
	c.int(&m.ValSeen)
	c.int(&m.ValN)
	c.float64(&m.ValLoss)
	c.float64(&m.ValAcc)
	c.bool(&m.Validated)
	c.float64(&m.ElapsedMS)
	c.float64(&m.LeftMS)
	c.int(&m.FirstStep)
	c.float32s(&m.StepLoss)
	c.float32s(&m.StepAcc)
	list(c, &m.Vals, 20, func(c *coder, v *Validation) {
		c.int(&v.Step)
		c.float64(&v.Loss)
		c.float64(&v.Acc)
	})
	m.Timing.fields(c)
	c.string(&m.Fingerprint)
	c.float64(&m.ImagesPerS)
	c.float64(&m.FirstStepMS)
	c.size(&m.MemoryBytes)
	c.int(&m.Workers)
}

func (t *Timing) fields(c *coder) {
	c.float64(&t.DealMS)
	c.float64(&t.ForwardMS)
	c.float64(&t.BackwardMS)
	c.float64(&t.SendMS)
	c.float64(&t.WaitMS)
	c.float64(&t.UpdateMS)
	c.float64(&t.EvalMS)
	c.size(&t.SentBytes)
}

func (m *View) fields(c *coder) {
	c.int(&m.Step)
	list(c, &m.Kernels, 12, (*coder).tensor)
	c.string(&m.Layer.Name)
	list(c, &m.Layer.Weights, 32, func(c *coder, w *WeightInfo) {
		c.string(&w.Name)
		c.string(&w.Init)
		c.ints(&w.Shape)
		c.float32(&w.Min)
		c.float32(&w.Max)
		c.float32(&w.Mean)
		c.float32(&w.Std)
		c.float32s(&w.First)
	})
	c.tensor(&m.Maps)
	m.Split.field(c)
	c.int(&m.Index)
	c.tensor(&m.Input)
	c.int(&m.Label)
	c.float32s(&m.Probs)
	c.ints(&m.Dense.Units)
	c.tensor(&m.Dense.Weights)
	c.float32s(&m.Dense.Bias)
	list(c, &m.Flow, 12, (*coder).tensor)
	list(c, &m.Moments, 16, func(c *coder, m *Moment) {
		c.int(&m.Step)
		m.Split.field(c)
		c.int(&m.Index)
		list(c, &m.Arrays, 20, func(c *coder, p *Packed) {
			c.string(&p.Name)
			c.ints(&p.Shape)
			c.int(&p.Bits)
			c.float32(&p.Step)
			c.bytes(&p.Data)
		})
	})
}

func (c *coder) tensor(t *Tensor) {
	c.string(&t.Name)
	c.ints(&t.Shape)
	c.float32s(&t.Data)
}

func (m *Checkpoint) fields(c *coder) {
	c.string(&m.Dataset)
	m.Settings.fields(c)
	c.int((*int)(&m.State))
	c.int(&m.Epochs)
	c.int(&m.Step)
	c.float64(&m.ValLoss)
	c.float64(&m.ValAcc)
	c.bool(&m.Validated)
	c.float64(&m.ElapsedMS)
}

func (m *Failed) fields(c *coder) {
	c.string(&m.Doing)
	c.string(&m.Detail)
	c.bool(&m.Fatal)
}
