//go:build e2e

package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"convlens/nn"
	"convlens/nn/inspect"
	"convlens/nn/inspect/order"
)

// looked is look without the long tasks that its changes of size and theme cost.
func (p *tab) looked(name string) {
	p.Helper()
	before := eval[int](p, "longTasks.length")
	p.look(name)
	time.Sleep(time.Second) // for the window's last size
	eval[any](p, fmt.Sprintf("void (longTasks.length = %d)", before))
}

// click clicks the element with that id: two tabs have buttons of the layers' names.
func (p *tab) click(id string) {
	p.Helper()
	p.framed()
	eval[any](p, fmt.Sprintf("void document.getElementById(%q).click()", id))
}

// content is a JavaScript expression for what the element with that id says.
func content(id string) string { return fmt.Sprintf("document.getElementById(%q)?.textContent", id) }

// drawingDone is a JavaScript condition: the layer's images are finished.
func drawingDone(layer string) string {
	return fmt.Sprintf(`(b => b.getAttribute("aria-valuemax") > 0 && b.getAttribute("aria-valuenow") === b.getAttribute("aria-valuemax"))(document.getElementById("drawing")) &&
		document.getElementById("draw-%s").getAttribute("aria-pressed") === "true"`, layer)
}

// TestE2EFilterImages draws for every layer and compares what the images excite
// with an ascent in this process, with the network of the same run.
func TestE2EFilterImages(t *testing.T) {
	t.Parallel()
	m := nativeRun(t)
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&lens=filters")
	p.wait("the data", 120*time.Second, `Number(document.getElementById("progress").getAttribute("aria-valuemax")) > 0`)
	p.wait("the untrained network's images", 60*time.Second, drawingDone("conv2d_2"))
	eval[any](p, "void (longTasks.length = 0)")

	// During a run drawing goes on with the network it began with, and changes
	// nothing in the run.
	p.click("draw-conv2d_1")
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	if got := eval[string](p, fingerprint); got != m.Fingerprint() {
		t.Errorf("a run with filter images ends with %.12s, natively with %.12s", got, m.Fingerprint())
	}
	if got := eval[string](p, content("drawn-caption")); !strings.Contains(got, "untrained network") || !strings.Contains(got, "Draw again takes it") {
		t.Errorf("after the run the caption is %q", got)
	}

	seed := uint64(1)
	check := func(layer string, index, units int, plain bool) {
		p.wait("the images of "+layer, 300*time.Second, drawingDone(layer))
		all := make([]int, units)
		for i := range all {
			all[i] = i
		}
		o, steps := inspect.Regularised(index, all...), 100
		if plain {
			o, steps = inspect.Blog(index, all...), 20
		}
		o.Seed = seed
		a := inspect.NewAscent(nn.NewProbe(m, 32), o)
		a.Step(steps)
		got := eval[[]string](p, `document.getElementById("drawn-numbers").textContent.trim().split("\n").slice(1).map(l => l.split(/\s+/).at(-1).replace("\u2212", "-"))`)
		for i := range all {
			want := strconv.FormatFloat(float64(a.Objective(i)), 'f', 3, 64)
			if want == "-0.000" { // the page writes zero without a sign
				want = "0.000"
			}
			if i >= len(got) || got[i] != want {
				t.Errorf("%s: image %d of %d excites %s, expected %s", layer, i, len(got), slices.Concat(got, []string{"nothing"})[min(i, len(got))], want)
			}
		}
	}
	for _, l := range []struct {
		name         string
		index, units int
	}{{"dense_2", 10, 10}, {"conv2d_2", 2, 32}, {"dense_1", 7, 128}, {"conv2d_1", 0, 32}} {
		begin := time.Now()
		p.click("draw-" + l.name)
		check(l.name, l.index, l.units, false)
		t.Logf("%s: %v", l.name, time.Since(begin).Round(100*time.Millisecond))
		p.looked("filters-" + l.name)
	}
	before := p.picture("Filter images of conv2d_1")
	p.press("Draw again")
	seed = 2
	p.wait("other noise", 10*time.Second, content("drawn-caption")+`.includes("noise number 2")`)
	check("conv2d_1", 0, 32, false)
	if after := p.picture("Filter images of conv2d_1"); after.Hash == before.Hash || after.Colours < 10 {
		t.Errorf("drawn again the picture is %+v, before %+v", after, before)
	}
	p.click("draw-conv2d_2")
	p.press("Plain")
	p.wait("grey noise", 10*time.Second, content("drawn-caption")+`.includes("in 20 small steps")`)
	check("conv2d_2", 2, 32, true)
	p.looked("filters-plain")

	p.run(chromedp.Focus(".frame-drawn"), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.ArrowUp))
	p.wait("filter 23", 5*time.Second, content("drawn-readout")+`.startsWith("filter 23")`)

	p.press("Regularised")
	p.click("draw-dense_1")
	p.wait("some steps", 20*time.Second, `document.getElementById("drawing").getAttribute("aria-valuenow") > 100`)
	p.press("Stop drawing")
	p.wait("the stop", 5*time.Second, content("drawing-state")+`.endsWith("stopped")`)
	time.Sleep(600 * time.Millisecond) // for what was on its way
	state := eval[string](p, content("drawing-state"))
	time.Sleep(600 * time.Millisecond)
	if now := eval[string](p, content("drawing-state")); now != state {
		t.Errorf("after Stop drawing it went on from %q to %q", state, now)
	}
	t.Logf("tasks of more than 50 ms on the page's thread (start, ms): %v", eval[[][2]int](p, "longTasks"))
}

// TestE2EKernels looks at the filters in another order, pins one, and reads the
// dense layers' weights.
func TestE2EKernels(t *testing.T) {
	t.Parallel()
	m := nativeRun(t)
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.looked("kernels-first")
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	eval[any](p, "void (longTasks.length = 0)")
	shown := func(layer int) []float32 {
		w := m.Layers[layer].Params()[0]
		x := make([]float32, w.Len())
		w.Export(x, w.Value)
		return x
	}
	signed := func(v float32, decimals int) string {
		return strings.Replace(fmt.Sprintf("%+.*f", decimals, v), "-", "\u2212", 1)
	}
	const key = `(o => { const s = document.getElementById("kernel-order"); s.value = o; s.dispatchEvent(new Event("change")); })`
	eval[any](p, "void "+key+`("norm")`)
	p.run(chromedp.Focus(".kernel-grid.square .frame"), chromedp.KeyEvent(kb.Home))
	longest := order.ByNorm(shown(2), 32)[0]
	p.wait("the longest filter", 5*time.Second, fmt.Sprintf(`%s.includes("filter %d, channel 0")`, content("kernel-readout"), longest))
	last := order.ByNorm(shown(2), 32)[31]
	p.run(chromedp.KeyEvent(kb.End))
	p.press(fmt.Sprintf("Pin filter %d", last))
	p.run(chromedp.Focus(".kernel-grid.square .frame"), chromedp.KeyEvent(kb.Home))
	p.wait("the pinned filter", 5*time.Second, fmt.Sprintf(`%s.includes("filter %d, channel 0")`, content("kernel-readout"), last))
	p.run(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	p.wait("another pinned filter", 5*time.Second, fmt.Sprintf(`%s.includes("Pinned, before all others: %d, %d.")`,
		`document.querySelector(".kernel-grid.square .caption").textContent`, last, longest))
	eval[any](p, "void "+key+`("likeness")`)
	p.looked("kernels-likeness")

	p.click("kernels-dense_1")
	p.wait("unit 0", 10*time.Second, content("dense-caption")+`.startsWith("dense_1, unit 0:")`)
	p.press("Previous unit")
	p.wait("unit 127", 10*time.Second, content("dense-caption")+`.startsWith("dense_1, unit 127:")`)
	p.run(chromedp.Focus(".frame-dense"), chromedp.KeyEvent(kb.End),
		chromedp.Focus(".dense-weights .frame-kernel"), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowDown))
	want := fmt.Sprintf("unit 127, map 31row 1, column 1%s", signed(shown(7)[(31*144+12+1)*128+127], 4))
	p.wait(want, 5*time.Second, fmt.Sprintf("%s === %q", content("dense-readout"), want))
	if n := len(strings.Fields(eval[string](p, content("dense-numbers")))); n != 144 {
		t.Errorf("%d numbers, expected 144", n)
	}
	p.looked("kernels-dense_1")

	p.click("kernels-dense_2")
	p.wait("all classes", 10*time.Second, content("dense-caption")+`.startsWith("dense_2: the 128 weights")`)
	p.run(chromedp.Focus(".frame-dense"), chromedp.KeyEvent(kb.End),
		chromedp.Focus(".dense-weights .frame-kernel"), chromedp.KeyEvent(kb.End))
	want = fmt.Sprintf("class 9input 127%s", signed(shown(10)[127*10+9], 4))
	p.wait(want, 5*time.Second, fmt.Sprintf("%s === %q", content("dense-readout"), want))
	p.looked("kernels-dense_2")
	p.press("Convolutions")
	p.wait("the convolutions", 5*time.Second, canvas("Kernels of conv2d_2"))
	t.Logf("tasks of more than 50 ms on the page's thread (start, ms): %v", eval[[][2]int](p, "longTasks"))
}
