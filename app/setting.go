package app

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// A setting is a part of wire.Settings that the query and the settings form
// share, as text.
type setting struct {
	key   string
	group settingGroup
	text  func(*wire.Settings) string       // for people and the query; "" for a choice left open
	take  func(*wire.Settings, string) bool // false if the text is not for this setting, which then is undefined
	open  bool                              // may be left empty: not limited, chosen by the machine

	expected func(*words) string // what take takes, for a visitor

	options []string // of a choice
	toggle  bool     // 1 or 0
	decimal bool     // may have a fraction
	methods []string // the optimisers that have it; nil for all
}

// settingGroup is a part of the form.
type settingGroup int

const (
	groupNetwork settingGroup = iota
	groupTraining
	groupRun
	settingGroups
)

// settings are in the order of the form, the optimiser before its numbers. The
// upper ends keep a typing error from asking for a run of weeks; what fits into
// a tab's memory is for wire.Settings.Plan to say.
var settings = []setting{
	whole("filters1", groupNetwork, 1, wire.MaxFilters, func(s *wire.Settings) *int { return &s.Net.Filters1 }),
	whole("filters2", groupNetwork, 1, wire.MaxFilters, func(s *wire.Settings) *int { return &s.Net.Filters2 }),
	whole("kernel", groupNetwork, 1, wire.MaxKernel, func(s *wire.Settings) *int { return &s.Net.Kernel }),
	whole("pool", groupNetwork, 1, wire.MaxPool, func(s *wire.Settings) *int { return &s.Net.Pool }),
	belowOne("dropout1", groupNetwork, func(s *wire.Settings) *float64 { return &s.Net.Dropout1 }),
	whole("units", groupNetwork, 1, wire.MaxUnits, func(s *wire.Settings) *int { return &s.Net.Units }),
	belowOne("dropout2", groupNetwork, func(s *wire.Settings) *float64 { return &s.Net.Dropout2 }),

	{key: "optimizer", group: groupTraining, options: optimizerNames(),
		text:     func(s *wire.Settings) string { return s.Optimizer.Name },
		take:     takeOptimizer,
		expected: func(w *words) string { return w.oneOf(optimizerNames()) }},
	positive("lr", 1000, func(s *wire.Settings) *float64 { return &s.Optimizer.LearningRate }),
	belowOne("rho", groupTraining, func(s *wire.Settings) *float64 { return &s.Optimizer.Rho }, "adadelta"),
	belowOne("momentum", groupTraining, func(s *wire.Settings) *float64 { return &s.Optimizer.Momentum }, "sgd", "muon"),
	belowOne("beta1", groupTraining, func(s *wire.Settings) *float64 { return &s.Optimizer.Beta1 }, "adam", "muon"),
	belowOne("beta2", groupTraining, func(s *wire.Settings) *float64 { return &s.Optimizer.Beta2 }, "adam", "muon"),
	positive("epsilon", 1, func(s *wire.Settings) *float64 { return &s.Optimizer.Epsilon }, "adadelta", "adam", "muon"),
	whole("batch", groupTraining, 1, wire.MaxBatch, func(s *wire.Settings) *int { return &s.Batch }),
	whole("shift", groupTraining, 0, wire.MaxShift, func(s *wire.Settings) *int { return &s.Shift }),
	yes("onecycle", groupTraining, func(s *wire.Settings) *bool { return &s.Optimizer.OneCycle }),

	whole("epochs", groupRun, 1, 100, func(s *wire.Settings) *int { return &s.Epochs }),
	{key: "seed", group: groupRun,
		text: func(s *wire.Settings) string { return strconv.FormatUint(s.Seed, 10) },
		take: func(s *wire.Settings, text string) bool {
			v, err := strconv.ParseUint(text, 10, 64)
			if err == nil {
				s.Seed = v
			}
			return err == nil
		},
		expected: func(w *words) string { return w.wholeNumber(0, 1<<64-1) }},
	atMost("limit", 1_000_000, func(s *wire.Settings) *int { return &s.Limit }),
	atMost("workers", 64, func(s *wire.Settings) *int { return &s.Workers }),
}

// settingFor returns the setting with that key; it panics if there is none.
func settingFor(key string) setting {
	i := slices.IndexFunc(settings, func(f setting) bool { return f.key == key })
	if i < 0 {
		panic("app: no setting " + key)
	}
	return settings[i]
}

// of says whether the optimiser of s has the setting.
func (f *setting) of(s *wire.Settings) bool {
	return f.methods == nil || slices.Contains(f.methods, s.Optimizer.Name)
}

// whole is a whole number from low to high.
func whole(key string, group settingGroup, low, high int, field func(*wire.Settings) *int) setting {
	return setting{key: key, group: group,
		text: func(s *wire.Settings) string { return strconv.Itoa(*field(s)) },
		take: func(s *wire.Settings, text string) bool {
			v, err := strconv.Atoi(text)
			if err != nil || v < low || v > high {
				return false
			}
			*field(s) = v
			return true
		},
		expected: func(w *words) string { return w.wholeNumber(uint64(low), uint64(high)) },
	}
}

// atMost is a whole number from 1 to high of the run, or 0, shown as nothing, for
// a choice left open.
func atMost(key string, high int, field func(*wire.Settings) *int) setting {
	f := whole(key, groupRun, 0, high, field)
	f.open = true
	f.text = func(s *wire.Settings) string {
		if v := *field(s); v > 0 {
			return strconv.Itoa(v)
		}
		return ""
	}
	number := f.take
	f.take = func(s *wire.Settings, text string) bool { return number(s, cmp.Or(text, "0")) }
	f.expected = func(w *words) string { return w.wholeNumber(1, uint64(high)) }
	return f
}

// belowOne is a number from 0 to below 1, for the network too, which counts in
// float32.
func belowOne(key string, group settingGroup, field func(*wire.Settings) *float64, methods ...string) setting {
	return decimal(key, group, func(v float64) bool { return v >= 0 && float32(v) < 1 }, field,
		func(w *words) string { return w.Setup.Fraction }, methods)
}

// positive is a number of the optimiser above 0, in float32 too, up to high.
func positive(key string, high float64, field func(*wire.Settings) *float64, methods ...string) setting {
	return decimal(key, groupTraining, func(v float64) bool { return float32(v) > 0 && v <= high }, field,
		func(w *words) string { return fmt.Sprintf(w.Setup.Positive, formatG(high)) }, methods)
}

// decimal is a number, also with a decimal comma as some keyboards have it.
func decimal(key string, group settingGroup, within func(float64) bool, field func(*wire.Settings) *float64, expected func(*words) string, methods []string) setting {
	return setting{key: key, group: group, methods: methods, expected: expected, decimal: true,
		text: func(s *wire.Settings) string { return formatG(*field(s)) },
		take: func(s *wire.Settings, text string) bool {
			v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
			if err != nil || !within(v) {
				return false
			}
			*field(s) = v
			return true
		},
	}
}

// yes is a box to tick; in the query it is 0 or 1.
func yes(key string, group settingGroup, field func(*wire.Settings) *bool) setting {
	return setting{key: key, group: group, toggle: true,
		text: func(s *wire.Settings) string { return zeroOne(*field(s)) },
		take: func(s *wire.Settings, text string) bool {
			*field(s) = text == "1"
			return text == "0" || text == "1"
		},
		expected: func(w *words) string { return w.Expected01 },
	}
}

func zeroOne(v bool) string {
	if v {
		return "1"
	}
	return "0"
}

// typed says whether the form has a field for it to be typed into.
func (f *setting) typed() bool { return f.options == nil && !f.toggle }

// mode is the keyboard that touch screens should show.
func (f *setting) mode() string {
	if f.decimal {
		return "decimal"
	}
	return "numeric"
}
