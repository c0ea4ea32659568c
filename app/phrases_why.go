package app

import (
	"fmt"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// The lens Why.

func (w *words) whyName(p whyPicture) string {
	return map[whyPicture]string{
		whyImage: w.Why.Image, whyGradient: w.Why.Gradient, whyCAM: w.Why.CAM, whyCovered: w.Why.Covered,
	}[p]
}

func (w *words) whyChoose(name string) string { return fmt.Sprintf(w.Why.ChoosePixel, name) }

// whyCaption says what one sees in a picture, and where it is strongest.
func (w *words) whyCaption(d *desk, p whyPicture) string {
	r, class := d.State.Reasons, d.class(d.State.Reasons.Class)
	switch p {
	case whyImage:
		return fmt.Sprintf(w.Why.ImageCaption, w.count(r.Index), class, formatFixed(float64(r.Probs[r.Class]), 4), w.network(r.Step))
	case whyGradient:
		text := map[gradientKind]string{
			gradientSigned: w.Why.SignedCaption, gradientSize: w.Why.SizeCaption, gradientTimes: w.Why.TimesCaption,
		}[d.Why.Gradient]
		return fmt.Sprintf(text, class) + w.strongest(d, p)
	case whyCAM:
		return fmt.Sprintf(w.Why.CAMCaption, r.Layer, class) + w.strongest(d, p)
	}
	c := d.covered()
	if c == nil {
		return ""
	}
	return fmt.Sprintf(w.Why.CoveredCaption, c.Patch, d.class(c.Class), formatFixed(float64(c.Whole), 4)) + w.strongest(d, p)
}

// strongest says where a picture's largest value is, and is empty if all are zero.
func (w *words) strongest(d *desk, p whyPicture) string {
	data := p.data(d)
	most := 0
	for i, v := range data.values {
		if max(v, -v) > max(data.values[most], -data.values[most]) {
			most = i
		}
	}
	if len(data.values) == 0 || data.values[most] == 0 {
		return ""
	}
	width := whyWidth(&d.State.Reasons.Input)
	return " " + fmt.Sprintf(w.Why.Strongest, most/width, most%width, data.text(most))
}

// text writes a value, with its sign where there are two.
func (w whyData) text(i int) string {
	if w.signed {
		return formatSigned(float64(w.values[i]), 4)
	}
	return formatFixed(float64(w.values[i]), 4)
}

// whyPixel is what all pictures have at a pixel.
func (w *words) whyPixel(row, col int, pictures [4]whyData, pixel int) string {
	text := fmt.Sprintf(w.Why.PixelAt, row, col)
	for p, data := range pictures {
		value := textNoValue
		if data.values != nil {
			value = data.text(pixel)
		}
		text += " · " + w.whyName(whyPicture(p)) + " " + value
	}
	return text
}

// network says which network is asked.
func (w *words) network(step int) string {
	if step == 0 {
		return w.Why.NetworkUntrained
	}
	return fmt.Sprintf(w.Why.NetworkAfter, w.count(step))
}

func (w *words) whyOld(then, now int) string {
	return fmt.Sprintf(w.Why.Old, w.network(then), w.count(now))
}

func (w *words) whyPlaces(c *wire.Covered) string {
	return fmt.Sprintf(w.Why.Places, w.count(c.Done), w.count(c.Places), w.network(c.Step))
}

// Silence.

func (w *words) silenceName(layer string) string { return fmt.Sprintf(w.Why.MapsName, layer) }

func (w *words) silenceCaption(layer string) string { return fmt.Sprintf(w.Why.SilenceCaption, layer) }

func (w *words) silenceToggle(filter int) string { return fmt.Sprintf(w.Why.SilenceFilter, filter) }

func (w *words) silentList(silent []int) string {
	if len(silent) == 0 {
		return w.Why.NoneSilent
	}
	list := make([]string, len(silent))
	for i, f := range silent {
		list[i] = strconv.Itoa(f)
	}
	return fmt.Sprintf(w.Why.SomeSilent, strings.Join(list, ", "))
}

func (w *words) silenceReadout(filter int, mean, high float32, silent bool) string {
	text := w.Why.FilterSpeaks
	if silent {
		text = w.Why.FilterSilent
	}
	return fmt.Sprintf(text, filter, formatFixed(float64(mean), 3), formatFixed(float64(high), 3))
}

func (w *words) silenceSamples(a *wire.Ablated) string {
	return fmt.Sprintf(w.Why.Samples, w.count(a.Done), w.count(a.Samples), w.network(a.Step))
}
