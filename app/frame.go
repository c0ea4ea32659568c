package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// frame is the page as a frame of another page shows it: one panel, the run's
// buttons above, and below the way to all the rest.
func frame(d *desk) app.UI {
	name := d.Query.Embed
	return app.Div().Class("page framed").DataSet("panel", name).Body(
		&runBar{Desk: d, Compact: true, Rev: d.rev(topicRun, topicData, topicFault, topicSettings)},
		app.Main().Class("main").Body(
			&notices{Desk: d, Rev: d.rev(topicFault, topicSettings)},
			app.If(!d.Sandboxed, func() app.UI {
				return app.Div().Class("panel").Body(append(panelHeading(d), panelFor(name).body(d)...)...)
			}),
		),
		&frameFooter{Desk: d, Rev: d.rev(topicRun, topicSettings, topicSample, topicChoice)},
	)
}

// panelHeading stands between the page's heading and those in the panel. It is
// for those who listen: the others see what they look at.
func panelHeading(d *desk) []app.UI {
	title := panelFor(d.Query.Embed).title
	if title == nil {
		return nil
	}
	return []app.UI{app.H2().Class("unseen").Text(title(d.Words))}
}

// frameFooter says that everything stays here, and leads to the whole page.
type frameFooter struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *frameFooter) Render() app.UI {
	d := v.Desk
	return app.Footer().Class("footer frame-footer").DataSet("fingerprint", d.State.Run.Fingerprint).Body(
		app.P().Text(d.Words.Local),
		wholePageLink(d, "open-whole", ""),
	)
}

// wholePageLink opens the whole page with what is set and looked at here, in a
// window of its own.
func wholePageLink(d *desk, id, class string) app.UI {
	address := "./"
	if query := d.link().Values(nil, sourceNames(d.Sources)).Encode(); query != "" {
		address += "?" + query
	}
	return app.A().ID(id).Class(class).Href(address).Target("_blank").Rel("noopener").Text(d.Words.OpenWhole)
}
