//go:build e2e

package web

import (
	"fmt"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
)

// BenchmarkBrowserLenses goes to and fro, in one run on the page, between the
// kernels and each other way to look inside, and prints what is left of the speed
// with the kernels: the median over pairs of neighbouring seconds, as a machine's
// speed wanders, and how far the middle half of the pairs reach. Beside it is the
// longest task on the page's thread.
func BenchmarkBrowserLenses(b *testing.B) {
	const (
		pairs  = 8
		settle = 800 * time.Millisecond
		lasts  = 3500 * time.Millisecond
	)
	p := openTab(b, startBrowser(b), serveSite(b, Server(distSite(b)))+"?epochs=99&autoplay=1")
	p.run(cdpage.BringToFront())
	p.wait("some seconds", 60*time.Second, progressNow+" > 10000")
	const unseen = "out of sight" // the kernels, with the page scrolled to its end
	speed := func(lens string) float64 {
		if lens == unseen {
			eval[any](p, "void scrollTo(0, document.body.scrollHeight)")
		} else {
			eval[any](p, "void scrollTo(0, 0)")
			p.click("lens-" + lens)
		}
		for {
			time.Sleep(settle)
			from := decodeProgress(b, eval[[]int](p, "lastProgress"))
			time.Sleep(lasts)
			to := decodeProgress(b, eval[[]int](p, "lastProgress"))
			if from.Epoch == to.Epoch && !to.Validated && to.Seen < to.Samples {
				return 1000 * float64(to.Seen-from.Seen) / (to.ElapsedMS - from.ElapsedMS)
			} // else an epoch has ended
		}
	}
	fmt.Printf("\nspeed, of that with the kernels, in %d pairs\nlens          median  middle half    long task ms\n", pairs)
	for _, lens := range []string{unseen, "maps", "filters", "arithmetic", "why", "time", "health", "testmap"} {
		var shares []float64
		longest := 0
		for i := range pairs {
			first, second := "kernels", lens
			if i%2 == 1 {
				first, second = lens, "kernels"
			}
			eval[any](p, "void longTasks.splice(0)")
			x, y := speed(first), speed(second)
			if i%2 == 1 {
				x, y = y, x
			}
			shares = append(shares, y/x)
			for _, task := range eval[[][2]int](p, "longTasks") {
				longest = max(longest, task[1])
			}
		}
		from, to := middle(shares)
		fmt.Printf("%-12s %7.3f %6.3f to %.3f %12d\n", lens, median(shares), from, to, longest)
	}
}
