package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// languageKey is where the visitor's choice of language is kept in
// localStorage, as a JSON string with its code.
const languageKey = "convlens-language"

// chosenLanguage is the one that the address asks for, or else the one chosen
// before, or else the first of the browser's that the page has.
func chosenLanguage() *words {
	wanted := []string{app.Window().URL().Query().Get("lang"), remembered("localStorage", languageKey)}
	tags := app.Window().Get("navigator").Get("languages")
	for i := range tags.Length() {
		wanted = append(wanted, tags.Index(i).String())
	}
	return language(wanted...)
}

// useLanguage shows the page in a language.
func useLanguage(d *desk, w *words) {
	d.speak(w)
	document := app.Window().Get("document")
	document.Get("documentElement").Set("lang", w.Code)
	document.Set("title", w.Title)
}

// languageChoice lets the visitor choose a language, each named in itself.
type languageChoice struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *languageChoice) Render() app.UI {
	d := v.Desk
	return app.Select().ID("language").Class("language").Aria("label", d.Words.Language).Title(d.Words.Language).
		OnChange(v.onChange).Body(
		app.Range(languages).Slice(func(i int) app.UI {
			w := languages[i]
			return app.Option().Value(w.Code).Lang(w.Code).Selected(w == d.Words).Text(w.Name)
		}),
	)
}

// onChange remembers the choice, and keeps an address true that names another
// language. Without storage the choice lasts as long as the page.
func (v *languageChoice) onChange(ctx app.Context, _ app.Event) {
	d := v.Desk
	useLanguage(d, language(ctx.JSSrc().Get("value").String()))
	if d.Query.Language != "" {
		d.Query.Language = d.Words.Code
		d.tellAddress()
	}
	if err := ctx.LocalStorage().Set(languageKey, d.Words.Code); err != nil {
		app.Log(err)
	}
}
