package app

import (
	"fmt"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// filterImagesView shows what the filters and units of a layer want: the images
// that excite them most, as they are drawn.
type filterImagesView struct {
	app.Compo
	Desk  *desk
	Busy  bool // a run is under way
	Moved bool // the network has moved on since
	Rev   int
}

func (v *filterImagesView) OnMount(app.Context) { v.Desk.openDrawing() }

func (v *filterImagesView) Render() app.UI {
	d := v.Desk
	w := &d.Words.Filters
	return app.Div().Class("drawings").Body(
		v.choices(),
		v.progress(),
		app.Div().Class("drawn").Body(
			app.Figure().Class("drawn-figure").Body(
				app.Div().Class("frame frame-drawn").TabIndex(0).Role("group").
					Aria("label", fmt.Sprintf(w.ChooseImage, d.Drawing.Layer)).Aria("describedby", "drawn-readout").
					OnMouseMove(v.onPoint).OnKeyDown(v.onKey).
					Body(&canvas{ID: "filter-images", Name: fmt.Sprintf(w.ImagesName, d.Drawing.Layer), Max: 644, paint: v.paint}),
				app.FigCaption().ID("drawn-caption").Class("caption").Text(v.caption()),
			),
			v.side(),
		),
		app.P().Class("caption").Text(v.method()),
		v.numbers(),
	)
}

// choices are the layer and the kind of ascent.
func (v *filterImagesView) choices() app.UI {
	d := v.Desk
	w := &d.Words.Filters
	layers := d.drawable()
	way := func(id, word string, plain bool) app.UI {
		return choice(id, word, d.Drawing.Plain == plain, false, func(app.Context, app.Event) { d.drawPlain(plain) })
	}
	return app.Div().Class("row drawing-choices").Body(
		app.Div().Class("choices").Role("group").Aria("label", w.LayerGroup).Body(
			app.Range(layers).Slice(func(i int) app.UI {
				name := layers[i].Name
				return choice("draw-"+name, name, d.Drawing.Layer == name, false, func(app.Context, app.Event) { d.drawLayer(name) })
			}),
		),
		app.Div().Class("choices").Role("group").Aria("label", w.WayGroup).Body(
			way("draw-regularised", w.Regularised, false),
			way("draw-plain", w.Plain, true),
		),
	)
}

// progress says how far the drawing has come, and has the buttons to end it and
// to begin anew.
func (v *filterImagesView) progress() app.UI {
	d := v.Desk
	w := &d.Words.Filters
	taken, total := 0, 0
	if m := d.drawn(); m != nil {
		taken, total = m.Taken, m.Units*m.Steps
	}
	return app.Div().Class("drawing").Body(
		app.Div().Body(
			app.P().ID("drawing-state").Class("caption number").Text(v.state(taken, total)),
			app.Div().ID("drawing").Role("progressbar").Aria("label", w.DrawingName).
				Aria("valuemin", 0).Aria("valuemax", total).Aria("valuenow", taken).
				Body(bar("bar", taken, total)),
		),
		app.Button().ID("draw-stop").Type("button").Class("button").Disabled(!d.Drawing.UnderWay).
			Text(w.StopDrawing).OnClick(func(app.Context, app.Event) { d.lookAway() }),
		app.Button().ID("draw-again").Type("button").Class("button").Disabled(d.State.Dead() || d.State.Model == nil).
			Text(w.DrawAgain).OnClick(func(app.Context, app.Event) { d.drawAgain() }),
	)
}

func (v *filterImagesView) state(taken, total int) string {
	d := v.Desk
	w := &d.Words.Filters
	steps := fmt.Sprintf(w.DrawingSteps, d.Words.count(taken), d.Words.count(total))
	switch {
	case total == 0:
		return w.NotBegun
	case !d.Drawing.UnderWay && taken < total:
		return steps + ", " + w.Stopped
	case d.Drawing.UnderWay && v.Busy:
		return steps + ", " + w.Slowly
	}
	return steps
}

// side is the chosen image enlarged, what it excites, and the scale.
func (v *filterImagesView) side() app.UI {
	d := v.Desk
	m, unit := v.chosen()
	if m == nil {
		return app.Div().Class("drawn-side")
	}
	low, high := imageSpan(m)
	return app.Div().Class("drawn-side").Body(
		app.Div().Class("frame frame-kernel").Body(
			&canvas{ID: "filter-image", Name: d.Words.imageName(d.unitName(m, unit)), Max: 112, High: 224, paint: v.paintChosen}),
		app.P().ID("drawn-readout").Class("caption").Aria("live", "polite").Body(
			app.Strong().Text(d.unitName(m, unit)), app.Br(),
			app.Text(d.Words.excited(d.unitKind(m.Draw.Layer), m.First[unit], m.Last[unit])),
		),
		app.Div().Class("legend").Hidden(m.Shape[0] == 3).Body(
			&canvas{ID: "legend-images", Max: 112, paint: v.paintScale},
			app.Div().Class("legend-ends number").Body(
				app.Span().Text(formatFixed(float64(low), 2)), app.Span().Text(formatFixed(float64(high), 2))),
		),
	)
}

// chosen is the chosen image, of those that are begun.
func (v *filterImagesView) chosen() (m *wire.Drawn, unit int) {
	m = v.Desk.drawn()
	if m == nil || len(m.Last) == 0 {
		return nil, 0
	}
	return m, min(v.Desk.Drawing.Unit, len(m.Last)-1)
}

func (v *filterImagesView) paint(r *raster) {
	if m := v.Desk.drawn(); m != nil {
		paintImages(r, m, v.Desk.Drawing.Unit, v.Desk.palette())
	}
}

func (v *filterImagesView) paintChosen(r *raster) {
	if m, unit := v.chosen(); m != nil {
		paintUnitImage(r, m, unit, v.Desk.palette())
	}
}

// paintScale draws a legend as wide as the image: twice 56 pixels.
func (v *filterImagesView) paintScale(r *raster) {
	paintScale(r, 56, scale{end: 1, above: &v.Desk.palette().grey})
}

// caption says what one sees, and by which network.
func (v *filterImagesView) caption() string {
	d := v.Desk
	m := d.drawn()
	if m == nil {
		return d.Words.Filters.Waiting
	}
	text := d.Words.imagesCaption(d.unitKind(m.Draw.Layer), m)
	if v.Moved {
		text += " " + d.Words.Filters.Since
	}
	return text
}

// method says how it is done, and where that was published.
func (v *filterImagesView) method() string {
	if v.Desk.Drawing.Plain {
		return v.Desk.Words.Filters.PlainMethod
	}
	return v.Desk.Words.Filters.RegularisedMethod
}

// numbers are what the images excite, a line each. A table of a dense layer's 128
// would keep the page's thread busy for too long.
func (v *filterImagesView) numbers() app.UI {
	d := v.Desk
	w := &d.Words.Filters
	var b strings.Builder
	if m := d.drawn(); m != nil {
		line := func(name, first, last string) { fmt.Fprintf(&b, "%-12s%14s%14s\n", name, first, last) }
		line(w.Image, w.AtFirst, w.AtLast)
		for i := range m.Last {
			line(d.unitName(m, i), formatFixed(float64(m.First[i]), 3), formatFixed(float64(m.Last[i]), 3))
		}
	}
	return app.Details().Class("drawn-details").Body(
		app.Summary().Text(w.Numbers),
		app.Pre().ID("drawn-numbers").Class("drawn-numbers number").TabIndex(0).Aria("label", w.Numbers).Text(b.String()),
	)
}

// unitKind tells what a layer's units are.
type unitKind int

const (
	kindFilter unitKind = iota
	kindUnit
	kindClass
)

func (d *desk) unitKind(layer string) unitKind {
	l, _ := d.State.Layer(layer)
	layers := d.drawable()
	switch {
	case l == nil || l.Type == "Conv2D":
		return kindFilter
	case layers[len(layers)-1].Name == layer:
		return kindClass
	}
	return kindUnit
}

// unitName is a unit of a layer in words.
func (d *desk) unitName(m *wire.Drawn, unit int) string {
	switch d.unitKind(m.Draw.Layer) {
	case kindClass:
		return fmt.Sprintf(d.Words.Filters.Class, d.class(unit))
	case kindUnit:
		return fmt.Sprintf(d.Words.Filters.Unit, unit)
	}
	return fmt.Sprintf(d.Words.Filters.Filter, unit)
}

func (v *filterImagesView) choose(ctx app.Context, unit int) {
	d := v.Desk
	if m := d.drawn(); m == nil || unit >= len(m.Last) || unit == d.Drawing.Unit {
		ctx.PreventUpdate()
		return
	}
	d.Drawing.Unit = unit
	d.touch(topicDrawn)
	repaint(ctx, "filter-images")
	repaint(ctx, "filter-image")
}

func (v *filterImagesView) onPoint(ctx app.Context, e app.Event) {
	m := v.Desk.drawn()
	if m == nil {
		return
	}
	g := imageGrid(m)
	w, h := g.size()
	x, y := pixelAt("filter-images", e, w, h)
	if unit, _, _, ok := g.at(x, y); ok {
		v.choose(ctx, unit)
	}
}

func (v *filterImagesView) onKey(ctx app.Context, e app.Event) {
	m := v.Desk.drawn()
	if m == nil {
		return
	}
	if next, ok := imageGrid(m).step(v.Desk.Drawing.Unit, e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, next)
	}
}
