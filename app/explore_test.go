package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// exploredData are two training images each of classes 0 to 4, in turn, and three
// test images of class 4.
var exploredData = &wire.Loaded{Name: "mnist", Title: "MNIST", TrainN: 10, TestN: 3, SampleShape: []int{1, 2, 3},
	Classes: []string{"zero", "one", "two", "three", "four", "nothing"}, TrainPerClass: []int{2, 2, 2, 2, 2, 0}, TestPerClass: []int{0, 0, 0, 0, 3, 0}}

func exploredSurvey() *wire.Survey {
	levels := make([]int, 256)
	levels[0], levels[10], levels[20] = 2, 1, 1
	return &wire.Survey{
		Train: wire.Half{Labels: []byte{0, 1, 2, 3, 4, 0, 1, 2, 3, 4}, Levels: levels},
		Test:  wire.Half{Labels: []byte{4, 4, 4}, Levels: make([]int, 256)},
	}
}

// explored is a desk whose explorer is open and has its data.
func explored(t *testing.T, query string) (*desk, *fakeSession) {
	t.Helper()
	d, sessions := opened(t, query)
	d.handle(exploredData)
	d.openExplorer(true)
	d.handle(exploredSurvey())
	s := (*sessions)[0]
	s.take()
	return d, s
}

// The explorer asks for nothing until it is opened, for nothing twice, and for all
// of it again with other data.
func TestExploreAsks(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.openExplorer(true) // before there is anything
	d.openExplorer(false)
	d.handle(exploredData)
	expectSent(t, s, "Init", "Watch", "Load", "GetSample", "Watch")
	d.openExplorer(true)
	if m := last[*wire.GetMeans](s); m == nil || m.Split != wire.TrainSplit || !slices.Equal(m.Classes, []int{0, 1, 2, 3, 4, 5}) {
		t.Errorf("asked for the means %+v", m)
	}
	expectSent(t, s, "GetSurvey", "GetMeans")
	d.openExplorer(false)
	d.openExplorer(true)
	expectSent(t, s)
	d.handle(exploredSurvey())
	d.handle(&wire.Means{Classes: []int{0, 1, 2, 3, 4, 5}, Shape: []int{1, 2, 3}, Data: make([]float32, 36)})
	expectSent(t, s)
	d.exploreList(byTest)
	if m := last[*wire.GetMeans](s); m == nil || m.Split != wire.TestSplit {
		t.Errorf("asked for the means %+v", m)
	}
	expectSent(t, s, "GetMeans")
	d.exploreClass(4)
	d.handle(exploredData)
	expectSent(t, s, "GetSurvey", "GetMeans", "GetSample", "Watch")
	if x := &d.Explore; x.From != byTrain || x.Class != -1 || len(x.entries) != 0 || !x.Open {
		t.Errorf("of other data is explored %+v", x)
	}
}

// The order is asked for with the settings of the run that the network is in, or of
// the next one, and again when they change.
func TestExploreOrder(t *testing.T) {
	d, s := explored(t, "seed=5&limit=8&batch=4&shift=1")
	d.exploreList(byEpoch)
	want := wire.GetOrder{Epoch: 1, Seed: 5, Limit: 8, Shift: 1}
	if m := last[*wire.GetOrder](s); m == nil || *m != want {
		t.Errorf("asked for %+v, expected %+v", m, want)
	}
	expectSent(t, s, "GetOrder")
	if len(d.Explore.entries) != 0 {
		t.Error("places are listed that nobody knows yet")
	}
	order := &wire.Order{Of: want, Indices: []int{7, 2, 0, 5, 1, 3, 6, 4}, Moves: []byte{0, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}
	d.handle(order)
	if x := &d.Explore; !slices.Equal(x.entries, []int{0, 1, 2, 3, 4, 5, 6, 7}) || d.imageAt(1) != 2 || d.batchOf(3) != 1 || d.batchOf(4) != 2 {
		t.Errorf("listed are %v, image %d at place 1, batches %d and %d", x.entries, d.imageAt(1), d.batchOf(3), d.batchOf(4))
	}
	if dx, dy := d.move(0); dx != -1 || dy != 0 {
		t.Errorf("the first image is moved by %d, %d", dx, dy)
	}
	d.exploreClass(2)
	if got := d.Explore.entries; !slices.Equal(got, []int{0, 1}) {
		t.Errorf("class 2 is at the places %v", got)
	}

	// Another seed is of the next run at once, as long as nothing has been learnt.
	d.set("seed", "6")
	if m := last[*wire.GetOrder](s); m == nil || m.Seed != 6 || len(d.Explore.entries) != 0 {
		t.Errorf("with another seed asked for %+v, listed %v", m, d.Explore.entries)
	}
	d.handle(&wire.Order{Of: want, Indices: []int{7}}) // late
	if len(d.Explore.entries) != 0 {
		t.Error("the order of other settings is listed")
	}
	d.set("seed", "5")
	d.handle(order)
	d.handle(&wire.Model{})
	d.do(actTrain)
	d.handle(&wire.Progress{State: wire.Training, Step: 3, Epoch: 2, Epochs: 2})
	s.take()
	d.set("seed", "7")
	d.exploreClass(-1)
	if got := s.take(); slices.Contains(got, "GetOrder") || len(d.Explore.entries) != 8 {
		t.Errorf("a setting that waits for Reset asks for %v and lists %v", got, d.Explore.entries)
	}
	d.handle(&wire.Progress{State: wire.Training, Step: 4, Epoch: 1, Epochs: 2, Seen: 4})
	d.exploreNow()
	if x := &d.Explore; x.At != 3 || x.Next != -1 {
		t.Errorf("after 4 images the run is at entry %d", x.At)
	}
	d.handle(&wire.Progress{State: wire.Training, Step: 5, Epoch: 2, Epochs: 2, Seen: 2})
	d.exploreNow()
	d.handle(&wire.Order{Of: wire.GetOrder{Epoch: 2, Seed: 5, Limit: 8, Shift: 1}, Indices: []int{3, 1, 2}})
	if x := &d.Explore; x.At != 1 || d.imageAt(x.entries[x.At]) != 1 {
		t.Errorf("in the next epoch, after 2 images, the run is at entry %d", x.At)
	}
	d.exploreList(byTrain)
	d.exploreList(byEpoch)
	if m := last[*wire.GetOrder](s); m == nil || m.Epoch != 2 || m.Seed != 5 {
		t.Errorf("in epoch 2 asked for %+v", m)
	}
	d.handle(&wire.Progress{State: wire.Done, Step: 4, Epoch: 2, Epochs: 2})
	d.do(actReset)
	d.handle(&wire.Model{})
	if m := last[*wire.GetOrder](s); m.Seed != 7 {
		t.Errorf("after Reset asked for %+v", m)
	}
}

func TestExplorePages(t *testing.T) {
	d, _ := explored(t, "")
	large := *exploredData
	large.SampleShape = []int{1, 1024, 512} // four on a page
	d.State.Data = &large
	for _, c := range []struct {
		pages, first int
		shown        []int
	}{{0, 0, []int{0, 1, 2, 3}}, {1, 4, []int{4, 5, 6, 7}}, {1, 8, []int{8, 9}}, {1, 0, []int{0, 1, 2, 3}}, {-1, 8, []int{8, 9}}, {-1, 4, []int{4, 5, 6, 7}}} {
		d.explorePages(c.pages)
		if d.Explore.First != c.first || !slices.Equal(d.exploreShown(), c.shown) {
			t.Errorf("%+d pages lead to %d with %v, expected %d with %v", c.pages, d.Explore.First, d.exploreShown(), c.first, c.shown)
		}
	}
	d.exploreGo(6)
	if x := &d.Explore; x.First != 4 || x.At != 6 {
		t.Errorf("image 6 is on the page from %d, pointed at is %d", x.First, x.At)
	}
	d.exploreClass(3)
	d.exploreGo(5) // the next of class 3
	if x := &d.Explore; !slices.Equal(x.entries, []int{3, 8}) || x.At != 1 {
		t.Errorf("of %v pointed at is %d", x.entries, x.At)
	}
	d.exploreGo(1000)
	if d.Explore.At != 1 {
		t.Errorf("beyond the end pointed at is %d", d.Explore.At)
	}
}

// Of large images a few mean images are shown and asked for at once, and the chosen
// class' besides.
func TestExploreLargeMeans(t *testing.T) {
	d, sessions := opened(t, "explore=1")
	s := (*sessions)[0]
	large := *exploredData
	large.SampleShape = []int{1, 1024, 512}
	d.handle(&large)
	if m := last[*wire.GetMeans](s); m == nil || !slices.Equal(m.Classes, []int{0, 1}) {
		t.Errorf("asked for the means %+v", m)
	}
	d.exploreClass(3)
	d.handle(&wire.Means{Classes: []int{0, 1}, Shape: large.SampleShape, Data: make([]float32, 2<<19)})
	if m := last[*wire.GetMeans](s); !slices.Equal(m.Classes, []int{3}) {
		t.Errorf("then asked for the means %+v", m)
	}
}

func TestExploreClassCalled(t *testing.T) {
	d, _ := explored(t, "")
	for name, want := range map[string]int{"": -1, "  ": -1, "four": 4, " Four ": 4, "hre": 3, "ne": 1, "5": 5, "0": 0} {
		if got, ok := d.classCalled(name); !ok || got != want {
			t.Errorf("%q is class %d, expected %d", name, got, want)
		}
	}
	for _, name := range []string{"6", "-1", "fives"} {
		if got, ok := d.classCalled(name); ok {
			t.Errorf("%q is class %d", name, got)
		}
	}
}

// What the explorer writes: counts, shares, what is missing, values, the list.
func TestExploreView(t *testing.T) {
	d, _ := explored(t, "limit=9&batch=2&shift=1&image=3")
	root := rendered(t, d)
	if got := text(byID(t, root, "explore-classes")); got != "Class Training images Test images zero 2 20.0% 0 0.0% one 2 20.0% 0 0.0% two 2 20.0% 0 0.0% "+
		"three 2 20.0% 0 0.0% four 2 20.0% 3 100.0% nothing 0 0.0% 0 0.0% all 10 3" {
		t.Errorf("the classes are %q", got)
	}
	expectText(t, root, "explore-balance", "There is no training image of: nothing. "+
		"There is no test image of: zero, one, two, three, nothing.")
	expectText(t, root, "explore-values", "Images Smallest Largest Mean Standard deviation Zeros training 0 20 7.50 (0.0294) 8.29 (0.0325) 50.0% test – – – – –")
	expectText(t, root, "explore-listed", "1 to 10 of 10 training images.")

	even := *exploredData
	even.Classes, even.TrainPerClass, even.TestPerClass = []string{"a", "b"}, []int{5, 5}, []int{1, 2}
	if got, want := english.balance(&even, d.class), "Training: each class has 5 images. Test: class zero has the fewest images, 1, class one the most, 2."; got != want {
		t.Errorf("of even classes it says %q, expected %q", got, want)
	}

	d.exploreClass(5)
	root = rendered(t, d)
	for _, id := range []string{"explore-listed", "explore-mean-readout"} {
		expectText(t, root, id, "There is no such image.")
	}
	d.exploreClass(-1)

	d.exploreList(byEpoch)
	d.handle(&wire.Order{Of: d.orderWanted(), Indices: []int{7, 2, 0, 5, 1, 3, 6, 4, 8}, Moves: slices.Repeat([]byte{0, 2}, 9)})
	d.exploreGo(3)
	root = rendered(t, d)
	expectText(t, root, "explore-listed", "1 to 9 of 9 training images, in the order in which epoch 1 takes them: seed 1, batches of 2. "+
		"Each is drawn as this epoch moves it, by up to 1 px. Training image 3, the chosen one, comes at place 6, in batch 3.")
	expectText(t, root, "explore-readout", "Place 4, batch 2: training image 5, label zero. Moved by −1 to the right and 1 down.")
	if got := text(byID(t, root, "explore-numbers")); !strings.HasPrefix(got, "These images in numbers Place Batch Image Label 1 1 7 two 2 1 2 two 3 2 0 zero 4 2 5 zero") {
		t.Errorf("the numbers are %q", got)
	}
	d.choose(wire.TrainSplit, 9)
	if got := text(byID(t, rendered(t, d), "explore-listed")); !strings.HasSuffix(got, "Training image 9, the chosen one, is not trained on: the run takes the first 9 only.") {
		t.Errorf("of an image beyond the limit it says %q", got)
	}
	for _, w := range languages {
		d.speak(w)
		for _, text := range readable(rendered(t, d)) {
			if strings.Contains(text, "%!") || strings.Contains(text, "%[") {
				t.Errorf("%s: %q is filled in wrongly", w.Name, text)
			}
		}
	}
}

// What a run leaves out is told in the singular too, and so are the mean images.
func TestExploreOfOne(t *testing.T) {
	d, _ := explored(t, "limit=1&image=3")
	large := *exploredData
	large.SampleShape = []int{1, 1024, 1024} // one mean image is as much as is shown
	for code, want := range map[string][2]string{
		"en": {"the run takes the first one only.", "Shown is the first of 6 classes"},
		"de": {"Der Lauf nimmt nur das erste.", "Zu sehen ist die erste von 6 Klassen"},
		"fr": {"l'entraînement ne prend que la première.", "On voit la première des 6 classes"},
		"es": {"se toma solo la primera.", "Se ve la primera de 6 clases"},
	} {
		d.speak(language(code))
		d.State.Data = exploredData
		d.exploreList(byEpoch)
		d.handle(&wire.Order{Of: d.orderWanted(), Indices: []int{7}})
		if got := text(byID(t, rendered(t, d), "explore-listed")); !strings.HasSuffix(got, want[0]) {
			t.Errorf("of one image it says %q, expected %q", got, want[0])
		}
		d.State.Data = &large
		if got := text(byID(t, rendered(t, d), "explore")); !strings.Contains(got, want[1]) {
			t.Errorf("of one mean image it says %q, expected %q", got, want[1])
		}
	}
}

// Each field says by itself what is wrong with it, in the page's language.
func TestExploreComplaints(t *testing.T) {
	d, _ := explored(t, "")
	d.exploreList(byEpoch)
	v := &exploreImages{Desk: d, class: -1, unknown: "zebra", badEpoch: true}
	for _, w := range languages {
		d.speak(w)
		root, err := html.Parse(strings.NewReader(app.HTMLString(v.Render())))
		if err != nil {
			t.Fatal(err)
		}
		expectText(t, root, attr(byID(t, root, "explore-find"), "aria-describedby"), fmt.Sprintf(w.Explore.NotFound, "zebra"))
		expectText(t, root, attr(byID(t, root, "explore-epoch-number"), "aria-describedby"), w.Explore.BadEpoch)
	}
}

// Closed it has nothing in it, and everywhere each id is there once.
func TestExploreFold(t *testing.T) {
	d, _ := explored(t, "")
	d.exploreClass(2)
	seen := map[string]bool{}
	for n := range rendered(t, d).Descendants() {
		if id := attr(n, "id"); id != "" && seen[id] {
			t.Errorf("two elements have the id %s", id)
		} else {
			seen[id] = true
		}
	}
	if !seen["explore-classes"] || !seen["explore-mean"] || !d.Query.Explore {
		t.Error("the open explorer is not there, or not in the address")
	}
	d.openExplorer(false)
	if root := rendered(t, d); len(find(root, "id", "explore-classes")) != 0 || attr(byID(t, root, "explore"), "open") != "" {
		t.Error("closed the explorer has something in it")
	}
	d, _ = opened(t, "embed=data")
	d.handle(exploredData)
	root := rendered(t, d)
	for _, id := range []string{"explore-classes", "sample", "pixels", "data-train-shape"} {
		byID(t, root, id)
	}
}

func TestMeanStore(t *testing.T) {
	var s meanStore
	s.add(&wire.Means{Split: wire.TestSplit, Classes: []int{3, 1}, Shape: []int{1, 1, 2}, Data: []float32{0, 255, 127.4, 127.6}})
	if got := s.get(wire.TestSplit, 1); !slices.Equal(got, []float32{127.4, 127.6}) || s.get(wire.TrainSplit, 1) != nil {
		t.Errorf("the mean is %v", got)
	}
	if b, ok := s.bitmap(wire.TestSplit, 1); !ok || fmt.Sprint(b) != "{1 1 2 [127 128]}" {
		t.Errorf("to be drawn is %v", b)
	}
	if _, ok := s.bitmap(wire.TestSplit, 2); ok {
		t.Error("a mean image is there that nobody sent")
	}
	var r raster
	paintMeans(&r, []int{1, 2, 3}, wire.TestSplit, 3, &s, lightPalette)
	g := meansGrid(3, s.Shape)
	if r.W != 2+3*4 {
		t.Errorf("three mean images are %d wide", r.W)
	}
	x, y := g.origin(0)
	if got, want := colourAt(&r, x+1, y), lightPalette.grey[128]; got != want {
		t.Errorf("127.6 has the colour %v, expected %v", got, want)
	}
	if x, y = g.origin(1); colourAt(&r, x, y) != lightPalette.Zero {
		t.Error("a mean image that isn't there is drawn")
	}
	if x, y = g.origin(2); colourAt(&r, x+1, y) != lightPalette.Ink || colourAt(&r, x-2, y-2) != lightPalette.Ink {
		t.Error("255 is not ink, or the chosen class has no frame")
	}
	s.add(&wire.Means{Classes: []int{0}, Shape: []int{1, 1, maxMeans}, Data: make([]float32, maxMeans)})
	if s.get(wire.TestSplit, 1) != nil || s.get(wire.TrainSplit, 0) == nil {
		t.Error("too many are kept")
	}
}

func TestBitmapMoved(t *testing.T) {
	b := bitmap{3, 2, 2, []byte{1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24}}
	for _, c := range []struct {
		dx, dy int
		want   []byte
	}{
		{0, 0, b.Pixels}, {1, 0, []byte{0, 1, 0, 3, 0, 11, 0, 13, 0, 21, 0, 23}},
		{-1, 1, []byte{0, 0, 2, 0, 0, 0, 12, 0, 0, 0, 22, 0}}, {0, -2, make([]byte, 12)},
	} {
		if got := b.moved(c.dx, c.dy); !slices.Equal(got.Pixels, c.want) {
			t.Errorf("moved by %d, %d: %v, expected %v", c.dx, c.dy, got.Pixels, c.want)
		}
	}
}

// A row has as many images as a phone has room for.
func TestGalleryGrid(t *testing.T) {
	for width, want := range map[int]int{1: 10, 17: 10, 28: 10, 32: 9, 50: 6, 224: 1, 1000: 1} {
		if got := galleryGrid(60, width, 3).Cols; got != want {
			t.Errorf("images %d wide stand %d in a row, expected %d", width, got, want)
		}
	}
}
