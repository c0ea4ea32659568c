//go:build e2e

package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// twoRuns waits for the end of a run, and makes another with other settings.
func (p *tab) twoRuns() {
	p.Helper()
	p.wait("the end", 120*time.Second, fingerprint)
	p.press("Reset")
	p.wait("the network anew", 20*time.Second, "!"+fingerprint)
	p.enter("set-filters2", "20")
	p.enter("set-batch", "64")
	p.press("Train")
	p.wait("the second end", 120*time.Second, fingerprint)
	p.wait("both runs", 20*time.Second, `document.querySelector("#compare-B-conv2d_2[style]")`)
}

// TestE2ECompare trains twice and compares: what is in the table, by pointer and
// by keyboard the same kernel in both, and the pictures as files.
func TestE2ECompare(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&autoplay=1&lens=compare")
	first := ""
	p.wait("the end", 120*time.Second, fingerprint)
	p.wait("run A", 20*time.Second, `document.getElementById("compare-none")?.textContent.startsWith("One run")`)
	p.look("compare-one")
	first = eval[string](p, fingerprint)
	p.twoRuns()
	second := eval[string](p, fingerprint)

	differing := eval[[]string](p, `[...document.querySelectorAll("#compare-table .differs")].map(r => [...r.children].slice(0, 3).map(c => c.textContent).join(" "))`)
	for _, want := range []string{"Filters, conv2d_2 32 20", "Batch size 128 64", "Fingerprint " + first[:12] + " " + second[:12]} {
		if !strings.Contains("\n"+strings.Join(differing, "\n")+"\n", "\n"+want+"\n") {
			t.Errorf("nothing says that %s differs; the table says %q", want, differing)
		}
	}
	for _, row := range differing {
		if strings.HasPrefix(row, "Kernel size") || strings.HasPrefix(row, "Learning rate") {
			t.Errorf("%s does not differ", row)
		}
	}

	p.run(cdpage.BringToFront(), chromedp.Focus(`#lens-panel-compare .compare-grid:has(#compare-B-conv2d_2) .frame`, chromedp.ByQuery),
		chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowRight))
	p.wait("the kernel", 5*time.Second, `document.getElementById("compare-readout").textContent.includes("filter 1, channel 1")`)
	for _, side := range []string{"A", "B"} {
		if n := eval[int](p, fmt.Sprintf(`document.querySelectorAll("#compare-weights-%s td").length`, side)); n != 9 {
			t.Errorf("%d numbers of run %s", n, side)
		}
	}
	if a, b := p.picture("Run A, Kernels of conv2d_2"), p.picture("Run B, Kernels of conv2d_2"); a.Width != b.Width || a.Height <= b.Height || a.Colours < 20 || b.Colours < 20 {
		t.Errorf("pictures %+v and %+v", a, b)
	}
	p.run(chromedp.Focus(`#compare-chart-loss .chart-frame`, chromedp.ByQuery), chromedp.KeyEvent(kb.Home))
	p.wait("the beginning", 5*time.Second, `document.getElementById("compare-chart-loss-readout").textContent.startsWith("after 1 image,")`)
	p.run(chromedp.KeyEvent(kb.PageDown), chromedp.KeyEvent(kb.PageUp), chromedp.KeyEvent(kb.PageUp), chromedp.KeyEvent(kb.End))
	offered := eval[[]string](p, `[...document.querySelectorAll("#take-picture option")].map(o => o.value)`)
	if got := strings.Join(offered, " "); got != "compare-A-conv2d_1 compare-B-conv2d_1 compare-A-conv2d_2 compare-B-conv2d_2" {
		t.Errorf("on offer as PNG are %s", got)
	}
	p.look("compare")
}
