//go:build e2e

package web

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// BenchmarkBrowserStart opens the page for the first time, in a window that knows
// nothing of it, opens it again once everything is stored, and prints the seconds
// from opening to ready that the page tells, and from Train to the first step.
func BenchmarkBrowserStart(b *testing.B) {
	data := "digits"
	if hasMNIST(b) {
		data = "mnist"
	}
	const (
		visits = 5
		told   = `(kind => Number((/Ready ([\d.]+) s(?:.* first step ([\d.]+) s)?/.exec(document.body.textContent) ?? [])[kind]))`
	)
	browser := startBrowser(b)
	url := serveSite(b, Server(distSite(b))) + "?data=" + data
	var first, again, step []float64
	for range visits {
		p := openPrivate(b, browser, url)
		p.wait("it to be ready", time.Minute, told+"(1) > 0")
		first = append(first, eval[float64](p, told+"(1)"))
		p.stored()
		p.run(chromedp.Navigate(url))
		p.wait("it to be ready again", time.Minute, told+"(1) > 0")
		again = append(again, eval[float64](p, told+"(1)"))
		p.press("Train")
		p.wait("the first step", time.Minute, told+"(2) >= 0")
		step = append(step, eval[float64](p, told+"(2)"))
		p.press("Stop")
	}
	fmt.Printf("\nfrom opening to ready with %s, in s, %d times each (least, median, most)\n", data, visits)
	for _, row := range []struct {
		name string
		s    []float64
	}{{"first visit", first}, {"later visit", again}, {"first step", step}} {
		slices.Sort(row.s)
		fmt.Printf("  %-12s %4.1f %4.1f %4.1f\n", row.name, row.s[0], row.s[visits/2], row.s[visits-1])
	}
}
