package app

import (
	"math"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// picture draws the chart as SVG: what is text in it stays sharp and takes
// the page's colours, and a curve is one attribute to update.
func (v *chart) picture(p plot) app.UI {
	values := v.values()
	parts := append(p.axes(v.Desk.Words, v.Desk.Words.Step), v.chance(p),
		svgElem("path").Class("dots").Attr("d", p.dots(values)),
		svgElem("path").Class("curve").Attr("d", p.line(v.smoothed)),
	)
	parts = append(parts, v.validations(p)...)
	parts = append(parts, v.end(p), v.cross(p))
	return svg("0 0 "+strconv.Itoa(p.W)+" "+strconv.Itoa(p.H), "chart-picture").
		Attr("width", p.W).Attr("height", p.H).Body(parts...)
}

// axes draws the ticks and their labels, and what is counted along.
func (p plot) axes(w *words, along string) []app.UI {
	var parts []app.UI
	for _, y := range ticks(p.YMax, 5) {
		at := tenths(p.y(y))
		parts = append(parts,
			svgElem("line").Class("rule").Attr("x1", p.Left).Attr("x2", p.W-p.Right).Attr("y1", at).Attr("y2", at),
			svgText("tick end", float64(p.Left-8), p.y(y)+4, formatFixed(y, 1)))
	}
	for _, x := range wholeTicks(p.XMax, max((p.W-p.Left-p.Right)/90, 3)) {
		parts = append(parts, svgText("tick middle", p.x(x), float64(p.H-6), w.count(int(x))))
	}
	return append(parts, svgText("tick end", float64(p.W), float64(p.H-6), along))
}

// chance marks what guessing would give.
func (v *chart) chance(p plot) app.UI {
	y := 1 / float64(v.Desk.classes())
	if v.Kind == chartLoss {
		y = -math.Log(y)
	}
	at := tenths(p.y(y))
	return svgElem("g").Body(
		svgElem("line").Class("chance").Attr("x1", p.Left).Attr("x2", p.W-p.Right).Attr("y1", at).Attr("y2", at),
		svgText("tick", float64(p.W-p.Right+8), p.y(y)+4, v.Desk.Words.Chance),
	)
}

func (v *chart) validations(p plot) []app.UI {
	vals := v.Desk.State.Curves.Vals
	parts := make([]app.UI, len(vals))
	for i, val := range vals {
		parts[i] = svgElem("circle").Class("val").Attr("r", "3.5").
			Attr("cx", tenths(p.x(float64(val.Step)))).Attr("cy", tenths(p.y(v.validation(val))))
	}
	return parts
}

// end writes the last average at the line's end, and the last validation
// beside its ring, moved apart where they would meet.
func (v *chart) end(p plot) app.UI {
	n := len(v.smoothed)
	if n == 0 {
		return svgElem("g").Body(svgText("empty middle",
			(p.x(0)+p.x(p.XMax))/2, p.y(p.YMax/2), v.Desk.Words.CurveEmpty))
	}
	last := float64(v.smoothed[n-1])
	x, y := p.x(float64(n))+8, p.y(last)
	vals := v.Desk.State.Curves.Vals
	if len(vals) == 0 {
		return svgElem("g").Body(svgText("curve-value", x, y+4, formatFixed(last, 3)))
	}
	latest := vals[len(vals)-1]
	val := v.validation(latest)
	vx, vy := p.x(float64(latest.Step))+8, p.y(val)
	if x-vx < 40 { // the labels stand above each other
		y, vy = apart(y, vy, 14, float64(p.Top-4), float64(p.H-p.Bottom))
	}
	return svgElem("g").Body(
		svgText("curve-value", x, y+4, formatFixed(last, 3)),
		svgText("val-value", vx, vy+4, formatFixed(val, 3)))
}

// cross marks the step read off.
func (v *chart) cross(p plot) app.UI {
	step := v.readStep()
	if v.cursor == 0 && !v.Marked || step == 0 {
		return svgElem("g")
	}
	x := tenths(p.x(float64(step)))
	return svgElem("g").Body(
		svgElem("line").Class("cursor").Attr("x1", x).Attr("x2", x).Attr("y1", p.Top).Attr("y2", p.H-p.Bottom),
		svgElem("circle").Class("cursor-dot").Attr("r", 3).Attr("cx", x).Attr("cy", tenths(p.y(float64(v.smoothed[step-1])))),
	)
}

func svgText(class string, x, y float64, text string) app.UI {
	return svgElem("text").Class(class).Attr("x", tenths(x)).Attr("y", tenths(y)).Text(text)
}
