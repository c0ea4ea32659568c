package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// denseChoice is what is looked at of a dense layer's weights.
type denseChoice struct {
	Layer   string // "" while the convolutions are shown
	Unit    int    // of a layer of many, of which one is shown
	Picture int
	Weight  int // in the picture, row by row
}

// fewUnits is up to how many units a dense layer over a vector is shown whole.
const fewUnits = 16

// watchedUnits are the units whose weights are shown together: the chosen one, or
// all of a few.
func (d *desk) watchedUnits() []int {
	l, _ := d.State.Layer(d.Dense.Layer)
	if l == nil {
		return nil
	}
	n := l.OutShape[0]
	if d.oneByOne(l.Name) {
		return []int{min(d.Dense.Unit, n-1)}
	}
	units := make([]int, n)
	for i := range units {
		units[i] = i
	}
	return units
}

// oneByOne reports whether the units of a dense layer are looked at one at a time:
// there are many, or each has a picture for each map of an image.
func (d *desk) oneByOne(layer string) bool {
	l, i := d.State.Layer(layer)
	if l == nil {
		return false
	}
	if l.OutShape[0] > fewUnits {
		return true
	}
	if i < 2 || d.State.Model.Layers[i-1].Type != "Flatten" {
		return false
	}
	s := d.State.Model.Layers[i-2].OutShape
	return len(s) == 3 && s[1]*s[2] > 1
}

// keepDense moves the choice to a unit that the network has, and asks for its
// weights: another network's are not the same.
func (d *desk) keepDense() {
	if d.Dense.Layer == "" {
		return
	}
	l, _ := d.State.Layer(d.Dense.Layer)
	if l == nil {
		d.Dense = denseChoice{}
	} else if d.Dense.Unit >= l.OutShape[0] {
		d.Dense = denseChoice{Layer: l.Name}
	}
	d.touch(topicChoice)
	d.watch()
}

// chooseDense shows the weights of a dense layer; "" those of the convolutions.
func (d *desk) chooseDense(layer string) {
	if layer != d.Dense.Layer {
		d.Dense = denseChoice{Layer: layer, Unit: d.Dense.Unit}
		d.touch(topicChoice)
		d.watch()
	}
}

// chooseUnit takes one of a layer's n units; beyond the ends it goes round.
func (d *desk) chooseUnit(unit, n int) {
	d.Dense.Unit = (unit%n + n) % n
	d.touch(topicChoice)
	d.watch()
}

// dense returns the weights of the chosen dense layer's units as last seen, or
// nil.
func (d *desk) dense() *wire.DenseUnits {
	if d.State.View == nil || d.Dense.Layer == "" {
		return nil
	}
	u := &d.State.View.Dense
	n, k := len(u.Units), len(u.Weights.Shape)
	if u.Weights.Name != d.Dense.Layer || !full(&u.Weights) || k != 2 && k != 4 || u.Weights.Shape[0] != n || len(u.Bias) != n ||
		!slices.Equal(u.Units, d.watchedUnits()) {
		return nil
	}
	return u
}

// densePictures says how dense weights are drawn: over an image a picture for
// each of its maps, over a vector a picture for each unit, its inputs row by row.
func densePictures(shape []int) (n, h, w int) {
	if len(shape) == 4 {
		return shape[0] * shape[1], shape[2], shape[3]
	}
	w = min(shape[1], 16)
	for shape[1]%w != 0 {
		w--
	}
	return shape[0], shape[1] / w, w
}

func denseGrid(shape []int) grid {
	g := grid{Cols: 8, Gap: 1}
	if g.N, g.CellH, g.CellW = densePictures(shape); g.N <= 10 {
		g.Cols = 5
	}
	return g
}

// paintDense draws dense weights, all on one signed scale; chosen is a picture.
func paintDense(r *raster, t *wire.Tensor, s scale, chosen int, p *palette) {
	g := denseGrid(t.Shape)
	r.resize(g.size())
	r.fill(p.Zero)
	size := g.CellW * g.CellH
	for i := range g.N {
		x, y := g.origin(i)
		r.frame(x-1, y-1, x+g.CellW, y+g.CellH, p.Cross)
		r.cell(g, i, t.Data[i*size:(i+1)*size], s)
	}
	r.choose(g, chosen, p, false)
}

// paintPicture draws a picture of width w enlarged, with gaps that have room for
// the chosen weight's frame.
func paintPicture(r *raster, weights []float32, w int, s scale, chosen int, p *palette) {
	g := grid{N: len(weights), Cols: w, CellW: 2, CellH: 2, Gap: 1}
	r.resize(g.size())
	r.fill(p.Zero)
	for i := range weights {
		r.cell(g, i, weights[i:i+1], s)
	}
	r.choose(g, chosen, p, false)
}

// denseView is a dense layer's weights: the pictures, the chosen one enlarged,
// and its numbers.
type denseView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *denseView) Render() app.UI {
	d := v.Desk
	w := &d.Words.Arrange
	return app.Div().Class("kernels dense-weights").Body(
		app.Div().Body(
			v.unit(),
			app.Figure().Body(
				app.Div().Class("frame frame-dense").TabIndex(0).Role("group").
					Aria("label", fmt.Sprintf(w.ChoosePicture, d.Dense.Layer)).Aria("describedby", "dense-readout").
					OnMouseMove(v.onPoint).OnKeyDown(v.onKey).
					Body(&canvas{ID: "dense", Name: fmt.Sprintf(w.DenseName, d.Dense.Layer), Max: 644, paint: v.paint}),
				app.FigCaption().ID("dense-caption").Class("caption").Text(v.caption()),
			),
		),
		v.side(),
		v.numbers(),
	)
}

// unit lets the visitor choose one unit of many.
func (v *denseView) unit() app.UI {
	d := v.Desk
	w := &d.Words.Arrange
	l, _ := d.State.Layer(d.Dense.Layer)
	if l == nil || !d.oneByOne(l.Name) {
		return app.Div()
	}
	n := l.OutShape[0]
	step := func(id, word string, by int) app.UI {
		return button(id, word, false, func(ctx app.Context, _ app.Event) { d.chooseUnit(d.Dense.Unit+by, n) })
	}
	return app.Div().Class("unit-choice").Body(
		app.Label().Class("field").For("dense-unit").Body(
			app.Text(w.Unit),
			app.Input().ID("dense-unit").Type("number").Min(0).Max(n-1).Step(1).Value(strconv.Itoa(d.Dense.Unit)).OnChange(v.onUnit),
			app.Span().Class("field-of").Text(d.Words.of(n)),
		),
		step("unit-previous", w.PreviousUnit, -1),
		step("unit-next", w.NextUnit, +1),
	)
}

func (v *denseView) onUnit(ctx app.Context, _ app.Event) {
	d := v.Desk
	l, _ := d.State.Layer(d.Dense.Layer)
	unit, err := strconv.Atoi(ctx.JSSrc().Get("value").String())
	if err == nil && l != nil && unit >= 0 && unit < l.OutShape[0] {
		d.chooseUnit(unit, l.OutShape[0])
	}
	ctx.JSSrc().Set("value", strconv.Itoa(d.Dense.Unit)) // what was taken
}

// side is the chosen picture, its chosen weight, and the scale.
func (v *denseView) side() app.UI {
	d := v.Desk
	w := &d.Words.Arrange
	u := d.dense()
	if u == nil {
		return app.Div().Class("kernel-one")
	}
	_, weights, at := v.picture(u)
	end := formatEnd(v.end(u))
	return app.Div().Class("kernel-one").Body(
		app.P().ID("dense-readout").Class("caption").Aria("live", "polite").Body(
			app.Strong().Text(v.name(u)), app.Br(),
			app.Text(v.place(u, at)), app.Br(),
			app.Span().Class("number").Text(formatSigned(float64(weights[at]), 4)),
		),
		app.Div().Class("frame frame-kernel").TabIndex(0).Role("group").Aria("label", w.ChooseWeight).
			Aria("describedby", "dense-readout").OnKeyDown(v.onPictureKey).
			Body(&canvas{ID: "dense-picture", Name: fmt.Sprintf(w.PictureName, v.name(u)), Max: 144, paint: v.paintPicture}),
		caption(v.bias(u)).ID("dense-bias"),
		app.Div().Class("legend").Body(
			&canvas{ID: "legend-dense", Max: 144, paint: v.paintScale},
			app.Div().Class("legend-ends number").Body(
				app.Span().Text(minus+end), app.Span().Text("0"), app.Span().Text("+"+end),
			),
			caption(w.DenseScale),
		),
	)
}

// picture is the chosen picture with its weights, and the chosen one of them.
func (v *denseView) picture(u *wire.DenseUnits) (i int, weights []float32, at int) {
	n, h, w := densePictures(u.Weights.Shape)
	i = min(v.Desk.Dense.Picture, n-1)
	return i, u.Weights.Data[i*h*w : (i+1)*h*w], min(v.Desk.Dense.Weight, h*w-1)
}

// unitOf is the place in u of the unit that picture i belongs to, and over an
// image the map.
func unitOf(u *wire.DenseUnits, i int) (unit, mapped int) {
	if len(u.Weights.Shape) == 4 {
		return i / u.Weights.Shape[1], i % u.Weights.Shape[1]
	}
	return i, -1
}

// name is the chosen picture in words: a unit and a map, a unit, or a class.
func (v *denseView) name(u *wire.DenseUnits) string {
	d := v.Desk
	i, _, _ := v.picture(u)
	unit, mapped := unitOf(u, i)
	switch {
	case mapped >= 0:
		return fmt.Sprintf(d.Words.Arrange.UnitMap, u.Units[unit], mapped)
	case d.unitKind(u.Weights.Name) == kindClass:
		return fmt.Sprintf(d.Words.Filters.Class, d.class(u.Units[unit]))
	}
	return fmt.Sprintf(d.Words.Filters.Unit, u.Units[unit])
}

// place is the place of a weight in its picture, in words.
func (v *denseView) place(u *wire.DenseUnits, at int) string {
	if len(u.Weights.Shape) == 4 {
		w := u.Weights.Shape[3]
		return fmt.Sprintf(v.Desk.Words.Arrange.RowColumn, at/w, at%w)
	}
	return fmt.Sprintf(v.Desk.Words.Arrange.Input, at)
}

func (v *denseView) bias(u *wire.DenseUnits) string {
	i, _, _ := v.picture(u)
	unit, _ := unitOf(u, i)
	return fmt.Sprintf(v.Desk.Words.Arrange.Bias, formatSigned(float64(u.Bias[unit]), 4))
}

func (v *denseView) caption() string {
	d := v.Desk
	u := d.dense()
	if u == nil {
		return d.Words.NoView
	}
	return d.Words.denseCaption(u, d.State.View.Step)
}

// numbers are the weights of the chosen picture.
func (v *denseView) numbers() app.UI {
	u := v.Desk.dense()
	if u == nil {
		return app.Div()
	}
	_, weights, _ := v.picture(u)
	_, _, w := densePictures(u.Weights.Shape)
	var b strings.Builder
	for i, x := range weights {
		text := formatSigned(float64(x), 3)
		if text[0] == '0' {
			text = " " + text // it rounds to zero, which has no sign
		}
		b.WriteString(text)
		if b.WriteByte(' '); (i+1)%w == 0 {
			b.WriteByte('\n')
		}
	}
	return app.Pre().ID("dense-numbers").Class("dense-numbers").TabIndex(0).
		Aria("label", fmt.Sprintf(v.Desk.Words.Arrange.NumbersName, v.name(u))).Text(b.String())
}

func (v *denseView) end(u *wire.DenseUnits) float32 { return niceEnd(largest(u.Weights.Data)) }

func (v *denseView) paint(r *raster) {
	u := v.Desk.dense()
	if u == nil {
		r.resize(0, 0)
		return
	}
	i, _, _ := v.picture(u)
	paintDense(r, &u.Weights, v.Desk.palette().signed(v.end(u)), i, v.Desk.palette())
}

func (v *denseView) paintPicture(r *raster) {
	if u := v.Desk.dense(); u != nil {
		_, weights, at := v.picture(u)
		_, _, w := densePictures(u.Weights.Shape)
		paintPicture(r, weights, w, v.Desk.palette().signed(v.end(u)), at, v.Desk.palette())
	}
}

func (v *denseView) paintScale(r *raster) { paintScale(r, legendPixels, v.Desk.palette().signed(1)) }

func (v *denseView) choose(ctx app.Context, picture, weight int) {
	c := &v.Desk.Dense
	if picture == c.Picture && weight == c.Weight {
		ctx.PreventUpdate()
		return
	}
	c.Picture, c.Weight = picture, weight
	v.Desk.touch(topicChoice)
	repaint(ctx, "dense")
	repaint(ctx, "dense-picture")
}

func (v *denseView) onPoint(ctx app.Context, e app.Event) {
	u := v.Desk.dense()
	if u == nil {
		return
	}
	g := denseGrid(u.Weights.Shape)
	w, h := g.size()
	x, y := pixelAt("dense", e, w, h)
	if i, dx, dy, ok := g.at(x, y); ok {
		v.choose(ctx, i, dy*g.CellW+dx)
	}
}

// onKey moves from picture to picture, onPictureKey from weight to weight.
func (v *denseView) onKey(ctx app.Context, e app.Event) {
	u := v.Desk.dense()
	if u == nil {
		return
	}
	i, _, at := v.picture(u)
	if next, ok := denseGrid(u.Weights.Shape).step(i, e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, next, at)
	}
}

func (v *denseView) onPictureKey(ctx app.Context, e app.Event) {
	u := v.Desk.dense()
	if u == nil {
		return
	}
	i, weights, at := v.picture(u)
	_, _, w := densePictures(u.Weights.Shape)
	if next, ok := (grid{N: len(weights), Cols: w}).step(at, e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, i, next)
	}
}
