package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// explorePanel is the name of the panel that has the explorer, with the chosen
// image and its numbers.
const explorePanel = "data"

// exploreFold is the explorer in the data section. It costs nothing until it is
// opened.
type exploreFold struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *exploreFold) Render() app.UI {
	d := v.Desk
	w := &d.Words.Explore
	fold := app.Details().ID("explore").Class("settings explore").OnToggle(v.onToggle)
	if d.Explore.Open { // where the site is built, open="false" would be open
		fold = fold.Open(true)
	}
	return fold.Body(
		app.Summary().ID("explore-summary").Body(
			app.Span().Class("settings-word").Text(w.Title),
			app.Span().Class("settings-line").Text(w.About),
		),
		app.If(d.Explore.Open, func() app.UI { return explorer(d) }),
	)
}

func (v *exploreFold) onToggle(ctx app.Context, _ app.Event) {
	v.Desk.openExplorer(ctx.JSSrc().Get("open").Bool())
}

// explorer are the explorer's parts.
func explorer(d *desk) app.UI {
	if d.State.Data == nil {
		return caption(d.Words.NoSample)
	}
	parts := []app.UI{
		&exploreClasses{Desk: d, Class: d.Explore.Class, Rev: d.rev(topicData)},
		&exploreMeans{Desk: d, Rev: d.rev(topicExplore, topicData)},
	}
	if d.half() == nil {
		parts = append(parts, caption(d.Words.Explore.Waiting))
	} else {
		parts = append(parts,
			&exploreImages{Desk: d, Rev: d.rev(topicExplore, topicData, topicSettings, topicModel, topicSample)},
			exploreValues(d),
		)
	}
	return app.Div().Class("explorer").Body(parts...)
}

// dataPanel is the data section without what chooses a dataset.
func dataPanel(d *desk) []app.UI {
	return append(dataState(d),
		app.Div().Class("data-top").Body(
			&sampleView{Desk: d, Rev: d.rev(topicSample, topicPixel, topicData)},
			app.Div().Class("data-facts").Body((&dataView{Desk: d}).facts()),
		),
		&pixelsView{Desk: d, Rev: d.rev(topicSample)},
		app.Div().ID("explore").Body(explorer(d)),
	)
}

// repaintExplorer shows what has been chosen, once the views know of it.
func repaintExplorer(ctx app.Context) {
	ctx.Defer(func(ctx app.Context) { repaint(ctx, "") })
}
