//go:build e2e

package web

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"convlens/nn"
	"convlens/nn/mnist"
)

const (
	exploreImages  = `document.getElementById("explore-images")?.width > 100`
	exploreListed  = `document.getElementById("explore-listed").textContent`
	exploreReadout = `document.getElementById("explore-readout").textContent`
	// exploreTable are the cells of the list, as text.
	exploreTable = `[...document.querySelectorAll("#explore-numbers tbody tr")].map(tr => [...tr.children].map(c => Number(c.textContent.replaceAll(",", ""))))`
)

// siteData reads a dataset from the site as it is served.
func siteData(t *testing.T, name string) *mnist.Dataset {
	t.Helper()
	var files [4][]byte
	for i, file := range idxNames {
		b, err := fs.ReadFile(distSite(t), "web/data/"+name+"/"+file+".gz")
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

// TestE2EExplorer explores MNIST, or generated digits on a site without it, and
// compares what the page shows with the files.
func TestE2EExplorer(t *testing.T) {
	t.Parallel()
	name := "mnist"
	if !hasMNIST(t) {
		name = "digits"
	}
	data := siteData(t, name)
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data="+name)
	p.ready()
	if n := eval[int](p, `document.querySelectorAll("#explore > :not(summary)").length`); n != 0 {
		t.Errorf("the closed explorer has %d elements", n)
	}
	tasks := func() {
		t.Helper()
		t.Logf("tasks of more than 50 ms on the page's thread (start, ms): %v", eval[[][]int](p, `longTasks.splice(0)`))
	}
	eval[any](p, `void longTasks.splice(0)`)
	begin := time.Now()
	eval[any](p, `void document.getElementById("explore-summary").click()`)
	p.wait("the images", 20*time.Second, exploreImages+` && document.getElementById("explore-means")?.width > 100`)
	t.Logf("open after %v", time.Since(begin))

	// The balance of the classes.
	counts := eval[[][]int](p, `[...document.querySelectorAll("#explore-classes tr")].slice(1).map(tr =>
		[...tr.querySelectorAll("td .number:not(.faint)")].map(e => Number(e.textContent.replaceAll(",", ""))))`)
	train, test := data.Train.PerClass(), data.Test.PerClass()
	var sums [2]int
	for c := range data.Train.Classes {
		if !slices.Equal(counts[c], []int{train[c], test[c]}) {
			t.Errorf("class %d has %v images, expected %d and %d", c, counts[c], train[c], test[c])
		}
		sums[0], sums[1] = sums[0]+counts[c][0], sums[1]+counts[c][1]
	}
	if all := counts[len(counts)-1]; sums != [2]int{data.Train.N, data.Test.N} || !slices.Equal(all, sums[:]) {
		t.Errorf("the classes add up to %v, the page says %v, expected %d and %d", sums, all, data.Train.N, data.Test.N)
	}

	// A label: its images by number, the mean image.
	const class = 5
	var fives []int
	mean := make([]float64, data.Train.Size())
	for i := range data.Train.N {
		if data.Train.Label(i) == class {
			fives = append(fives, i)
			for j, v := range data.Train.Image(i) {
				mean[j] += float64(v) / float64(train[class])
			}
		}
	}
	p.enter("explore-find", strconv.Itoa(class))
	p.wait("the fives", 10*time.Second, exploreListed+`.includes("class 5 only")`)
	if name == "mnist" && fives[0] != 0 {
		t.Fatalf("the first five of MNIST is image %d", fives[0])
	}
	for k, row := range eval[[][]int](p, exploreTable) {
		if !slices.Equal(row, []int{fives[k], class}) {
			t.Errorf("entry %d is %v, expected image %d of class %d", k, row, fives[k], class)
		}
	}
	tasks()
	p.look("explorer-fives")
	eval[any](p, `void longTasks.splice(0)`)

	// An image by keyboard, which becomes the page's: its numbers are the file's.
	p.run(chromedp.Focus("#explore-images-frame"), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowDown))
	p.wait("the image to the right and down", 5*time.Second, fmt.Sprintf(`%s.includes("raining image %s: label %d")`, exploreReadout, grouped(fives[11]), class))
	p.run(chromedp.KeyEvent(kb.Enter))
	p.expectSample(data, fives[11])
	p.wait("the address", 5*time.Second, fmt.Sprintf(`location.search.includes("image=%d") && location.search.includes("explore=1")`, fives[11]))
	p.enter("explore-find", "")
	p.wait("all classes", 10*time.Second, `!`+exploreListed+`.includes("only")`)
	p.enter("explore-from", strconv.Itoa(data.Train.N-1))
	p.wait("the last image", 10*time.Second, fmt.Sprintf(`%s.includes("raining image %s:")`, exploreReadout, grouped(data.Train.N-1)))
	p.press("Look at this image")
	p.expectSample(data, data.Train.N-1)

	// The order of an epoch, as nn's trainer has it, page by page.
	p.press("as trained")
	p.wait("the field for the epoch", 5*time.Second, `document.getElementById("explore-epoch-number")`)
	for _, epoch := range []int{1, 2} {
		perm := make([]int, data.Train.N)
		nn.Order(perm, 1, epoch-1)
		p.enter("explore-epoch-number", strconv.Itoa(epoch))
		for page := range 3 {
			first := fmt.Sprintf("%s to %s of", grouped(60*page+1), grouped(60*page+60))
			p.wait("page "+first, 10*time.Second, fmt.Sprintf(`%s.includes("epoch %d takes them: seed 1, batches of 128") && %[1]s.startsWith(%[3]q)`, exploreListed, epoch, first))
			rows := eval[[][]int](p, exploreTable)
			if len(rows) != 60 {
				t.Fatalf("page %d of epoch %d has %d rows", page, epoch, len(rows))
			}
			for k, row := range rows {
				at := 60*page + k
				if want := []int{at + 1, at/128 + 1, perm[at], data.Train.Label(perm[at])}; !slices.Equal(row, want) {
					t.Errorf("epoch %d has at place %d %v, expected %v", epoch, at+1, row, want)
				}
			}
			p.press("Next page")
		}
	}
	p.wait("the pictures of the page", 10*time.Second, exploreImages)
	tasks()
	p.look("explorer-order")

	// A pixel of the mean image, by keyboard.
	p.enter("explore-find", strconv.Itoa(class))
	p.wait("the fives again", 10*time.Second, exploreListed+`.includes("class 5 only")`)
	const row, col = 10, 14
	p.run(emulation.SetFocusEmulationEnabled(true), chromedp.Focus("#explore-mean-frame"))
	for range row {
		p.run(chromedp.KeyEvent(kb.ArrowDown))
	}
	for range col {
		p.run(chromedp.KeyEvent(kb.ArrowRight))
	}
	m := mean[row*data.Train.W+col]
	want := fmt.Sprintf("row %d, column %d: mean %.2f → %.4f", row, col, m, m/255)
	p.wait("the pixel's mean, "+want, 5*time.Second, fmt.Sprintf(`document.getElementById("explore-mean-readout").textContent === %q`, want))
}

// expectSample waits until an image of the training set is the page's chosen one,
// and compares its numbers with the file's.
func (p *tab) expectSample(data *mnist.Dataset, i int) {
	p.Helper()
	p.wait(fmt.Sprintf("image %d", i), 10*time.Second, fmt.Sprintf(`document.getElementById("sample-index").value === "%d" &&
		document.getElementById("sample-label").textContent === "%d"`, i, data.Train.Label(i)))
	same := func(what string, text func(v byte) string) {
		var want []string
		for _, v := range data.Train.Image(i) {
			want = append(want, text(v))
		}
		p.wait(what, 10*time.Second, fmt.Sprintf(`document.getElementById("pixels").textContent.trim().split(/\s+/).join(" ") === %q`, strings.Join(want, " ")))
	}
	same("its numbers", func(v byte) string { return strconv.Itoa(int(v)) })
	p.press("0–1")
	same("them normalised", func(v byte) string {
		switch {
		case v == 0:
			return "0"
		case v >= 254:
			return "1.0"
		}
		return strings.TrimPrefix(strconv.FormatFloat(float64(v)/255, 'f', 2, 64), "0")
	})
	p.press("0–255")
	hot := strings.Repeat("0", data.Train.Label(i)) + "1" + strings.Repeat("0", data.Train.Classes-1-data.Train.Label(i))
	if got := eval[string](p, `document.getElementById("sample-onehot").textContent.replaceAll(" ", "")`); got != hot {
		p.Errorf("image %d is one-hot %s, expected %s", i, got, hot)
	}
}

// grouped writes a count as the page does.
func grouped(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// TestE2EExplorerWhileTraining explores during a run, which ends with the same
// weights.
func TestE2EExplorerWhileTraining(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.press("Train")
	eval[any](p, `void document.getElementById("explore-summary").click()`)
	p.wait("the images", 20*time.Second, exploreImages)
	p.press("as trained")
	p.wait("the order", 20*time.Second, exploreListed+`.includes("epoch 1 takes them")`)
	for range 3 {
		p.press("Next page")
	}
	p.press("Where the run is")
	p.wait("its place", 20*time.Second, `/^Place [\d,]+, batch \d+: training image [\d,]+, label \d\.$/.test(`+exploreReadout+`)`)
	p.enter("explore-find", "7")
	p.wait("the sevens", 20*time.Second, exploreListed+`.includes("class 7 only")`)
	eval[any](p, `void document.getElementById("explore-test").click()`)
	p.wait("the end of the run", 120*time.Second, fingerprint)
	if got, want := eval[string](p, fingerprint), nativeFingerprint(t); got != want {
		t.Errorf("with the explorer open the fingerprint is %s, expected %s", got, want)
	}
}

// squares are images of a bright square on a darker ground: what its place and its
// colour are depends on the class. No test image has the class left out.
func squares(name string, c, h, w, classes, train, test, without int) Dataset {
	half := func(n int) mnist.Set {
		s := mnist.Set{N: n, C: c, H: h, W: w, Pixels: make([]byte, n*c*h*w), Labels: make([]byte, n), Classes: classes}
		for i := range n {
			label := i * 7 % classes
			if n == test && label == without {
				label = 0
			}
			s.Labels[i] = byte(label)
			for k := range s.Image(i) {
				channel, y, x := k/(h*w), k/w%h, k%w
				v := 20 + (i+k)%16
				if dx, dy := x-label%(w-6), y-label/(w-6)%(h-6); dx >= 0 && dx < 6 && dy >= 0 && dy < 6 {
					v += 80 + 40*((label+channel)%4)
				}
				s.Image(i)[k] = byte(v)
			}
		}
		return s
	}
	d := newDataset(name, name)
	for _, s := range []mnist.Set{half(train), half(test)} {
		for _, raw := range [][]byte{mnist.EncodeImages(s), mnist.EncodeLabels(s.Labels)} {
			d.add(idxFile{stored: mnist.Gzip(raw), rawBytes: len(raw), sum: checksum(raw)})
		}
	}
	return d
}

// TestE2EExplorerShapes explores images in colours that are no squares, of as many
// classes as labels can tell, and grey ones larger than MNIST's.
func TestE2EExplorerShapes(t *testing.T) {
	t.Parallel()
	dist := filepath.Join(t.TempDir(), "dist")
	site := Site{Programs: filepath.Join("..", ".cache", "build"), Datasets: []Dataset{
		squares("colours", 3, 17, 33, 256, 1024, 300, -1), squares("grey", 1, 50, 50, 4, 200, 40, 3)}}
	if _, err := site.Build(dist); err != nil {
		t.Fatal(err)
	}
	url := serveSite(t, Server(os.DirFS(dist)))
	browser := startBrowser(t)
	for _, set := range []struct {
		name                 string
		w, h, cols, classes  int
		find, read, row, hot string
	}{
		{"colours", 33, 17, 9, 256, "255", "Training image 73: label 255.", "255 4 0.4% 1 0.3%", "256"},
		{"grey", 50, 50, 6, 4, "3", "Training image 1: label 3.", "3 50 25.0% 0 0.0%", "4"},
	} {
		p := openTab(t, browser, url+"?explore=1&data="+set.name)
		p.ready()
		p.wait("the images", 20*time.Second, exploreImages)
		p.wait("the mean images", 20*time.Second, `document.getElementById("explore-means")?.width > 100`)
		wide := 2 + min(set.cols, set.classes)*(set.w+2)
		high := 2 + (set.classes+set.cols-1)/set.cols*(set.h+2)
		if m := p.picture("Mean image of each class"); m.Width != wide || m.Height != high || m.Colours < 20 {
			t.Errorf("%s: the mean images are %+v, expected %d by %d", set.name, m, wide, high)
		}
		p.enter("explore-find", set.find)
		p.wait("one class", 10*time.Second, exploreListed+`.includes("class `+set.find+` only")`)
		if got := eval[string](p, `document.getElementById("explore-class-`+set.find+`").closest("tr").innerText.trim().replace(/\s+/g, " ")`); got != set.row {
			t.Errorf("%s: the row of class %s is %q, expected %q", set.name, set.find, got, set.row)
		}
		p.enter("explore-from", "0")
		p.wait("the image", 10*time.Second, fmt.Sprintf(`%s === %q`, exploreReadout, set.read))
		p.press("Look at this image")
		p.wait("its label", 10*time.Second, `document.getElementById("sample-label").textContent === `+strconv.Quote(set.find))
		if n := eval[int](p, `document.getElementById("sample-onehot").childElementCount`); strconv.Itoa(n) != set.hot {
			t.Errorf("%s: one-hot has %d places", set.name, n)
		}
		p.look("explorer-" + set.name)
	}
}
