package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// trainView is section 2: the network's layers, the settings of a run, and
// how the run goes.
type trainView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *trainView) Render() app.UI {
	d := v.Desk
	return section("train", "2", d.Words.Training, nil,
		v.intro(),
		&controls{Desk: d, Waiting: d.waiting(), Rev: d.rev(topicSettings)},
		&progress{Desk: d, Rev: d.rev(topicRun, topicData, topicSettings)},
		&share{Desk: d, Rev: d.rev(topicRun, topicSettings)},
		app.Div().Class("charts").Body(
			&chart{Desk: d, Kind: chartLoss, Rev: d.rev(topicRun, topicData, topicSettings)},
			&chart{Desk: d, Kind: chartAcc, Rev: d.rev(topicRun, topicData, topicSettings)},
		),
		&layers{Desk: d, Rev: d.rev(topicModel)},
	)
}

// intro says what training is, once it is known on how many images.
func (v *trainView) intro() app.UI {
	said := ""
	if samples := v.Desk.epochSamples(); samples > 0 {
		said = v.Desk.Words.trainingSays(v.Desk.Query.Settings.Batch, samples)
	}
	return caption(said).ID("train-says")
}
