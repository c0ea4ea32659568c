package app

import (
	"fmt"
	"slices"
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// kernelsView shows every kernel of both convolutions on canvases, and the
// chosen one enlarged beside them.
type kernelsView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *kernelsView) Render() app.UI {
	d := v.Desk
	shown := app.UI(&denseView{Desk: d, Rev: v.Rev})
	if d.Dense.Layer == "" {
		shown = v.convolutions()
	}
	return app.Div().Body(caption(v.intro()), v.choices(), shown)
}

// intro says what is shown.
func (v *kernelsView) intro() string {
	d := v.Desk
	if _, i := d.State.Layer(d.Dense.Layer); i >= 0 {
		return d.Words.layerSays(d.State.Model, i)
	}
	return d.Words.Layers.Kernels
}

// choices are the layers whose kernels are shown, and the order of their filters.
func (v *kernelsView) choices() app.UI {
	d := v.Desk
	w := &d.Words.Arrange
	layer := func(id, word, name string) app.UI {
		return choice(id, word, d.Dense.Layer == name, false, func(ctx app.Context, _ app.Event) {
			d.chooseDense(name)
			repaint(ctx, "")
		})
	}
	layers := []app.UI{layer("kernels-convolutions", w.Convolutions, "")}
	for _, l := range d.drawable() {
		if l.Type == "Dense" {
			layers = append(layers, layer("kernels-"+l.Name, l.Name, l.Name))
		}
	}
	return app.Div().Class("row kernel-choices").Body(
		app.Div().Class("choices").Role("group").Aria("label", w.LayersGroup).Body(layers...),
		app.Label().Class("field").For("kernel-order").Hidden(d.Dense.Layer != "").Body(
			app.Text(w.Order),
			app.Select().ID("kernel-order").OnChange(v.onOrder).Body(
				app.Range(filterOrders).Slice(func(i int) app.UI {
					o := filterOrders[i]
					return app.Option().Value(string(o)).Selected(o == d.Order).Text(d.Words.order(o))
				}),
			),
		),
	)
}

func (v *kernelsView) onOrder(ctx app.Context, _ app.Event) {
	v.Desk.Order = filterOrder(ctx.JSSrc().Get("value").String())
	v.Desk.touch(topicChoice)
	repaint(ctx, "")
}

// convolutions are all kernels of both.
func (v *kernelsView) convolutions() app.UI {
	d := v.Desk
	rev := d.rev(topicView, topicChoice)
	return app.Div().Class("kernels").Body(
		app.Div().Class("kernel-grids").Body(
			&kernelGridView{Desk: d, Layer: v.layer(0), Rev: rev},
			&kernelGridView{Desk: d, Layer: v.layer(1), Rev: rev},
		),
		app.Div().Class("kernel-side").Body(
			&kernelView{Desk: d, Rev: rev},
			app.Label().Class("check").For("per-filter").Body(
				app.Input().ID("per-filter").Type("checkbox").Checked(d.PerFilter).OnChange(v.onPerFilter),
				app.Text(d.Words.PerFilter),
			),
			v.pin(),
			caption(d.Words.Arrange.PinHint),
		),
	)
}

// pin pins the chosen filter, or takes its pin away.
func (v *kernelsView) pin() app.UI {
	d := v.Desk
	pinned := slices.Contains(d.Pins, pin{d.Kernel.Layer, d.Kernel.Filter})
	return app.Button().ID("pin").Type("button").Class("button").Aria("pressed", strconv.FormatBool(pinned)).
		Disabled(d.State.Kernels(d.Kernel.Layer) == nil).
		Text(d.Words.pin(d.Kernel.Filter, pinned)).
		OnClick(func(ctx app.Context, _ app.Event) {
			d.togglePin()
			repaint(ctx, "")
		})
}

// layer is the name of the i-th convolution; before the model is known it is
// the tutorial's.
func (v *kernelsView) layer(i int) string {
	if view := v.Desk.State.View; view != nil && i < len(view.Kernels) {
		return view.Kernels[i].Name
	}
	return [...]string{"conv2d_1", "conv2d_2"}[i]
}

func (v *kernelsView) onPerFilter(ctx app.Context, _ app.Event) {
	v.Desk.PerFilter = ctx.JSSrc().Get("checked").Bool()
	v.Desk.touch(topicChoice)
	repaint(ctx, "")
}

// kernelGridView is the grid of one convolution: a row for each filter, a
// column for each input channel.
type kernelGridView struct {
	app.Compo
	Desk  *desk
	Layer string
	Rev   int
	Past  bool // at the film's chosen moment

	pointed, focused bool // in either case the chosen row and column show
}

func (v *kernelGridView) id() string { return pastID(v.Past) + "kernels-" + v.Layer }

func (v *kernelGridView) Render() app.UI {
	t := v.tensor()
	square := t != nil && t.Shape[1] > 1 || t == nil && v.Layer == "conv2d_2"
	class := "kernel-grid flat"
	if square {
		class = "kernel-grid square"
	}
	return app.Figure().Class(class).Body(
		app.Div().Class("axis across").Aria("hidden", "true").Body(v.axis(1, v.Desk.Words.Channel, square)...),
		app.Div().Class("axis down").Aria("hidden", "true").Body(v.axis(0, v.Desk.Words.Filter, square)...),
		app.Div().Class("frame").TabIndex(0).Role("group").Aria("label", fmt.Sprintf(v.Desk.Words.ChooseKernel, v.Layer)).
			Aria("describedby", pastID(v.Past)+"kernel-readout").
			OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).
			OnFocus(v.onFocus).OnBlur(v.onBlur).OnKeyDown(v.onKey).On("dblclick", v.onDoubleClick).
			Body(&canvas{ID: v.id(), Name: v.Desk.Words.kernelsName(v.Layer, v.Past), Max: 644, High: 644, Dot: gridDot, File: v.Desk.pictureFile("kernels-"+v.Layer, v.Past), paint: v.paint, bare: v.paintBare}),
		app.FigCaption().Class("caption").Body(v.caption()...),
	)
}

// axis labels the rows (dimension 0) or columns (1) of a square grid.
func (v *kernelGridView) axis(dim int, word string, square bool) []app.UI {
	t := v.tensor()
	if !square || t == nil {
		return nil
	}
	if dim == 0 && (v.Desk.Order != asNumbered || len(v.Desk.pinned(t)) > 0) {
		return []app.UI{app.Span(), app.Span().Text(word), app.Span()} // the rows aren't in the order of their numbers
	}
	return []app.UI{
		app.Span().Text("0"),
		app.Span().Text(word),
		app.Span().Text(t.Shape[dim] - 1),
	}
}

func (v *kernelGridView) caption() []app.UI {
	t := v.tensor()
	if t == nil {
		return []app.UI{app.Text(v.Desk.Words.NoView)}
	}
	return []app.UI{
		app.Strong().Text(v.Layer),
		app.Text(" " + v.Desk.Words.kernelsCaption(t.Shape, v.step()) + v.orderNote(t)),
	}
}

func (v *kernelGridView) tensor() *wire.Tensor { return v.Desk.kernels(v.Layer, v.Past) }

// step is the training step that the kernels are of.
func (v *kernelGridView) step() int {
	if v.Past {
		m, _ := v.Desk.moment()
		return m.Step
	}
	return v.Desk.State.View.Step
}

// arrangement is the order of the filters: in the film that of their numbers, so
// that none changes its place.
func (v *kernelGridView) arrangement(t *wire.Tensor) []int {
	if v.Past {
		return numbered(t)
	}
	return v.Desk.arrangement(t)
}

func (v *kernelGridView) orderNote(t *wire.Tensor) string {
	if v.Past {
		return ""
	}
	return v.Desk.Words.orderNote(v.Desk.Order, v.Desk.pinned(t))
}

// chosen is the cell of the chosen kernel, or -1.
func (v *kernelGridView) chosen(t *wire.Tensor) int {
	k := v.Desk.Kernel
	if k.Layer != v.Layer {
		return -1
	}
	return slices.Index(v.arrangement(t), k.Filter)*t.Shape[1] + k.Channel
}

func (v *kernelGridView) paint(r *raster) {
	if t := v.tensor(); t != nil {
		cross := (v.pointed || v.focused) && t.Shape[1] > 1
		a, p := arranged(t, v.arrangement(t)), v.Desk.palette()
		paintKernels(r, a, v.Desk.kernelEnds(a, v.Past), v.chosen(t), cross, p)
		if !v.Past {
			r.markFilters(kernelGrid(t.Shape), len(v.Desk.pinned(t)), t.Shape[1], p)
		}
	}
}

func (v *kernelGridView) paintBare(r *raster) {
	if t := v.tensor(); t != nil {
		a := arranged(t, v.arrangement(t))
		paintKernels(r, a, v.Desk.kernelEnds(a, v.Past), -1, false, v.Desk.palette())
	}
}

func (v *kernelGridView) choose(ctx app.Context, t *wire.Tensor, cell int) {
	k := kernelChoice{v.Layer, v.arrangement(t)[cell/t.Shape[1]], cell % t.Shape[1]}
	if k == v.Desk.Kernel {
		ctx.PreventUpdate()
		return
	}
	v.Desk.chooseKernel(k)
	repaint(ctx, "")
}

// onLeave, onBlur and Escape take the cross-hair away; the choice stays.
func (v *kernelGridView) onLeave(ctx app.Context, _ app.Event) {
	v.pointed = false
	v.repaintQuietly(ctx)
}

func (v *kernelGridView) onBlur(ctx app.Context, _ app.Event) {
	v.focused = false
	v.repaintQuietly(ctx)
}

func (v *kernelGridView) repaintQuietly(ctx app.Context) {
	ctx.PreventUpdate()
	repaint(ctx, v.id())
}

func (v *kernelGridView) onPoint(ctx app.Context, e app.Event) {
	t := v.tensor()
	if t == nil {
		return
	}
	g := kernelGrid(t.Shape)
	w, h := g.size()
	x, y := pixelAt(v.id(), e, w, h)
	i, _, _, ok := g.at(x, y)
	if !ok {
		ctx.PreventUpdate()
		return
	}
	if !v.pointed {
		v.pointed = true
		repaint(ctx, v.id())
	}
	v.choose(ctx, t, i)
}

// onFocus brings the choice to this grid, where the arrow keys then move it.
func (v *kernelGridView) onFocus(ctx app.Context, _ app.Event) {
	v.focused = true
	repaint(ctx, v.id())
	if t := v.tensor(); t != nil && v.chosen(t) < 0 {
		v.choose(ctx, t, 0)
	}
}

func (v *kernelGridView) onKey(ctx app.Context, e app.Event) {
	t := v.tensor()
	if t == nil {
		return
	}
	switch e.Get("key").String() {
	case "Escape":
		v.pointed, v.focused = false, false
		v.repaintQuietly(ctx)
		return
	case "Enter":
		v.onDoubleClick(ctx, e)
		return
	}
	if next, ok := kernelGrid(t.Shape).step(max(v.chosen(t), 0), e.Get("key").String()); ok {
		e.PreventDefault()
		v.focused = true // also after Escape
		v.choose(ctx, t, next)
	}
}

// onDoubleClick pins the chosen filter: on its way to the button the pointer would
// choose others.
func (v *kernelGridView) onDoubleClick(ctx app.Context, _ app.Event) {
	v.Desk.togglePin()
	repaint(ctx, "")
}
