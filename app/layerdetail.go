package app

import (
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// layerDetail is what the tutorial prints with get_config and get_weights:
// the chosen layer's configuration and its weights.
type layerDetail struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *layerDetail) Render() app.UI {
	l, _ := v.Desk.State.Layer(v.Desk.Layer)
	if l == nil {
		return app.Div().Class("detail")
	}
	return app.Div().Class("detail").Body(
		app.Div().Class("detail-part").Body(
			app.H3().Text(v.Desk.Words.Config),
			app.Dl().ID("layer-config").Class("facts").Body(configRows(l.Config)...),
		),
		app.Div().Class("detail-part").Body(
			app.H3().Text(v.Desk.Words.Weights),
			v.weights(),
		),
	)
}

func configRows(config []wire.KeyValue) []app.UI {
	var rows []app.UI
	for _, kv := range config {
		rows = append(rows, app.Dt().Text(kv.Key), app.Dd().Class("number").Text(kv.Value))
	}
	return rows
}

// weights lists the arrays of the view's layer, once it is the chosen one.
func (v *layerDetail) weights() app.UI {
	view := v.Desk.State.View
	if view == nil || view.Layer.Name != v.Desk.Layer {
		return app.Div().ID("layer-weights").Class("weights")
	}
	if len(view.Layer.Weights) == 0 {
		return app.Div().ID("layer-weights").Class("weights").Body(caption(v.Desk.Words.NoWeights))
	}
	list := view.Layer.Weights
	return app.Div().ID("layer-weights").Class("weights").Body(
		app.Range(list).Slice(func(i int) app.UI { return weightArray(list[i]) }),
	)
}

func weightArray(w wire.WeightInfo) app.UI {
	number := func(v float32) string { return formatFixed(float64(v), 4) }
	return app.Div().Class("weight").Body(
		app.P().Class("weight-head number").Body(
			app.Strong().Text(w.Name),
			app.Text(" "+formatShape(w.Shape...)),
			app.Span().Class("faint").Text(" "+w.Init),
		),
		app.Dl().Class("stats number").Body(
			app.Div().Body(app.Dt().Text("min"), app.Dd().Text(number(w.Min))),
			app.Div().Body(app.Dt().Text("max"), app.Dd().Text(number(w.Max))),
			app.Div().Body(app.Dt().Text("mean"), app.Dd().Text(number(w.Mean))),
			app.Div().Body(app.Dt().Text("std"), app.Dd().Text(number(w.Std))),
		),
		app.P().Class("first number").Text(firstValues(w.First)),
	)
}

// firstValues writes the beginning of an array.
func firstValues(values []float32) string {
	const shown = 9
	var b strings.Builder
	b.WriteByte('[')
	for _, v := range values[:min(len(values), shown)] {
		if b.Len() > 1 {
			b.WriteString("  ")
		}
		b.WriteString(formatFixed(float64(v), 4))
	}
	b.WriteString("  …]")
	return b.String()
}
