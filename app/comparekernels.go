package app

import (
	"fmt"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// compareKernels shows the kernels of two runs side by side, both convolutions on
// a scale of their own that is the same for both runs, and the numbers of the
// chosen kernel of each.
type compareKernels struct {
	app.Compo
	Desk *desk
	Rev  int
}

// compared are the convolutions that are shown.
var compared = [2]string{"conv2d_1", "conv2d_2"}

func (v *compareKernels) Render() app.UI {
	d := v.Desk
	var rows []app.UI
	for layer := range compared {
		var grids []app.UI
		for side := range sideNames {
			grids = append(grids, &compareGrid{Desk: d, Layer: layer, Side: side, Rev: v.Rev})
		}
		end := d.comparedEnd(layer)
		rows = append(rows,
			app.H3().Text(compared[layer]),
			app.Div().Class("compare-kernels").Body(grids...),
			legend(fmt.Sprintf("legend-compare-%d", layer), func(r *raster) { paintScale(r, legendPixels, d.palette().signed(1)) },
				minus+formatEnd(end), "0", "+"+formatEnd(end)),
			caption(fmt.Sprintf(d.Words.Compare.SameScale, compared[layer])),
		)
	}
	return app.Div().Class("compare").Body(append(rows, v.chosen()...)...)
}

// chosen are the numbers of the chosen kernel in both runs.
func (v *compareKernels) chosen() []app.UI {
	d := v.Desk
	k := d.Comparison.choice()
	parts := []app.UI{caption(d.Words.kernelName(k)).ID("compare-readout").Aria("live", "polite")}
	var tables []app.UI
	for side := range sideNames {
		name := fmt.Sprintf(d.Words.Compare.Side, sideNames[side])
		body := app.UI(caption(d.Words.Compare.NoKernel))
		if t, w := d.comparedKernel(side); t != nil {
			cols := t.Shape[3]
			body = scrollable(name+", "+d.Words.weightsOf(k), cols, app.Table().ID("compare-weights-"+sideNames[side]).Class("kernel-weights number").
				Aria("label", name+", "+d.Words.weightsOf(k)).Body(app.TBody().Body(weightRows(w, cols)...)))
		}
		tables = append(tables, app.Div().Body(caption(name), body))
	}
	return append(parts, app.Div().Class("compare-kernels").Body(tables...))
}

// choice is the kernel whose numbers are shown, the first one at first.
func (c *comparison) choice() kernelChoice {
	if c.kernel.Layer == "" {
		return kernelChoice{Layer: compared[len(compared)-1]}
	}
	return c.kernel
}

// comparedEnd is the end of the scale that a convolution has in both runs.
func (d *desk) comparedEnd(layer int) float32 {
	var most float32
	for _, r := range d.Comparison.pair() {
		if t := r.kernels(layer); t != nil {
			most = max(most, largest(t.Data))
		}
	}
	return niceEnd(most)
}

// comparedKernel is the chosen kernel of a run, and the weights that it is of;
// nil where the run's network has none such.
func (d *desk) comparedKernel(side int) (*wire.Tensor, []float32) {
	k, r := d.Comparison.choice(), d.Comparison.pair()[side]
	for layer, name := range compared {
		t := r.kernels(layer)
		if name != k.Layer || t == nil || k.Filter >= t.Shape[0] || k.Channel >= t.Shape[1] {
			continue
		}
		size, i := t.Shape[2]*t.Shape[3], k.Filter*t.Shape[1]+k.Channel
		return t, t.Data[i*size : (i+1)*size]
	}
	return nil, nil
}

// compareGrid is all kernels of a convolution of one of the runs. Pointer and
// arrow keys choose one, for both.
type compareGrid struct {
	app.Compo
	Desk  *desk
	Layer int
	Side  int
	Rev   int
}

func (v *compareGrid) id() string { return "compare-" + sideNames[v.Side] + "-" + compared[v.Layer] }

func (v *compareGrid) tensor() *wire.Tensor {
	return v.Desk.Comparison.pair()[v.Side].kernels(v.Layer)
}

func (v *compareGrid) Render() app.UI {
	w := v.Desk.Words
	side := fmt.Sprintf(w.Compare.Side, sideNames[v.Side])
	caption := side
	if t := v.tensor(); t != nil {
		caption += w.Colon + w.kernelsCaption(t.Shape, v.Desk.Comparison.pair()[v.Side].Last.Step)
	}
	return app.Figure().Class("compare-grid").Body(
		app.Div().Class("frame").TabIndex(0).Role("group").Aria("label", side+", "+fmt.Sprintf(w.ChooseKernel, compared[v.Layer])).
			Aria("describedby", "compare-readout").
			OnMouseMove(v.onPoint).OnFocus(v.onFocus).OnKeyDown(v.onKey).
			Body(&canvas{ID: v.id(), Name: side + ", " + w.kernelsName(compared[v.Layer], false), Max: 400, High: 400, Dot: gridDot, paint: v.paint, bare: v.paintBare}),
		app.FigCaption().Class("caption").Text(caption),
	)
}

// chosen is the cell of the chosen kernel, or -1.
func (v *compareGrid) chosen(t *wire.Tensor) int {
	k := v.Desk.Comparison.choice()
	if k.Layer != compared[v.Layer] || k.Filter >= t.Shape[0] || k.Channel >= t.Shape[1] {
		return -1
	}
	return k.Filter*t.Shape[1] + k.Channel
}

func (v *compareGrid) paint(r *raster) { v.draw(r, v.chosen) }

func (v *compareGrid) paintBare(r *raster) { v.draw(r, func(*wire.Tensor) int { return -1 }) }

func (v *compareGrid) draw(r *raster, chosen func(*wire.Tensor) int) {
	if t := v.tensor(); t != nil {
		paintKernels(r, t, []float32{v.Desk.comparedEnd(v.Layer)}, chosen(t), false, v.Desk.palette())
	} else {
		r.resize(0, 0)
	}
}

func (v *compareGrid) choose(ctx app.Context, t *wire.Tensor, cell int) {
	k := kernelChoice{compared[v.Layer], cell / t.Shape[1], cell % t.Shape[1]}
	if k == v.Desk.Comparison.kernel {
		ctx.PreventUpdate()
		return
	}
	v.Desk.Comparison.kernel = k
	v.Desk.touch(topicFinished)
	repaint(ctx, "")
}

func (v *compareGrid) onPoint(ctx app.Context, e app.Event) {
	t := v.tensor()
	if t == nil {
		return
	}
	g := kernelGrid(t.Shape)
	w, h := g.size()
	x, y := pixelAt(v.id(), e, w, h)
	if i, _, _, ok := g.at(x, y); ok {
		v.choose(ctx, t, i)
	} else {
		ctx.PreventUpdate()
	}
}

// onFocus brings the choice to this grid, where the arrow keys then move it.
func (v *compareGrid) onFocus(ctx app.Context, _ app.Event) {
	if t := v.tensor(); t != nil && v.chosen(t) < 0 {
		v.choose(ctx, t, 0)
	}
}

func (v *compareGrid) onKey(ctx app.Context, e app.Event) {
	t := v.tensor()
	if t == nil {
		return
	}
	if next, ok := kernelGrid(t.Shape).step(max(v.chosen(t), 0), e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, t, next)
	}
}
