package app

import (
	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// controls are the settings of the next run, folded away behind a line that
// says what they are.
type controls struct {
	app.Compo
	Desk    *desk
	Waiting bool // see desk.waiting
	Rev     int

	wrong map[string]string // by setting: why what was typed was not taken
}

// formSettings are the settings that the form offers.
var formSettings = []string{"epochs", "batch", "seed", "limit", "workers"}

func (v *controls) Render() app.UI {
	s := v.Desk.Query.Settings
	return app.Details().ID("settings").Class("settings").OnKeyDown(onSettingsKey).Body(
		app.Summary().Body(
			app.Span().Class("settings-word").Text(v.Desk.Words.Settings),
			app.Span().ID("settings-summary").Class("settings-line number").Text(v.Desk.Words.settingsSummary(s)),
		),
		app.Div().Class("settings-form").Body(
			app.Range(formSettings).Slice(func(i int) app.UI { return v.field(settingFor(formSettings[i])) }),
		),
		app.Dl().Class("facts optimizer").Body(v.optimizer(s.Optimizer)...),
		v.note(),
	)
}

// onSettingsKey folds the settings away with Escape.
func onSettingsKey(ctx app.Context, e app.Event) {
	if details := ctx.JSSrc(); e.Get("key").String() == "Escape" && details.Get("open").Bool() {
		details.Call("querySelector", "summary").Call("focus") // first, while it is where it was seen
		details.Set("open", false)
	}
}

func (v *controls) field(f setting) app.UI {
	id := "set-" + f.key
	input := app.Input().ID(id).Type("text").Attr("inputmode", "numeric").Attr("autocomplete", "off").
		Value(f.text(&v.Desk.Query.Settings)).
		OnChange(func(ctx app.Context, _ app.Event) { v.take(ctx, f) }, app.EventScope(f.key))
	if f.zero {
		input = input.Placeholder(v.Desk.Words.unset(f.key))
	}
	wrong := v.wrong[f.key]
	if wrong != "" {
		input = input.Aria("invalid", "true").Aria("describedby", id+"-wrong")
	}
	return app.Div().Class("setting").Body(
		app.Label().For(id).Text(v.Desk.Words.setting(f.key)),
		input,
		app.Span().ID(id+"-wrong").Class("wrong").Aria("live", "polite").Text(wrong),
	)
}

// take uses what was typed, or says why not and leaves it there to be
// corrected.
func (v *controls) take(ctx app.Context, f setting) {
	if v.wrong == nil {
		v.wrong = map[string]string{}
	}
	delete(v.wrong, f.key)
	if err := v.Desk.set(f.key, ctx.JSSrc().Get("value").String()); err != nil {
		v.wrong[f.key] = err.Error()
	}
}

// optimizer lists the method's numbers, all of them, as other versions of
// Keras have other defaults.
func (v *controls) optimizer(o wire.Optimizer) []app.UI {
	row := func(name, value string) []app.UI {
		return []app.UI{app.Dt().Text(name), app.Dd().Class("number").Text(value)}
	}
	rows := append(row(v.Desk.Words.Optimizer, o.Name), row("lr", formatRate(o.LearningRate))...)
	switch o.Name {
	case "adadelta":
		rows = append(rows, row("rho", formatG(o.Rho))...)
		rows = append(rows, row("epsilon", formatG(o.Epsilon))...)
	case "sgd":
		rows = append(rows, row("momentum", formatG(o.Momentum))...)
	case "adam":
		rows = append(rows, row("beta_1", formatG(o.Beta1))...)
		rows = append(rows, row("beta_2", formatG(o.Beta2))...)
		rows = append(rows, row("epsilon", formatG(o.Epsilon))...)
	}
	return rows
}

// note says when a setting waits for Reset.
func (v *controls) note() app.UI {
	text := ""
	if v.Waiting {
		text = v.Desk.Words.NextReset
	}
	return app.P().ID("settings-note").Class("caption").Aria("live", "polite").Text(text)
}
