package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// share gives the visitor a link that repeats the run, and says whether a run
// begun by such a link came out the same.
type share struct {
	app.Compo
	Desk *desk
	Rev  int

	said string // after a press of the button
	link string // shown where the browser refuses to copy it
}

func (v *share) Render() app.UI {
	return app.Div().ID("share").Class("share").Body(
		button("copy-link", v.Desk.Words.CopyLink, false, v.onCopy),
		app.Span().Class("caption").Aria("live", "polite").Text(v.said),
		app.If(v.link != "", func() app.UI {
			return app.Input().ID("link").Type("text").ReadOnly(true).Aria("label", v.Desk.Words.CopyLink).Value(v.link)
		}),
		caption(v.expected()).ID("expected"),
	)
}

func (v *share) expected() string {
	expect, run := v.Desk.Query.Expect, v.Desk.State.Run
	if expect == "" || len(run.Fingerprint) < expectLen {
		return ""
	}
	return v.Desk.Words.expected(run.Fingerprint[:expectLen] == expect, expect)
}

func (v *share) onCopy(ctx app.Context, _ app.Event) {
	u := app.Window().URL()
	u.RawQuery = v.Desk.link().Values(u.Query(), sourceNames(v.Desk.Sources)).Encode()
	link := u.String()
	v.said, v.link = "", ""
	lacks := ""
	if v.Desk.usesOwn() {
		lacks = v.Desk.Words.Own.LinkLacks
	}
	refused := func() { v.said, v.link = sentences(v.Desk.Words.CopySelf, lacks), link }
	clipboard := app.Window().Get("navigator").Get("clipboard")
	if !clipboard.Truthy() { // not over plain http
		refused()
		return
	}
	var done, failed app.Func
	settle := func(f func()) app.Func {
		return app.FuncOf(func(app.Value, []app.Value) any {
			ctx.Dispatch(func(app.Context) {
				f()
				done.Release()
				failed.Release()
			})
			return nil
		})
	}
	done = settle(func() { v.said = sentences(v.Desk.Words.Copied, lacks) })
	failed = settle(refused)
	clipboard.Call("writeText", link).Call("then", done, failed)
}
