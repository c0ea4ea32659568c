package app

import (
	"math"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// healthView shows how the numbers in the network are spread, and which filters
// and units have died.
type healthView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *healthView) OnMount(app.Context) { v.Desk.look(&wire.Examine{}) }

func (v *healthView) Render() app.UI {
	d := v.Desk
	w := d.Words.Health
	h := d.State.Health.latest()
	if h == nil {
		return caption(d.Words.NoView)
	}
	var layers []app.UI
	for i := range h.Layers {
		layers = append(layers, v.layer(i, &h.Layers[i]))
	}
	return app.Div().Class("health").Body(
		caption(w.Intro),
		caption(d.Words.healthSpan(d.State.Health.moments())).ID("health-span"),
		app.Div().Class("health-layers").Body(layers...),
		caption(v.readout()).ID("health-readout").Aria("live", "polite"),
		app.Div().Class("legend").Body(
			&canvas{ID: "legend-health", Max: 144, paint: func(r *raster) { paintScale(r, legendPixels, magnitude(1)) }},
			app.Div().Class("legend-ends number").Body(app.Span().Text("0%"), app.Span().Text(formatShare(healthEnd)))),
		caption(w.ScaleText),
		v.table(h),
		app.Div().ID("health-units").Class("health-units").Body(v.units(h)...),
	)
}

func (v *healthView) layer(i int, l *wire.LayerHealth) app.UI {
	w := v.Desk.Words
	rev := v.Desk.rev(topicHealth)
	var maps []app.UI
	for kind := range healthKinds {
		maps = append(maps, &healthMap{Desk: v.Desk, Layer: i, Kind: kind, Name: w.healthMapName(kind, l), Rev: rev})
	}
	return app.Div().Class("health-layer").Body(
		app.H3().Text(l.Name),
		app.Div().Class("health-maps").Body(maps...),
	)
}

// readout tells the numbers at the spot, or how to choose one.
func (v *healthView) readout() string {
	d := v.Desk
	h, s := d.spotSpread()
	if h == nil {
		return d.Words.Health.PointToPlace
	}
	return d.Words.healthSpot(d.Spot, h, s)
}

func (v *healthView) table(h *wire.Health) app.UI {
	w := v.Desk.Words
	head := []string{w.Layer, w.Health.Weights, w.Health.Gradients, w.Health.Outputs, w.Health.Zeros, w.Health.Never, w.Health.Always}
	return app.Div().ID("health-table").Body(
		caption(w.healthTable(h)).ID("health-table-caption"),
		app.Div().Class("health-table").TabIndex(0).Role("group").Aria("labelledby", "health-table-caption").Body(app.Table().Aria("describedby", "health-table-caption").Body(
			app.THead().Body(app.Tr().Body(
				app.Range(head).Slice(func(i int) app.UI {
					return app.Th().Scope("col").Text(head[i])
				}))),
			app.TBody().Body(
				app.Range(h.Layers).Slice(func(i int) app.UI { return v.row(&h.Layers[i]) })),
		)))
}

func (v *healthView) row(l *wire.LayerHealth) app.UI {
	cells := []string{size(&l.Weights), size(&l.Gradients), size(&l.Outputs), textNoValue, textNoValue, textNoValue}
	if l.Images > 0 {
		cells[3] = formatShare(portion(l.Outputs.Zeros, l.Outputs.N))
	}
	if l.Units > 0 {
		cells[4], cells[5] = of(len(l.Dead), l.Units), of(len(l.Saturated), l.Units)
	}
	return app.Tr().Body(
		app.Th().Scope("row").Text(l.Name),
		app.Range(cells).Slice(func(i int) app.UI { return app.Td().Class("number").Text(cells[i]) }),
	)
}

// units names what never answers and what always does.
func (v *healthView) units(h *wire.Health) []app.UI {
	var list []app.UI
	for i := range h.Layers {
		l := &h.Layers[i]
		if len(l.Dead) > 0 {
			list = append(list, app.P().Text(v.Desk.Words.deadUnits(l)))
		}
		if len(l.Saturated) > 0 {
			list = append(list, app.P().Text(v.Desk.Words.saturatedUnits(l)))
		}
	}
	if len(list) == 0 && h.Layers[0].Images > 0 {
		list = append(list, app.P().Text(v.Desk.Words.Health.AllAnswer))
	}
	return list
}

func portion(n, of int) float64 { return float64(n) / float64(max(of, 1)) }

func of(n, all int) string { return strconv.Itoa(n) + " / " + strconv.Itoa(all) }

// size is the root mean square of a spread's numbers, to two digits.
func size(s *wire.Spread) string {
	if s.N == 0 || s.Zeros == s.N {
		return textNoValue
	}
	return formatSize(float64(s.RMS))
}

// formatSize writes a magnitude to two digits: 0.051, 3e-6.
func formatSize(v float64) string {
	if v >= 0.001 && v < 10000 {
		return strconv.FormatFloat(v, 'f', max(0, 1-int(math.Floor(math.Log10(v)))), 64)
	}
	return strings.Replace(strconv.FormatFloat(v, 'e', 0, 64), "e-0", "e-", 1)
}

// formatShare writes a share as percents: 0%, 0.4%, 37%.
func formatShare(v float64) string {
	if v > 0 && v < 0.1 {
		return formatFixed(100*v, 1) + "%"
	}
	return formatFixed(100*v, 0) + "%"
}

// healthMap is one picture: an array's numbers by their size, moment by moment.
type healthMap struct {
	app.Compo
	Desk  *desk
	Layer int
	Kind  healthKind
	Name  string
	Rev   int
}

func (v *healthMap) id() string {
	return "health-" + strconv.Itoa(v.Layer) + "-" + strconv.Itoa(int(v.Kind))
}

func (v *healthMap) Render() app.UI {
	return app.Figure().Class("health-map").Body(
		app.Div().Class("frame").TabIndex(0).Role("group").Aria("label", v.Name).Aria("describedby", "health-readout").
			OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).OnFocus(v.onFocus).OnBlur(v.onLeave).OnKeyDown(v.onKey).
			Body(&canvas{ID: v.id(), Name: v.Name, Max: 240, paint: v.paint}),
		app.FigCaption().Class("caption").Text(v.Desk.Words.Health.kind(v.Kind)),
	)
}

// spreads are those of the picture's columns.
func (v *healthMap) spreads() []*wire.Spread {
	return healthSpreads(v.Desk.State.Health.moments(), v.Layer, v.Kind)
}

func (v *healthMap) paint(r *raster) {
	list := v.spreads()
	paintHealth(r, list, v.Desk.palette())
	if s := v.Desk.Spot; s.On && s.Layer == v.Layer && s.Kind == v.Kind && s.Column < len(list) {
		first, last := healthColumn(s.Column, len(list))
		frameSpot(r, first, s.Row, last, s.Row)
	}
}

// choose takes a place of the picture, or with ok false none.
func (v *healthMap) choose(ctx app.Context, column, row int, ok bool) {
	s := healthSpot{}
	if ok {
		s = healthSpot{true, v.Layer, v.Kind, column, row}
	}
	if s == v.Desk.Spot {
		ctx.PreventUpdate()
		return
	}
	v.Desk.chooseSpot(s)
	ctx.NewActionWithValue(actionPaint, paintRequest{Sight: true})
}

func (v *healthMap) onPoint(ctx app.Context, e app.Event) {
	list := v.spreads()
	rows := octaves(list)
	x, y := pixelAt(v.id(), e, healthWidth, rows)
	inside := x >= 0 && x < healthWidth && y >= 0 && y < rows
	v.choose(ctx, x*len(list)/healthWidth, y, inside && len(list) > 0)
}

func (v *healthMap) onLeave(ctx app.Context, _ app.Event) { v.choose(ctx, 0, 0, false) }

// onFocus begins at the latest moment, where most of the numbers are.
func (v *healthMap) onFocus(ctx app.Context, _ app.Event) {
	list := v.spreads()
	if len(list) == 0 {
		return
	}
	s := list[len(list)-1]
	most := 0
	for k, n := range s.Counts {
		if n > s.Counts[most] {
			most = k
		}
	}
	v.choose(ctx, len(list)-1, octaves(list)-1-most, true)
}

func (v *healthMap) onKey(ctx app.Context, e app.Event) {
	s := v.Desk.Spot
	if !s.On || s.Layer != v.Layer || s.Kind != v.Kind {
		return
	}
	list := v.spreads()
	g := grid{N: len(list) * octaves(list), Cols: len(list), CellW: 1, CellH: 1}
	if next, ok := g.step(s.Row*g.Cols+s.Column, e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, next%g.Cols, next/g.Cols, true)
	}
}
