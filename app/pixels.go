package app

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// pixelsView writes the chosen image out: its label, the label one-hot, and
// all its values, before or after scaling.
type pixelsView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *pixelsView) Render() app.UI {
	d := v.Desk
	return app.Div().Class("values").Body(
		app.Div().Class("values-head").Body(
			v.label(),
			app.Div().Class("choices").Role("group").Aria("label", d.Words.PixelsGroup).Body(
				v.kind("pixels-raw", d.Words.PixelsRaw, false),
				v.kind("pixels-normalised", d.Words.PixelsUnit, true),
			),
		),
		caption(d.Words.OneHotSays),
		app.Pre().ID("pixels").Class("pixels-block").TabIndex(0).Role("group").Aria("label", d.Words.pixelsName(d.Normalised)).
			Body(v.rows()...),
	)
}

func (v *pixelsView) kind(id, word string, normalised bool) app.UI {
	d := v.Desk
	return choice(id, word, d.Normalised == normalised, false, func(app.Context, app.Event) {
		d.Normalised = normalised
		d.touch(topicSample)
	})
}

// label shows the class and its one-hot vector.
func (v *pixelsView) label() app.UI {
	s, data := v.Desk.State.Sample, v.Desk.State.Data
	if s == nil || data == nil {
		return app.Div().Class("onehot")
	}
	return app.Div().Class("onehot number").Body(
		app.Span().Text(v.Desk.Words.Label),
		app.Strong().ID("sample-label").Text(className(data.Classes, s.Label)),
		app.Span().Text(v.Desk.Words.OneHot),
		app.Span().ID("sample-onehot").Class("onehot-vector").Body(
			app.Range(data.Classes).Slice(func(i int) app.UI {
				digit, class := "0", "off"
				if i == s.Label {
					digit, class = "1", "on"
				}
				return app.Span().Class(class).Text(digit)
			}),
		),
	)
}

// rows writes a line for each row of the image, channel by channel if there are
// several, as spans in turn of zeros, which the style makes faint, and of other
// values: the digit shows in the numbers.
func (v *pixelsView) rows() []app.UI {
	s := v.Desk.State.Sample
	if s == nil {
		return nil
	}
	b, ok := newBitmap(s.Shape, s.Pixels)
	if !ok {
		return nil
	}
	var spans []app.UI
	for c := range b.C {
		if b.C > 1 {
			spans = append(spans, app.Span().Class("zero").Text(v.Desk.Words.colour(c)+"\n"))
		}
		for _, run := range pixelRuns(b.Pixels[c*b.area():(c+1)*b.area()], b.W, v.Desk.Normalised) {
			class := "ink"
			if run.zero {
				class = "zero"
			}
			spans = append(spans, app.Span().Class(class).Text(run.text))
		}
	}
	return spans
}

// A pixelRun is the text of neighbouring values that are all zero or all not.
type pixelRun struct {
	text string
	zero bool
}

// pixelRuns writes pixels in rows of width w, three characters each and one
// between: 0 to 255, or divided by 255 with two decimals.
func pixelRuns(pixels []byte, w int, normalised bool) []pixelRun {
	var runs []pixelRun
	var b strings.Builder
	for i, p := range pixels {
		b.WriteString(pixelText(p, normalised))
		if (i+1)%w == 0 {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
		if last := i+1 == len(pixels); last || (pixels[i+1] == 0) != (p == 0) {
			runs = append(runs, pixelRun{b.String(), p == 0})
			b.Reset()
		}
	}
	return runs
}

func pixelText(p byte, normalised bool) string {
	switch {
	case !normalised || p == 0:
		return fmt.Sprintf("%3d", p)
	case p >= 254: // 0.996 and 1 are the same in three characters
		return "1.0"
	}
	return strings.TrimPrefix(strconv.FormatFloat(float64(p)/255, 'f', 2, 64), "0")
}
