//go:build e2e

package web

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	mapCaption = `(document.getElementById("testmap-caption")?.textContent ?? "")`
	mapReadout = `document.getElementById("testmap-readout").textContent`
	mapShown   = `document.getElementById("testmap-shown").textContent`
)

// TestE2ETestMap opens the map of the test set for a trained network, and goes
// through it by keyboard and by pointer.
func TestE2ETestMap(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	want := nativeFingerprint(t)
	eval[any](p, `void longTasks.splice(0)`)
	begin := time.Now()
	p.press("Test set map")
	p.wait("the first map", 60*time.Second, mapCaption+`.includes("after step 30")`)
	first := time.Since(begin)
	p.wait("the whole map", 120*time.Second, fmt.Sprintf(`(t => t.includes("dense_1") && (n => n && n[1] === n[2])(/one of ([\d,]+) test images \(of ([\d,]+)\)/.exec(t)))(%s)`, mapCaption))
	t.Logf("the first map after %v, the whole one after %v", first, time.Since(begin))
	t.Log(eval[string](p, mapCaption))

	shares := regexp.MustCompile(`component \d: ([\d.]+)% of the variance`).FindAllStringSubmatch(eval[string](p, mapCaption), -1)
	if len(shares) != 2 {
		t.Fatalf("the caption tells %d shares", len(shares))
	}
	one, _ := strconv.ParseFloat(shares[0][1], 64)
	two, _ := strconv.ParseFloat(shares[1][1], 64)
	if one < two || two <= 0 || one+two > 100 {
		t.Errorf("shares of %v%% and %v%%", one, two)
	}
	if c := p.picture("Map of the test set").Colours; c < 11 {
		t.Errorf("the map has %d colours", c)
	}

	// An image, its label and the answer, by keyboard.
	data := digits(t).Test
	p.run(chromedp.Focus("#testmap-frame"), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	p.wait("an image", 5*time.Second, mapReadout+`.startsWith("Test image")`)
	told := regexp.MustCompile(`Test image ([\d,]+): label (\d), the network's answer (\d)`).FindStringSubmatch(eval[string](p, mapReadout))
	if told == nil {
		t.Fatalf("the page says %q", eval[string](p, mapReadout))
	}
	i, _ := strconv.Atoi(strings.ReplaceAll(told[1], ",", ""))
	if int(data.Labels[i]) != int(told[2][0]-'0') {
		t.Errorf("image %d has the label %s, expected %d", i, told[2], data.Labels[i])
	}

	// Its surroundings, a label, all again.
	p.run(chromedp.KeyEvent(kb.Enter))
	p.wait("the grid", 10*time.Second, canvas("Selected test images"))
	p.run(chromedp.KeyEvent(kb.Escape))
	p.wait("no grid", 10*time.Second, "!"+canvas("Selected test images"))
	p.run(chromedp.KeyEvent("7"))
	sevens := 0
	for _, l := range data.Labels {
		if l == 7 {
			sevens++
		}
	}
	p.wait("the sevens", 10*time.Second, fmt.Sprintf(`%s.replaceAll(",", "").startsWith("%d images")`, mapShown, sevens))
	p.wait("their images", 10*time.Second, canvas("Selected test images")+"?.width > 100")
	p.run(chromedp.Click("#testmap-wrong"))
	p.wait("the wrong ones", 10*time.Second, fmt.Sprintf(`(m => m && m[1] === m[2])(/^([\d,]+) images, ([\d,]+) answered/.exec(%s))`, mapShown))
	p.press("Clear selection")
	p.wait("all again", 10*time.Second, "!"+canvas("Selected test images"))
	p.zoomMap()

	// A rectangle, by pointer.
	p.run(chromedp.ScrollIntoView("#testmap-frame"))
	box := eval[[]float64](p, `(b => [b.left, b.top, b.width, b.height])(document.getElementById("testmap").getBoundingClientRect())`)
	mouse := func(kind input.MouseType, x, y float64) chromedp.Action {
		return input.DispatchMouseEvent(kind, box[0]+x*box[2], box[1]+y*box[3]).WithButton(input.Left).WithClickCount(1)
	}
	p.run(mouse(input.MousePressed, 0.2, 0.2), mouse(input.MouseMoved, 0.5, 0.5), mouse(input.MouseMoved, 0.7, 0.8), mouse(input.MouseReleased, 0.7, 0.8))
	p.wait("the images in it", 10*time.Second, canvas("Selected test images")+"?.width > 100")
	for _, task := range eval[[][]int](p, `longTasks`) {
		t.Errorf("a task of %d ms", task[1])
	}
	p.look("testmap-area")
	p.run(chromedp.Focus("#testmap-frame"), chromedp.KeyEvent("+"), chromedp.KeyEvent("+"))
	p.look("testmap-zoom")
	p.run(chromedp.Focus("#testmap-frame"), chromedp.KeyEvent(kb.Home))

	// The chosen image becomes the page's.
	p.run(chromedp.Focus("#testmap-frame"), chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent("7"))
	p.wait("the sevens", 10*time.Second, canvas("Selected test images")+"?.width > 100")
	p.look("testmap")
	p.press("Look at this image")
	p.wait("the image", 10*time.Second, `location.search.includes("split=test")`)
	if got := eval[string](p, fingerprint); got != want {
		t.Errorf("with the map open the fingerprint is %s, expected %s", got, want)
	}
}

// zoomMap enlarges the map, moves it and makes it whole again, by keyboard, by
// buttons and by wheel, and selects a rectangle by keyboard.
func (p *tab) zoomMap() {
	p.Helper()
	const scale = `document.getElementById("testmap-scale").textContent`
	const dots = `document.getElementById("testmap").toDataURL()`
	const label = `document.querySelector(".testmap-digit")?.getAttribute("x")`
	keep := func() { eval[any](p, `void (window.mapWas = [`+dots+`, `+label+`])`) }
	keep()
	p.run(chromedp.Focus("#testmap-frame"), chromedp.KeyEvent("+"), chromedp.KeyEvent("+"))
	p.wait("a larger map", 10*time.Second, scale+` === "×2.2" && mapWas[0] !== `+dots)
	keep()
	shift := chromedp.KeyModifiers(input.ModifierShift)
	p.run(chromedp.KeyEvent(kb.ArrowRight, shift), chromedp.KeyEvent(kb.ArrowUp, shift), chromedp.KeyEvent(kb.ArrowUp, shift))
	p.wait("another part", 10*time.Second, `mapWas[0] !== `+dots+` && mapWas[1] !== `+label)
	p.run(chromedp.KeyEvent("-"))
	p.wait("a smaller map", 10*time.Second, scale+` === "×1.5"`)
	p.press("Zoom in")
	p.wait("a larger map again", 10*time.Second, scale+` === "×2.2"`)
	keep()
	p.press("Reset view")
	p.wait("the whole map again", 10*time.Second, scale+` === "×1.0" && mapWas[0] !== `+dots)
	keep()

	// The wheel is the map's if it has the focus, else the page's.
	wheel := func(by int) {
		eval[any](p, fmt.Sprintf(`void (f => { const b = f.getBoundingClientRect();
			f.dispatchEvent(new WheelEvent("wheel", { deltaY: %d, clientX: b.left + 100, clientY: b.top + 80, bubbles: true, cancelable: true })); })(document.getElementById("testmap-frame"))`, by))
	}
	eval[any](p, `void document.activeElement.blur()`)
	wheel(-100)
	p.run(chromedp.Focus("#testmap-frame"))
	wheel(-100)
	p.wait("the wheel's map", 10*time.Second, scale+` === "×1.3"`)
	p.run(chromedp.KeyEvent(kb.Home))
	p.wait("all by key", 10*time.Second, scale+` === "×1.0" && mapWas[0] === `+dots)

	// Two fingers, twice as far apart at the end, twice.
	for _, want := range []string{"×2.0", "×4.0"} {
		eval[any](p, `void (f => {
			const b = document.getElementById("testmap").getBoundingClientRect(), x = b.left + b.width / 2, y = b.top + b.height / 2;
			const at = (id, x) => new Touch({ identifier: id, target: f, clientX: x, clientY: y });
			for (const [kind, apart] of [["touchstart", 60], ["touchmove", 90], ["touchmove", 120]])
				f.dispatchEvent(new TouchEvent(kind, { touches: [at(1, x - apart / 2), at(2, x + apart / 2)], bubbles: true, cancelable: true }));
		})(document.getElementById("testmap-frame"))`)
		p.wait("the fingers' map", 10*time.Second, scale+` === "`+want+`"`)
	}
	p.press("Reset view")
	p.wait("all by button", 10*time.Second, scale+` === "×1.0"`)
	p.run(chromedp.Focus("#testmap-frame"))

	// The corners of a rectangle.
	corner := chromedp.KeyEvent(kb.Enter, shift)
	p.run(corner)
	p.wait("a corner", 10*time.Second, mapReadout+`.includes("A corner is here")`)
	p.run(chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowRight))
	p.run(corner)
	p.wait("the images between", 10*time.Second, canvas("Selected test images")+` && document.querySelector(".testmap-area") && !`+mapReadout+`.includes("A corner")`)
	p.run(chromedp.KeyEvent(kb.Escape))
	p.wait("all again", 10*time.Second, "!"+canvas("Selected test images"))
}

// TestE2ETestMapWhileTraining has the map open during the run.
func TestE2ETestMapWhileTraining(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&lens=testmap")
	p.wait("the data", 120*time.Second, `Number(document.getElementById("progress").getAttribute("aria-valuemax")) > 0`)
	p.press("Train")
	p.wait("the end of the run", 240*time.Second, fingerprint)
	if got, want := eval[string](p, fingerprint), nativeFingerprint(t); got != want {
		t.Errorf("with the map open the fingerprint is %s, expected %s", got, want)
	}
	p.wait("the map of the trained network", 120*time.Second, mapCaption+`.includes("after step 30")`)
}

// TestE2ETestMapAll maps all of the test set: 2,000 images at first, then all. On
// a site without MNIST the first map has all already.
func TestE2ETestMapAll(t *testing.T) {
	data, all := "mnist", "10,000"
	if !hasMNIST(t) {
		data, all = "digits", "2,000"
	}
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?limit=12800&data="+data)
	p.ready()
	p.press("Train")
	p.wait("the end of the run", 240*time.Second, fingerprint)
	time.Sleep(500 * time.Millisecond)
	eval[any](p, `void longTasks.splice(0)`)
	begin := time.Now()
	p.press("Test set map")
	p.wait("the first map", 120*time.Second, mapCaption+`.includes("one of 2,000 test images (of `+all+`)")`)
	first := time.Since(begin)
	p.wait("the whole map", 240*time.Second, mapCaption+`.includes("one of `+all+` test images (of `+all+`)")`)
	t.Logf("the first map after %v, the whole one after %v", first, time.Since(begin))
	p.run(chromedp.Focus("#testmap-frame"), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowUp),
		chromedp.KeyEvent(kb.Enter))
	p.wait("the grid", 10*time.Second, canvas("Selected test images"))
	for _, task := range eval[[][]int](p, `longTasks`) {
		t.Errorf("a task of %d ms", task[1])
	}
	p.look("testmap-mnist")
}
