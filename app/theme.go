package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// themeKey is where the visitor's choice of theme is kept in localStorage, as
// a JSON string: "light" or "dark".
const themeKey = "convlens-theme"

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

// watchTheme takes over the remembered theme, or else the system's, and
// follows the system's as long as none is remembered.
func (p *page) watchTheme(ctx app.Context) {
	var kept string
	if err := ctx.LocalStorage().Get(themeKey, &kept); err != nil {
		kept = "" // somebody else's value: as good as none
	}
	media := app.Window().Call("matchMedia", darkMedia)
	dark := media.Get("matches").Bool()
	if kept != "" {
		dark = kept == themeName(true)
	}
	useTheme(ctx, p.desk, dark)
	p.media = app.FuncOf(func(_ app.Value, args []app.Value) any {
		dark := args[0].Get("matches").Bool()
		ctx.Dispatch(func(ctx app.Context) {
			if !ctx.LocalStorage().Contains(themeKey) {
				useTheme(ctx, p.desk, dark)
			}
		})
		return nil
	})
	media.Call("addEventListener", "change", p.media)
}

func (p *page) unwatchTheme() {
	if p.media != nil {
		app.Window().Call("matchMedia", darkMedia).Call("removeEventListener", "change", p.media)
		p.media.Release()
	}
}

// useTheme shows the page in a theme; style.css follows data-theme.
func useTheme(ctx app.Context, d *desk, dark bool) {
	d.Dark = dark
	d.touch(topicTheme)
	root := app.Window().Get("document").Get("documentElement")
	root.Get("dataset").Set("theme", themeName(dark))
	repaint(ctx, "")
}

// toggleTheme changes the theme and remembers it. Without storage the choice
// lasts as long as the page.
func toggleTheme(ctx app.Context, d *desk) {
	useTheme(ctx, d, !d.Dark)
	if err := ctx.LocalStorage().Set(themeKey, themeName(d.Dark)); err != nil {
		app.Log(err)
	}
}

// reducedMotion says whether the visitor asked the system for less motion.
func reducedMotion() bool {
	return app.Window().Call("matchMedia", "(prefers-reduced-motion: reduce)").Get("matches").Bool()
}
