//go:build e2e

package web

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"convlens/nn"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// jsRead is a JavaScript function: the number in an element, or in all those of a
// selector.
const jsRead = `const read = (s) => Number(s.replace(/\u2212/g, "-"));
	const of = (id) => read(document.getElementById(id).textContent);
	const all = (q) => [...document.querySelectorAll(q)].map(e => read(e.textContent));
	const sum = (list) => list.reduce((a, b) => a + b, 0);
`

// numberOf evaluates an expression that uses jsRead.
func (p *tab) numberOf(js string) float64 {
	p.Helper()
	return eval[float64](p, "(() => { "+jsRead+" return "+js+"; })()")
}

// choose enters a value in a field of the arithmetic, and waits for its answer.
func (p *tab) choose(id, value, readout string) {
	p.Helper()
	eval[any](p, fmt.Sprintf(`void (e => { e.value = %q; e.dispatchEvent(new Event("change", { bubbles: true })) })(document.getElementById(%q))`, value, id))
	p.wait(readout, 10*time.Second, fmt.Sprintf(`document.getElementById("arithmetic-readout").textContent.startsWith(%q)`, readout))
}

// TestE2EArithmetic follows a value from a probability to the pixels by pointer
// and keys, adds the page's numbers up, and compares them with what "Feature maps"
// shows of the same value.
func TestE2EArithmetic(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&layer=conv2d_2")
	p.ready()
	p.press("Arithmetic")
	p.wait("the arithmetic", 10*time.Second, `document.getElementById("trace-sum")`)
	if !eval[bool](p, `Boolean(document.getElementById("step-none"))`) {
		t.Error("before the first step the page shows one")
	}
	eval[any](p, "void (longTasks.length = 0)")
	p.press("Train")
	p.wait("steps followed live", 60*time.Second, `(e => e && Number(e.textContent.replace(/\D/g, "")) > 3)(document.getElementById("step-number"))`)
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.wait("the last step", 10*time.Second, `document.getElementById("step-number").textContent === "Training step 30"`)
	t.Logf("tasks of more than 50 ms on the page's thread (start, ms): %v", eval[[][2]int](p, "longTasks"))
	if got, want := eval[string](p, fingerprint), nativeFingerprint(t); got != want {
		t.Errorf("explained, the run ends with %s, expected %s", got, want)
	}

	// The convolution, with all its channels, at a place by numbers.
	p.choose("arithmetic-map", "5", "conv2d_2, map 5, ")
	p.choose("arithmetic-row", "11", "conv2d_2, map 5, row 11, ")
	p.choose("arithmetic-column", "9", "conv2d_2, map 5, row 11, column 9 ")
	near := func(what string, got, want, tolerance float64) {
		t.Helper()
		if !(math.Abs(got-want) <= tolerance) {
			t.Errorf("%s is %v, expected %v", what, got, want)
		}
	}
	const half = 0.5e-4 // what rounding to four decimals can take
	near("the channel's sum", p.numberOf(`sum(all("#trace-product-numbers td"))`), p.numberOf(`of("trace-channel-sum")`), 10*half)
	near("the channels' sum", p.numberOf(`sum(all("#trace-channels .right"))`), p.numberOf(`of("trace-products-sum")`), 33*half)
	near("sum and bias", p.numberOf(`of("trace-products-sum") + of("trace-bias")`), p.numberOf(`of("trace-drawn")`), 3*half)
	delta := p.numberOf(`-read(document.getElementById("step-delta").textContent.split("= ").at(-1))`) // to four digits
	near("the last step", p.numberOf(`read(document.getElementById("step-difference").textContent.split("= ")[1])`), delta, 5e-4*math.Abs(delta)+1e-7)
	p.look("arithmetic-conv")

	// The keys and the pointer move over the map.
	p.run(chromedp.Focus(".trace-map [tabindex]"), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowDown))
	p.wait("the keys", 5*time.Second, `document.getElementById("arithmetic-readout").textContent.startsWith("conv2d_2, map 5, row 12, column 10 ")`)
	p.run(chromedp.ActionFunc(func(ctx context.Context) error {
		var at []float64
		if err := chromedp.Evaluate(`(c => { c.scrollIntoView({block: "center"}); const b = c.getBoundingClientRect(); return [b.x + (1 + 4 * 3 + 1.5) * b.width / 97, b.y + (1 + 4 * 20 + 1.5) * b.height / 97] })(document.getElementById("trace-output"))`, &at).Do(ctx); err != nil {
			return err
		}
		return chromedp.MouseClickXY(at[0], at[1]).Do(ctx)
	}))
	p.wait("the pointer", 5*time.Second, `document.getElementById("arithmetic-readout").textContent.startsWith("conv2d_2, map 5, row 20, column 3 ")`)

	// The largest value of a map, as "Feature maps" reads it.
	p.press("Feature maps")
	p.wait("the maps", 5*time.Second, canvas("Feature maps of conv2d_2"))
	p.run(chromedp.Focus(".frame-maps"), chromedp.KeyEvent(kb.Home), chromedp.KeyEvent(kb.ArrowRight))
	p.wait("map 1", 5*time.Second, `document.getElementById("map-readout").textContent.startsWith("Map 1: ")`)
	high := p.numberOf(`read(document.getElementById("map-readout").textContent.match(/to (.*), mean/)[1])`)
	place := eval[[]int](p, fmt.Sprintf(`(c => {
		// Of the map's pixels the one furthest towards orange is the largest: the least blue.
		const cols = Math.ceil(Math.sqrt(64)), x0 = 1 + 25 * (1 %% cols), y0 = 1;
		const d = c.getContext("2d").getImageData(x0, y0, 24, 24).data;
		let best = 256, at = 0;
		for (let i = 0; i < 576; i++) if (d[4 * i] >= d[4 * i + 2] && d[4 * i + 2] < best) { best = d[4 * i + 2]; at = i; }
		return [Math.floor(at / 24), at %% 24];
	})(%s)`, canvas("Feature maps of conv2d_2")))
	p.press("Arithmetic")
	p.wait("the arithmetic", 5*time.Second, `document.getElementById("arithmetic-row")`)
	p.choose("arithmetic-map", "1", "conv2d_2, map 1, ")
	p.choose("arithmetic-row", fmt.Sprint(place[0]), fmt.Sprintf("conv2d_2, map 1, row %d, ", place[0]))
	p.choose("arithmetic-column", fmt.Sprint(place[1]), fmt.Sprintf("conv2d_2, map 1, row %d, column %d ", place[0], place[1]))
	near("the map's largest value", p.numberOf(`sum(all("#trace-channels .right")) + of("trace-bias")`), high, 34*half+0.5e-3)

	// From a probability back to the pixels, and forth again.
	p.choose("arithmetic-layer", "softmax_1", "softmax_1, unit 0 ")
	p.choose("arithmetic-map", "3", "softmax_1, unit 3 ")
	near("the probability", p.numberOf(`read(document.getElementById("trace-share").textContent.split("= ")[1])`),
		p.numberOf(`all("#trace-terms tbody tr:nth-child(4) td")[2]`), half)
	near("the exponentials", p.numberOf(`sum(all("#trace-terms tbody td:nth-child(3)"))`), p.numberOf(`of("trace-sum")`), 11*half)
	p.look("arithmetic-softmax")
	step := func(selector, readout string) {
		t.Helper()
		eval[any](p, fmt.Sprintf(`void document.querySelector(%q).focus()`, selector))
		p.run(chromedp.KeyEvent(kb.Enter))
		p.wait(readout, 5*time.Second, fmt.Sprintf(`document.getElementById("arithmetic-readout").textContent.startsWith(%q)`, readout))
	}
	step("#trace-terms tbody tr:nth-child(4) .cell", "dense_2, unit 3 ")
	near("dense_2's sum", p.numberOf(`of("trace-listed-sum") + of("trace-others") + of("trace-bias")`), p.numberOf(`of("trace-drawn")`), 4*half)
	step("#trace-terms .cell", "dropout_2, unit ")
	step("#trace-line .cell", "relu_3, unit ")
	step("#trace-line .cell", "dense_1, unit ")
	near("dense_1's sum", p.numberOf(`sum(all("#trace-terms tbody td:nth-child(4)")) + of("trace-others") + of("trace-bias")`), p.numberOf(`of("trace-drawn")`), 13*half)
	p.look("arithmetic-dense")
	step("#trace-terms .cell", "flatten_1, unit ")
	step("#trace-line .cell", "dropout_1, map ")
	step("#trace-line .cell", "max_pooling2d_1, map ")
	p.look("arithmetic-pool")
	step("#trace-pool .winner .cell", "relu_2, map ")
	step("#trace-line .cell", "conv2d_2, map ")
	step("#trace-patch-numbers .cell", "relu_1, map ")
	step("#trace-line .cell", "conv2d_1, map ")
	if eval[bool](p, `Boolean(document.querySelector("#trace-patch-numbers .cell"))`) {
		t.Error("a pixel of the image leads somewhere")
	}
	near("conv2d_1's sum", p.numberOf(`sum(all("#trace-product-numbers td")) + of("trace-bias")`), p.numberOf(`of("trace-drawn")`), 11*half)
	p.look("arithmetic-conv1")
	steps := 0
	for eval[bool](p, `!document.getElementById("arithmetic-back").disabled`) {
		before := eval[string](p, `document.getElementById("arithmetic-readout").textContent`)
		p.press("Back")
		p.wait("a step back", 5*time.Second, fmt.Sprintf(`document.getElementById("arithmetic-readout").textContent !== %q`, before))
		steps++
	}
	if got := eval[string](p, `document.getElementById("arithmetic-readout").textContent`); steps != 11 || !strings.HasPrefix(got, "softmax_1, unit 3 ") {
		t.Errorf("%d steps back lead to %s", steps, got)
	}

	// A weight of the kernel by key, in a run that has ended: its last step is known.
	p.choose("arithmetic-layer", "conv2d_1", "conv2d_1, map 0, ")
	p.press("Train")
	p.wait("the second epoch", 120*time.Second, `document.getElementById("step-number")?.textContent === "Training step 60"`)
	eval[any](p, `void document.querySelector("#trace-kernel-numbers tr:nth-child(3) td:nth-child(2) .cell").focus()`)
	p.run(chromedp.KeyEvent(kb.Enter))
	p.wait("the weight", 5*time.Second, `document.getElementById("step-weight").textContent === "conv2d_1 kernel[0, 0, 2, 1]" && document.getElementById("step-formulas")`)
}

// TestE2EMuonStep adds up the last step of a kernel's weight by Muon, and compares
// the page's numbers with those of the same run in this process.
func TestE2EMuonStep(t *testing.T) {
	muon := &nn.Muon{LearningRate: 0.002, Momentum: 0.9, Beta1: 0.9, Beta2: 0.99, Epsilon: 1e-7}
	tr := nn.NewTrainer(nativeTrainer(t).Model(), muon, trainSet{digits(t).Train}, nn.Options{Seed: 3, Batch: 128, Limit: 3840}, nn.Solo{})
	if err := tr.RunEpoch(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+
		"&optimizer=muon&lr=0.002&momentum=0.9&beta1=0.9&beta2=0.99&epsilon=1e-7&lens=arithmetic&layer=conv2d_2&autoplay=1")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.wait("the last step", 10*time.Second, `document.getElementById("step-number")?.textContent === "Training step 30"`)
	if got, want := eval[string](p, fingerprint), tr.Model().Fingerprint(); got != want {
		t.Errorf("the run ends with %s, expected %s", got, want)
	}

	var filter, channel, row, col int
	name := eval[string](p, `document.getElementById("step-weight").textContent`)
	if _, err := fmt.Sscanf(name, "conv2d_2 kernel[%d, %d, %d, %d]", &filter, &channel, &row, &col); err != nil {
		t.Fatalf("%q: %v", name, err)
	}
	kernel := tr.Model().Params()[2]
	at := ((filter*32+channel)*3+row)*3 + col
	native := func(values []float32) float64 {
		shown := make([]float32, kernel.Len())
		kernel.Export(shown, values)
		return float64(shown[at])
	}
	// The numbers of a formula, without those in its symbols.
	numbers := func(id string, n int) []float64 {
		t.Helper()
		text := eval[string](p, fmt.Sprintf(`document.getElementById(%q).lastChild.textContent`, id))
		var list []float64
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" =()×+orth", r) }) {
			if v, err := strconv.ParseFloat(strings.ReplaceAll(word, "\u2212", "-"), 64); err == nil {
				list = append(list, v)
			}
		}
		if len(list) != n {
			t.Fatalf("%s: %d numbers in %q, expected %d", id, len(list), text, n)
		}
		return list
	}
	near := func(what string, got, want, terms float64) { // numbers have five digits
		t.Helper()
		if !(math.Abs(got-want) <= 1e-4*math.Abs(terms)) {
			t.Errorf("%s: %s is %v, expected %v", name, what, got, want)
		}
	}
	v, o, w := numbers("step-momentum", 4), numbers("step-orthogonal", 4), numbers("step-change", 4)
	near("the gradient", v[2], native(kernel.Grad), v[2])
	near("the momentum", v[3], v[0]*v[1]+v[2], math.Abs(v[1])+math.Abs(v[2]))
	near("the gradient of the change", o[0], v[2], v[2])
	near("the momentum of the change", o[2], v[3], v[3])
	near("the orthogonal change", w[2], o[3], o[3])
	near("the rate", w[1], muon.LearningRate*muon.Scale(kernel), w[1])
	near("the new weight", w[3], w[0]-w[1]*w[2], math.Abs(w[0])+math.Abs(w[1]*w[2]))
	near("the new weight", w[3], native(kernel.Value), w[3])
}
