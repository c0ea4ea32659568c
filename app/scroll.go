package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// narrowCols is how many numbers stand beside each other where there is room for
// a kernel of the tutorial.
const narrowCols = 3

// scrollable lets a table of numbers be moved sideways where it has more columns
// than there is room for, with the keyboard too.
func scrollable(name string, cols int, table app.UI) app.UI {
	box := app.Div().Class("numbers-box").Body(table)
	if cols > narrowCols {
		box = box.TabIndex(0).Role("group").Aria("label", name)
	}
	return box
}
