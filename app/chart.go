package app

import (
	"fmt"

	"math"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// chart draws one curve of the run against its steps: faint dots for the
// batches, a line for their moving average, rings for validations. A cursor,
// moved by pointer or arrow keys, reads it off.
type chart struct {
	app.Compo
	Desk *desk
	Kind chartKind
	Rev  int

	// Of a Marked chart, which stands in another place, step Mark is read off.
	Marked bool
	Mark   int

	width    int // CSS pixels of the picture; 0 until measured
	cursor   int // the step read off, or 0
	smoothed []float32
}

type chartKind string

const (
	chartLoss chartKind = "loss"
	chartAcc  chartKind = "acc"
)

// Until the page has measured itself the picture has a width that suits a
// column of text.
const (
	chartWidth  = 540
	chartHeight = 176
)

func (v *chart) OnMount(ctx app.Context)  { v.measure(ctx) }
func (v *chart) OnResize(ctx app.Context) { v.measure(ctx) }

func (v *chart) measure(ctx app.Context) {
	if w := ctx.JSSrc().Get("clientWidth").Int(); w > 0 {
		v.width = w
	}
}

// values are the curve's own part of the history.
func (v *chart) values() []float32 {
	if v.Kind == chartLoss {
		return v.Desk.State.Curves.Loss
	}
	return v.Desk.State.Curves.Acc
}

func (v *chart) validation(p wire.Validation) float64 {
	if v.Kind == chartLoss {
		return p.Loss
	}
	return p.Acc
}

// plot lays the picture out. The horizontal axis holds the whole run from its
// beginning, so that the curve grows without being squeezed.
func (v *chart) plot() plot {
	width := v.width
	if width == 0 {
		width = chartWidth
	}
	return plot{
		W: width, H: chartHeight, Left: 36, Right: 64, Top: 12, Bottom: 24,
		XMax: float64(v.Desk.runSteps()), YMax: v.top(),
	}
}

// top is the upper end of the vertical axis: 1 for accuracies, and for losses
// the next half above the average and the validations, at least that of
// guessing.
func (v *chart) top() float64 {
	if v.Kind == chartAcc {
		return 1
	}
	top := math.Log(float64(v.Desk.classes()))
	for _, y := range v.smoothed {
		if y := float64(y); y > top && !math.IsInf(y, 0) {
			top = y
		}
	}
	for _, p := range v.Desk.State.Curves.Vals {
		top = max(top, p.Loss)
	}
	return math.Ceil(top*2) / 2
}

// classes is how many answers the network chooses from.
func (d *desk) classes() int {
	if d.State.Data != nil && len(d.State.Data.Classes) > 1 {
		return len(d.State.Data.Classes)
	}
	return 10
}

// runSteps is the number of training steps to the end of the run, or of the
// run to come.
func (d *desk) runSteps() int {
	run := d.State.Run
	epochs, samples := run.Epochs, run.Samples
	if epochs == 0 || samples == 0 {
		epochs, samples = d.Query.Settings.Epochs, d.epochSamples()
	}
	return max(epochs*d.epochSteps(samples), run.Step, 1)
}

// epochSteps is the number of steps that so many samples of an epoch make.
func (d *desk) epochSteps(samples int) int {
	batch := d.Query.Settings.Batch
	if d.State.Run.Step > 0 {
		batch = d.applied.Batch // a new one waits for Reset
	}
	batch = max(batch, 1)
	return (samples + batch - 1) / batch
}

// smoothe brings the moving average up to date.
func (v *chart) smoothe() {
	values := v.values()
	if cap(v.smoothed) < len(values) {
		v.smoothed = make([]float32, len(values), 2*len(values))
	}
	v.smoothed = smooth(v.smoothed[:len(values)], values)
}

func (v *chart) Render() app.UI {
	v.smoothe()
	p := v.plot()
	id := pastID(v.Marked) + "chart-" + string(v.Kind)
	w := v.Desk.Words
	title, caption := w.AccuracyTitle, w.AccuracyCaption
	if v.Kind == chartLoss {
		title, caption = w.LossTitle, w.LossCaption
	}
	steps := len(v.smoothed)
	return app.Figure().ID(id).Class("chart").Body(
		app.Div().Class("chart-head").Body(
			app.Strong().Text(title),
			app.Span().ID(id+"-readout").Class("number").Text(v.readout()),
		),
		app.Div().Class("chart-frame").TabIndex(0).Role("slider").
			Aria("label", fmt.Sprintf(v.Desk.Words.CurveName, title)).
			Aria("valuemin", 0).Aria("valuemax", steps).Aria("valuenow", min(v.cursor, steps)).
			Aria("valuetext", v.spoken()).
			OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).OnKeyDown(v.onKey).OnFocus(v.onFocus).OnBlur(v.onLeave).
			Body(v.picture(p)),
		app.FigCaption().Class("caption").Text(caption),
	)
}

// readStep is the step that readout describes, or 0.
func (v *chart) readStep() int {
	if v.cursor == 0 && v.Marked {
		return min(v.Mark, len(v.smoothed))
	}
	if n := len(v.smoothed); v.cursor == 0 || v.cursor > n {
		return n
	}
	return v.cursor
}

// readout gives the numbers at the cursor, or else the latest.
func (v *chart) readout() string {
	step := v.readStep()
	if step == 0 {
		return ""
	}
	text := v.Desk.Words.curveReadout(step, float64(v.values()[step-1]), float64(v.smoothed[step-1]))
	for _, val := range v.Desk.State.Curves.Vals {
		if val.Step == step {
			text += ", " + fmt.Sprintf(v.Desk.Words.ValidationReadout, formatFixed(v.validation(val), 4))
		}
	}
	return text
}

// spoken is the readout of the step that was chosen. The latest one changes all
// the time, and a slider is spoken whenever it changes.
func (v *chart) spoken() string {
	if v.cursor == 0 {
		return v.Desk.Words.NoStep
	}
	return v.readout()
}

// onFocus shows where the arrow keys will move from.
func (v *chart) onFocus(app.Context, app.Event) { v.cursor = len(v.smoothed) }

func (v *chart) onPoint(_ app.Context, e app.Event) {
	box := e.Get("currentTarget").Call("getBoundingClientRect")
	v.cursor = v.plot().step(e.Get("clientX").Float()-box.Get("left").Float(), len(v.smoothed))
}

func (v *chart) onLeave(app.Context, app.Event) { v.cursor = 0 }

func (v *chart) onKey(_ app.Context, e app.Event) {
	n := len(v.smoothed)
	if at, ok := chartKey(e, float64(v.readStep()), 1, float64(max(n/50, 1)), float64(n)); ok {
		v.cursor = int(at)
	}
}

// chartKey is where a key takes the place of a chart that is read off, from 1 to
// most, or 0 for no place; ok is false for other keys.
func chartKey(e app.Event, at, little, much, most float64) (to float64, ok bool) {
	switch e.Get("key").String() {
	case "ArrowLeft", "ArrowDown":
		at -= little
	case "ArrowRight", "ArrowUp":
		at += little
	case "PageDown":
		at -= much
	case "PageUp":
		at += much
	case "Home":
		at = 1
	case "End":
		at = most
	case "Escape":
		return 0, true
	default:
		return at, false
	}
	e.PreventDefault()
	return max(min(at, most), 1), true
}
