package app

import (
	"strings"
	"testing"

	"convlens/nn/wire"
)

// TestLink makes links before, in, after and long after a run.
func TestLink(t *testing.T) {
	d := newDesk([]wire.Source{{Name: "mnist"}, {Name: "digits"}}, "")
	d.Query.Data, d.Query.Layer = "digits", "conv2d_2"
	link := func() string { return d.link().Values(nil, twoSources).Encode() }
	if got := link(); got != "data=digits&layer=conv2d_2" {
		t.Errorf("before a run: %s", got)
	}
	d.applied = d.Query.Settings
	d.applied.Seed = 7
	d.Query.Settings.Seed = 9 // waits for Reset
	f := strings.Repeat("0123456789abcdef", 4)
	d.State.Run = wire.Progress{State: wire.Training, Step: 3, Epochs: 1}
	if got := link(); got != "autoplay=1&data=digits&layer=conv2d_2&seed=7" {
		t.Errorf("in a run: %s", got)
	}
	d.State.Run = wire.Progress{State: wire.Stopped, Step: 3, Epochs: 1, Fingerprint: f}
	if got := link(); strings.Contains(got, "expect") {
		t.Errorf("of a run that was stopped: %s", got)
	}
	d.State.Run = wire.Progress{State: wire.Done, Step: 30, Epochs: 3, Fingerprint: f}
	if got := link(); got != "autoplay=1&data=digits&epochs=3&expect=0123456789ab&layer=conv2d_2&seed=7" {
		t.Errorf("after three epochs: %s", got)
	}
}

// TestExpected compares what a run ended with and what the link told.
func TestExpected(t *testing.T) {
	d := newDesk(nil, "")
	v := &share{Desk: d}
	for _, c := range []struct{ expect, fingerprint, says string }{
		{"", "0123456789abcdef", ""},
		{"0123456789ab", "", ""},
		{"0123456789ab", "0123456789abcdef", "the same"},
		{"0123456789ab", "f123456789abcdef", "something was different"},
	} {
		d.Query.Expect, d.State.Run.Fingerprint = c.expect, c.fingerprint
		if got := v.expected(); (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%q of %q: %q", c.expect, c.fingerprint, got)
		}
	}
}
