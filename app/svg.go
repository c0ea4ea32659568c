package app

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

const svgNamespace = "http://www.w3.org/2000/svg"

// svgElem returns an element of an SVG picture.
func svgElem(tag string) app.HTMLElem { return app.Elem(tag).XMLNS(svgNamespace) }

// svg returns a picture that says nothing to a screen reader which the text
// beside it doesn't.
func svg(viewBox, class string) app.HTMLElem {
	return svgElem("svg").Attr("viewBox", viewBox).Class(class).Aria("hidden", "true")
}

// bar is a horizontal bar filled to part/whole. Lengths are attributes, as
// inline styles would need a weaker content security policy.
func bar(class string, part, whole int) app.UI {
	width := 0
	if whole > 0 {
		width = 1000 * min(part, whole) / whole
	}
	return svg("0 0 1000 10", class).Attr("preserveAspectRatio", "none").Body(
		svgElem("rect").Class("track").Attr("width", 1000).Attr("height", 10),
		svgElem("rect").Class("fill").Attr("width", strconv.Itoa(width)).Attr("height", 10),
	)
}
