//go:build e2e

package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// updateNotice is the text that tells of a new version, empty if there is none.
const (
	updateNotice = `(document.querySelector("#update[role=status]")?.textContent ?? "")`
	shownVersion = `document.getElementById("version").textContent`
)

// reloads presses a button and waits for the page that it loads.
func (p *tab) reloads(word string) {
	p.Helper()
	loaded := make(chan struct{}, 1)
	chromedp.ListenTarget(p.ctx, func(ev any) {
		if _, ok := ev.(*cdpage.EventLoadEventFired); ok {
			select {
			case loaded <- struct{}{}:
			default:
			}
		}
	})
	p.press(word)
	select {
	case <-loaded:
	case <-time.After(30 * time.Second):
		p.evidence("timeout")
		p.Fatalf("%s loads no page", word)
	}
}

// TestE2EUpdate renews the site between two visits, on a host whose files are good
// for no time and for ten minutes. The second visit tells of it, does not disturb
// its run, and Update takes the trained network along.
func TestE2EUpdate(t *testing.T) {
	t.Parallel()
	want := nativeFingerprint(t)
	for _, maxAge := range []string{"0", "600"} {
		t.Run("max-age="+maxAge, func(t *testing.T) {
			t.Parallel()
			site := newPlace(distSite(t))
			server := httptest.NewServer(pages(maxAge, map[string]http.Handler{"/demo": site}))
			t.Cleanup(server.Close)
			url := server.URL + "/demo/" + shortRun + "&autoplay=1"
			p := openTab(t, startBrowser(t), server.URL+"/demo"+shortRun)
			p.ready()
			p.stored()
			if got := eval[string](p, updateNotice); got != "" {
				t.Errorf("the first visit tells of a new version: %s", got)
			}

			site.deploy(nextSite(t))
			p.run(chromedp.Navigate(url))
			p.wait("some steps", 120*time.Second, progressNow+" > 100")
			p.wait("the notice", 60*time.Second, updateNotice)
			if got := eval[string](p, shownVersion); got != "Version "+version(t) {
				t.Errorf("the second visit shows %q", got)
			}
			if eval[string](p, `document.getElementById("run-state").dataset.state`) == "training" {
				if text := eval[string](p, updateNotice); !eval[bool](p, button("Update")+".disabled") {
					t.Errorf("during a run Update can be pressed: %s", text)
				}
			}
			p.wait("the end of the run", 120*time.Second, fingerprint)
			if got := eval[string](p, fingerprint); got != want {
				t.Errorf("the run ends with %s, expected %s", got, want)
			}
			p.wait("the notice to speak of the network", 10*time.Second, updateNotice+`.includes("step 30")`)
			if maxAge == "0" {
				p.look("update")
			}
			p.reloads("Update")
			p.wait("the network", 60*time.Second, fingerprint)
			if got := eval[string](p, fingerprint); got != want {
				t.Errorf("the new version has the network %s, expected %s", got, want)
			}
			if got := eval[string](p, shownVersion); got != "Version "+nextVersion {
				t.Errorf("after Update the page shows %q", got)
			}
			if got := eval[string](p, updateNotice); got != "" {
				t.Errorf("after Update there is still a notice: %s", got)
			}
			p.noAlert("after Update")
			if got := p.settle(`caches.keys().then((k) => k.sort().join())`); got != "convlens-data-1,convlens-shell:/demo/:"+nextVersion {
				t.Errorf("the caches are %s", got)
			}

			server.Close()
			p.run(chromedp.Navigate(url))
			p.wait("the end of a run offline", 120*time.Second, fingerprint)
			if got := eval[string](p, shownVersion); got != "Version "+nextVersion {
				t.Errorf("offline the page shows %q", got)
			}
			p.forgive(refused)
		})
	}
}

// TestE2EUpdateDuringARun finds the new version while it trains: the run goes on,
// and once paused is taken along and resumed to the same weights.
func TestE2EUpdateDuringARun(t *testing.T) {
	t.Parallel()
	site := newPlace(distSite(t))
	url := serveSite(t, site)
	p := openTab(t, startBrowser(t), url+shortRun+"&epochs=20")
	p.ready()
	p.stored()
	p.run(chromedp.Navigate(url + shortRun + "&epochs=20")) // under the service worker
	p.ready()
	p.press("Train")
	p.wait("some steps", 30*time.Second, progressNow+" > 100")
	site.deploy(nextSite(t))
	eval[any](p, "void goappTryUpdate()") // as browsers do once a day
	p.wait("the notice", 60*time.Second, updateNotice)
	if got := eval[string](p, updateNotice); !eval[bool](p, updateNotice+`.includes("A run is under way") && `+button("Update")+".disabled") {
		t.Errorf("during a run the notice is %q", got)
	}
	p.shoot("update-running")
	p.press("Pause")
	p.wait("the pause", 10*time.Second, button("Resume"))
	at := eval[string](p, `document.getElementById("run-count").textContent`)
	p.reloads("Update")
	p.wait("the paused run", 60*time.Second, button("Resume"))
	if got := eval[string](p, `document.getElementById("run-count").textContent`); got != at {
		t.Errorf("the run stands at %s, was at %s", got, at)
	}
	if got := eval[string](p, shownVersion); got != "Version "+nextVersion {
		t.Errorf("after Update the page shows %q", got)
	}
	p.press("Resume")
	p.wait("the run to go on", 30*time.Second, `document.getElementById("run-count").textContent !== `+`"`+at+`"`)
	p.noAlert("after Update")
}

// TestE2EUpdateIncomplete publishes a version that lacks a file: the old one
// stays, tells nothing, and starts offline.
func TestE2EUpdateIncomplete(t *testing.T) {
	t.Parallel()
	site := newPlace(distSite(t))
	server := httptest.NewServer(pages("0", map[string]http.Handler{"/demo": site}))
	t.Cleanup(server.Close)
	url := server.URL + "/demo/" + shortRun
	p := openTab(t, startBrowser(t), url)
	p.ready()
	p.stored()
	site.missing.Store("icon-maskable.png")
	site.deploy(nextSite(t))
	p.run(chromedp.Navigate(url))
	p.ready()
	end := time.Now().Add(60 * time.Second)
	for site.asked.Load() == 0 {
		if time.Now().After(end) {
			t.Fatal("the browser does not ask for the new version's files")
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.settle(`navigator.serviceWorker.getRegistration().then((r) => new Promise((done) => {
		const timer = setInterval(() => { if (!r.installing && !r.waiting) { clearInterval(timer); done(); } }, 50);
	}))`)
	p.stored()
	if got := eval[string](p, updateNotice); got != "" {
		t.Errorf("the page tells of a version that is not there: %s", got)
	}
	if got := p.settle(`caches.keys().then((k) => k.sort().join())`); got != "convlens-data-1,convlens-shell:/demo/:"+version(t) {
		t.Errorf("the caches are %s", got)
	}
	server.Close()
	p.run(chromedp.Navigate(url + "&autoplay=1"))
	p.wait("the end of a run offline", 120*time.Second, fingerprint)
	if got := eval[string](p, shownVersion); got != "Version "+version(t) {
		t.Errorf("offline the page shows %q", got)
	}
	p.forgive(refused)
	p.forgive("404")
}
