package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// caption is a paragraph that tells about what is shown beside it. Made in one
// place, as a button is.
func caption(text string) app.HTMLP { return app.P().Class("caption").Text(text) }
