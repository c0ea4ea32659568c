//go:build e2e

package web

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// whyReadout is what the pictures have at the chosen pixel.
const whyReadout = `document.getElementById("why-readout").textContent`

// whyDone is how many places of the occlusion map are done.
const whyDone = `Number(document.querySelector("#why-covering [role=progressbar]")?.getAttribute("aria-valuenow"))`

// TestE2EWhy asks a trained network why it reads a digit as it does: while it
// trains and afterwards, by pointer and by keys.
func TestE2EWhy(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits&seed=1&limit=6000&split=test&image=3")
	p.ready()
	p.press("Train")
	p.press("Why")
	p.wait("some of an occlusion map during a run", 60*time.Second, whyDone+` > 0`)
	p.wait("a later step than the map's", 60*time.Second, `document.getElementById("why-again").disabled === false`)
	p.wait("the end of the run", 240*time.Second, fingerprint)
	p.wait("the whole map of the network at rest", 60*time.Second, `document.getElementById("why-again").disabled && `+whyDone+` === 576`)
	whyStrokes(p)
	whyKeys(p)
	whySilence(p)
	t.Logf("tasks of more than 50 ms on the page's thread (start, ms): %v", eval[[][2]int](p, "longTasks"))
	p.look("why")
}

// whyStrokes wants what is lost by covering a digit to be on and near its strokes:
// at the strongest place, and on the average.
func whyStrokes(p *tab) {
	p.Helper()
	type pixels struct{ Ink, Drop []float64 }
	// Red in the light theme falls with ink, from 255 to 27; orange is 224, blue 33.
	got := eval[pixels](p, `(() => {
		const read = (id) => {
			const c = document.getElementById(id);
			const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
			return Array.from({ length: d.length / 4 }, (_, i) => [d[4 * i], d[4 * i + 1], d[4 * i + 2]]);
		};
		return {
			Ink: read("why-image").map(([r]) => (255 - r) / 228),
			Drop: read("why-covered").map(([r, g, b]) => r > b ? (255 - b) / 235 : (b - r) / -139),
		};
	})()`)
	if len(got.Ink) != 784 || len(got.Drop) != 784 {
		p.Fatalf("pictures of %d and %d pixels", len(got.Ink), len(got.Drop))
	}
	var on, off, nOn, nOff float64
	most := 0
	for i, ink := range got.Ink {
		if got.Drop[i] > got.Drop[most] {
			most = i
		}
		if ink > 0.5 {
			on, nOn = on+got.Drop[i], nOn+1
		} else {
			off, nOff = off+got.Drop[i], nOff+1
		}
	}
	if nOn == 0 || on/nOn < 2*off/nOff || on <= 0 {
		p.Errorf("covering a pixel with ink costs %.3f of the scale, one without %.3f", on/nOn, off/nOff)
	}
	near := false
	for i, ink := range got.Ink {
		dy, dx := i/28-most/28, i%28-most%28
		near = near || ink > 0.5 && dy*dy+dx*dx <= 8
	}
	if !near {
		p.Errorf("covering costs most at row %d, column %d, which is no stroke", most/28, most%28)
	}
}

// whyKeys goes over the pictures with the arrow keys, and asks about another class.
func whyKeys(p *tab) {
	p.Helper()
	p.run(chromedp.Focus(".frame-why"), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowLeft))
	p.wait("the pixel", 5*time.Second, whyReadout+`.startsWith("row 26, column 26 · Image 0.0000 · Input gradient")`)
	before := p.picture("Input gradient")
	caption := `document.getElementById("why-image-caption").textContent`
	was := eval[string](p, caption)
	other := "8"
	if strings.Contains(was, "of 8:") {
		other = "9"
	}
	p.press(other)
	p.wait("another class", 20*time.Second, caption+`.includes("of `+other+`:")`)
	p.run(chromedp.Sleep(300 * time.Millisecond)) // until it is painted
	if after := p.picture("Input gradient"); after.Hash == before.Hash {
		p.Errorf("the gradient of %s is that of the answer", other)
	}
	p.press("its answer")
	p.wait("the answer", 20*time.Second, caption+` === `+strconv.Quote(was))
	p.run(chromedp.Sleep(300 * time.Millisecond))
	if got := p.picture("Input gradient"); got != before {
		p.Errorf("back at the answer, the gradient is %+v, expected %+v", got, before)
	}
}

// whySilence silences filters by keys and by pointer, and compares the table with
// itself and with the run's evaluation.
func whySilence(p *tab) {
	p.Helper()
	p.run(chromedp.Focus("#silence-0"), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(" "))
	const pressed = `[...document.querySelectorAll(".silence-toggle[aria-pressed=true]")].map(b => b.id).join()`
	p.wait("a silent filter", 5*time.Second, pressed+` === "silence-9"`)
	const state = `document.getElementById("run-primary").textContent`
	if got := eval[string](p, state); got != "Train" {
		p.Errorf("Space on a filter has begun a run: the button says %s", got)
	}
	for i := 0; i < 32; i += 2 {
		p.run(chromedp.Click("#silence-"+strconv.Itoa(i), chromedp.ByQuery))
	}
	p.wait("17 silent filters", 5*time.Second, pressed+`.split(",").length === 17`)
	p.wait("the test set", 180*time.Second, `(b => b.getAttribute("aria-valuenow") === b.getAttribute("aria-valuemax") && Number(b.getAttribute("aria-valuemax")) > 1)(
		document.querySelector("#silence-progress [role=progressbar]"))`)
	total := eval[[]string](p, `[...document.querySelectorAll("#silence-table tfoot td.number")].map(c => c.textContent)`)
	if len(total) != 2 || total[0] == total[1] {
		p.Errorf("read right with all filters and without 17: %q", total)
	}
	if line := eval[string](p, `document.querySelector(".keras").textContent`); len(total) > 0 && !strings.Contains(line, "val_acc: "+total[0]) {
		p.Errorf("the whole network reads %s right, the run's evaluation says %s", total[0], line)
	}
	rows := eval[[][]string](p, `[...document.querySelectorAll("#silence-table tbody tr")].map(r => [...r.querySelectorAll("td")].map(c => c.textContent))`)
	if len(rows) != 10 {
		p.Fatalf("%d classes", len(rows))
	}
	for _, column := range []int{0, 1} {
		sum, same := 0.0, true
		for _, r := range rows {
			v, err := strconv.ParseFloat(r[column], 64)
			if err != nil {
				p.Fatal(err)
			}
			sum += v
			same = same && r[0] == r[1]
		}
		if sum < 0.999 || sum > 1.001 || same {
			p.Errorf("the probabilities of column %d add up to %v; with and without the filters they are the same: %v", column, sum, same)
		}
	}
}
