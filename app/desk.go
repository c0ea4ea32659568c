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
	Words   *words // the page's language

	Query    Query
	Problems []string // what the query asked that can't be had

	Split      wire.Split // the chosen image
	Index      int
	Layer      string // the chosen layer
	Kernel     kernelChoice
	Map        int  // the chosen map of the chosen layer, or -1
	Pixel      int  // the chosen pixel of the image, or -1
	PerFilter  bool // each filter's kernels on a scale of their own
	Past       past // the chosen moment of the film
	Spot       healthSpot
	Normalised bool // pixels shown as the network sees them
	Dark       bool
	Interval   int // ms between views while training

	WantTrain bool // Train was pressed before the data was there

	Shell   shell    // where the page's own files stand
	Errands []errand // about the storage, sent and not yet answered

	Renewed bool // a newer version is stored, and comes with the next load
	Unkept  bool // the browser did not keep the checkpoint for it

	ReadyMS float64 // from opening the page until training could begin; 0 before
	clock   func() float64

	open    opener
	deliver func(wire.Message) // brings an event to handle
	address func(Query)        // shows the query in the page's address
	session Session
	applied wire.Settings // of the network at hand
	loaded  bool          // this session has a dataset
	restore bool          // this session waits for the last checkpoint
	looking wire.Message  // asks for the lens in use; nil if there is none
	asked   action        // sent, and its effect not yet seen
	askedIn wire.State    // the run's state at that time
	revs    [topics]int
}

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
	topicStorage
	topicMoment
	topicHealth
	topics
)

// newDesk returns a desk for a site with these sources; build may be "".
func newDesk(sources []wire.Source, build string) *desk {
	q, _ := parseQuery(nil, sourceNames(sources), languages[0])
	return &desk{
		Sources: sources, Build: build, Query: q, Words: languages[0],
		Layer: "conv2d_1", Map: -1, Pixel: -1, Past: past{Following: true},
		// Where the workers use all processors each update holds one of them up,
		// and all wait for it: at 5 Hz two workers on two lost 12%, now 6%.
		Interval: 400,
		address:  func(Query) {},
		clock:    func() float64 { return 0 },
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

// speak changes the language.
func (d *desk) speak(w *words) {
	d.Words = w
	for t := range topics {
		d.touch(t)
	}
}

// read takes over the page's query.
func (d *desk) read(values url.Values) {
	d.Query, d.Problems = parseQuery(values, sourceNames(d.Sources), d.Words)
	d.WantTrain = d.Query.Autoplay
	d.Split, d.Index = d.Query.Split, d.Query.Image
	if d.Query.Layer != "" {
		d.Layer = d.Query.Layer
	}
	d.touch(topicSettings, topicRun)
}

// link is the query that repeats the run, as it is looked at now: it begins at
// once if there has been one, and tells what it ended with.
func (d *desk) link() Query {
	q := d.Query
	if d.State.Run.Step > 0 {
		q.Settings, q.Autoplay = d.applied, true
		q.Settings.Epochs = d.State.Run.Epochs // several runs in a row are one of all their epochs
	}
	q.Expect = ""
	if f := d.State.Run.Fingerprint; d.State.Run.State == wire.Done && len(f) >= expectLen {
		q.Expect = f[:expectLen]
	}
	return q
}

// start opens a session: a fresh network, a look at it, and the data. The
// look comes first, as a worker that loads does nothing else.
func (d *desk) start() {
	d.session = d.open(d.deliver)
	d.fresh()
	d.watch()
	d.lookAgain()
	d.load()
}

// fresh asks for a network that has learnt nothing, and forgets the run.
func (d *desk) fresh() {
	d.applied = d.Query.Settings
	d.send(&wire.Init{Settings: d.applied})
}

// begin opens the page's first session. It goes on from the checkpoint that the
// version before it kept, if there is one.
func (d *desk) begin(c *wire.Checkpoint) {
	if c == nil {
		d.start()
		return
	}
	d.State.Checkpoint = c
	d.WantTrain = false // the run has had its beginning
	d.startAgain()
}

// startAgain replaces a session that is gone, and goes on from the last
// checkpoint if there is one. The checkpoint waits for its dataset, without
// which a run can't go on.
func (d *desk) startAgain() {
	d.close()
	d.State.Failed, d.State.Ready = nil, nil
	d.loaded, d.asked, d.Errands = false, "", nil
	d.touch(topicFault, topicRun, topicData)
	c := d.State.Checkpoint
	if c == nil {
		d.start()
		return
	}
	d.restore = true
	d.session = d.open(d.deliver)
	d.watch()
	d.lookAgain()
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

// look takes a lens, which m asks the worker for; nil looks away.
func (d *desk) look(m wire.Message) {
	d.looking = m
	if m == nil {
		m = &wire.LookAway{}
	}
	d.send(m)
}

// lookAgain asks a new session for the lens in use.
func (d *desk) lookAgain() {
	if d.looking != nil {
		d.send(d.looking)
	}
}

// handle takes an event into account and does what follows from it.
func (d *desk) handle(m wire.Message) {
	d.State.Apply(m)
	switch m := m.(type) {
	case *wire.Ready:
		d.touch(topicFault, topicRun)
	case *wire.Model:
		d.touch(topicModel, topicFault)
		d.keepLayer()
	case *wire.Loading:
		d.touch(topicData, topicRun)
	case *wire.Loaded:
		d.loaded = true
		if d.ReadyMS == 0 {
			d.ReadyMS = d.clock()
		}
		d.touch(topicData, topicRun)
		d.afterLoad()
	case *wire.LoadFailed:
		d.touch(topicData, topicRun)
		if d.loaded { // what was loaded before stays in use
			d.Query.Data = d.State.Data.Name
			d.tellAddress()
		}
	case *wire.Stored:
		d.errandDone()
		d.touch(topicData, topicRun)
	case *wire.Sample:
		d.touch(topicSample)
	case *wire.Progress:
		d.touch(topicRun)
		if m.State != d.askedIn || m.State == wire.Idle {
			d.asked = ""
		}
	case *wire.View:
		d.touch(topicView)
		d.keepKernel()
	case *wire.Health:
		d.touch(topicHealth)
	case *wire.Fault:
		d.touch(topicFault)
	case *wire.Failed:
		d.asked = ""
		d.touch(topicFault, topicRun, topicData, topicStorage)
		if m.Doing == "Keep" {
			d.errandDone()
		}
		if m.Doing == "Restore" && !m.Fatal {
			d.fresh()
		}
	}
}

// afterLoad does what waited for the data.
func (d *desk) afterLoad() {
	if d.restore {
		d.restore = false
		d.goOn(d.State.Checkpoint)
	}
	d.choose(d.Split, min(d.Index, d.samples(d.Split)-1))
	if d.WantTrain {
		d.do(actTrain)
	}
}

// goOn puts a checkpoint back, unless the visitor has meanwhile chosen other
// data than the run was on.
func (d *desk) goOn(c *wire.Checkpoint) {
	if c.Dataset != d.State.Data.Name {
		d.fresh()
		return
	}
	d.applied = c.Settings
	d.send(&wire.Restore{Checkpoint: *c})
}

// Stale says whether the worker is of another version than the page, which
// happens when the site was renewed while the page was open.
func (d *desk) Stale() bool {
	r := d.State.Ready
	return r != nil && d.Build != "" && r.Build != d.Build
}
