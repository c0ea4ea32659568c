package app

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A panel is a part of the page that stands alone in a frame of another page,
// where the address asks for it by name: embed=kernels.
type panel struct {
	name  string
	title func(*words) string // of what has no heading of its own to be under; nil for sections
	body  func(*desk) []app.UI
}

// panels are on offer in this order. Every lens is one, by its own name.
var panels = slices.Concat(
	[]panel{{"train", func(w *words) string { return w.Training }, trainPanel}},
	lensPanels(),
	[]panel{{explorePanel, func(w *words) string { return w.Data }, dataPanel}},
	[]panel{{"draw", func(w *words) string { return w.Pad.Title }, func(d *desk) []app.UI {
		return append(dataState(d), padViews(d)...)
	}}},
	[]panel{{wholePanel, nil, func(d *desk) []app.UI { return []app.UI{columns(d)} }}},
)

// wholePanel is the panel of all sections, and what stands in for a name that
// there is no panel of.
const wholePanel = "all"

func panelNames() []string {
	names := make([]string, len(panels))
	for i, p := range panels {
		names[i] = p.name
	}
	return names
}

// panelFor returns the panel with that name; it panics if there is none.
func panelFor(name string) panel {
	i := slices.IndexFunc(panels, func(p panel) bool { return p.name == name })
	if i < 0 {
		panic("app: no panel " + name)
	}
	return panels[i]
}

// trainPanel is the image that is looked at with the network's answer for it,
// and how the run goes.
func trainPanel(d *desk) []app.UI {
	return append(dataState(d),
		app.Div().Class("panel-train").Body(
			&probs{Desk: d, Rev: d.rev(topicView, topicData)},
			app.Div().Body(
				&progress{Desk: d, Rev: d.rev(topicRun, topicData, topicSettings)},
				app.Div().Class("charts").Body(
					&chart{Desk: d, Kind: chartLoss, Rev: d.rev(topicRun, topicData, topicSettings)},
					&chart{Desk: d, Kind: chartAcc, Rev: d.rev(topicRun, topicData, topicSettings)},
				),
			),
		),
	)
}

func lensPanels() []panel {
	list := make([]panel, len(lenses))
	for i, l := range lenses {
		list[i] = panel{l.key, l.name, func(d *desk) []app.UI {
			body := dataState(d)
			if l.key == lensCompare { // the second run is to differ from the first
				body = append(body, &controls{Desk: d, Waiting: d.waiting(), Rev: d.rev(topicSettings)})
			}
			return append(body, l.view(d, d.rev(l.topics...)))
		}}
	}
	return list
}

// dataState tells of data that can't be had or are on their way, as the data
// view does where it is shown.
func dataState(d *desk) []app.UI {
	v := dataView{Desk: d}
	return []app.UI{v.fault(), v.loading()}
}
