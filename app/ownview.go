package app

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// ownView is where the visitor's own files are chosen, and said what was found in
// them. They can be dropped anywhere on the page; see drop.go.
type ownView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *ownView) Render() app.UI {
	d := v.Desk
	w := &d.Words.Own
	return app.Div().ID("own").Class("own").Body(
		app.Div().Class("own-choose").Body(
			v.input("own-files", w.Choose, false),
			v.input("own-folder", w.ChooseFolder, true),
			app.Span().Class("caption").Text(w.OrDrop),
		),
		caption(w.Stays),
		app.Details().ID("own-formats").Class("own-formats").Body(
			app.Summary().Text(w.WhatIs),
			app.Ul().Class("caption").Body(
				app.Range(w.formats()).Slice(func(i int) app.UI { return app.Li().Text(w.formats()[i]) }),
			),
		),
		v.opening(),
		app.P().ID("own-found").Class("own-found").Aria("live", "polite").Text(d.foundText()),
	)
}

// input is a button that opens the browser's dialog for files or a folder.
func (v *ownView) input(id, word string, folder bool) app.UI {
	e := app.Input().ID(id).Class("own-input").Type("file").Multiple(true).
		OnChange(func(ctx app.Context, _ app.Event) { v.Desk.takeChosen(ctx.JSSrc()) }, app.EventScope(id))
	if folder {
		e = e.Attr("webkitdirectory", true)
	}
	return app.Span().Class("own-button").Body(e, app.Label().For(id).Class("button").Text(word))
}

// opening shows how far files are, and ends it.
func (v *ownView) opening() app.UI {
	d := v.Desk
	w := &d.Words.Own
	o := d.State.Opening
	if o == nil {
		text := ""
		if d.own.walking > 0 {
			text = d.Words.walking(d.own.walking)
		}
		return app.Div().ID("opening").Class("own-opening").Body(app.P().Class("number").Text(text))
	}
	return app.Div().ID("opening").Class("own-opening").Body(
		app.P().Class("number").Text(d.Words.opening(*o)),
		app.Div().Role("progressbar").Aria("label", w.Reading).
			Aria("valuemin", 0).Aria("valuemax", max(o.Total, 1)).Aria("valuenow", o.Done).
			Body(bar("bar", o.Done, max(o.Total, 1))),
		button("stop-opening", w.Cancel, false, func(app.Context, app.Event) { d.stopOpening() }),
	)
}

// foundText says what was recognised in the files that were read last, and how
// the test images came about.
func (d *desk) foundText() string {
	m := d.State.Opened
	if m == nil {
		return ""
	}
	text := d.Words.found(m)
	switch {
	case d.dataName() == m.Name:
	case d.State.UnderWay():
		text = sentences(text, d.Words.waits(d.title(d.dataName())))
	case d.Query.Data != m.Name || d.State.LoadFailed != nil: // they are not on their way
		text = sentences(text, d.Words.Own.NotInUse)
	}
	return text
}

// dataName is the name of the dataset in use, "" if there is none.
func (d *desk) dataName() string {
	if d.State.Data == nil {
		return ""
	}
	return d.State.Data.Name
}

// namesShown is how many classes are named where all would be too many.
const namesShown = 12

// imageSize is an image's height and width, for people.
func imageSize(shape []int) (h, w int, colour bool) {
	if len(shape) != 3 {
		return 0, 0, false
	}
	return shape[1], shape[2], shape[0] > 1
}
