//go:build e2e

package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// visible is a JavaScript condition: the element is seen, not below the loading
// screen, and says something.
func visible(id string) string {
	return `(e => e && !e.hidden && e.textContent && e.contains(document.elementFromPoint(
		e.getBoundingClientRect().left + e.getBoundingClientRect().width / 2, e.getBoundingClientRect().top + 16)))(document.getElementById("` + id + `"))`
}

// TestE2EOldBrowsers opens the page in browsers that lack what it needs: each
// gets words for it.
func TestE2EOldBrowsers(t *testing.T) {
	t.Parallel()
	url := serveSite(t, Server(distSite(t)))
	browser := startBrowser(t)
	for _, c := range []struct {
		name, missing string // a script that takes it away
		element, says string
	}{
		{"no WebAssembly", "delete window.WebAssembly", "no-webassembly", "needs WebAssembly"},
		{"old WebAssembly", "WebAssembly.validate = () => false", "no-webassembly", "needs WebAssembly"},
		{"no streams", "delete window.ReadableStream", "no-webassembly", "needs WebAssembly"},
		{"no workers", "delete window.Worker", "worker-gone", "no Web Workers"},
		{"workers refused", `window.Worker = function () { throw new DOMException("denied by the frame", "SecurityError") }`, "worker-gone", "denied by the frame"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := openTab(t, browser, url, c.missing)
			p.wait("words", 60*time.Second, visible(c.element))
			if said := eval[string](p, `document.getElementById("`+c.element+`").textContent`); !strings.Contains(said, c.says) {
				t.Errorf("it says %q, expected %q", said, c.says)
			}
			p.shoot("old-" + strings.ReplaceAll(c.name, " ", "-"))
			p.forgive("WebAssembly") // go-app's script and the service worker stumble
			p.forgive("ReadableStream")
			p.forgive("service worker")
		})
	}
}

// TestE2ENoProgram opens the page where its program is missing on the host.
func TestE2ENoProgram(t *testing.T) {
	t.Parallel()
	site := Server(distSite(t))
	url := serveSite(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/web/app.wasm" {
			http.NotFound(w, r)
			return
		}
		site.ServeHTTP(w, r)
	}))
	p := openTab(t, startBrowser(t), url)
	p.wait("words", 30*time.Second, visible("no-program"))
	p.shoot("no-program")
	p.forgive("404")
	p.forgive("could not be loaded")
	p.forgive("service worker") // which can't keep what isn't there
}

// TestE2ENoJavaScript opens the page with JavaScript off.
func TestE2ENoJavaScript(t *testing.T) {
	t.Parallel()
	url := serveSite(t, Server(distSite(t)))
	p := openTab(t, startBrowser(t), "about:blank")
	p.run(emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(url))
	p.shoot("no-javascript")
	if words := eval[string](p, `document.querySelector("noscript .unable")?.innerText ?? ""`); !strings.Contains(words, "turn JavaScript on") {
		t.Errorf("it says %q", words)
	}
	if loader := eval[string](p, `getComputedStyle(document.getElementById("app-wasm-loader")).display`); loader != "none" {
		t.Error("go-app's loading screen covers the page for ever")
	}
	p.forgive("somebody else") // of the tab's first address
}

// TestE2EOddBrowsers does the short run in browsers that lack what the page can do
// without: it comes out the same.
func TestE2EOddBrowsers(t *testing.T) {
	t.Parallel()
	want := nativeFingerprint(t)
	browser := startBrowser(t)
	const nothingKept = `
		for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB", "IntersectionObserver"]) {
			Object.defineProperty(self, name, { value: undefined });
		}
		delete globalThis.Navigator?.prototype.serviceWorker;`
	const noSIMD = `{
		const validate = WebAssembly.validate;
		WebAssembly.validate = (code) => !code.includes(0xfd) && validate(code); // the prefix of SIMD instructions
	}`
	for _, c := range []struct {
		name         string
		page, worker string // scripts that run before theirs
		machine      string // what the footer says of the kernels
		private      bool
	}{
		{"nothing can be stored", nothingKept, nothingKept, "SIMD", false},
		{"looking at the storage throws", `for (const name of ["localStorage", "sessionStorage", "caches"]) {
			Object.defineProperty(self, name, { get() { throw new DOMException("denied", "SecurityError") } });
		}`, `Object.defineProperty(self, "caches", { get() { throw new DOMException("denied", "SecurityError") } });`, "SIMD", false},
		{"a private window", "", "", "SIMD", true},
		{"no SIMD", noSIMD, "", "plain Go", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			site := Server(distSite(t))
			url := serveSite(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/web/worker.js" {
					w.Header().Set("Content-Type", "text/javascript")
					io.WriteString(w, c.worker+"\n")
					serveLonger(w, r, site, "")
					return
				}
				site.ServeHTTP(w, r)
			}))
			open := openTab
			if c.private {
				open = openPrivate
			}
			p := open(t, browser, url+shortRun+"&autoplay=1", c.page)
			p.wait("the end of the run", 120*time.Second, fingerprint)
			if got := eval[string](p, fingerprint); got != want {
				t.Errorf("the fingerprint is %s, expected %s", got, want)
			}
			if machine := eval[string](p, `document.getElementById("machine").textContent`); !strings.Contains(machine, c.machine) {
				t.Errorf("it was %q, expected %s", machine, c.machine)
			}
			if alert := eval[string](p, `document.querySelector("[role=alert]:not([hidden])")?.textContent ?? ""`); alert != "" {
				t.Errorf("the page says %q", alert)
			}
		})
	}
}

// openPrivate opens url as openTab does, in a private window.
func openPrivate(t testing.TB, browser context.Context, url string, before ...string) *tab {
	t.Helper()
	executor := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	private, err := target.CreateBrowserContext().Do(executor)
	if err != nil {
		t.Fatal(err)
	}
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(private).WithNewWindow(true).Do(executor)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	t.Cleanup(cancel)
	return watchTab(t, ctx, url, before...)
}
