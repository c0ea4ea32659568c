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
