//go:build e2e

package web

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/gif"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"convlens/nn"
	"convlens/nn/wire"
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

// TestE2EHealth looks at the network's health while it trains and after, reads a
// picture by keys, and compares dead units with those of a native run.
func TestE2EHealth(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.press("Health")
	p.wait("the table", 20*time.Second, `document.getElementById("health-table")`)
	begin := p.now()
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.wait("the outputs", 30*time.Second, `document.getElementById("health-table").textContent.includes("on 128 test images, as of step 30")`)
	p.logLongTasks("health", begin)

	data := digits(t)
	m, err := nn.NewSequential(trainSet{data.Train}.Shape(), 128, 3, nn.Tutorial(10)...)
	if err != nil {
		t.Fatal(err)
	}
	tr := nn.NewTrainer(m, nn.NewAdadelta(), trainSet{data.Train}, nn.Options{Seed: 3, Batch: 128, Limit: 3840}, nn.Solo{})
	if err := tr.RunEpoch(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	active := map[string][]bool{}
	zeros, values := map[string]int{}, map[string]int{}
	for i := range 128 {
		x := make([]float32, m.InShape().Len())
		nn.Normalize(x, data.Test.Image(i))
		m.Activations(x, func(l nn.Layer, y []float32) {
			n := l.OutShape().C
			if l.OutShape().Flat {
				n = len(y)
			}
			if active[l.Name()] == nil {
				active[l.Name()] = make([]bool, n)
			}
			for k, v := range y {
				if v > 0 {
					active[l.Name()][k%n] = true
				}
				if v == 0 {
					zeros[l.Name()]++
				}
				values[l.Name()]++
			}
		})
	}
	rows := eval[[][]string](p, `[...document.querySelectorAll("#health-table tbody tr")].map(r => [...r.children].map(c => c.textContent))`)
	for i, relu := range []string{"relu_1", "relu_2", "relu_3"} {
		dead := 0
		for _, a := range active[relu] {
			if !a {
				dead++
			}
		}
		share := fmt.Sprintf("%.0f%%", 100*float64(zeros[relu])/float64(values[relu]))
		if rows[i][4] != share || rows[i][5] != fmt.Sprintf("%d / %d", dead, len(active[relu])) {
			t.Errorf("%s: the table says %q, natively %s are zero and %d of %d dead", relu, rows[i], share, dead, len(active[relu]))
		}
	}
	p.run(cdpage.BringToFront(), chromedp.Focus(`.health-map .frame`, chromedp.ByQuery))
	p.wait("a spot", 20*time.Second, `document.getElementById("health-readout").textContent.startsWith("conv2d_1, weights after step 30")`)
	first := p.text("health-readout")
	p.run(chromedp.KeyEvent(kb.ArrowUp))
	p.wait("another size", 20*time.Second, fmt.Sprintf(`document.getElementById("health-readout").textContent !== %q`, first))
	eval[any](p, `void document.getElementById("inside").scrollIntoView()`)
	p.look("health")
}

// post sends the page's worker a command, as the page does.
func (p *tab) post(m wire.Message) {
	p.Helper()
	eval[any](p, fmt.Sprintf("void testWorkers[0].postMessage(new Uint8Array([%s]))", strings.Trim(strings.Join(strings.Fields(fmt.Sprint(wire.Encode(m))), ","), "[]")))
}

// TestE2EFault trains with an absurd learning rate: the page says where the
// numbers failed and offers a fresh network; and after a pause, the network of
// then.
func TestE2EFault(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	s := wire.Tutorial()
	s.Seed, s.Limit, s.Optimizer = 3, 3840, wire.Optimizer{Name: "sgd", LearningRate: 1e30}
	p.post(&wire.Init{Settings: s})
	p.post(&wire.Train{Settings: s})
	const alert = `document.getElementById("fault")`
	p.wait("the alert", 60*time.Second, alert)
	said := p.text("fault")
	t.Logf("the page says: %s", said)
	if !strings.Contains(said, "Training stopped at step ") || !strings.Contains(said, "smaller learning rate") ||
		!slices.Contains([]bool{strings.Contains(said, "NaN"), strings.Contains(said, "Inf")}, true) {
		t.Errorf("the page says %q", said)
	}
	p.look("fault")
	p.press("Begin with a fresh network")
	p.wait("a fresh network", 10*time.Second, "!"+alert)
	p.press("Train")
	p.wait("some steps", 30*time.Second, progressNow+" > 500")
	p.press("Pause")
	p.wait("the pause", 10*time.Second, button("Resume"))
	at := eval[int](p, progressNow)

	// The same network goes on with numbers that fail: of another run, to the worker.
	p.post(&wire.Stop{})
	p.post(&wire.Init{Settings: s})
	p.post(&wire.Train{Settings: s})
	p.wait("the alert", 60*time.Second, alert)
	p.wait("a way out", 10*time.Second, alert+`.querySelector("button")`)
	t.Logf("after %d samples: %s", at, p.text("fault"))
	p.press("Begin with a fresh network")
	p.wait("a fresh network", 10*time.Second, "!"+alert)
}

// TestE2EGoBack trains with a rate at which the numbers fail in the eighth step, and
// goes back to the network of a pause before.
func TestE2EGoBack(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&optimizer=sgd&lr=10&momentum=0.999")
	p.ready()
	pause := strings.Join(strings.Fields(fmt.Sprint(wire.Encode(&wire.Pause{}))), ",")
	eval[any](p, fmt.Sprintf(`void ((lab, send) => {
		lab.postMessage = (m, list) => {
			const train = m[1] === %d; // which is gone once it is sent
			send.call(lab, m, list);
			if (train) setTimeout(() => send.call(lab, new Uint8Array(%s)), 60); // a step or two later
		};
	})(testWorkers[0], Worker.prototype.postMessage)`, wire.Encode(&wire.Train{})[1], pause))
	p.press("Train")
	p.wait("the pause", 20*time.Second, button("Resume"))
	at := func() int { return decodeProgress(t, eval[[]int](p, `lastProgress`)).Step }
	step := at()
	if step > 7 {
		t.Fatalf("paused after step %d", step)
	}
	p.quiet()
	const kernels = "Kernels of conv2d_2"
	before := p.picture(kernels)

	var said string
	for i := range 2 { // the same way twice: it was the same network
		p.press("Resume")
		const alert = `document.getElementById("fault")`
		p.wait("the alert", 60*time.Second, alert)
		text := p.text("fault")
		t.Log(text)
		if i == 0 {
			said = text
		}
		if text != said || at() <= step {
			t.Errorf("after step %d the page says %q, the first time %q", at(), text, said)
		}
		if i == 0 {
			p.look("fault-back")
		}
		p.press(fmt.Sprintf("Go back to step %d", step))
		p.wait("the network of the pause", 20*time.Second, "!"+alert+" && "+button("Resume"))
		p.quiet()
		if got := at(); got != step {
			t.Errorf("back at step %d, expected %d", got, step)
		}
		if got := p.picture(kernels); got != before {
			t.Errorf("back at step %d the kernels are %v, they were %v", step, got, before)
		}
	}
}
