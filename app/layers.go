package app

import (
	"fmt"

	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// layers is the model's summary: index, type, output shape and parameters of
// each layer, as model.summary() prints them.
type layers struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *layers) Render() app.UI {
	model := v.Desk.State.Model
	if model == nil {
		return app.Div().Class("summary")
	}
	head := func(class, text string) app.UI { return app.Th().Scope("col").Class(class).Text(text) }
	return app.Div().Class("summary").Body(
		app.Table().ID("layers").Body(
			app.Caption().Text(fmt.Sprintf(v.Desk.Words.LayersCaption, len(model.Layers))),
			app.THead().Body(app.Tr().Body(
				head("right", v.Desk.Words.Index),
				head("", v.Desk.Words.Layer),
				head("", v.Desk.Words.Type),
				head("", v.Desk.Words.OutputShape),
				head("right", v.Desk.Words.Parameters),
			)),
			app.TBody().Body(
				app.Range(model.Layers).Slice(func(i int) app.UI {
					l := model.Layers[i]
					class := ""
					if l.Params == 0 {
						class = "none"
					}
					return app.Tr().DataSet("layer", l.Name).Body(
						app.Td().Class("right number").Text(strconv.Itoa(i)),
						app.Th().Scope("row").Class("number").Text(l.Name),
						app.Td().Text(layerType(l)),
						app.Td().Class("number").Text(formatShape(l.OutShape...)),
						app.Td().Class("right number "+class).Text(v.Desk.Words.count(l.Params)),
					)
				}),
			),
			app.TFoot().Body(app.Tr().Body(
				app.Th().Scope("row").ColSpan(4).Class("right").Text(v.Desk.Words.Total),
				app.Td().ID("params").Class("right number").Text(v.Desk.Words.count(model.Params)),
			)),
		),
	)
}
