package app

import (
	"slices"
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// silenceView lets the visitor take filters' outputs for zero, and shows what the
// network is without them: for the image, and for the test set.
type silenceView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *silenceView) Render() app.UI {
	d := v.Desk
	w := &d.Words.Why
	t := &d.State.Reasons.Maps
	return app.Div().Class("silence").Body(
		app.H3().Text(w.Silence),
		caption(d.Words.silenceCaption(d.State.Reasons.Layer)),
		app.Figure().Body(
			app.Div().Class("frame frame-silence").Role("group").Aria("label", w.SilenceGroup).
				On("focusin", v.onPoint).OnMouseOver(v.onPoint).OnKeyDown(v.onKey).OnClick(v.onClick).
				Body(
					&canvas{ID: "why-maps", Name: d.Words.silenceName(d.State.Reasons.Layer), Max: 644, paint: v.paint},
					v.toggles(t),
				),
		),
		app.Div().Class("why-row").Body(
			app.Div().Class("legend").Body(
				&canvas{ID: "legend-why-maps", Max: 144, paint: v.paintScale},
				app.Div().Class("legend-ends number").Body(app.Span().Text("0"), app.Span().Text(formatEnd(v.end()))),
			),
			caption(v.readout(t)).ID("silence-readout").Aria("live", "polite"),
			button("silence-none", w.SilenceNone, len(d.Why.Ask.Silent) == 0, v.onNone),
		),
		v.table(),
		v.progress(),
	)
}

func (v *silenceView) onNone(app.Context, app.Event) {
	v.Desk.changeWhy(func(c *whyChoice) { c.Ask.Silent = nil })
}

// toggles are the filters' buttons, laid over the pictures.
func (v *silenceView) toggles(t *wire.Tensor) app.UI {
	d := v.Desk
	buttons := make([]app.UI, t.Shape[0])
	for i := range buttons {
		stop := -1 // one tab stop for all
		if i == max(d.Why.Filter, 0) {
			stop = 0
		}
		buttons[i] = app.Button().ID(silenceID(i)).Type("button").Class("silence-toggle").TabIndex(stop).
			DataSet("filter", i).
			Aria("label", d.Words.silenceToggle(i)).
			Aria("pressed", strconv.FormatBool(v.silent(i)))
	}
	return app.Div().Class("silence-toggles").Body(buttons...)
}

func silenceID(filter int) string { return "silence-" + strconv.Itoa(filter) }

func (v *silenceView) silent(filter int) bool {
	return slices.Contains(v.Desk.Why.Ask.Silent, filter)
}

func (v *silenceView) end() float32 { return niceEnd(largest(v.Desk.State.Reasons.Maps.Data)) }

func (v *silenceView) paint(r *raster) {
	t := &v.Desk.State.Reasons.Maps
	g := silenceGrid(t.Shape)
	r.resize(g.size())
	p := v.Desk.palette()
	r.fill(p.Zero)
	size, scale := g.CellW*g.CellH, magnitude(v.end())
	for i := range g.N {
		r.cell(g, i, t.Data[i*size:(i+1)*size], scale)
	}
}

func (v *silenceView) paintScale(r *raster) { paintScale(r, legendPixels, magnitude(1)) }

func (v *silenceView) readout(t *wire.Tensor) string {
	i := v.Desk.Why.Filter
	if i < 0 || i >= t.Shape[0] {
		return v.Desk.Words.silentList(v.Desk.Why.Ask.Silent)
	}
	size := t.Shape[1] * t.Shape[2]
	sum, high := 0.0, float32(0)
	for _, x := range t.Data[i*size : (i+1)*size] {
		sum, high = sum+float64(x), max(high, x)
	}
	return v.Desk.Words.silenceReadout(i, float32(sum/float64(size)), high, v.silent(i))
}

// filterOf is the filter of the toggle that an event comes from.
func filterOf(e app.Event) (filter int, ok bool) {
	b := e.Get("target").Call("closest", "[data-filter]")
	if !b.Truthy() {
		return 0, false
	}
	filter, err := strconv.Atoi(b.Get("dataset").Get("filter").String())
	return filter, err == nil
}

func (v *silenceView) onPoint(ctx app.Context, e app.Event) {
	i, ok := filterOf(e)
	if !ok || i == v.Desk.Why.Filter {
		ctx.PreventUpdate()
		return
	}
	v.Desk.showWhy(func(c *whyChoice) { c.Filter = i })
}

func (v *silenceView) onClick(ctx app.Context, e app.Event) {
	if i, ok := filterOf(e); ok {
		v.Desk.silence(i)
	}
}

func (v *silenceView) onKey(ctx app.Context, e app.Event) {
	g := silenceGrid(v.Desk.State.Reasons.Maps.Shape)
	next, ok := g.step(max(v.Desk.Why.Filter, 0), e.Get("key").String())
	if !ok {
		return
	}
	e.PreventDefault()
	if b := app.Window().GetElementByID(silenceID(next)); b.Truthy() {
		b.Call("focus") // and onPoint follows
	}
}

// table compares the whole network with what is left, class by class.
func (v *silenceView) table() app.UI {
	d := v.Desk
	w := &d.Words.Why
	r, a := d.State.Reasons, d.ablated()
	head := func(word string) app.UI { return app.Th().Scope("col").Text(word) }
	group := func(word string) app.UI { return app.Th().Scope("colgroup").ColSpan(2).Text(word) }
	return app.Table().ID("silence-table").Class("silence-table").Body(
		app.Caption().Text(w.TableCaption),
		app.THead().Body(
			app.Tr().Body(app.Td(), group(w.OfImage), group(w.OfTest)),
			app.Tr().Body(head(w.Class), head(w.Whole), head(w.Left), head(w.Whole), head(w.Left)),
		),
		app.TBody().Body(app.Range(r.Probs).Slice(func(i int) app.UI {
			return app.Tr().Body(
				app.Th().Scope("row").Class("number").Text(d.class(i)),
				shareCell(float64(r.Probs[i]), true),
				shareCell(at(r.Left, i), len(r.Left) > 0),
				countCell(a, i, func(a *wire.Ablated) []int { return a.Whole }),
				countCell(a, i, func(a *wire.Ablated) []int { return a.Left }),
			)
		})),
		app.TFoot().Body(app.Tr().Body(
			app.Th().Scope("row").Text(w.All), app.Td().ColSpan(2),
			totalCell(a, func(a *wire.Ablated) []int { return a.Whole }),
			totalCell(a, func(a *wire.Ablated) []int { return a.Left }),
		)),
	)
}

func at(list []float32, i int) float64 {
	if i < len(list) {
		return float64(list[i])
	}
	return 0
}

// shareCell is a share of one, in digits and as a bar.
func shareCell(share float64, known bool) app.UI {
	text := textNoValue
	if known {
		text = formatFixed(share, 4)
	}
	return app.Td().Class("number").Body(app.Text(text), bar("bar thin", int(1000*share+0.5), 1000))
}

// countCell is the share of class i's samples that were read correctly.
func countCell(a *wire.Ablated, i int, correct func(*wire.Ablated) []int) app.UI {
	if a == nil || i >= len(a.Seen) || a.Seen[i] == 0 {
		return shareCell(0, false)
	}
	return shareCell(float64(correct(a)[i])/float64(a.Seen[i]), true)
}

// totalCell is the share of all samples so far.
func totalCell(a *wire.Ablated, correct func(*wire.Ablated) []int) app.UI {
	if a == nil || a.Done == 0 {
		return shareCell(0, false)
	}
	sum := 0
	for _, n := range correct(a) {
		sum += n
	}
	return shareCell(float64(sum)/float64(a.Done), true)
}

func (v *silenceView) progress() app.UI {
	d := v.Desk
	done, samples, text := 0, 1, d.Words.Why.NothingSilent
	if len(d.Why.Ask.Silent) > 0 {
		text = d.Words.Why.Waiting
	}
	if a := d.ablated(); a != nil {
		done, samples, text = a.Done, a.Samples, d.Words.silenceSamples(a)
	}
	return whyProgress("silence-progress", d.Words.Why.ReadingName, text, done, samples)
}
