package app

import (
	"fmt"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// The galleries of an evaluation.
const (
	cellGallery = "cell" // the images of the open cell
	topGallery  = "top"  // all of the test set
)

// pageImages is how many images are shown at once.
const pageImages = 60

// lossGallery shows images of the test set, those with the highest loss first, a
// page at a time.
type lossGallery struct {
	app.Compo
	Desk *desk
	ID   string
	Rev  int

	of     *report
	cell   *confusion
	images []int
	page   int
	at     int // the image pointed at, or -1
}

func (v *lossGallery) OnInit() { v.at = -1 }

// keepUp takes over a new evaluation, or another cell.
func (v *lossGallery) keepUp() {
	d := v.Desk
	r := d.report()
	cell := d.Cell
	if v.ID == topGallery {
		cell = nil
	}
	if r == v.of && cell == v.cell {
		return
	}
	v.of, v.cell, v.page, v.at, v.images = r, cell, 0, -1, nil
	switch {
	case r == nil:
	case v.ID == topGallery:
		v.images = r.worst
	case cell != nil && cell.Label < r.Classes && cell.Answer < r.Classes:
		v.images = r.images(*cell)
	}
}

// shown are the images of the page.
func (v *lossGallery) shown() []int {
	first := v.page * pageImages
	return v.images[first:min(first+pageImages, len(v.images))]
}

func (v *lossGallery) Render() app.UI {
	v.keepUp()
	d := v.Desk
	w := &d.Words.Evaluation
	root := app.Div().ID(v.ID + "-images").Class("loss-gallery")
	if v.of == nil || v.ID == cellGallery && v.cell == nil {
		return root
	}
	title := w.TopLosses
	if v.cell != nil {
		title = w.cell(d.Words, d.class, *v.cell, len(v.images))
	}
	if len(v.images) == 0 {
		return root.Body(app.H3().Text(title))
	}
	first := v.page * pageImages
	shown := v.shown()
	return root.Body(
		app.H3().Text(title),
		app.Div().Class("loss-grid").Body(
			app.Figure().Body(
				&gallery{Desk: d, ID: v.ID + "-gallery", Name: title, Choose: fmt.Sprintf(w.GalleryChoose, title), Readout: v.ID + "-readout",
					Split: wire.TestSplit, Images: shown, At: v.at, wrong: v.wrong, point: v.point, open: v.open},
				app.FigCaption().Class("caption").Text(fmt.Sprintf(w.GalleryAbout, d.Words.count(first+1), d.Words.count(first+len(shown)), d.Words.count(len(v.images)))),
			),
			app.Div().Class("loss-side").Body(
				app.Div().Class("frame testmap-image").Body(&canvas{ID: v.ID + "-image", Max: 112, paint: v.paint}),
				app.P().ID(v.ID+"-readout").Class("caption").Aria("live", "polite").Text(v.readout()),
				v.ways(),
			),
		),
		v.pager(),
	)
}

// pager leads through the pages, if there are several.
func (v *lossGallery) pager() app.UI {
	w := v.Desk.Words
	if len(v.images) <= pageImages {
		return app.Div()
	}
	turn := func(id, word string, by int) app.UI {
		next := v.page + by
		return app.Button().ID(v.ID+"-"+id).Type("button").Class("button").Text(word).Aria("label", fmt.Sprintf(w.Evaluation.Turn, word)).
			Disabled(next < 0 || next*pageImages >= len(v.images)).
			OnClick(func(ctx app.Context, _ app.Event) { v.turn(ctx, by) }, app.EventScope(id))
	}
	return app.Div().Class("row loss-pager").Body(turn("previous", w.Previous, -1), turn("next", w.Next, 1))
}

func (v *lossGallery) turn(ctx app.Context, by int) {
	if next := v.page + by; next >= 0 && next*pageImages < len(v.images) {
		v.page, v.at = next, -1
		ctx.Defer(func(ctx app.Context) { repaint(ctx, "") })
	}
}

// ways lead from an image to the other views, where there are any.
func (v *lossGallery) ways() app.UI {
	d := v.Desk
	if d.Query.Embed != "" && d.Query.Embed != wholePanel {
		return app.Div()
	}
	w := &d.Words.Evaluation
	return app.Div().Class("loss-ways").Body(
		app.Button().ID(v.ID+"-look").Type("button").Class("button").Text(d.Words.TestMap.LookAt).Disabled(v.at < 0).OnClick(v.onLook),
		app.Button().ID(v.ID+"-why").Type("button").Class("button").Text(w.Why).Disabled(v.at < 0).OnClick(v.onWhy),
	)
}

func (v *lossGallery) readout() string {
	d := v.Desk
	w := &d.Words.Evaluation
	if v.of == nil || v.at < 0 {
		return w.PointToImage
	}
	r, i := v.of, v.at
	text := fmt.Sprintf(w.Image, d.Words.count(i), d.class(int(r.Labels[i])), d.class(int(r.Answers[i])),
		percent(r.Confidences[i]), formatFixed(float64(r.Losses[i]), 4))
	if d.Split == wire.TestSplit && d.Index == i {
		return sentences(text, w.Chosen)
	}
	return text
}

func (v *lossGallery) wrong(i int) bool { return v.of != nil && v.of.wrong(i) }

func (v *lossGallery) point(ctx app.Context, i int) {
	if i == v.at {
		ctx.PreventUpdate()
		return
	}
	v.at = i
	v.Desk.fetchImages(wire.TestSplit, []int{i})
	repaint(ctx, v.ID+"-image")
	repaint(ctx, v.ID+"-gallery")
}

// open makes an image the one that the whole page looks at.
func (v *lossGallery) open(ctx app.Context, i int) {
	v.point(ctx, i)
	v.Desk.choose(wire.TestSplit, i)
}

func (v *lossGallery) onLook(ctx app.Context, _ app.Event) {
	if v.at >= 0 {
		v.open(ctx, v.at)
	}
}

// onWhy goes on to what speaks for the answer.
func (v *lossGallery) onWhy(app.Context, app.Event) {
	if v.at < 0 {
		return
	}
	v.Desk.choose(wire.TestSplit, v.at)
	v.Desk.chooseLens(lensWhy)
	if tab := app.Window().GetElementByID("lens-" + lensWhy); tab.Truthy() {
		tab.Call("focus")
	}
}

func (v *lossGallery) paint(r *raster) { v.Desk.paintPointed(r, wire.TestSplit, v.at) }
