package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// button is a button with a word on it. Writing it out wherever there is one would
// add 5 KB to the compressed program.
func button(id, word string, disabled bool, h app.EventHandler) app.UI {
	return app.Button().ID(id).Type("button").Class("button").Text(word).Disabled(disabled).
		OnClick(h, app.EventScope(id))
}
