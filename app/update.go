package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// updateBar tells of a newer version, at the lower edge of the window, where it
// moves nothing. Politely, if the page can go on as it is; at once, if its
// worker is of that version already.
type updateBar struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *updateBar) Render() app.UI {
	d := v.Desk
	bar := app.Div().ID("update").Class("update")
	switch {
	case d.Stale():
		return bar.Role("alert").Body(
			app.P().Class("notice-text").Text(sentences(d.Words.Stale, d.takenAlongText())),
			button("reload", d.Words.Reload, false, v.onUpdate))
	case d.Shell.Renewed:
		return bar.Role("status").Aria("label", d.Words.Update).Body(
			app.P().Class("notice-text").Text(d.updateText()),
			button("reload", d.Words.Update, d.State.Busy(), v.onUpdate))
	}
	return bar.Role("status").Aria("label", d.Words.Update)
}

// onUpdate loads the page anew. What the network has learnt goes with it; if it
// can't, the visitor is told and asked again.
func (v *updateBar) onUpdate(ctx app.Context, _ app.Event) {
	d := v.Desk
	if d.State.Checkpoint == nil || d.Unkept {
		reloadRenewed(ctx)
		return
	}
	handOver(ctx, d.State.Checkpoint, func(ctx app.Context, err error) {
		if err == nil {
			reloadRenewed(ctx)
			return
		}
		app.Log(err)
		d.Unkept = true
		d.touch(topicFault)
	})
}

// reloadRenewed loads the page anew, in its newest version.
func reloadRenewed(ctx app.Context) {
	ctx.Async(func() {
		activateWaiting()
		ctx.Reload()
	})
}
