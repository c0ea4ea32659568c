//go:build e2e

package web

import (
	"testing"
	"time"
)

// TestE2EExplorerLook opens the explorer, for people to look at.
func TestE2EExplorerLook(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?limit=3840")
	p.ready()
	eval[any](p, `void document.querySelector("#explore > summary").click()`)
	p.wait("the images", 20*time.Second, `document.getElementById("explore-images")?.width > 100`)
	p.look("explorer")
}
