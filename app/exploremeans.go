package app

import (
	"fmt"
	"slices"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// exploreMeans shows the mean image of each class, and that of the chosen one large
// and in numbers.
type exploreMeans struct {
	app.Compo
	Desk *desk
	Rev  int

	numbers bool // it is written out
}

const meansCanvas, meanCanvas = "explore-means", "explore-mean"

func (v *exploreMeans) Render() app.UI {
	d := v.Desk
	w, x := &d.Words.Explore, &d.Explore
	about := w.MeansTrain
	if x.split() == wire.TestSplit {
		about = w.MeansTest
	}
	if n := len(d.meanGrid()); n < d.classCount() {
		about = sentences(about, d.Words.fill(w.MeansFirst, n, d.classCount()))
	}
	return app.Div().Class("explore-part").Body(
		app.H3().Text(w.Means),
		caption(about),
		app.Div().Class("explore-pair").Body(
			app.Figure().Body(
				app.Div().ID(meansCanvas+"-frame").Class("frame").TabIndex(0).Role("group").Aria("label", w.MeansChoose).Aria("describedby", "explore-mean-readout").
					OnClick(v.onClass).OnKeyDown(v.onClassKey).
					Body(&canvas{ID: meansCanvas, Name: w.MeansName, Max: 640, paint: v.paintAll}),
			),
			v.large(),
		),
	)
}

// large is the mean image of the chosen class.
func (v *exploreMeans) large() app.UI {
	d := v.Desk
	w, x := &d.Words.Explore, &d.Explore
	if x.Class < 0 {
		return app.Div().Class("explore-large").Body(
			caption(w.MeanNone).ID("explore-mean-readout"))
	}
	counts := d.State.Data.TrainPerClass
	if x.split() == wire.TestSplit {
		counts = d.State.Data.TestPerClass
	}
	if countOf(counts, x.Class) == 0 {
		return app.Div().Class("explore-large").Body(
			caption(w.None).ID("explore-mean-readout"))
	}
	name := d.class(x.Class)
	return app.Div().Class("explore-large").Body(
		app.Figure().Body(
			app.Div().ID(meanCanvas+"-frame").Class("frame").TabIndex(0).Role("group").Aria("label", fmt.Sprintf(w.MeanChoose, name)).Aria("describedby", "explore-mean-readout").
				OnMouseMove(v.onPixel).OnMouseLeave(v.onLeave).OnBlur(v.onLeave).OnKeyDown(v.onPixelKey).
				Body(&canvas{ID: meanCanvas, Name: fmt.Sprintf(w.MeanOne, name), Max: 168, High: 168, paint: v.paintOne}),
		),
		caption(v.readout()).ID("explore-mean-readout").Aria("live", "polite"),
		app.Details().ID("explore-mean-numbers").Class("pad-numbers").OnToggle(v.onToggle).Body(
			app.Summary().Text(w.MeanNumbers),
			app.If(v.numbers, func() app.UI {
				return app.Pre().Class("pixels-block").TabIndex(0).Role("group").Aria("label", w.MeanNumbers).Text(v.text())
			}),
		),
	)
}

func (v *exploreMeans) onToggle(ctx app.Context, _ app.Event) {
	v.numbers = ctx.JSSrc().Get("open").Bool()
	v.Desk.touch(topicExplore)
}

// mean is the mean image of the chosen class.
func (v *exploreMeans) mean() (b bitmap, values []float32, ok bool) {
	x, have := &v.Desk.Explore, &v.Desk.State.Means
	b, ok = have.bitmap(x.split(), x.Class)
	return b, have.get(x.split(), x.Class), ok
}

func (v *exploreMeans) readout() string {
	d := v.Desk
	w := &d.Words.Explore
	b, values, ok := v.mean()
	i := d.Explore.Pixel
	if !ok || i < 0 || i >= b.area() {
		return fmt.Sprintf(w.MeanPoint, d.class(d.Explore.Class))
	}
	var raw, unit []string
	for c := range b.C {
		m := float64(values[c*b.area()+i])
		raw, unit = append(raw, formatFixed(m, 2)), append(unit, formatFixed(m/255, 4))
	}
	return fmt.Sprintf(w.MeanPixel, i/b.W, i%b.W, strings.Join(raw, ", "), strings.Join(unit, ", "))
}

func (v *exploreMeans) text() string {
	b, _, ok := v.mean()
	if !ok {
		return ""
	}
	var text strings.Builder
	for c := range b.C {
		if b.C > 1 {
			text.WriteString(v.Desk.Words.colour(c) + "\n")
		}
		for _, run := range pixelRuns(b.Pixels[c*b.area():(c+1)*b.area()], b.W, false) {
			text.WriteString(run.text)
		}
	}
	return text.String()
}

func (v *exploreMeans) paintAll(r *raster) {
	d := v.Desk
	if d.State.Data != nil {
		paintMeans(r, d.meanGrid(), d.Explore.split(), d.Explore.Class, &d.State.Means, d.palette())
	}
}

func (v *exploreMeans) paintOne(r *raster) {
	if b, _, ok := v.mean(); ok {
		paintImage(r, b, v.Desk.Explore.Pixel, v.Desk.palette())
	}
}

// grid is that of all mean images.
func (v *exploreMeans) grid() (g grid, classes []int, ok bool) {
	classes = v.Desk.meanGrid()
	shape := v.Desk.State.Means.Shape
	if len(shape) != 3 || len(classes) == 0 {
		return grid{}, nil, false
	}
	return meansGrid(len(classes), shape), classes, true
}

func (v *exploreMeans) onClass(ctx app.Context, e app.Event) {
	g, classes, ok := v.grid()
	if !ok {
		return
	}
	w, h := g.size()
	x, y := pixelAt(meansCanvas, e, w, h)
	if k, _, _, ok := g.at(x, y); ok {
		v.choose(ctx, classes[k])
	}
}

// onClassKey begins at the first class.
func (v *exploreMeans) onClassKey(ctx app.Context, e app.Event) {
	g, classes, ok := v.grid()
	if !ok {
		return
	}
	at := slices.Index(classes, v.Desk.Explore.Class)
	next, ok := g.step(max(at, 0), e.Get("key").String())
	if !ok {
		return
	}
	if at < 0 {
		next = 0
	}
	e.PreventDefault()
	v.choose(ctx, classes[next])
}

func (v *exploreMeans) choose(ctx app.Context, class int) {
	v.Desk.exploreClass(class)
	repaintExplorer(ctx)
}

func (v *exploreMeans) pixels() (g grid, ok bool) {
	b, _, ok := v.mean()
	return grid{N: b.area(), Cols: b.W, CellW: 1, CellH: 1}, ok
}

func (v *exploreMeans) onPixel(ctx app.Context, e app.Event) {
	g, ok := v.pixels()
	if !ok {
		return
	}
	w, h := g.size()
	x, y := pixelAt(meanCanvas, e, w, h)
	if i, _, _, ok := g.at(x, y); ok {
		v.point(ctx, i)
	} else {
		v.point(ctx, -1)
	}
}

func (v *exploreMeans) onLeave(ctx app.Context, _ app.Event) { v.point(ctx, -1) }

func (v *exploreMeans) onPixelKey(ctx app.Context, e app.Event) {
	g, ok := v.pixels()
	if !ok {
		return
	}
	if e.Get("key").String() == "Escape" {
		v.point(ctx, -1)
		return
	}
	if next, ok := g.step(max(v.Desk.Explore.Pixel, 0), e.Get("key").String()); ok {
		e.PreventDefault()
		v.point(ctx, next)
	}
}

func (v *exploreMeans) point(ctx app.Context, pixel int) {
	if pixel == v.Desk.Explore.Pixel {
		ctx.PreventUpdate()
		return
	}
	v.Desk.Explore.Pixel = pixel
	v.Desk.touch(topicExplore)
	repaint(ctx, meanCanvas)
}
