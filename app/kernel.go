package app

import (
	"fmt"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// kernelView is the chosen kernel: enlarged, its numbers, and the scale of
// its colours.
type kernelView struct {
	app.Compo
	Desk *desk
	Rev  int
	Past bool // at the film's chosen moment
}

func (v *kernelView) Render() app.UI {
	t, w := v.weights()
	if t == nil {
		return app.Div().Class("kernel-one")
	}
	k := v.Desk.Kernel
	cols := t.Shape[3]
	end := v.end(t)
	return app.Div().Class("kernel-one").Body(
		app.P().ID(pastID(v.Past)+"kernel-readout").Class("caption").Aria("live", "polite").Body(
			app.Strong().Text(k.Layer), app.Br(),
			app.Text(v.Desk.Words.filterChannel(k)),
		),
		app.Div().Class("frame frame-kernel").Body(
			&canvas{ID: pastID(v.Past) + "kernel", Name: v.Desk.Words.kernelName(k), Max: 144,
				File: v.Desk.pictureFile(fmt.Sprintf("kernel-%s-%d-%d", k.Layer, k.Filter, k.Channel), v.Past), paint: v.paint}),
		scrollable(v.Desk.Words.weightsOf(k), cols, app.Table().ID(pastID(v.Past)+"kernel-weights").Class("kernel-weights number").Aria("label", v.Desk.Words.weightsOf(k)).Body(
			app.TBody().Body(weightRows(w, cols)...),
		)),
		app.Div().Class("legend").Body(
			&canvas{ID: pastID(v.Past) + "legend-kernels", Max: 144, paint: v.paintScale},
			app.Div().Class("legend-ends number").Body(
				app.Span().Text(minus+formatEnd(end)), app.Span().Text("0"), app.Span().Text("+"+formatEnd(end)),
			),
			caption(v.scaleOf(k)),
		),
	)
}

// weights returns the chosen kernel's layer and its weights, row by row, or
// nil if there is none.
func (v *kernelView) weights() (*wire.Tensor, []float32) {
	k := v.Desk.Kernel
	t := v.Desk.kernels(k.Layer, v.Past)
	if t == nil || k.Filter >= t.Shape[0] || k.Channel >= t.Shape[1] {
		return nil, nil
	}
	size := t.Shape[2] * t.Shape[3]
	i := k.Filter*t.Shape[1] + k.Channel
	return t, t.Data[i*size : (i+1)*size]
}

// legendPixels is how finely a legend's ramp is drawn.
const legendPixels = 48

// end is the end of the scale that the chosen kernel is drawn on.
func (v *kernelView) end(t *wire.Tensor) float32 {
	ends := v.Desk.kernelEnds(t, v.Past)
	return ends[min(v.Desk.Kernel.Filter, len(ends)-1)]
}

func (v *kernelView) paint(r *raster) {
	if t, w := v.weights(); t != nil {
		paintKernel(r, w, t.Shape[3], v.Desk.palette().signed(v.end(t)))
	}
}

func (v *kernelView) paintScale(r *raster) { paintScale(r, legendPixels, v.Desk.palette().signed(1)) }

// weightRows are a kernel's numbers, as rows of a table.
func weightRows(w []float32, cols int) []app.UI {
	var rows []app.UI
	for ; len(w) >= cols; w = w[cols:] {
		row := w[:cols]
		rows = append(rows, app.Tr().Body(
			app.Range(row).Slice(func(i int) app.UI {
				return app.Td().Text(formatSigned(float64(row[i]), 3))
			}),
		))
	}
	return rows
}

// scaleOf says what the scale holds.
func (v *kernelView) scaleOf(k kernelChoice) string {
	if v.Past {
		return v.Desk.Words.Time.scaleOf(k.Layer)
	}
	return v.Desk.Words.scaleOf(k, v.Desk.PerFilter)
}
