package app

import (
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// rendered returns the page's HTML for a desk, as a browser would parse it.
func rendered(t *testing.T, d *desk) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(app.HTMLString(&page{desk: d})))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// find returns the elements that have the attribute with that value.
func find(root *html.Node, key, value string) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && attr(n, key) == value {
			found = append(found, n)
		}
	}
	return found
}

func byID(t *testing.T, root *html.Node, id string) *html.Node {
	t.Helper()
	found := find(root, "id", id)
	if len(found) != 1 {
		t.Fatalf("%d elements have the id %s", len(found), id)
	}
	return found[0]
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// text returns an element's text, with single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// disabled undoes what go-app writes for false: disabled="false".
func disabled(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "disabled" {
			return a.Val != "false"
		}
	}
	return false
}

func expectText(t *testing.T, root *html.Node, id, want string) {
	t.Helper()
	if got := text(byID(t, root, id)); got != want {
		t.Errorf("%s says %q, expected %q", id, got, want)
	}
}

// lively returns a desk that has seen a model, data, an image and a view.
func lively(t *testing.T) *desk {
	t.Helper()
	d, _ := opened(t, "")
	d.handle(&wire.Ready{Build: "build-1", SIMD: true})
	d.handle(&wire.Model{Params: 9568, Layers: []wire.LayerInfo{
		{Name: "conv2d_1", Type: "Conv2D", OutShape: []int{32, 26, 26}, Params: 320,
			Config: []wire.KeyValue{{Key: "filters", Value: "32"}}},
		{Name: "relu_1", Type: "Activation", OutShape: []int{32, 26, 26},
			Config: []wire.KeyValue{{Key: "activation", Value: "relu"}}},
		{Name: "conv2d_2", Type: "Conv2D", OutShape: []int{32, 24, 24}, Params: 9248},
	}})
	l := *loaded
	l.Verified = true
	l.TrainPerClass = make([]int, 10)
	l.TrainPerClass[3] = 6131
	d.handle(&l)
	d.handle(&wire.Progress{State: wire.Idle, Samples: 60000, ValN: 10000})
	pixels := make([]byte, 784)
	pixels[29] = 253
	d.handle(&wire.Sample{Index: 0, Label: 5, Shape: []int{1, 28, 28}, Pixels: pixels})
	d.handle(testView())
	return d
}

func testView() *wire.View {
	k1, k2 := make([]float32, 32*9), make([]float32, 32*32*9)
	k2[0], k2[8] = 0.1234, -0.05
	return &wire.View{
		Kernels: []wire.Tensor{
			{Name: "conv2d_1", Shape: []int{32, 1, 3, 3}, Data: k1},
			{Name: "conv2d_2", Shape: []int{32, 32, 3, 3}, Data: k2},
		},
		Layer: wire.Detail{Name: "conv2d_1", Weights: []wire.WeightInfo{
			{Name: "kernel", Init: "glorot_uniform", Shape: []int{32, 1, 3, 3}, Min: -0.14, Max: 0.14, First: []float32{0.1, -0.2}},
		}},
		Maps:  wire.Tensor{Shape: []int{32, 26, 26}, Data: make([]float32, 32*26*26)},
		Input: wire.Tensor{Shape: []int{1, 28, 28}, Data: make([]float32, 784)},
		Label: 5, Probs: []float32{.1, .1, .1, .1, .1, .2, .1, .1, 0, .1},
	}
}

// The names that tests and screen readers rely on.
func TestPageNames(t *testing.T) {
	for name, d := range map[string]*desk{
		"as built": newDesk(testSources, ""),
		"lively":   lively(t),
	} {
		t.Run(name, func(t *testing.T) {
			root := rendered(t, d)
			var headings []string
			for n := range root.Descendants() {
				if n.Data == "h2" {
					headings = append(headings, text(n))
				}
			}
			if want := []string{"Data", "Train", "Look inside", "Draw a digit"}; !slices.Equal(headings, want) {
				t.Errorf("headings %q, expected %q", headings, want)
			}
			var pictures []string
			for _, n := range find(root, "role", "img") {
				if n.Data != "canvas" {
					t.Errorf("a %s has the role img", n.Data)
				}
				pictures = append(pictures, attr(n, "aria-label"))
			}
			for _, want := range []string{"Sample", "Kernels of conv2d_1", "Kernels of conv2d_2", "Feature maps of conv2d_1"} {
				if !slices.Contains(pictures, want) {
					t.Errorf("pictures %q, expected %q", pictures, want)
				}
			}
			bar := find(root, "aria-label", "Training progress")
			if len(bar) != 1 || attr(bar[0], "role") != "progressbar" || attr(bar[0], "aria-valuemin") != "0" {
				t.Errorf("progress bar: %v", bar)
			}
			var status []string // the run's comes first
			for _, n := range find(root, "role", "status") {
				status = append(status, attr(n, "id"))
			}
			if want := []string{"status", "pad-answer", "offline", "update"}; !slices.Equal(status, want) {
				t.Errorf("elements of the role status: %q, expected %q", status, want)
			}
		})
	}
}

func TestPageHasNoInlineStyles(t *testing.T) {
	for n := range rendered(t, lively(t)).Descendants() {
		if attr(n, "style") != "" {
			t.Errorf("%s has a style attribute, which a content security policy refuses", n.Data)
		}
	}
}

func TestPageIDsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for n := range rendered(t, lively(t)).Descendants() {
		if id := attr(n, "id"); id != "" && seen[id] {
			t.Errorf("two elements have the id %s", id)
		} else {
			seen[id] = true
		}
	}
}

// What an element refers to by id is there.
func TestPageReferences(t *testing.T) {
	root := rendered(t, lively(t))
	for n := range root.Descendants() {
		for _, key := range []string{"aria-labelledby", "aria-describedby", "aria-controls", "for"} {
			if id := attr(n, key); id != "" && len(find(root, "id", id)) != 1 {
				t.Errorf("%s=%q of a %s leads nowhere", key, id, n.Data)
			}
		}
	}
}

func TestPageButtons(t *testing.T) {
	for _, c := range []struct {
		state   wire.State
		step    int
		primary string
		enabled []string
	}{
		{wire.Idle, 0, "Train", []string{"Train"}},
		{wire.Training, 5, "Pause", []string{"Pause", "Stop"}},
		{wire.Evaluating, 5, "Pause", []string{"Pause", "Stop"}},
		{wire.Paused, 5, "Resume", []string{"Resume", "Stop", "Reset"}},
		{wire.Stopped, 5, "Train", []string{"Train", "Reset"}},
		{wire.Done, 5, "Train", []string{"Train", "Reset"}},
	} {
		d := lively(t)
		d.handle(&wire.Progress{State: c.state, Step: c.step, Epoch: min(c.step, 1), Epochs: 1, Seen: 640 * min(c.step, 1), Samples: 60000})
		root := rendered(t, d)
		var words, enabled []string
		for _, id := range []string{"run-primary", "run-stop", "run-reset"} {
			n := byID(t, root, id)
			words = append(words, text(n))
			if !disabled(n) {
				enabled = append(enabled, text(n))
			}
		}
		if want := []string{c.primary, "Stop", "Reset"}; !slices.Equal(words, want) {
			t.Errorf("state %d: buttons %q, expected %q", c.state, words, want)
		}
		if !slices.Equal(enabled, c.enabled) {
			t.Errorf("state %d: enabled %q, expected %q", c.state, enabled, c.enabled)
		}
	}
}

func TestPageData(t *testing.T) {
	root := rendered(t, lively(t))
	expectText(t, root, "data-train-shape", "(60000, 1, 28, 28)")
	expectText(t, root, "data-test-shape", "(10000, 1, 28, 28)")
	expectText(t, root, "sample-label", "5")
	expectText(t, root, "sample-onehot", "0 0 0 0 0 1 0 0 0 0")
	if got := text(byID(t, root, "data-title")); !strings.Contains(got, "MNIST") || !strings.Contains(got, "verified SHA-256") {
		t.Errorf("the source says %q", got)
	}
	if got := strings.Fields(text(byID(t, root, "pixels"))); len(got) != 784 || got[29] != "253" || got[28] != "0" {
		t.Errorf("%d values", len(got))
	}
}

func TestPageRun(t *testing.T) {
	d := lively(t)
	d.handle(&wire.Progress{State: wire.Training, Epoch: 1, Epochs: 1, Seen: 31232, Samples: 60000, Step: 244,
		Loss: 0.4123, Acc: 0.8712, ElapsedMS: 15200, LeftMS: 17800, FirstStep: 1,
		StepLoss: make([]float32, 244), StepAcc: make([]float32, 244)})
	root := rendered(t, d)
	bar := byID(t, root, "progress")
	if attr(bar, "aria-valuenow") != "31232" || attr(bar, "aria-valuemax") != "60000" {
		t.Errorf("progress %s of %s", attr(bar, "aria-valuenow"), attr(bar, "aria-valuemax"))
	}
	expectText(t, root, "run-count", "31,232 / 60,000")
	expectText(t, root, "run-state", "18 s left")
	expectText(t, root, "run-loss", "0.4123")
	expectText(t, root, "status", "31232/60000 [==============>...............] - ETA: 14s - loss: 0.4123 - acc: 0.8712")
	if live := attr(byID(t, root, "status"), "aria-live"); live != "off" {
		t.Errorf("the line is live %s: it changes three times a second", live)
	}

	d.handle(&wire.Progress{State: wire.Done, Epoch: 1, Epochs: 1, Seen: 60000, Samples: 60000, Step: 469,
		Loss: 0.2881, Acc: 0.9103, Validated: true, ValLoss: 0.0712, ValAcc: 0.9776, ElapsedMS: 29500, Fingerprint: "ab12",
		FirstStep: 245, StepLoss: make([]float32, 225), StepAcc: make([]float32, 225),
		Vals: []wire.Validation{{Step: 469, Loss: 0.0712, Acc: 0.9776}}})
	root = rendered(t, d)
	expectText(t, root, "status", "60000/60000 [==============================] - 29s - loss: 0.2881 - acc: 0.9103 - val_loss: 0.0712 - val_acc: 0.9776")
	expectText(t, root, "run-val-acc", "0.9776")
	expectText(t, root, "chart-acc-readout", "step 469: batch 0.0000, smoothed 0.0000, validation 0.9776")
	if got := attr(byID(t, root, "fingerprint"), "data-fingerprint"); got != "ab12" {
		t.Errorf("fingerprint %q", got)
	}
}

func TestPageInside(t *testing.T) {
	d := lively(t)
	root := rendered(t, d)
	if got := text(byID(t, root, "kernel-weights")); got != "+0.123 0.000 0.000 0.000 0.000 0.000 0.000 0.000 −0.050" {
		t.Errorf("the nine numbers are %q", got)
	}
	if got := text(byID(t, root, "layer-weights")); !strings.Contains(got, "kernel (32, 1, 3, 3) glorot_uniform") {
		t.Errorf("weights: %q", got)
	}
	if got := text(byID(t, root, "layer-config")); got != "filters 32" {
		t.Errorf("config: %q", got)
	}
	if got := text(byID(t, root, "layers")); !strings.Contains(got, "1 relu_1 Activation (relu) (32, 26, 26) 0") {
		t.Errorf("layers: %q", got)
	}
	for id, n := range map[string]int{"lenses": len(lenses), "stages": 3} {
		tabs := find(byID(t, root, id), "role", "tab")
		if len(tabs) != n || attr(tabs[0], "tabindex") != "0" || attr(tabs[1], "tabindex") != "-1" {
			t.Errorf("%s: %d tabs, expected %d with one tab stop", id, len(tabs), n)
		}
	}
	if d.chooseLens("maps"); d.Query.Lens != "maps" {
		t.Error("the lens was not chosen")
	}
	root = rendered(t, d)
	if a, b := attr(byID(t, root, "lens-panel-maps"), "hidden"), attr(byID(t, root, "lens-panel-kernels"), "hidden"); a != "false" || b == "false" {
		t.Errorf("hidden: the chosen lens %q, another %q", a, b)
	}

	// Until the new layer's maps are there, the picture's name is the old one.
	d.chooseLayer("conv2d_2")
	root = rendered(t, d)
	if attr(byID(t, root, "maps"), "aria-label") != "Feature maps of conv2d_1" || text(byID(t, root, "layer-weights")) != "" {
		t.Error("the old layer's maps or weights are shown as the new one's")
	}
	v := testView()
	v.Layer = wire.Detail{Name: "conv2d_2"}
	d.handle(v)
	root = rendered(t, d)
	if got := attr(byID(t, root, "maps"), "aria-label"); got != "Feature maps of conv2d_2" {
		t.Errorf("the picture's name is %q", got)
	}
}

func TestPageFaults(t *testing.T) {
	alerts := func(d *desk) []string {
		var texts []string
		for _, n := range find(rendered(t, d), "role", "alert") {
			texts = append(texts, text(n))
		}
		return texts
	}
	for _, c := range []struct {
		name   string
		events []wire.Message
		want   string
	}{
		{"missing", []wire.Message{&wire.LoadFailed{Name: "mnist", File: "train-images", Kind: wire.Missing, Detail: "answered with status 404"}},
			"MNIST is not on this site. train-images: answered with status 404. Try again Use generated digits"},
		{"network", []wire.Message{&wire.LoadFailed{Name: "mnist", File: "train-images", Kind: wire.Network}},
			"MNIST could not be fetched: the connection failed. Try again Use generated digits"},
		{"truncated, other data kept", []wire.Message{loaded, &wire.LoadFailed{Name: "digits", File: "test-labels", Kind: wire.Truncated,
			Detail: "test-labels: expected 60,000 images, the file ends after 31,000."}},
			"Generated digits is incomplete: a file ends too early. test-labels: expected 60,000 images, the file ends after 31,000. " +
				"Nothing was changed. Try again Use MNIST"},
		{"corrupt", []wire.Message{&wire.LoadFailed{Name: "mnist", Kind: wire.Corrupt}},
			"MNIST arrived damaged. Try again Use generated digits"},
		{"invalid", []wire.Message{&wire.LoadFailed{Name: "mnist", Kind: wire.Invalid, Detail: "3 files, expected 4"}},
			"MNIST can't be used: a file is not what it should be. 3 files, expected 4. Try again Use generated digits"},
		{"worker gone", []wire.Message{&wire.Failed{Doing: "training", Detail: "nn: out of memory", Fatal: true}},
			"The training worker has stopped. Out of memory. No training was lost. Start again"},
		{"no worker", []wire.Message{&wire.Failed{Doing: doingStart, Detail: "this browser has no Web Workers", Fatal: true}},
			"The training worker could not be started, so nothing can be trained here. This browser has no Web Workers. " +
				"A current Chrome, Edge, Firefox or Safari can do it. Start again"},
		{"worker gone, nothing kept", []wire.Message{&wire.Progress{State: wire.Training, Step: 30}, &wire.Failed{Detail: "x", Fatal: true}},
			"The training worker has stopped. X. What the network learnt in 30 steps is lost. Start again"},
		{"worker gone, checkpoint kept", []wire.Message{&wire.Checkpoint{Step: 1200}, &wire.Failed{Detail: "panic: x", Fatal: true}},
			"The training worker has stopped. X. The network as it was after step 1,200 is kept. Start again"},
		{"command refused", []wire.Message{&wire.Failed{Doing: "Train", Detail: "lab: no dataset is loaded"}},
			"Train was refused. No dataset is loaded. Dismiss"},
		{"another version", []wire.Message{&wire.Ready{Build: "other"}},
			english.Stale + " Reload"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, _ := opened(t, "")
			for _, m := range c.events {
				d.handle(m)
			}
			if got := alerts(d); len(got) != 1 || got[0] != c.want {
				t.Errorf("alerts %q, expected %q", got, c.want)
			}
		})
	}
	d, _ := opened(t, "epochs=none")
	if got := text(byID(t, rendered(t, d), "query-problems")); !strings.Contains(got, "epochs=none") {
		t.Errorf("a bad query says %q", got)
	}
	if len(alerts(newDesk(nil, ""))) != 1 {
		t.Error("a site without data doesn't say so")
	}
}

// The engine mounts the whole page and takes every kind of update.
func TestPageInEngine(t *testing.T) {
	d, _ := opened(t, "")
	p := &page{desk: d}
	e := app.NewTestEngine()
	if err := e.Load(p); err != nil {
		t.Fatal(err)
	}
	e.ConsumeAll()
	if err := app.Match(app.Main().Class("main"), p, 0, 1); err != nil {
		t.Error(err)
	}
}
