package app

import (
	"net/url"
	"slices"

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
	Map        int // the chosen map of the chosen layer, or -1
	MapPixel   int // the chosen pixel of that map, or -1
	Pixel      int // the chosen pixel of the image, or -1
	Why        whyChoice
	PerFilter  bool // each filter's kernels on a scale of their own
	Past       past // the chosen moment of the film
	Spot       healthSpot
	Normalised bool // pixels shown as the network sees them
	Dark       bool
	Sandboxed  bool // in a frame without an origin, where no worker starts
	Interval   int  // ms between views while training

	Order   filterOrder // of the kernels' filters
	Pins    []pin
	Dense   denseChoice
	Drawing drawing
	Cell    *confusion // whose images are shown, or nil
	Pad     pad
	Explore exploring
	Ask     wire.Explain   // the value whose arithmetic is shown
	Trail   []wire.Explain // the values from which the visitor stepped to it

	Paces      paces
	Comparison comparison

	WantTrain bool // Train was pressed before the data was there

	own     ownFiles
	Shell   shell    // where the page's own files stand
	Errands []errand // about the storage, sent and not yet answered
	Unkept  bool     // the browser did not keep the checkpoint for an update
	Taking  bool     // the run was asked for, to be kept as a file

	ReadyMS float64 // from opening the page until training could begin; 0 before
	clock   func() float64

	open     opener
	deliver  func(wire.Message) // brings an event to handle
	address  func(Query)        // shows the query in the page's address
	session  Session
	reported *report       // of State.Evaluation; see report
	looking  wire.Message  // asks for the lens in use; nil if there is none
	applied  wire.Settings // of the network at hand
	loaded   bool          // this session has a dataset
	restore  bool          // this session waits for the last checkpoint
	asked    action        // sent, and its effect not yet seen
	askedIn  wire.State    // the run's state at that time
	revs     [topics]int
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
	topicDrawn
	topicTestMap
	topicEvaluation
	topicScoring
	topicCell
	topicTake
	topicTrace
	topicWhy
	topicMoment
	topicHealth
	topicPad
	topicAnswer
	topicFinished
	topicExplore
	topics
)

// newDesk returns a desk for a site with these sources; build may be "".
func newDesk(sources []wire.Source, build string) *desk {
	q, _ := parseQuery(nil, sourceNames(sources), languages[0])
	return &desk{
		Sources: sources, Build: build, Query: q, Words: languages[0],
		Layer: "conv2d_1", Map: -1, MapPixel: -1, Pixel: -1, Order: asNumbered,
		Why:  newWhyChoice(),
		Past: past{Following: true},
		// What the first convolution wants is nearly plain ink or plain paper.
		Drawing: drawing{Draw: wire.Draw{Layer: "conv2d_2", Seed: 1}},
		Pad:     newPad(),
		Explore: newExploring(),
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
	if slices.Contains(lensKeys(), d.Query.Embed) {
		d.Query.Lens = d.Query.Embed
	}
	d.Query.Explore = d.Query.Explore || d.Query.Embed == explorePanel
	d.Explore.Open = d.Query.Explore
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
	q.Expect, q.Embed, q.Theme = "", "", ""
	if f := d.State.Run.Fingerprint; d.State.Run.State == wire.Done && len(f) >= expectLen {
		q.Expect = f[:expectLen]
	}
	return q
}

// start opens a session: a fresh network, a look at it, and the data. The
// look comes first, as a worker that loads does nothing else.
func (d *desk) start() {
	d.connect()
	d.fresh()
	d.watch()
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
	d.WantTrain = false // the run has had its beginning
	if wire.IsOwn(c.Dataset) {
		d.awaitFiles(c)
		return
	}
	d.State.Checkpoint = c
	d.startAgain()
}

// startAgain replaces a session that is gone, and goes on from the last
// checkpoint if there is one. The checkpoint waits for its dataset, without
// which a run can't go on.
func (d *desk) startAgain() {
	d.close()
	d.State.Failed, d.State.Ready = nil, nil
	d.loaded, d.asked, d.Errands, d.Taking, d.own.open = false, "", nil, false, false
	d.touch(topicFault, topicRun, topicData, topicTake)
	c := d.State.Checkpoint
	if c == nil {
		d.start()
		return
	}
	d.restore = true
	d.connect()
	d.watch()
	d.use(c.Dataset)
}

// connect opens a session, which is told what the visitor has drawn.
func (d *desk) connect() {
	d.session = d.open(d.deliver)
	d.Paces.asked = nil
	if d.Pad.number > 0 {
		d.sendDrawings()
	}
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

// watch asks for Views of what is chosen, and for what the lens adds to them.
func (d *desk) watch() {
	d.send(&wire.Watch{Split: d.Split, Index: d.Index, Layer: d.Layer, IntervalMS: d.Interval,
		Dense: d.Dense.Layer, Units: d.watchedUnits()})
	if _, ok := d.looking.(*wire.Why); ok {
		d.askWhy() // about the image that is now watched
	}
}

// look asks the worker for what a lens shows.
func (d *desk) look(m wire.Message) {
	d.looking = m
	d.send(m)
}

// lookAway ends what the lens in use has under way.
func (d *desk) lookAway() {
	if d.looking == nil {
		return
	}
	d.looking, d.Drawing.UnderWay, d.State.Scoring = nil, false, nil
	d.send(&wire.LookAway{})
	d.touch(topicDrawn, topicScoring)
}

// lookAgain asks a network that is new for what the lens in use shows.
func (d *desk) lookAgain() {
	switch {
	case d.Query.Lens == lensFilters:
		d.draw()
	case d.Query.Lens == lensArithmetic:
		d.explain()
	case d.Query.Lens == lensWhy:
		d.askWhy()
	case d.looking != nil:
		d.send(d.looking)
	}
}

// handle takes an event into account and does what follows from it.
func (d *desk) handle(m wire.Message) {
	d.State.Apply(m)
	d.followUp(m)
	switch m.(type) {
	case *wire.Loaded, *wire.LoadFailed, *wire.Stored, *wire.Progress, *wire.Failed:
		d.learnPace()
	}
}

func (d *desk) followUp(m wire.Message) {
	d.followDrawings(m)
	switch m := m.(type) {
	case *wire.Ready:
		d.touch(topicFault, topicRun)
	case *wire.Model:
		d.touch(topicModel, topicFault, topicEvaluation)
		d.keepLayer()
		d.keepWhy()
		d.keepDense()
		d.keepDrawing(m)
		d.lookAgain()
		d.exploreOther()
	case *wire.Loading:
		d.touch(topicData, topicRun)
	case *wire.Loaded:
		d.loaded, d.Cell = true, nil
		if d.ReadyMS == 0 {
			d.ReadyMS = d.clock()
		}
		d.touch(topicData, topicRun, topicEvaluation)
		d.forgetExplored()
		d.afterLoad()
	case *wire.LoadFailed:
		d.own.misfit = d.misfit(m)
		d.touch(topicData, topicRun)
		if d.loaded { // what was loaded before stays in use
			d.Query.Data = d.State.Data.Name
			d.tellAddress()
		}
	case *wire.Opening:
		d.touch(topicData)
	case *wire.Opened:
		d.afterOpening(m)
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
		d.pacedByRun(m)
	case *wire.Calibrated:
		d.paced(m)
	case *wire.View:
		d.touch(topicView)
		d.keepKernel()
		d.keepFinished()
	case *wire.TestMap, *wire.Mapping, *wire.Images:
		d.touch(topicTestMap)
	case *wire.Evaluation:
		d.touch(topicEvaluation, topicScoring)
	case *wire.Scoring:
		d.touch(topicScoring)
	case *wire.Survey, *wire.Order:
		d.exploreAgain()
	case *wire.Means:
		d.Explore.meansAsk = wire.GetMeans{}
		d.keepExploring()
	case *wire.Net:
		d.touch(topicTake)
	case *wire.Drawn:
		d.keepDrawing(m)
	case *wire.Trace:
		d.touch(topicTrace)
		d.settleTerm(m)
	case *wire.Reasons, *wire.Covered, *wire.Ablated:
		d.touch(topicWhy)
	case *wire.Health:
		d.touch(topicHealth)
	case *wire.Fault:
		d.touch(topicFault)
	case *wire.Failed:
		d.asked, d.Taking = "", false
		d.touch(topicFault, topicRun, topicData, topicStorage, topicTake)
		if m.Doing == "Keep" {
			d.errandDone()
		}
		d.keepDrawing(m)
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
