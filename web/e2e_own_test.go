//go:build e2e

package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"convlens/nn/mnist"
)

// found is what the page says it found in the visitor's files.
const found = `document.getElementById("own-found").textContent`

// alertText is what the page says went wrong.
const alertText = `[...document.querySelectorAll("[role=alert]")].map(a => a.textContent).join(" ")`

// upload chooses files in the input of that id.
func (p *tab) upload(id string, paths ...string) {
	p.Helper()
	p.run(chromedp.SetUploadFiles("#"+id, paths, chromedp.ByQuery))
}

// uploadFolder chooses a folder in the input of that id, which must ask for one.
// Chromium opens a folder that a test chooses for it sometimes and sometimes not, so
// the files come from a script, as the browser would hand them over.
func (p *tab) uploadFolder(id, folder string) {
	p.Helper()
	var files [][2]string // the path from the folder's name on, and the content
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		relative, _ := filepath.Rel(filepath.Dir(folder), path)
		files = append(files, [2]string{filepath.ToSlash(relative), base64.StdEncoding.EncodeToString(content)})
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	list, _ := json.Marshal(files)
	eval[any](p, fmt.Sprintf(`{
		const all = new DataTransfer();
		for (const [path, content] of %s) {
			const file = new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], path.split("/").at(-1));
			Object.defineProperty(file, "webkitRelativePath", { value: path });
			all.items.add(file);
		}
		const input = document.getElementById(%q);
		if (!input.webkitdirectory) throw new Error("the input takes no folder");
		input.files = all.files;
		input.dispatchEvent(new Event("change", { bubbles: true }));
	} void 0`, list, id))
}

// An ownSet is files of a visitor's, and what is in them.
type ownSet struct {
	name    string
	files   func(t testing.TB, folder string) (input string, paths []string)
	says    string // of what was found
	train   string // the shape of x_train
	first   string // filters of the first convolution, as its detail says
	classes []string
}

var fashion = []string{"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"}

var ownSets = []ownSet{
	{"fashion", func(t testing.TB, folder string) (string, []string) {
		train, test := shapes(1, 640, 10, 1, 28, 28), shapes(2, 120, 10, 1, 28, 28)
		return "own-files", []string{
			write(t, folder, "d", mnist.EncodeLabels(test.Labels)), write(t, folder, "c", mnist.Gzip(mnist.EncodeImages(train))),
			write(t, folder, "names.txt", []byte(strings.Join(fashion, "\n"))),
			write(t, folder, "b", mnist.EncodeImages(test)), write(t, folder, "a", mnist.Gzip(mnist.EncodeLabels(train.Labels))),
		}
	}, "640 training and 120 test images of 28 × 28 pixels, grey, in 10 classes (T-shirt/top, Trouser,", "(640, 1, 28, 28)", "", fashion},
	{"square", func(t testing.TB, folder string) (string, []string) {
		s := shapes(3, 480, 5, 1, 50, 50)
		return "own-files", []string{write(t, folder, "mine.gz", mnist.Gzip(mnist.EncodeImages(s))), write(t, folder, "labels", mnist.EncodeLabels(s.Labels))}
	}, "mine: 400 training and 80 test images of 50 × 50 pixels, grey, in 5 classes (0, 1, 2, 3, 4). The files have no test images", "(400, 1, 50, 50)", "", []string{"0", "4"}},
	{"tall", func(t testing.TB, folder string) (string, []string) {
		s := shapes(4, 480, 3, 1, 33, 17)
		return "own-files", []string{write(t, folder, "tall.zip", zipOf(t, pictureFiles(t, &s, []string{"disc", "square", "cross"})))}
	}, "tall: 402 training and 78 test images of 33 × 17 pixels, grey, in 3 classes (cross, disc, square). The files have no test images", "(402, 1, 33, 17)", "", []string{"cross", "disc", "square"}},
	{"wide", func(t testing.TB, folder string) (string, []string) {
		train, test := shapes(5, 480, 2, 1, 17, 33), shapes(6, 60, 2, 1, 17, 33)
		for name, s := range map[string]*mnist.Set{"train": &train, "test": &test} {
			for file, b := range pictureFiles(t, s, []string{"Äpfel", "Birnen"}) {
				write(t, folder, "wide/"+name+"/"+file, b)
			}
		}
		write(t, folder, "wide/README.txt", []byte("what this is"))
		return "own-folder", []string{folder + "/wide"}
	}, "wide: 480 training and 60 test images of 17 × 33 pixels, grey, in 2 classes (Birnen, Äpfel). The test images are those of the files. Not used (1): wide/README.txt.", "(480, 1, 17, 33)", "", []string{"Birnen", "Äpfel"}},
	{"colour", func(t testing.TB, folder string) (string, []string) {
		s := shapes(7, 480, 6, 3, 32, 32)
		return "own-files", []string{write(t, folder, "colour.zip", zipOf(t, pictureFiles(t, &s, []string{"red disc", "green square", "blue cross", "red ring", "green cone", "blue bar"})))}
	}, "colour: 402 training and 78 test images of 32 × 32 pixels, in colour, in 6 classes (blue bar,", "(402, 3, 32, 32)", "", []string{"blue bar", "red ring"}},
	{"many", func(t testing.TB, folder string) (string, []string) {
		s := shapes(8, 256*3, 256, 3, 28, 28)
		return "own-files", []string{write(t, folder, "x", mnist.EncodeImages(s)), write(t, folder, "y", mnist.EncodeLabels(s.Labels))}
	}, "x: 512 training and 256 test images of 28 × 28 pixels, in colour, in 256 classes (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …)", "(512, 3, 28, 28)", "", []string{"0", "255"}},
}

// TestE2EOwnSets opens files of every kind, trains a network on each, and looks
// at it in every way there is.
func TestE2EOwnSets(t *testing.T) {
	t.Parallel()
	url := serveSite(t, Server(distSite(t)))
	browser := startBrowser(t)
	for _, set := range ownSets {
		t.Run(set.name, func(t *testing.T) {
			p := openTab(t, browser, url+"?data=digits&seed=3&batch=32")
			p.ready()
			input, paths := set.files(t, t.TempDir())
			if input == "own-folder" {
				p.uploadFolder(input, paths[0])
			} else {
				p.upload(input, paths...)
			}
			p.wait("what was found", 30*time.Second, found)
			if got := eval[string](p, found); !strings.Contains(got, set.says) {
				t.Errorf("found: %s\nexpected: %s", got, set.says)
			}
			p.wait("the data in use", 20*time.Second, fmt.Sprintf(`document.getElementById("data-train-shape").textContent === %q`, set.train))
			p.look("own-" + set.name)
			p.press("Train")
			p.wait("the end", 240*time.Second, fingerprint)
			for _, lens := range eval[[]string](p, `[...document.querySelectorAll("[role=tab][id^=lens-]:not(#lens-compare)")].map(t => t.id)`) {
				eval[any](p, fmt.Sprintf(`void document.getElementById(%q).click()`, lens))
				p.wait("pictures of "+lens, 60*time.Second, `document.querySelector(".lens-panel:not([hidden]) :is(canvas[style], .confusion)")`)
				p.quiet()
				eval[any](p, `void document.getElementById("lenses").scrollIntoView()`)
				p.shoot(fmt.Sprintf("own-%s-%s", set.name, lens))
				p.fits(lens)
			}
			eval[any](p, `void document.getElementById("explore-summary").click()`)
			p.wait("the explorer", 20*time.Second, `document.querySelector("#explore-means[style]")`)
			p.look("own-" + set.name + "-explored")
			if alert := eval[string](p, alertText); alert != "" {
				t.Errorf("the page says %q", alert)
			}
			for _, class := range set.classes {
				if !eval[bool](p, fmt.Sprintf(`[...document.querySelectorAll("#data .class-name")].some(e => e.textContent === %q)`, class)) {
					t.Errorf("no class %s", class)
				}
			}
		})
	}
}

// TestE2EOwnFewLongNames opens files of fewer classes than a kept drawing's and the
// chosen label are of: the worker goes on, and nothing is named what there isn't.
// Their classes' names are as long as names may be; the page is as wide as before.
func TestE2EOwnFewLongNames(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits&seed=3&batch=32&limit=1280", drawScript())
	p.ready()
	for _, keep := range []bool{true, false} {
		p.mouse(p.onPad(9, 60, 40, 190))
		p.settled()
		p.enter("pad-label", "9")
		if keep {
			p.press("Keep")
			p.wait("an empty pad", 5*time.Second, `document.getElementById("pad-undo").disabled`)
		}
	}
	var names []string
	for _, letter := range "wxyz" {
		names = append(names, strings.Repeat(string(letter), 64))
	}
	folder, set := t.TempDir(), shapes(9, 400, 4, 1, 28, 28)
	p.upload("own-files", write(t, folder, "x", mnist.EncodeImages(set)), write(t, folder, "y", mnist.EncodeLabels(set.Labels)),
		write(t, folder, "names.txt", []byte(strings.Join(names, "\n"))))
	p.wait("the data in use", 30*time.Second, `document.getElementById("data-title").textContent.startsWith("Your files")`)
	p.settled()
	if said := eval[string](p, `document.getElementById("pad-label").value + " " + document.getElementById("pad-keep").disabled`); said != "none true" {
		t.Errorf("with 4 classes the label and whether it can't be kept are %q, expected \"none true\"", said)
	}
	const kept = `document.getElementById("kept").textContent`
	p.wait("what the drawing kept is", 10*time.Second, kept+`.includes("9, not a class of these data → ")`)
	p.enter("pad-label", "2")
	p.press("Train")
	p.wait("the end", 120*time.Second, fingerprint)
	p.looks(func(look string) {
		p.fits(look)
		eval[any](p, `void document.getElementById("pad-label").scrollIntoView({ block: "center" })`)
		p.shoot("own-names-" + look)
		if over := eval[float64](p, `(e => e.getBoundingClientRect().right - e.closest(".pad-answer").getBoundingClientRect().right)(document.getElementById("pad-label"))`); over > 1 {
			t.Errorf("%s: the choice of a label is %v px wider than its place", look, over)
		}
	})
	p.press("Keep")
	p.wait("the second", 10*time.Second, kept+`.includes("yyyy")`)
	p.looks(func(look string) { p.fits(look + " with both kept") })
	if alert := eval[string](p, alertText); alert != "" {
		t.Errorf("the page says %q", alert)
	}
}
