//go:build e2e

package web

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"convlens/nn/wire"
)

// openSettings unfolds the settings.
func (p *tab) openSettings() {
	p.Helper()
	eval[any](p, `void document.querySelector("#settings summary").click()`)
	p.wait("the settings", 5*time.Second, `document.getElementById("settings").open`)
}

// TestE2ESettings goes through the form: presets, an optimiser and its numbers,
// a network that doesn't fit, and a network whose layers show at once.
func TestE2ESettings(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.openSettings()
	value := func(id string) string {
		return eval[string](p, fmt.Sprintf(`document.getElementById(%q).value`, id))
	}
	text := func(id string) string {
		return eval[string](p, fmt.Sprintf(`document.getElementById(%q)?.textContent ?? ""`, id))
	}
	is := func(id, want string) {
		t.Helper()
		p.wait(id+" "+want, 5*time.Second, fmt.Sprintf(`document.getElementById(%q).value === %q`, id, want))
	}
	is("set-preset", "tutorial")
	p.look("settings")

	p.enter("set-lr", "none")
	p.wait("a complaint", 5*time.Second, `document.getElementById("set-lr-wrong").textContent`)
	best := wire.BestEpoch()
	p.enter("set-preset", "best")
	is("set-optimizer", best.Optimizer.Name)
	is("set-lr", strconv.FormatFloat(best.Optimizer.LearningRate, 'g', -1, 64))
	is("set-batch", strconv.Itoa(best.Batch))
	is("set-seed", "3")
	if got := text("set-lr-wrong"); got != "" {
		t.Errorf("the complaint stays: %s", got)
	}
	p.enter("set-beta1", "0.85")
	is("set-preset", "own")
	p.enter("set-optimizer", "sgd")
	is("set-lr", "0.01")
	is("set-momentum", "0.9")
	if eval[bool](p, `document.getElementById("set-beta1").checkVisibility()`) {
		t.Error("SGD has a beta")
	}
	p.enter("set-preset", "tutorial")
	is("set-optimizer", "adadelta")
	is("set-lr", "1")

	p.enter("set-units", "4096")
	p.enter("set-filters2", "256")
	p.wait("too much", 5*time.Second, `document.getElementById("set-filters2-wrong").textContent.includes("GB")`)
	t.Log(text("set-filters2-wrong"))
	p.shoot("settings-unfit")
	p.enter("language", "de")
	p.wait("it in German", 5*time.Second, `document.getElementById("set-filters2-wrong").textContent.includes("Speicher")`)
	p.enter("language", "en")
	p.enter("set-units", "50") // makes room
	p.wait("no complaint", 5*time.Second, `document.getElementById("set-filters2-wrong").textContent === ""`)
	p.wait("what was refused", 10*time.Second, `document.querySelector('#layers [data-layer=conv2d_2]').textContent.includes("(256, ")`)
	is("set-filters2", "256")
	p.enter("set-filters2", "18")
	p.enter("set-kernel", "5")
	p.wait("the layers", 10*time.Second, `document.querySelector('#layers [data-layer=conv2d_2]').textContent.includes("(18, 20, 20)")`)
	if want, got := eval[string](p, `document.getElementById("params").textContent`), text("settings-outcome"); got[:len(want)] != want {
		t.Errorf("%s parameters in the layers, %s", want, got)
	}
	p.wait("the kernels", 10*time.Second, `document.querySelector("#kernels-conv2d_2").closest("figure").textContent.includes("18 filters")`)
	if got := value("set-kernel"); got != "5" {
		t.Errorf("the kernel size is %s", got)
	}
	want := "data=digits&filters2=18&kernel=5&limit=3840&seed=3&units=50"
	if got := eval[string](p, "location.search.slice(1)"); got != want {
		t.Errorf("the address says %s, expected %s", got, want)
	}
}

// oddNetworks are unlike the tutorial's in all that can be, the last the smallest
// that there is.
var oddNetworks = []string{
	"filters1=7&filters2=5&kernel=5&pool=3&dropout1=0&dropout2=0&units=50&batch=37&optimizer=adam&onecycle=1&shift=2",
	"filters1=9&filters2=33&kernel=1&pool=1&dropout1=0.1&dropout2=0.4&units=20&batch=50&optimizer=sgd&limit=1000",
	"filters1=16&filters2=12&kernel=4&pool=8&units=1&limit=2000",
	"filters1=1&filters2=1&kernel=2&pool=2&dropout1=0&units=3&limit=1000&optimizer=muon",
	"filters1=6&filters2=20&kernel=11&pool=2&units=200&limit=1000",
	"filters1=1&filters2=1&kernel=1&pool=1&dropout1=0&dropout2=0&units=1&batch=1&limit=200",
}

// TestE2EOddNetworks looks at networks that are unlike the tutorial's in every
// way there is to look.
func TestE2EOddNetworks(t *testing.T) {
	t.Parallel()
	url := serveSite(t, Server(distSite(t)))
	browser := startBrowser(t)
	for i, network := range oddNetworks {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			p := openTab(t, browser, url+"?data=digits&seed=3&limit=1920&autoplay=1&"+network)
			p.wait("the end", 240*time.Second, fingerprint)
			for _, lens := range eval[[]string](p, `[...document.querySelectorAll("[role=tab][id^=lens-]")].map(t => t.id)`) {
				eval[any](p, fmt.Sprintf(`void document.getElementById(%q).click()`, lens))
				p.wait("pictures of "+lens, 60*time.Second, `document.querySelector(".lens-panel:not([hidden]) canvas[style], #compare-none")`)
				if lens == "lens-testmap" && strings.Contains(network, "units=1&") {
					p.wait("why there is no map", 60*time.Second, `document.getElementById("testmap-coming").textContent.includes("a single output")`)
				}
				p.quiet()
				p.shoot(fmt.Sprintf("odd-%d-%s", i, lens))
				if alert := eval[string](p, `document.querySelector("[role=alert]")?.textContent ?? ""`); alert != "" {
					t.Errorf("%s: the page says %q", lens, alert)
				}
				p.fits(lens)
			}
		})
	}
}
