//go:build e2e

package web

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	neturl "net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/systeminfo"
	"github.com/chromedp/chromedp"

	"convlens/nn/wire"
)

// The end-to-end tests use the built site (web/dist, by make site) as a visitor
// does, in headless Chromium. `make e2e` prepares both. Those that measure time or
// memory have the machine to themselves; all others are parallel.

// distSite is the built site.
func distSite(t testing.TB) fs.FS {
	t.Helper()
	dist := os.DirFS("dist")
	if _, err := fs.Stat(dist, "index.html"); err != nil {
		t.Fatalf("there is no built site; make site: %v", err)
	}
	return dist
}

// serveSite serves h on loopback and returns its address with a final slash.
func serveSite(t testing.TB, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL + "/"
}

// hasMNIST tells whether the site was built with MNIST; without, the tests run
// on generated digits.
func hasMNIST(t testing.TB) bool {
	_, err := fs.Stat(distSite(t), "web/data/mnist/train-images-idx3-ubyte.gz")
	return err == nil
}

// browserOptions are chromedp's, with a profile of its own.
func browserOptions(t testing.TB) []chromedp.ExecAllocatorOption {
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.UserDataDir(t.TempDir()))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	return opts
}

// startBrowser starts Chromium with a profile of its own.
func startBrowser(t testing.TB, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(browserOptions(t), more...)...)
	t.Cleanup(cancel)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	t.Cleanup(func() { // before its profile is removed
		if err := chromedp.Cancel(ctx); err != nil {
			t.Errorf("Chromium does not end: %v", err)
		}
	})
	return ctx
}

// A tab is an open page under test. Its methods fail the test on an error.
type tab struct {
	testing.TB
	ctx context.Context
	mu  sync.Mutex
	// complaints are the console's errors and uncaught exceptions.
	complaints []string
}

// openTab opens url in a new tab of the browser, watched for long tasks and
// complaints: errors in the console, which breaches of the content policy are too,
// and requests that leave the site. They fail the test when it ends, unless
// forgiven by then. Scripts in before run before the page's own.
func openTab(t testing.TB, browser context.Context, url string, before ...string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	return watchTab(t, ctx, url, before...)
}

// watchTab is openTab for a tab that there is.
func watchTab(t testing.TB, ctx context.Context, url string, before ...string) *tab {
	t.Helper()
	if err := chromedp.Run(ctx); err != nil { // the tab lives as long as this call's context
		t.Fatal(err)
	}
	p := &tab{TB: t, ctx: ctx}
	address, err := neturl.Parse(url)
	if err != nil {
		t.Fatal(err)
	}
	own := address.Scheme + "://" + address.Host + "/"
	chromedp.ListenTarget(ctx, func(ev any) {
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			p.complain(ev.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			if ev.Type == runtime.APITypeError {
				p.complain(fmt.Sprintf("console: %s", ev.Args[0].Value))
			}
		case *log.EventEntryAdded:
			if ev.Entry.Level == log.LevelError {
				p.complain(ev.Entry.Text + " " + ev.Entry.URL)
			}
		case *network.EventRequestWillBeSent:
			if to := ev.Request.URL; !strings.HasPrefix(to, own) && !strings.HasPrefix(to, "data:") && !strings.HasPrefix(to, "blob:") {
				p.complain("a request to somebody else: " + to)
			}
		}
	})
	p.run(cdpage.Enable(), log.Enable(), network.Enable(), chromedp.ActionFunc(func(ctx context.Context) error {
		for _, script := range append([]string{watchScript}, before...) {
			if _, err := cdpage.AddScriptToEvaluateOnNewDocument(script).Do(ctx); err != nil {
				return err
			}
		}
		return nil
	}), emulation.SetDeviceMetricsOverride(1280, 800, 1, false), chromedp.Navigate(url))
	t.Cleanup(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, c := range p.complaints {
			t.Errorf("the browser complained: %s", c)
		}
	})
	return p
}

// watchScript notes long tasks, the workers that the page starts, when the last
// message went to one or came from it, and the last wire.Progress and
// wire.Calibrated.
const watchScript = `
	window.longTasks = [];
	new PerformanceObserver((list) => {
		for (const e of list.getEntries()) longTasks.push([Math.round(e.startTime), Math.round(e.duration)]);
	}).observe({ type: "longtask", buffered: true });
	window.testWorkers = [];
	window.lastMessage = 0;
	window.Worker = class extends Worker {
		constructor(...args) {
			super(...args);
			testWorkers.push(this);
			this.addEventListener("message", ({ data }) => {
				lastMessage = performance.now();
				if (data instanceof Uint8Array && data[1] === 15) window.lastProgress = [...data];
				if (data instanceof Uint8Array && data[1] === 48) (window.calibrations ??= []).push([...data]);
			});
		}
		postMessage(...args) {
			lastMessage = performance.now();
			super.postMessage(...args);
		}
	};`

func (p *tab) complain(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.complaints = append(p.complaints, text)
}

// forgive drops the complaints that contain text: those that the test provoked.
func (p *tab) forgive(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var rest []string
	for _, c := range p.complaints {
		if !strings.Contains(c, text) {
			rest = append(rest, c)
		}
	}
	p.complaints = rest
}

func (p *tab) run(actions ...chromedp.Action) {
	p.Helper()
	// A page that hangs answers nothing.
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		p.Fatal(err)
	}
}

// eval returns the value of a JavaScript expression.
func eval[T any](p *tab, js string) (v T) {
	p.Helper()
	p.run(chromedp.Evaluate(js, &v))
	return v
}

// wait waits until a JavaScript condition holds, and nothing is half shown.
func (p *tab) wait(what string, limit time.Duration, js string) {
	p.Helper()
	end := time.Now().Add(limit)
	for !eval[bool](p, "Boolean(!window.resting && ("+js+"))") {
		if time.Now().After(end) {
			p.evidence("timeout")
			p.Fatalf("waited %v for %s in vain; the page says: %s", limit, what, eval[string](p, "document.body.innerText"))
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// framed waits until everything is shown that has been asked for.
func (p *tab) framed() {
	p.Helper()
	p.wait("a whole frame", 10*time.Second, "!window.framing")
}

// quiet waits until page and worker have had nothing to say to each other for half a
// second, or no longer than three times that where they never stop.
func (p *tab) quiet() {
	p.Helper()
	for end := time.Now().Add(1500 * time.Millisecond); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if eval[bool](p, "performance.now() - lastMessage > 500") {
			return
		}
	}
}

// button is a JavaScript expression for the button of that word.
func button(word string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("button")].find(b => b.textContent.trim() === %q)`, word)
}

// press clicks the button of that word once it is enabled.
func (p *tab) press(word string) {
	p.Helper()
	p.wait("an enabled button "+word, 20*time.Second, fmt.Sprintf("(b => b && !b.disabled)(%s)", button(word)))
	eval[any](p, "void "+button(word)+".click()")
}

const (
	status      = `document.querySelector("[role=status]").textContent`
	progressNow = `Number(document.querySelector('[role=progressbar][aria-label="Training progress"]').getAttribute("aria-valuenow"))`
)

// fingerprint reads the run's fingerprint from the page, empty before its end.
const fingerprint = `document.querySelector("[data-fingerprint]")?.dataset.fingerprint`

// ready waits until the data are loaded and everything is drawn for them.
func (p *tab) ready() {
	p.Helper()
	p.wait("the data", 120*time.Second, `Number(document.getElementById("progress")?.getAttribute("aria-valuemax")) > 0`)
	for _, name := range []string{"Sample", "Kernels of conv2d_1", "Kernels of conv2d_2", "Feature maps of "} {
		p.wait(name, 20*time.Second, canvas(name))
	}
}

// canvas is a JavaScript expression for the canvas with that name.
func canvas(name string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("canvas[role=img]")].find(c => c.getAttribute("aria-label").startsWith(%q))`, name)
}

// picture is a digest of a canvas' pixels: how many colours, and a hash.
type picture struct{ Width, Height, Colours, Hash int }

func (p *tab) picture(name string) picture {
	p.Helper()
	return eval[picture](p, fmt.Sprintf(`(c => {
		const d = new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer);
		let h = 0;
		for (const v of d) h = (h * 31 + v) | 0;
		return { Width: c.width, Height: c.height, Colours: new Set(d).size, Hash: h };
	})(%s)`, canvas(name)))
}

// shots tells whether to take pictures for people, which cost a lot of time.
var shots = os.Getenv("SHOTS") != ""

// shoot saves a picture of the window, for people, into .cache/shots.
func (p *tab) shoot(name string) {
	p.Helper()
	p.run(cdpage.BringToFront())
	if shots {
		var png []byte
		p.run(chromedp.CaptureScreenshot(&png))
		p.save(name, png)
	}
}

// shootWhole saves one of the whole page.
func (p *tab) shootWhole(name string) {
	p.Helper()
	if shots {
		var png []byte
		p.run(chromedp.FullScreenshot(&png, 100))
		p.save(name, png)
	}
}

// evidence saves a picture of the window in which a test has failed.
func (p *tab) evidence(name string) {
	p.Helper()
	var png []byte
	p.run(cdpage.BringToFront(), chromedp.CaptureScreenshot(&png))
	p.save(strings.ReplaceAll(p.Name(), "/", "-")+"-"+name, png)
}

func (p *tab) save(name string, png []byte) {
	dir := filepath.Join("..", ".cache", "shots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		p.Fatal(err)
	}
}

// looks gives the page a desk's and a phone's size, light and dark, and calls do
// with the name of each.
func (p *tab) looks(do func(look string)) {
	p.Helper()
	for _, size := range []struct {
		name string
		w, h int64
		dpr  float64
	}{{"desk", 1280, 800, 1}, {"phone", 390, 844, 2}} {
		for _, theme := range []string{"light", "dark"} {
			p.run(emulation.SetDeviceMetricsOverride(size.w, size.h, size.dpr, false),
				emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}),
				chromedp.Sleep(400*time.Millisecond))
			do(size.name + "-" + theme)
		}
	}
	p.run(emulation.SetDeviceMetricsOverride(1280, 800, 1, false),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}))
}

// look checks the page's width in each look, and takes pictures of the window and
// of the whole page.
func (p *tab) look(name string) {
	p.Helper()
	p.looks(func(look string) {
		p.shoot(name + "-" + look)
		p.shootWhole(name + "-" + look + "-full")
		p.fits(look)
	})
}

// fits fails if the page remains wider than the window. What is drawn as wide as
// there is room follows a window's new size when its turn comes.
func (p *tab) fits(what string) {
	p.Helper()
	const over = `document.documentElement.scrollWidth - document.documentElement.clientWidth`
	for end := time.Now().Add(5 * time.Second); eval[int](p, over) > 0; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			p.Errorf("%s: the page is %d px wider than the window: %q", what, eval[int](p, over), eval[[]string](p, widerScript))
			return
		}
	}
}

// widerScript lists what sticks out of the window.
const widerScript = `[...document.body.querySelectorAll("*")]
	.filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".unseen, .summary, .pixels-block"))
	.map(e => e.id || e.className || e.tagName).map(String).slice(0, 6)`

// decode reads a message that JavaScript listed byte by byte.
func decode[M wire.Message](t testing.TB, data []int) M {
	raw := make([]byte, len(data))
	for i, v := range data {
		raw[i] = byte(v)
	}
	m, err := wire.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return m.(M)
}

func decodeProgress(t testing.TB, data []int) wire.Progress {
	return *decode[*wire.Progress](t, data)
}

// rendererMB is the memory of the browser's largest renderer on Linux, as a line
// of /proc/<pid>/status has it: now (VmRSS:) or at most so far (VmHWM:). Elsewhere
// it is 0.
func (p *tab) rendererMB(line string) float64 {
	c := chromedp.FromContext(p.ctx)
	processes, err := systeminfo.GetProcessInfo().Do(cdp.WithExecutor(p.ctx, c.Browser))
	if err != nil {
		p.Fatal(err)
	}
	most := 0.0
	for _, process := range processes {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", process.ID))
		if process.Type != "renderer" || err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(status), line)
		var kb float64
		fmt.Sscan(rest, &kb)
		most = max(most, kb/1000)
	}
	return most
}
