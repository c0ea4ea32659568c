package app

import (
	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// refusals are texts of the settings' form that could not be taken, by the key of
// the field in which they stand. Why is told anew each time, as it changes with the
// other settings, the data and the language.
type refusals map[string]string

// complaint says why a field's text could not be taken; "" if it was.
func (r refusals) complaint(d *desk, key string) string {
	text, refused := r[key]
	if !refused {
		return ""
	}
	s, err := d.settingsWith(key, text)
	if err != nil {
		return err.Error()
	}
	if _, err := d.plan(s); err != nil {
		return d.Words.unfit(err)
	}
	return ""
}

// tryAgain takes what was refused and can be had now: the settings, or the data,
// have changed. Every one that is taken may make room for others. A preset would
// undo what the visitor has chosen since, so it is forgotten.
func (r refusals) tryAgain(d *desk) {
	delete(r, presetKey)
	for again := true; again; {
		again = false
		for i := range settings {
			key := settings[i].key
			text, refused := r[key]
			if refused && r.inForm(d, key) && r.complaint(d, key) == "" && d.set(key, text) == nil {
				delete(r, key)
				again = true
			}
		}
	}
}

// canBeHad says whether any of them would be taken now.
func (r refusals) canBeHad(d *desk) bool {
	for key := range r {
		if (key == presetKey || r.inForm(d, key)) && r.complaint(d, key) == "" {
			return true
		}
	}
	return false
}

// inForm says whether the field is there, and not one of another optimiser.
func (r refusals) inForm(d *desk, key string) bool {
	f := settingFor(key)
	return f.of(&d.Query.Settings)
}

// showPreset puts the list of presets back to what the settings are: the browser
// still shows the choice that was refused, of which go-app knows nothing.
func showPreset(s wire.Settings) {
	key := ownPreset
	if p := presetOf(s); p != nil {
		key = p.key
	}
	if list := app.Window().GetElementByID("set-" + presetKey); list.Truthy() {
		list.Set("value", key)
	}
}
