package app

import (
	"net/url"

	"convlens/nn/wire"
)

// desk is where the visitor works: it turns what is pressed and chosen into
// commands for the worker, and keeps the choices. It knows no DOM. All its
// methods run on one goroutine, go-app's UI goroutine.
type desk struct {
	State   State
	Sources []wire.Source
	Build   string // the site's version; "" if it has none

	Query    Query
	Problems []string // what the query asked that can't be had

	Split      wire.Split // the chosen image
	Index      int
	Layer      string // the chosen layer
	Kernel     kernelChoice
	Map        int  // the chosen map of the chosen layer, or -1
	Pixel      int  // the chosen pixel of the image, or -1
	PerFilter  bool // each filter's kernels on a scale of their own
	Normalised bool // pixels shown as the network sees them
	Dark       bool
	Interval   int // ms between views while training

	WantTrain bool // Train was pressed before the data was there

	open    opener
	deliver func(wire.Message) // brings an event to handle
	address func(Query)        // shows the query in the page's address
	session Session
	applied wire.Settings // of the network at hand
	loaded  bool          // this session has a dataset
	restore bool          // this session waits for the last checkpoint
	asked   action        // sent, and its effect not yet seen
	revs    [topics]int
}

// kernelChoice names one kernel of one convolution.
type kernelChoice struct {
	Layer           string
	Filter, Channel int
}

// An action is one of the run's buttons.
type action string

const (
	actTrain  action = "train"
	actPause  action = "pause"
	actResume action = "resume"
	actStop   action = "stop"
	actReset  action = "reset"
)

// topic is a part of what the views show; see desk.rev.
type topic int

const (
	topicRun topic = iota
	topicModel
	topicData
	topicSample
	topicView
	topicFault
	topicSettings
	topicChoice // layer, kernel, map
	topicPixel
	topicTheme
	topics
)

// newDesk returns a desk for a site with these sources; build may be "".
func newDesk(sources []wire.Source, build string) *desk {
	q, _ := ParseQuery(nil, sourceNames(sources))
	return &desk{
		Sources: sources, Build: build, Query: q,
		Layer: "conv2d_1", Map: -1, Pixel: -1,
		Interval: 125, // 8 Hz: smooth to the eye, cheap for the worker
		address:  func(Query) {},
	}
}

func sourceNames(sources []wire.Source) []string {
	names := make([]string, len(sources))
	for i, s := range sources {
		names[i] = s.Name
	}
	return names
}

// rev is a number that grows whenever one of the topics changes.
func (d *desk) rev(ts ...topic) int {
	sum := 0
	for _, t := range ts {
		sum += d.revs[t]
	}
	return sum
}

func (d *desk) touch(ts ...topic) {
	for _, t := range ts {
		d.revs[t]++
	}
}

// read takes over the page's query.
func (d *desk) read(values url.Values) {
	d.Query, d.Problems = ParseQuery(values, sourceNames(d.Sources))
	d.WantTrain = d.Query.Autoplay
	d.touch(topicSettings, topicRun)
}

// start opens a session: a fresh network, a look at it, and the data. The
// look comes first, as a worker that loads does nothing else.
func (d *desk) start() {
	d.session = d.open(d.deliver)
	d.fresh()
	d.watch()
	d.load()
}

// fresh asks for a network that has learnt nothing, and forgets the run.
func (d *desk) fresh() {
	d.applied = d.Query.Settings
	d.send(&wire.Init{Settings: d.applied})
}

// startAgain replaces a session that is gone, and goes on from the last
// checkpoint if there is one. The checkpoint waits for its dataset, without
// which a run can't go on.
func (d *desk) startAgain() {
	d.close()
	d.State.Failed, d.State.Ready = nil, nil
	d.loaded, d.asked = false, ""
	d.touch(topicFault, topicRun, topicData)
	c := d.State.Checkpoint
	if c == nil {
		d.start()
		return
	}
	d.restore = true
	d.session = d.open(d.deliver)
	d.watch()
	d.use(c.Dataset)
}

func (d *desk) close() {
	if d.session != nil {
		d.session.Close()
		d.session = nil
	}
}

func (d *desk) send(m wire.Message) {
	if d.session != nil {
		d.session.Send(m)
	}
}

func (d *desk) watch() {
	d.send(&wire.Watch{Split: d.Split, Index: d.Index, Layer: d.Layer, IntervalMS: d.Interval})
}

// handle takes an event into account and does what follows from it.
func (d *desk) handle(m wire.Message) {
	d.State.Apply(m)
	switch m := m.(type) {
	case *wire.Ready:
		d.touch(topicFault, topicRun)
	case *wire.Model:
		d.touch(topicModel)
		d.keepLayer()
	case *wire.Loading:
		d.touch(topicData, topicRun)
	case *wire.Loaded:
		d.loaded = true
		d.touch(topicData, topicRun)
		d.afterLoad()
	case *wire.LoadFailed:
		d.touch(topicData, topicRun)
	case *wire.Sample:
		d.touch(topicSample)
	case *wire.Progress:
		d.touch(topicRun)
		if m.State == effect[d.asked] || m.State == wire.Done {
			d.asked = ""
		}
	case *wire.View:
		d.touch(topicView)
		d.keepKernel()
	case *wire.Failed:
		d.asked = ""
		d.touch(topicFault, topicRun, topicData)
		if m.Doing == "Restore" && !m.Fatal {
			d.fresh()
		}
	}
}

// effect is the state that shows that an action has been followed.
var effect = map[action]wire.State{
	actTrain: wire.Training, actPause: wire.Paused, actResume: wire.Training,
	actStop: wire.Stopped, actReset: wire.Idle,
}

func (d *desk) afterLoad() {
	d.choose(d.Split, d.Index)
	if d.restore {
		d.restoreNow()
	} else if d.WantTrain {
		d.do(actTrain)
	}
}

func (d *desk) restoreNow() {
	if d.restore {
		d.restore = false
		d.send(&wire.Restore{Checkpoint: *d.State.Checkpoint})
		d.watch()
	}
}

// Stale says whether the worker is of another version than the page, which
// happens when the site was renewed while the page was open.
func (d *desk) Stale() bool {
	r := d.State.Ready
	return r != nil && d.Build != "" && r.Build != d.Build
}

// load asks for the dataset of the query.
func (d *desk) load() {
	for _, s := range d.Sources {
		if s.Name == d.Query.Data {
			d.State.LoadFailed = nil
			d.State.Loading = &wire.Loading{Phase: "fetch", Total: sourceBytes(s)}
			d.touch(topicData, topicRun)
			d.send(&wire.Load{Source: s})
			return
		}
	}
}

func sourceBytes(s wire.Source) int {
	sum := 0
	for _, f := range s.Files {
		sum += f.Bytes
	}
	return sum
}

// use switches to another source.
func (d *desk) use(name string) {
	d.Query.Data = name
	d.tellAddress()
	d.load()
}

// can says whether an action is possible now. Train is, even before the data
// is there: see WantTrain.
func (d *desk) can(a action) bool {
	if d.State.Dead() || d.session == nil || d.restore {
		return false
	}
	run := d.State.Run.State
	switch a {
	case actTrain:
		return !d.State.UnderWay() && len(d.Sources) > 0
	case actPause:
		return d.State.Busy()
	case actResume:
		return run == wire.Paused
	case actStop:
		return d.State.UnderWay()
	case actReset:
		return run == wire.Paused || d.WantTrain ||
			!d.State.UnderWay() && d.State.Run.Step > 0
	}
	return false
}

// primary is the one of Train, Pause and Resume that fits the moment.
func (d *desk) primary() action {
	switch d.State.Run.State {
	case wire.Training, wire.Evaluating:
		return actPause
	case wire.Paused:
		return actResume
	}
	return actTrain
}

// do follows an action, once, if it is possible.
func (d *desk) do(a action) {
	if !d.can(a) || d.asked == a {
		return
	}
	d.touch(topicRun)
	if a == actTrain && !d.loaded {
		d.WantTrain = true
		return
	}
	d.asked = a
	d.WantTrain = false
	switch a {
	case actTrain:
		d.send(&wire.Train{Settings: d.runSettings()})
	case actPause:
		d.send(&wire.Pause{})
	case actResume:
		d.send(&wire.Resume{})
	case actStop:
		d.send(&wire.Stop{})
	case actReset:
		d.fresh()
	}
}

// runSettings are the settings of the next run. A network that has been
// trained keeps those it began with, all but the number of epochs; the
// others wait for Reset.
func (d *desk) runSettings() wire.Settings {
	s := d.Query.Settings
	if d.State.Run.Step > 0 {
		epochs := s.Epochs
		s = d.applied
		s.Epochs = epochs
	}
	d.applied = s
	return s
}

// waiting says whether a setting differs from the one that the network began
// with, and so takes effect only with Reset.
func (d *desk) waiting() bool {
	s := d.Query.Settings
	s.Epochs = d.applied.Epochs
	return d.State.Run.Step > 0 && s != d.applied
}

// set changes a setting from typed text; the error is for the visitor. A new
// seed gives a network that hasn't learnt anything its new weights at once.
func (d *desk) set(key, text string) error {
	f := settingFor(key)
	if text == "" && f.zero {
		text = "0"
	}
	v, err := f.parse(text)
	if err != nil {
		return err
	}
	f.set(&d.Query.Settings, v)
	d.touch(topicSettings, topicRun)
	d.tellAddress()
	if key == "seed" && d.State.Run.Step == 0 && !d.State.UnderWay() {
		d.fresh()
	}
	return nil
}

func (d *desk) tellAddress() {
	d.touch(topicSettings)
	d.address(d.Query)
}

// samples returns how many samples a half of the dataset has.
func (d *desk) samples(split wire.Split) int {
	switch {
	case d.State.Data == nil:
		return 0
	case split == wire.TestSplit:
		return d.State.Data.TestN
	}
	return d.State.Data.TrainN
}

// epochSamples is how many samples an epoch of the next run has.
func (d *desk) epochSamples() int {
	n := d.samples(wire.TrainSplit)
	if limit := d.Query.Settings.Limit; limit > 0 {
		n = min(n, limit)
	}
	return n
}

// choose takes an image of the dataset for the data view and for the feature
// maps; an index beyond the ends goes round.
func (d *desk) choose(split wire.Split, index int) {
	n := d.samples(split)
	if n == 0 {
		return
	}
	d.Split, d.Index = split, (index%n+n)%n
	d.Pixel = -1
	d.touch(topicSample, topicPixel)
	d.send(&wire.GetSample{Split: d.Split, Index: d.Index})
	d.watch()
}

// chooseLayer takes the layer whose details and feature maps are shown.
func (d *desk) chooseLayer(name string) {
	if name == d.Layer {
		return
	}
	d.Layer, d.Map = name, -1
	d.touch(topicChoice)
	d.watch()
}

// chooseKernel takes the kernel that is shown enlarged.
func (d *desk) chooseKernel(k kernelChoice) {
	if k != d.Kernel {
		d.Kernel = k
		d.touch(topicChoice)
	}
}

// keepLayer moves the choice to a layer that the model has.
func (d *desk) keepLayer() {
	layers := d.State.Model.Layers
	if l, _ := d.State.Layer(d.Layer); l == nil && len(layers) > 0 {
		d.chooseLayer(layers[0].Name)
	}
}

// keepKernel moves the choice to a kernel that the view has: the first of the
// last convolution, whose kernels the page shows largest.
func (d *desk) keepKernel() {
	t := d.State.Kernels(d.Kernel.Layer)
	if t != nil && d.Kernel.Filter < t.Shape[0] && d.Kernel.Channel < t.Shape[1] {
		return
	}
	if ks := d.State.View.Kernels; len(ks) > 0 {
		d.chooseKernel(kernelChoice{Layer: ks[len(ks)-1].Name})
	}
}
