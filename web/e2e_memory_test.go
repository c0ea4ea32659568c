//go:build e2e

package web

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/heapprofiler"
)

// TestE2EMemory trains three epochs: the leading worker's memory and the page's
// heap after the second and the third are within 2% of those after the first.
// What the browser's process for the tab holds, all workers and their buffers
// included, may grow by 10%: it also has the compiler's code and whatever the
// allocator keeps for later.
func TestE2EMemory(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits&limit=2560&workers=3")
	p.ready()
	var worker, heap [3]int
	var tab [3]float64
	for i := range 3 {
		if i > 0 {
			p.wait("the fingerprint to go", 10*time.Second, "!"+fingerprint)
		}
		if i == 0 {
			p.press("Train")
		}
		p.wait("the end of the epoch", 120*time.Second, fingerprint)
		p.run(heapprofiler.CollectGarbage())
		worker[i] = eval[int](p, `Number(document.getElementById("machine").dataset.memory)`)
		heap[i] = eval[int](p, `performance.memory.usedJSHeapSize`)
		tab[i] = p.rendererMB("VmRSS:")
		if i < 2 {
			eval[any](p, "void "+button("Train")+".click()")
		}
	}
	t.Logf("worker %v bytes, page %v bytes, tab %.0f MB", worker, heap, tab)
	for i := 1; i < 3; i++ {
		if worker[0] == 0 || float64(worker[i]) > 1.02*float64(worker[0]) {
			t.Errorf("the worker's memory went from %d to %d bytes in epoch %d", worker[0], worker[i], i+1)
		}
		if float64(heap[i]) > 1.02*float64(heap[0]) {
			t.Errorf("the page's heap went from %d to %d bytes in epoch %d", heap[0], heap[i], i+1)
		}
		if tab[i] > 1.1*tab[0] {
			t.Errorf("the tab went from %.0f to %.0f MB in epoch %d", tab[0], tab[i], i+1)
		}
	}
}
