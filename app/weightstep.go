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
		app.Dl().ID("step-formulas").Class("formulas").Body(v.formulas(u)...),
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

// stepDigits is how many digits the formulas' numbers have: they span many
// powers of ten.
const stepDigits = 5

func digits(v float32) string { return formatDigits(float64(v), stepDigits) }

// factor is a number behind a sign of operation.
func factor(v float32) string {
	if v < 0 {
		return "(" + digits(v) + ")"
	}
	return digits(v)
}

// formulas lists the step's parts, all of them for Adadelta.
func (v *weightStep) formulas(u *wire.Update) []app.UI {
	w := &v.Desk.Words.Arithmetic
	o := v.Desk.applied.Optimizer
	list := formula("step-gradient", w.Gradient, "g = "+digits(u.Gradient), "")
	if o.Name == "adadelta" && len(u.Moments) == 2 {
		rho, rest, lr := formatG(o.Rho), formatDigits(1-o.Rho, stepDigits), formatRate(o.LearningRate)
		eps := formatDigits(o.Epsilon, stepDigits)
		eg, ed := u.Moments[0], u.Moments[1]
		list = append(list, formula("step-mean-square", w.MeanSquare, "E[g²] ← ρ·E[g²] + (1−ρ)·g²",
			fmt.Sprintf("%s × %s + %s × %s = %s", rho, digits(eg.Before), rest, digits(u.Squared), digits(eg.After)))...)
		list = append(list, formula("step-delta", w.Delta, "d = √(E[d²]+ε) / √(E[g²]+ε) · g",
			fmt.Sprintf("√(%s + %s) / √(%s + %s) × %s = %s / %s × %s = %s", digits(ed.Before), eps, digits(eg.After), eps, factor(u.Gradient),
				digits(u.RMSUpdate), digits(u.RMSGradient), factor(u.Gradient), digits(u.Delta)))...)
		list = append(list, formula("step-mean-delta", w.MeanDelta, "E[d²] ← ρ·E[d²] + (1−ρ)·d²",
			fmt.Sprintf("%s × %s + %s × %s = %s", rho, digits(ed.Before), rest, digits(u.Delta*u.Delta), digits(ed.After)))...)
		list = append(list, formula("step-change", w.NewWeight, "w ← w − lr·d",
			fmt.Sprintf("%s − %s × %s = %s", digits(u.Before), lr, factor(u.Delta), digits(u.After)))...)
	}
	return append(list, formula("step-difference", w.Difference,
		fmt.Sprintf("%s − %s = %s", digits(u.After), factor(u.Before), digits(u.After-u.Before)), "")...)
}

// formula is a line of what it means, in symbols, and in numbers.
func formula(id, word, symbols, filled string) []app.UI {
	body := []app.UI{app.Span().Text(symbols)}
	if filled != "" {
		body = append(body, app.Br(), app.Text("= "+filled))
	}
	return []app.UI{app.Dt().Text(word), app.Dd().ID(id).Class("number").Body(body...)}
}
