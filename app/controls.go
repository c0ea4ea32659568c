package app

import (
	"fmt"

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

	refused refusals
}

// OnUpdate takes what the data in use, which are others now, leave room for.
func (v *controls) OnUpdate(ctx app.Context) {
	if v.refused.canBeHad(v.Desk) {
		ctx.Dispatch(func(app.Context) { v.tryAgain() })
	}
}

func (v *controls) Render() app.UI {
	d := v.Desk
	return app.Details().ID("settings").Class("settings").OnKeyDown(onSettingsKey).Body(
		app.Summary().Body(
			app.Span().Class("settings-word").Text(d.Words.Settings),
			app.Span().ID("settings-summary").Class("settings-line number").Text(d.Words.settingsSummary(d.Query.Settings)),
		),
		v.preset(),
		app.Div().Class("settings-groups").Body(
			app.Range(make([]struct{}, settingGroups)).Slice(func(i int) app.UI { return v.group(settingGroup(i)) }),
		),
		v.outcome(),
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

// preset offers the presets, and says what the settings are.
func (v *controls) preset() app.UI {
	w := v.Desk.Words
	own, about := true, w.Setup.OwnAbout
	var options []app.UI
	of := presetOf(v.Desk.Query.Settings)
	for i := range presets {
		p := &presets[i]
		options = append(options, app.Option().Value(p.key).Selected(p == of).Text(p.name(w)))
		if p == of {
			own, about = false, p.about(w)
		}
	}
	options = append(options, app.Option().Value(ownPreset).Selected(own).Disabled(!own).Text(w.Setup.Own))
	return app.Div().Class("settings-preset").Body(
		app.Div().Class("setting").Body(
			app.Label().For("set-preset").Text(w.Setup.Preset),
			app.Select().ID("set-preset").OnChange(v.onPreset).Body(options...),
			v.complaint(presetKey),
		),
		caption(about),
	)
}

func (v *controls) onPreset(ctx app.Context, _ app.Event) {
	chosen := presetFor(ctx.JSSrc().Get("value").String())
	if chosen == nil {
		return
	}
	v.takeAll(presetKey, chosen.key, chosen.whole(v.Desk.Query.Settings))
}

// takeAll uses several settings at once, those that a list's choice stands for, or
// keeps the choice as refused. Fields that hold what could not be taken show what
// holds again.
func (v *controls) takeAll(key, choice string, s wire.Settings) {
	for old := range v.refused {
		if old == presetKey {
			continue
		}
		if f := settingFor(old); f.typed() {
			app.Window().GetElementByID("set-"+old).Set("value", f.text(&s))
		}
	}
	v.refused = refusals{}
	if v.Desk.setAll(s) != nil {
		v.refused[key] = choice
	}
}

func (v *controls) group(g settingGroup) app.UI {
	var fields []app.UI
	for i := range settings {
		if f := &settings[i]; f.group == g {
			fields = append(fields, v.field(f))
		}
	}
	return app.FieldSet().Class("settings-group").Body(
		app.Legend().Text(v.Desk.Words.settingGroup(g)),
		app.Div().Class("settings-form").Body(fields...),
	)
}

// field is a setting with its label. Those of other optimisers keep their places,
// hidden, as go-app tells elements apart by these.
func (v *controls) field(f *setting) app.UI {
	s, id := &v.Desk.Query.Settings, "set-"+f.key
	label := app.Label().For(id).Text(v.Desk.Words.setting(f.key))
	take := func(text func(app.Value) string) app.EventHandler {
		return func(ctx app.Context, _ app.Event) { v.take(f, text(ctx.JSSrc())) }
	}
	value := func(e app.Value) string { return e.Get("value").String() }
	class, body := "setting", []app.UI(nil)
	switch {
	case f.toggle:
		class = "setting setting-toggle"
		ticked := func(e app.Value) string { return zeroOne(e.Get("checked").Bool()) }
		body = []app.UI{
			app.Input().ID(id).Type("checkbox").Checked(f.text(s) == "1").OnChange(take(ticked), app.EventScope(f.key)), label,
		}
	case f.options != nil:
		body = []app.UI{label, app.Select().ID(id).OnChange(take(value), app.EventScope(f.key)).Body(
			app.Range(f.options).Slice(func(i int) app.UI {
				return app.Option().Value(f.options[i]).Selected(f.options[i] == f.text(s)).Text(optimizerName(f.options[i]))
			}),
		)}
	default:
		body = []app.UI{label, v.input(f, id).OnChange(take(value), app.EventScope(f.key))}
	}
	return app.Div().Class(class).Hidden(!f.of(s)).Body(append(body, v.complaint(f.key))...)
}

func (v *controls) input(f *setting, id string) app.HTMLInput {
	input := app.Input().ID(id).Type("text").Attr("inputmode", f.mode()).Attr("autocomplete", "off").
		Value(f.text(&v.Desk.Query.Settings))
	if f.open {
		input = input.Placeholder(v.Desk.Words.unset(f.key))
	}
	if v.refused.complaint(v.Desk, f.key) != "" {
		input = input.Aria("invalid", "true").Aria("describedby", id+"-wrong")
	}
	return input
}

// complaint says why what was typed could not be taken.
func (v *controls) complaint(key string) app.UI {
	return app.Span().ID("set-"+key+"-wrong").Class("wrong").Aria("live", "polite").Text(v.refused.complaint(v.Desk, key))
}

// take uses what was typed, or leaves it there to be corrected. What is taken may
// make room for what was refused before.
func (v *controls) take(f *setting, text string) {
	if f.options != nil { // brings other settings along
		if s, err := v.Desk.settingsWith(f.key, text); err == nil {
			v.takeAll(f.key, text, s)
		}
		return
	}
	if v.refused == nil {
		v.refused = refusals{}
	}
	delete(v.refused, f.key)
	if v.Desk.set(f.key, text) != nil {
		v.refused[f.key] = text
		return
	}
	v.tryAgain()
}

func (v *controls) tryAgain() {
	_, preset := v.refused[presetKey]
	if v.refused.tryAgain(v.Desk); preset {
		showPreset(v.Desk.Query.Settings)
	}
}

// outcome says what the settings come to.
func (v *controls) outcome() app.UI {
	d := v.Desk
	plan, err := d.plan(d.Query.Settings)
	if err != nil {
		return app.P().ID("settings-unfit").Class("wrong").Text(d.Words.unfit(err))
	}
	return app.Div().Body(
		caption(fmt.Sprintf(d.Words.Setup.Comes, d.Words.count(plan.Params), d.Words.count(plan.MultiplyAdds))).ID("settings-outcome"),
		app.P().ID("settings-estimate").Class("caption number").Aria("live", "polite").Text(d.estimateWords()),
	)
}

// note says when a setting waits for Reset.
func (v *controls) note() app.UI {
	text := ""
	if v.Waiting {
		text = v.Desk.Words.NextReset
	}
	return caption(text).ID("settings-note").Aria("live", "polite")
}
