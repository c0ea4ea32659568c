package app

import (
	"convlens/nn/wire"
)

// maxHealth is how many words on the network's health are kept; they are the
// columns of its pictures.
const maxHealth = 60

// addHealth keeps one more, instead of the one before if that is of the same
// step. When there are too many, every second one goes.
func addHealth(list []*wire.Health, h *wire.Health) []*wire.Health {
	if n := len(list); n > 0 && list[n-1].Step >= h.Step {
		list = list[:n-1]
	}
	if len(list) == maxHealth {
		half := make([]*wire.Health, 0, maxHealth)
		for i := 0; i < len(list); i += 2 {
			half = append(half, list[i])
		}
		list = half
	}
	return append(list, h)
}

// health is the last word on the network's health, or nil.
func (s *State) health() *wire.Health {
	if len(s.Health) == 0 {
		return nil
	}
	return s.Health[len(s.Health)-1]
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
	if !s.On || s.Column >= len(d.State.Health) {
		return nil, nil
	}
	h := d.State.Health[s.Column]
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
