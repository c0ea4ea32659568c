//go:build e2e

package web

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"convlens/nn"
	"convlens/nn/mnist"
)

// shortRun is a run of 30 steps on generated digits, begun by the address.
const shortRun = "?data=digits&limit=3840&seed=3"

// digits reads the site's generated digits, as the worker does.
func digits(t *testing.T) *mnist.Dataset {
	t.Helper()
	var files [4][]byte
	for i, name := range []string{"train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"} {
		b, err := fs.ReadFile(distSite(t), "web/data/digits/"+name+"-ubyte.gz")
		if err != nil {
			t.Fatal(err)
		}
		files[i] = b
	}
	data, err := mnist.Parse(files[0], files[1], files[2], files[3])
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// trainSet makes the training half nn.Samples.
type trainSet struct{ mnist.Set }

func (s trainSet) Len() int           { return s.N }
func (s trainSet) Shape() nn.Shape    { return nn.Shape{C: s.C, H: s.H, W: s.W} }
func (s trainSet) Classes() int       { return s.Set.Classes }
func (s trainSet) Image(i int) []byte { return s.Set.Image(i) }
func (s trainSet) Label(i int) int    { return int(s.Labels[i]) }

// nativeTrainer is at the beginning of the short run, in this process.
func nativeTrainer(t *testing.T) *nn.Trainer {
	t.Helper()
	data := trainSet{digits(t).Train}
	m, err := nn.NewSequential(data.Shape(), 128, 3, nn.Tutorial(data.Classes())...)
	if err != nil {
		t.Fatal(err)
	}
	return nn.NewTrainer(m, nn.NewAdadelta(), data, nn.Options{Seed: 3, Batch: 128, Limit: 3840}, nn.Solo{})
}

// nativeRun does the short run.
func nativeRun(t *testing.T) *nn.Sequential {
	t.Helper()
	tr := nativeTrainer(t)
	if err := tr.RunEpoch(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return tr.Model()
}

var native struct {
	sync.Once
	fingerprint string
}

// nativeFingerprint is that of the short run, which is done once for all tests.
func nativeFingerprint(t *testing.T) string {
	t.Helper()
	native.Do(func() { native.fingerprint = nativeRun(t).Fingerprint() })
	return native.fingerprint
}

// TestE2EOneAnswer does the same short run with one worker, with more, with a
// pause in it, and natively: the fingerprints are equal. TestFingerprint of
// package nn holds the same between builds with SIMD and without.
func TestE2EOneAnswer(t *testing.T) {
	t.Parallel()
	url := serveSite(t, Server(distSite(t)))
	browser := startBrowser(t)
	want := nativeFingerprint(t)

	for _, workers := range []int{1, 2, 3, 4} {
		p := openTab(t, browser, fmt.Sprintf("%s%s&workers=%d&autoplay=1", url, shortRun, workers))
		p.wait("the end of the run", 120*time.Second, fingerprint)
		if got := eval[string](p, fingerprint); got != want {
			t.Errorf("with %d workers the browser's fingerprint is %s, the native one %s", workers, got, want)
		}
		if n := decodeProgress(t, eval[[]int](p, "lastProgress")).Workers; n != workers {
			t.Errorf("%d workers did the work of %d", n, workers)
		}
	}

	p := openTab(t, browser, url+shortRun)
	p.ready()
	p.press("Train")
	p.wait("some steps", 30*time.Second, progressNow+" > 500")
	p.press("Pause")
	p.wait("the pause", 10*time.Second, button("Resume"))
	at := eval[int](p, progressNow)
	time.Sleep(1500 * time.Millisecond)
	if now := eval[int](p, progressNow); now != at {
		t.Errorf("the run went on from %d to %d samples while paused", at, now)
	}
	if at >= 3840 {
		t.Fatalf("the run was over before the pause, at %d samples", at)
	}
	p.press("Resume")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	if got := eval[string](p, fingerprint); got != want {
		t.Errorf("after a pause the fingerprint is %s, expected %s", got, want)
	}
}

// serveLonger answers as h does, with some more text at the end.
func serveLonger(w http.ResponseWriter, r *http.Request, h http.Handler, more string) {
	r.Header.Del("Accept-Encoding")
	r.Header.Del("If-None-Match")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
	w.Write(append(answer.Body.Bytes(), more...))
}

// startFirefox opens url in Firefox until the test ends.
func startFirefox(t *testing.T, url string) {
	t.Helper()
	profile := t.TempDir()
	firefox := exec.Command("firefox", "--profile", profile, url)
	firefox.Env = append(os.Environ(), "HOME="+profile)
	if err := firefox.Start(); err != nil {
		t.Fatalf("Firefox does not start: %v", err)
	}
	t.Cleanup(func() {
		firefox.Process.Kill()
		firefox.Wait()
	})
}

// TestE2EFirefox does the short run in Firefox. There the page itself tells what
// it ends with: a script that the server adds posts it.
func TestE2EFirefox(t *testing.T) {
	t.Parallel()
	const script = `
		const timer = setInterval(() => {
			const f = document.querySelector("[data-fingerprint]")?.dataset.fingerprint;
			const trouble = document.querySelector("[role=alert]")?.textContent;
			if (!f && !trouble) return;
			clearInterval(timer);
			fetch("told", { method: "POST", body: f || "alert: " + trouble });
		}, 100);`
	told := make(chan string, 1)
	plain := Server(distSite(t))
	url := serveSite(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/told":
			b, _ := io.ReadAll(r.Body)
			told <- string(b)
		case "/":
			serveLonger(w, r, plain, `<script src="tell.js"></script>`)
		case "/tell.js":
			w.Header().Set("Content-Type", "text/javascript")
			io.WriteString(w, script)
		default:
			plain.ServeHTTP(w, r)
		}
	}))
	startFirefox(t, url+shortRun+"&workers=2&autoplay=1")
	select {
	case got := <-told:
		if want := nativeFingerprint(t); got != want {
			t.Errorf("Firefox tells %q, the native fingerprint is %s", got, want)
		}
	case <-time.After(3 * time.Minute):
		t.Error("Firefox tells nothing")
	}
}

// TestE2EReplicaDies takes one of the workers that share a run away: one that
// fails, and one that ends without a word. The run goes on by itself to the same
// weights.
func TestE2EReplicaDies(t *testing.T) {
	t.Parallel()
	want := nativeFingerprint(t)
	for how, end := range map[string]string{"fails": `throw new Error("taken away")`, "ends silently": `close()`} {
		// The first replica that asks is the one to go, in its tenth step.
		hook := `
			if (replica) {
				const ask = new XMLHttpRequest();
				ask.open("GET", "../die", false);
				ask.send();
				let deals = 0;
				if (ask.responseText === "yes") addEventListener("message", () => { if (++deals === 10) { ` + end + ` } });
			}`
		var asked atomic.Int32
		plain := Server(distSite(t))
		url := serveSite(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/die":
				if asked.Add(1) == 1 {
					io.WriteString(w, "yes")
				}
			case "/web/worker.js":
				serveLonger(w, r, plain, hook)
			default:
				plain.ServeHTTP(w, r)
			}
		}))
		p := openTab(t, startBrowser(t), url+shortRun+"&workers=2")
		p.ready()
		p.press("Train")
		p.wait("the end of the run", 120*time.Second, fingerprint)
		if got := eval[string](p, fingerprint); got != want {
			t.Errorf("one %s: the fingerprint is %s, expected %s", how, got, want)
		}
		if n := asked.Load(); n != 2 {
			t.Errorf("one %s: %d replicas were started, expected a second one in its place", how, n)
		}
		if alert := eval[string](p, `document.querySelector("[role=alert]")?.textContent ?? ""`); alert != "" {
			t.Errorf("one %s: the page says %q", how, alert)
		}
		p.forgive("taken away")
	}
}

// TestE2EShare copies the link of a run and opens it elsewhere: the run begins by
// itself, on the same data with the same settings, looks at the same image, and
// says that it came out the same.
func TestE2EShare(t *testing.T) {
	t.Parallel()
	url := serveSite(t, Server(distSite(t)))
	p := openTab(t, startBrowser(t), url+shortRun)
	p.ready()
	p.press("Next")
	p.press("test")
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	eval[any](p, `void Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text } } })`)
	p.press("Copy link")
	p.wait("the link", 10*time.Second, "window.copied")
	link := eval[string](p, "copied")
	t.Log(strings.TrimPrefix(link, url))

	q := openTab(t, startBrowser(t), link)
	q.wait("the end of the run", 120*time.Second, fingerprint)
	q.wait("the comparison", 10*time.Second, `document.getElementById("expected").textContent.includes("the same")`)
	if got, want := eval[string](q, fingerprint), eval[string](p, fingerprint); got != want {
		t.Errorf("the link's run ends with %s, expected %s", got, want)
	}
	for _, id := range []string{"sample-index", "data-title"} {
		js := fmt.Sprintf(`(e => e.value ?? e.textContent)(document.getElementById(%q))`, id)
		if got, want := eval[string](q, js), eval[string](p, js); got != want {
			t.Errorf("the link's page shows %q as %s, expected %q", got, id, want)
		}
	}
	p.look("shared")
}

// TestE2EStopAndReset stops in the middle, keeps the network, and goes back to
// the untrained one.
func TestE2EStopAndReset(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	fresh := p.picture("Kernels of conv2d_1")
	p.press("Train")
	p.wait("some steps", 30*time.Second, progressNow+" > 500")
	p.press("Stop")
	p.wait("the end of the run", 10*time.Second, fingerprint)
	stopped := p.picture("Kernels of conv2d_1")
	if stopped.Hash == fresh.Hash {
		t.Error("Stop put the untrained kernels back")
	}
	p.press("Reset")
	p.wait("the untrained network", 10*time.Second, progressNow+" === 0")
	p.wait("the untrained kernels", 10*time.Second, "!"+fingerprint)
	if again := p.picture("Kernels of conv2d_1"); again.Hash != fresh.Hash {
		t.Error("Reset does not lead back to the kernels of the same seed")
	}
}

// TestE2EDamagedData cuts a file short, then damages it, then withholds it: the
// page tells the three apart, and trying again with the file whole works.
func TestE2EDamagedData(t *testing.T) {
	t.Parallel()
	site := distSite(t)
	const file = "web/data/digits/train-images-idx3-ubyte.gz"
	whole, err := fs.ReadFile(site, file)
	if err != nil {
		t.Fatal(err)
	}
	var damage atomic.Int32
	plain := Server(site)
	url := serveSite(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, file) || damage.Load() == 0 {
			plain.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		switch damage.Load() {
		case 1:
			w.Write(whole[:len(whole)/2])
		case 2:
			b := append([]byte(nil), whole...)
			b[len(b)-8] ^= 0xff // the checksum: deeper in, what comes of it depends on the data
			w.Write(b)
		case 3:
			http.NotFound(w, r)
		}
	}))
	damage.Store(1)
	p := openTab(t, startBrowser(t), url+"?data=digits")
	const alert = `(document.querySelector("[role=alert]")?.textContent ?? "")`
	for i, want := range []string{"ends", "damaged", "404"} { // of damage 1, 2 and 3
		kind := int32(i + 1)
		if i > 0 { // the page shows the alert of the one before
			damage.Store(kind)
			p.press("Try again")
		}
		p.wait(fmt.Sprintf("the alert of damage %d (%s)", kind, want), 60*time.Second, fmt.Sprintf("%s.includes(%q)", alert, want))
		text := eval[string](p, alert)
		t.Logf("damage %d: %s", kind, text)
		if !strings.Contains(text, "train-images") {
			t.Errorf("the alert does not name the file: %q", text)
		}
	}
	p.shoot("damaged")
	damage.Store(0)
	p.press("Try again")
	p.ready()
	if text := eval[string](p, alert); text != "" {
		t.Errorf("the alert stays: %q", text)
	}
	p.forgive("404")
}

// TestE2EWorkerDies ends the worker in the middle of a run: the page says so and
// goes on from the last checkpoint to the same weights.
func TestE2EWorkerDies(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.press("Train")
	p.wait("some steps", 30*time.Second, progressNow+" > 500")
	p.press("Pause") // which saves a checkpoint
	p.wait("the pause", 10*time.Second, button("Resume"))
	// What the page hears when a browser ends a worker for lack of memory.
	eval[any](p, `void setTimeout(() => testWorkers.at(-1).dispatchEvent(new ErrorEvent("error", { message: "out of memory" })))`)
	p.wait("the alert", 10*time.Second, `document.querySelector("#worker-gone[role=alert]")?.textContent.toLowerCase().includes("out of memory")`)
	p.shoot("worker-gone")
	if n := eval[int](p, progressNow); n < 500 {
		t.Errorf("the page forgot the run: %d samples", n)
	}
	p.press("Start again")
	p.press("Resume")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	if got, want := eval[string](p, fingerprint), nativeFingerprint(t); got != want {
		t.Errorf("the fingerprint is %s, of an unbroken run %s", got, want)
	}
}

// TestE2ENoWorker opens the page where the worker's script is missing.
func TestE2ENoWorker(t *testing.T) {
	t.Parallel()
	plain := Server(distSite(t))
	url := serveSite(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/web/worker.js" {
			http.NotFound(w, r)
			return
		}
		plain.ServeHTTP(w, r)
	}))
	p := openTab(t, startBrowser(t), url)
	p.wait("the alert", 60*time.Second, `document.querySelector("[role=alert]")?.textContent.includes("script could not be loaded")`)
	p.shoot("no-worker")
	p.forgive("404")
}
