package app

import (
	"fmt"
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// convolution is a convolution's value: the window times the kernel for one input
// channel in full, and the sum for each of them.
type convolution struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *convolution) Render() app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	t := d.State.Explained()
	root := app.Div().Class("sums")
	terms, cols := v.window()
	if terms == nil {
		return root
	}
	rows := len(terms) / cols
	body := []app.UI{caption(d.Words.fill(w.ConvolveSays, rows, cols))}
	if t.Input.Shape != nil && len(t.Terms) > len(terms) {
		body = append(body, v.channels(t))
	}
	low, middle, high := ends(inputEnd(d, t), inputSigned(d, t))
	klow, kmiddle, khigh := ends(v.kernelEnd(), true)
	plow, pmiddle, phigh := ends(v.productEnd(), true)
	body = append(body,
		app.Div().Class("blocks").Body(
			block("trace-patch", w.Patch, v.paintPatch,
				numbers("trace-patch-numbers", w.Patch, terms, cols, v.patchCell),
				legend("legend-trace-patch", v.paintPatchScale, low, middle, high)),
			app.Span().Class("operator").Aria("hidden", "true").Text("×"),
			block("trace-kernel", w.Kernel, v.paintKernel,
				numbers("trace-kernel-numbers", w.Kernel, terms, cols, v.kernelCell),
				legend("legend-trace-kernel", v.paintSigned, klow, kmiddle, khigh)),
			app.Span().Class("operator").Aria("hidden", "true").Text("="),
			block("trace-products", w.Products, v.paintProducts,
				numbers("trace-product-numbers", w.Products, terms, cols, v.productCell),
				legend("legend-trace-products", v.paintSigned, plow, pmiddle, phigh)),
		),
		v.total(t, terms),
	)
	return root.Body(body...)
}

// block is a small picture under its name, above its numbers and its scale.
func block(id, name string, paint func(*raster), numbers, legend app.UI) app.UI {
	return app.Div().Class("block").Body(
		app.H3().Text(name),
		app.Div().Class("frame").Body(&canvas{ID: id, Name: name, Max: 144, paint: paint}),
		numbers, legend,
	)
}

// window lists the terms of the chosen channel, row by row, and how many are in a
// row; nil if the kernel is not known.
func (v *convolution) window() (terms []wire.Term, cols int) {
	t := v.Desk.State.Explained()
	if t == nil || t.Op != wire.Convolve {
		return nil, 0
	}
	k := v.Desk.State.Kernels(t.Layer)
	if k == nil || len(t.Terms) != k.Shape[1]*k.Shape[2]*k.Shape[3] {
		return nil, 0
	}
	for _, term := range t.Terms {
		if source(v.Desk, t, term.From).C == t.Channel {
			terms = append(terms, term)
		}
	}
	return terms, k.Shape[3]
}

// channelSums adds up the products channel by channel.
func channelSums(d *desk, t *wire.Trace) []float64 {
	_, in := d.State.shapes(t.Layer)
	sums := make([]float64, in[0])
	for _, term := range t.Terms {
		sums[placeOf(in, term.From).C] += float64(term.Product)
	}
	return sums
}

// channels lists each channel's sum; one is chosen.
func (v *convolution) channels(t *wire.Trace) app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	sums := channelSums(d, t)
	most := 0.0
	for _, s := range sums {
		most = max(most, s, -s)
	}
	return app.Div().Class("trace-channels").Body(
		caption(d.Words.fill(w.ChannelsSay, len(sums))),
		app.Ol().ID("trace-channels").Body(app.Range(sums).Slice(func(c int) app.UI {
			return app.Li().Body(app.Button().Type("button").Class("channel number").
				Aria("pressed", strconv.FormatBool(c == t.Channel)).
				OnClick(func(app.Context, app.Event) { v.chooseChannel(c) }).
				Body(app.Span().Class("unseen").Text(d.Words.Channel+" "), app.Span().Text(c), signedBar(sums[c], most), app.Span().Class("right").Text(formatSigned(sums[c], shownDecimals))))
		})),
	)
}

// signedBar is a bar from the middle, to the left for what is negative.
func signedBar(v, most float64) app.UI {
	class, x, width := "fill positive", 500, 0
	if most > 0 {
		width = int(500*v/most + 0.5)
	}
	if v < 0 {
		class, width = "fill negative", int(-500*v/most+0.5)
		x = 500 - width
	}
	return svg("0 0 1000 10", "bar signed").Attr("preserveAspectRatio", "none").Body(
		svgElem("rect").Class("axis-line").Attr("x", 498).Attr("width", 4).Attr("height", 10),
		svgElem("rect").Class(class).Attr("x", x).Attr("width", width).Attr("height", 10),
	)
}

// chooseChannel takes the same place of another channel's kernel.
func (v *convolution) chooseChannel(c int) {
	d := v.Desk
	t := d.State.Explained()
	if t == nil || t.Op != wire.Convolve {
		return
	}
	_, in := d.State.shapes(t.Layer)
	d.askTerm(t.Term/in[0]*in[0] + c)
}

func (v *convolution) patchCell(term wire.Term) app.UI {
	return stepButton(v.Desk, v.Desk.State.Explained(), term.From, formatFixed(float64(term.X), shownDecimals))
}

func (v *convolution) kernelCell(term wire.Term) app.UI {
	return weightButton(v.Desk, v.Desk.State.Explained(), term)
}

func (v *convolution) productCell(term wire.Term) app.UI {
	return app.Text(formatSigned(float64(term.Product), shownDecimals))
}

// total adds up to the value.
func (v *convolution) total(t *wire.Trace, terms []wire.Term) app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	var channel, all float64
	for _, term := range terms {
		channel += float64(term.Product)
	}
	for _, term := range t.Terms {
		all += float64(term.Product)
	}
	rows := []app.UI{}
	if len(t.Terms) > len(terms) {
		rows = append(rows, sumRow("trace-channel-sum", fmt.Sprintf(w.ChannelSum, t.Channel), channel)...)
	}
	rows = append(rows, sumRow("trace-products-sum", d.Words.fill(w.ProductSum, d.Words.count(len(t.Terms))), all)...)
	return outcome(d, t, rows)
}

func (v *convolution) kernelEnd() float32 {
	t := v.Desk.State.Explained()
	return niceEnd(largest(v.Desk.State.Kernels(t.Layer).Data))
}

// productEnd holds the products of all channels, so that they compare.
func (v *convolution) productEnd() float32 {
	var most float32
	for _, term := range v.Desk.State.Explained().Terms {
		most = max(most, term.Product, -term.Product)
	}
	return niceEnd(most)
}

// paint draws one number of each term of the window.
func (v *convolution) paint(r *raster, value func(wire.Term) float32, s func(t *wire.Trace) scale) {
	terms, cols := v.window()
	if terms == nil {
		return
	}
	data := make([]float32, len(terms))
	for i, term := range terms {
		data[i] = value(term)
	}
	paintKernel(r, data, cols, s(v.Desk.State.Explained()))
}

func (v *convolution) paintPatch(r *raster) {
	v.paint(r, func(t wire.Term) float32 { return t.X }, func(t *wire.Trace) scale { return inputScale(v.Desk, t, inputEnd(v.Desk, t)) })
}

func (v *convolution) paintKernel(r *raster) {
	v.paint(r, func(t wire.Term) float32 { return t.W }, func(*wire.Trace) scale { return v.Desk.palette().signed(v.kernelEnd()) })
}

func (v *convolution) paintProducts(r *raster) {
	v.paint(r, func(t wire.Term) float32 { return t.Product }, func(*wire.Trace) scale { return v.Desk.palette().signed(v.productEnd()) })
}

func (v *convolution) paintPatchScale(r *raster) {
	if t := v.Desk.State.Explained(); t != nil {
		paintScale(r, legendPixels, inputScale(v.Desk, t, 1))
	}
}

func (v *convolution) paintSigned(r *raster) { paintScale(r, legendPixels, v.Desk.palette().signed(1)) }
