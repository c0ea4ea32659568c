package app

import (
	"encoding/json"
	"sync"
	"time"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Routes registers the page. It matches at the root of the site wherever the
// site is mounted, with or without index.html.
func Routes() {
	app.RouteWithRegexp(`^.*/(index\.html)?$`, func() app.Composer { return &page{} })
}

// page is the root component: it owns the desk and composes the views.
type page struct {
	app.Compo
	desk  *desk
	inbox inbox
	keys  app.Func
	focus app.Func
	media app.Func

	attention app.Func

	dropping dropping

	surround *surround // nil unless framed

	ready  chan struct{} // closed, once, when the first data are there, or can't be
	once   sync.Once
	handed string // see handedOver
}

// OnInit also runs when the site is built, where the environment is the
// handler's and there is no visitor. In a browser the first rendering is in the
// visitor's language already, and the worker loads the data meanwhile.
func (p *page) OnInit() {
	if p.desk != nil {
		return
	}
	d := newDesk(sitesSources(), app.Getenv("CONVLENS_BUILD"))
	p.desk = d
	query := app.Window().URL().Query()
	if app.IsServer {
		d.read(query)
		return
	}
	useLanguage(d, chosenLanguage())
	d.read(query) // problems are told in that language
	showTheme(d, chosenTheme(d.Query))
	if reducedMotion() {
		d.Interval = 1000
	}
	d.Sandboxed = sandboxed()
	d.deliver = p.inbox.put
	d.open = openWorker
	d.clock = func() float64 { return app.Window().Get("performance").Call("now").Float() }
	if d.Query.Embed == "" { // a frame's address is nowhere to be seen
		d.address = func(q Query) { showAddress(q, sourceNames(d.Sources)) }
	}
	if d.Query.Embed == "" {
		p.handed = handedOver()
	}
	if p.handed == "" {
		d.start()
	}
}

// sitesSources reads what the site builder offers. A site without datasets
// is shown as such; text that is no JSON is the builder's fault.
func sitesSources() []wire.Source {
	var sources []wire.Source
	if text := app.Getenv("CONVLENS_SOURCES"); text != "" {
		if err := json.Unmarshal([]byte(text), &sources); err != nil {
			panic("app: CONVLENS_SOURCES: " + err.Error())
		}
	}
	return sources
}

func (p *page) OnMount(ctx app.Context) {
	d := p.desk
	d.Paces.later = func(ms int, do func()) {
		ctx.After(time.Duration(ms)*time.Millisecond, func(app.Context) { do() })
	}
	p.watchTheme(ctx)
	p.watchKeys(ctx)
	p.ready = make(chan struct{})
	p.watchShell(ctx)
	p.watchFocus()
	p.watchAttention(ctx)
	p.watchDrop(ctx)
	p.meetSurround(ctx)
	p.inbox.open(func() { ctx.Dispatch(p.receive) })
	if p.handed != "" {
		takeOver(ctx, p.handed, d.begin)
	}
}

func (p *page) OnDismount() {
	p.desk.close()
	p.unwatchKeys()
	p.unwatchFocus()
	p.unwatchAttention()
	p.unwatchTheme()
	p.unwatchDrop()
	p.leaveSurround()
}

// receive handles what the worker has sent since the last time, and repaints.
// Frames of a run, or of a calibration, go only to what is in sight; the last one,
// and what the visitor asks for between runs, goes everywhere.
func (p *page) receive(ctx app.Context) {
	paint := false
	for _, m := range p.inbox.take() {
		p.desk.handle(m)
		if p.surround != nil {
			p.surround.follow(p.desk, m)
		}
		switch m := m.(type) {
		case *wire.Loaded, *wire.LoadFailed, *wire.Failed:
			p.once.Do(func() { close(p.ready) })
		case *wire.View, *wire.Sample, *wire.Drawn, *wire.TestMap, *wire.Images, *wire.Means, *wire.Order, *wire.Evaluation, *wire.Trace, *wire.Reasons, *wire.Covered:
			paint = true
		case *wire.Health:
			paint = paint || !m.Recorded
		case *wire.Progress:
			paint = paint || !p.desk.State.Busy()
		}
	}
	if paint {
		ctx.NewActionWithValue(actionPaint, paintRequest{Sight: p.desk.State.Busy() || p.desk.Paces.asked != nil})
	}
}

// showAddress writes the query to the page's address, keeping others' keys.
func showAddress(q Query, sources []string) {
	u := app.Window().URL()
	u.RawQuery = q.Values(u.Query(), sources).Encode()
	app.Window().Get("history").Call("replaceState", nil, "", u.String())
}

func (p *page) Render() app.UI {
	d := p.desk
	if d.Query.Embed != "" {
		return frame(d)
	}
	return app.Div().Class("page").Body(
		&runBar{Desk: d, Rev: d.rev(topicRun, topicData, topicFault, topicTheme, topicSettings)},
		app.Main().Class("main").Body(
			app.P().Class("lead").Text(d.Words.Lead),
			&notices{Desk: d, Rev: d.rev(topicFault, topicSettings)},
			columns(d),
		),
		&footer{Desk: d, Rev: d.rev(topicRun, topicFault, topicData, topicStorage)},
		&updateBar{Desk: d, Rev: d.rev(topicFault, topicRun)},
		&announcer{Desk: d, Rev: d.rev(topicRun, topicFault, topicData)},
	)
}

// columns are the page's sections.
func columns(d *desk) app.UI {
	return app.Div().Class("columns").Body(
		app.Div().Class("column").Body(
			&dataView{Desk: d, UnderWay: d.State.UnderWay(), Rev: d.rev(topicData, topicSample, topicPixel, topicSettings, topicExplore, topicModel)},
			&trainView{Desk: d, Rev: d.rev(topicRun, topicModel, topicData, topicSettings)},
		),
		app.Div().Class("column").Body(
			&insideView{Desk: d, Rev: d.rev(topicView, topicModel, topicChoice, topicDrawn, topicTrace, topicWhy, topicMoment, topicHealth, topicTheme, topicTestMap, topicEvaluation, topicScoring, topicCell, topicData, topicSample, topicFault, topicTake, topicRun, topicFinished)},
			section("pad", "4", d.Words.Pad.Title, nil, padViews(d)...),
		),
	)
}

// An inbox collects events on their way to the UI goroutine. go-app's queue
// holds 4096 entries and a full one hangs the page, so that however many
// events come, at most one entry waits.
type inbox struct {
	mu     sync.Mutex
	events []wire.Message
	wake   func() // nil until the page is there
}

// open calls wake when there are events, from now on.
func (b *inbox) open(wake func()) {
	b.mu.Lock()
	b.wake = wake
	waiting := len(b.events) > 0
	b.mu.Unlock()
	if waiting {
		wake()
	}
}

// put adds an event, and wakes the page if the inbox was empty.
func (b *inbox) put(m wire.Message) {
	b.mu.Lock()
	b.events = append(b.events, m)
	wake := b.wake
	first := len(b.events) == 1
	b.mu.Unlock()
	if first && wake != nil {
		wake()
	}
}

// take empties the inbox.
func (b *inbox) take() []wire.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	events := b.events
	b.events = nil
	return events
}
