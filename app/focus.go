package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// watchFocus shows what the keyboard's focus comes to. Browsers scroll there by
// themselves, but in a column that sticks to the window's edge not far enough:
// they don't expect it to move along.
func (p *page) watchFocus() {
	p.focus = app.FuncOf(func(_ app.Value, args []app.Value) any {
		target := args[0].Get("target")
		column := target.Call("closest", ".column")
		if column.Truthy() && outOfSight(target) {
			column.Get("classList").Call("add", "unstuck")
			target.Call("scrollIntoView", map[string]any{"block": "nearest"})
			column.Get("classList").Call("remove", "unstuck")
		}
		return nil
	})
	app.Window().Get("document").Call("addEventListener", "focusin", p.focus)
}

func (p *page) unwatchFocus() {
	if p.focus != nil {
		app.Window().Get("document").Call("removeEventListener", "focusin", p.focus)
		p.focus.Release()
	}
}

// outOfSight says whether part of an element lies outside the window or below
// the run bar.
func outOfSight(e app.Value) bool {
	box := e.Call("getBoundingClientRect")
	bar := app.Window().GetElementByID("run").Call("getBoundingClientRect")
	return box.Get("top").Float() < bar.Get("bottom").Float() ||
		box.Get("bottom").Float() > app.Window().Get("innerHeight").Float()
}

// focusPrimary moves the keyboard's focus from a button of the run that is about
// to be disabled to the one that stays.
func focusPrimary() { app.Window().GetElementByID("run-primary").Call("focus") }
