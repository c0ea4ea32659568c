package app

import (
	"fmt"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// notices tells what went wrong outside the data view, and offers the way on:
// a worker that is gone, a command that failed, an address that asked for what
// can't be had. Newer versions are updateBar's.
type notices struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *notices) Render() app.UI {
	d := v.Desk
	var list []app.UI
	if f := d.State.Failed; f != nil && f.Fatal && d.Sandboxed {
		list = append(list, alert("sandboxed", d.Words.Sandboxed, wholePageLink(d, "open-sandboxed", "")))
	} else if f != nil && f.Fatal {
		text := d.Words.workerGone(*f, d.State.Checkpoint, d.State.Run.Step)
		if d.State.Ready == nil && f.Doing == doingStart {
			text = fmt.Sprintf(d.Words.WorkerNever, sentence(f.Detail))
		}
		list = append(list, failure("worker-gone", text, sentence(f.Detail),
			button("start-again", d.Words.StartAgain, false, func(app.Context, app.Event) { d.startAgain() })))
	} else if f != nil {
		list = append(list, failure("command-failed", d.Words.commandFailed(*f), sentence(f.Detail),
			button("dismiss-failure", d.Words.Dismiss, false, v.dismissFailure)))
	}
	if f := d.State.Fault; f != nil {
		list = append(list, v.fault(*f))
	}
	if d.own.waiting != nil {
		list = append(list, app.P().ID("run-waiting").Class("notice").Text(d.Words.Own.Waiting))
	}
	if len(d.Problems) > 0 {
		list = append(list, v.problems())
	}
	return app.Div().Class("notices").Body(list...)
}

// fault tells where numbers failed, and offers the last network without such.
func (v *notices) fault(f wire.Fault) app.UI {
	d := v.Desk
	w := d.Words
	if c := d.State.Checkpoint; c != nil {
		return alert("fault", w.fault(f)+" "+w.Health.TrySmaller,
			button("fault-back", w.goBack(c.Step), false, func(app.Context, app.Event) { d.goBack() }))
	}
	return alert("fault", w.fault(f)+" "+w.Health.TrySmaller,
		button("fault-reset", w.Health.ResetNetwork, false, func(app.Context, app.Event) { d.do(actReset) }))
}

func (v *notices) dismissFailure(app.Context, app.Event) {
	v.Desk.State.Failed = nil
	v.Desk.touch(topicFault)
}

func (v *notices) problems() app.UI {
	d := v.Desk
	return app.Div().ID("query-problems").Class("notice").Body(
		app.Div().Class("notice-text").Body(
			app.Range(d.Problems).Slice(func(i int) app.UI { return app.P().Text(d.Problems[i]) }),
		),
		button("dismiss-problems", d.Words.Dismiss, false, func(app.Context, app.Event) {
			d.Problems = nil
			d.touch(topicSettings)
		}),
	)
}

// alert is a message that a screen reader speaks at once, with what can be
// done about it.
func alert(id, text string, buttons ...app.UI) app.UI { return failure(id, text, "", buttons...) }

// failure is an alert with a technical half.
func failure(id, text, detail string, buttons ...app.UI) app.UI {
	return app.Div().ID(id).Role("alert").Class("notice failure").Body(
		app.P().Class("notice-text").Body(withDetail(text, detail)...),
		app.Div().Class("notice-buttons").Body(buttons...),
	)
}
