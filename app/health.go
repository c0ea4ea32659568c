package app

import (
	"convlens/nn/record"
	"convlens/nn/wire"
)

// There is room for so many moments of a network's life, and for one off their
// interval, in at most so many bytes.
const (
	historyMoments = 30
	historyBytes   = 1_000_000
)

// A History is what the worker told of the network's health in the course of its
// life, thinned out to what there is room for, and how it is now, as far as that
// was looked at.
type History struct {
	rec *record.Recorder[*wire.Health]
	Now *wire.Health // the last answer to Examine
}

func (h *History) add(m *wire.Health) {
	if !m.Recorded {
		h.Now = m
		return
	}
	if h.rec == nil {
		h.rec = record.NewRecorder(historyMoments, historyBytes, measureHealth)
	}
	h.rec.Record(m) // all of its size have room
}

// measureHealth returns the step that m is of, and about what it takes in memory.
func measureHealth(m *wire.Health) (step, bytes int) {
	for i := range m.Layers {
		l := &m.Layers[i]
		bytes += 400 + 8*(len(l.Weights.Counts)+len(l.Gradients.Counts)+len(l.Outputs.Counts)+len(l.Dead)+len(l.Saturated))
	}
	return m.Step, bytes
}

// cut forgets what was told of later steps, as the run has gone back to this one.
func (h *History) cut(step int) {
	if h.rec != nil {
		h.rec.Cut(step)
	}
}

// moments are those there are, the earliest first, and last the present one.
func (h *History) moments() []*wire.Health {
	var all []*wire.Health
	if h.rec != nil {
		all = h.rec.Moments()
	}
	n := len(all)
	switch {
	case h.Now == nil || n > 0 && all[n-1].Step > h.Now.Step:
		return all
	case n > 0 && all[n-1].Step == h.Now.Step:
		all = all[:n-1]
	}
	return append(all, h.Now)
}

// latest is the last word on the network's health, or nil.
func (h *History) latest() *wire.Health {
	if h.Now != nil || h.rec == nil || h.rec.Len() == 0 {
		return h.Now
	}
	all := h.rec.Moments()
	return all[len(all)-1]
}

// A healthKind is one of the arrays of a layer whose numbers are counted.
type healthKind int

const (
	kindWeights healthKind = iota
	kindGradients
	kindOutputs
	healthKinds
)

// spread returns the counts of a layer's array.
func (k healthKind) spread(l *wire.LayerHealth) *wire.Spread {
	switch k {
	case kindWeights:
		return &l.Weights
	case kindGradients:
		return &l.Gradients
	}
	return &l.Outputs
}

// healthSpreads are those of one array at all moments.
func healthSpreads(all []*wire.Health, layer int, kind healthKind) []*wire.Spread {
	var list []*wire.Spread
	for _, h := range all {
		if layer < len(h.Layers) {
			list = append(list, kind.spread(&h.Layers[layer]))
		}
	}
	return list
}

// A healthSpot is the place of a picture that is read off.
type healthSpot struct {
	On          bool
	Layer       int
	Kind        healthKind
	Column, Row int // a moment; a size, the largest in row 0
}

// spotSpread is the spread that the spot lies in, or nil.
func (d *desk) spotSpread() (*wire.Health, *wire.Spread) {
	s := d.Spot
	all := d.State.Health.moments()
	if !s.On || s.Column >= len(all) {
		return nil, nil
	}
	h := all[s.Column]
	if s.Layer >= len(h.Layers) {
		return nil, nil
	}
	spread := s.Kind.spread(&h.Layers[s.Layer])
	if s.Row >= len(spread.Counts) {
		return nil, nil
	}
	return h, spread
}

func (d *desk) chooseSpot(s healthSpot) {
	d.Spot = s
	d.touch(topicHealth)
}

// goBack puts the last checkpoint back in place of a network whose numbers failed.
func (d *desk) goBack() {
	if c := d.State.Checkpoint; c != nil && d.loaded {
		d.goOn(c)
	}
}
