package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// watchAttention follows whether the page is looked at, and in a frame whether
// the visitor has come to it with the pointer or the keyboard.
func (p *page) watchAttention(ctx app.Context) {
	p.attention = app.FuncOf(func(_ app.Value, args []app.Value) any {
		hidden := app.Window().Get("document").Get("visibilityState").String() == "hidden"
		touched := p.desk.Paces.touched || args[0].Get("type").String() != "visibilitychange"
		if hidden != p.desk.Paces.hidden || touched != p.desk.Paces.touched {
			ctx.Dispatch(func(app.Context) { p.desk.attend(hidden, touched) })
		}
		return nil
	})
	for _, event := range attentionEvents {
		app.Window().Get("document").Call("addEventListener", event, p.attention)
	}
	p.desk.Paces.hidden = app.Window().Get("document").Get("visibilityState").String() == "hidden"
}

var attentionEvents = []string{"visibilitychange", "pointerover", "focusin"}

func (p *page) unwatchAttention() {
	if p.attention != nil {
		for _, event := range attentionEvents {
			app.Window().Get("document").Call("removeEventListener", event, p.attention)
		}
		p.attention.Release()
	}
}

// attend says whether the page is looked at, and whether the visitor has done
// something in it.
func (d *desk) attend(hidden, touched bool) {
	d.Paces.hidden, d.Paces.touched = hidden, touched
	d.learnPace()
}
