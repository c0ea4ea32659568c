package app

import (
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// footer says what runs where, and what identifies this run.
type footer struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *footer) Render() app.UI {
	d := v.Desk
	run := d.State.Run
	machine, timing, version := "", "", ""
	if r := d.State.Ready; r != nil {
		machine = d.Words.machine(r.SIMD, run)
	}
	if steps := d.epochSteps(run.Seen); steps > 0 && run.Timing.ForwardMS > 0 {
		timing = d.Words.timing(run.Timing, steps)
	}
	started := ""
	if d.ReadyMS > 0 {
		started = d.Words.started(d.ReadyMS, run.FirstStepMS)
	}
	if d.Build != "" {
		version = fmt.Sprintf(d.Words.Version, d.Build)
	}
	fingerprint := ""
	if f := run.Fingerprint; f != "" {
		fingerprint = d.Words.fingerprint(f)
	}
	return app.Footer().Class("footer").Body(
		&offline{Desk: d, Busy: d.State.Busy(), Rev: d.rev(topicStorage, topicData, topicFault)},
		app.P().Text(d.Words.Local),
		app.P().ID("machine").DataSet("memory", run.MemoryBytes).Text(machine),
		app.P().ID("timing").Text(timing),
		app.P().ID("started").DataSet("first-step", formatG(run.FirstStepMS)).Text(started),
		app.P().ID("fingerprint").Class("number").DataSet("fingerprint", run.Fingerprint).Text(fingerprint),
		app.P().Class("number").Body(
			app.Span().ID("version").Text(version),
			app.Span().Text(d.Words.Licence),
			// In a window of its own: go-app would look for a route of its own.
			app.A().Href("embedding.html").Target("_blank").Rel("noopener").Text(d.Words.Embedding),
		),
	)
}
