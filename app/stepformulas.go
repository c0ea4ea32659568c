package app

import (
	"fmt"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// stepDigits is how many digits the formulas' numbers have: they span many
// powers of ten.
const stepDigits = 5

func digits(v float32) string { return formatDigits(float64(v), stepDigits) }

// rest is what a share leaves of 1.
func rest(share float64) string { return formatDigits(1-share, stepDigits) }

// factor is a number behind a sign of operation.
func factor(v float32) string {
	if v < 0 {
		return "(" + digits(v) + ")"
	}
	return digits(v)
}

// stepFormulas are those of the last step of the trace's weight: how the gradient
// moved the optimiser's numbers, and these the weight.
func (d *desk) stepFormulas(t *wire.Trace) []app.UI {
	w, o, u := &d.Words.Arithmetic, d.applied.Optimizer, &t.Last
	list := formula("step-gradient", w.Gradient, "g = "+digits(u.Gradient), "")
	switch count := len(u.Moments); {
	case o.Name == "adadelta" && count == 2:
		list = append(list, adadeltaFormulas(w, o, u)...)
	case o.Name == "sgd" && count == 1:
		list = append(list, sgdFormulas(w, o, u)...)
	case o.Name == "muon" && t.Op == wire.Convolve && count == 2:
		list = append(list, muonFormulas(w, o, u)...)
	case (o.Name == "adam" || o.Name == "muon") && count == 2: // Muon has Adam's way with all else
		list = append(list, adamFormulas(w, o, u)...)
	}
	return append(list, formula("step-difference", w.Difference,
		fmt.Sprintf("%s − %s = %s", digits(u.After), factor(u.Before), digits(u.After-u.Before)), "")...)
}

func adadeltaFormulas(w *arithmeticWords, o wire.Optimizer, u *wire.Update) []app.UI {
	rho, eps, eg, ed := formatG(o.Rho), formatDigits(o.Epsilon, stepDigits), u.Moments[0], u.Moments[1]
	list := formula("step-mean-square", w.MeanSquare, "E[g²] ← ρ·E[g²] + (1−ρ)·g²",
		fmt.Sprintf("%s × %s + %s × %s = %s", rho, digits(eg.Before), rest(o.Rho), digits(u.Squared), digits(eg.After)))
	list = append(list, formula("step-delta", w.Delta, "d = √(E[d²]+ε) / √(E[g²]+ε) · g",
		fmt.Sprintf("√(%s + %s) / √(%s + %s) × %s = %s / %s × %s = %s", digits(ed.Before), eps, digits(eg.After), eps, factor(u.Gradient),
			digits(u.RMSUpdate), digits(u.RMSGradient), factor(u.Gradient), digits(u.Delta)))...)
	list = append(list, formula("step-mean-delta", w.MeanDelta, "E[d²] ← ρ·E[d²] + (1−ρ)·d²",
		fmt.Sprintf("%s × %s + %s × %s = %s", rho, digits(ed.Before), rest(o.Rho), digits(u.Delta*u.Delta), digits(ed.After)))...)
	return append(list, changeFormula(w, u, "d", u.Delta)...)
}

func sgdFormulas(w *arithmeticWords, o wire.Optimizer, u *wire.Update) []app.UI {
	v := u.Moments[0]
	list := formula("step-momentum", w.Momentum, "v ← μ·v − lr·g",
		fmt.Sprintf("%s × %s − %s × %s = %s", formatG(o.Momentum), factor(v.Before), digits(u.Rate), factor(u.Gradient), digits(v.After)))
	return append(list, formula("step-change", w.NewWeight, "w ← w + v",
		fmt.Sprintf("%s + %s = %s", digits(u.Before), factor(v.After), digits(u.After)))...)
}

func adamFormulas(w *arithmeticWords, o wire.Optimizer, u *wire.Update) []app.UI {
	m, s := u.Moments[0], u.Moments[1]
	list := formula("step-mean", w.Mean, "m ← β₁·m + (1−β₁)·g",
		fmt.Sprintf("%s × %s + %s × %s = %s", formatG(o.Beta1), factor(m.Before), rest(o.Beta1), factor(u.Gradient), digits(m.After)))
	list = append(list, formula("step-mean-square", w.MeanSquare, "s ← β₂·s + (1−β₂)·g²",
		fmt.Sprintf("%s × %s + %s × %s = %s", formatG(o.Beta2), digits(s.Before), rest(o.Beta2), digits(u.Gradient*u.Gradient), digits(s.After)))...)
	return append(list, formula("step-change", w.NewWeight, "w ← w − lr·m / (√s+ε)",
		fmt.Sprintf("%s − %s × %s / (√%s + %s) = %s", digits(u.Before), digits(u.Rate), factor(m.After),
			digits(s.After), formatDigits(o.Epsilon, stepDigits), digits(u.After)))...)
}

// muonFormulas can't show how the kernel is made orthogonal: every value of it has
// a part in each.
func muonFormulas(w *arithmeticWords, o wire.Optimizer, u *wire.Update) []app.UI {
	mu, v, change := formatG(o.Momentum), u.Moments[0], u.Moments[1].After
	list := formula("step-momentum", w.Momentum, "v ← μ·v + g",
		fmt.Sprintf("%s × %s + %s = %s", mu, factor(v.Before), factor(u.Gradient), digits(v.After)))
	list = append(list, formula("step-orthogonal", w.Orthogonal, "o = orth(g + μ·v)",
		fmt.Sprintf("orth(%s + %s × %s) = %s", digits(u.Gradient), mu, factor(v.After), digits(change)))...)
	return append(list, changeFormula(w, u, "o", change)...)
}

// changeFormula is the new weight by a change of that name.
func changeFormula(w *arithmeticWords, u *wire.Update, name string, change float32) []app.UI {
	return formula("step-change", w.NewWeight, "w ← w − lr·"+name,
		fmt.Sprintf("%s − %s × %s = %s", digits(u.Before), digits(u.Rate), factor(change), digits(u.After)))
}

// formula is a line of what it means, in symbols, and in numbers.
func formula(id, word, symbols, filled string) []app.UI {
	body := []app.UI{app.Span().Text(symbols)}
	if filled != "" {
		body = append(body, app.Br(), app.Text("= "+filled))
	}
	return []app.UI{app.Dt().Text(word), app.Dd().ID(id).Class("number").Body(body...)}
}
