package app

import (
	"fmt"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// testMapView shows the test set as the network sees it: a dot for each image,
// and the images behind the dots that are pointed at or selected.
type testMapView struct {
	app.Compo
	Desk *desk
	Rev  int

	plane  testPlane     // of the map below
	of     *wire.TestMap // nil if there is none
	last   *wire.TestMap // what was told last: a map, or that there is none
	filter testFilter
	area   area
	drag   mapDrag
	grip   [2]float64 // the place of the map that a drag moves
	pinch  float64    // how far apart two fingers are; 0 without
	at     int        // the image pointed at, or -1
	images []int      // those selected; all that show, unless there is a selection
}

func (v *testMapView) OnInit() { v.filter.Label, v.at, v.plane.zoom = -1, -1, wholeMap }

func (v *testMapView) OnMount(ctx app.Context) { v.Desk.look(&wire.MapTest{}) }

// OnUpdate asks for the images that a new map selects.
func (v *testMapView) OnUpdate(app.Context) { v.keepUp() }

// keepUp takes over a new map.
func (v *testMapView) keepUp() {
	m := v.Desk.State.TestMap
	if m == v.last {
		return
	}
	v.last = m
	if m != nil && len(m.X) == 0 {
		m = nil
	}
	if v.of = m; m == nil {
		v.at, v.images, v.area, v.drag = -1, nil, area{}, dragNone
		return
	}
	zoom := v.plane.zoom
	v.plane = newTestPlane(m)
	v.plane.zoom = zoom
	if v.at >= len(m.X) {
		v.at = -1
	}
	v.find()
}

// find looks the selected images up and asks for those that will be shown.
func (v *testMapView) find() {
	v.images = v.plane.selected(v.filter, v.area)
	v.Desk.fetchImages(wire.TestSplit, v.gridImages())
}

// gridImages are the selected images that have room; none without a selection.
func (v *testMapView) gridImages() []int {
	if v.area.none() && v.filter == (testFilter{Label: -1}) {
		return nil
	}
	return v.images[:min(len(v.images), shownImages)]
}

func (v *testMapView) Render() app.UI {
	v.keepUp()
	w := &v.Desk.Words.TestMap
	return app.Div().ID("testmap-view").Class("testmap").Body(
		app.Figure().Class("testmap-figure").Body(
			v.choices(),
			app.Div().ID("testmap-frame").Class("frame testmap-frame").TabIndex(0).Role("group").Aria("label", w.Choose).
				Aria("describedby", "testmap-readout testmap-keys").
				OnMouseDown(v.onDown).OnMouseMove(v.onMove).OnMouseUp(v.onUp).OnMouseLeave(v.onUp).OnKeyDown(v.onKey).
				On("wheel", v.onWheel).On("touchstart", v.onTouch).On("touchmove", v.onTouch).
				Body(&canvas{ID: "testmap", Name: w.Name, Max: 640, paint: v.paint}, v.overlay()),
			v.zoom(),
			app.FigCaption().ID("testmap-caption").Class("caption").Body(v.caption()...),
		),
		app.Div().Class("testmap-side").Body(
			app.Div().Class("frame testmap-image").Body(&canvas{ID: "testmap-image", Max: 112, High: 112, paint: v.paintImage}),
			caption(v.readout()).ID("testmap-readout").Aria("live", "polite"),
			button("testmap-look", w.LookAt, v.at < 0, v.onLook),
		),
		v.selection(),
		v.numbers(),
	)
}

// choices are the filters: a label, wrong answers.
func (v *testMapView) choices() app.UI {
	w := &v.Desk.Words.TestMap
	count := 0
	if d := v.Desk.State.Data; d != nil {
		count = len(d.Classes)
	}
	buttons := []app.UI{v.labelChoice(-1, w.All)}
	for i := range count {
		buttons = append(buttons, v.labelChoice(i, v.Desk.class(i)))
	}
	return app.Div().Class("testmap-choices").Body(
		app.Div().Class(choicesClass(count)).Role("group").Aria("label", w.Labels).Body(buttons...),
		app.Label().Class("check").For("testmap-wrong").Body(
			app.Input().ID("testmap-wrong").Type("checkbox").Checked(v.filter.Wrong).OnChange(v.onWrong),
			app.Text(w.OnlyWrong),
		),
	)
}

// labelChoice is the button of a label, with its colour.
func (v *testMapView) labelChoice(label int, text string) app.UI {
	id := "testmap-label-" + strconv.Itoa(label)
	b := app.Button().ID(id).Type("button").Class("choice").Aria("pressed", strconv.FormatBool(v.filter.Label == label)).
		OnClick(func(ctx app.Context, _ app.Event) { v.choose(ctx, testFilter{label, v.filter.Wrong}) }, app.EventScope(id))
	if label < 0 {
		return b.Text(text)
	}
	marks := &v.Desk.palette().Marks
	return b.Aria("label", fmt.Sprintf(v.Desk.Words.TestMap.OnlyLabel, text)).Body(
		svg("0 0 8 8", "swatch").Body(svgElem("circle").Attr("cx", 4).Attr("cy", 4).Attr("r", 4).
			Attr("fill", marks[label%len(marks)].hex())),
		app.Text(text),
	)
}

// zoom is the choice of what shows of the map.
func (v *testMapView) zoom() app.UI {
	w := &v.Desk.Words.TestMap
	by := func(factor float64) app.EventHandler {
		return func(ctx app.Context, _ app.Event) { v.enlarge(ctx, factor) }
	}
	return app.Div().Class("testmap-zoom").Body(
		button("testmap-larger", w.ZoomIn, false, by(zoomStep)),
		button("testmap-smaller", w.ZoomOut, false, by(1/zoomStep)),
		button("testmap-whole", w.ResetView, false, by(0)),
		app.Span().ID("testmap-scale").Role("status").Text("×"+formatFixed(v.plane.zoom.Scale, 1)),
		caption(w.Keys).ID("testmap-keys"),
	)
}

// overlay writes the labels over the middle of their images, and marks what is
// pointed at and selected.
func (v *testMapView) overlay() app.UI {
	picture := svg(fmt.Sprintf("0 0 %d %d", testMapW, testMapH), "testmap-overlay")
	if v.of == nil {
		return picture
	}
	var parts []app.UI
	for _, l := range mapLabels(v.plane, v.filter.Label, v.Desk.class) {
		parts = append(parts, svgText(l.class, l.x, l.y+0.35*l.high, l.text))
	}
	if a := v.area; !a.none() {
		x0, y0 := v.plane.zoom.shown(min(a.X0, a.X1), min(a.Y0, a.Y1))
		x1, y1 := v.plane.zoom.shown(max(a.X0, a.X1), max(a.Y0, a.Y1))
		parts = append(parts, svgElem("rect").Class("testmap-area").Attr("x", tenths(x0)).Attr("y", tenths(y0)).
			Attr("width", tenths(x1-x0)).Attr("height", tenths(y1-y0)))
	}
	if v.at >= 0 {
		x, y := v.plane.at(v.at)
		parts = append(parts, svgElem("circle").Class("testmap-ring").Attr("cx", tenths(x+0.5)).Attr("cy", tenths(y+0.5)).Attr("r", 3))
	}
	return picture.Body(parts...)
}

func (v *testMapView) caption() []app.UI {
	words, w := v.Desk.Words, &v.Desk.Words.TestMap
	var text []app.UI
	coming := w.Waiting
	if m := v.last; m != nil && v.of == nil {
		switch {
		case m.NoNumbers:
			coming = words.noNumbers()
		case m.Units < 2:
			coming = fmt.Sprintf(w.NoPlane, m.Layer)
		default:
			coming = fmt.Sprintf(w.AllAlike, m.Layer)
		}
	}
	if m := v.of; m != nil {
		var axes [2]string
		for k := range axes {
			axes[k] = fmt.Sprintf(w.Axis, k+1, formatFixed(100*float64(m.Shares[k]), 1))
		}
		about := fmt.Sprintf(w.Caption, words.count(len(m.X)), words.count(m.N), m.Units, m.Layer, strings.Join(axes[:], ", "))
		text = append(text, app.Strong().Text(m.Layer), app.Text(" "+words.moment(m.Step)+". "+about+" "))
		coming = ""
	}
	if p := v.Desk.State.Mapping; p != nil {
		coming = fmt.Sprintf(w.Coming, words.count(p.Seen), words.count(p.Of))
	}
	return append(text, app.Span().ID("testmap-coming").Text(coming))
}

func (v *testMapView) readout() string {
	w := &v.Desk.Words.TestMap
	if v.of == nil || v.at < 0 {
		return w.Point
	}
	label, answer := v.of.Labels[v.at], v.of.Answers[v.at]
	text := fmt.Sprintf(w.Readout, v.Desk.Words.count(v.at), v.Desk.class(int(label)), v.Desk.class(int(answer)))
	if label != answer {
		text = sentences(text, w.Wrong)
	}
	if v.drag == dragCorner {
		text = sentences(text, w.Corner)
	}
	return text
}

// selection shows the selected images.
func (v *testMapView) selection() app.UI {
	w := &v.Desk.Words.TestMap
	images := v.gridImages()
	if len(images) == 0 {
		text := w.GridNone
		if v.of != nil && len(v.images) == 0 || v.of == nil && v.last != nil {
			text = v.shown()
		}
		return app.Div().Class("testmap-selection").Body(caption(text).ID("testmap-shown"))
	}
	return app.Div().Class("testmap-selection").Body(
		app.Div().Class("row").Body(
			caption(v.shown()).ID("testmap-shown").Aria("live", "polite"),
			app.Button().ID("testmap-clear").Type("button").Class("choice").Text(w.Clear).OnClick(v.onClear),
		),
		app.Figure().Body(
			&gallery{Desk: v.Desk, ID: "testmap-images", Name: w.GridName, Choose: w.GridChoose, Readout: "testmap-readout",
				Split: wire.TestSplit, Images: images, At: v.at, wrong: v.wrong, point: v.show},
			app.FigCaption().Class("caption").Text(v.Desk.Words.fill(w.GridCaption, len(images), v.Desk.Words.count(len(v.images)))),
		),
	)
}

func (v *testMapView) shown() string {
	if v.of == nil {
		return ""
	}
	return v.Desk.Words.fill(v.Desk.Words.TestMap.Shown, v.Desk.Words.count(len(v.images)), v.Desk.Words.count(wrong(v.of, v.images)))
}

// numbers is the map as a table of its labels, and the images in the grid.
func (v *testMapView) numbers() app.UI {
	w := &v.Desk.Words.TestMap
	if v.of == nil {
		return app.Div()
	}
	var rows []app.UI
	xs, ys, n := v.meanPlaces()
	for label := range n {
		if n[label] == 0 {
			continue
		}
		all := v.plane.selected(testFilter{Label: label}, area{})
		rows = append(rows, app.Tr().Body(
			app.Th().Scope("row").Text(v.Desk.class(label)),
			app.Td().Class("right").Text(v.Desk.Words.count(n[label])),
			app.Td().Class("right").Text(v.Desk.Words.count(wrong(v.of, all))),
			app.Td().Class("right").Text(formatSigned(xs[label], 2)),
			app.Td().Class("right").Text(formatSigned(ys[label], 2)),
		))
	}
	return app.Details().Class("settings testmap-numbers").Body(
		app.Summary().Body(app.Span().Class("settings-word").Text(w.Numbers)),
		app.Div().Class("summary").Body(app.Table().Body(
			app.THead().Body(app.Tr().Body(
				app.Th().Scope("col").Text(w.Labels), app.Th().Scope("col").Class("right").Text(w.Images),
				app.Th().Scope("col").Class("right").Text(w.WrongOnes),
				app.Th().Scope("col").Class("right").Text("PC 1"), app.Th().Scope("col").Class("right").Text("PC 2"))),
			app.TBody().Class("number").Body(rows...),
		)),
		app.P().Class("caption number").Text(v.listed()),
	)
}

// meanPlaces are the mean components of each label's images.
func (v *testMapView) meanPlaces() (x, y []float64, n []int) {
	x, y, n = v.plane.middles()
	for l := range n {
		x[l] = (x[l]-testMapW/2.0)/v.plane.unit + v.plane.x
		y[l] = (testMapH/2.0-y[l])/v.plane.unit + v.plane.y
	}
	return x, y, n
}

func (v *testMapView) listed() string {
	if images := v.gridImages(); len(images) > 0 {
		return v.Desk.Words.TestMap.Answer + v.Desk.Words.Colon + answers(v.of, images, v.Desk.class)
	}
	return ""
}

func (v *testMapView) paint(r *raster) {
	switch v.keepUp(); {
	case v.of != nil:
		paintTestMap(r, v.plane, v.filter, v.Desk.palette())
	case v.last != nil: // not the one before
		r.resize(testMapW, testMapH)
		r.fill(v.Desk.palette().Zero)
	}
}

func (v *testMapView) paintImage(r *raster) { v.Desk.paintPointed(r, wire.TestSplit, v.at) }

func (v *testMapView) wrong(i int) bool { return v.of.Labels[i] != v.of.Answers[i] }

// choose changes the filter.
func (v *testMapView) choose(ctx app.Context, f testFilter) {
	v.filter = f
	v.reselect(ctx)
}

func (v *testMapView) reselect(ctx app.Context) {
	if v.of != nil {
		v.find()
	}
	ctx.Defer(func(ctx app.Context) { repaint(ctx, "") })
}

// show points at an image.
func (v *testMapView) show(ctx app.Context, i int) {
	if i == v.at {
		ctx.PreventUpdate()
		return
	}
	if v.at = i; i >= 0 {
		v.Desk.fetchImages(wire.TestSplit, []int{i})
	}
	repaint(ctx, "testmap-image")
	repaint(ctx, "testmap-images")
}

func (v *testMapView) onWrong(ctx app.Context, _ app.Event) {
	v.choose(ctx, testFilter{v.filter.Label, ctx.JSSrc().Get("checked").Bool()})
}

func (v *testMapView) onClear(ctx app.Context, _ app.Event) { v.clear(ctx) }

func (v *testMapView) clear(ctx app.Context) {
	v.area, v.filter, v.drag = area{}, testFilter{Label: -1}, dragNone
	if box := app.Window().GetElementByID("testmap-wrong"); box.Truthy() {
		box.Set("checked", false)
	}
	v.reselect(ctx)
}

// onLook makes the image pointed at the one that the whole page looks at.
func (v *testMapView) onLook(app.Context, app.Event) {
	if v.at >= 0 {
		v.Desk.choose(wire.TestSplit, v.at)
	}
}
