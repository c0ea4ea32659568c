package app

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// probs is the network's answer for the chosen image: the image as it goes
// in, and the probability of each class that comes out.
type probs struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *probs) Render() app.UI {
	view := v.Desk.State.View
	if view == nil || len(view.Probs) == 0 {
		return app.Div().Class("probs")
	}
	return app.Div().ID("probs").Class("probs").Body(
		app.Div().Class("probs-image").Body(
			app.Div().Class("frame frame-input").Body(&canvas{ID: "input", Max: 56, High: 56, paint: v.paint}),
			caption(fmt.Sprintf(v.Desk.Words.ProbabilitiesCaption, v.Desk.class(view.Label))),
		),
		classList(len(view.Probs), v.Desk.Words.Probabilities).Body(
			app.Range(view.Probs).Slice(func(i int) app.UI { return probRow(v.Desk.class(i), view.Probs[i], i == view.Label) }),
		),
	)
}

// probRow is a class with its probability, as a bar and in digits; with a dash if
// it is no number.
func probRow(class string, p float32, marked bool) app.UI {
	kind := ""
	if marked {
		kind = "right"
	}
	part := 0
	if p == p {
		part = int(float64(p)*1000 + 0.5)
	}
	return app.Li().Class(kind).Body(
		nameSpan(class),
		bar("bar thin", part, 1000),
		app.Span().Class("class-count number").Text(formatScore(float64(p))),
	)
}

// paint draws the image as the network sees it, values 0 to 1.
func (v *probs) paint(r *raster) {
	if in := v.Desk.State.Input(); in != nil {
		if b, ok := inputBitmap(in); ok {
			paintImage(r, b, -1, v.Desk.palette())
		}
	}
}
