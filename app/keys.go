package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// interactive matches what has a use of its own for the space bar.
const interactive = "a,button,input,select,textarea,summary,[contenteditable],[role=application]"

// watchKeys lets Space train, pause and resume wherever the focus is not on
// something that takes the key itself.
func (p *page) watchKeys(ctx app.Context) {
	p.keys = app.FuncOf(func(_ app.Value, args []app.Value) any {
		e := app.Event{Value: args[0]}
		if e.Get("key").String() != " " || held(e) || interactiveTarget(e) {
			return nil
		}
		e.PreventDefault()
		ctx.Dispatch(func(app.Context) { p.desk.do(p.desk.primary()) })
		return nil
	})
	app.Window().Call("addEventListener", "keydown", p.keys)
}

func (p *page) unwatchKeys() {
	if p.keys != nil {
		app.Window().Call("removeEventListener", "keydown", p.keys)
		p.keys.Release()
	}
}

// held says whether the key repeats or comes with a modifier.
func held(e app.Event) bool {
	for _, k := range [...]string{"repeat", "ctrlKey", "altKey", "metaKey", "shiftKey"} {
		if e.Get(k).Truthy() {
			return true
		}
	}
	return false
}

func interactiveTarget(e app.Event) bool {
	t := e.Get("target")
	return t.Truthy() && t.Get("closest").Truthy() && t.Call("closest", interactive).Truthy()
}
