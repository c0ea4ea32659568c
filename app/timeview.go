package app

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// timeView shows the run's past: a moment of it, chosen by the slider or run
// through as a film.
type timeView struct {
	app.Compo
	Desk *desk
	Rev  int

	playing int // the film that plays; 0 if none does
	films   int // played so far
	saving  bool
	saved   string // what became of it
	scale   int    // of the animation
}

// A film has so many moments a second; fewer where less motion is wanted.
const (
	filmRate      = 125 * time.Millisecond
	filmRateStill = 500 * time.Millisecond
)

func (v *timeView) OnDismount() { v.playing = 0 }

func (v *timeView) Render() app.UI {
	d := v.Desk
	w := d.Words.Time
	m, at := d.moment()
	if m == nil {
		return caption(d.Words.NoView)
	}
	n := len(d.State.Film.moments())
	rev := d.rev(topicView, topicChoice, topicMoment)
	return app.Div().Class("time").Body(
		caption(w.Intro),
		app.Div().Class("time-bar").Body(
			button("film-play", v.playWord(), n < 2, v.onPlay),
			&momentSlider{Desk: d, At: at, Of: n, Text: d.Words.momentReadout(at, n, m.Step)},
			app.P().ID("moment-readout").Class("caption number").Text(d.Words.momentReadout(at, n, m.Step)),
		),
		v.numbers(m.Step),
		&chart{Desk: d, Kind: chartLoss, Rev: d.rev(topicRun, topicMoment), Marked: true, Mark: m.Step},
		&filmStrip{Desk: d, Rev: rev},
		app.Div().Class("kernels").Body(
			app.Div().Class("kernel-grids").Body(v.grids(rev)...),
			app.Div().Class("kernel-side").Body(&kernelView{Desk: d, Rev: rev, Past: true}),
		),
		&mapsView{Desk: d, Rev: rev, Past: true},
		v.animation(n),
	)
}

func (v *timeView) grids(rev int) []app.UI {
	var list []app.UI
	for _, t := range v.Desk.lookBack().kernels {
		list = append(list, &kernelGridView{Desk: v.Desk, Layer: t.Name, Rev: rev, Past: true})
	}
	return list
}

// numbers are the run's at that moment.
func (v *timeView) numbers(step int) app.UI {
	c := &v.Desk.State.Curves
	valAcc := math.NaN()
	if val := c.validatedBy(step); val != nil {
		valAcc = val.Acc
	}
	number := func(id, name string, x float64) app.UI {
		text := textNoValue
		if !math.IsNaN(x) {
			text = formatFixed(x, 4)
		}
		return app.Div().Body(app.Dt().Text(name), app.Dd().ID("moment-"+id).Class("number").Text(text))
	}
	smoothed := func(name string) string { return fmt.Sprintf(v.Desk.Words.Time.Smoothed, name) }
	return app.Dl().Class("time-numbers").Body(
		number(textLoss, smoothed(textLoss), smoothedAt(c.Loss, step)),
		number(textAcc, smoothed(textAcc), smoothedAt(c.Acc, step)),
		number(textValAcc, textValAcc, valAcc),
	)
}

func (v *timeView) playWord() string {
	if v.playing > 0 {
		return v.Desk.Words.Time.PauseFilm
	}
	return v.Desk.Words.Time.PlayFilm
}

// onPlay starts the film where the slider stands, at its end from the beginning.
func (v *timeView) onPlay(ctx app.Context, _ app.Event) {
	if v.playing > 0 {
		v.playing = 0
		return
	}
	if _, at := v.Desk.moment(); at == len(v.Desk.State.Film.moments())-1 {
		v.choose(ctx, 0)
	}
	v.films++
	v.playing = v.films
	v.next(ctx, v.playing)
}

// next shows the moment after, a while from now, as long as that film plays.
func (v *timeView) next(ctx app.Context, film int) {
	rate := filmRate
	if reducedMotion() {
		rate = filmRateStill
	}
	ctx.After(rate, func(ctx app.Context) {
		if v.playing != film || !v.Mounted() {
			ctx.PreventUpdate()
			return
		}
		_, at := v.Desk.moment()
		v.choose(ctx, at+1)
		if at+1 >= len(v.Desk.State.Film.moments())-1 {
			v.playing = 0
			return
		}
		v.next(ctx, film)
	})
}

func (v *timeView) choose(ctx app.Context, i int) {
	v.Desk.chooseMoment(i)
	ctx.NewActionWithValue(actionPaint, paintRequest{Sight: true})
}

// animation saves the film as a picture that moves.
func (v *timeView) animation(n int) app.UI {
	w := v.Desk.Words
	if v.scale == 0 {
		v.scale = filmScales[1]
	}
	return app.Div().Class("time-save").Body(
		app.Label().For("film-scale").Text(w.Time.Enlarged),
		app.Select().ID("film-scale").OnChange(v.onScale).Body(
			app.Range(filmScales).Slice(func(i int) app.UI {
				return app.Option().Value(strconv.Itoa(filmScales[i])).Selected(filmScales[i] == v.scale).
					Text("×" + strconv.Itoa(filmScales[i]))
			}),
		),
		button("film-save", w.Time.SaveAnimation, v.saving || n < 2, v.onSave),
		caption(v.saved).ID("film-saved").Aria("live", "polite"),
		caption(w.filmMemory(n, v.Desk.State.Film.bytes())).ID("film-memory"),
	)
}

// filmScales are how much larger an animation can be than its raster.
var filmScales = [...]int{2, 4, 6}

func (v *timeView) onScale(ctx app.Context, _ app.Event) {
	if n, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
		v.scale = n
	}
}

// onSave makes the animation bit by bit, so that the page stays alive, and saves
// it.
func (v *timeView) onSave(ctx app.Context, _ app.Event) {
	d := v.Desk
	v.saving, v.saved = true, d.Words.Time.Saving
	a := newAnimation(&d.State.Film, v.scale, d.palette())
	ctx.Async(func() {
		data, err := a.encode(breathe())
		ctx.Dispatch(func(app.Context) {
			v.saving = false
			if err != nil { // the encoder refuses nothing that newAnimation makes
				panic("app: " + err.Error())
			}
			download("convlens-kernels.gif", "image/gif", data)
			v.saved = d.Words.savedAnimation(a.frames(), len(data))
		})
	})
}

// breathe returns a function that lets the browser do something else if it has
// been kept from that for a while.
func breathe() func() {
	last := time.Now()
	return func() {
		if time.Since(last) > 8*time.Millisecond {
			time.Sleep(time.Millisecond)
			last = time.Now()
		}
	}
}

// momentSlider chooses a moment. Its value is set as a property after its
// largest: go-app sets attributes in no order, and the browser would cut a value
// that is above the largest as it was.
type momentSlider struct {
	app.Compo
	Desk   *desk
	At, Of int
	Text   string
}

func (v *momentSlider) OnMount(ctx app.Context)  { v.place(ctx) }
func (v *momentSlider) OnUpdate(ctx app.Context) { v.place(ctx) }

func (v *momentSlider) place(ctx app.Context) {
	ctx.JSSrc().Set("max", v.Of-1)
	ctx.JSSrc().Set("value", v.At)
}

func (v *momentSlider) Render() app.UI {
	return app.Input().ID("moment").Class("time-slider").Type("range").Min(0).Step(1).
		Aria("label", v.Desk.Words.Time.Moment).Aria("valuetext", v.Text).OnInput(v.onInput)
}

func (v *momentSlider) onInput(ctx app.Context, _ app.Event) {
	if i, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
		v.Desk.chooseMoment(i)
		ctx.NewActionWithValue(actionPaint, paintRequest{Sight: true})
	}
}

// filmStrip shows the first convolution's kernels at a few moments side by side. It
// has places for all that it can have: a strip that fills is always as high.
type filmStrip struct {
	app.Compo
	Desk *desk
	Rev  int
}

const stripPictures = 10

func (v *filmStrip) Render() app.UI {
	w := v.Desk.Words
	return app.Figure().Class("film-strip").Body(
		app.Div().Class("frame").OnClick(v.onClick).Body(
			&canvas{ID: "film-strip", Name: w.Time.StripName, Max: 644, paint: v.paint}),
		app.FigCaption().Class("caption").Text(w.stripCaption(v.layer(), v.steps())),
	)
}

// places are those of the strip's moments in the film.
func (v *filmStrip) places() []int { return spreadOut(len(v.Desk.State.Film.moments()), stripPictures) }

// spreadOut returns up to most of the numbers below n, evenly, the first and the
// last among them.
func spreadOut(n, most int) []int {
	list := make([]int, min(n, most))
	for i := range list {
		if len(list) > 1 {
			list[i] = (i*(n-1) + (len(list)-1)/2) / (len(list) - 1)
		}
	}
	return list
}

func (v *filmStrip) layer() string {
	if k := v.Desk.lookBack().kernels; len(k) > 0 {
		return k[0].Name
	}
	return ""
}

func (v *filmStrip) steps() []int {
	all := v.Desk.State.Film.moments()
	var steps []int
	for _, i := range v.places() {
		steps = append(steps, all[i].Step)
	}
	return steps
}

func (v *filmStrip) paint(r *raster) {
	all := v.Desk.State.Film.moments()
	_, at := v.Desk.moment()
	layer := v.layer()
	var pictures []*wire.Tensor
	chosen := 0
	for k, i := range v.places() {
		t := unpack(all[i], layer)
		if t == nil {
			return
		}
		pictures = append(pictures, t)
		if i <= at {
			chosen = k
		}
	}
	p := v.Desk.palette()
	paintStrip(r, pictures, stripPictures, p.signed(v.Desk.State.Film.end(layer)), chosen, p)
}

func (v *filmStrip) onClick(ctx app.Context, e app.Event) {
	places := v.places()
	if t := v.Desk.lookBack().kernels; len(t) > 0 {
		g := stripGrid(t[0].Shape, stripPictures)
		w, h := g.size()
		x, y := pixelAt("film-strip", e, w, h)
		if i, _, _, ok := g.at(x, y); ok && i < len(places) {
			v.Desk.chooseMoment(places[i])
			ctx.NewActionWithValue(actionPaint, paintRequest{Sight: true})
		}
	}
}
