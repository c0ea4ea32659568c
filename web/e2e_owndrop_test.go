//go:build e2e

package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// drop drags files or folders over a place of the window and lets them go.
func (p *tab) drop(x, y float64, between func(), paths ...string) {
	p.Helper()
	data := &input.DragData{Items: []*input.DragDataItem{}, Files: paths, DragOperationsMask: 1}
	event := func(kind input.DispatchDragEventType) chromedp.Action {
		return chromedp.ActionFunc(func(ctx context.Context) error {
			return input.DispatchDragEvent(kind, x, y, data).Do(ctx)
		})
	}
	p.run(cdpage.BringToFront(), event(input.DragEnter), event(input.DragOver))
	between()
	p.run(event(input.Drop))
}

// TestE2EOwnDrop drops a folder of folders, far from where files are chosen, and
// then an archive; trains; reloads, where the files are gone and said to be; and
// repeats the run with the files dropped again.
func TestE2EOwnDrop(t *testing.T) {
	t.Parallel()
	url := serveSite(t, Server(distSite(t)))
	p := openTab(t, startBrowser(t), url+"?data=digits&seed=3&batch=32")
	p.ready()
	folder := t.TempDir()
	s := shapes(9, 300, 4, 3, 24, 20)
	pictures := pictureFiles(t, &s, []string{"north", "east", "south", "west"})
	for name, b := range pictures {
		write(t, folder, "places/"+name, b)
	}
	archive := write(t, folder, "places.zip", zipOf(t, pictures))
	p.drop(900, 600, func() {
		p.wait("a sign", 5*time.Second, `document.body.dataset.dropping === "1"`)
		p.shoot("own-dropping")
	}, folder+"/places")
	const trained = `document.getElementById("data-train-shape").textContent === "(252, 3, 24, 20)"`
	p.wait("the folder", 60*time.Second, trained)
	if got := eval[string](p, found); !strings.HasPrefix(got, "places: 252 training and 48 test images of 24 × 20 pixels, in colour, in 4 classes (east, north, south, west).") {
		t.Errorf("found %s", got)
	}
	if eval[string](p, `document.body.dataset.dropping`) == "1" {
		t.Error("the sign stays")
	}
	p.press("Train")
	p.wait("the end", 120*time.Second, fingerprint)
	first := eval[string](p, fingerprint)

	address := eval[string](p, "location.href")
	if !strings.Contains(address, "data=files-") {
		t.Errorf("the address is %s", address)
	}
	p.run(chromedp.Navigate(address))
	p.ready()
	if got := eval[string](p, `document.getElementById("query-problems").textContent`); !strings.Contains(got, "Choose the same files for the same run") {
		t.Errorf("after a reload the page says %q", got)
	}
	p.drop(900, 600, func() {}, archive)
	p.wait("the archive", 60*time.Second, trained)
	if again := eval[string](p, "new URL(location).searchParams.get('data')"); !strings.Contains(address, again) {
		t.Errorf("the same pictures are %s, before %s", again, address)
	}
	p.press("Train")
	p.wait("the end", 120*time.Second, fingerprint)
	if again := eval[string](p, fingerprint); again != first {
		t.Errorf("the folder's run came out as %s, the archive's as %s", first, again)
	}
}

// TestE2EOwnLarge opens files of 100 MB of pixels: the worker takes what they need
// and little more, though it began with them twice, as reading can be stopped.
func TestE2EOwnLarge(t *testing.T) {
	url := serveSite(t, Server(distSite(t)))
	// A tab that nobody looks at doesn't measure how long a run takes, which needs
	// memory for a network of its own.
	p := openTab(t, startBrowser(t), url+"?data=digits&seed=3&limit=1280", `Object.defineProperty(document, "visibilityState", { value: "hidden" })`)
	p.ready()
	folder := t.TempDir()
	small := shapes(1, 44, 10, 1, 150, 150)
	large := small
	large.N = 4400
	large.Pixels, large.Labels = nil, nil
	for range 100 {
		large.Pixels, large.Labels = append(large.Pixels, small.Pixels...), append(large.Labels, small.Labels...)
	}
	images := write(t, folder, "images.gz", mnist.Gzip(mnist.EncodeImages(large)))
	labels := write(t, folder, "labels", mnist.EncodeLabels(large.Labels))
	const memory = `Number(document.getElementById("machine").dataset.memory)`
	before, tab := eval[float64](p, memory), p.rendererMB("VmRSS:")
	p.upload("own-files", images, labels)
	p.wait("progress", 30*time.Second, `document.querySelector("#opening [role=progressbar]")`)
	p.shoot("own-opening")
	p.press("Cancel")
	p.wait("its end", 5*time.Second, `!document.querySelector("#opening [role=progressbar]")`)
	if got := eval[string](p, found); got != "" {
		t.Errorf("stopped, the page says %s", got)
	}
	p.upload("own-files", images, labels)
	p.wait("what was found", 60*time.Second, found)
	peak := p.rendererMB("VmHWM:")
	// The tutorial's network for such images would be too large for a tab.
	p.wait("an alert", 20*time.Second, alertText)
	if got := eval[string](p, alertText); !strings.Contains(got, "Batches of up to") || !strings.Contains(got, "Change the settings, then choose Your files.") {
		t.Errorf("the page says %s", got)
	}
	p.shoot("own-unfit")
	p.openSettings()
	for id, value := range map[string]string{"set-pool": "8", "set-filters1": "4", "set-filters2": "4", "set-batch": "32"} {
		p.enter(id, value)
	}
	p.press("Your files")
	p.wait("the files", 30*time.Second, `document.getElementById("data-train-shape").textContent.includes("150, 150)")`)
	p.wait("its network", 10*time.Second, memory+fmt.Sprintf(" > %f", before))
	p.quiet()
	net := wire.Tutorial()
	net.Net.Pool, net.Net.Filters1, net.Net.Filters2 = 8, 4, 4
	plan, err := net.Plan([]int{1, 150, 150}, 10)
	if err != nil {
		t.Fatal(err)
	}
	pixels, after, network := float64(len(large.Pixels)), eval[float64](p, memory), float64(plan.Bytes(32))
	t.Logf("%.0f MB of pixels, %.0f MB for the network: the worker went from %.0f to %.0f MB, the tab from %.0f to at most %.0f MB",
		pixels/1e6, network/1e6, before/1e6, after/1e6, tab, peak)
	// What the stopped attempt had read may not have been collected when more was needed.
	if after > before+3*pixels+network {
		t.Errorf("the worker went from %.0f to %.0f bytes", before, after)
	}
	if tab > 0 && peak > tab+3*pixels/1e6 { // which also has the program compiled once more, for speed
		t.Errorf("the tab went from %.0f to %.0f MB", tab, peak)
	}
	p.shoot("own-large")
	p.fits("large images")
}
