package app

import (
	"strings"
	"testing"

	"convlens/nn/wire"
)

// TestUpdateBar tells of a new version and what becomes of the run.
func TestUpdateBar(t *testing.T) {
	for _, c := range []struct {
		name    string
		events  []wire.Message
		renewed bool
		unkept  bool
		role    string
		want    string
		blocked bool
	}{
		{"nothing new", nil, false, false, "status", "", false},
		{"nothing to lose", nil, true, false, "status", "A new version of Convlens is ready. Update reloads the page. Update", false},
		{"during a run", []wire.Message{&wire.Checkpoint{Step: 100}, &wire.Progress{State: wire.Training, Step: 120}}, true, false, "status",
			"A new version of Convlens is ready. A run is under way: Update waits until it has ended or is paused, and takes it along. Update", true},
		{"validating", []wire.Message{&wire.Progress{State: wire.Evaluating, Step: 469}}, true, false, "status",
			"A new version of Convlens is ready. A run is under way: Update waits until it has ended or is paused, and takes it along. Update", true},
		{"paused", []wire.Message{&wire.Checkpoint{Step: 1200}, &wire.Progress{State: wire.Paused, Step: 1200}}, true, false, "status",
			"A new version of Convlens is ready. Update reloads the page. The network is taken along as it is after step 1,200; only the curves begin anew. Update", false},
		{"not kept", []wire.Message{&wire.Checkpoint{Step: 1200}, &wire.Progress{State: wire.Done, Step: 1200}}, true, true, "status",
			"A new version of Convlens is ready. Update reloads the page. The network can't be taken along, as the browser does not keep it: what it learnt in 1,200 steps will be lost. Update", false},
		{"the worker is newer", []wire.Message{&wire.Ready{Build: "other"}}, true, false, "alert", english.Stale + " Reload", false},
	} {
		d, _ := opened(t, "")
		for _, m := range c.events {
			d.handle(m)
		}
		d.Shell.Renewed, d.Unkept = c.renewed, c.unkept
		root := rendered(t, d)
		bar := byID(t, root, "update")
		if got := text(bar); got != c.want || attr(bar, "role") != c.role {
			t.Errorf("%s: role %s says %q, expected %s and %q", c.name, attr(bar, "role"), got, c.role, c.want)
		}
		if buttons := find(root, "id", "reload"); (len(buttons) == 1) != (c.want != "") {
			t.Errorf("%s: %d buttons", c.name, len(buttons))
		} else if len(buttons) == 1 && disabled(buttons[0]) != c.blocked {
			t.Errorf("%s: the button is disabled: %v", c.name, disabled(buttons[0]))
		}
	}
}

// TestDeskBegin opens the first session with a checkpoint that the version before
// kept, or without.
func TestDeskBegin(t *testing.T) {
	begun := func(c *wire.Checkpoint) (*desk, *fakeSession) {
		d := newDesk(testSources, "build-2")
		s := &fakeSession{}
		d.open = func(func(wire.Message)) Session { return s }
		d.read(map[string][]string{"autoplay": {"1"}})
		d.begin(c)
		return d, s
	}
	d, s := begun(nil)
	expectSent(t, s, "Init", "Watch", "Load")
	if !d.WantTrain {
		t.Error("the run of the address does not begin")
	}

	d, s = begun(&wire.Checkpoint{Dataset: "digits", Step: 40, State: wire.Done})
	if m := last[*wire.Load](s); m == nil || m.Source.Name != "digits" {
		t.Errorf("Load is %+v", m)
	}
	expectSent(t, s, "Watch", "Load")
	d.handle(&wire.Loaded{Name: "digits", TrainN: 100, TestN: 20})
	if m := last[*wire.Restore](s); m == nil || m.Checkpoint.Step != 40 {
		t.Errorf("Restore is %+v", m)
	}
	expectSent(t, s, "Restore", "GetSample", "Watch") // and no Train

	// A checkpoint that the new version can't read is as good as none.
	d.handle(&wire.Failed{Doing: "Restore", Detail: "nn: another network"})
	expectSent(t, s, "Init")
	if got := text(byID(t, rendered(t, d), "command-failed")); !strings.Contains(got, "Another network") {
		t.Errorf("the page says %q", got)
	}
}
