package app

import (
	"strings"
	"testing"

	"convlens/nn/wire"
)

// own and its kin are what a worker tells of files of the visitor's.
var (
	ownName   = wire.OwnName("0123456789abcdef")
	ownOpened = &wire.Opened{Name: ownName, Title: "shapes", TrainN: 1200, TestN: 240, SampleShape: []int{3, 17, 33}, Classes: []string{"disc", "Äpfel"}, HeldOut: true, Unused: 4, UnusedNames: []string{"a", "b", "c"}}
	ownLoaded = &wire.Loaded{Name: ownName, Title: "shapes", TrainN: 1200, TestN: 240, SampleShape: []int{3, 17, 33}, Classes: ownOpened.Classes, TrainPerClass: []int{600, 600}, TestPerClass: []int{120, 120}}
	ownChosen = chosenFiles{Files: []wire.OwnFile{{Name: "x", Bytes: 5}, {Name: "y", Bytes: 7}}, Held: "handles"}
)

// TestOwn opens files, uses them, and goes back and forth between them and the
// site's data.
func TestOwn(t *testing.T) {
	d, sessions := opened(t, "data=digits&seed=5")
	s := (*sessions)[0]
	d.handle(&wire.Ready{})
	d.handle(loaded)
	s.take()
	d.openFiles(ownChosen)
	open := last[*wire.Open](s)
	if open == nil || open.Files[1].Name != "y" || open.Handles.Held != "handles" {
		t.Fatalf("sent %+v", open)
	}
	d.handle(&wire.Opening{Number: open.Number, Images: true, Done: 700, Total: 1440})
	expectText(t, rendered(t, d), "opening", "Reading the images: 700 of 1,440 Cancel")
	s.take()
	d.handle(ownOpened)
	if m := last[*wire.Load](s); m == nil || m.Source.Name != ownName || len(m.Source.Files) > 0 {
		t.Fatalf("sent %+v", m)
	}
	d.handle(ownLoaded)
	root := rendered(t, d)
	expectText(t, root, "own-found", "shapes: 1,200 training and 240 test images of 17 × 33 pixels, in colour, in 2 classes (disc, Äpfel). "+
		"The files have no test images: every sixth of each class was set aside, without chance or seed, so that the same files are always split alike. Not used (4): a, b, c, ….")
	expectText(t, root, "data-title", "Your files: shapes only in this tab")
	if d.class(1) != "Äpfel" || d.Query.Data != ownName || d.canRun(storeAgain) || d.canRun(verifyStored) {
		t.Errorf("class 1 is %s, data %s", d.class(1), d.Query.Data)
	}
	s.take()
	d.use("mnist")
	d.handle(loaded)
	d.use(d.State.Opened.Name)
	if m := last[*wire.Load](s); m.Source.Name != ownName {
		t.Errorf("back: %+v", m)
	}
}

// TestOwnDuringARun leaves a run its data until it has ended.
func TestOwnDuringARun(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.handle(loaded)
	d.handle(&wire.Progress{State: wire.Training, Step: 3, Samples: 60000, Epoch: 1, Epochs: 1})
	d.openFiles(ownChosen)
	d.handle(&wire.LoadFailed{Name: wire.OwnFiles, File: "x", Kind: wire.Truncated, Detail: "x: the file is empty"})
	expectText(t, rendered(t, d), "load-failed", "Your files can't be used: x: the file is empty. Nothing was changed. Dismiss")
	if d.State.Opening != nil || d.Query.Data != "mnist" {
		t.Errorf("after a failure: %+v, data %s", d.State.Opening, d.Query.Data)
	}
	d.openFiles(ownChosen)
	if d.State.LoadFailed != nil {
		t.Error("the failure stays")
	}
	s.take()
	d.handle(ownOpened)
	expectSent(t, s)
	if got := d.foundText(); !strings.HasSuffix(got, "The run under way keeps MNIST. When it has ended, choose Your files.") {
		t.Errorf("the page says %q", got)
	}
	d.handle(&wire.Progress{State: wire.Done, Step: 4, Samples: 60000, Epoch: 1, Epochs: 1})
	if got := d.foundText(); !strings.HasSuffix(got, "a, b, c, …. Not in use: choose Your files.") {
		t.Errorf("after the run the page says %q", got)
	}
	d.use(ownName)
	expectSent(t, s, "Load")
	if got := d.foundText(); !strings.HasSuffix(got, "a, b, c, ….") {
		t.Errorf("of files on their way into use the page says %q", got)
	}
}

// TestOwnSecondDuringARun says of files that were opened while a run was on others
// of the visitor's, which it keeps, that they are not in use, when it has ended too.
func TestOwnSecondDuringARun(t *testing.T) {
	d, _ := opened(t, "")
	d.handle(loaded)
	pressed := func() bool { return attr(byID(t, rendered(t, d), "source-files"), "aria-pressed") != "false" }
	said := func(want string) {
		t.Helper()
		if got := d.foundText(); !strings.HasSuffix(got, want) {
			t.Errorf("the page says %q, expected %q at its end", got, want)
		}
	}
	d.openFiles(ownChosen)
	d.handle(ownOpened)
	d.handle(ownLoaded)
	d.handle(&wire.Progress{State: wire.Training, Step: 3, Samples: 1200, Epoch: 1, Epochs: 1})
	second := *ownOpened
	second.Name, second.Title = wire.OwnName("fedcba9876543210"), "second"
	d.openFiles(ownChosen)
	d.handle(&second)
	said("The run under way keeps Your files: shapes. When it has ended, choose Your files.")
	d.handle(&wire.Progress{State: wire.Stopped, Step: 4, Samples: 1200, Epoch: 1, Epochs: 1})
	said("a, b, c, …. Not in use: choose Your files.")
	if pressed() {
		t.Error("the button of files that are not in use is pressed")
	}
	d.use(second.Name)
	inUse := *ownLoaded
	inUse.Name, inUse.Title = second.Name, second.Title
	d.handle(&inUse)
	said("a, b, c, ….")
	if !pressed() {
		t.Error("the button of the files in use is not pressed")
	}
	d.use("mnist")
	d.handle(loaded)
	said("a, b, c, …. Not in use: choose Your files.")
}

// TestOwnUnfit says in the visitor's language why the network can't take files that
// are whole, also after the settings have changed.
func TestOwnUnfit(t *testing.T) {
	want := map[string]string{
		"en": "Your files can't be used: conv2d_2 needs 3 × 3 pixels and gets only 3 × 2. Kernels of up to 2 × 2 would fit. Nothing was changed. Change the settings, then choose Your files. Dismiss",
		"de": "Ihre Dateien lassen sich nicht verwenden: conv2d_2 braucht 3 × 3 Pixel und bekommt nur 3 × 2. Kerne bis 2 × 2 würden passen. Nichts wurde verändert. Ändern Sie die Einstellungen und wählen Sie dann Eigene Dateien. Schließen",
	}
	for _, w := range languages {
		d, _ := opened(t, "")
		d.Words = w
		d.handle(loaded)
		tiny := *ownOpened
		tiny.SampleShape = []int{1, 5, 4}
		d.openFiles(ownChosen)
		d.handle(&tiny)
		const detail = "the network as it is set can't take images of 5x4 pixels"
		d.handle(&wire.LoadFailed{Name: tiny.Name, Kind: wire.Invalid, Detail: detail})
		d.Query.Settings.Net.Kernel = 1
		got := text(byID(t, rendered(t, d), "load-failed"))
		if s := want[w.Code]; s != "" && got != s {
			t.Errorf("%s says %q, expected %q", w.Name, got, s)
		}
		if strings.Contains(got, detail) || !strings.Contains(got, "conv2d_2") {
			t.Errorf("%s says %q", w.Name, got)
		}
		d.openFiles(ownChosen)
		d.handle(&wire.LoadFailed{Name: wire.OwnFiles, Kind: wire.Invalid, Detail: "x: no"})
		if got := text(byID(t, rendered(t, d), "load-failed")); !strings.Contains(got, "x: no.") {
			t.Errorf("%s says %q of files that are not whole", w.Name, got)
		}
	}
}

func TestOwnStopped(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.handle(loaded)
	d.openFiles(ownChosen)
	number := d.State.Opening.Number
	s.take()
	d.stopOpening()
	expectSent(t, s, "StopOpening")
	d.handle(&wire.Opening{Number: number, Done: 1, Total: 2}) // was on its way
	if d.State.Opening != nil {
		t.Errorf("still opening: %+v", d.State.Opening)
	}
}

// TestOwnNewWorker has a worker that takes the place of one that is gone read the
// files again, before the run on them goes on.
func TestOwnNewWorker(t *testing.T) {
	d, sessions := opened(t, "")
	d.handle(loaded)
	d.openFiles(ownChosen)
	d.handle(ownOpened)
	d.handle(ownLoaded)
	d.handle(&wire.Progress{State: wire.Training, Step: 3, Samples: 1200, Epoch: 1, Epochs: 1})
	d.handle(&wire.Checkpoint{Dataset: ownName, Settings: d.applied, State: wire.Paused, Step: 3})
	d.handle(&wire.Failed{Doing: "training", Detail: "gone", Fatal: true})
	d.startAgain()
	s := (*sessions)[1]
	if m := last[*wire.Open](s); m == nil || len(m.Files) != 2 || m.Handles.Held != "handles" {
		t.Fatalf("sent %v", s.take())
	}
	s.take()
	d.handle(ownOpened)
	expectSent(t, s, "Load")
	d.handle(ownLoaded)
	if m := last[*wire.Restore](s); m == nil || m.Checkpoint.Step != 3 {
		t.Errorf("sent %v", s.take())
	}
}

// TestOwnGone explains an address of files that are in no tab any more, and keeps
// a run on them for when they are chosen again.
func TestOwnGone(t *testing.T) {
	d, sessions := opened(t, "data="+ownName+"&autoplay=1&epochs=2")
	if len(d.Problems) != 1 || d.Problems[0] != english.Own.Gone || d.Query.Data != "mnist" || d.WantTrain || d.Query.Settings.Epochs != 2 {
		t.Errorf("problems %q, data %s, train %v", d.Problems, d.Query.Data, d.WantTrain)
	}
	d.close()
	d.begin(&wire.Checkpoint{Dataset: ownName, Settings: d.Query.Settings, State: wire.Stopped, Step: 9})
	s := (*sessions)[1]
	d.handle(loaded)
	expectText(t, rendered(t, d), "run-waiting", english.Own.Waiting)
	d.openFiles(ownChosen)
	d.handle(ownOpened)
	d.handle(ownLoaded)
	if m := last[*wire.Restore](s); m == nil || m.Checkpoint.Step != 9 || d.own.waiting != nil {
		t.Errorf("sent %v", s.take())
	}
}

// TestOwnSecret tells a page around nothing of the visitor's files.
func TestOwnSecret(t *testing.T) {
	d, _ := opened(t, "embed=all")
	h := &herald{}
	d.handle(ownLoaded)
	if e := h.follow(d, ownLoaded); len(e) != 1 || e[0]["data"] != "files" {
		t.Errorf("told %v", e)
	}
	if e := h.follow(d, &wire.LoadFailed{Name: wire.OwnFiles, File: "secret", Detail: "secret"}); len(e) != 0 {
		t.Errorf("told %v", e)
	}
}

// TestOwnDocument names the classes of a run on the visitor's files, shows its
// image in colour, and says what its query lacks.
func TestOwnDocument(t *testing.T) {
	d := busyDesk(t)
	d.openFiles(ownChosen)
	d.handle(ownOpened)
	d.use(ownName)
	d.handle(ownLoaded)
	net := &wire.Net{Step: 4, Fingerprint: "0123456789abcdef", Label: 1,
		Input: wire.Tensor{Shape: []int{3, 1, 1}, Data: []float32{1, 0, 0}}, Probs: []float32{0.25, 0.75}}
	root, images := written(t, newRunDocument(d.snapshot(), net, func() {}).write)
	text := strings.Join(readable(root), "\n")
	for _, want := range []string{"Your files: shapes", english.Own.LinkLacks, "label Äpfel", "disc", "data=" + ownName} {
		if !strings.Contains(text, want) {
			t.Errorf("the document doesn't say %q", want)
		}
	}
	if images != 1 {
		t.Errorf("%d pictures, expected the image", images)
	}
}
