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
	view func(d *desk) app.UI

	// kept views are there while another tab is chosen; the others exist, and
	// cost something, only while they are seen.
	kept bool
}

var lenses = []lens{
	{"kernels", func(w *words) string { return w.Kernels }, func(d *desk) app.UI {
		return &kernelsView{Desk: d, Rev: d.rev(topicView, topicChoice, topicModel)}
	}, true},
	{"maps", func(w *words) string { return w.Maps }, func(d *desk) app.UI {
		return &layerView{Desk: d, Rev: d.rev(topicView, topicChoice, topicModel)}
	}, true},
	{lensFilters, func(w *words) string { return w.Filters.Tab }, func(d *desk) app.UI {
		m := d.drawn()
		return &filterImagesView{Desk: d, Busy: d.State.Busy(), Moved: m != nil && m.Step != d.State.Run.Step,
			Rev: d.rev(topicModel, topicChoice, topicDrawn, topicFault)}
	}, false},
	{lensArithmetic, func(w *words) string { return w.Arithmetic.Name }, func(d *desk) app.UI {
		return &arithmeticView{Desk: d, Busy: d.State.Busy(), Rev: d.rev(topicTrace)}
	}, false},
	{lensWhy, func(w *words) string { return w.Why.Tab }, func(d *desk) app.UI {
		return &whyView{Desk: d, Rev: d.rev(topicWhy, topicModel, topicChoice, topicData)}
	}, false},
	{"time", func(w *words) string { return w.Time.Name }, func(d *desk) app.UI {
		return &timeView{Desk: d, Rev: d.rev(topicView, topicChoice, topicMoment, topicRun)}
	}, false},
	{"health", func(w *words) string { return w.Health.Name }, func(d *desk) app.UI {
		return &healthView{Desk: d, Rev: d.rev(topicHealth, topicRun)}
	}, false},
	{"testmap", func(w *words) string { return w.TestMap.Tab }, func(d *desk) app.UI {
		return &testMapView{Desk: d, Rev: d.rev(topicTestMap, topicData, topicTheme)}
	}, false},
	{"evaluation", func(w *words) string { return w.Evaluation.Tab }, func(d *desk) app.UI {
		return &evaluationView{Desk: d, Rev: d.rev(topicEvaluation, topicScoring, topicCell, topicRun, topicModel, topicData, topicSample, topicFault)}
	}, false},
	{lensCompare, func(w *words) string { return w.Compare.Tab }, func(d *desk) app.UI {
		return &compareView{Desk: d, Rev: d.rev(topicFinished, topicTheme)}
	}, false},
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
}

func (v *insideView) Render() app.UI {
	d := v.Desk
	body := []app.UI{
		app.Div().ID("lenses").Class("lenses").Role("tablist").Aria("label", d.Words.LookInside).OnKeyDown(v.onKey).Body(
			app.Range(lenses).Slice(func(i int) app.UI { return v.tab(lenses[i]) }),
		),
	}
	for _, l := range lenses {
		body = append(body, v.panel(l))
	}
	body = append(body, &takeAway{Desk: d, Rev: d.rev(topicView, topicModel, topicChoice, topicDrawn, topicTrace, topicWhy, topicMoment, topicHealth, topicTestMap, topicEvaluation, topicTake, topicRun, topicFinished)})
	return section("inside", "3", d.Words.LookInside, nil, body...)
}

func (v *insideView) tab(l lens) app.UI {
	d := v.Desk
	chosen := l.key == d.Query.Lens
	stop := -1 // one tab stop for the strip: the chosen one
	if chosen {
		stop = 0
	}
	return app.Button().ID("lens-"+l.key).Type("button").Class("lens").Role("tab").TabIndex(stop).
		Aria("selected", strconv.FormatBool(chosen)).
		Aria("controls", "lens-panel-"+l.key).
		Text(l.name(d.Words)).
		OnClick(func(ctx app.Context, _ app.Event) { v.choose(ctx, l.key) }, app.EventScope(l.key))
}

func (v *insideView) panel(l lens) app.UI {
	d := v.Desk
	chosen := l.key == d.Query.Lens
	panel := app.Div().ID("lens-panel-"+l.key).Class("lens-panel").Role("tabpanel").Aria("labelledby", "lens-"+l.key).
		Hidden(!chosen)
	if !chosen && !l.kept {
		return panel
	}
	return panel.Body(l.view(d))
}

// choose shows another lens. Canvases that were hidden learn how much room there
// is, and draw what they have missed.
func (v *insideView) choose(ctx app.Context, key string) {
	v.Desk.chooseLens(key)
	ctx.Defer(func(ctx app.Context) { ctx.NewActionWithValue(actionPaint, paintRequest{Stale: true}) })
}

func (v *insideView) onKey(ctx app.Context, e app.Event) {
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
	return app.Div().Body(
		&stages{Desk: d, Rev: d.rev(topicModel, topicChoice)},
		app.Div().ID("layer-panel").Class("layer-panel").Role("tabpanel").Aria("labelledby", stageID(d.Layer)).Body(
			&mapsView{Desk: d, Rev: v.Rev},
			&layerDetail{Desk: d, Rev: v.Rev},
		),
	)
}
