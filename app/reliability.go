package app

import (
	"strconv"

	"convlens/nn/inspect/scores"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// The reliability diagram in CSS pixels.
const (
	reliabilityW, reliabilityH = 280, 264
)

// reliability draws a reliability diagram: for each bin a bar as high as the
// share of right answers, a mark where the answers' probability lies, and the
// interval within which the share could as well be by chance. The table beside
// it has the numbers.
func reliability(c *scores.Calibration, w *evaluationWords) app.UI {
	p := plot{W: reliabilityW, H: reliabilityH, Left: 32, Right: 8, Top: 24, Bottom: 40, XMax: 1, YMax: 1}
	var parts []app.UI
	for _, v := range ticks(1, 5) {
		at := tenths(p.y(v))
		parts = append(parts,
			svgElem("line").Class("rule").Attr("x1", p.Left).Attr("x2", p.W-p.Right).Attr("y1", at).Attr("y2", at),
			svgText("tick end", float64(p.Left-6), p.y(v)+4, formatFixed(v, 1)),
			svgText("tick middle", p.x(v), float64(p.H-p.Bottom+16), formatFixed(v, 1)))
	}
	for i, b := range c {
		parts = append(parts, reliabilityBin(p, i, b)...)
	}
	parts = append(parts,
		svgElem("line").Class("chance").Attr("x1", tenths(p.x(0))).Attr("x2", tenths(p.x(1))).Attr("y1", tenths(p.y(0))).Attr("y2", tenths(p.y(1))),
		svgText("tick middle", p.x(0.5), float64(p.H-6), w.Confidence),
		svgText("tick", 0, 12, w.Accuracy))
	return svg("0 0 "+strconv.Itoa(p.W)+" "+strconv.Itoa(p.H), "chart-picture reliability").Body(parts...)
}

// reliabilityBin draws a bin, if it has images.
func reliabilityBin(p plot, i int, b scores.Bin) []app.UI {
	if !b.Right.Defined() {
		return nil
	}
	const inset = 1.5
	left, right := p.x(float64(i)/scores.Bins)+inset, p.x(float64(i+1)/scores.Bins)-inset
	share, confidence := p.y(b.Right.Value()), p.y(b.Confidence())
	low, high := b.Right.Interval()
	middle := tenths((left + right) / 2)
	return []app.UI{
		svgElem("rect").Class("share").Attr("x", tenths(left)).Attr("width", tenths(right-left)).
			Attr("y", tenths(share)).Attr("height", tenths(p.y(0)-share)),
		svgElem("rect").Class("gap").Attr("x", tenths(left)).Attr("width", tenths(right-left)).
			Attr("y", tenths(min(share, confidence))).Attr("height", tenths(max(share, confidence)-min(share, confidence))),
		svgElem("line").Class("confidence").Attr("x1", tenths(left)).Attr("x2", tenths(right)).Attr("y1", tenths(confidence)).Attr("y2", tenths(confidence)),
		svgElem("line").Class("interval").Attr("x1", middle).Attr("x2", middle).Attr("y1", tenths(p.y(low))).Attr("y2", tenths(p.y(high))),
	}
}
