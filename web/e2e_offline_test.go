//go:build e2e

package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// pages is a host that has the site below a folder and sends what plain hosts do:
// a redirect for the folder without its slash, and that files are good for a
// while.
func pages(site http.Handler, maxAge string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.NotFoundHandler())
	mux.HandleFunc("/demo", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/demo/?"+r.URL.RawQuery, http.StatusMovedPermanently)
	})
	mux.Handle("/demo/", http.StripPrefix("/demo", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site.ServeHTTP(cached{w, maxAge}, r)
	})))
	return mux
}

// cached replaces what an answer says of how long it is good.
type cached struct {
	http.ResponseWriter
	maxAge string
}

func (c cached) WriteHeader(status int) {
	c.Header().Set("Cache-Control", "max-age="+c.maxAge)
	c.ResponseWriter.WriteHeader(status)
}

func (c cached) Write(b []byte) (int, error) {
	c.Header().Set("Cache-Control", "max-age="+c.maxAge)
	return c.ResponseWriter.Write(b)
}

// TestE2EOffline visits the site below a folder of a host, takes the host away,
// and opens it again, also by other addresses: it starts and trains.
func TestE2EOffline(t *testing.T) {
	want := nativeFingerprint(t)
	server := httptest.NewServer(pages(Server(distSite(t)), "0")) // no help from the HTTP cache
	t.Cleanup(server.Close)
	p := openTab(t, startBrowser(t), server.URL+"/demo"+shortRun)
	p.ready()
	p.wait("the data to be stored", 20*time.Second, `document.getElementById("data-title").textContent.includes("kept")`)
	p.wait("the service worker", 60*time.Second, `navigator.serviceWorker.controller ||
		void navigator.serviceWorker.ready.then((r) => window.active = r.active) || window.active`)
	server.Close()
	for _, at := range []string{"/demo/" + shortRun + "&autoplay=1", "/demo/index.html" + shortRun + "&autoplay=1&embed=all"} {
		p.run(chromedp.Navigate(server.URL + at))
		p.wait("the end of the run", 120*time.Second, fingerprint)
		if got := eval[string](p, fingerprint); got != want {
			t.Errorf("offline at %s the fingerprint is %s, expected %s", at, got, want)
		}
		if alert := eval[string](p, `document.querySelector("[role=alert]")?.textContent ?? ""`); alert != "" {
			t.Errorf("offline at %s the page says %q", at, alert)
		}
	}
	p.forgive("net::ERR_CONNECTION_REFUSED") // go-app asks for a newer service worker
}
