package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// footer says what runs where, and what identifies this run.
type footer struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *footer) Render() app.UI {
	d := v.Desk
	machine, version := "", ""
	if r := d.State.Ready; r != nil {
		machine = textMachine(r.SIMD, d.State.Run.ImagesPerS, d.State.Run.MemoryBytes)
	}
	if d.Build != "" {
		version = textVersion(d.Build)
	}
	fingerprint := ""
	if f := d.State.Run.Fingerprint; f != "" {
		fingerprint = textFingerprint(f)
	}
	return app.Footer().Class("footer").Body(
		app.P().Text(textFooterLocal),
		app.P().ID("machine").DataSet("memory", d.State.Run.MemoryBytes).Text(machine),
		app.P().ID("fingerprint").Class("number").DataSet("fingerprint", d.State.Run.Fingerprint).Text(fingerprint),
		app.P().Class("number").Body(
			app.Span().ID("version").Text(version),
			app.Span().Text(textLicence),
		),
	)
}
