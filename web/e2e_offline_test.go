//go:build e2e

package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// offlineLine is what the page says of the network's absence.
const offlineLine = `(document.querySelector('[role=status][aria-label="Offline"]')?.textContent ?? "")`

// stored waits until the page says that it needs the network no more.
func (p *tab) stored() {
	p.Helper()
	p.wait("everything to be stored", 60*time.Second, offlineLine+`.startsWith("Offline ready")`)
}

// noAlert fails if the page complains.
func (p *tab) noAlert(when string) {
	p.Helper()
	if alert := eval[string](p, `document.querySelector("[role=alert]")?.textContent ?? ""`); alert != "" {
		p.Errorf("%s the page says %q", when, alert)
	}
}

// refused is what Chromium says where the host is gone: go-app asks for a newer
// service worker.
const refused = "net::ERR_CONNECTION_REFUSED"

// TestE2EOffline visits the site below a folder of a host, takes the host away,
// and opens it again, also by other addresses: it starts and trains.
func TestE2EOffline(t *testing.T) {
	t.Parallel()
	want := nativeFingerprint(t)
	// No help from the HTTP cache.
	server := httptest.NewServer(pages("0", map[string]http.Handler{"/demo": Server(distSite(t))}))
	t.Cleanup(server.Close)
	p := openTab(t, startBrowser(t), server.URL+"/demo"+shortRun)
	p.ready()
	p.stored()
	line := eval[string](p, offlineLine)
	t.Log(line)
	if !regexp.MustCompile(`^Offline ready\. .*Generated digits, [1-9]\d*\.\d MB, and the page, 1\d\.\d MB\.$`).MatchString(line) {
		t.Errorf("the offline line is %q", line)
	}
	p.look("offline")
	server.Close()
	for _, at := range []string{"/demo/" + shortRun + "&autoplay=1", "/demo/index.html" + shortRun + "&autoplay=1&embed=all"} {
		p.run(chromedp.Navigate(server.URL + at))
		p.wait("the end of the run", 120*time.Second, fingerprint)
		if got := eval[string](p, fingerprint); got != want {
			t.Errorf("offline at %s the fingerprint is %s, expected %s", at, got, want)
		}
		if !strings.Contains(at, "embed") { // a frame has no line
			p.stored()
		}
		p.noAlert("offline at " + at)
	}
	p.forgive(refused)
}

// profile returns a folder for a browser's profile. Some of what the browser
// started may go on writing to it for a moment.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "convlens")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// startUnwatched starts a browser that no debugger is attached to.
func startUnwatched(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "HOME="+profile(t))
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s does not start: %v", name, err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
}

// slowly is how long the slowest file takes in TestE2EOfflineSlowly in Chromium,
// which ends a service worker that doesn't ask for more time after 30 s. A debugger
// would keep it alive, and hide that.
const slowly = 36 * time.Second

// TestE2EOfflineSlowly installs over a slow line, in both browsers: one of the files
// that only the service worker asks for comes in drops. Then the page starts and
// trains without the host.
func TestE2EOfflineSlowly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		browser []string
		slowly  time.Duration
	}{
		{[]string{"headless_shell", "--headless", "--user-data-dir=" + profile(t)}, slowly},
		{[]string{"firefox", "--profile", profile(t)}, slowly / 3}, // has no such limit
	} {
		browser, slowly := c.browser, c.slowly
		t.Run(browser[0], func(t *testing.T) {
			t.Parallel()
			c := newConfidant(dropping(Server(distSite(t)), "icon-maskable.png", slowly))
			url := serveSite(t, c)
			begin := time.Now()
			startUnwatched(t, browser[0], append(browser[1:], url+shortRun)...)
			if got := c.hears(t, 4*time.Minute); got != "stored" || time.Since(begin) < slowly {
				t.Fatalf("after %v the page tells %q, expected that it is stored, after more than %v", time.Since(begin), got, slowly)
			}
			for _, where := range []string{"the page", "the panel"} {
				if got, want := c.hears(t, 4*time.Minute), nativeFingerprint(t); got != want {
					t.Errorf("without the host %s tells %q, expected the fingerprint %s", where, got, want)
				}
			}
		})
	}
}

// dropping serves the site with a file that comes in drops, and takes so long.
func dropping(site http.Handler, file string, takes time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, file) {
			site.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		site.ServeHTTP(answer, r)
		b := answer.Body.Bytes()
		w.Header().Set("Content-Type", "image/png")
		const drops = 36
		for i := range drops {
			w.Write(b[len(b)*i/drops : len(b)*(i+1)/drops])
			w.(http.Flusher).Flush()
			time.Sleep(takes / drops)
		}
	})
}

// TestE2EOfflineTwice has the site in two folders of a host, and somebody else's
// cache beside them: none touches what the others keep, neither when it is
// installed, nor updated, nor when its data are removed.
func TestE2EOfflineTwice(t *testing.T) {
	t.Parallel()
	first, second := newPlace(distSite(t)), newPlace(distSite(t))
	server := httptest.NewServer(pages("0", map[string]http.Handler{"/a": first, "/b": second}))
	t.Cleanup(server.Close)
	p := openTab(t, startBrowser(t), server.URL+"/a/"+shortRun)
	p.ready()
	p.stored()
	p.settle(`caches.open("somebody else's").then((c) => c.put("/theirs", new Response("theirs")))`)
	p.run(chromedp.Navigate(server.URL + "/b/" + shortRun))
	p.ready()
	p.stored()

	second.deploy(nextSite(t))
	p.run(chromedp.Navigate(server.URL + "/b/" + shortRun))
	p.ready()
	p.wait("the notice", 60*time.Second, updateNotice)
	p.reloads("Update")
	p.ready()
	p.press("Remove")
	p.wait("the data to be removed", 20*time.Second, offlineLine+`.includes("not stored")`)

	const inventory = `(async () => {
		const found = [];
		for (const name of await caches.keys()) {
			const n = (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname.split("/")[1]);
			found.push(name + " " + n.length + " " + [...new Set(n)]);
		}
		return found.sort().join("\n");
	})()`
	got := p.settle(inventory)
	t.Log(got)
	for _, want := range []string{
		`^convlens-data-1 4 a$`, `^convlens-shell:/a/:` + version(t) + ` [12]\d a$`,
		`^convlens-shell:/b/:` + nextVersion + ` [12]\d b$`, `^somebody else's 1 theirs$`,
	} {
		if !regexp.MustCompile(`(?m)` + want).MatchString(got) {
			t.Errorf("the caches are\n%s\nexpected %s", got, want)
		}
	}
	p.press("Store again")
	p.stored()
	server.Close()
	for _, c := range []struct{ folder, version string }{{"/a/", version(t)}, {"/b/", nextVersion}} {
		p.run(chromedp.Navigate(server.URL + c.folder + shortRun))
		p.ready()
		p.stored()
		p.wait("version "+c.version, 10*time.Second, shownVersion+`.includes("`+c.version+`")`)
		p.noAlert("offline in " + c.folder)
	}
	p.forgive(refused)
}

// settle returns what a promise of a text resolves to.
func (p *tab) settle(js string) string {
	p.Helper()
	eval[any](p, `void (window.settled = null, (`+js+`).then((v) => settled = String(v), (e) => settled = "error: " + e))`)
	p.wait("a promise", 30*time.Second, "settled !== null")
	return eval[string](p, "settled")
}

// TestE2EOfflineIncomplete has a file missing that the page itself does not need:
// everything works, and the page says that it is not stored. Once the file is
// there the next visit stores it.
func TestE2EOfflineIncomplete(t *testing.T) {
	t.Parallel()
	site := newPlace(distSite(t))
	site.missing.Store("icon-maskable.png")
	url := serveSite(t, site)
	p := openTab(t, startBrowser(t), url+shortRun)
	p.ready()
	p.wait("the page to say so", 60*time.Second, offlineLine+`.includes("could not be stored completely")`)
	t.Log(eval[string](p, offlineLine))
	if keys := p.settle(`caches.keys()`); keys != "convlens-data-1" {
		t.Errorf("the caches are %q, expected the data's alone", keys)
	}
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.noAlert("not stored,")
	site.missing.Store("")
	p.run(chromedp.Navigate(url + shortRun))
	p.stored()
	p.forgive("404")
}

// TestE2EOfflineBlocked takes storage away: by the browser's setting, and the way
// that other browsers do it, where merely looking at it throws. The page works
// and says that nothing is kept.
func TestE2EOfflineBlocked(t *testing.T) {
	t.Parallel()
	want := nativeFingerprint(t)
	const throwing = `
		for (const [o, name] of [[self, "caches"], [self.navigator, "serviceWorker"]]) {
			Object.defineProperty(o, name, { get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });
		}`
	plain := Server(distSite(t))
	for _, c := range []struct {
		name, preferences string
		site              http.Handler
	}{
		{"by a setting", `{"profile":{"default_content_setting_values":{"cookies":2}}}`, plain},
		{"by exceptions", `{}`, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/wasm_exec.js" { // which the page and its worker both run first
				serveLonger(w, r, plain, throwing)
				return
			}
			plain.ServeHTTP(w, r)
		})},
	} {
		dir := profile(t)
		if err := os.MkdirAll(filepath.Join(dir, "Default"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "Default", "Preferences"), []byte(c.preferences), 0o600); err != nil {
			t.Fatal(err)
		}
		p := openTab(t, startBrowser(t, chromedp.UserDataDir(dir)), serveSite(t, c.site)+shortRun)
		p.ready()
		p.wait("the page to say so, blocked "+c.name, 60*time.Second, offlineLine+`.includes("lets the page keep nothing")`)
		p.press("Train")
		p.wait("the end of the run", 120*time.Second, fingerprint)
		if got := eval[string](p, fingerprint); got != want {
			t.Errorf("blocked %s: the fingerprint is %s, expected %s", c.name, got, want)
		}
		for _, word := range []string{"Verify", "Remove"} {
			if !eval[bool](p, button(word)+".disabled") {
				t.Errorf("blocked %s: %s can be pressed", c.name, word)
			}
		}
		p.noAlert("blocked " + c.name + ",")
		p.forgive("goapp service worker registration failed") // go-app's word on it
	}
}
