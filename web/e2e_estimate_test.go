//go:build e2e

package web

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdpage "github.com/chromedp/cdproto/page"

	"convlens/nn/wire"
)

// estimate waits for how long the page says that a run takes, and returns it in
// seconds.
func (p *tab) estimate() float64 {
	p.Helper()
	p.wait("an estimate", 60*time.Second, `document.getElementById("run-state").textContent.startsWith("About")`)
	text := eval[string](p, `document.getElementById("run-state").textContent`)
	var minutes, seconds float64
	if _, err := fmt.Sscanf(text, "About %f min %f s", &minutes, &seconds); err == nil {
		return 60*minutes + seconds
	}
	if _, err := fmt.Sscanf(text, "About %f s", &seconds); err != nil {
		p.Fatalf("the page says %q", text)
	}
	return seconds
}

// train presses Train and returns how many seconds the run takes, from there on.
func (p *tab) train() float64 {
	p.Helper()
	// Looking seldom: each look takes the page's thread away from the workers.
	return ask[float64](p, `new Promise((done) => {
		const begin = performance.now();
		document.getElementById("run-primary").click();
		const timer = setInterval(() => {
			if (`+fingerprint+`) { clearInterval(timer); done((performance.now() - begin) / 1000); }
		}, 250);
	})`)
}

// TestE2EEstimate compares what the page says before a run with how long it then
// takes, and sees the estimate follow the settings.
func TestE2EEstimate(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits&limit=9600")
	p.run(cdpage.BringToFront()) // nothing is measured for nobody
	p.ready()
	before := p.estimate()
	p.openSettings()
	fold := `document.getElementById("settings-estimate").textContent`
	if bar, fold := eval[string](p, `document.getElementById("run-state").textContent`), eval[string](p, fold); bar+" on this machine" != fold || !strings.HasSuffix(bar, " s for 1 epoch") {
		t.Errorf("the bar says %q, the settings %q", bar, fold)
	}
	p.look("estimate")
	for _, width := range []int64{390, 320} {
		p.run(emulation.SetDeviceMetricsOverride(width, 844, 1, false))
		for _, language := range []string{"de", "fr", "es", "en"} {
			p.enter("language", language)
			p.wait(language, 10*time.Second, fmt.Sprintf(`document.documentElement.lang === %q`, language))
			if words := eval[string](p, `(e => e.scrollWidth > e.clientWidth || e.offsetTop !== e.previousSibling.offsetTop ? e.textContent : "")(document.getElementById("run-state"))`); words != "" {
				t.Errorf("%d px wide: %q has no room beside the count", width, words)
			}
		}
	}
	p.run(emulation.ClearDeviceMetricsOverride())

	p.enter("set-epochs", "3") // known without another measurement
	p.wait("three epochs", time.Second, fold+`.includes("for 3 epochs")`)
	if three := p.estimate(); math.Abs(three-3*before) > before {
		t.Errorf("%v s for three epochs, %v s for one", three, before)
	}
	p.enter("set-epochs", "1")
	p.enter("set-filters2", "64")
	p.wait("no estimate of another network", time.Second, fold+` === ""`)
	p.wait("a measurement", 20*time.Second, fold+`.startsWith("Measuring")`)
	p.shoot("estimate-measuring")
	p.enter("set-filters2", "32") // in the middle of it
	p.wait("what is known", time.Second, fold+`.startsWith("About")`)

	took := p.train()
	t.Logf("about %v s, really %.1f s", before, took)
	if ratio := before / took; ratio > 3 || ratio < 1./3 {
		t.Errorf("about %v s, really %.1f s", before, took)
	}
	p.wait("what the run has told", 5*time.Second, fold+`.startsWith("About")`)

	// Train in the middle of a measurement, which must not keep it waiting.
	p.enter("set-units", "100")
	p.wait("a measurement", 20*time.Second, fold+`.startsWith("Measuring")`)
	waited := ask[float64](p, `new Promise((done) => {
		const begin = performance.now();
		document.getElementById("run-primary").click();
		const timer = setInterval(() => {
			if (document.getElementById("run-state").dataset.state === "training") { clearInterval(timer); done(performance.now() - begin); }
		}, 5);
	})`)
	p.wait("the end of the second run", 120*time.Second, fingerprint)
	t.Logf("Train in a measurement: %.0f ms until training; %.0f ms until the first step was taken", waited,
		decodeProgress(t, eval[[]int](p, "lastProgress")).FirstStepMS)
}

// BenchmarkBrowserEstimate prints how far the estimates for several networks are
// from the runs that follow them, whole epochs as a visitor trains, each in a browser
// of its own: the estimate after the first measurement, and that of a visitor who has
// read for half a minute.
func BenchmarkBrowserEstimate(b *testing.B) {
	url := serveSite(b, Server(distSite(b)))
	fmt.Printf("\n at first s  estimated s  real s  ratio at first  ratio  settings\n")
	ratios := map[string][]float64{}
	queries := []string{"preset=tutorial", "preset=best", "filters1=16&filters2=64&kernel=5&pool=4&units=64&batch=256&optimizer=sgd", "preset=tutorial&limit=12000"}
	for range 3 {
		for _, query := range queries {
			p := openTab(b, startBrowser(b), url+"?"+query)
			p.run(cdpage.BringToFront())
			p.ready()
			p.estimate()
			p.wait("all measurements", 120*time.Second, "calibrations.length === 4")
			found := eval[[][]int](p, "calibrations")
			took := p.train()
			last := decodeProgress(b, eval[[]int](p, "lastProgress"))
			first, mean := 0.0, 0.0
			for i, data := range found {
				c := decode[*wire.Calibrated](b, data)
				s := (c.StartMS + c.TrainMS*float64(last.Samples) + c.EvalMS*float64(last.ValN)) / 1000
				if mean += s / float64(len(found)); i == 0 {
					first = s
				}
				b.Logf("start %.0f ms, an image %.3f ms (really %.3f), evaluated %.3f ms (really %.3f)", c.StartMS,
					c.TrainMS, (last.ElapsedMS-last.Timing.EvalMS)/float64(last.Samples), c.EvalMS, last.Timing.EvalMS/float64(last.ValN))
			}
			ratios[query] = append(ratios[query], mean/took)
			fmt.Printf("%11.1f %12.1f %7.1f %15.2f %6.2f  %s\n", first, mean, took, first/took, mean/took, query)
		}
	}
	for _, query := range queries {
		fmt.Printf("%56.2f  median, %s\n", median(ratios[query]), query)
	}
}
