package app

import (
	"fmt"

	"math/rand/v2"
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// sampleView shows the chosen image, large, and lets the visitor choose.
type sampleView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *sampleView) Render() app.UI {
	d := v.Desk
	return app.Div().Class("sample").Body(
		app.Div().Class("frame frame-sample").TabIndex(0).Role("group").Aria("label", d.Words.ChoosePixel).
			Aria("describedby", "sample-readout").
			OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).OnKeyDown(v.onKey).OnBlur(v.onLeave).
			Body(&canvas{ID: "sample", Name: d.Words.Sample, Max: 280, High: 280, paint: v.paint}),
		caption(v.readout()).ID("sample-readout").Aria("live", "polite"),
		app.Div().Class("row").Body(
			v.button("sample-previous", d.Words.Previous, func() int { return d.Index - 1 }),
			v.button("sample-next", d.Words.Next, func() int { return d.Index + 1 }),
			v.button("sample-random", d.Words.Random, func() int { return rand.IntN(max(d.samples(d.Split), 1)) }),
		),
		app.Div().Class("row").Body(
			app.Label().For("sample-index").Class("field").Body(
				app.Span().Text(d.Words.ImageNumber),
				app.Input().ID("sample-index").Type("number").Min(0).Max(max(d.samples(d.Split)-1, 0)).Step(1).
					Value(strconv.Itoa(d.Index)).Disabled(d.State.Data == nil).OnChange(v.onIndex),
				app.Span().Class("field-of").Text(d.Words.of(d.samples(d.Split))),
			),
			app.Div().Class("choices").Role("group").Aria("label", d.Words.SplitGroup).Body(
				v.split(d.Words.TrainSplit, wire.TrainSplit),
				v.split(d.Words.TestSplit, wire.TestSplit),
				v.split(d.Words.Pad.Split, wire.DrawnSplit),
			),
		),
	)
}

func (v *sampleView) button(id, word string, index func() int) app.UI {
	d := v.Desk
	return button(id, word, d.State.Data == nil, func(app.Context, app.Event) { d.choose(d.Split, index()) })
}

func (v *sampleView) split(word string, s wire.Split) app.UI {
	d := v.Desk
	return choice("split-"+word, word, d.Split == s, d.samples(s) == 0,
		func(app.Context, app.Event) { d.choose(s, min(d.Index, d.samples(s)-1)) })
}

// onIndex takes the number typed. Other text puts the old number back.
func (v *sampleView) onIndex(ctx app.Context, _ app.Event) {
	d := v.Desk
	field := ctx.JSSrc()
	if n, err := strconv.Atoi(field.Get("value").String()); err == nil && n >= 0 && n < d.samples(d.Split) {
		d.choose(d.Split, n)
		return
	}
	field.Set("value", strconv.Itoa(d.Index))
}

// bitmap is the sample, if there is one.
func (v *sampleView) bitmap() (b bitmap, ok bool) {
	s := v.Desk.State.Sample
	if s == nil {
		return bitmap{}, false
	}
	return newBitmap(s.Shape, s.Pixels)
}

func (v *sampleView) grid() (g grid, ok bool) {
	b, ok := v.bitmap()
	return grid{N: b.area(), Cols: b.W, CellW: 1, CellH: 1}, ok
}

func (v *sampleView) paint(r *raster) {
	if b, ok := v.bitmap(); ok {
		paintImage(r, b, v.Desk.Pixel, v.Desk.palette())
	}
}

func (v *sampleView) readout() string {
	d := v.Desk
	b, ok := v.bitmap()
	if !ok {
		return d.Words.NoSample
	}
	if i := d.Pixel; i >= 0 && i < b.area() {
		return d.Words.pixel(i/b.W, i%b.W, b.values(i))
	}
	about := d.Words.SampleCaption
	switch {
	case b.C > 1:
		about = d.Words.Own.ColourCaption
	case d.usesOwn(): // which need not be drawings
		about = d.Words.Own.GreyCaption
	}
	return fmt.Sprintf(about, b.H, b.W)
}

func (v *sampleView) onPoint(ctx app.Context, e app.Event) {
	g, ok := v.grid()
	if !ok {
		return
	}
	w, h := g.size()
	x, y := pixelAt("sample", e, w, h)
	if i, _, _, ok := g.at(x, y); ok {
		v.choose(ctx, i)
	} else {
		v.choose(ctx, -1)
	}
}

func (v *sampleView) onLeave(ctx app.Context, _ app.Event) { v.choose(ctx, -1) }

func (v *sampleView) onKey(ctx app.Context, e app.Event) {
	g, ok := v.grid()
	if !ok {
		return
	}
	if e.Get("key").String() == "Escape" {
		v.choose(ctx, -1)
		return
	}
	if next, ok := g.step(max(v.Desk.Pixel, 0), e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, next)
	}
}

func (v *sampleView) choose(ctx app.Context, pixel int) {
	if pixel == v.Desk.Pixel {
		ctx.PreventUpdate()
		return
	}
	v.Desk.Pixel = pixel
	v.Desk.touch(topicPixel)
	repaint(ctx, "sample")
}
