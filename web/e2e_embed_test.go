//go:build e2e

package web

import (
	"testing"
	"time"
)

func TestE2ETry(t *testing.T) {
	url := serveSite(t, Server(distSite(t)))
	b := startBrowser(t)
	for _, panel := range []string{"train", "kernels", "maps", "all"} {
		p := openTab(t, b, url+shortRun+"&autoplay=1&embed="+panel)
		p.wait("end", time.Minute, fingerprint)
		p.look("embed-" + panel)
	}
	p := openTab(t, b, url+"embedding.html")
	p.wait("frame", time.Minute, `document.querySelector(".event").textContent.includes("progress")`)
	time.Sleep(time.Second)
	p.look("embedding")
}
