package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// insideView is section 3: the kernels of both convolutions, always in view,
// then one layer at a time with its weights and its output.
type insideView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *insideView) Render() app.UI {
	d := v.Desk
	seen := d.rev(topicView, topicChoice)
	return section("inside", "3", d.Words.LookInside, nil,
		&kernelsView{Desk: d, Rev: seen + d.rev(topicModel)},
		&stages{Desk: d, Rev: d.rev(topicModel, topicChoice)},
		app.Div().ID("layer-panel").Class("layer-panel").Role("tabpanel").Aria("labelledby", stageID(d.Layer)).Body(
			&mapsView{Desk: d, Rev: seen + d.rev(topicModel)},
			&layerDetail{Desk: d, Rev: seen + d.rev(topicModel)},
		),
	)
}
