package app

import (
	"fmt"

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
		),
	)
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
			OnFocus(v.onFocus).OnBlur(v.onBlur).OnKeyDown(v.onKey).
			Body(&canvas{ID: v.id(), Name: v.Desk.Words.kernelsName(v.Layer, v.Past), Max: 644, paint: v.paint}),
		app.FigCaption().Class("caption").Body(v.caption()...),
	)
}

// axis labels the rows (dimension 0) or columns (1) of a square grid.
func (v *kernelGridView) axis(dim int, word string, square bool) []app.UI {
	t := v.tensor()
	if !square || t == nil {
		return nil
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
		app.Text(" " + v.Desk.Words.kernelsCaption(t.Shape, v.step())),
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

// chosen is the cell of the chosen kernel, or -1.
func (v *kernelGridView) chosen(t *wire.Tensor) int {
	k := v.Desk.Kernel
	if k.Layer != v.Layer {
		return -1
	}
	return k.Filter*t.Shape[1] + k.Channel
}

func (v *kernelGridView) paint(r *raster) {
	if t := v.tensor(); t != nil {
		cross := (v.pointed || v.focused) && t.Shape[1] > 1
		paintKernels(r, t, v.Desk.kernelEnds(t, v.Past), v.chosen(t), cross, v.Desk.palette())
	}
}

func (v *kernelGridView) choose(ctx app.Context, t *wire.Tensor, cell int) {
	k := kernelChoice{v.Layer, cell / t.Shape[1], cell % t.Shape[1]}
	if k == v.Desk.Kernel {
		ctx.PreventUpdate()
		return
	}
	v.Desk.chooseKernel(k)
	repaint(ctx, "")
}

// onLeave and onBlur take the cross-hair away; the choice stays.
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
	if next, ok := kernelGrid(t.Shape).step(max(v.chosen(t), 0), e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, t, next)
	}
}
