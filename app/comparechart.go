package app

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// compareChart draws one curve of two runs over the images that they have been
// trained on, as their steps may differ in size: a line that is whole for A and
// broken for B, and a ring or a square for each validation.
type compareChart struct {
	app.Compo
	Desk *desk
	Kind chartKind
	Rev  int

	width  int     // CSS pixels of the picture; 0 until measured
	cursor float64 // images at the place read off, or 0
}

func (v *compareChart) OnMount(ctx app.Context)  { v.measure(ctx) }
func (v *compareChart) OnResize(ctx app.Context) { v.measure(ctx) }

func (v *compareChart) measure(ctx app.Context) {
	if w := ctx.JSSrc().Get("clientWidth").Int(); w > 0 {
		v.width = w
	}
}

func (v *compareChart) values(r *finishedRun) []float32 {
	if v.Kind == chartLoss {
		return r.Loss
	}
	return r.Acc
}

func (v *compareChart) validation(p wire.Validation) float64 {
	if v.Kind == chartLoss {
		return p.Loss
	}
	return p.Acc
}

// images is how many the longer run was trained on.
func (v *compareChart) images() float64 {
	most := 1.0
	for _, r := range v.Desk.Comparison.pair() {
		if r != nil {
			most = max(most, float64(r.Last.Step)*r.imagesPerStep())
		}
	}
	return most
}

// plot lays the picture out for a run, by its steps; without one, by images.
func (v *compareChart) plot(r *finishedRun) plot {
	width := v.width
	if width == 0 {
		width = chartWidth
	}
	p := plot{W: width, H: chartHeight, Left: 36, Right: 64, Top: 12, Bottom: 24, XMax: v.images(), YMax: v.top()}
	if r != nil {
		p.XMax /= r.imagesPerStep()
	}
	return p
}

// top is the upper end of the vertical axis, as in chart.
func (v *compareChart) top() float64 {
	if v.Kind == chartAcc {
		return 1
	}
	top := 0.0
	for _, r := range v.Desk.Comparison.pair() {
		if r == nil {
			continue
		}
		for _, y := range r.Loss {
			if y := float64(y); y > top && !math.IsInf(y, 0) {
				top = y
			}
		}
		for _, p := range r.Vals {
			top = max(top, p.Loss)
		}
	}
	return max(math.Ceil(top*2)/2, 0.5)
}

func (v *compareChart) Render() app.UI {
	id, w := "compare-chart-"+string(v.Kind), v.Desk.Words
	title := w.AccuracyTitle
	if v.Kind == chartLoss {
		title = w.LossTitle
	}
	readout := v.readout()
	return app.Figure().ID(id).Class("chart").Body(
		app.Div().Class("chart-head").Body(
			app.Strong().Text(title),
			app.Span().ID(id+"-readout").Class("number").Text(readout),
		),
		app.Div().Class("chart-frame").TabIndex(0).Role("slider").
			Aria("label", fmt.Sprintf(w.Compare.ChartName, title)).
			Aria("valuemin", 0).Aria("valuemax", int(v.images())).Aria("valuenow", int(v.at())).
			Aria("valuetext", readout).
			OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).OnKeyDown(v.onKey).OnBlur(v.onLeave).
			Body(v.picture()),
	)
}

// at is the place that is read off: the end, unless one was chosen.
func (v *compareChart) at() float64 {
	if v.cursor == 0 {
		return v.images()
	}
	return min(v.cursor, v.images())
}

// step is that of a run at the place read off, or 0 if it has none there.
func (v *compareChart) step(r *finishedRun) int {
	n := int(math.Round(v.at() / r.imagesPerStep()))
	if n > len(v.values(r)) {
		if v.cursor > 0 {
			return 0
		}
		n = len(v.values(r))
	}
	return n
}

// readout tells both runs' values at the place read off. At the end each has its
// own, and says so if the two have ended after different numbers of images.
func (v *compareChart) readout() string {
	var parts []string
	ends := v.endsApart()
	if !ends {
		parts = append(parts, v.afterImages(v.at()))
	}
	for side, r := range v.Desk.Comparison.pair() {
		text := textNoValue
		if r != nil {
			if n := v.step(r); n > 0 {
				text = formatFixed(float64(v.values(r)[n-1]), 4)
				if ends {
					text += " " + v.afterImages(float64(n)*r.imagesPerStep())
				}
			}
		}
		parts = append(parts, sideNames[side]+" "+text)
	}
	return strings.Join(parts, ", ")
}

// endsApart says whether the ends are read off and are different places.
func (v *compareChart) endsApart() bool {
	pair := v.Desk.Comparison.pair()
	if v.cursor > 0 || pair[0] == nil || pair[1] == nil {
		return false
	}
	return v.afterImages(v.last(pair[0])) != v.afterImages(v.last(pair[1]))
}

// last is the number of images after which a run's curve ends.
func (v *compareChart) last(r *finishedRun) float64 {
	return float64(len(v.values(r))) * r.imagesPerStep()
}

func (v *compareChart) afterImages(n float64) string {
	w := v.Desk.Words
	return w.fill(w.Compare.AfterImages, w.count(int(math.Round(n))))
}

func (v *compareChart) onPoint(_ app.Context, e app.Event) {
	box := e.Get("currentTarget").Call("getBoundingClientRect")
	v.cursor = float64(v.plot(nil).step(e.Get("clientX").Float()-box.Get("left").Float(), int(v.images())))
}

func (v *compareChart) onLeave(app.Context, app.Event) { v.cursor = 0 }

// onKey moves by a hundredth of the axis, or a tenth.
func (v *compareChart) onKey(_ app.Context, e app.Event) {
	most := v.images()
	if at, ok := chartKey(e, v.at(), most/100, most/10, most); ok {
		v.cursor = at
	}
}

func (v *compareChart) picture() app.UI {
	p := v.plot(nil)
	parts := p.axes(v.Desk.Words, v.Desk.Words.Compare.Images)
	if v.cursor > 0 {
		x := tenths(p.x(v.at()))
		parts = append(parts, svgElem("line").Class("cursor").Attr("x1", x).Attr("x2", x).Attr("y1", p.Top).Attr("y2", p.H-p.Bottom))
	} else {
		parts = append(parts, svgElem("line")) // keeps the place, as go-app tells elements apart by these
	}
	for side, r := range v.Desk.Comparison.pair() {
		parts = append(parts, v.side(side, r))
	}
	return svg("0 0 "+strconv.Itoa(p.W)+" "+strconv.Itoa(p.H), "chart-picture").
		Attr("width", p.W).Attr("height", p.H).Body(append(parts, v.ends(p))...)
}

// side draws a run's curve and its validations.
func (v *compareChart) side(side int, r *finishedRun) app.UI {
	g := svgElem("g").Class("side-" + sideNames[side])
	if r == nil {
		return g
	}
	p := v.plot(r)
	parts := []app.UI{svgElem("path").Attr("d", p.line(v.values(r)))}
	for _, val := range r.Vals {
		x, y := p.x(float64(val.Step)), p.y(v.validation(val))
		if side == 0 {
			parts = append(parts, svgElem("circle").Attr("r", "3.5").Attr("cx", tenths(x)).Attr("cy", tenths(y)))
		} else {
			parts = append(parts, svgElem("rect").Attr("width", 7).Attr("height", 7).Attr("x", tenths(x-3.5)).Attr("y", tenths(y-3.5)))
		}
	}
	return g.Body(parts...)
}

// ends names the lines at the right edge, apart where they would meet.
func (v *compareChart) ends(p plot) app.UI {
	var y [2]float64
	var text [2]string
	for side, r := range v.Desk.Comparison.pair() {
		if r == nil || len(v.values(r)) == 0 {
			continue
		}
		last := float64(v.values(r)[len(v.values(r))-1])
		y[side], text[side] = p.y(last), sideNames[side]+" "+formatFixed(last, 3)
	}
	if text[0] != "" && text[1] != "" {
		y[0], y[1] = apart(y[0], y[1], 14, float64(p.Top-4), float64(p.H-p.Bottom))
	}
	x := float64(p.W - p.Right + 8)
	return svgElem("g").Body(
		svgText("curve-value side-A", x, y[0]+4, text[0]),
		svgText("curve-value side-B", x, y[1]+4, text[1]))
}
