package app

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A lens is one way to look inside, a tab of section 3.
type lens struct {
	key  string // in the address
	name func(w *words) string
	view func(d *desk, rev int) app.UI

	// kept views are there while another tab is chosen, though a run's frames pass
	// them by; the others exist only while they are seen.
	kept bool

	topics []topic // that the view shows
}

var lenses = []lens{
	{"kernels", func(w *words) string { return w.Kernels }, func(d *desk, rev int) app.UI {
		return &kernelsView{Desk: d, Rev: rev}
	}, true, []topic{topicView, topicChoice, topicModel}},
	{"maps", func(w *words) string { return w.Maps }, func(d *desk, rev int) app.UI {
		return &layerView{Desk: d, Rev: rev}
	}, true, []topic{topicView, topicChoice, topicModel}},
	{lensFilters, func(w *words) string { return w.Filters.Tab }, func(d *desk, rev int) app.UI {
		m := d.drawn()
		return &filterImagesView{Desk: d, Busy: d.State.Busy(), Moved: m != nil && m.Step != d.State.Run.Step, Rev: rev}
	}, false, []topic{topicModel, topicChoice, topicDrawn, topicFault}},
	{lensArithmetic, func(w *words) string { return w.Arithmetic.Name }, func(d *desk, rev int) app.UI {
		return &arithmeticView{Desk: d, Busy: d.State.Busy(), Rev: rev}
	}, false, []topic{topicTrace}},
	{lensWhy, func(w *words) string { return w.Why.Tab }, func(d *desk, rev int) app.UI {
		return &whyView{Desk: d, Rev: rev}
	}, false, []topic{topicWhy, topicModel, topicChoice, topicData}},
	{"time", func(w *words) string { return w.Time.Name }, func(d *desk, rev int) app.UI {
		return &timeView{Desk: d, Rev: rev}
	}, false, []topic{topicView, topicChoice, topicMoment, topicRun}},
	{"health", func(w *words) string { return w.Health.Name }, func(d *desk, rev int) app.UI {
		return &healthView{Desk: d, Rev: rev}
	}, false, []topic{topicHealth, topicRun}},
	{"testmap", func(w *words) string { return w.TestMap.Tab }, func(d *desk, rev int) app.UI {
		return &testMapView{Desk: d, Rev: rev}
	}, false, []topic{topicTestMap, topicData, topicTheme}},
	{"evaluation", func(w *words) string { return w.Evaluation.Tab }, func(d *desk, rev int) app.UI {
		return &evaluationView{Desk: d, Rev: rev}
	}, false, []topic{topicEvaluation, topicScoring, topicCell, topicRun, topicModel, topicData, topicSample, topicFault}},
	{lensCompare, func(w *words) string { return w.Compare.Tab }, func(d *desk, rev int) app.UI {
		return &compareView{Desk: d, Rev: rev}
	}, false, []topic{topicFinished, topicTheme}},
}

// lensKeys returns the keys of lenses.
func lensKeys() []string {
	keys := make([]string, len(lenses))
	for i, l := range lenses {
		keys[i] = l.key
	}
	return keys
}

// insideView is section 3: a tab for each lens, and what the chosen one shows.
type insideView struct {
	app.Compo
	Desk *desk
	Rev  int

	shown map[string]int // Rev of each lens's view, when it was last rendered
}

func (v *insideView) Render() app.UI {
	d := v.Desk
	if v.shown == nil {
		v.shown = map[string]int{}
	}
	body := []app.UI{&lensTabs{Desk: d, Lens: d.Query.Lens, Rev: d.rev(topicChoice)}}
	for _, l := range lenses {
		body = append(body, v.panel(l))
	}
	body = append(body, &takeAway{Desk: d, Shown: d.State.View != nil, Trained: d.State.Run.Step > 0 && !d.State.Dead(),
		Rev: d.rev(topicModel, topicChoice, topicDrawn, topicTrace, topicWhy, topicMoment, topicHealth, topicTestMap, topicEvaluation, topicTake, topicFinished)})
	return section("inside", "3", d.Words.LookInside, nil, body...)
}

func (v *insideView) panel(l lens) app.UI {
	d := v.Desk
	chosen := l.key == d.Query.Lens
	panel := app.Div().ID("lens-panel-"+l.key).Class("lens-panel").Role("tabpanel").Aria("labelledby", "lens-"+l.key).
		Hidden(!chosen)
	if !chosen && !l.kept {
		return panel
	}
	if _, rendered := v.shown[l.key]; chosen || !rendered || !d.State.Busy() {
		v.shown[l.key] = d.rev(l.topics...)
	}
	return panel.Body(l.view(d, v.shown[l.key]))
}

// lensTabs is the strip of tabs.
type lensTabs struct {
	app.Compo
	Desk *desk
	Lens string // the chosen one
	Rev  int
}

func (v *lensTabs) Render() app.UI {
	return app.Div().ID("lenses").Class("lenses").Role("tablist").Aria("label", v.Desk.Words.LookInside).OnKeyDown(v.onKey).Body(
		app.Range(lenses).Slice(func(i int) app.UI { return v.tab(lenses[i]) }),
	)
}

func (v *lensTabs) tab(l lens) app.UI {
	chosen := l.key == v.Lens
	stop := -1 // one tab stop for the strip: the chosen one
	if chosen {
		stop = 0
	}
	return app.Button().ID("lens-"+l.key).Type("button").Class("lens").Role("tab").TabIndex(stop).
		Aria("selected", strconv.FormatBool(chosen)).
		Aria("controls", "lens-panel-"+l.key).
		Text(l.name(v.Desk.Words)).
		OnClick(func(ctx app.Context, _ app.Event) { v.choose(ctx, l.key) }, app.EventScope(l.key))
}

// choose shows another lens. Canvases that were hidden learn how much room there
// is, and draw what they have missed.
func (v *lensTabs) choose(ctx app.Context, key string) {
	v.Desk.chooseLens(key)
	ctx.Defer(func(ctx app.Context) { ctx.NewActionWithValue(actionPaint, paintRequest{Stale: true}) })
}

func (v *lensTabs) onKey(ctx app.Context, e app.Event) {
	keys := lensKeys()
	strip := grid{N: len(keys), Cols: len(keys), CellW: 1, CellH: 1}
	next, ok := strip.step(slices.Index(keys, v.Desk.Query.Lens), e.Get("key").String())
	if !ok {
		return
	}
	e.PreventDefault()
	v.choose(ctx, keys[next])
	if tab := app.Window().GetElementByID("lens-" + keys[next]); tab.Truthy() {
		tab.Call("focus")
	}
}

// layerView is one layer at a time: the strip to choose it, its output for the
// chosen image, its configuration and its weights.
type layerView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *layerView) Render() app.UI {
	d := v.Desk
	said := ""
	if _, i := d.State.Layer(d.Layer); i >= 0 {
		said = d.Words.layerSays(d.State.Model, i)
	}
	return app.Div().Body(
		caption(d.Words.Layers.Flow),
		&stages{Desk: d, Rev: d.rev(topicModel, topicChoice)},
		app.Div().ID("layer-panel").Class("layer-panel").Role("tabpanel").Aria("labelledby", stageID(d.Layer)).Body(
			caption(said).ID("layer-says"),
			&mapsView{Desk: d, Rev: v.Rev},
			&layerDetail{Desk: d, Rev: v.Rev},
		),
	)
}
