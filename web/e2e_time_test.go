//go:build e2e

package web

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/gif"
	"math"
	"slices"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"convlens/nn"
)

// logLongTasks notes when the page was held up for more than 50 ms since the time
// begin. Benchmarks see to that; here other tests want the processors too.
func (p *tab) logLongTasks(what string, begin float64) {
	p.Helper()
	p.Logf("%s: tasks longer than 50 ms (begin, length): %v", what,
		eval[[][2]int](p, fmt.Sprintf("longTasks.filter(t => t[0] >= %v)", begin)))
}

// now is the page's own clock.
func (p *tab) now() float64 { return eval[float64](p, "performance.now()") }

// text reads an element of the page.
func (p *tab) text(id string) string {
	p.Helper()
	return eval[string](p, fmt.Sprintf("document.getElementById(%q).textContent", id))
}

// slide moves the slider to a moment.
func (p *tab) slide(to int) {
	p.Helper()
	eval[any](p, fmt.Sprintf(`void (s => { s.value = %d; s.dispatchEvent(new Event("input", { bubbles: true })); })(document.getElementById("moment"))`, to))
	p.wait("the moment", 5*time.Second, fmt.Sprintf(`document.getElementById("moment-readout").textContent.startsWith("moment %d of")`, to+1))
}

// nativeKernels does the short run in this process and returns the kernel of
// conv2d_2 from channel 0 to filter 0 after every step.
func nativeKernels(t *testing.T) (list [][9]float32, losses []float64) {
	t.Helper()
	tr := nativeTrainer(t)
	keep := func() { list = append(list, [9]float32(tr.Model().Params()[2].First(9))) }
	keep()
	if err := tr.RunEpoch(t.Context(), func(s nn.Step) { losses = append(losses, s.Loss); keep() }); err != nil {
		t.Fatal(err)
	}
	return list, losses
}

// TestE2ETime scrubs through a run's past, plays it, and saves it; the kernels
// are those of a native run at the same steps.
func TestE2ETime(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.press("Time machine")
	p.wait("the film strip", 20*time.Second, `document.querySelector("#film-strip[style]")`)
	p.framed()
	const strip = `[document.getElementById("film-strip"), document.querySelector(".film-strip")].map(e => e.getBoundingClientRect().height)`
	high := eval[[]float64](p, strip)
	p.shootWhole("time-untrained")
	p.press("Train")
	p.wait("some moments", 60*time.Second, `document.getElementById("moment")?.max > 3`)
	p.slide(1) // while the network trains
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.wait("the slider where it was, and all moments", 10*time.Second,
		`document.getElementById("moment-readout").textContent === "moment 2 of 31, step 1"`) // the last come with the last View

	if got := eval[[]float64](p, strip); high[0] > 200 || !slices.Equal(got, high) {
		t.Errorf("the film strip and its figure were %v high before the run, and are %v after it", high, got)
	}
	want, losses := nativeKernels(t)
	p.run(cdpage.BringToFront()) // else there are no frames
	begin := p.now()
	for _, step := range []int{0, 1, 17, 30} {
		p.slide(step)
		const cells = `[...document.querySelectorAll("#past-kernel-weights td")].map(e => Number(e.textContent.replace("−", "-")))`
		got := eval[[]float64](p, cells)
		for i, w := range want[step] {
			if math.Abs(got[i]-float64(w)) > 0.00055 {
				t.Errorf("step %d: weight %d is shown as %v, natively it is %v", step, i, got[i], w)
			}
		}
	}
	smoothed, weight := 0.0, 0.0
	for _, l := range losses {
		smoothed, weight = .9*smoothed+.1*l, .9*weight+.1
	}
	if got := p.text("moment-loss"); got != fmt.Sprintf("%.4f", smoothed/weight) {
		t.Errorf("the last moment's loss is %s, natively %.4f", got, smoothed/weight)
	}
	p.run(chromedp.Focus("#moment", chromedp.ByID), chromedp.KeyEvent(kb.Home))
	p.wait("the first moment", 5*time.Second, `document.getElementById("moment-readout").textContent === "moment 1 of 31, step 0"`)
	p.run(chromedp.KeyEvent(kb.ArrowRight))
	p.wait("the second moment", 5*time.Second, `document.getElementById("moment-readout").textContent === "moment 2 of 31, step 1"`)

	// The film paints what is in sight.
	eval[any](p, `void document.getElementById("past-kernels-conv2d_2").scrollIntoView({block: "center"})`)
	before := p.picture("Kernels of conv2d_2 at the chosen moment")
	eval[any](p, `void (window.painted = 0, (function f() { window.painted++; requestAnimationFrame(f); })())`)
	start := p.now()
	p.press("Play film")
	p.wait("the film's end", 30*time.Second, `document.getElementById("moment-readout").textContent.startsWith("moment 31 of")`)
	seconds := (p.now() - start) / 1000
	t.Logf("29 moments in %.1f s, %.0f frames a second", seconds, eval[float64](p, "painted")/seconds)
	p.wait("the button", 5*time.Second, button("Play film"))
	if p.picture("Kernels of conv2d_2 at the chosen moment").Hash == before.Hash {
		t.Error("the film has left the kernels as they were")
	}

	eval[any](p, `void (URL.createObjectURL = (blob) => {
		const r = new FileReader();
		r.onload = () => { window.saved = r.result.split(",")[1]; };
		r.readAsDataURL(blob);
		return "data:,";
	})`)
	p.press("Save animation")
	p.wait("the animation", 60*time.Second, "window.saved")
	p.logLongTasks("film and animation", begin)
	data, err := base64.StdEncoding.DecodeString(eval[string](p, "window.saved"))
	if err != nil {
		t.Fatal(err)
	}
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the animation: %d frames of %v, %d bytes, %s", len(g.Image), g.Image[0].Bounds(), len(data), p.text("film-saved"))
	if len(g.Image) != 31 || g.Image[0].Bounds().Dx() != 4*129 {
		t.Errorf("%d frames of %v, expected 31 of four times 129 pixels", len(g.Image), g.Image[0].Bounds())
	}
	p.slide(12)
	eval[any](p, `void document.getElementById("inside").scrollIntoView()`)
	p.look("time")
}
