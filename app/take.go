package app

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// takeAway lets the visitor keep what the page shows, as files.
type takeAway struct {
	app.Compo
	Desk *desk
	Rev  int

	Shown   bool // there is a View
	Trained bool // there is a network that has learnt, and can be had

	pictures []savable
	listing  bool
	making   string // name of the file under way
	said     string
}

// savable is a picture of the open tab.
type savable struct{ ID, Name string }

// pictureScales are the enlargements on offer, the usual one in the middle.
var pictureScales = [...]int{1, 2, 4, 8, 16}

const usualScale = 4

func (v *takeAway) OnMount(ctx app.Context) {
	ctx.Handle(actionPictures, func(ctx app.Context, _ app.Action) {
		ctx.PreventUpdate()
		v.list(ctx)
	})
	v.list(ctx)
}

// actionPictures says that there is a new canvas.
const actionPictures = "pictures"

// OnUpdate looks which pictures there are now, and writes the run once its
// network has come.
func (v *takeAway) OnUpdate(ctx app.Context) {
	v.list(ctx)
	if net := v.Desk.taken(); net != nil {
		d := v.Desk.snapshot()
		v.write(ctx, "convlens-run-"+net.Fingerprint[:expectLen]+".html", func(s *sheet) { newRunDocument(d, net, s.rest).write(s) })
	}
}

// list finds the pictures of the open tab, after it is drawn.
func (v *takeAway) list(ctx app.Context) {
	if v.listing {
		return
	}
	v.listing = true
	ctx.Defer(func(ctx app.Context) {
		v.listing = false
		found := app.Window().Get("document").Call("querySelectorAll", "#lens-panel-"+v.Desk.Query.Lens+" canvas[role=img]")
		var list []savable
		for i := range found.Length() {
			c := found.Index(i)
			list = append(list, savable{c.Get("id").String(), c.Call("getAttribute", "aria-label").String()})
		}
		if !slices.Equal(list, v.pictures) {
			v.pictures = list
			ctx.Update() // which deferring alone doesn't ask for
		}
	})
}

func (v *takeAway) Render() app.UI {
	d, w := v.Desk, &v.Desk.Words.Take
	busy := v.making != "" || d.Taking
	said := v.said
	if v.making != "" {
		said = fmt.Sprintf(w.Making, v.making)
	}
	return app.Div().ID("take").Class("take").Body(
		app.H3().Text(w.Title),
		caption(w.About),
		app.Div().Class("take-row").Body(
			app.Label().Class("take-field").Body(
				app.Span().Text(w.Picture),
				app.Select().ID("take-picture").Body(
					app.Range(v.pictures).Slice(func(i int) app.UI {
						p := v.pictures[i]
						return app.Option().Value(p.ID).Selected(p.ID == v.usual()).Text(p.Name)
					}),
				),
			),
			app.Label().Class("take-field").Body(
				app.Span().Text(w.Scale),
				app.Select().ID("take-scale").Body(
					app.Range(pictureScales).Slice(func(i int) app.UI {
						n := strconv.Itoa(pictureScales[i])
						return app.Option().Value(n).Selected(pictureScales[i] == usualScale).Text(n + "×")
					}),
				),
			),
			button("save-png", w.SavePNG, len(v.pictures) == 0, v.onPNG),
		),
		app.Div().Class("take-row").Body(
			button("save-html", w.SaveHTML, busy || !v.Shown, v.onHTML),
			button("save-run", w.SaveRun, busy || !v.Trained, v.onRun),
			caption(said).ID("take-said").Aria("live", "polite"),
		),
	)
}

// usual is the picture that is offered first: the grid with the chosen kernel.
func (v *takeAway) usual() string {
	return "kernels-" + v.Desk.Kernel.Layer
}

func (v *takeAway) onPNG(ctx app.Context, _ app.Event) {
	id := app.Window().GetElementByID("take-picture").Get("value").String()
	scale, err := strconv.Atoi(app.Window().GetElementByID("take-scale").Get("value").String())
	picture := app.Window().GetElementByID(id)
	if err != nil || !picture.Truthy() || !slices.ContainsFunc(v.pictures, func(p savable) bool { return p.ID == id }) {
		return
	}
	name := "convlens-" + picture.Get("dataset").Get("file").String() + ".png"
	ctx.NewActionWithValue(actionTake, takeRequest{ID: id, Take: func(ctx app.Context, r raster) {
		if r.W == 0 {
			v.say(ctx, v.Desk.Words.Take.NoPicture)
			return
		}
		savePNG(ctx, name, &r, scale, func(ctx app.Context, ok bool) {
			if !ok {
				v.say(ctx, v.Desk.Words.Take.TooLarge)
				return
			}
			v.say(ctx, fmt.Sprintf(v.Desk.Words.Take.Saved, name))
		})
	}})
}

// say shows a sentence, from another component's handler too.
func (v *takeAway) say(ctx app.Context, text string) {
	ctx.Dispatch(func(ctx app.Context) {
		v.said = text
		v.Desk.touch(topicTake)
	})
}

func (v *takeAway) onHTML(ctx app.Context, _ app.Event) {
	if view := v.Desk.State.View; view != nil {
		doc := &kernelDocument{words: v.Desk.Words, step: view.Step, kernels: view.Kernels}
		v.write(ctx, "convlens-kernels.html", doc.write)
	}
}

func (v *takeAway) onRun(app.Context, app.Event) {
	v.said = ""
	v.Desk.takeRun()
}

// write makes a document a little at a time, so that the page stays alive, and
// saves it.
func (v *takeAway) write(ctx app.Context, name string, fill func(*sheet)) {
	v.making, v.said = name, ""
	ctx.Async(func() {
		time.Sleep(time.Millisecond) // lets what led here end first
		s := &sheet{png: newPNGMaker().url, rest: rests(v.Desk.clock)}
		fill(s)
		time.Sleep(time.Millisecond)
		ctx.Dispatch(func(app.Context) {
			download(name, "text/html", s.Bytes())
			v.making, v.said = "", fmt.Sprintf(v.Desk.Words.Take.Saved, name)
		})
	})
}

// rests returns a function that lets the browser breathe when it has had no
// chance to for a few milliseconds.
func rests(clock func() float64) func() {
	const most = 8
	since := clock()
	return func() {
		if clock()-since > most {
			time.Sleep(time.Millisecond)
			since = clock()
		}
	}
}
