package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// padAnswer is what becomes of the drawing: the image that the network is given,
// and what it says.
type padAnswer struct {
	app.Compo
	Desk *desk
	Rev  int

	numbers bool // the image is written out too
}

const padInput = "pad-input"

func (v *padAnswer) Render() app.UI {
	d := v.Desk
	w := &d.Words.Pad
	y := d.answer()
	says := d.prediction(y)
	shape := d.Pad.shape
	return app.Div().Class("pad-answer").Body(
		app.Div().Class("pad-read").Body(
			app.Figure().Body(
				app.Div().Class("frame frame-pad-input").Body(&canvas{ID: padInput, Name: w.Input, Max: 112, High: 112, paint: v.paint}),
			),
			app.Div().Body(
				app.P().ID("pad-answer").Class("pad-prediction number").Role("status").Aria("label", w.Prediction).
					Aria("live", v.live()).DataSet("drawing", v.number()).Title(says).Text(says),
				caption(v.note(y)).ID("pad-note"),
				v.look(),
			),
		),
		app.Ol().ID("pad-probs").Class("classes").Aria("label", w.Probabilities).Body(v.rows(y)...),
		v.keep(),
		caption(v.caption(shape)),
		app.Details().ID("pad-numbers").Class("pad-numbers").OnToggle(v.onToggle).Body(
			app.Summary().Text(w.Numbers),
			app.If(v.numbers, func() app.UI {
				return app.Pre().Class("pixels-block").TabIndex(0).Role("group").Aria("label", w.NumbersName).Text(v.text())
			}),
		),
	)
}

// caption says what the network is given.
func (v *padAnswer) caption(shape []int) string {
	text := fmt.Sprintf(v.Desk.Words.Pad.InputCaption, shape[1], shape[2])
	if shape[0] > 1 {
		text = sentences(text, v.Desk.Words.Own.DrawnGrey)
	}
	return text
}

// live keeps quiet while the answer changes all the time.
func (v *padAnswer) live() string {
	if v.Desk.Pad.Down || v.Desk.State.Busy() {
		return "off"
	}
	return "polite"
}

// number tells which Drawings the answer is for.
func (v *padAnswer) number() string {
	if m := v.Desk.State.Predictions; m != nil {
		return strconv.Itoa(m.Number)
	}
	return "0"
}

// prediction writes an answer in short.
func (d *desk) prediction(y []float32) string {
	if y == nil || !areNumbers(y) {
		return textNoValue
	}
	b := best(y)
	return fmt.Sprintf("%s (%s)", d.class(b), percent(y[b]))
}

// note says whose answer it is, or how to come by one.
func (v *padAnswer) note(y []float32) string {
	d := v.Desk
	switch {
	case d.State.Run.Step == 0:
		return d.Words.Pad.Untrained
	case y == nil:
		return d.Words.Pad.Waiting
	case !areNumbers(y):
		return d.Words.noNumbers()
	}
	return fmt.Sprintf(d.Words.Pad.ReadBy, d.Words.count(d.State.Predictions.Step))
}

// look leads to section 3, where there is one.
func (v *padAnswer) look() app.UI {
	d := v.Desk
	if d.Query.Embed != "" && d.Query.Embed != wholePanel {
		return app.Text("")
	}
	return button("pad-look", d.Words.Pad.LookInside, d.State.Data == nil || d.Pad.blank(), func(app.Context, app.Event) {
		d.lookAtDrawing(0)
		showInside()
	})
}

// showInside scrolls to section 3.
func showInside() { app.Window().GetElementByID("inside").Call("scrollIntoView") }

// mostRows is how many probabilities are listed: all classes of digits. Of more
// classes it is the most probable ones.
const mostRows = 16

func (v *padAnswer) rows(y []float32) []app.UI {
	d := v.Desk
	classes := make([]int, d.classes())
	for i := range classes {
		classes[i] = i
	}
	if len(y) == len(classes) && len(y) > mostRows {
		slices.SortStableFunc(classes, func(a, b int) int {
			switch {
			case y[a] > y[b]:
				return -1
			case y[a] < y[b]:
				return 1
			}
			return 0
		})
	}
	var rows []app.UI
	for _, i := range classes[:min(len(classes), mostRows)] {
		if i < len(y) {
			rows = append(rows, probRow(d.class(i), y[i], areNumbers(y) && i == best(y)))
		} else {
			rows = append(rows, app.Li().Body(app.Span().Class("class-name number").Text(d.class(i))))
		}
	}
	return rows
}

// keep lets the visitor say what the drawing is, and keep it.
func (v *padAnswer) keep() app.UI {
	d := v.Desk
	w := &d.Words.Pad
	options := []app.UI{app.Option().Value("none").Selected(d.Pad.Label == wire.NoLabel).Text(w.NotSaid)}
	for i := range d.classes() {
		options = append(options, app.Option().Value(strconv.Itoa(i)).Selected(d.Pad.Label == i).Text(d.class(i)))
	}
	return app.Div().Class("pad-keep").Body(
		app.Label().Class("field").For("pad-label").Body(
			app.Span().Text(w.ShouldBe),
			app.Select().ID("pad-label").OnChange(v.onLabel).Body(options...),
		),
		button("pad-keep", w.Keep, d.Pad.blank() || d.Pad.full() || !d.named(), v.onKeep),
		app.If(d.Pad.full(), func() app.UI {
			return caption(fmt.Sprintf(w.Full, wire.MostDrawings-1))
		}),
	)
}

func (v *padAnswer) onLabel(ctx app.Context, _ app.Event) {
	label, err := strconv.Atoi(ctx.JSSrc().Get("value").String())
	if err != nil {
		label = wire.NoLabel
	}
	v.Desk.sayLabel(label)
}

// onKeep keeps the drawing. A select that was used shows what was chosen there,
// whatever its options say.
func (v *padAnswer) onKeep(ctx app.Context, _ app.Event) {
	v.Desk.keep()
	app.Window().GetElementByID("pad-label").Set("value", "none")
	app.Window().GetElementByID(padFrame).Call("focus", map[string]any{"preventScroll": true})
	repaintPad(ctx)
}

func (v *padAnswer) onToggle(ctx app.Context, _ app.Event) {
	v.numbers = ctx.JSSrc().Get("open").Bool()
}

// text is the image in numbers.
func (v *padAnswer) text() string {
	var b strings.Builder
	for _, run := range pixelRuns(v.Desk.Pad.Pixels, v.Desk.Pad.shape[2], false) {
		b.WriteString(run.text)
	}
	return b.String()
}

func (v *padAnswer) paint(r *raster) {
	paintImage(r, v.Desk.Pad.bitmap(v.Desk.Pad.Pixels), -1, v.Desk.palette())
}
