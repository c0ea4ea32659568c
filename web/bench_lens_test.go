//go:build e2e

package web

import (
	"fmt"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"

	"convlens/nn/wire"
)

// BenchmarkBrowserLenses goes to and fro, in one run on the page, between the
// kernels and each other way to look inside, and prints what is left of the speed
// with the kernels: the median over pairs of neighbouring seconds, and how far the
// middle half of the pairs reach.
//
// As a machine's speed wanders by more than a lens costs, it also prints what a
// lens takes, which wanders less: the share of its time that the leading worker
// spends on other things than training steps, and how many processors all threads
// of the browser take that are no workers, each with the lens and with the kernels.
// What both are more than with the kernels is the most that the lens can cost: as
// if all workers stood still meanwhile. The last column is the longest task on the
// page's thread.
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
	type sample struct{ perS, looking, others float64 }
	measure := func(lens string) sample {
		if lens == unseen {
			eval[any](p, "void scrollTo(0, document.body.scrollHeight)")
		} else {
			eval[any](p, "void scrollTo(0, 0)")
			p.click("lens-" + lens)
		}
		for {
			time.Sleep(settle)
			from, before, began := decodeProgress(b, eval[[]int](p, "lastProgress")), p.processors(), time.Now()
			time.Sleep(lasts)
			to := decodeProgress(b, eval[[]int](p, "lastProgress"))
			others := (p.processors() - before) / time.Since(began).Seconds()
			if ms := to.ElapsedMS - from.ElapsedMS; from.Epoch == to.Epoch && !to.Validated && to.Seen < to.Samples {
				return sample{1000 * float64(to.Seen-from.Seen) / ms, 1 - (stepMS(to.Timing)-stepMS(from.Timing))/ms, others}
			} // else an epoch has ended
		}
	}
	fmt.Printf("\nspeed, of that with the kernels, in %d pairs\nlens          median  middle half    worker's looks    other threads   costs at most  long task ms\n", pairs)
	for _, lens := range []string{unseen, "maps", "filters", "arithmetic", "why", "time", "health", "testmap"} {
		var shares []float64
		var with, without struct{ looking, others []float64 }
		longest := 0
		for i := range pairs {
			eval[any](p, "void longTasks.splice(0)")
			var x, y sample
			if i%2 == 0 {
				x = measure("kernels")
				y = measure(lens)
			} else {
				y = measure(lens)
				x = measure("kernels")
			}
			shares = append(shares, y.perS/x.perS)
			with.looking, with.others = append(with.looking, y.looking), append(with.others, y.others)
			without.looking, without.others = append(without.looking, x.looking), append(without.others, x.others)
			for _, task := range eval[[][2]int](p, "longTasks") {
				longest = max(longest, task[1])
			}
		}
		from, to := middle(shares)
		looking, looking0 := median(with.looking), median(without.looking)
		others, others0 := median(with.others), median(without.others)
		fmt.Printf("%-12s %7.3f %6.3f to %.3f %8.3f, %.3f %8.3f, %.3f %12.3f %12d\n", lens, median(shares), from, to,
			looking, looking0, others, others0, looking-looking0+others-others0, longest)
	}
}

// stepMS is how long training steps have taken.
func stepMS(t wire.Timing) float64 {
	return t.DealMS + t.ForwardMS + t.BackwardMS + t.SendMS + t.WaitMS + t.UpdateMS
}
