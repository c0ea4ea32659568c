package app

import (
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A whyPicture is one of the pictures that explain an answer.
type whyPicture int

const (
	whyImage whyPicture = iota
	whyGradient
	whyCAM
	whyCovered
)

// ids are the pictures' in the document.
func (p whyPicture) id() string {
	return [...]string{"why-image", "why-gradient", "why-cam", "why-covered"}[p]
}

// whyData are the values of a picture, a row of the image after the other, and
// how they are coloured. There are none before they are known.
type whyData struct {
	values []float32
	signed bool
	end    float32
}

// whyPictures are all pictures as of now.
func whyPictures(d *desk) (all [4]whyData) {
	for p := range all {
		all[p] = whyPicture(p).data(d)
	}
	return all
}

// data is the picture as of now.
func (p whyPicture) data(d *desk) (w whyData) {
	r := d.State.Reasons
	switch p {
	case whyImage:
		return whyData{values: overChannels(r.Input.Data, len(r.CAM.Data), mean), end: 1}
	case whyGradient:
		w = whyGradientOf(r, d.Why.Gradient)
	case whyCAM:
		w = whyData{values: r.CAM.Data}
	case whyCovered:
		if c := d.covered(); c != nil {
			w = whyData{values: c.Drop.Data, signed: true}
		}
	}
	w.end = niceEnd(largest(w.values))
	return w
}

// whyGradientOf is the gradient at the image's pixels, as chosen. Over the channels
// of a colour it is the sum, which is what the same change in all of them does, and
// its size is the largest one, as Simonyan et al. have it.
func whyGradientOf(r *wire.Reasons, kind gradientKind) whyData {
	n := len(r.CAM.Data)
	switch kind {
	case gradientTimes:
		return whyData{values: overChannels(r.TimesInput.Data, n, total), signed: true}
	case gradientSize:
		return whyData{values: overChannels(r.Gradient.Data, n, largest)}
	}
	return whyData{values: overChannels(r.Gradient.Data, n, total), signed: true}
}

// overChannels makes one value for each of n pixels out of those of its channels.
func overChannels(data []float32, n int, of func([]float32) float32) []float32 {
	values := make([]float32, n)
	pixel := make([]float32, len(data)/n)
	for i := range values {
		for c := range pixel {
			pixel[c] = data[c*n+i]
		}
		values[i] = of(pixel)
	}
	return values
}

func total(values []float32) (s float32) {
	for _, v := range values {
		s += v
	}
	return s
}

func mean(values []float32) float32 { return total(values) / float32(len(values)) }

// whyFigure is one picture with its scale, its caption and what can be chosen
// about it.
type whyFigure struct {
	app.Compo
	Desk    *desk
	Picture whyPicture
	Rev     int
}

func (v *whyFigure) Render() app.UI {
	d := v.Desk
	name, id := d.Words.whyName(v.Picture), v.Picture.id()
	return app.Figure().Class("why-figure").Body(
		app.Div().Class("why-head").Body(app.H3().Text(name), app.Span().Class("number").Text(v.value())),
		app.Div().Class("frame frame-why").TabIndex(0).Role("group").Aria("label", d.Words.whyChoose(name)).
			Aria("describedby", "why-readout").
			OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).OnBlur(v.onLeave).OnKeyDown(v.onKey).
			Body(&canvas{ID: id, Name: name, Max: 224, High: 224, paint: v.paint}),
		v.legend(),
		app.FigCaption().ID(id+"-caption").Class("caption").Text(d.Words.whyCaption(d, v.Picture)),
		v.choices(),
	)
}

// value is what the picture has at the chosen pixel.
func (v *whyFigure) value() string {
	if w, i := v.data(), v.Desk.Why.Pixel; i >= 0 && i < len(w.values) {
		return w.text(i)
	}
	return ""
}

func (v *whyFigure) data() whyData { return v.Picture.data(v.Desk) }

func (v *whyFigure) scale(w whyData) scale {
	p := v.Desk.palette()
	switch {
	case v.Picture == whyImage:
		return scale{w.end, nil, &p.grey}
	case w.signed:
		return p.signed(w.end)
	}
	return magnitude(w.end)
}

func (v *whyFigure) paint(r *raster) {
	reasons := v.Desk.State.Reasons
	w := v.data()
	if w.values == nil {
		return
	}
	if v.Picture == whyImage && reasons.Input.Shape[0] == 3 {
		if b, ok := inputBitmap(&reasons.Input); ok {
			paintImage(r, b, v.Desk.Why.Pixel, v.Desk.palette())
		}
		return
	}
	var ink []float32
	if v.Desk.Why.Ink && v.Picture != whyImage {
		ink = whyImage.data(v.Desk).values
	}
	paintWhy(r, w.values, whyWidth(&reasons.Input), v.scale(w), ink, v.Desk.Why.Pixel, v.Desk.palette())
}

func (v *whyFigure) paintScale(r *raster) { paintScale(r, legendPixels, v.scale(v.data())) }

func (v *whyFigure) legend() app.UI {
	w := v.data()
	low, middle, high := "0", "", formatEnd(w.end)
	if w.signed {
		low, middle, high = minus+high, "0", "+"+high
	}
	if v.Picture == whyImage && v.Desk.State.Reasons.Input.Shape[0] == 3 {
		return app.Div().Class("legend") // colours are what they are
	}
	return app.Div().Class("legend").Body(
		&canvas{ID: "legend-" + v.Picture.id(), Max: 144, paint: v.paintScale},
		app.Div().Class("legend-ends number").Body(app.Span().Text(low), app.Span().Text(middle), app.Span().Text(high)),
	)
}

// choices are what can be chosen about the picture.
func (v *whyFigure) choices() app.UI {
	switch v.Picture {
	case whyGradient:
		return v.gradientKinds()
	case whyCovered:
		return v.occlusion()
	}
	return app.Div()
}

func (v *whyFigure) gradientKinds() app.UI {
	d := v.Desk
	w := &d.Words.Why
	kind := func(id, word string, k gradientKind) app.UI {
		return choice(id, word, d.Why.Gradient == k, false, func(ctx app.Context, _ app.Event) {
			d.showWhy(func(c *whyChoice) { c.Gradient = k })
			repaint(ctx, "")
		})
	}
	return app.Div().Class("choices why-choices").Role("group").Aria("label", w.GradientGroup).Body(
		kind("why-signed", w.GradientSigned, gradientSigned),
		kind("why-size", w.GradientSize, gradientSize),
		kind("why-times", w.GradientTimes, gradientTimes),
	)
}

// occlusion has the patch to choose, and how far the map has come.
func (v *whyFigure) occlusion() app.UI {
	d := v.Desk
	w := &d.Words.Why
	group := func(id, word string, offered []int, now int, set func(*wire.Why, int)) app.UI {
		buttons := []app.UI{app.Span().Class("caption").Text(word)}
		for _, n := range offered {
			buttons = append(buttons, choice(id+strconv.Itoa(n), strconv.Itoa(n), n == now, false, func(app.Context, app.Event) {
				d.changeWhy(func(c *whyChoice) { set(&c.Ask, n) })
			}))
		}
		return app.Div().Class("choices").Role("group").Aria("label", word).Body(buttons...)
	}
	done, places, text := 0, 1, w.Waiting
	if c := d.covered(); c != nil {
		done, places, text = c.Done, c.Places, d.Words.whyPlaces(c)
	}
	return app.Div().Class("why-occlusion").Body(
		app.Div().Class("why-row").Body(
			group("why-patch-", w.Patch, whyPatches, d.Why.Ask.Patch, func(a *wire.Why, n int) { a.Patch = n }),
			group("why-stride-", w.Stride, whyStrides, d.Why.Ask.Stride, func(a *wire.Why, n int) { a.Stride = n }),
		),
		whyProgress("why-covering", w.CoveringName, text, done, places),
	)
}

// whyProgress is how far something has come, in a bar and in words.
func whyProgress(id, name, text string, done, all int) app.UI {
	return app.Div().ID(id).Class("why-progress").Body(
		app.Div().Role("progressbar").Aria("label", name).Aria("valuemin", 0).Aria("valuemax", all).Aria("valuenow", done).
			Body(bar("bar thin", done, all)),
		caption(text),
	)
}

func (v *whyFigure) grid() grid {
	r := v.Desk.State.Reasons
	return grid{N: len(r.CAM.Data), Cols: whyWidth(&r.Input), CellW: 1, CellH: 1}
}

func (v *whyFigure) onPoint(ctx app.Context, e app.Event) {
	g := v.grid()
	w, h := g.size()
	x, y := pixelAt(v.Picture.id(), e, w, h)
	if i, _, _, ok := g.at(x, y); ok {
		v.choose(ctx, i)
	} else {
		v.choose(ctx, -1)
	}
}

func (v *whyFigure) onLeave(ctx app.Context, _ app.Event) { v.choose(ctx, -1) }

func (v *whyFigure) onKey(ctx app.Context, e app.Event) {
	if next, ok := v.grid().step(max(v.Desk.Why.Pixel, 0), e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, next)
	}
}

// choose takes a pixel, in all pictures alike.
func (v *whyFigure) choose(ctx app.Context, pixel int) {
	if pixel == v.Desk.Why.Pixel {
		ctx.PreventUpdate()
		return
	}
	v.Desk.showWhy(func(c *whyChoice) { c.Pixel = pixel })
	for p := whyImage; p <= whyCovered; p++ {
		repaint(ctx, p.id())
	}
}
