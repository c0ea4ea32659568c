package app

import (
	"fmt"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// weightStep is the way back: what the last training step did to the chosen
// weight, as formulas with their numbers.
type weightStep struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *weightStep) Render() app.UI {
	d := v.Desk
	w := &d.Words.Arithmetic
	t := d.State.Explained()
	root := app.Div().ID("weight-step").Class("weight-step")
	if t == nil || !t.Op.Weighted() {
		return root
	}
	body := []app.UI{
		app.H3().Text(w.Backward),
		app.P().Class("caption").Body(app.Text(w.BackwardSays+" "), app.Strong().ID("step-weight").Class("number").Text(v.weight(t))),
	}
	u := &t.Last
	if u.Step == 0 {
		return root.Body(append(body, app.P().ID("step-none").Text(w.NoStep))...)
	}
	return root.Body(append(body,
		app.P().ID("step-number").Text(fmt.Sprintf(w.AtStep, d.Words.count(u.Step))),
		app.Dl().ID("step-formulas").Class("formulas").Body(d.stepFormulas(t)...),
	)...)
}

// weight names the weight as Python would index the layer's array.
func (v *weightStep) weight(t *wire.Trace) string {
	if k := v.Desk.State.Kernels(t.Layer); t.Op == wire.Convolve && k != nil {
		size := k.Shape[2] * k.Shape[3]
		i := t.Weight % size
		return fmt.Sprintf("%s kernel[%d, %d, %d, %d]", t.Layer, t.Weight/size/k.Shape[1], t.Weight/size%k.Shape[1], i/k.Shape[3], i%k.Shape[3])
	}
	out, _ := v.Desk.State.shapes(t.Layer)
	return fmt.Sprintf("%s kernel[%d, %d]", t.Layer, t.Weight/out[0], t.Weight%out[0])
}
