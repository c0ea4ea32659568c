//go:build e2e

package web

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"convlens/nn/mnist"
	"convlens/nn/wire"
)

type spot struct{ x, y float64 }

// written are the digits as strokes of a hand, in a box of 100x100: places that
// a smooth line goes through.
var written = [10][][]spot{
	0: {{{55, 0}, {25, 15}, {12, 50}, {25, 88}, {52, 100}, {80, 85}, {90, 48}, {78, 14}, {52, 0}}},
	1: {{{58, 0}, {55, 30}, {50, 65}, {46, 100}}},
	2: {{{15, 22}, {35, 3}, {65, 3}, {80, 25}, {60, 58}, {12, 96}}, {{12, 96}, {90, 94}}},
	3: {{{18, 10}, {50, 0}, {78, 18}, {70, 40}, {42, 48}, {78, 60}, {80, 85}, {50, 100}, {15, 90}}},
	4: {{{25, 0}, {18, 30}, {12, 55}, {50, 55}, {88, 50}}, {{76, 5}, {72, 40}, {66, 100}}},
	5: {{{85, 2}, {55, 2}, {30, 3}}, {{30, 3}, {27, 22}, {24, 44}, {55, 40}, {80, 58}, {76, 88}, {45, 100}, {12, 90}}},
	6: {{{68, 0}, {38, 22}, {20, 55}, {22, 88}, {50, 100}, {76, 84}, {72, 62}, {48, 56}, {24, 72}}},
	7: {{{10, 6}, {50, 5}, {88, 4}}, {{88, 4}, {65, 40}, {48, 70}, {38, 100}}},
	8: {{{78, 16}, {52, 0}, {28, 14}, {38, 38}, {66, 58}, {74, 84}, {50, 100}, {26, 86}, {34, 60}, {62, 40}, {80, 18}}},
	9: {{{80, 20}, {52, 0}, {24, 18}, {30, 42}, {56, 46}, {80, 22}}, {{80, 22}, {76, 60}, {64, 100}}},
}

// smooth goes through the places of a stroke as a hand does (Catmull-Rom).
func smooth(stroke []spot) (line []spot) {
	at := func(i int) spot { return stroke[min(max(i, 0), len(stroke)-1)] }
	for i := range len(stroke) - 1 {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		for k := range 6 {
			t := float64(k) / 6
			mix := func(a, b, c, d float64) float64 {
				return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
			}
			line = append(line, spot{mix(a.x, b.x, c.x, d.x), mix(a.y, b.y, c.y, d.y)})
		}
	}
	return append(line, stroke[len(stroke)-1])
}

// onPad puts the strokes of a digit on the pad, in a box of so many CSS pixels at
// (x,y) of it; the places are the window's.
func (p *tab) onPad(digit int, x, y, size float64) (strokes [][]spot) {
	p.Helper()
	p.run(cdpage.BringToFront()) // a tab in the background has no frames, which moves of the pointer wait for
	box := eval[[]float64](p, `(e => { e.scrollIntoView({ block: "center" }); const b = e.getBoundingClientRect(); return [b.left, b.top, b.width]; })(`+canvas("Drawing")+`)`)
	if math.Abs(box[2]-280) > 1 {
		p.Errorf("the pad is %v px wide, expected 280", box[2])
	}
	for _, s := range written[digit] {
		var line []spot
		for _, at := range smooth(s) {
			line = append(line, spot{box[0] + x + at.x*size/100, box[1] + y + at.y*size/100})
		}
		strokes = append(strokes, line)
	}
	return strokes
}

// mouse draws strokes with the mouse's button down.
func (p *tab) mouse(strokes [][]spot) {
	p.Helper()
	for _, s := range strokes {
		event := func(t input.MouseType, at spot, buttons int64) *input.DispatchMouseEventParams {
			return input.DispatchMouseEvent(t, at.x, at.y).WithButton(input.Left).WithButtons(buttons).WithClickCount(1)
		}
		actions := []chromedp.Action{event(input.MousePressed, s[0], 1)}
		for _, at := range s[1:] {
			actions = append(actions, event(input.MouseMoved, at, 1))
		}
		p.run(append(actions, event(input.MouseReleased, s[len(s)-1], 0))...)
	}
}

// touch draws strokes with a finger.
func (p *tab) touch(strokes [][]spot) {
	p.Helper()
	for _, s := range strokes {
		event := func(t input.TouchType, at ...spot) *input.DispatchTouchEventParams {
			var points []*input.TouchPoint
			for _, a := range at {
				points = append(points, &input.TouchPoint{X: a.x, Y: a.y, ID: 1})
			}
			return input.DispatchTouchEvent(t, points)
		}
		actions := []chromedp.Action{event(input.TouchStart, s[0])}
		for _, at := range s[1:] {
			actions = append(actions, event(input.TouchMove, at))
		}
		p.run(append(actions, event(input.TouchEnd))...)
	}
}

const (
	prediction = `document.querySelector('[role=status][aria-label="Prediction"]').textContent`
	toldNumber = `Number(document.getElementById("pad-answer").dataset.drawing)`
)

// drawScript notes when strokes end, when which drawings are sent and answered,
// and how long the page's thread is busy with each move of the pointer.
func drawScript() string {
	return fmt.Sprintf(`
	window.lifts = []; window.asked = []; window.told = []; window.texts = []; window.moves = [];
	const post = Worker.prototype.postMessage;
	Worker.prototype.postMessage = function (data, ...more) {
		if (data instanceof Uint8Array && data[1] === %d) asked.push([new DataView(data.buffer).getUint32(2, true), performance.now()]);
		return post.call(this, data, ...more);
	};
	addEventListener("pointerup", (e) => { if (e.target.closest("#pad-frame")) lifts.push(performance.now()); }, true);
	let begin = 0;
	addEventListener("pointermove", () => { begin = performance.now(); }, true);
	addEventListener("pointermove", (e) => { if (e.target.closest("#pad-frame")) moves.push(performance.now() - begin); });
	new MutationObserver(() => {
		const e = document.getElementById("pad-answer");
		if (!e) return;
		const n = Number(e.dataset.drawing);
		if (n !== told.at(-1)?.[0]) told.push([n, performance.now()]);
		if (e.textContent !== texts.at(-1)) texts.push(e.textContent);
	}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-drawing"] });`,
		wire.Encode(&wire.Drawings{})[1])
}

// settled waits until what was drawn last has been answered.
func (p *tab) settled() {
	p.Helper()
	p.wait("an answer", 20*time.Second, `asked.length > 0 && `+toldNumber+` === asked.at(-1)[0]`)
}

// latencies are the times from the end of each stroke since the first to the
// answer on the page, in ms, in order.
func (p *tab) latencies(since int) []float64 {
	p.Helper()
	p.settled()
	ms := eval[[]float64](p, fmt.Sprintf(`lifts.slice(%d).map(t => {
		const n = asked.find(([, at]) => at >= t)[0];
		return told.find(([m, at]) => m >= n && at >= t)[1] - t;
	})`, since))
	slices.Sort(ms)
	return ms
}

func spread(ms []float64) string {
	at := func(q float64) float64 { return ms[int(q*float64(len(ms)-1)+0.5)] }
	return fmt.Sprintf("%d times: median %.1f ms, 95%% %.1f, longest %.1f", len(ms), at(0.5), at(0.95), at(1))
}

// seen are the pixels of what the network sees.
func (p *tab) seen() []int {
	p.Helper()
	return eval[[]int](p, `(c => [...c.getContext("2d").getImageData(0, 0, c.width, c.height).data].filter((_, i) => i % 4 === 0))(`+canvas("What the network sees")+`)`)
}

// TestE2EDraw trains a network and draws for it: the ten digits, at several sizes
// and places.
func TestE2EDraw(t *testing.T) {
	query := "?limit=20000&epochs=3"
	if !hasMNIST(t) {
		query = "?data=digits&epochs=3"
	}
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+query, drawScript())
	p.ready()
	if got := eval[string](p, prediction); got != "–" {
		t.Errorf("before a drawing: %q", got)
	}
	p.mouse(p.onPad(7, 80, 40, 180))
	p.settled()
	t.Logf("the untrained network says %s", eval[string](p, prediction))
	if note := p.text("pad-note"); !strings.Contains(note, "Press Train") {
		t.Errorf("untrained: %q", note)
	}

	// While it trains the answer changes by itself, and comes at once.
	p.press("Train")
	p.wait("some steps", 60*time.Second, progressNow+" > 500")
	changes := eval[int](p, "texts.length")
	p.wait("other answers", 60*time.Second, fmt.Sprintf("texts.length > %d", changes+3))
	lifts := eval[int](p, "lifts.length")
	for i := range 30 {
		p.press("Clear")
		p.mouse(p.onPad(7-i%2, 60, 50, 160))
		p.settled()
	}
	if eval[bool](p, `Boolean(`+button("Pause")+`)`) {
		t.Logf("from the end of a stroke to the answer, while the network trains: %s", spread(p.latencies(lifts)))
	} else {
		t.Log("the run ended before the strokes did")
	}
	p.wait("the end of the run", 300*time.Second, fingerprint)

	lifts = eval[int](p, "lifts.length")
	eval[any](p, "void (moves.splice(0), longTasks.splice(0))")
	wrong := 0
	for digit, at := range [10]spot{{60, 50}, {100, 30}, {20, 20}, {150, 140}, {40, 80}, {90, 10}, {10, 150}, {120, 90}, {70, 60}, {30, 30}} {
		size := []float64{180, 200, 110, 100, 170, 150, 90, 130, 165, 220}[digit]
		p.press("Clear")
		if digit == 3 {
			p.touch(p.onPad(digit, at.x, at.y, size))
		} else {
			p.mouse(p.onPad(digit, at.x, at.y, size))
		}
		p.settled()
		got := eval[string](p, prediction)
		t.Logf("%d, %v px large: %s", digit, size, got)
		if !strings.HasPrefix(got, fmt.Sprintf("%d (", digit)) {
			wrong++
			t.Errorf("%d is read as %s", digit, got)
			p.evidence(fmt.Sprintf("draw-wrong-%d", digit))
		}
	}
	for range 20 { // one more stroke each
		p.mouse(p.onPad(1, 100, 60, 120))
		p.settled()
		p.press("Undo")
	}
	t.Logf("from the end of a stroke to the answer, without a run: %s", spread(p.latencies(lifts)))
	moves := eval[[]float64](p, "moves")
	slices.Sort(moves)
	t.Logf("the page's thread at each move of the pointer: %s", spread(moves))
	t.Logf("long tasks while drawing: %v", eval[[][]float64](p, "longTasks"))

	t.Run("moved", p.drawMoved)
	t.Run("keys", p.drawKeys)
	t.Run("kept", p.drawKept)
	t.Run("inside", p.drawInside)
	p.wait("no alert", time.Second, `!document.querySelector("[role=alert]")`)
}

// drawMoved draws the same at other places and in other sizes: the network sees
// the same within one grey level.
func (p *tab) drawMoved(t *testing.T) {
	var first []int
	for _, at := range []struct{ x, y, size float64 }{{20, 20, 240}, {0, 0, 80}, {180, 190, 80}, {90, 30, 150}} {
		p.press("Clear")
		p.mouse(p.onPad(4, at.x, at.y, at.size))
		p.settled()
		now := p.seen()
		if first == nil {
			first = now
		}
		most := 0
		for i, v := range now {
			most = max(most, v-first[i], first[i]-v)
		}
		t.Logf("%v: %d grey levels apart", at, most)
		if most > 1 || len(now) != 784 || slices.Max(now) == slices.Min(now) {
			t.Errorf("%+v: %d pixels, %d grey levels apart", at, len(now), most)
		}
	}
	p.press("Undo")
	p.wait("one stroke", 5*time.Second, `document.getElementById("pad-readout").textContent === "1 stroke."`)
	p.press("Clear")
	p.wait("nothing", 5*time.Second, `document.getElementById("pad-undo").disabled`)
	p.settled()
	if now := p.seen(); slices.Max(now) != slices.Min(now) {
		t.Error("the network still sees something")
	}
	if got := eval[string](p, prediction); got != "–" {
		t.Errorf("after Clear: %q", got)
	}
}

// drawKeys draws a 1 with the keyboard alone, and takes it back.
func (p *tab) drawKeys(t *testing.T) {
	p.run(emulation.SetFocusEmulationEnabled(true), chromedp.Focus("#pad-frame"))
	for range 8 {
		p.typed(kb.ArrowUp)
	}
	p.typed(" ")
	for range 16 {
		p.typed(kb.ArrowDown)
	}
	p.typed(" ", kb.ArrowRight)
	p.wait("the stroke", 5*time.Second, `document.getElementById("pad-readout").textContent === "Pen up at row 22, column 15. 1 stroke."`)
	p.settled()
	if got := eval[string](p, prediction); !strings.HasPrefix(got, "1 (") {
		t.Errorf("a line by keys is read as %s", got)
	}
	if p.stop(); eval[bool](p, `Boolean(`+button("Pause")+`)`) {
		t.Error("Space trains too")
	}
	p.shoot("draw-keys")
	p.run(chromedp.KeyEvent("z", chromedp.KeyModifiers(input.ModifierCtrl)))
	p.wait("nothing", 5*time.Second, `document.getElementById("pad-undo").disabled`)
}

// drawKept keeps two drawings, one of them under another name, and saves them.
func (p *tab) drawKept(t *testing.T) {
	dir := p.downloads()
	for _, k := range []struct {
		digit int
		label string
	}{{4, "4"}, {7, "2"}} {
		p.mouse(p.onPad(k.digit, 40, 40, 180))
		p.settled()
		p.enter("pad-label", k.label)
		p.press("Keep")
		p.wait("an empty pad", 5*time.Second, `document.getElementById("pad-undo").disabled`)
	}
	p.wait("the set", 10*time.Second, `document.getElementById("kept-about").textContent.startsWith("2 kept, 1 read correctly (after step ")`)
	p.mouse(p.onPad(9, 60, 40, 190))
	p.settled()
	p.look("draw-kept")
	p.press("Save images")
	_, b := p.saved(dir, "*images-idx3-ubyte")
	images, err := mnist.ParseImages("images", b)
	if err != nil {
		t.Fatal(err)
	}
	p.press("Save labels")
	_, b = p.saved(dir, "*labels-idx1-ubyte")
	labels, err := mnist.ParseLabels("labels", b)
	if err != nil || !slices.Equal(labels, []byte{4, 2}) || images.N != 2 || images.H != 28 || images.W != 28 || slices.Max(images.Image(1)) < 200 {
		t.Errorf("saved %d images of %dx%d with labels %v: %v", images.N, images.H, images.W, labels, err)
	}
	eval[any](p, `void document.getElementById("kept-remove-0").click()`)
	p.wait("one", 10*time.Second, `document.getElementById("kept-about").textContent.startsWith("1 kept, 0 read correctly")`)
}

// drawInside looks at the drawing in every lens.
func (p *tab) drawInside(t *testing.T) {
	p.press("Look inside")
	p.wait("the drawing as the image", 10*time.Second, `document.getElementById("sample-label").textContent === "–"`)
	for _, lens := range eval[[]string](p, `[...document.querySelectorAll(".lens")].map(e => e.id)`) {
		eval[any](p, fmt.Sprintf("void document.getElementById(%q).click()", lens))
		p.wait("pictures of "+lens, 60*time.Second, `document.querySelector(".lens-panel:not([hidden]) :is(canvas[style], #compare-none)")`)
		p.wait("no alert", time.Second, `!document.querySelector("[role=alert]")`)
		for _, id := range []string{"sample-label", "probs", "why-readout"} {
			if text := eval[string](p, fmt.Sprintf(`document.getElementById(%q)?.textContent ?? ""`, id)); strings.Contains(text, fmt.Sprint(wire.NoLabel)) {
				t.Errorf("%s: %s says %q", lens, id, text)
			}
		}
	}
	eval[any](p, `void document.getElementById("lens-why").click()`)
	p.wait("the reasons", 20*time.Second, canvas("Image"))
	before := p.picture("Image")
	p.mouse(p.onPad(1, 0, 150, 100))
	p.wait("the other drawing's", 20*time.Second, fmt.Sprintf(`(c => { const d = new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer); let h = 0; for (const v of d) h = (h * 31 + v) | 0; return h !== %d; })(%s)`, before.Hash, canvas("Image")))
	p.shoot("draw-inside")
	if got := eval[string](p, "location.search"); strings.Contains(got, "drawn") {
		t.Errorf("the address is %s", got)
	}
}

// TestE2EDrawPanel draws in a frame of another page, before and after its run.
func TestE2EDrawPanel(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits&limit=1280&embed=draw", drawScript())
	p.wait("the data", 60*time.Second, progressMax)
	p.mouse(p.onPad(0, 60, 50, 170))
	p.settled()
	if note := p.text("pad-note"); !strings.Contains(note, "Press Train") {
		t.Errorf("untrained: %q", note)
	}
	p.look("draw-panel")
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.settled()
	if note := p.text("pad-note"); !strings.Contains(note, "after step 10") {
		t.Errorf("trained: %q", note)
	}
	if eval[bool](p, `Boolean(`+button("Look inside")+`)`) {
		t.Error("the frame leads to what it doesn't have")
	}
}
