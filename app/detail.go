package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// withDetail is a text with its technical half marked as English, which it is in
// every language, so that it is read aloud as such.
func withDetail(text, detail string) []app.UI {
	before, after, found := strings.Cut(text, detail)
	if detail == "" || !found {
		return []app.UI{app.Text(text)}
	}
	return []app.UI{app.Text(before), app.Span().Lang("en").Text(detail), app.Text(after)}
}
