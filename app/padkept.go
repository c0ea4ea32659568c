package app

import (
	"fmt"

	"convlens/nn/mnist"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// padKept lists the drawings kept, how the network reads them now, and saves them
// as files that the page, like any program for MNIST, can load.
type padKept struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *padKept) Render() app.UI {
	d := v.Desk
	w := &d.Words.Pad
	body := []app.UI{
		app.H3().Text(w.Kept),
		caption(v.about()).ID("kept-about"),
	}
	if len(d.Pad.Kept) > 0 {
		body = append(body,
			app.Ol().ID("kept").Class("kept").Body(app.Range(d.Pad.Kept).Slice(v.one)),
			app.Div().Class("row kept-save").Body(
				button("kept-images", w.SaveImages, false, v.onImages),
				button("kept-labels", w.SaveLabels, false, v.onLabels),
				caption(w.SaveAbout),
			))
	}
	return app.Div().ID("pad-kept").Class("pad-kept").TabIndex(-1).Body(body...)
}

// about says how many there are and how many of them the network reads.
func (v *padKept) about() string {
	d := v.Desk
	w, n := &d.Words.Pad, len(d.Pad.Kept)
	if n == 0 {
		return w.KeptAbout
	}
	if read, ok := d.keptRead(); ok {
		return d.Words.fill(w.Read, n, read, d.Words.moment(d.State.Predictions.KeptStep))
	}
	return d.Words.fill(w.ReadCaption, n)
}

func (v *padKept) one(i int) app.UI {
	d := v.Desk
	w, k, y := &d.Words.Pad, &d.Pad.Kept[i], d.keptAnswer(i)
	class, known := d.class(k.Label), k.Label < d.classes()
	if !known { // it was drawn for other data
		class = fmt.Sprintf(w.NotAClass, class)
	}
	answer, kind := w.Unread, ""
	if y != nil {
		if answer = d.prediction(y); known && (!areNumbers(y) || best(y) != k.Label) {
			kind = "wrong"
		}
	}
	return app.Li().Class(kind).Body(
		app.Div().Class("frame frame-kept").Body(
			&canvas{ID: fmt.Sprintf("kept-%d", i), Name: fmt.Sprintf(w.KeptName, i+1, class, answer), Max: 56, High: 56, paint: func(r *raster) { v.paint(r, i) }}),
		app.P().Class("caption number").Text(class+" → "+answer),
		app.Div().Class("kept-buttons").Body(
			v.look(i),
			app.Button().ID(fmt.Sprintf("kept-remove-%d", i)).Type("button").Class("button").Text(w.Remove).
				Aria("label", fmt.Sprintf(w.RemoveOne, i+1)).
				OnClick(func(ctx app.Context, _ app.Event) { v.remove(ctx, i) }, app.EventScope(i)),
		),
	)
}

func (v *padKept) look(i int) app.UI {
	d := v.Desk
	if d.Query.Embed != "" && d.Query.Embed != wholePanel {
		return app.Text("")
	}
	return app.Button().ID(fmt.Sprintf("kept-look-%d", i)).Type("button").Class("button").Text(d.Words.Pad.Look).
		Aria("label", fmt.Sprintf(d.Words.Pad.LookAt, i+1)).Disabled(d.State.Data == nil).
		OnClick(func(app.Context, app.Event) {
			d.lookAtDrawing(i + 1)
			showInside()
		}, app.EventScope(i))
}

// remove takes a drawing out, and the focus to the list if its button goes too.
func (v *padKept) remove(ctx app.Context, i int) {
	v.Desk.drop(i)
	if i == len(v.Desk.Pad.Kept) {
		app.Window().GetElementByID("pad-kept").Call("focus", map[string]any{"preventScroll": true})
	}
	repaint(ctx, "")
}

func (v *padKept) paint(r *raster, i int) {
	if kept := v.Desk.Pad.Kept; i < len(kept) {
		paintImage(r, v.Desk.Pad.bitmap(kept[i].Pixels), -1, v.Desk.palette())
	}
}

func (v *padKept) onImages(app.Context, app.Event) {
	download("convlens-drawings-images-idx3-ubyte", "application/octet-stream", mnist.EncodeImages(v.Desk.Pad.set()))
}

func (v *padKept) onLabels(app.Context, app.Event) {
	download("convlens-drawings-labels-idx1-ubyte", "application/octet-stream", mnist.EncodeLabels(v.Desk.Pad.set().Labels))
}
