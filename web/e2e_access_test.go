//go:build e2e

package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"convlens/nn/mnist"
)

// longRun is one that is still under way when everything about it has been seen.
const longRun = "?data=digits&epochs=50"

// accessStates are the states of the page to be checked for accessibility: what
// to open and what to do there. Without anything to open a state goes on from the
// one before.
var accessStates = []struct {
	name, query string
	reach       func(p *tab)
}{
	{"waiting for data", "slow/?data=digits", func(p *tab) {
		p.wait("the loading", 30*time.Second, `document.querySelector("#loading [role=progressbar]")`)
	}},
	{"load failed", "bare/?data=digits", func(p *tab) {
		p.wait("the alert", 30*time.Second, `document.querySelector("#load-failed[role=alert]")`)
		p.forgive("404")
	}},
	{"untrained", shortRun, (*tab).ready},
	{"address with mistakes", "?data=digits&epochs=zero&split=none", (*tab).ready},
	{"settings open, one wrong", shortRun, func(p *tab) {
		p.ready()
		eval[any](p, `void document.querySelector("#settings summary").click()`)
		p.enter("set-seed", "none")
		p.wait("the complaint", 5*time.Second, `document.getElementById("set-seed-wrong").textContent`)
	}},
	{"training", longRun, func(p *tab) {
		p.ready()
		p.press("Train")
		p.wait("some steps", 30*time.Second, progressNow+" > 500")
	}},
	{"paused", "", func(p *tab) {
		p.press("Pause")
		p.wait("the pause", 10*time.Second, button("Resume"))
	}},
	{"done", shortRun + "&autoplay=1&expect=0123456789ab", func(p *tab) { p.wait("the end", 120*time.Second, fingerprint) }},
	{"worker gone", shortRun, func(p *tab) {
		p.ready()
		eval[any](p, `void setTimeout(() => testWorkers.at(-1).dispatchEvent(new ErrorEvent("error", { message: "out of memory" })))`)
		p.wait("the alert", 10*time.Second, `document.querySelector("#worker-gone[role=alert]")`)
	}},
	{"filter images", shortRun + "&autoplay=1&lens=filters", func(p *tab) {
		p.wait("the end", 120*time.Second, fingerprint)
		p.wait("the images", 120*time.Second, `document.querySelector("#drawn-readout")?.textContent`)
	}},
	{"arithmetic", "", func(p *tab) {
		p.click("stage-conv2d_2")
		p.lensState("arithmetic")
	}},
	{"why", "", func(p *tab) { p.lensState("why") }},
	{"time machine", "", func(p *tab) { p.lensState("time") }},
	{"health", "", func(p *tab) { p.lensState("health") }},
	{"test set map", "", func(p *tab) { p.lensState("testmap") }},
	{"evaluation", "", func(p *tab) {
		p.lensState("evaluation")
		p.wait("the evaluation of the end", 60*time.Second, evaluationSaid+`.includes("after step 30")`)
		eval[any](p, `void document.querySelector(".confusion button").click()`)
		p.wait("the cell's images", 20*time.Second, `document.getElementById("cell-gallery")?.width > 20`)
	}},
	{"panel evaluation in German", shortRun + "&embed=evaluation&lang=de", func(p *tab) {
		p.wait("the matrix", 120*time.Second, `document.querySelector(".panel .confusion") && document.querySelector(".panel canvas[style]")`)
	}},
	{"one run to compare", shortRun + "&autoplay=1&lens=compare", func(p *tab) {
		p.wait("the end", 120*time.Second, fingerprint)
		p.wait("run A", 20*time.Second, `document.getElementById("compare-none")?.textContent.startsWith("One run")`)
	}},
	{"two runs", "", (*tab).twoRuns},
	{"drawings", shortRun + "&autoplay=1", func(p *tab) {
		p.wait("the end", 120*time.Second, fingerprint)
		for _, label := range []string{"1", "7"} { // one of them wrong
			p.mouse(p.onPad(1, 60, 50, 160))
			p.enter("pad-label", label)
			p.press("Keep")
		}
		p.mouse(p.onPad(4, 60, 50, 160))
		p.wait("the kept ones", 10*time.Second, `document.querySelector("#kept .wrong")`)
		eval[any](p, `void document.querySelector("#pad-numbers summary").click()`)
		p.wait("the numbers", 5*time.Second, `document.querySelector("#pad-numbers pre")`)
	}},
	{"data explorer", shortRun + "&explore=1&shift=1", func(p *tab) {
		p.ready()
		p.wait("the images", 20*time.Second, exploreImages)
		p.press("as trained")
		p.enter("explore-find", "5")
		p.wait("the order of the fives", 20*time.Second, exploreListed+`.includes("class 5 only")`)
		p.run(chromedp.Focus("#explore-images-frame"), chromedp.KeyEvent(kb.ArrowRight))
		for _, fold := range []string{"explore-numbers", "explore-mean-numbers"} {
			eval[any](p, fmt.Sprintf(`void document.querySelector("#%s > summary").click()`, fold))
		}
		p.enter("explore-find", "none")
		p.wait("the complaint", 5*time.Second, `document.getElementById("explore-wrong-class").textContent`)
	}},
	{"panel data", shortRun + "&embed=data", func(p *tab) { p.wait("the images", 60*time.Second, exploreImages) }},
	{"own files", shortRun, func(p *tab) {
		p.ready()
		s := shapes(3, 90, 30, 3, 20, 24)
		folder := p.TempDir()
		p.upload("own-files", write(p, folder, "x", mnist.EncodeImages(s)), write(p, folder, "y", mnist.EncodeLabels(s.Labels)))
		p.wait("what was found", 30*time.Second, found)
		p.wait("the data in use", 30*time.Second, `document.getElementById("data-title").textContent.includes("Your files")`)
		eval[any](p, `void document.querySelector("#own-formats summary").click()`)
	}},
	{"own files broken", shortRun, func(p *tab) {
		p.ready()
		p.upload("own-files", write(p, p.TempDir(), "x", []byte("GIF89a")))
		p.wait("the alert", 30*time.Second, `document.querySelector("#load-failed[role=alert]")`)
	}},
	{"panel draw", shortRun + "&embed=draw", func(p *tab) { p.wait("the data", 60*time.Second, progressMax) }},
	{"panel arithmetic", shortRun + "&embed=arithmetic&autoplay=1", func(p *tab) {
		p.wait("the sums", 120*time.Second, `document.querySelector(".panel canvas[style]") && document.querySelector(".panel h3")`)
	}},
	{"panel compare", shortRun + "&embed=compare&autoplay=1", (*tab).twoRuns},
	{"panel train", shortRun + "&embed=train", func(p *tab) { p.wait("the data", 60*time.Second, progressMax) }},
	{"panel kernels in German", shortRun + "&embed=kernels&lang=de", func(p *tab) {
		p.wait("the kernels", 60*time.Second, `document.querySelector("#kernels-conv2d_2[style]")`)
	}},
	{"not found", "nowhere", func(p *tab) {
		p.forgive("404")
		p.style("html { background: Canvas }") // what the browser paints anyway; axe-core takes it for white
	}},
}

// lensState chooses a lens and waits for what it shows of the run.
func (p *tab) lensState(lens string) {
	p.click("lens-" + lens)
	p.wait("the lens", 10*time.Second, `document.getElementById("lens-panel-`+lens+`").checkVisibility()`)
	p.wait("the lens' pictures", 60*time.Second, `document.querySelector(".lens-panel:not([hidden]) canvas[style]")`)
}

const progressMax = `Number(document.getElementById("progress").getAttribute("aria-valuemax")) > 0`

// enter types into a field, which replaces what it holds.
func (p *tab) enter(id, text string) {
	p.Helper()
	p.framed() // which may put another value into a field
	eval[any](p, fmt.Sprintf(`void (f => { f.value = %q; f.dispatchEvent(new Event("change", { bubbles: true })) })(document.getElementById(%q))`, text, id))
}

// style gives the page a style sheet of the visitor's own in place of the last one.
func (p *tab) style(css string) {
	p.Helper()
	eval[any](p, fmt.Sprintf(`void (() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(%q);
		document.adoptedStyleSheets = [sheet];
		dispatchEvent(new Event("resize"));
	})()`, css))
}

// TestE2EAccessAxe runs axe-core on every state of the page, and with every layer
// chosen, light and dark, on a desk and on a phone.
func TestE2EAccessAxe(t *testing.T) {
	t.Parallel()
	script := axeScript(t)
	browser := startBrowser(t)
	site := Server(distSite(t))
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.Handle("/slow/", http.StripPrefix("/slow", site)) // whose data never come
	end := make(chan struct{})
	mux.HandleFunc("/slow/web/data/", func(http.ResponseWriter, *http.Request) { <-end })
	mux.Handle("/bare/", http.StripPrefix("/bare", site)) // which has none
	mux.Handle("/bare/web/data/", http.NotFoundHandler())
	url := serveSite(t, mux)
	t.Cleanup(func() { close(end) })
	for i, state := range accessStates {
		if state.query == "" {
			continue
		}
		t.Run(state.name, func(t *testing.T) {
			p := openTab(t, browser, url+state.query)
			for k := i; k == i || k < len(accessStates) && accessStates[k].query == ""; k++ {
				accessStates[k].reach(p)
				p.looks(func(look string) { p.axe(script, accessStates[k].name+", "+look) })
			}
		})
	}
	t.Run("layers", func(t *testing.T) {
		p := openTab(t, browser, url+shortRun+"&lens=maps")
		p.ready()
		for _, layer := range eval[[]string](p, `[...document.querySelectorAll("[role=tab][data-layer]")].map(t => t.dataset.layer)`) {
			eval[any](p, fmt.Sprintf(`void document.getElementById(%q).click()`, "stage-"+layer))
			p.wait("the maps of "+layer, 10*time.Second, canvas("Feature maps of "+layer))
			p.axe(script, layer)
		}
	})
}

// typed presses keys, as names of package kb or characters.
func (p *tab) typed(keys ...string) {
	p.Helper()
	for _, key := range keys {
		if key != " " {
			p.run(chromedp.KeyEvent(key))
			continue
		}
		// KeyEvent sends the character by itself, also after a key that the page
		// has taken, and so scrolls where no keyboard would.
		space := func(t input.KeyType) *input.DispatchKeyEventParams {
			return input.DispatchKeyEvent(t).WithKey(" ").WithCode("Space").WithWindowsVirtualKeyCode(32)
		}
		p.run(space(input.KeyDown).WithText(" "), space(input.KeyUp))
	}
}

// A stop is what has the focus.
type stop struct {
	Name    string  // its id, or else what it is
	After   bool    // it stands in the document after the stop before
	Outline float64 // width of the focus ring, 0 if there is none
	Covered string  // what lies over it, if anything does
	Out     bool    // it is outside the window
	Top     float64 // of it, and how far the page is scrolled
	Scroll  float64
}

const stopScript = `(() => {
	const e = document.activeElement;
	if (e === document.body) return { Name: "body" };
	const last = window.lastStop;
	window.lastStop = e;
	const style = getComputedStyle(e), box = e.getBoundingClientRect();
	const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
	const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
	let covered = "";
	for (const y of [top + 2, (top + bottom) / 2]) {
		const over = document.elementFromPoint(x, y);
		if (over && !e.contains(over) && !over.contains(e)) covered = over.id || over.className || over.tagName;
	}
	return {
		Name: e.id || e.firstElementChild?.id || e.className || e.tagName,
		After: !last || Boolean(last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
		Outline: style.outlineStyle === "none" || !e.matches(":focus-visible") ? 0 : parseFloat(style.outlineWidth),
		Covered: covered,
		Out: bottom <= top,
		Top: box.top,
		Scroll: scrollY,
	};
})()`

// stop tells what has the focus, and whether it can be seen.
func (p *tab) stop() stop {
	p.Helper()
	s := eval[stop](p, stopScript)
	if s.Name == "body" {
		return s
	}
	if s.Outline < 2 {
		p.Errorf("the focus on %s can't be seen", s.Name)
	}
	if s.Covered != "" {
		p.Errorf("%s has the focus below %s, at %.0f of a page scrolled by %.0f", s.Name, s.Covered, s.Top, s.Scroll)
	}
	if s.Out {
		p.Errorf("%s has the focus outside the window, at %.0f of a page scrolled by %.0f", s.Name, s.Top, s.Scroll)
	}
	return s
}

// tabTo presses Tab until the element with that name has the focus.
func (p *tab) tabTo(name string) {
	p.Helper()
	var passed []string
	for range 60 {
		p.typed(kb.Tab)
		s := p.stop()
		if s.Name == name {
			return
		}
		passed = append(passed, s.Name)
	}
	p.Fatalf("60 times Tab don't lead to %s: %q", name, passed)
}

// TestE2EAccessKeys uses the page with nothing but the keyboard.
func TestE2EAccessKeys(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+longRun)
	p.run(emulation.SetFocusEmulationEnabled(true))
	p.ready()
	text := func(id string) string {
		return eval[string](p, fmt.Sprintf(`document.getElementById(%q).textContent`, id))
	}

	p.tabTo("run-primary") // Train
	p.typed(kb.Enter)
	p.wait("some steps", 30*time.Second, progressNow+" > 500")
	p.typed(" ")
	p.wait("the pause", 10*time.Second, button("Resume"))
	at := eval[int](p, progressNow)
	p.typed(kb.Enter)
	p.wait("more steps", 30*time.Second, fmt.Sprintf("%s > %d", progressNow, at))

	p.tabTo("theme")
	theme := eval[string](p, "document.documentElement.dataset.theme")
	p.typed(" ")
	p.wait("the other theme", 5*time.Second, fmt.Sprintf("document.documentElement.dataset.theme !== %q", theme))
	p.stop() // the ring in that theme

	p.tabTo("sample")
	p.typed(kb.ArrowRight, kb.ArrowDown)
	p.wait("a pixel's value", 5*time.Second, `document.getElementById("sample-readout").textContent.startsWith("row 1, column 1: ")`)
	p.typed(kb.Escape)
	p.wait("no pixel", 5*time.Second, `!document.getElementById("sample-readout").textContent.startsWith("row")`)
	p.typed(" ") // no control has the focus: the run's key
	p.wait("the pause", 10*time.Second, button("Resume"))
	p.tabTo("sample-next")
	before := eval[string](p, `document.getElementById("sample-index").value`)
	p.typed(kb.Enter)
	p.wait("the next image", 5*time.Second, fmt.Sprintf(`document.getElementById("sample-index").value !== %q`, before))

	p.tabTo("SUMMARY") // of the settings
	p.typed(kb.Enter)
	p.wait("the settings", 5*time.Second, `document.getElementById("settings").open`)
	p.tabTo("set-seed")
	p.typed("7", kb.Enter)
	p.wait("the seed", 5*time.Second, `document.getElementById("settings-summary").textContent.includes("seed 7")`)
	p.typed(kb.Escape)
	p.wait("no settings", 5*time.Second, `!document.getElementById("settings").open`)
	if s := p.stop(); s.Name != "SUMMARY" {
		t.Errorf("Escape in the settings leads to %s", s.Name)
	}

	p.tabTo("chart-frame")
	p.typed(kb.Home)
	p.wait("the first step", 5*time.Second, `document.querySelector("#chart-loss [role=slider]").getAttribute("aria-valuetext").startsWith("step 1:")`)

	p.tabTo("kernels-conv2d_2")
	p.typed(kb.ArrowDown, kb.ArrowDown, kb.ArrowRight)
	p.wait("the kernel", 5*time.Second, `document.getElementById("kernel-readout").textContent.includes("filter 2, channel 1")`)
	if numbers := strings.Fields(strings.NewReplacer("−", " -", "+", " ").Replace(text("kernel-weights"))); len(numbers) != 9 {
		t.Errorf("the kernel's numbers are %q", numbers)
	} else {
		for _, n := range numbers {
			if _, err := strconv.ParseFloat(n, 64); err != nil {
				t.Error(err)
			}
		}
	}

	p.tabTo("lens-kernels")
	p.typed(kb.ArrowRight)
	p.wait("the feature maps", 5*time.Second, `document.activeElement.id === "lens-maps" && document.getElementById("maps").checkVisibility()`)
	p.tabTo("stage-conv2d_1")
	p.typed(kb.ArrowRight, kb.ArrowRight)
	if s := p.stop(); s.Name != "stage-conv2d_2" {
		t.Errorf("two steps to the right of conv2d_1 is %s", s.Name)
	}
	p.wait("the layer", 10*time.Second, canvas("Feature maps of conv2d_2"))
	p.tabTo("maps")
	p.typed(kb.ArrowRight)
	p.wait("the map", 5*time.Second, `document.getElementById("map-spoken").textContent.startsWith("Map 1: ")`)

	// Round the whole page: in the order of the document, and out at its end.
	eval[any](p, "void (document.activeElement.blur(), scrollTo(0, 0), window.lastStop = undefined)")
	p.tabTo("run-primary")
	for i := 0; ; i++ {
		p.typed(kb.Tab)
		s := p.stop()
		if s.Name == "body" || s.Name == "run-primary" {
			t.Logf("%d stops", i+1)
			break
		}
		if !s.After {
			t.Errorf("%s comes out of the document's order", s.Name)
		}
		if i > 60 {
			t.Fatalf("no end after 60 stops: %s", s.Name)
		}
	}
}

// TestE2EAccessRoom enlarges the page and spreads its text, as
// WCAG 1.4.4 (by zoom), 1.4.10 and 1.4.12 allow visitors to do, and measures what fingers
// have to hit.
func TestE2EAccessRoom(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&autoplay=1")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	eval[any](p, `void document.querySelector("#settings summary").click()`)
	for _, c := range []struct {
		name, css string
		w, h      int64
	}{
		{"zoom 200%", "", 640, 512},
		{"zoom 400%", "", 320, 256},
		{"text spacing", "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }", 1280, 800},
		{"text spacing on a phone", "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }", 390, 844},
	} {
		p.run(emulation.SetDeviceMetricsOverride(c.w, c.h, 1, false))
		p.style(c.css)
		p.run(chromedp.Sleep(400 * time.Millisecond))
		p.shoot("access-" + strings.NewReplacer(" ", "-", "%", "").Replace(c.name))
		p.fits(c.name)
		if cut := eval[[]string](p, cutScript); len(cut) > 0 {
			t.Errorf("%s: words are cut off in %q", c.name, cut)
		}
	}

	p.style("")
	p.look("access-done")
	for _, w := range []int64{390, 320} {
		p.run(emulation.SetDeviceMetricsOverride(w, 844, 1, false), chromedp.Sleep(400*time.Millisecond))
		for _, small := range eval[[]string](p, `[...document.querySelectorAll("button, input:not([type=checkbox]), summary, a, label.check")]
			.filter(e => e.checkVisibility())
			.map(e => [e, e.getBoundingClientRect()])
			.filter(([, b]) => b.height < 44 || b.width < 24)
			.map(([e, b]) => (e.id || e.className || e.tagName) + " " + Math.round(b.width) + "x" + Math.round(b.height))`) {
			t.Errorf("%d px wide: small for a finger: %s", w, small)
		}
	}
}

// TestE2EAccessNarrow makes the page as narrow as WCAG 1.4.10 asks, and looks at every
// tab in every language, after a run and an evaluation.
func TestE2EAccessNarrow(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&autoplay=1&lens=evaluation")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.wait("the evaluation", 60*time.Second, evaluationSaid+`.includes("after step 30")`)
	p.run(emulation.SetDeviceMetricsOverride(320, 844, 1, false))
	lenses := eval[[]string](p, `[...document.querySelectorAll("[role=tab][id^=lens-]")].map(t => t.id)`)
	for _, language := range []string{"en", "de", "fr", "es"} {
		p.enter("language", language)
		p.wait(language, 10*time.Second, fmt.Sprintf(`document.documentElement.lang === %q`, language))
		for _, lens := range lenses {
			eval[any](p, fmt.Sprintf(`void document.getElementById(%q).click()`, lens))
			p.wait("something in "+lens, 60*time.Second, `document.querySelector(".lens-panel:not([hidden]) canvas[style], .confusion, #compare-none")`)
			p.framed()
			p.shoot("narrow-" + language + "-" + lens)
			p.fits(language + ", " + lens)
		}
	}
}

// TestE2EAccessStages looks for words in the strip of layers that are wider than
// their buttons.
func TestE2EAccessStages(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&lens=maps")
	p.ready()
	for _, w := range []int64{1600, 1280, 1200, 1100, 1000, 600, 390} {
		p.run(emulation.SetDeviceMetricsOverride(w, 844, 1, false), chromedp.Sleep(400*time.Millisecond))
		for _, wide := range eval[[]string](p, `[...document.querySelectorAll("#stages .stage-type, #stages .stage-shape")].filter(e => e.scrollWidth > e.clientWidth)
			.map(e => e.textContent + " takes " + e.scrollWidth + " px of " + e.clientWidth)`) {
			t.Errorf("%d px wide: %s", w, wide)
		}
	}
}

// cutScript lists the elements whose words are cut off.
const cutScript = `[...document.body.querySelectorAll("*")]
	.filter(e => getComputedStyle(e).overflowX === "hidden" && !e.matches(".unseen, svg") && e.textContent && e.scrollWidth > e.clientWidth + 1)
	.map(e => e.id || e.className || e.tagName)`

// TestE2EAccessContrast looks at the page in the high contrast mode of the system.
func TestE2EAccessContrast(t *testing.T) {
	t.Parallel()
	script := axeScript(t)
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&autoplay=1")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	for _, theme := range []string{"light", "dark"} {
		p.run(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
			{Name: "forced-colors", Value: "active"}, {Name: "prefers-color-scheme", Value: theme}}), chromedp.Sleep(400*time.Millisecond))
		p.shoot("access-contrast-" + theme)
		p.axe(script, theme)
		colour := func(selector, property string) string {
			return eval[string](p, fmt.Sprintf("getComputedStyle(document.querySelector(%q))[%q]", selector, property))
		}
		for _, pair := range [][4]string{ // what tells chosen from not chosen, done from not done
			{"#stages [aria-selected=true]", "#stages [aria-selected=false]", "backgroundColor", "the chosen layer"},
			{".choice[aria-pressed=true]", ".choice[aria-pressed=false]", "backgroundColor", "the chosen half"},
			{"#progress .fill", "#progress .track", "fill", "the progress"},
			{"#chart-loss .curve", "body", "stroke", "the curve"},
		} {
			if a, b := colour(pair[0], pair[2]), colour(pair[1], pair[2]); a == b {
				t.Errorf("%s: %s can't be told: %s", theme, pair[3], a)
			}
		}
	}
}
