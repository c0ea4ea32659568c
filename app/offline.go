package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// offline says whether the page can do without the network, and lets the
// visitor check what the browser keeps, and remove it.
type offline struct {
	app.Compo
	Desk *desk
	Busy bool // a run can't be held up
	Rev  int
}

func (v *offline) Render() app.UI {
	d := v.Desk
	body := []app.UI{
		app.P().ID("offline").Role("status").Aria("label", d.Words.Offline).Aria("atomic", "true").
			DataSet("ready", d.offlineReady()).Body(withDetail(d.offlineText(), d.keptDetail())...),
		v.button(verifyStored, d.Words.Verify),
		v.button(removeStored, d.Words.Remove),
	}
	if d.State.Data != nil && !d.whole() && d.Shell.State != shellRefused && d.Shell.State != shellInsecure {
		body = append(body, v.button(storeAgain, d.Words.StoreAgain))
	}
	return app.Div().Class("offline").Body(body...)
}

func (v *offline) button(e errand, word string) app.UI {
	d := v.Desk
	return button("data-"+string(e), word, !d.canRun(e), func(app.Context, app.Event) { d.runErrand(e) })
}

// offlineReady says whether everything that the page needs is kept.
func (d *desk) offlineReady() bool { return d.Shell.State == shellStored && d.whole() }
