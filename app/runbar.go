package app

import (
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// runBar stays in view: the run's buttons, how far it is, and its figures.
type runBar struct {
	app.Compo
	Desk    *desk
	Compact bool // of a frame: without what is the surrounding page's to say
	Rev     int
}

func (v *runBar) Render() app.UI {
	d := v.Desk
	class, brand := "runbar", "brand"
	if v.Compact {
		class, brand = "runbar compact", "unseen"
	}
	return app.Header().ID("run").Class(class).Body(
		app.H1().Class(brand).Text(textName),
		app.Div().Class("run-buttons").Role("group").Aria("label", d.Words.RunGroup).Body(
			v.button("run-primary", d.primary(), "button primary"),
			v.button("run-stop", actStop, "button"),
			v.button("run-reset", actReset, "button"),
		),
		v.progress(),
		app.Dl().Class("run-figures").Body(
			figure("run-loss", textLoss, d.State.Run.Loss, d.State.Run.Seen > 0),
			figure("run-acc", textAcc, d.State.Run.Acc, d.State.Run.Seen > 0),
			figure("run-val-acc", textValAcc, d.State.Run.ValAcc, d.State.Run.Validated),
		),
		app.If(!v.Compact, func() app.UI {
			return app.Div().Class("run-looks").Body(
				&languageChoice{Desk: d, Rev: v.Rev},
				v.theme(),
			)
		}),
	)
}

func (v *runBar) button(id string, a action, class string) app.UI {
	d := v.Desk
	waiting := d.asked == a || a == actTrain && d.WantTrain
	return app.Button().ID(id).Type("button").Class(class).
		DataSet("action", string(a)).
		Aria("busy", strconv.FormatBool(waiting)).
		Disabled(!d.can(a)).
		Text(d.Words.action(a)).
		OnClick(func(_ app.Context, e app.Event) {
			d.do(a)
			if byKey := e.Get("detail").Int() == 0; byKey && id != "run-primary" {
				focusPrimary()
			}
		}, app.EventScope(string(a)))
}

func (v *runBar) progress() app.UI {
	d := v.Desk
	run := d.State.Run
	samples := run.Samples
	if samples == 0 {
		samples = d.epochSamples()
	}
	count := d.Words.seen(run, samples)
	if run.Epochs > 1 {
		count = d.Words.epoch(run.Epoch, run.Epochs) + " · " + count
	}
	return app.Div().Class("run-progress").Body(
		app.Div().Class("run-words").Body(
			app.Span().ID("run-count").Class("number").Text(count),
			app.Span().ID("run-state").Class("number").DataSet("state", stateName(run.State)).Text(d.stateWords()),
		),
		app.Div().ID("progress").Role("progressbar").
			Aria("label", d.Words.ProgressName).
			Aria("valuemin", 0).Aria("valuemax", samples).Aria("valuenow", run.Seen).
			Aria("valuetext", count).
			Body(bar("bar", run.Seen, samples)),
	)
}

// stateWords says what the run is doing, or what it waits for.
func (d *desk) stateWords() string {
	run := d.State.Run
	switch {
	case d.State.Dead():
		return d.Words.Dead
	case d.WantTrain:
		return d.Words.WillStart
	}
	switch run.State {
	case wire.Training:
		if run.LeftMS > 0 {
			return d.Words.left(run.LeftMS)
		}
		return d.Words.NowTraining
	case wire.Evaluating:
		return d.Words.validating(run.ValSeen, run.ValN)
	case wire.Paused:
		return d.Words.Paused
	case wire.Stopped:
		return d.Words.Stopped
	case wire.Done:
		return d.Words.took(run.ElapsedMS)
	}
	switch {
	case d.State.Data != nil:
		if ms, ok := d.estimate(d.Query.Settings); ok {
			return d.Words.estimate(ms, d.Query.Settings.Epochs)
		}
		return d.Words.Ready
	case d.State.Loading != nil:
		return d.Words.WaitingData
	}
	return d.Words.Starting
}

// stateName is the state as an attribute's value.
func stateName(s wire.State) string {
	names := [...]string{"idle", "training", "paused", "evaluating", "stopped", "done"}
	if s < 0 || int(s) >= len(names) {
		return ""
	}
	return names[s]
}

func (v *runBar) theme() app.UI {
	d := v.Desk
	label := d.Words.ThemeDark
	if d.Dark {
		label = d.Words.ThemeLight
	}
	return app.Button().ID("theme").Type("button").Class("button icon").
		Aria("label", label).Title(label).
		OnClick(func(ctx app.Context, _ app.Event) { toggleTheme(ctx, d) }).
		Body(svg("0 0 16 16", "glyph").Body(
			svgElem("circle").Attr("cx", 8).Attr("cy", 8).Attr("r", "6.5").Class("outline"),
			svgElem("path").Attr("d", "M8 1.5a6.5 6.5 0 0 1 0 13z").Class("half"),
		))
}

// figure is one labelled number of four decimals.
func figure(id, name string, value float64, known bool) app.UI {
	text := textNoValue
	if known {
		text = formatFixed(value, 4)
	}
	return app.Div().Body(
		app.Dt().Text(name),
		app.Dd().ID(id).Class("number").Text(text),
	)
}
