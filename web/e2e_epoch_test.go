//go:build e2e

package web

import (
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestE2EEpoch trains one epoch the way a visitor does, on MNIST if the site has
// it, and looks at everything that is drawn.
func TestE2EEpoch(t *testing.T) {
	url := serveSite(t, Server(distSite(t)))
	p := openTab(t, startBrowser(t), url)
	samples, minAcc := 60000, 0.97
	if !hasMNIST(t) {
		samples, minAcc = 30000, 0.9
	}
	p.ready()
	p.look("start")
	before := p.picture("Kernels of conv2d_2")
	eval[any](p, "void (longTasks.length = 0)")

	p.press("Train")
	p.wait("training to begin", 30*time.Second, progressNow+" > 1000")
	p.wait("a third of the epoch", 300*time.Second, progressNow+" > "+strconv.Itoa(samples/3))
	p.shoot("training")
	middle := p.picture("Kernels of conv2d_2")
	p.wait("the end of the epoch", 600*time.Second, fingerprint)

	line := eval[string](p, status)
	t.Log(line)
	t.Logf("tasks of more than 50 ms on the page's thread (start, ms): %v", eval[[][2]int](p, "longTasks"))
	m := regexp.MustCompile(`^(\d+)/(\d+) \[=+\] - \d+s - loss: (\d\.\d{4}) - acc: (\d\.\d{4}) - val_loss: (\d\.\d{4}) - val_acc: (\d\.\d{4})$`).FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("the status is %q, not the line Keras prints", line)
	}
	if want := strconv.Itoa(samples); m[1] != want || m[2] != want || eval[int](p, progressNow) != samples {
		t.Errorf("%s of %s samples and the progress bar at %d, expected %s", m[1], m[2], eval[int](p, progressNow), want)
	}
	if acc, _ := strconv.ParseFloat(m[6], 64); acc < minAcc {
		t.Errorf("val_acc is %v, expected at least %v", acc, minAcc)
	}
	after := p.picture("Kernels of conv2d_2")
	if before.Hash == middle.Hash || middle.Hash == after.Hash {
		t.Error("the kernels' picture does not change with training")
	}
	for _, name := range []string{"Sample", "Kernels of conv2d_1", "Kernels of conv2d_2", "Feature maps of "} {
		if pic := p.picture(name); pic.Colours < 20 || pic.Width < 28 {
			t.Errorf("canvas %q is %dx%d with %d colours", name, pic.Width, pic.Height, pic.Colours)
		}
	}
	p.look("done")
	if file := os.Getenv("SCREENSHOT"); file != "" { // for the README
		var png []byte
		p.run(cdpage.BringToFront(), chromedp.Sleep(500*time.Millisecond), chromedp.CaptureScreenshot(&png))
		if err := os.WriteFile(file, png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
