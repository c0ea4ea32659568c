package app

import (
	"strconv"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// whyView asks why the network reads the chosen image as it does: where a class
// finds its evidence, and which filters matter.
type whyView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *whyView) OnMount(app.Context) { v.Desk.askWhy() }

func (v *whyView) Render() app.UI {
	d := v.Desk
	w := &d.Words.Why
	if d.State.Reasons == nil {
		return app.Div().Class("why").Body(caption(w.Waiting).ID("why-readout"))
	}
	return app.Div().Class("why").Body(
		v.classes(),
		app.Div().Class("why-row").Body(
			v.convolutions(),
			app.Label().Class("check").For("why-ink").Body(
				app.Input().ID("why-ink").Type("checkbox").Checked(d.Why.Ink).OnChange(v.onInk),
				app.Text(w.Ink),
			),
		),
		app.P().ID("why-readout").Class("caption number").Aria("live", "polite").Text(v.readout()),
		app.Div().Class("why-figures").Body(
			&whyFigure{Desk: d, Picture: whyImage, Rev: v.Rev},
			&whyFigure{Desk: d, Picture: whyGradient, Rev: v.Rev},
			&whyFigure{Desk: d, Picture: whyCAM, Rev: v.Rev},
			&whyFigure{Desk: d, Picture: whyCovered, Rev: v.Rev},
		),
		v.moment(),
		&silenceView{Desk: d, Rev: v.Rev},
	)
}

// classes are the classes to ask about, the network's answer first.
func (v *whyView) classes() app.UI {
	d := v.Desk
	w := &d.Words.Why
	ask := d.Why.Ask
	buttons := []app.UI{choice("why-answer", w.Answer, !ask.Given, false, func(app.Context, app.Event) {
		d.changeWhy(func(c *whyChoice) { c.Ask.Given, c.Ask.Class = false, 0 })
	})}
	for i := range d.State.Reasons.Probs {
		name := d.class(i)
		buttons = append(buttons, choice("why-class-"+strconv.Itoa(i), name, ask.Given && ask.Class == i, false, func(app.Context, app.Event) {
			d.changeWhy(func(c *whyChoice) { c.Ask.Given, c.Ask.Class = true, i })
		}))
	}
	return app.Div().Class("why-row").Body(
		app.Span().Class("caption").Text(w.Ask),
		app.Div().Class(choicesClass(len(buttons), "why-classes")).Role("group").Aria("label", w.ClassGroup).Body(buttons...),
	)
}

// convolutions are those whose maps Grad-CAM takes, and whose filters can be
// silenced.
func (v *whyView) convolutions() app.UI {
	d := v.Desk
	names := d.convolutions()
	return app.Div().Class("choices").Role("group").Aria("label", d.Words.Why.LayerGroup).Body(
		app.Range(names).Slice(func(i int) app.UI {
			return choice("why-"+names[i], names[i], names[i] == d.State.Reasons.Layer, false,
				func(app.Context, app.Event) { d.chooseConvolution(names[i]) })
		}),
	)
}

func (v *whyView) onInk(ctx app.Context, _ app.Event) {
	ink := ctx.JSSrc().Get("checked").Bool()
	v.Desk.showWhy(func(c *whyChoice) { c.Ink = ink })
	repaint(ctx, "")
}

// readout says what all pictures have at the chosen pixel.
func (v *whyView) readout() string {
	d := v.Desk
	i, in := d.Why.Pixel, d.State.Reasons.Input
	if width := whyWidth(&in); i >= 0 && i < len(d.State.Reasons.CAM.Data) {
		return d.Words.whyPixel(i/width, i%width, whyPictures(d), i)
	}
	return d.Words.Why.PointToPixel
}

// moment says which network was measured, if the run has gone on since.
func (v *whyView) moment() app.UI {
	d := v.Desk
	text := d.Words.Why.Fresh
	step, old := d.whySince()
	if old {
		text = d.Words.whyOld(step, d.State.Reasons.Step)
	}
	return app.Div().Class("why-row why-moment").Body(
		button("why-again", d.Words.Why.Again, !old, func(app.Context, app.Event) { d.askWhy() }),
		caption(text),
	)
}

// whyWidth is the width of an image (C,H,W), or of a map (H,W).
func whyWidth(t *wire.Tensor) int { return t.Shape[len(t.Shape)-1] }
