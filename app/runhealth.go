package app

import (
	"html"

	"convlens/nn/wire"
)

// runHealth is the part of a run's JSON on how its numbers were spread.
type runHealth struct {
	Steps  []int            `json:"steps"`
	Layers []runLayerHealth `json:"layers"`
}

// runLayerHealth has a spread for each of the steps.
type runLayerHealth struct {
	Name      string      `json:"name"`
	Weights   []runSpread `json:"weights"`
	Gradients []runSpread `json:"gradients"`
	Outputs   []runSpread `json:"outputs"`
}

// runSpread counts numbers by their size, as wire.Spread.
type runSpread struct {
	Low    float32  `json:"low"`
	Counts []int    `json:"counts"`
	Zeros  int      `json:"zeros"`
	Bad    int      `json:"not_finite"`
	N      int      `json:"n"`
	RMS    *float64 `json:"rms"`
}

// healthRecord is the JSON of the moments, nil if there are none.
func healthRecord(all []*wire.Health) *runHealth {
	if len(all) == 0 {
		return nil
	}
	r := &runHealth{}
	for _, h := range all {
		r.Steps = append(r.Steps, h.Step)
	}
	for i, l := range all[0].Layers {
		layer := runLayerHealth{Name: l.Name}
		for kind, to := range [healthKinds]*[]runSpread{&layer.Weights, &layer.Gradients, &layer.Outputs} {
			for _, s := range healthSpreads(all, i, healthKind(kind)) {
				*to = append(*to, runSpread{s.Low, s.Counts, s.Zeros, s.Bad, s.N, finite(float64(s.RMS))})
			}
		}
		r.Layers = append(r.Layers, layer)
	}
	return r
}

// legendHeight is how many pixels high the scale is.
const legendHeight = 8

// health writes the pictures of all that.
func (r *runDocument) health(s *sheet) {
	if len(r.moments) == 0 {
		return
	}
	w := r.words
	s.element("h2", w.Health.Name)
	s.element("p", w.Health.Intro)
	s.element("p", w.healthSpan(r.moments))
	figure := func(p *raster, scale int, name, caption string) {
		s.WriteString("<figure>")
		s.picture(p, scale, name)
		s.WriteString("<figcaption>" + html.EscapeString(caption) + "</figcaption></figure>\n")
	}
	var p raster
	for i := range r.moments[0].Layers {
		l := &r.moments[0].Layers[i]
		s.element("h3", l.Name)
		for kind := range healthKinds {
			paintHealth(&p, healthSpreads(r.moments, i, kind), lightPalette)
			figure(&p, 4, w.healthMapName(kind, l), w.Health.kind(kind))
		}
	}
	paintScale(&p, legendPixels, magnitude(1))
	row := p.Pix
	p.Pix = nil
	p.resize(legendPixels, legendHeight)
	for i := 0; i < len(p.Pix); i += len(row) {
		copy(p.Pix[i:], row)
	}
	figure(&p, 2, w.Health.ScaleText, "0% – "+formatShare(healthEnd)+". "+w.Health.ScaleText)
}
