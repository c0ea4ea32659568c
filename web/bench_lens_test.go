//go:build e2e

package web

import (
	"context"
	"fmt"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"

	"convlens/nn/wire"
)

// BenchmarkBrowserLenses goes to and fro, in one run on the page, between the
// kernels and each other way to look inside, and prints what is left of the speed
// with the kernels: the median over pairs of neighbouring seconds, as a machine's
// speed wanders, and how far the middle half of the pairs reach. Beside it is what
// wanders less: the share of its time that the leading worker spends on other things
// than training steps, and the share of a processor that the page's thread takes,
// each with the lens and with the kernels. The last one is the longest task on that
// thread.
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
	p.run(performance.Enable().WithTimeDomain(performance.EnableTimeDomainThreadTicks))
	type sample struct{ perS, looking, thread float64 }
	measure := func(lens string) sample {
		if lens == unseen {
			eval[any](p, "void scrollTo(0, document.body.scrollHeight)")
		} else {
			eval[any](p, "void scrollTo(0, 0)")
			p.click("lens-" + lens)
		}
		for {
			time.Sleep(settle)
			from, before, began := decodeProgress(b, eval[[]int](p, "lastProgress")), p.threadTime(), time.Now()
			time.Sleep(lasts)
			to := decodeProgress(b, eval[[]int](p, "lastProgress"))
			thread := (p.threadTime() - before) / time.Since(began).Seconds()
			if ms := to.ElapsedMS - from.ElapsedMS; from.Epoch == to.Epoch && !to.Validated && to.Seen < to.Samples {
				return sample{1000 * float64(to.Seen-from.Seen) / ms, 1 - (stepMS(to.Timing)-stepMS(from.Timing))/ms, thread}
			} // else an epoch has ended
		}
	}
	fmt.Printf("\nspeed, of that with the kernels, in %d pairs\nlens          median  middle half    worker's looks   page's thread  long task ms\n", pairs)
	for _, lens := range []string{unseen, "maps", "filters", "arithmetic", "why", "time", "health", "testmap"} {
		var shares []float64
		var with, without struct{ looking, thread []float64 }
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
			with.looking, with.thread = append(with.looking, y.looking), append(with.thread, y.thread)
			without.looking, without.thread = append(without.looking, x.looking), append(without.thread, x.thread)
			for _, task := range eval[[][2]int](p, "longTasks") {
				longest = max(longest, task[1])
			}
		}
		from, to := middle(shares)
		fmt.Printf("%-12s %7.3f %6.3f to %.3f %8.3f, %.3f %8.3f, %.3f %12d\n", lens, median(shares), from, to,
			median(with.looking), median(without.looking), median(with.thread), median(without.thread), longest)
	}
}

// stepMS is how long training steps have taken.
func stepMS(t wire.Timing) float64 {
	return t.DealMS + t.ForwardMS + t.BackwardMS + t.SendMS + t.WaitMS + t.UpdateMS
}

// threadTime is how many seconds the page's thread has been busy, without waiting
// for a processor.
func (p *tab) threadTime() (seconds float64) {
	p.Helper()
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		metrics, err := performance.GetMetrics().Do(ctx)
		for _, m := range metrics {
			if m.Name == "TaskDuration" {
				seconds = m.Value
			}
		}
		return err
	}))
	return seconds
}
