//go:build e2e

package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// downloads has the tab's browser save files into a folder, and returns it.
func (p *tab) downloads() string {
	p.Helper()
	dir := p.TempDir()
	c := chromedp.FromContext(p.ctx)
	err := browser.SetDownloadBehavior(browser.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(dir).
		Do(cdp.WithExecutor(p.ctx, c.Browser))
	if err != nil {
		p.Fatal(err)
	}
	return dir
}

// saved waits for a file and returns its content.
func (p *tab) saved(dir, pattern string) (name string, data []byte) {
	p.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			p.Fatal(err)
		}
		if len(found) == 0 {
			continue
		}
		if data, err = os.ReadFile(found[0]); err != nil {
			p.Fatal(err)
		}
		if len(data) > 0 {
			return found[0], data
		}
	}
	p.evidence("not-saved")
	p.Fatalf("no file %s has come", pattern)
	return "", nil
}

// A savedArray is one entry of a saved run's weights.
type savedArray struct {
	Name, DType, Base64 string
	Shape               []int
	values              []float32
}

// savedRun is what a saved run's JSON has.
type savedRun struct {
	Format, Dataset, Query, Fingerprint string
	Version, Step                       int
	Seed                                uint64
	Curves                              struct{ Loss, Acc []float32 }
	Epochs                              []struct {
		Loss   float64
		ValAcc float64 `json:"val_acc"`
	}
	Weights []savedArray
}

// readRun takes the JSON out of a saved run and the numbers out of that, and
// compares the weights with the fingerprint.
func readRun(t *testing.T, page []byte) (run savedRun) {
	t.Helper()
	_, rest, _ := bytes.Cut(page, []byte(`<pre id="run">`))
	text, _, found := bytes.Cut(rest, []byte("</pre>"))
	if !found {
		t.Fatal("the saved run has no JSON")
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(string(text))), &run); err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	for i := range run.Weights {
		a := &run.Weights[i]
		b, err := base64.StdEncoding.DecodeString(a.Base64)
		if err != nil || a.DType != "float32" {
			t.Fatalf("%s of %s: %v", a.Name, a.DType, err)
		}
		sum.Write(b)
		for ; len(b) > 0; b = b[4:] {
			a.values = append(a.values, math.Float32frombits(binary.LittleEndian.Uint32(b)))
		}
		n := 1
		for _, d := range a.Shape {
			n *= d
		}
		if n != len(a.values) {
			t.Errorf("%s of shape %v has %d values", a.Name, a.Shape, len(a.values))
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != run.Fingerprint {
		t.Errorf("the weights in the file have the fingerprint %s, it says %s", got, run.Fingerprint)
	}
	return run
}

// drawKernels draws weights (Out,In,3,3) as the caption and the legend say: a row for
// each filter, gaps of one pixel, blue over white to orange, the ends being the
// next round number above the largest weight.
func drawKernels(a savedArray) *image.NRGBA {
	largest := 0.0
	for _, v := range a.values {
		largest = max(largest, math.Abs(float64(v)))
	}
	unit := math.Pow(10, math.Floor(math.Log10(largest)))
	end := float32(10 * unit)
	for _, step := range []float64{8, 6, 5, 4, 3, 2, 1.5, 1} {
		if largest <= float64(float32(step*unit)) {
			end = float32(step * unit)
		}
	}
	out, in := a.Shape[0], a.Shape[1]
	img := image.NewNRGBA(image.Rect(0, 0, 1+4*in, 1+4*out))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for i, v := range a.values {
		far := [3]int{0xe0, 0x82, 0x14}
		if v < 0 {
			far, v = [3]int{0x21, 0x66, 0xac}, -v
		}
		t := int(min(255, float32(float32(v/end)*255)+0.5))
		shade := func(c int) uint8 { return uint8((255*(255-t) + c*t + 127) / 255) }
		k := i / 9
		img.SetNRGBA(1+k%in*4+i%3, 1+k/in*4+i/3%3, color.NRGBA{shade(far[0]), shade(far[1]), shade(far[2]), 255})
	}
	return img
}

func crop(img *image.NRGBA, r image.Rectangle) *image.NRGBA {
	part := image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y := range r.Dy() {
		for x := range r.Dx() {
			part.Set(x, y, img.At(r.Min.X+x, r.Min.Y+y))
		}
	}
	return part
}

// sameEnlarged compares a PNG with a picture, pixel by pixel.
func sameEnlarged(t *testing.T, data []byte, want *image.NRGBA, scale int) {
	t.Helper()
	got, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != image.Rect(0, 0, want.Rect.Dx()*scale, want.Rect.Dy()*scale) {
		t.Fatalf("the picture is %v, expected %v times %d", got.Bounds(), want.Bounds(), scale)
	}
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			if c, w := color.NRGBAModel.Convert(got.At(x, y)), want.At(x/scale, y/scale); c != w {
				t.Fatalf("pixel (%d,%d) is %v, expected %v", x, y, c, w)
			}
		}
	}
}

// TestE2ETake saves a picture, the kernels and the run, by keyboard, and opens
// what it got from the disk.
func TestE2ETake(t *testing.T) {
	chrome := startBrowser(t)
	p := openTab(t, chrome, serveSite(t, Server(distSite(t)))+shortRun)
	dir := p.downloads()
	p.ready()
	p.press("Train")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	p.wait("the pictures", 10*time.Second, `document.querySelectorAll("#take-picture option").length === 3`)
	p.look("take")
	enter := func(id string) {
		p.Helper()
		p.wait("the button "+id, 20*time.Second, fmt.Sprintf(`!document.getElementById(%q).disabled`, id))
		p.run(chromedp.Focus("#"+id), chromedp.KeyEvent(kb.Enter))
	}

	begin := p.now()
	enter("save-run")
	runName, page := p.saved(dir, "convlens-run-*.html")
	run := readRun(t, page)
	if want := nativeFingerprint(t); run.Fingerprint != want || !strings.Contains(runName, want[:12]) {
		t.Errorf("%s has the fingerprint %s, expected %s", filepath.Base(runName), run.Fingerprint, want)
	}
	if run.Format != "convlens-run" || run.Version != 1 || run.Dataset != "digits" || run.Step != 30 || run.Seed != 3 ||
		len(run.Curves.Loss) != 30 || len(run.Curves.Acc) != 30 || len(run.Epochs) != 1 || !(run.Epochs[0].ValAcc > 0) ||
		!strings.Contains(run.Query, "seed=3") || len(run.Weights) != 8 {
		run.Weights = nil
		t.Errorf("the saved run says %+v", run)
	}

	kernels := run.Weights[2]
	enter("save-png")
	_, picture := p.saved(dir, "convlens-kernels-conv2d_2.png")
	sameEnlarged(t, picture, drawKernels(kernels), 4)
	eval[any](p, `void (document.getElementById("take-scale").value = "16")`)
	eval[any](p, `void (document.getElementById("take-picture").value = "kernel")`)
	enter("save-png")
	_, one := p.saved(dir, "convlens-kernel-conv2d_2-0-0.png")
	sameEnlarged(t, one, crop(drawKernels(kernels), image.Rect(1, 1, 4, 4)), 16)

	enter("save-html")
	htmlName, kernelPage := p.saved(dir, "convlens-kernels.html")
	numbers := regexp.MustCompile(`<pre>([^<]*)</pre></figure>`).FindAllSubmatch(kernelPage, -1)
	if len(numbers) != 32+1024 {
		t.Fatalf("the page has the numbers of %d kernels", len(numbers))
	}
	for k, n := range numbers[32:] {
		for i, text := range strings.Fields(string(n[1])) {
			if want := fmt.Sprintf("%.4f", kernels.values[9*k+i]); text != want {
				t.Fatalf("weight %d of kernel %d is %s, expected %s", i, k, text, want)
			}
		}
	}
	p.wait("the word on it", 10*time.Second, `document.getElementById("take-said").textContent.includes("convlens-kernels.html")`)
	p.logLongTasks("saving", begin)

	t.Logf("%d kB of kernels, %d kB of run", len(kernelPage)/1000, len(page)/1000)
	p.press("Evaluation") // whose tables are then in the saved run
	p.wait("the evaluation", 60*time.Second, evaluationSaid+`.includes("after step 30")`)
	dir = p.downloads()
	enter("save-run")
	evaluated, _ := p.saved(dir, "convlens-run-*.html")
	for name, images := range map[string]int{htmlName: 2 + 32 + 1024, runName: 1 + 2 + 12 + 4*3 + 1, evaluated: 1 + 2 + 12 + 4*3 + 1} {
		q := openTab(t, chrome, "file://"+name)
		q.wait("the pictures", 20*time.Second, `[...document.images].every(i => i.complete && i.naturalWidth > 0)`)
		if n := eval[int](q, `document.images.length`); n != images {
			t.Errorf("%s shows %d pictures, expected %d", filepath.Base(name), n, images)
		}
		if n := eval[int](q, `document.scripts.length`); n != 0 {
			t.Errorf("%s has %d scripts", filepath.Base(name), n)
		}
		q.shootWhole("saved-" + filepath.Base(name)[:12])
		q.run(emulation.SetDeviceMetricsOverride(390, 844, 1, false))
		q.fits("on a phone")
		if name == evaluated {
			if n := eval[int](q, `document.querySelectorAll(".confusion td").length`); n < 100 {
				t.Errorf("the matrix has %d cells", n)
			}
			q.shoot("saved-phone")
		}
	}
}

// TestE2ETakeMaps saves a layer's maps under the layer's name.
func TestE2ETakeMaps(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun+"&lens=maps&layer=conv2d_1")
	dir := p.downloads()
	p.ready()
	p.press("Why") // whose pictures come later than its tab
	p.wait("the other pictures", 20*time.Second, `document.querySelector("#take-picture option")?.value === "why-image"`)
	p.press("Feature maps")
	p.wait("the picture", 10*time.Second, `document.querySelector("#take-picture option")?.value === "maps"`)
	eval[any](p, `void (document.getElementById("take-scale").value = "1")`)
	p.press("Save PNG")
	_, data := p.saved(dir, "convlens-maps-conv2d_1.png")
	got, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if want := p.picture("Feature maps of conv2d_1"); got.Bounds() != image.Rect(0, 0, want.Width, want.Height) {
		t.Errorf("the picture is %v, the page's %d x %d", got.Bounds(), want.Width, want.Height)
	}
	if !eval[bool](p, `document.getElementById("save-run").disabled`) {
		t.Error("a run that hasn't begun can be saved")
	}
}
