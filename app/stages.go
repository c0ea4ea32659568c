package app

import (
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// stages is the strip of layers, from image to answer, of which one is
// chosen: a tab list, in which the arrow keys move and choose.
type stages struct {
	app.Compo
	Desk *desk
	Rev  int
}

func stageID(layer string) string { return "stage-" + layer }

func (v *stages) Render() app.UI {
	d := v.Desk
	strip := app.Div().ID("stages").Class("stages").Role("tablist").Aria("label", d.Words.Stages)
	if d.State.Model == nil {
		return strip
	}
	list := d.State.Model.Layers
	return strip.OnKeyDown(v.onKey).Body(
		app.Range(list).Slice(func(i int) app.UI { return v.stage(i, list[i]) }),
	)
}

func (v *stages) stage(i int, l wire.LayerInfo) app.UI {
	d := v.Desk
	chosen := l.Name == d.Layer
	tab := -1 // one tab stop for the strip: the chosen stage
	if chosen {
		tab = 0
	}
	return app.Button().ID(stageID(l.Name)).Type("button").Class("stage").Role("tab").
		DataSet("layer", l.Name).TabIndex(tab).
		Aria("selected", strconv.FormatBool(chosen)).
		Aria("controls", "layer-panel").
		OnClick(func(app.Context, app.Event) { d.chooseLayer(l.Name) }, app.EventScope(l.Name)).
		Body(
			app.Span().Class("stage-flow").Body(&canvas{ID: "flow-" + l.Name, Max: 58, High: 58, paint: func(r *raster) { v.paint(r, l.Name) }}),
			app.Span().Class("stage-index number").Text(i),
			app.Span().Class("stage-type").Text(stageType(l)),
			app.Span().Class("stage-shape number").Text(stageShape(l.OutShape)),
			app.Span().Class("unseen").Text(l.Name),
		)
}

func (v *stages) paint(r *raster, layer string) {
	if t := v.Desk.State.Flow(layer); t != nil {
		paintFlow(r, t, v.Desk.mapScale(layer, niceEnd(largest(t.Data))), v.Desk.palette())
	}
}

// stageShape is a shape in little room: 32×26×26.
func stageShape(shape []int) string {
	s := ""
	for i, n := range shape {
		if i > 0 {
			s += "×"
		}
		s += strconv.Itoa(n)
	}
	return s
}

func (v *stages) onKey(_ app.Context, e app.Event) {
	list := v.Desk.State.Model.Layers
	_, i := v.Desk.State.Layer(v.Desk.Layer)
	strip := grid{N: len(list), Cols: len(list), CellW: 1, CellH: 1}
	next, ok := strip.step(max(i, 0), e.Get("key").String())
	if !ok {
		return
	}
	e.PreventDefault()
	v.Desk.chooseLayer(list[next].Name)
	if tab := app.Window().GetElementByID(stageID(list[next].Name)); tab.Truthy() {
		tab.Call("focus")
	}
}
