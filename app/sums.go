package app

import (
	"fmt"
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// forward shows how a value comes about, by what the layer does.
func forward(d *desk, t *wire.Trace, rev int) app.UI {
	switch t.Op {
	case wire.Convolve:
		return &convolution{Desk: d, Rev: rev}
	case wire.Weigh:
		return &weighing{Desk: d, Rev: rev}
	case wire.PoolMax:
		return &pooling{Desk: d, Rev: rev}
	case wire.Normalise:
		return &normalising{Desk: d, Rev: rev}
	}
	return &passing{Desk: d, Rev: rev}
}

// numbers is a table of what stands for each term, as they lie under the window.
func numbers(id, name string, terms []wire.Term, cols int, cell func(wire.Term) app.UI) app.UI {
	var rows []app.UI
	for ; len(terms) >= cols; terms = terms[cols:] {
		row := terms[:cols]
		rows = append(rows, app.Tr().Body(app.Range(row).Slice(func(i int) app.UI {
			return app.Td().Body(cell(row[i]))
		})))
	}
	return scrollable(name, cols, app.Table().ID(id).Class("cells number").Body(app.TBody().Body(rows...)))
}

// stepButton leads to the value that an input is in the layer before. What is a
// pixel of the image leads nowhere.
func stepButton(d *desk, t *wire.Trace, from int, text string) app.UI {
	name := inputName(d, t)
	if name == "" {
		return app.Span().Text(text)
	}
	w := &d.Words.Arithmetic
	return app.Button().Type("button").Class("cell").
		Aria("label", fmt.Sprintf(w.GoTo, text, w.placeIn(name, source(d, t, from)))).
		Text(text).
		OnClick(func(app.Context, app.Event) { d.stepInto(from) }, app.EventScope(strconv.Itoa(from)))
}

// weightButton chooses the weight of a term.
func weightButton(d *desk, t *wire.Trace, term wire.Term) app.UI {
	text := formatSigned(float64(term.W), shownDecimals)
	return app.Button().Type("button").Class("cell").
		Aria("label", fmt.Sprintf(d.Words.Arithmetic.SeeStep, text)).
		Aria("pressed", strconv.FormatBool(term.Number == t.Term)).
		Text(text).
		OnClick(func(app.Context, app.Event) { d.askTerm(term.Number) }, app.EventScope(strconv.Itoa(term.Number)))
}

// sumRow is a line of a sum.
func sumRow(id, word string, v float64) []app.UI {
	return []app.UI{app.Dt().Text(word), app.Dd().ID(id).Class("number").Text(formatSigned(v, shownDecimals))}
}

// outcome is the end of a weighted sum: the bias, the sum, and what is drawn.
func outcome(d *desk, t *wire.Trace, rows []app.UI) app.UI {
	w := &d.Words.Arithmetic
	rows = append(rows, sumRow("trace-bias", w.Bias, float64(t.Bias))...)
	rows = append(rows, sumRow("trace-sum", w.Sum, float64(t.Result))...)
	rows = append(rows, sumRow("trace-drawn", fmt.Sprintf(w.InMap, d.Words.Maps), float64(t.Drawn))...)
	if next := rectifier(d, t); next != "" {
		rows = append(rows, sumRow("trace-after", fmt.Sprintf(w.After, next), float64(t.After))...)
	}
	note := fmt.Sprintf(w.Rounded, shownDecimals)
	if t.Result != t.Drawn {
		note += " " + fmt.Sprintf(w.FastSum, formatDigits(float64(t.Drawn-t.Result), 2), formatDigits(float64(t.Bound), 2))
	}
	return app.Div().Body(
		app.Dl().Class("facts sum").Body(rows...),
		caption(note).ID("trace-note"),
	)
}

// rectifier is the ReLU behind the traced layer, if there is one.
func rectifier(d *desk, t *wire.Trace) string {
	_, i := d.State.Layer(t.Layer)
	if list := d.State.Model.Layers; i+1 < len(list) && activation(list[i+1]) == "relu" {
		return list[i+1].Name
	}
	return ""
}

// weighing is a dense layer's value: its largest contributions and all others.
type weighing struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *weighing) Render() app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	t := d.State.Explained()
	if t == nil || t.Op != wire.Weigh {
		return app.Div().Class("sums")
	}
	all := 0.0
	var most float64
	for _, term := range t.Terms {
		all += float64(term.Product)
		most = max(most, float64(term.Product), -float64(term.Product))
	}
	rows := sumRow("trace-listed-sum", d.Words.fill(w.ListedSum, len(t.Terms)), all)
	if t.Omitted > 0 {
		rows = append(rows, sumRow("trace-others", d.Words.fill(w.Others, d.Words.count(t.Omitted)), float64(t.Others))...)
	}
	return app.Div().Class("sums").Body(
		caption(d.Words.fill(w.WeighSays, d.Words.count(len(t.Terms)+t.Omitted), len(t.Terms))),
		app.Table().ID("trace-terms").Class("terms number").Body(
			app.THead().Body(app.Tr().Body(head(w.Unit), head(w.Value), head(w.Weight), head(w.Product), app.Td())),
			app.TBody().Body(app.Range(t.Terms).Slice(func(i int) app.UI {
				term := t.Terms[i]
				return app.Tr().Body(
					app.Th().Scope("row").Text(source(d, t, term.From).C),
					app.Td().Body(stepButton(d, t, term.From, formatFixed(float64(term.X), shownDecimals))),
					app.Td().Body(weightButton(d, t, term)),
					app.Td().Text(formatSigned(float64(term.Product), shownDecimals)),
					app.Td().Class("bar-cell").Body(signedBar(float64(term.Product), most)),
				)
			})),
		),
		outcome(d, t, rows),
	)
}

func head(word string) app.UI { return app.Th().Scope("col").Text(word) }

// pooling is the largest of the values under a window.
type pooling struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *pooling) Render() app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	t := d.State.Explained()
	if t == nil || t.Op != wire.PoolMax {
		return app.Div().Class("sums")
	}
	cols := 1 // in the first row of the window
	for cols < len(t.Terms) && source(d, t, t.Terms[cols].From).Y == source(d, t, t.Terms[0].From).Y {
		cols++
	}
	winner := t.Terms[t.Winner]
	return app.Div().Class("sums").Body(
		caption(d.Words.fill(w.PoolSays, len(t.Terms))),
		numbers("trace-pool", w.Patch, t.Terms, cols, func(term wire.Term) app.UI {
			class := "pooled"
			if term.Number == winner.Number {
				class = "pooled winner"
			}
			return app.Span().Class(class).Body(stepButton(d, t, term.From, formatFixed(float64(term.X), shownDecimals)))
		}),
		app.P().ID("trace-winner").Text(fmt.Sprintf(w.PoolWinner, formatFixed(float64(winner.X), shownDecimals), w.place(source(d, t, winner.From)))),
	)
}

// normalising is a softmax: exponentials, their sum, and the shares of it.
type normalising struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *normalising) Render() app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	t := d.State.Explained()
	if t == nil || t.Op != wire.Normalise {
		return app.Div().Class("sums")
	}
	return app.Div().Class("sums").Body(
		caption(fmt.Sprintf(w.SoftmaxSays, formatFixed(float64(t.Top), shownDecimals))),
		app.Table().ID("trace-terms").Class("terms number").Body(
			app.THead().Body(app.Tr().Body(head(w.Unit), head(w.Value), head("exp"), head(w.Probability))),
			app.TBody().Body(app.Range(t.Terms).Slice(func(i int) app.UI {
				term, class := t.Terms[i], ""
				if i == t.Winner {
					class = "winner"
				}
				return app.Tr().Class(class).Body(
					app.Th().Scope("row").Text(source(d, t, term.From).C),
					app.Td().Body(stepButton(d, t, term.From, formatFixed(float64(term.X), shownDecimals))),
					app.Td().Text(formatFixed(float64(term.Product), shownDecimals)),
					app.Td().Text(formatFixed(float64(term.Product)/float64(t.Sum), shownDecimals)),
				)
			})),
			app.TFoot().Body(app.Tr().Body(
				app.Th().Scope("row").ColSpan(2).Text(w.Sum),
				app.Td().ID("trace-sum").Text(formatFixed(float64(t.Sum), shownDecimals)),
				app.Td().Text(formatFixed(1, shownDecimals)),
			)),
		),
		app.P().ID("trace-share").Class("number").Text(fmt.Sprintf("%s / %s = %s",
			formatFixed(float64(t.Terms[t.Winner].Product), shownDecimals), formatFixed(float64(t.Sum), shownDecimals), formatFixed(float64(t.Result), shownDecimals))),
		caption(fmt.Sprintf(w.Rounded, shownDecimals)),
	)
}

// passing is a value that comes from a single one.
type passing struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *passing) Render() app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	t := d.State.Explained()
	if t == nil {
		return app.Div().Class("sums")
	}
	from := t.Terms[0].From
	x := stepButton(d, t, from, formatFixed(float64(t.Terms[0].X), shownDecimals))
	value := app.Strong().ID("trace-drawn").Text(formatFixed(float64(t.Drawn), shownDecimals))
	line := app.P().ID("trace-line").Class("number")
	says := w.DropSays
	switch t.Op {
	case wire.Rectify:
		says = w.ReLUSays
		line = line.Body(app.Text("max("), x, app.Text(", 0) = "), value)
	case wire.Reshape:
		says = fmt.Sprintf(w.FlattenSays, w.place(source(d, t, from)), t.Value)
		line = line.Body(x, app.Text(" = "), value)
	default:
		line = line.Body(x, app.Text(" = "), value)
	}
	return app.Div().Class("sums").Body(caption(says), line)
}
