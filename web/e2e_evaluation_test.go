//go:build e2e

package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"convlens/nn/wire"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	evaluationSaid = `(document.getElementById("evaluation-said")?.textContent ?? "")`
	matrixCells    = `[...document.querySelector(".confusion tbody").rows].map(r => [...r.cells].slice(1).map(c => Number(c.textContent)))`
)

// figure reads a number of a row of the evaluation's first table.
func (p *tab) figure(row string, column int) float64 {
	p.Helper()
	text := eval[string](p, fmt.Sprintf(`document.getElementById(%q).querySelectorAll("td")[%d].textContent`, row, column))
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		p.Fatalf("%s: %v", row, err)
	}
	return v
}

// told is what a gallery's readout says about an image.
type told struct {
	Index, Label, Answer int
	Loss                 float64
}

func (p *tab) told(gallery string) told {
	p.Helper()
	text := eval[string](p, fmt.Sprintf(`document.getElementById(%q).textContent`, gallery+"-readout"))
	var t told
	var share string
	text = strings.ReplaceAll(text, ",", "") // between thousands and between words
	if _, err := fmt.Sscanf(text, "Test image %d: label %d the network's answer %d with %s loss %f.", &t.Index, &t.Label, &t.Answer, &share, &t.Loss); err != nil {
		p.Fatalf("the page says %q: %v", text, err)
	}
	return t
}

// TestE2EEvaluation evaluates a trained network on all of the test set, and goes
// from the matrix to its images and to the other views.
func TestE2EEvaluation(t *testing.T) {
	t.Parallel()
	data := "digits"
	if hasMNIST(t) {
		data = "mnist"
	}
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?limit=12800&data="+data)
	p.run(emulation.SetFocusEmulationEnabled(true))
	p.ready()
	p.press("Train")
	p.wait("the end of the run", 240*time.Second, fingerprint)
	want := eval[string](p, fingerprint)
	run := decodeProgress(t, eval[[]int](p, `lastProgress`))
	time.Sleep(500 * time.Millisecond)
	eval[any](p, `void longTasks.splice(0)`)
	begin := time.Now()
	p.press("Evaluation") // the tab, which evaluates by itself now that the run has ended
	p.wait("the evaluation", 60*time.Second, evaluationSaid+`.includes("after step 100")`)
	t.Logf("%d images after %v, long tasks %v", run.ValN, time.Since(begin), eval[[][]int](p, `longTasks.splice(0)`))
	p.look("evaluation")
	begin = time.Now()
	p.press("Evaluate")
	const underWay = `document.querySelector("#evaluation [role=progressbar]")`
	p.wait("another evaluation", 10*time.Second, underWay)
	p.wait("its end", 60*time.Second, `!`+underWay)
	t.Logf("again after %v", time.Since(begin))

	// The numbers are the run's.
	counts := eval[[][]int](p, matrixCells)
	sum, right := 0, 0
	for i, row := range counts {
		for j, n := range row {
			sum += n
			if i == j {
				right += n
			}
		}
	}
	if len(counts) != 10 || sum != run.ValN {
		t.Fatalf("%d rows with %d images, expected 10 with %d", len(counts), sum, run.ValN)
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if d := got - want; d > 0.00005001 || d < -0.00005001 {
			t.Errorf("%s is %v, expected %v", what, got, want)
		}
	}
	near("the accuracy", p.figure("evaluation-network", 0), run.ValAcc)
	near("the loss", p.figure("evaluation-network", 1), run.ValLoss)
	near("the matrix' accuracy", float64(right)/float64(sum), run.ValAcc)
	near("guessing", p.figure("evaluation-guess", 0), 0.1)
	most := 0
	for _, row := range counts {
		n := 0
		for _, k := range row {
			n += k
		}
		most = max(most, n)
	}
	near("the most frequent class", p.figure("evaluation-always", 0), float64(most)/float64(sum))
	if name := eval[string](p, `document.getElementById(document.querySelector(".confusion").getAttribute("aria-labelledby")).textContent`); name != "Confusion matrix" {
		t.Errorf("the table's name is %q", name)
	}
	t.Log(eval[string](p, `document.getElementById("evaluation-ece").textContent`))

	// The largest wrong cell, by pointer: its images, worst first.
	label, answer := 0, 1
	for i, row := range counts {
		for j, n := range row {
			if i != j && n > counts[label][answer] {
				label, answer = i, j
			}
		}
	}
	eval[any](p, fmt.Sprintf(`void document.querySelector(".confusion tbody").rows[%d].cells[%d].firstElementChild.click()`, label, answer+1))
	p.wait("the cell's images", 20*time.Second, fmt.Sprintf(`document.querySelector("#cell-images h3")?.textContent.startsWith("Label %d, answer %d: %d image")`, label, answer, counts[label][answer]))
	p.wait("their picture", 20*time.Second, `document.getElementById("cell-gallery")?.width > 100`)
	p.run(chromedp.Focus("#cell-gallery-frame"), chromedp.KeyEvent(kb.Home))
	p.wait("the worst", 5*time.Second, `document.getElementById("cell-readout").textContent.startsWith("Test image")`)
	var losses []float64
	n := min(counts[label][answer], 10)
	for k := range n {
		if k > 0 {
			before := eval[string](p, `document.getElementById("cell-readout").textContent`)
			p.run(chromedp.KeyEvent(kb.ArrowRight))
			p.wait("the next", 5*time.Second, fmt.Sprintf(`document.getElementById("cell-readout").textContent !== %q`, before))
		}
		it := p.told("cell")
		if it.Label != label || it.Answer != answer {
			t.Errorf("image %d of the cell has label %d, answer %d", k, it.Label, it.Answer)
		}
		losses = append(losses, it.Loss)
	}
	if !slices.IsSortedFunc(losses, func(a, b float64) int { return int(1e6 * (b - a)) }) {
		t.Errorf("losses %v, expected the highest first", losses)
	}

	// One of them becomes the page's, by keyboard.
	t.Logf("long tasks with the cell %v", eval[[][]int](p, `longTasks.splice(0)`))
	it := p.told("cell")
	p.run(chromedp.KeyEvent(kb.Enter))
	p.wait("the image", 10*time.Second, fmt.Sprintf(`location.search.includes("split=test") && location.search.includes("image=%d") && document.getElementById("sample-index").value === "%d"`, it.Index, it.Index))
	p.wait("the word on it", 10*time.Second, `document.getElementById("cell-readout").textContent.includes("All views look at it")`)

	// The matrix by keyboard: one stop, arrows in it.
	p.run(chromedp.Focus(".confusion [tabindex='0']"))
	p.typed(kb.Home, kb.ArrowDown, kb.ArrowRight, kb.ArrowRight)
	p.wait("the cell's numbers", 5*time.Second, fmt.Sprintf(`document.getElementById("confusion-readout").textContent.startsWith("Label 1, answer 2: %d image")`, counts[1][2]))
	if stops := eval[int](p, `document.querySelectorAll(".confusion [tabindex='0']").length`); stops != 1 {
		t.Errorf("the matrix has %d tab stops", stops)
	}
	p.typed(kb.ArrowLeft, kb.Enter)
	p.wait("its images", 10*time.Second, fmt.Sprintf(`document.querySelector("#cell-images h3")?.textContent.replace(",", "").startsWith("Label 1 answer 1: ") || document.querySelector("#cell-images h3")?.textContent.startsWith("Label 1, answer 1: ")`))
	if !eval[bool](p, `document.querySelector(".confusion [aria-current]")?.closest("tr").sectionRowIndex === 1`) {
		t.Error("the open cell isn't marked")
	}
	p.wait("the first page", 5*time.Second, `document.querySelector("#cell-images figcaption").textContent.startsWith("Images 1 to 60 of")`)
	eval[any](p, `void document.getElementById("cell-next").click()`)
	p.wait("the second page", 5*time.Second, `document.querySelector("#cell-images figcaption").textContent.startsWith("Images 61 to 120 of")`)

	// The worst of all.
	p.run(chromedp.Focus("#top-gallery-frame"))
	p.typed(kb.Home)
	p.wait("the worst of all", 5*time.Second, `document.getElementById("top-readout").textContent.startsWith("Test image")`)
	if worst := p.told("top"); worst.Loss < losses[0] || worst.Label == worst.Answer {
		t.Errorf("the worst of all is %+v, in a cell there is one with %v", worst, losses[0])
	}
	p.wait("their picture", 20*time.Second, canvas("Top losses")+"?.width > 100")
	p.look("evaluation-cell")

	// On to what speaks for the answer.
	eval[any](p, `void document.getElementById("top-why").click()`)
	p.wait("the other tab", 20*time.Second, `document.querySelector("#lens-why[aria-selected=true]") && document.activeElement.id === "lens-why" && document.getElementById("why-readout")`)
	p.press("Evaluation")
	p.wait("the same figures again", 5*time.Second, `document.querySelector(".confusion")`)
	if got := eval[[][]int](p, matrixCells); fmt.Sprint(got) != fmt.Sprint(counts) {
		t.Error("another matrix after another tab")
	}
	if got := eval[string](p, fingerprint); got != want {
		t.Errorf("after evaluations the fingerprint is %s, expected %s", got, want)
	}
}

// TestE2EEvaluationWhileTraining asks in the middle of a run, which goes on.
func TestE2EEvaluationWhileTraining(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+longRun+"&lens=evaluation")
	p.wait("the data", 120*time.Second, progressMax)
	p.wait("the untrained network's", 60*time.Second, evaluationSaid+`.includes("untrained")`)
	p.press("Train")
	p.wait("some steps", 30*time.Second, progressNow+" > 500")
	imagesPerS := func(f func()) float64 {
		const batch = 128
		step := func() int { return decodeProgress(t, eval[[]int](p, `lastProgress`)).Step }
		first, begin := step(), time.Now()
		f()
		return batch * float64(step()-first) / time.Since(begin).Seconds()
	}
	alone := imagesPerS(func() { time.Sleep(3 * time.Second) })
	begin := time.Now()
	beside := imagesPerS(func() {
		p.press("Evaluate")
		p.wait("the evaluation", 120*time.Second, evaluationSaid+`.includes("network after step")`)
	})
	t.Logf("the evaluation after %v, in which the run made %.0f images a second; before it %.0f", time.Since(begin), beside, alone)
	p.wait("the word that it has moved on", 30*time.Second, `document.getElementById("evaluation-moved").textContent.includes("moved on")`)
	p.look("evaluation-training")
	p.press("Pause")
	p.wait("that of the paused network", 60*time.Second, `!`+`document.getElementById("evaluation-moved").textContent.includes("moved on")`)
}

// TestE2EEvaluationClasses shows the page evaluations of other data: many classes
// with names, some that no image has, some that were never answered.
func TestE2EEvaluationClasses(t *testing.T) {
	t.Parallel()
	browser, url := startBrowser(t), serveSite(t, Server(distSite(t)))
	for _, classes := range []int{2, 26, 62, 256} {
		t.Run(fmt.Sprint(classes), func(t *testing.T) {
			p := openTab(t, browser, url+shortRun+"&embed=evaluation")
			p.wait("the data", 120*time.Second, progressMax)
			p.wait("the first evaluation", 60*time.Second, evaluationSaid+`.includes("untrained")`)
			const n = 2000 // as the generated digits have
			e := &wire.Evaluation{Classes: classes}
			for i := range n {
				label := (i * i) % classes
				answer := label
				if i%7 == 0 {
					answer = (label + i%5) % classes
				}
				if answer == classes-1 {
					answer = 0 // never answered
				}
				e.Labels, e.Answers = append(e.Labels, byte(label)), append(e.Answers, byte(answer))
				e.Confidences, e.Losses = append(e.Confidences, float32(i%100)/100), append(e.Losses, float32(i%37)/10)
			}
			loaded := &wire.Loaded{Name: "digits", Title: "Other", TrainN: 60, TestN: n, SampleShape: []int{1, 28, 28},
				TrainPerClass: make([]int, classes), TestPerClass: make([]int, classes)}
			for i := range classes {
				loaded.Classes = append(loaded.Classes, fmt.Sprintf("<Class & %d>", i))
			}
			eval[any](p, `void longTasks.splice(0)`)
			for _, m := range []wire.Message{loaded, e} {
				bytes := wire.Encode(m)
				list := make([]int, len(bytes))
				for i, b := range bytes {
					list[i] = int(b)
				}
				text, err := json.Marshal(list)
				if err != nil {
					t.Fatal(err)
				}
				eval[any](p, fmt.Sprintf(`void testWorkers[0].dispatchEvent(new MessageEvent("message", { data: new Uint8Array(%s) }))`, text))
			}
			rows := classes
			if classes > 64 {
				rows = 32
			}
			p.wait("the matrix", 30*time.Second, fmt.Sprintf(`document.querySelectorAll(".confusion tbody td").length === %d`, rows*rows))
			p.run(chromedp.Sleep(time.Second))
			t.Logf("long tasks %v", eval[[][]int](p, `longTasks.splice(0)`))
			if classes > rows {
				p.partsOfMatrix(classes)
			}
			if got := eval[string](p, `document.getElementById("evaluation-undefined").textContent`); !strings.Contains(got, fmt.Sprintf("<Class & %d>. There is no precision", classes-1)) {
				t.Errorf("of what is undefined the page says %q", got)
			}
			p.run(chromedp.ScrollIntoView("#confusion-heading"))
			p.look(fmt.Sprintf("evaluation-%d", classes))
		})
	}
}

// partsOfMatrix goes from part to part of a matrix that the table hasn't room for, by
// keys, by the picture, and by a mistake in the list.
func (p *tab) partsOfMatrix(classes int) {
	p.Helper()
	p.run(emulation.SetFocusEmulationEnabled(true), chromedp.Focus(".confusion tbody [tabindex='0']"), chromedp.KeyEvent(kb.End))
	at := func(what string, label, answer int) {
		p.Helper()
		p.wait(what, 10*time.Second, fmt.Sprintf(`document.activeElement.closest("tbody tr")?.ariaRowIndex === "%d" &&
			document.activeElement.closest("td").ariaColIndex === "%d" && document.activeElement.tabIndex === 0`, label+2, answer+2))
		said := fmt.Sprintf("Label <Class & %d>, answer <Class & %d>: ", label, answer)
		p.wait("what is said of it", 10*time.Second, fmt.Sprintf(`document.getElementById("confusion-readout").textContent.startsWith(%q)`, said))
	}
	at("the last cell", classes-1, classes-1)
	p.run(chromedp.KeyEvent(kb.ArrowUp))
	at("the one above it", classes-2, classes-1)
	for range 32 {
		p.run(chromedp.KeyEvent(kb.ArrowLeft))
	}
	at("the one in another part", classes-2, classes-1-32)
	p.run(chromedp.KeyEvent(kb.Home))
	at("the first cell", 0, 0)
	p.Logf("long tasks by keys %v", eval[[][]int](p, `longTasks.splice(0)`))
	eval[any](p, `void (c => { const b = c.getBoundingClientRect(); c.dispatchEvent(new MouseEvent("click",
		{ bubbles: true, clientX: b.right - 1, clientY: b.top + 1 })); })(document.getElementById("confusion-picture"))`)
	p.wait("the corner that was pressed", 10*time.Second, fmt.Sprintf(`document.querySelector(".confusion tbody tr").ariaRowIndex === "2" &&
		document.querySelector(".confusion tbody tr").lastElementChild.ariaColIndex === "%d"`, classes+1))
	eval[any](p, `void document.getElementById("mistake-0").click()`)
	p.wait("the mistake in the table", 10*time.Second, `document.querySelector(".confusion [aria-current]")`)
	p.Logf("long tasks by pressing %v", eval[[][]int](p, `longTasks.splice(0)`))
}

// TestE2EEvaluationDiverged evaluates a network that answers NaN: there are words
// for it, and no figures.
func TestE2EEvaluationDiverged(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits&limit=1280&optimizer=sgd&lr=1000&autoplay=1&lens=evaluation", drawScript())
	const said = "This network gives answers that are not numbers (NaN). Begin with a fresh network."
	p.wait("what the answers are", 120*time.Second, `document.getElementById("evaluation-no-numbers")`)
	if got := eval[string](p, `document.getElementById("evaluation").textContent`); !strings.Contains(got, said) || strings.Contains(got, "0.1") {
		t.Errorf("the evaluation says %q", got)
	}
	p.mouse(p.onPad(7, 60, 40, 190))
	p.settled()
	if got := eval[string](p, prediction+` + document.getElementById("pad-note").textContent`); !strings.HasPrefix(got, "–"+said) {
		t.Errorf("of a drawing the page says %q", got)
	}
	if got := eval[string](p, `document.getElementById("pad-probs").textContent`); strings.Contains(got, "NaN") {
		t.Errorf("the probabilities are %q", got)
	}
	p.look("evaluation-diverged")
	eval[any](p, `void document.getElementById("lens-testmap").click()`)
	p.wait("the map's words", 60*time.Second, `document.getElementById("testmap-coming")?.textContent.includes("not numbers")`)
}
