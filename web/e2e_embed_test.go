//go:build e2e

package web

import (
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
)

func TestE2ETry(t *testing.T) {
	url := serveSite(t, Server(distSite(t)))
	b := startBrowser(t)
	p := openTab(t, b, url+"embedding.html")
	p.run(cdpage.BringToFront())
	p.wait("frame", time.Minute, `document.querySelector(".event").textContent.includes("progress")`)
	eval[any](p, `void document.querySelectorAll("convlens-lab")[1].scrollIntoView()`)
	time.Sleep(5*time.Second)
	eval[any](p, `void document.querySelectorAll("convlens-lab")[1].train()`)
	time.Sleep(2*time.Second)
	eval[any](p, `void document.querySelectorAll("convlens-lab")[0].train()`)
	time.Sleep(2*time.Second)
	eval[any](p, `void (window.rs=[], addEventListener("convlens-resize", (e) => rs.push(e.detail.height+"@"+innerWidth+"x"+innerHeight)))`)
	p.look("embedding")
	t.Log(eval[string](p, `rs.join(" ")`))
	t.Log(eval[string](p, `JSON.stringify([...document.querySelectorAll("convlens-lab")].map(l => l.offsetHeight))`))
}
