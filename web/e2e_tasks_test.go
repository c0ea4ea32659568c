//go:build e2e

package web

import (
	"fmt"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
)

// TestE2ETasks opens every way to look inside and the explorer, during a run and
// after it, and wants the page's thread never to be busy for more than 50 ms at a
// time. Where that fails it looks again: other programs want the processors too.
func TestE2ETasks(t *testing.T) {
	data := "digits&epochs=50"
	if hasMNIST(t) {
		data = "mnist&epochs=5"
	}
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data="+data)
	p.ready()
	p.run(cdpage.BringToFront()) // else there are no frames
	open := func(when, id, other string) {
		t.Helper()
		for try := range 3 {
			p.click(other)
			time.Sleep(300 * time.Millisecond)
			eval[any](p, "void longTasks.splice(0)")
			p.click(id)
			time.Sleep(1500 * time.Millisecond)
			long := eval[[][2]int](p, "longTasks.splice(0)")
			t.Logf("%s, %s: %v", when, id, long)
			switch {
			case len(long) == 0:
				return
			case try == 2:
				t.Errorf("%s, %s: tasks longer than 50 ms (begin, length): %v", when, id, long)
			}
		}
	}
	all := func(when string) {
		t.Helper()
		before := "lens-kernels"
		for _, lens := range []string{"maps", "filters", "arithmetic", "why", "time", "health", "testmap", "evaluation", "compare", "kernels"} {
			open(when, "lens-"+lens, before)
			before = "lens-" + lens
		}
		p.click("explore-summary") // opens it
		open(when, "explore-summary", "explore-summary")
		p.click("explore-summary")
	}
	p.press("Train")
	p.wait("some steps", 30*time.Second, progressNow+" > 500")
	all("during a run")
	p.press("Stop")
	p.wait("its end", 30*time.Second, fmt.Sprintf("(b => b && !b.disabled)(%s)", button("Train")))
	p.click("lens-evaluation")
	p.wait("the evaluation", 120*time.Second, `document.querySelector(".confusion")`)
	all("after it")
	p.click("lens-evaluation")
	p.wait("mistakes", 120*time.Second, `document.getElementById("mistake-1")`)
	open("after it", "mistake-1", "mistake-0")
	open("after it", "evaluate", "mistake-0")
}
