//go:build e2e

package web

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestE2ELens changes the way to look inside while the network trains, by pointer
// and by arrow keys.
func TestE2ELens(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.press("Train")
	const shown = `[...document.querySelectorAll(".lens-panel")].filter(e => e.checkVisibility()).map(e => e.id).join()`
	p.press("Feature maps")
	p.wait("the maps", 5*time.Second, shown+` === "lens-panel-maps"`)
	if got := eval[string](p, `location.search`); !strings.Contains(got, "lens=maps") {
		t.Errorf("the address is %s", got)
	}
	p.run(chromedp.Focus("#lens-maps"), chromedp.KeyEvent(kb.ArrowLeft))
	p.wait("the kernels", 5*time.Second, shown+` === "lens-panel-kernels" && document.activeElement.id === "lens-kernels"`)
	p.run(chromedp.KeyEvent(kb.End))
	p.press("Feature maps")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.look("lens-maps")
}
