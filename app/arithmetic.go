package app

import (
	"fmt"
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// arithmeticView is a value of a layer in numbers: where it lies, what it is made
// of, and what the last training step did to a weight behind it.
type arithmeticView struct {
	app.Compo
	Desk *desk
	Busy bool // numbers change by themselves
	Rev  int
}

func (v *arithmeticView) OnMount(app.Context) { v.Desk.explain() }

func (v *arithmeticView) Render() app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	t := d.State.Explained()
	root := app.Div().ID("arithmetic").Class("arithmetic")
	if t == nil {
		return root.Body(caption(w.Lead), caption(w.NoTrace))
	}
	body := []app.UI{
		caption(w.Lead),
		v.fields(t),
		app.P().ID("arithmetic-readout").Aria("live", v.live()).Body(
			app.Strong().Text(w.placeIn(t.Layer, place3(d, t))), app.Text(" = "),
			app.Strong().Class("number").Text(formatFixed(float64(t.Drawn), shownDecimals)),
		),
		app.Div().Class("trace-maps").Body(v.pictures(t)...),
		forward(d, t, v.Rev),
	}
	if t.Op.Weighted() {
		body = append(body, &weightStep{Desk: d, Rev: v.Rev})
	}
	return root.Body(body...)
}

// shownDecimals is how exactly the page writes the numbers that add up.
const shownDecimals = 4

// live keeps quiet while training changes the numbers all the time.
func (v *arithmeticView) live() string {
	if v.Busy {
		return "off"
	}
	return "polite"
}

// located is a place with the shape of the output it is in.
type located struct {
	place
	shape []int
}

// place3 is where the traced value lies.
func place3(d *desk, t *wire.Trace) located {
	out, _ := d.State.shapes(t.Layer)
	return located{placeOf(out, t.Value), out}
}

// source is where an input of the traced value lies.
func source(d *desk, t *wire.Trace, from int) located {
	_, in := d.State.shapes(t.Layer)
	return located{placeOf(in, from), in}
}

// fields are the choice of a value in numbers.
func (v *arithmeticView) fields(t *wire.Trace) app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	at := place3(d, t)
	var row []app.UI
	if len(at.shape) == 3 {
		row = append(row,
			v.field("arithmetic-map", w.Map, at.C, at.shape[0], func(n int) place { return place{n, at.Y, at.X} }),
			v.field("arithmetic-row", w.Row, at.Y, at.shape[1], func(n int) place { return place{at.C, n, at.X} }),
			v.field("arithmetic-column", w.Column, at.X, at.shape[2], func(n int) place { return place{at.C, at.Y, n} }))
	} else {
		row = append(row, v.field("arithmetic-map", w.Unit, at.C, at.shape[0], func(n int) place { return place{C: n} }))
	}
	return app.Div().Class("trace-fields").Body(
		app.Div().Body(
			app.Label().For("arithmetic-layer").Class("field").Body(app.Span().Text(w.Layer), v.layers()),
			button("arithmetic-back", w.Back, len(d.Trail) == 0, func(app.Context, app.Event) { d.stepBack() }),
		),
		app.Div().Body(row...),
	)
}

func (v *arithmeticView) layers() app.UI {
	d := v.Desk
	list := d.State.Model.Layers
	return app.Select().ID("arithmetic-layer").OnChange(func(ctx app.Context, _ app.Event) {
		d.askLayer(ctx.JSSrc().Get("value").String())
	}).Body(app.Range(list).Slice(func(i int) app.UI {
		return app.Option().Value(list[i].Name).Selected(list[i].Name == d.Ask.Layer).Text(fmt.Sprintf("%d %s", i, list[i].Name))
	}))
}

// field chooses one coordinate below n. Other text puts the old number back.
func (v *arithmeticView) field(id, word string, now, n int, with func(int) place) app.UI {
	scope := fmt.Sprint(id, with(0), n) // the handler knows the other coordinates
	return app.Label().For(id).Class("field").Body(
		app.Span().Text(word),
		app.Input().ID(id).Type("number").Min(0).Max(n-1).Step(1).Value(strconv.Itoa(now)).
			OnChange(func(ctx app.Context, _ app.Event) {
				field := ctx.JSSrc()
				if i, err := strconv.Atoi(field.Get("value").String()); err == nil && i >= 0 && i < n {
					out, _ := v.Desk.State.shapes(v.Desk.Ask.Layer)
					v.Desk.askValue(with(i).number(out))
					return
				}
				field.Set("value", strconv.Itoa(now))
			}, app.EventScope(scope, now)),
		app.Span().Class("field-of").Text(v.Desk.Words.of(n)),
	)
}

// pictures are the map that the value lies in and, where the layer takes maps,
// the one that it comes from.
func (v *arithmeticView) pictures(t *wire.Trace) []app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	low, middle, high := ends(v.outEnd(t), v.outSigned(t))
	figures := []app.UI{app.Figure().Class("trace-map").Body(
		app.H3().Text(fmt.Sprintf(w.Output, t.Layer)),
		app.Div().Class("frame").TabIndex(0).Role("group").Aria("label", fmt.Sprintf(w.ChooseValue, t.Layer)).
			Aria("describedby", "arithmetic-readout").
			OnClick(v.onPoint).OnMouseMove(v.onDrag).OnKeyDown(v.onKey).
			Body(&canvas{ID: "trace-output", Name: fmt.Sprintf(w.Output, t.Layer), Max: 240, High: 240, paint: v.paintOutput}),
		legend("legend-trace-output", v.paintOutputScale, low, middle, high),
		app.FigCaption().Class("caption").Text(w.outputCaption(place3(d, t))),
	)}
	if t.Input.Shape == nil {
		return figures
	}
	low, middle, high = ends(inputEnd(d, t), inputSigned(d, t))
	return append(figures, app.Figure().Class("trace-map").Body(
		app.H3().Text(fmt.Sprintf(w.Input, t.Layer)),
		app.Div().Class("frame").Body(
			&canvas{ID: "trace-input", Name: fmt.Sprintf(w.Input, t.Layer), Max: 240, High: 240, paint: v.paintInput}),
		legend("legend-trace-input", v.paintInputScale, low, middle, high),
		app.FigCaption().Class("caption").Text(w.inputCaption(inputName(d, t), t.Channel)),
	))
}

// ends writes the ends of a scale.
func ends(end float32, signed bool) (low, middle, high string) {
	if signed {
		return minus + formatEnd(end), "0", "+" + formatEnd(end)
	}
	return "0", "", formatEnd(end)
}

// inputName is the layer that the traced layer takes from; "" is the image.
func inputName(d *desk, t *wire.Trace) string {
	if _, i := d.State.Layer(t.Layer); i > 0 {
		return d.State.Model.Layers[i-1].Name
	}
	return ""
}

// inputSigned says whether a layer's input can be negative.
func inputSigned(d *desk, t *wire.Trace) bool {
	l, _ := d.State.Layer(inputName(d, t))
	return l != nil && signed(l)
}

func inputEnd(d *desk, t *wire.Trace) float32 {
	if inputName(d, t) == "" {
		return 1
	}
	return niceEnd(largest(t.Input.Data))
}

// inputScale shows the image as everywhere, and maps as "Feature maps" does.
func inputScale(d *desk, t *wire.Trace, end float32) scale {
	switch {
	case inputName(d, t) == "":
		return scale{end, nil, &d.palette().grey}
	case inputSigned(d, t):
		return d.palette().signed(end)
	}
	return magnitude(end)
}

// maps returns the output of the traced layer, or nil while it is on its way.
func (v *arithmeticView) maps(t *wire.Trace) *wire.Tensor {
	if m := v.Desk.State.Maps(); m != nil && v.Desk.State.View.Layer.Name == t.Layer {
		return m
	}
	return nil
}

func (v *arithmeticView) outSigned(t *wire.Trace) bool {
	l, _ := v.Desk.State.Layer(t.Layer)
	return signed(l)
}

func (v *arithmeticView) outEnd(t *wire.Trace) float32 {
	if m := v.maps(t); m != nil {
		return niceEnd(largest(m.Data))
	}
	return 1
}

func (v *arithmeticView) outScale(t *wire.Trace, end float32) scale {
	if v.outSigned(t) {
		return v.Desk.palette().signed(end)
	}
	return magnitude(end)
}

// outGrid shows one map of an output, or all units.
func outGrid(shape []int) grid {
	if len(shape) == 3 {
		return cellGrid(shape[1]*shape[2], shape[2])
	}
	return mapGrid(shape)
}

func (v *arithmeticView) paintOutput(r *raster) {
	t := v.Desk.State.Explained()
	if t == nil {
		return
	}
	m := v.maps(t)
	if m == nil {
		return
	}
	g, at := outGrid(m.Shape), t.Value
	data := m.Data
	if len(m.Shape) == 3 {
		size := m.Shape[1] * m.Shape[2]
		data, at = data[t.Value/size*size:], t.Value%size
	}
	paintCells(r, g, data, v.outScale(t, v.outEnd(t)), v.Desk.palette())
	if g.Gap > 0 {
		r.window(g, at, at, v.Desk.palette())
	}
}

func (v *arithmeticView) paintInput(r *raster) {
	t := v.Desk.State.Explained()
	if t == nil || t.Input.Shape == nil {
		return
	}
	size := len(t.Input.Data)
	g := cellGrid(size, t.Input.Shape[1])
	paintCells(r, g, t.Input.Data, inputScale(v.Desk, t, inputEnd(v.Desk, t)), v.Desk.palette())
	r.window(g, t.Terms[0].From%size, t.Terms[len(t.Terms)-1].From%size, v.Desk.palette())
}

func (v *arithmeticView) paintOutputScale(r *raster) {
	if t := v.Desk.State.Explained(); t != nil {
		paintScale(r, legendPixels, v.outScale(t, 1))
	}
}

func (v *arithmeticView) paintInputScale(r *raster) {
	if t := v.Desk.State.Explained(); t != nil {
		paintScale(r, legendPixels, inputScale(v.Desk, t, 1))
	}
}

// choose takes a cell of the output's picture.
func (v *arithmeticView) choose(ctx app.Context, shape []int, cell int) {
	if len(shape) == 3 {
		size := shape[1] * shape[2]
		cell += v.Desk.Ask.Value / size * size
	}
	if cell == v.Desk.Ask.Value {
		ctx.PreventUpdate()
		return
	}
	v.Desk.askValue(cell)
}

func (v *arithmeticView) onPoint(ctx app.Context, e app.Event) {
	out, _ := v.Desk.State.shapes(v.Desk.Ask.Layer)
	if len(out) == 0 {
		return
	}
	g := outGrid(out)
	w, h := g.size()
	x, y := pixelAt("trace-output", e, w, h)
	if i, _, _, ok := g.at(x, y); ok {
		v.choose(ctx, out, i)
	}
}

// onDrag follows the pointer while its button is down.
func (v *arithmeticView) onDrag(ctx app.Context, e app.Event) {
	if e.Get("buttons").Int()&1 == 0 {
		ctx.PreventUpdate()
		return
	}
	v.onPoint(ctx, e)
}

func (v *arithmeticView) onKey(ctx app.Context, e app.Event) {
	out, _ := v.Desk.State.shapes(v.Desk.Ask.Layer)
	if len(out) == 0 {
		return
	}
	cell := v.Desk.Ask.Value
	if len(out) == 3 {
		cell %= out[1] * out[2]
	}
	if next, ok := outGrid(out).step(cell, e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, out, next)
	}
}
