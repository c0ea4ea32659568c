package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// legend is a scale's ramp above its ends and, on a signed scale, the zero in
// the middle.
func legend(id string, paint func(*raster), low, middle, high string) app.UI {
	return app.Div().Class("legend").Body(
		&canvas{ID: id, Max: 144, paint: paint},
		app.Div().Class("legend-ends number").Body(
			app.Span().Text(low), app.Span().Text(middle), app.Span().Text(high)),
	)
}
