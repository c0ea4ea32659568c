package app

import (
	"slices"

	"convlens/nn/wire"
)

// A preset is a choice of settings with a name.
type preset struct {
	key      string // in the address
	name     func(*words) string
	about    func(*words) string
	settings func() wire.Settings
}

// presets are on offer in this order; the first is the default.
var presets = []preset{
	{"tutorial", func(w *words) string { return w.Setup.Tutorial }, func(w *words) string { return w.Setup.TutorialAbout }, wire.Tutorial},
	{"best", func(w *words) string { return w.Setup.BestEpoch }, func(w *words) string { return w.Setup.BestEpochAbout }, wire.BestEpoch},
}

// ownPreset is what settings are that no preset has.
const ownPreset = "own"

func presetKeys() []string {
	keys := make([]string, len(presets))
	for i, p := range presets {
		keys[i] = p.key
	}
	return keys
}

// presetFor returns the preset with that key, or nil.
func presetFor(key string) *preset {
	i := slices.IndexFunc(presets, func(p preset) bool { return p.key == key })
	if i < 0 {
		return nil
	}
	return &presets[i]
}

// presetOf returns the preset that s is of, or nil. What belongs to the run and
// not to the recipe may be anything.
func presetOf(s wire.Settings) *preset {
	for i := range presets {
		if recipe(presets[i].settings(), s) == s {
			return &presets[i]
		}
	}
	return nil
}

// recipe is the recipe of one settings with the run of another.
func recipe(of, run wire.Settings) wire.Settings {
	of.Epochs, of.Seed, of.Limit, of.Workers = run.Epochs, run.Seed, run.Limit, run.Workers
	return of
}

// whole is what the settings are with the preset chosen: its recipe and its epochs.
func (p *preset) whole(s wire.Settings) wire.Settings {
	of := p.settings()
	epochs := of.Epochs
	of = recipe(of, s)
	of.Epochs = epochs
	return of
}

// optimizers are those on offer, with Keras' defaults (Muon's for its part) but for Adadelta's learning
// rate, which is the tutorial's: that of today's Keras, 0.001, learns next to
// nothing in an epoch.
var optimizers = []wire.Optimizer{
	wire.Tutorial().Optimizer,
	{Name: "sgd", LearningRate: 0.01, Momentum: 0.9},
	{Name: "adam", LearningRate: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7},
	{Name: "muon", LearningRate: 0.001, Momentum: 0.95, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7},
}

func optimizerNames() []string {
	names := make([]string, len(optimizers))
	for i, o := range optimizers {
		names[i] = o.Name
	}
	return names
}

// takeOptimizer changes the optimiser, which brings its own numbers along.
func takeOptimizer(s *wire.Settings, name string) bool {
	i := slices.Index(optimizerNames(), name)
	if i < 0 {
		return false
	}
	if s.Optimizer.Name != name {
		cycle := s.Optimizer.OneCycle
		s.Optimizer = optimizers[i]
		s.Optimizer.OneCycle = cycle
	}
	return true
}
