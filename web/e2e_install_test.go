//go:build e2e

package web

import (
	"context"
	"net/http"
	"testing"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestE2EInstallable asks Chromium whether the site can be installed, and whether
// two copies of it on one host would be two apps.
func TestE2EInstallable(t *testing.T) {
	t.Parallel()
	site := Server(distSite(t))
	url := serveSite(t, pages("600", map[string]http.Handler{"/a": site, "/b": site}))
	browser := startBrowser(t)
	for _, folder := range []string{"a/", "b/"} {
		p := openTab(t, browser, url+folder+"?data=digits")
		p.ready()
		p.stored()
		p.installable(url + folder)
	}
}

// installable fails unless Chromium would install the page as the app id.
func (p *tab) installable(id string) {
	p.Helper()
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		if got, _, err := cdpage.GetAppID().Do(ctx); err != nil || got != id {
			p.Errorf("the app is %q, expected %q (%v)", got, id, err)
		}
		url, faults, data, _, err := cdpage.GetAppManifest().Do(ctx)
		if err != nil {
			return err
		}
		if url == "" || data == "" {
			p.Error("Chromium finds no manifest")
		}
		for _, f := range faults {
			p.Errorf("the manifest, line %d: %s", f.Line, f.Message)
		}
		hindrances, err := cdpage.GetInstallabilityErrors().Do(ctx)
		for _, h := range hindrances {
			p.Errorf("not installable: %s %v", h.ErrorID, h.ErrorArguments)
		}
		return err
	}))
}
