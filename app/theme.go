package app

import (
	"slices"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// themeKey is where the visitor's choice of theme is kept in localStorage, as
// a JSON string: "light" or "dark".
const themeKey = "convlens-theme"

// themes are what the address and a surrounding page may ask for.
var themes = []string{themeName(false), themeName(true), "auto"}

func isTheme(name string) bool { return slices.Contains(themes, name) }

const darkMedia = "(prefers-color-scheme: dark)"

func themeName(dark bool) string {
	if dark {
		return "dark"
	}
	return "light"
}

// palette returns the colours of pictures for the theme in use.
func (d *desk) palette() *palette {
	if d.Dark {
		return darkPalette
	}
	return lightPalette
}

// watchTheme follows the system's theme as long as no other is chosen.
func (p *page) watchTheme(ctx app.Context) {
	p.media = app.FuncOf(func(app.Value, []app.Value) any {
		ctx.Dispatch(func(ctx app.Context) { useTheme(ctx, p.desk, chosenTheme(p.desk.Query)) })
		return nil
	})
	app.Window().Call("matchMedia", darkMedia).Call("addEventListener", "change", p.media)
}

// chosenTheme says whether the theme is dark that the address asks for, or else
// the one remembered, or else the system's.
func chosenTheme(q Query) (dark bool) {
	chosen := q.Theme
	if chosen == "" {
		chosen = remembered("localStorage", themeKey)
	}
	switch chosen {
	case themeName(false):
		return false
	case themeName(true):
		return true
	}
	return app.Window().Call("matchMedia", darkMedia).Get("matches").Bool()
}

func (p *page) unwatchTheme() {
	if p.media != nil {
		app.Window().Call("matchMedia", darkMedia).Call("removeEventListener", "change", p.media)
		p.media.Release()
	}
}

// showTheme shows the page in a theme; style.css follows data-theme.
func showTheme(d *desk, dark bool) {
	d.Dark = dark
	d.touch(topicTheme)
	root := app.Window().Get("document").Get("documentElement")
	root.Get("dataset").Set("theme", themeName(dark))
}

// useTheme changes the theme of a page that there is.
func useTheme(ctx app.Context, d *desk, dark bool) {
	showTheme(d, dark)
	repaint(ctx, "")
}

// toggleTheme changes the theme and remembers it, and keeps an address true that
// names another. Without storage the choice lasts as long as the page.
func toggleTheme(ctx app.Context, d *desk) {
	useTheme(ctx, d, !d.Dark)
	if d.Query.Theme != "" {
		d.Query.Theme = themeName(d.Dark)
		d.tellAddress()
	}
	if err := ctx.LocalStorage().Set(themeKey, themeName(d.Dark)); err != nil {
		app.Log(err)
	}
}

// reducedMotion says whether the visitor asked the system for less motion.
func reducedMotion() bool {
	return app.Window().Call("matchMedia", "(prefers-reduced-motion: reduce)").Get("matches").Bool()
}
