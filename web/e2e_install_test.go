//go:build e2e

package web

import (
	"context"
	"testing"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestE2EInstallable asks Chromium whether the site can be installed.
func TestE2EInstallable(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits")
	p.ready()
	p.stored()
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		url, faults, data, _, err := cdpage.GetAppManifest().Do(ctx)
		if err != nil {
			return err
		}
		if url == "" || data == "" {
			t.Error("Chromium finds no manifest")
		}
		for _, f := range faults {
			t.Errorf("the manifest, line %d: %s", f.Line, f.Message)
		}
		hindrances, err := cdpage.GetInstallabilityErrors().Do(ctx)
		for _, h := range hindrances {
			t.Errorf("not installable: %s %v", h.ErrorID, h.ErrorArguments)
		}
		return err
	}))
}
