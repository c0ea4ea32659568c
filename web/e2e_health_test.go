//go:build e2e

package web

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"convlens/nn"
	"convlens/nn/wire"
)

// TestE2EHealth trains, then looks at how the network is and was: reads pictures by
// keys, and compares their numbers and the dead units with those of a native run.
func TestE2EHealth(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	begin := p.now()
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.press("Health")
	p.wait("the outputs", 30*time.Second, `document.getElementById("health-table").textContent.includes("on 128 test images, as of step 30")`)
	p.logLongTasks("health", begin)

	data := digits(t)
	m, err := nn.NewSequential(trainSet{data.Train}.Shape(), 128, 3, nn.Tutorial(10)...)
	if err != nil {
		t.Fatal(err)
	}
	tr := nn.NewTrainer(m, nn.NewAdadelta(), trainSet{data.Train}, nn.Options{Seed: 3, Batch: 128, Limit: 3840}, nn.Solo{})
	after := map[int][][2][]float32{} // by the step: of each layer, weights and gradients
	if err := tr.RunEpoch(t.Context(), func(nn.Step) {
		step := tr.Position().Step
		for i := 0; i < len(m.Params()) && step >= 26; i += 2 {
			kernel := m.Params()[i]
			after[step] = append(after[step], [2][]float32{slices.Clone(kernel.Value), slices.Clone(kernel.Grad)})
		}
	}); err != nil {
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

	// The run's past is there too, though nobody looked at it then.
	if got, want := p.text("health-span"), "16 moments of the run, from step 0 on the left to step 30 on the right. Of the past, outputs were counted on 2 test images."; got != want {
		t.Errorf("the pictures are said to show %q, expected %q", got, want)
	}
	p.run(cdpage.BringToFront())
	for _, at := range []struct{ layer, kind int }{{0, 0}, {2, 0}, {2, 1}, {3, 1}} {
		p.run(chromedp.Focus(fmt.Sprintf(`.frame:has(> #health-%d-%d)`, at.layer, at.kind), chromedp.ByQuery))
		for _, step := range []int{30, 28, 26} {
			p.wait("the spot", 20*time.Second, fmt.Sprintf(`document.getElementById("health-readout").textContent.includes("after step %d:")`, step))
			checkSpot(t, p.text("health-readout"), after[step][at.layer][at.kind])
			p.run(chromedp.KeyEvent(kb.ArrowLeft))
		}
	}
	first := p.text("health-readout")
	p.run(chromedp.KeyEvent(kb.ArrowUp))
	p.wait("another size", 20*time.Second, fmt.Sprintf(`document.getElementById("health-readout").textContent !== %q`, first))
	eval[any](p, `void document.getElementById("inside").scrollIntoView()`)
	p.look("health")
}

var healthSpot = regexp.MustCompile(`: ([\d.]+)% of ([\d,]+) numbers are between (\S+) and \S+; ([\d.]+)% are zero\.$`)

// checkSpot wants the text on a place of a picture to be true of the numbers x.
func checkSpot(t *testing.T, text string, x []float32) {
	t.Helper()
	m := healthSpot.FindStringSubmatch(text)
	if m == nil {
		t.Errorf("the place is %q", text)
		return
	}
	var found [5]float64
	for i := 1; i < len(m); i++ {
		found[i], _ = strconv.ParseFloat(strings.ReplaceAll(m[i], ",", ""), 64)
	}
	octave := math.Round(math.Log2(found[3]))
	inside, zeros := 0, 0
	for _, v := range x {
		switch a := math.Abs(float64(v)); {
		case a == 0:
			zeros++
		case a >= math.Exp2(octave) && a < math.Exp2(octave+1):
			inside++
		}
	}
	near := func(percent float64, n int) bool {
		return math.Abs(percent-100*float64(n)/float64(len(x))) <= 0.5001
	}
	if int(found[2]) != len(x) || inside == 0 || !near(found[1], inside) || !near(found[4], zeros) {
		t.Errorf("%q: natively %d of %d numbers are there, %d are zero", text, inside, len(x), zeros)
	}
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
