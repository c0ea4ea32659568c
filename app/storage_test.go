package app

import (
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// TestOfflineLine says, for each state of the page's files and of the dataset,
// what is stored, what is missing and what can be done.
func TestOfflineLine(t *testing.T) {
	keptData := *loaded
	keptData.Stored = true
	stored := shell{State: shellStored, Bytes: 13_800_000}
	for _, c := range []struct {
		name   string
		shell  shell
		events []wire.Message
		want   string
		can    []errand
	}{
		{"at the beginning", shell{}, nil, "The page is being stored… The dataset is not here yet.", nil},
		{"page first", stored, nil, "The dataset is not here yet. The page is stored, 13.8 MB.", nil},
		{"data first", shell{State: shellStoring}, []wire.Message{&keptData},
			"The page is being stored… MNIST, 0.0 MB, is stored.", []errand{verifyStored, removeStored}},
		{"both", stored, []wire.Message{&keptData},
			"Offline ready. In this browser are stored MNIST, 0.0 MB, and the page, 13.8 MB.", []errand{verifyStored, removeStored}},
		{"verified", stored, []wire.Message{&keptData, &wire.Stored{Name: "mnist", Files: 2, Bytes: 11_600_000, Checked: true}},
			"Offline ready. In this browser are stored MNIST, 11.6 MB, and the page, 13.8 MB. " +
				"Verified: all 2 files have the SHA-256 they should.", []errand{verifyStored, removeStored}},
		{"looked at, without checksums", stored, []wire.Message{&keptData, &wire.Stored{Name: "mnist", Files: 2, Bytes: 11_600_000}},
			"Offline ready. In this browser are stored MNIST, 11.6 MB, and the page, 13.8 MB.", []errand{verifyStored, removeStored}},
		{"damaged", stored, []wire.Message{&keptData, &wire.Stored{Name: "mnist", Files: 1, Checked: true,
			Damaged: []string{"train-labels"}, Detail: "train-labels: its SHA-256 is 01…, expected 02…"}},
			"Not available: train-labels of MNIST is damaged in this browser's storage. Its SHA-256 is 01…, expected 02…. " +
				"Store again fetches it. The page is stored, 13.8 MB.", []errand{verifyStored, removeStored, storeAgain}},
		{"one gone", stored, []wire.Message{&keptData, &wire.Stored{Name: "mnist", Files: 1, Checked: true}},
			"Not available: files of MNIST are missing in this browser's storage. Store again fetches them. The page is stored, 13.8 MB.",
			[]errand{verifyStored, removeStored, storeAgain}},
		{"removed", stored, []wire.Message{&keptData, &wire.Stored{Name: "mnist"}},
			"Not available: MNIST is not stored in this browser. Until the page is closed it goes on with what it has; " +
				"Store again fetches it for the next visit. The page is stored, 13.8 MB.", []errand{storeAgain}},
		{"not fetched", stored, []wire.Message{&keptData, &wire.Stored{Name: "mnist", Detail: "train-images: no answer", Checked: true}},
			"Not available: MNIST could not be fetched whole. Train-images: no answer. The page is stored, 13.8 MB.", []errand{storeAgain}},
		{"other data's answer", stored, []wire.Message{&keptData, &wire.Stored{Name: "digits"}},
			"Offline ready. In this browser are stored MNIST, 0.0 MB, and the page, 13.8 MB.", []errand{verifyStored, removeStored}},
		{"no room", stored, []wire.Message{loaded},
			"Not available: the browser's storage did not take MNIST. Until the page is closed everything works. The page is stored, 13.8 MB.",
			[]errand{storeAgain}},
		{"incomplete", shell{State: shellIncomplete}, []wire.Message{&keptData}, english.ShellIncomplete + " MNIST, 0.0 MB, is stored.",
			[]errand{verifyStored, removeStored}},
		{"blocked", shell{State: shellRefused}, []wire.Message{loaded}, english.ShellRefused, []errand{storeAgain}},
		{"plain http", shell{State: shellInsecure}, []wire.Message{loaded}, english.ShellInsecure, []errand{storeAgain}},
	} {
		d, _ := opened(t, "")
		d.Shell = c.shell
		for _, m := range c.events {
			d.handle(m)
		}
		if got := d.offlineText(); got != c.want {
			t.Errorf("%s: says\n%q, expected\n%q", c.name, got, c.want)
		}
		if got := d.offlineReady(); got != strings.HasPrefix(c.want, "Offline ready") {
			t.Errorf("%s: ready is %v", c.name, got)
		}
		var can []errand
		for _, e := range []errand{verifyStored, removeStored, storeAgain} {
			if d.canRun(e) {
				can = append(can, e)
			}
		}
		if !slices.Equal(can, c.can) {
			t.Errorf("%s: possible are %q, expected %q", c.name, can, c.can)
		}
	}
}

// TestErrands sends each once, in their order, until it is answered.
func TestErrands(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.runErrand(verifyStored) // nothing is loaded
	keptData := *loaded
	keptData.Stored = true
	d.handle(&keptData)
	s.take()
	d.runErrand(verifyStored)
	d.runErrand(verifyStored)
	d.runErrand(removeStored)
	d.runErrand(storeAgain) // all is stored
	if m := last[*wire.Verify](s); m == nil || m.Source.Name != "mnist" {
		t.Errorf("Verify is %+v", m)
	}
	expectSent(t, s, "Verify", "Remove")
	if got := d.errandText(); !strings.HasPrefix(got, "Reading") {
		t.Errorf("while verifying: %q", got)
	}
	d.handle(&wire.Stored{Name: "mnist", Files: 2, Checked: true})
	if got := d.errandText(); !strings.HasPrefix(got, "Removing") {
		t.Errorf("while removing: %q", got)
	}
	d.handle(&wire.Stored{Name: "mnist"})
	d.handle(&wire.Stored{Name: "mnist"}) // asked by nobody
	if len(d.Errands) != 0 {
		t.Errorf("still waiting for %q", d.Errands)
	}

	// A run is not held up; between runs a refusal ends the errand.
	d.handle(&wire.Progress{State: wire.Training, Epoch: 1, Step: 3})
	d.runErrand(storeAgain)
	expectSent(t, s)
	d.handle(&wire.Progress{State: wire.Paused, Epoch: 1, Step: 3})
	d.runErrand(storeAgain)
	expectSent(t, s, "Keep")
	d.handle(&wire.Failed{Doing: "Keep", Detail: "lab: a run is under way"})
	if !d.canRun(storeAgain) {
		t.Error("after a refusal it can't be asked again")
	}
	d.runErrand(storeAgain)
	d.handle(&wire.Failed{Doing: "training", Detail: "gone", Fatal: true})
	d.startAgain()
	if len(d.Errands) != 0 {
		t.Errorf("the new worker is waited for to answer %q", d.Errands)
	}
}

// TestPageStored takes the data view's word back with the data.
func TestPageStored(t *testing.T) {
	d, _ := opened(t, "")
	keptData := *loaded
	keptData.Stored = true
	d.handle(&keptData)
	d.Shell = shell{State: shellStored, Bytes: 1e6}
	root := rendered(t, d)
	if got := text(byID(t, root, "data-title")); !strings.Contains(got, english.Stored) {
		t.Errorf("the source says %q", got)
	}
	if n := byID(t, root, "offline"); attr(n, "aria-label") != "Offline" || !strings.HasPrefix(text(n), "Offline ready") {
		t.Errorf("the offline line, %q, says %q", attr(n, "aria-label"), text(n))
	}
	if len(find(root, "id", "data-store")) != 0 {
		t.Error("what is stored can be stored again")
	}
	d.handle(&wire.Stored{Name: "mnist"})
	root = rendered(t, d)
	if got := text(byID(t, root, "data-title")); strings.Contains(got, english.Stored) {
		t.Errorf("after Remove the source says %q", got)
	}
	if disabled(byID(t, root, "data-store")) || !disabled(byID(t, root, "data-verify")) || !disabled(byID(t, root, "data-remove")) {
		t.Error("after Remove: expected Store again, and neither Verify nor Remove")
	}
}
