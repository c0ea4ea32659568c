package app

import (
	"testing"

	"convlens/nn/wire"
)

// The technical half of what goes wrong is marked as English in every language.
func TestDetail(t *testing.T) {
	keptData := *loaded
	keptData.Stored = true
	for _, c := range []struct {
		what   string
		events []wire.Message
		id     string
		detail string
	}{
		{"worker gone", []wire.Message{&wire.Ready{}, &wire.Failed{Doing: "training", Detail: "out of memory", Fatal: true}}, "worker-gone", "Out of memory."},
		{"worker never there", []wire.Message{&wire.Failed{Doing: doingStart, Detail: "no WebAssembly", Fatal: true}}, "worker-gone", "No WebAssembly."},
		{"command refused", []wire.Message{&wire.Failed{Doing: "Explain", Detail: "lab: no such layer"}}, "command-failed", "No such layer."},
		{"data incomplete", []wire.Message{&wire.LoadFailed{Name: "mnist", Kind: wire.Truncated, File: "train-labels", Detail: "train-labels: 3 bytes are missing"}},
			"load-failed", "train-labels: 3 bytes are missing."},
		{"own files", []wire.Message{&wire.LoadFailed{Name: wire.OwnFiles, Kind: wire.Invalid, Detail: "a.png is 3 × 3 pixels"}}, "load-failed", "a.png is 3 × 3 pixels."},
		{"stored data damaged", []wire.Message{&keptData, &wire.Stored{Name: "mnist", Files: 1, Checked: true, Damaged: []string{"train-labels"}, Detail: "train-labels: its SHA-256 is 01"}},
			"offline", "Its SHA-256 is 01."},
	} {
		d, _ := opened(t, "")
		d.Shell = shell{State: shellStored}
		for _, m := range c.events {
			d.handle(m)
		}
		for _, w := range languages {
			d.speak(w)
			told := byID(t, rendered(t, d), c.id)
			if marked := find(told, "lang", "en"); len(marked) != 1 || text(marked[0]) != c.detail {
				t.Errorf("%s, %s: %d details are marked in %q", c.what, w.Name, len(marked), text(told))
			}
		}
	}
}
