package app

import (
	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// progress shows the run as Keras prints it: a line for each epoch, the last
// one growing. What is spoken is announcer's.
type progress struct {
	app.Compo
	Desk *desk
	Rev  int
}

// maxEpochLines is how many finished epochs stay listed above the last; the
// curves have them all.
const maxEpochLines = 5

func (v *progress) Render() app.UI {
	d := v.Desk
	run := d.State.Run
	lines := v.finished()
	return app.Div().Class("keras").Role("group").Aria("label", d.Words.KerasOutput).Body(
		app.Ol().Class("keras-past").Body(
			app.Range(lines).Slice(func(i int) app.UI {
				return app.Li().Body(
					app.Span().Class("keras-epoch").Text(d.Words.epoch(lines[i].Epoch, lines[i].Epochs)),
					app.Span().Class("keras-line").Text(kerasLine(lines[i])),
				)
			}),
		),
		app.Div().Class("keras-now").Body(
			app.Span().ID("epoch").Class("keras-epoch").Text(v.epoch()),
			app.Span().ID("status").Role("status").Aria("live", "off").Class("keras-line").
				DataSet("state", stateName(run.State)).
				Text(v.line()),
		),
	)
}

// finished are the epochs before the one at hand.
func (v *progress) finished() []wire.Progress {
	e := v.Desk.State.Epochs
	if len(e) == 0 {
		return nil
	}
	e = e[:len(e)-1]
	for len(e) > 0 && e[0].Samples == 0 { // before a Restore: not seen here
		e = e[1:]
	}
	return e[max(len(e)-maxEpochLines, 0):]
}

func (v *progress) epoch() string {
	run := v.Desk.State.Run
	if run.Epoch == 0 {
		return v.Desk.Words.epoch(1, v.Desk.Query.Settings.Epochs)
	}
	return v.Desk.Words.epoch(run.Epoch, run.Epochs)
}

// line is the epoch at hand; before the first it is the empty bar of the run
// to come.
func (v *progress) line() string {
	run := v.Desk.State.Run
	if run.Epoch == 0 {
		run = wire.Progress{Samples: v.Desk.epochSamples()}
	}
	return kerasLine(run)
}
