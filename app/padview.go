package app

import (
	"fmt"
	"strconv"

	"convlens/nn/ink"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// padViews are the pad, the network's answer beside it, and the drawings kept.
func padViews(d *desk) []app.UI {
	return []app.UI{
		app.Div().Class("pad-top").Body(
			&padView{Desk: d, Rev: d.rev(topicPad)},
			&padAnswer{Desk: d, Rev: d.rev(topicPad, topicAnswer, topicModel, topicData, topicRun)},
		),
		&padKept{Desk: d, Rev: d.rev(topicPad, topicAnswer, topicData)},
	}
}

// padView is where one draws.
type padView struct {
	app.Compo
	Desk *desk
	Rev  int

	pointer int // of the stroke under way
	picture padPicture
}

const (
	padCanvas = "pad-canvas"
	padFrame  = "pad-frame"
)

func (v *padView) Render() app.UI {
	d := v.Desk
	w := &d.Words.Pad
	return app.Div().Class("pad").Body(
		caption(w.Help).ID("pad-help"),
		app.Div().ID(padFrame).Class("frame frame-pad").TabIndex(0).Role("application").
			Aria("label", w.Title).Aria("describedby", "pad-keys").
			On("pointerdown", v.onDown).On("pointermove", v.onMove).
			On("pointerup", v.onUp).On("pointercancel", v.onUp).
			OnKeyDown(v.onKey).OnBlur(v.onBlur).
			Body(&canvas{ID: padCanvas, Name: w.Drawing, Max: padSide, paint: v.paint}),
		app.P().ID("pad-readout").Class("caption number").Aria("live", "polite").Text(v.readout()),
		app.Div().Class("row").Body(
			button("pad-undo", w.Undo, d.Pad.blank(), v.onUndo),
			button("pad-clear", w.Clear, d.Pad.blank(), v.onClear),
			app.Div().Class("choices").Role("group").Aria("label", w.Brush).Body(
				v.brush("pad-thin", w.Thin, brushes[0]),
				v.brush("pad-medium", w.Medium, brushes[1]),
				v.brush("pad-thick", w.Thick, brushes[2]),
			),
		),
		caption(w.Keys).ID("pad-keys"),
	)
}

func (v *padView) brush(id, word string, width float64) app.UI {
	return choice(id, word, v.Desk.Pad.Width == width, false, func(ctx app.Context, _ app.Event) {
		v.Desk.chooseBrush(width)
		repaintPad(ctx)
	})
}

// readout says what is on the pad, and where the pen is that keys move.
func (v *padView) readout() string {
	p, w := &v.Desk.Pad, &v.Desk.Words.Pad
	text := w.Blank
	if !p.blank() {
		text = v.Desk.Words.fill(w.Strokes, len(p.Strokes))
	}
	if !p.Keyed {
		return text
	}
	format := w.PenUp
	if p.Down {
		format = w.PenDown
	}
	return fmt.Sprintf(format, formatG(p.Pen.Y), formatG(p.Pen.X)) + " " + text
}

func (v *padView) paint(r *raster) {
	ratio := app.Window().Get("devicePixelRatio")
	side := padPixels(1)
	if ratio.Truthy() {
		side = padPixels(ratio.Float())
	}
	v.picture.paint(r, &v.Desk.Pad, side, v.Desk.palette())
}

// repaintPad shows what has changed on the pad, and what becomes of it.
func repaintPad(ctx app.Context) {
	repaint(ctx, padCanvas)
	repaint(ctx, padInput)
}

// onDown begins a stroke with the first finger, the pen, or the mouse's main
// button. The pad keeps the pointer until it is lifted, wherever it goes.
func (v *padView) onDown(ctx app.Context, e app.Event) {
	if v.pointer != 0 || !e.Get("isPrimary").Bool() || e.Get("button").Int() != 0 {
		ctx.PreventUpdate()
		return
	}
	e.PreventDefault() // of choosing text, and of the focus, which comes with onUp
	v.pointer = e.Get("pointerId").Int()
	capture(v.pointer)
	v.Desk.Pad.Keyed = false
	v.Desk.penUp() // if keys have put it down
	v.Desk.penDown(pointsOf(e)[0])
	repaintPad(ctx)
}

// capture has a pointer's events come to the pad. A pointer that is gone by now
// can't be had, which the browser says with an exception.
func capture(pointer int) {
	defer func() { _ = recover() }()
	app.Window().GetElementByID(padFrame).Call("setPointerCapture", pointer)
}

func (v *padView) onMove(ctx app.Context, e app.Event) {
	ctx.PreventUpdate() // which would be 60 times a second
	if !v.follows(e) {
		return
	}
	v.Desk.penMove(pointsOf(e)...)
	repaintPad(ctx)
}

func (v *padView) onUp(ctx app.Context, e app.Event) {
	if !v.follows(e) {
		ctx.PreventUpdate()
		return
	}
	v.pointer = 0
	v.Desk.penUp()
	repaintPad(ctx)
	app.Window().GetElementByID(padFrame).Call("focus", map[string]any{"preventScroll": true})
}

func (v *padView) follows(e app.Event) bool {
	return v.pointer != 0 && e.Get("pointerId").Int() == v.pointer
}

// pointsOf are the places of a pointer event, with those since the event before
// that the browser has put together with it.
func pointsOf(e app.Event) []ink.Point {
	box := app.Window().GetElementByID(padCanvas).Call("getBoundingClientRect")
	left, top, side := box.Get("left").Float(), box.Get("top").Float(), box.Get("width").Float()
	at := func(e app.Value) ink.Point {
		return onPad((e.Get("clientX").Float()-left)/side*ink.Field, (e.Get("clientY").Float()-top)/side*ink.Field)
	}
	var points []ink.Point
	if e.Get("getCoalescedEvents").Truthy() {
		all := e.Call("getCoalescedEvents")
		for i := range all.Length() {
			points = append(points, at(all.Index(i)))
		}
	}
	if len(points) == 0 {
		points = append(points, at(e.Value))
	}
	return points
}

// onPad is a place, or the nearest one on the pad.
func onPad(x, y float64) ink.Point {
	return ink.Point{X: min(max(x, 0), ink.Field), Y: min(max(y, 0), ink.Field)}
}

func (v *padView) onUndo(ctx app.Context, _ app.Event) {
	v.Desk.undoStroke()
	v.afterButton(ctx)
}

func (v *padView) onClear(ctx app.Context, _ app.Event) {
	v.Desk.clearPad()
	v.afterButton(ctx)
}

// afterButton gives the focus back to the pad when the button is about to be
// disabled.
func (v *padView) afterButton(ctx app.Context) {
	repaintPad(ctx)
	if v.Desk.Pad.blank() {
		app.Window().GetElementByID(padFrame).Call("focus", map[string]any{"preventScroll": true})
	}
}

func (v *padView) onBlur(ctx app.Context, _ app.Event) {
	p := &v.Desk.Pad
	if !p.Keyed {
		ctx.PreventUpdate()
		return
	}
	p.Keyed = false
	v.Desk.penUp()
	v.Desk.touch(topicPad)
	repaintPad(ctx)
}

func (v *padView) onKey(ctx app.Context, e app.Event) {
	key := e.Get("key").String()
	if e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() {
		if key == "z" {
			e.PreventDefault()
			v.onUndo(ctx, e)
		}
		return
	}
	if v.pointer == 0 && v.Desk.padKey(key, e.Get("shiftKey").Bool()) {
		e.PreventDefault()
		repaintPad(ctx)
	}
}

// padKey moves the pen, or puts it down or up; it reports whether the key means
// something here.
func (d *desk) padKey(key string, fine bool) bool {
	p := &d.Pad
	step := 1.0
	if fine {
		step = 0.25
	}
	to := p.Pen
	switch key {
	case "ArrowLeft":
		to.X -= step
	case "ArrowRight":
		to.X += step
	case "ArrowUp":
		to.Y -= step
	case "ArrowDown":
		to.Y += step
	case " ":
		if p.Down {
			d.penUp()
		} else {
			d.penDown(p.Pen)
		}
	case "Escape":
		d.penUp()
	default:
		return false
	}
	p.Keyed, p.Pen = true, onPad(to.X, to.Y)
	d.penMove(p.Pen)
	d.touch(topicPad)
	return true
}

// percent writes a probability.
func percent(p float32) string { return strconv.FormatFloat(100*float64(p), 'f', 1, 64) + "%" }
