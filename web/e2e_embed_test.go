//go:build e2e

package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// heard is an event as the surrounding page got it.
type heard struct {
	Lab, Type, State, Kind, Message, Fingerprint, Data string
	Step, Epoch, Seen, Samples, Height                 int
	Loss, Acc                                          *float64
	ValLoss                                            *float64 `json:"val_loss"`
	ValAcc                                             *float64 `json:"val_acc"`
	ImagesPerSecond                                    *float64 `json:"images_per_second"`
}

func (e heard) busy() bool { return e.State == "training" || e.State == "evaluating" }

// hostScript notes every event that labs send, by the ids of the labs.
const hostScript = `
	window.heard = [];
	for (const type of ["ready", "progress", "epoch", "done", "error", "resize"]) {
		addEventListener("convlens-" + type, (event) => heard.push({ lab: event.target.id, type, ...event.detail }));
	}
	`

// twoLabs are labs of the short run and of a shorter one, which train by
// themselves.
const twoLabs = `
	<convlens-lab id="a" panel="train" data="digits" limit="3840" seed="3" autoplay>fallback</convlens-lab>
	<convlens-lab id="b" panel="kernels" data="digits" limit="1280" seed="4" workers="1" start="load" autoplay></convlens-lab>`

// host is a page of somebody else's, on another site than Convlens at the address
// site, with a content policy that lets it do no more than embedding takes.
func host(site, body string, more func(http.ResponseWriter, *http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own := strings.TrimSuffix(site, "/")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; script-src 'self' "+own+"; frame-src "+own)
		switch {
		case more != nil && more(w, r):
		case r.URL.Path == "/host.js":
			w.Header().Set("Content-Type", "text/javascript")
			io.WriteString(w, hostScript)
		case r.URL.Path == "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!doctype html><meta name="viewport" content="width=device-width"><title>Host</title>
				<script src="host.js"></script><script async src="%sembed.js"></script><h1>A lecture</h1>%s<p>The end.</p>`, site, body)
		default:
			http.NotFound(w, r)
		}
	})
}

// elsewhere makes a loopback address one of another site: browsers take the two
// names of this machine for two.
func elsewhere(url string) string { return strings.Replace(url, "127.0.0.1", "localhost", 1) }

// openHost opens a page that embeds labs of the site.
func openHost(t *testing.T, browser context.Context, site, body string) *tab {
	t.Helper()
	return openGuest(t, browser, site, elsewhere(serveSite(t, host(site, body, nil))))
}

// openGuest opens a page at url that embeds labs of the site.
func openGuest(t *testing.T, browser context.Context, site, url string) *tab {
	t.Helper()
	p := openTab(t, browser, url)
	p.run(cdpage.BringToFront()) // what is behind is not in view
	t.Cleanup(func() {
		p.forgive("a request to somebody else: " + site) // which embedding is
		p.forgive("favicon.ico")
	})
	return p
}

// heard returns the events so far.
func (p *tab) heard() []heard {
	p.Helper()
	return eval[[]heard](p, "heard")
}

// waitDone waits until the labs have ended that many runs.
func (p *tab) waitDone(n int, labs ...string) {
	p.Helper()
	for _, lab := range labs {
		p.wait("the end of "+lab, 3*time.Minute,
			fmt.Sprintf(`heard.filter((e) => e.lab === %q && e.type === "done").length === %d`, lab, n))
	}
}

// checkRun checks that a lab told a whole run in order, with figures that can be.
func checkRun(t *testing.T, events []heard, lab string, samples int) (end heard) {
	t.Helper()
	var types []string
	step := 0
	share := func(v *float64) bool { return v != nil && *v >= 0 && *v <= 1 }
	for _, e := range events {
		if e.Lab != lab || e.Type == "resize" {
			continue
		}
		if e.Type == "progress" && e.State == "idle" {
			continue // before the run
		}
		if len(types) == 0 || types[len(types)-1] != e.Type {
			types = append(types, e.Type)
		}
		switch e.Type {
		case "ready":
			if e.Data != "digits" || e.Samples != samples {
				t.Errorf("%s: ready with %d samples of %s, expected %d of digits", lab, e.Samples, e.Data, samples)
			}
			continue
		case "error":
			t.Errorf("%s: %s error: %s", lab, e.Kind, e.Message)
		}
		if e.Step < step || e.Seen > samples || e.Samples != samples {
			t.Errorf("%s: step %d after step %d, %d samples of %d", lab, e.Step, step, e.Seen, e.Samples)
		}
		step = e.Step
		if e.Step > 0 && (e.Loss == nil || *e.Loss <= 0 || *e.Loss > 4 || !share(e.Acc)) {
			t.Errorf("%s: step %d has the loss %v and the accuracy %v", lab, e.Step, e.Loss, e.Acc)
		}
		if e.Type == "done" {
			end = e
		}
	}
	if want := []string{"ready", "progress", "epoch", "done"}; !slices.Equal(types, want) {
		t.Errorf("%s told %q, expected %q", lab, types, want)
	}
	if end.State != "done" || end.Seen != samples || !share(end.ValAcc) || end.ValLoss == nil ||
		end.ImagesPerSecond == nil || *end.ImagesPerSecond <= 0 || len(end.Fingerprint) != 64 {
		t.Errorf("%s ended with %+v", lab, end)
	}
	return end
}

// checkTurns checks that the labs never trained at once.
func checkTurns(t *testing.T, events []heard) {
	t.Helper()
	busy := ""
	for _, e := range events {
		switch {
		case e.Type == "done":
			busy = ""
		case e.Type == "progress" && e.busy() && busy != "" && busy != e.Lab:
			t.Errorf("%s trains while %s does", e.Lab, busy)
		case e.Type == "progress" && e.busy():
			busy = e.Lab
		}
	}
}

// checkTwoLabs checks what the labs of twoLabs told, up to both ends.
func checkTwoLabs(t *testing.T, events []heard) {
	t.Helper()
	end := checkRun(t, events, "a", 3840)
	checkRun(t, events, "b", 1280)
	checkTurns(t, events)
	if want := nativeFingerprint(t); end.Fingerprint != want {
		t.Errorf("a ended with the fingerprint %s, expected %s", end.Fingerprint, want)
	}
	if end.ValAcc == nil || *end.ValAcc < 0.5 {
		t.Errorf("a reads %v of the test images", end.ValAcc)
	}
}

// TestE2EEmbed embeds two labs in a page of another site. They train one after
// the other, what they tell is whole and in order, they obey, the one that is
// asked last goes first, and they are as high as their content.
func TestE2EEmbed(t *testing.T) {
	t.Parallel()
	site := serveSite(t, Server(distSite(t)))
	p := openHost(t, startBrowser(t), site, twoLabs)
	p.waitDone(1, "a", "b")
	checkTwoLabs(t, p.heard())
	p.look("embed-host")
	time.Sleep(time.Second) // it has been narrow

	checkHeight := func() int {
		t.Helper()
		const js = `(([lab, told]) => [lab.shadowRoot.querySelector("iframe").offsetHeight, told])(
			[document.getElementById("a"), heard.findLast((e) => e.lab === "a" && e.type === "resize").height])`
		p.wait("the height of the content", 10*time.Second, js+".every((h, _, all) => h === all[0] && h > 300)")
		return eval[[]int](p, js)[0]
	}
	wide := checkHeight()
	p.run(emulation.SetDeviceMetricsOverride(390, 844, 1, false))
	p.wait("a higher frame", 10*time.Second, fmt.Sprintf(`document.getElementById("a").offsetHeight > %d + 100`, wide))
	checkHeight()
	p.run(emulation.SetDeviceMetricsOverride(1280, 800, 1, false))
	p.wait("the height of before", 10*time.Second, fmt.Sprintf(`Math.abs(document.getElementById("a").offsetHeight - %d) < 2`, wide))

	// Once more by command, a with an interruption by b.
	const count = `((lab, state) => heard.filter((e) => e.lab === lab && e.type === "progress" && e.state === state).length)`
	eval[any](p, `void (a.reset(), b.reset(), heard.length = 0)`)
	p.wait("the reset", 10*time.Second, count+`("a", "idle") && `+count+`("b", "idle")`)
	eval[any](p, `void a.train()`)
	p.wait("some steps of a", time.Minute, `heard.some((e) => e.lab === "a" && e.step > 3)`)
	eval[any](p, `void b.train()`)
	p.wait("b to train", time.Minute, count+`("b", "training")`)
	p.wait("a to pause", 10*time.Second, count+`("a", "paused")`)
	p.waitDone(1, "b", "a")
	events := p.heard()
	order := func(lab, kind, state string) int {
		return slices.IndexFunc(events, func(e heard) bool { return e.Lab == lab && e.Type == kind && e.State == state })
	}
	if paused, bDone, aDone := order("a", "progress", "paused"), order("b", "done", "done"), order("a", "done", "done"); paused > bDone || bDone > aDone {
		t.Errorf("a paused at %d and ended at %d, b ended at %d", paused, aDone, bDone)
	}
	for _, e := range events {
		if e.Lab == "a" && e.Type == "done" && e.Fingerprint != nativeFingerprint(t) {
			t.Errorf("after the interruption a ends with the fingerprint %s", e.Fingerprint)
		}
	}

	// Stop and pause by command; a lab that is taken out gives up its turn.
	eval[any](p, `void (a.reset(), heard.length = 0)`)
	p.wait("the reset", 10*time.Second, count+`("a", "idle")`)
	eval[any](p, `void a.train()`)
	p.wait("some steps of a", time.Minute, count+`("a", "training")`)
	eval[any](p, `void a.pause()`)
	p.wait("a to pause", 10*time.Second, count+`("a", "paused")`)
	eval[any](p, `void a.resume()`)
	eval[any](p, `void b.train()`)
	p.wait("b to train", time.Minute, count+`("b", "training")`)
	p.wait("a to pause again", 10*time.Second, count+`("a", "paused") > 1 || `+count+`("a", "done")`)
	eval[any](p, `void (heard.length = 0, b.remove())`)
	p.wait("a to go on", 10*time.Second, count+`("a", "training")`)
	eval[any](p, `void a.stop()`)
	p.waitDone(1, "a")
	if e := p.heard(); e[len(e)-1].State != "stopped" {
		t.Errorf("after stop the last event is %+v", e[len(e)-1])
	}
}

// TestE2EEmbedAttributes changes attributes of labs on the site's own page about
// embedding, where the frame can be looked into, and sends it what are no commands.
func TestE2EEmbedAttributes(t *testing.T) {
	t.Parallel()
	site := serveSite(t, Server(distSite(t)))
	p := openGuest(t, startBrowser(t), site, site+"embedding.html")
	const inside = `document.querySelector("convlens-lab").shadowRoot.querySelector("iframe").contentWindow`
	const theme = inside + `.document.documentElement.dataset.theme`
	p.wait("the frame", time.Minute, `document.querySelector(".event").textContent.includes("progress")`)
	p.look("embedding")
	eval[any](p, `void (window.lab = document.querySelector("convlens-lab"))`)
	for _, name := range []string{"dark", "light"} {
		eval[any](p, fmt.Sprintf(`void lab.setAttribute("theme", %q)`, name))
		p.wait("the theme "+name, 10*time.Second, fmt.Sprintf("%s === %q", theme, name))
	}
	if kept := eval[bool](p, `"convlens-theme" in localStorage`); kept {
		t.Error("the theme of a frame is remembered")
	}

	eval[any](p, `void (`+inside+`.stays = true)`)
	eval[any](p, `void (lab.title = "A lab", lab.setAttribute("height", "400"))`)
	if got := eval[string](p, `(({ title, offsetHeight }) => title + " " + offsetHeight)(lab.shadowRoot.querySelector("iframe"))`); got != "A lab 400" {
		t.Errorf("title and height are %q", got)
	}
	for _, message := range []string{
		`null`, `7`, `"train"`, `[]`, `{}`, `{ source: "convlens" }`, `{ source: "convlens", version: "1", type: "train" }`,
		`{ source: "convlens", version: 2, type: "train" }`, `{ source: "somebody", version: 1, type: "train" }`,
		`{ source: "convlens", version: 1, type: "explode" }`, `{ source: "convlens", version: 1, type: { train: 1 } }`,
		`{ source: "convlens", version: 1, type: "theme", theme: "blue" }`, `{ source: "convlens", version: 1, type: "theme" }`,
	} {
		eval[any](p, fmt.Sprintf(`void %s.postMessage(%s, "*")`, inside, message))
	}
	for _, source := range []string{"null", inside} { // not the page around
		eval[any](p, fmt.Sprintf(`void %s.dispatchEvent(new MessageEvent("message", {
			source: %s, data: { source: "convlens", version: 1, type: "train" } }))`, inside, source))
	}
	time.Sleep(time.Second)
	if state := eval[string](p, inside+`.document.getElementById("status").dataset.state`); state != "idle" {
		t.Errorf("what is no command has an effect: the run is %s", state)
	}
	eval[any](p, `void lab.setAttribute("theme", "dark")`)
	p.wait("the theme after all that", 10*time.Second, theme+` === "dark"`)
	if !eval[bool](p, inside+`.stays === true`) {
		t.Error("theme, title or height began anew")
	}

	eval[any](p, `void (lab.setAttribute("panel", "maps"), lab.setAttribute("seed", "9"), lab.setAttribute("lang", "de"))`)
	// For a moment there is no frame, until the observer has seen the element.
	p.wait("the new frame", 10*time.Second, `lab.shadowRoot.querySelector("iframe")?.contentWindow.location.search.includes("seed=9")`)
	p.wait("the other panel", time.Minute, inside+`.document.getElementById("maps") && `+inside+`.document.documentElement.lang === "de"`)
}

// TestE2EEmbedClick loads nothing before the reader asks for it, or before it
// comes into view.
func TestE2EEmbedClick(t *testing.T) {
	t.Parallel()
	site := serveSite(t, Server(distSite(t)))
	p := openHost(t, startBrowser(t), site, `
		<convlens-lab id="a" panel="maps" start="click" lang="fr"></convlens-lab>
		<svg height="3000"></svg>
		<convlens-lab id="b" panel="train" data="digits"></convlens-lab>`)
	const frames = `[a, b].map((lab) => Boolean(lab.shadowRoot?.querySelector("iframe"))).join()`
	p.wait("the elements", 20*time.Second, `a.shadowRoot?.querySelector("button")?.textContent === "Démarrer Convlens"`)
	time.Sleep(500 * time.Millisecond)
	if got := eval[string](p, frames); got != "false,false" {
		t.Errorf("frames before anything: %s", got)
	}
	eval[any](p, `void a.shadowRoot.querySelector("button").click()`)
	if got := eval[string](p, frames); got != "true,false" {
		t.Errorf("frames after the click: %s", got)
	}
	eval[any](p, `void b.scrollIntoView()`)
	p.wait("the second frame", 10*time.Second, frames+` === "true,true"`)
	p.wait("both", time.Minute, `["a", "b"].every((id) => heard.some((e) => e.lab === id && e.type === "ready"))`)
}

// TestE2EEmbedNoStorage embeds labs where the browser lets sites store nothing.
// Where only the storage of embedded sites is blocked Chromium gives them one of
// their own by now.
func TestE2EEmbedNoStorage(t *testing.T) {
	t.Parallel()
	stored := make(chan string, 2)
	plain := Server(distSite(t))
	site := serveSite(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/stored":
			stored <- r.URL.RawQuery
		case "/web/storage.js":
			serveLonger(w, r, plain, `fetch("stored?" + (localStorage instanceof Storage));`)
		default:
			plain.ServeHTTP(w, r)
		}
	}))
	profile := t.TempDir()
	const preferences = `{"profile":{"default_content_setting_values":{"cookies":2}}}`
	if err := os.MkdirAll(filepath.Join(profile, "Default"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "Default", "Preferences"), []byte(preferences), 0o644); err != nil {
		t.Fatal(err)
	}
	p := openHost(t, startBrowser(t, chromedp.UserDataDir(profile)), site, twoLabs)
	p.waitDone(1, "a", "b")
	checkTwoLabs(t, p.heard())
	for range 2 {
		if got := <-stored; got != "false" {
			t.Errorf("the frame has storage: the browser blocks nothing (%s)", got)
		}
	}
	p.forgive("service worker")
}

// TestE2EEmbedSandbox embeds a lab in a sandbox that lets it work, and one in a
// sandbox that doesn't: that one says so.
func TestE2EEmbedSandbox(t *testing.T) {
	t.Parallel()
	site := serveSite(t, Server(distSite(t)))
	p := openHost(t, startBrowser(t), site, strings.ReplaceAll(twoLabs, "autoplay", `autoplay sandbox="allow-scripts allow-same-origin"`)+
		`<convlens-lab id="c" panel="kernels" sandbox="allow-scripts" start="load" autoplay></convlens-lab>`)
	p.wait("the error", time.Minute, `heard.some((e) => e.lab === "c" && e.type === "error")`)
	p.waitDone(1, "a", "b")
	events := p.heard()
	checkTwoLabs(t, events)
	for _, e := range events {
		if e.Type == "error" && (e.Lab != "c" || e.Kind != "sandbox" || !strings.Contains(e.Message, "allow-same-origin")) {
			t.Errorf("%s tells of an error: %+v", e.Lab, e)
		}
	}
	if got := eval[string](p, `c.shadowRoot.querySelector("a").href`); got != site {
		t.Errorf("beside the frame without an origin stands a link to %s, expected %s", got, site)
	}
	eval[any](p, `void c.scrollIntoView()`)
	time.Sleep(time.Second)
	p.shoot("embed-sandboxed")
	p.forgive("service worker")
	p.forgive("Worker")
}

// TestE2EEmbedOffline opens the page about embedding, with its labs, after the host
// of the site is gone.
func TestE2EEmbedOffline(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(pages("0", map[string]http.Handler{"/demo": Server(distSite(t))}))
	t.Cleanup(server.Close)
	p := openTab(t, startBrowser(t), server.URL+"/demo/"+shortRun)
	p.run(cdpage.BringToFront())
	p.ready()
	p.wait("the data to be stored", 20*time.Second, `document.getElementById("data-title").textContent.includes("kept")`)
	p.wait("the service worker", 60*time.Second, `navigator.serviceWorker.controller ||
		void navigator.serviceWorker.ready.then((r) => window.active = r.active) || window.active`)
	server.Close()
	p.run(chromedp.Navigate(server.URL + "/demo/embedding.html"))
	p.wait("the lab", time.Minute, `document.querySelector(".event").textContent.includes("progress")`)
	eval[any](p, `void document.querySelector("convlens-lab").train()`)
	p.wait("some steps", time.Minute, `document.querySelector(".event").textContent.includes("training")`)
	p.forgive("net::ERR_CONNECTION_REFUSED") // go-app asks for a newer service worker
}

// TestE2EEmbedFirefox embeds both labs in Firefox, where the surrounding page
// posts what it has heard.
func TestE2EEmbedFirefox(t *testing.T) {
	t.Parallel()
	const tell = hostScript + `
		const timer = setInterval(() => {
			const over = heard.filter((e) => e.type === "done").length === 2 || heard.some((e) => e.type === "error");
			if (!over) return;
			clearInterval(timer);
			fetch("told", { method: "POST", body: JSON.stringify(heard) });
		}, 100);`
	told := make(chan []byte, 1)
	site := serveSite(t, Server(distSite(t)))
	url := serveSite(t, host(site, twoLabs, func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/told":
			b, _ := io.ReadAll(r.Body)
			told <- b
		case "/host.js":
			w.Header().Set("Content-Type", "text/javascript")
			io.WriteString(w, tell)
		default:
			return false
		}
		return true
	}))
	startFirefox(t, elsewhere(url))
	select {
	case b := <-told:
		var events []heard
		if err := json.Unmarshal(b, &events); err != nil {
			t.Fatal(err)
		}
		checkTwoLabs(t, events)
	case <-time.After(4 * time.Minute):
		t.Error("Firefox tells nothing")
	}
}
