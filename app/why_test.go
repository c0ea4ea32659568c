package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// asking is a lively desk that looks through the lens Why at a digit whose only
// ink is pixel 29.
func asking(t *testing.T) (*desk, *fakeSession) {
	t.Helper()
	d := lively(t)
	s := &fakeSession{}
	d.session = s
	d.chooseLens(lensWhy)
	d.handle(testReasons())
	return d, s
}

func testReasons() *wire.Reasons {
	image := func(name string, at int, v float32) wire.Tensor {
		x := wire.Tensor{Name: name, Shape: []int{1, 28, 28}, Data: make([]float32, 784)}
		x.Data[at] = v
		return x
	}
	r := &wire.Reasons{Step: 1200, Class: 5, Layer: "conv2d_2", Input: image("input", 29, .5), Gradient: image("gradient", 60, -.25),
		TimesInput: image("gradient x input", 29, .125), CAM: image("conv2d_2", 90, 3),
		Maps:  wire.Tensor{Name: "relu_2", Shape: []int{32, 2, 2}, Data: make([]float32, 128)},
		Probs: []float32{0, 0, 0, .25, 0, .75, 0, 0, 0, 0}}
	r.CAM.Shape = []int{28, 28}
	copy(r.Maps.Data[4*7:], []float32{0, 1, 2, 1})
	return r
}

func testCovered() *wire.Covered {
	c := &wire.Covered{Step: 1200, Class: 5, Patch: 5, Stride: 1, Places: 576, Done: 100, Whole: .75,
		Drop: wire.Tensor{Shape: []int{28, 28}, Data: make([]float32, 784)}}
	c.Drop.Data[29] = .5
	return c
}

// What is asked follows the visitor's choices.
func TestWhyAsks(t *testing.T) {
	d, s := asking(t)
	d.askWhy() // as the view does when it opens
	expectSent(t, s, "Why")
	expectAsked := func(what string, want wire.Why) {
		t.Helper()
		got := last[*wire.Why](s)
		if got == nil || got.Split != want.Split || got.Index != want.Index || got.Given != want.Given || got.Class != want.Class ||
			got.Layer != want.Layer || !slices.Equal(got.Silent, want.Silent) || got.Patch != want.Patch || got.Stride != want.Stride {
			t.Errorf("%s: asked %+v, expected %+v", what, got, want)
		}
		s.take()
	}
	w := wire.Why{Patch: 5, Stride: 1}
	d.choose(wire.TestSplit, 7)
	w.Split, w.Index = wire.TestSplit, 7
	if i, j := slices.Index(names(s), "Watch"), slices.Index(names(s), "Why"); i < 0 || j < i {
		t.Errorf("sent %v, expected a Why behind the Watch", names(s))
	}
	expectAsked("another image", w)
	for _, f := range []int{30, 2, 9, 2} {
		d.silence(f)
	}
	w.Silent = []int{9, 30}
	expectAsked("silent filters", w)
	d.changeWhy(func(c *whyChoice) { c.Ask.Given, c.Ask.Class = true, 3 })
	w.Given, w.Class = true, 3
	expectAsked("a class", w)
	d.chooseConvolution("conv2d_1")
	w.Layer, w.Silent = "conv2d_1", nil
	expectAsked("a convolution", w)
	d.showWhy(func(c *whyChoice) { c.Gradient = gradientSize })
	expectSent(t, s)
	d.handle(&wire.Model{Layers: []wire.LayerInfo{{Name: "conv_a", Type: "Conv2D", OutShape: []int{4, 26, 26}}, {Name: "softmax", OutShape: []int{3}}}})
	s.take()
	d.askWhy()
	w.Layer, w.Given, w.Class = "", false, 0
	expectAsked("another model", w)
	d.chooseLens("maps")
	expectSent(t, s, "LookAway")
	d.choose(wire.TestSplit, 8)
	expectSent(t, s, "GetSample", "Watch")
}

// names are of what was sent, which stays.
func names(s *fakeSession) []string {
	copied := *s
	return copied.take()
}

// A worker that is started again is asked again.
func TestWhyStartAgain(t *testing.T) {
	d, sessions := opened(t, "lens=why")
	expectSent(t, (*sessions)[0], "Init", "Watch", "Load")
	d.handle(drawable)
	expectSent(t, (*sessions)[0], "Why")
	d.handle(&wire.Failed{Fatal: true})
	d.startAgain()
	expectSent(t, (*sessions)[1], "Init", "Watch", "Why", "Load")
	d.handle(drawable)
	expectSent(t, (*sessions)[1], "Why") // of the new network
}

func TestWhyView(t *testing.T) {
	d, _ := asking(t)
	root := rendered(t, d)
	expectText(t, root, "why-image-caption", "Image 0. The probability of 5: 0.7500, says the network after step 1,200.")
	gradient := func() string { return text(byID(t, rendered(t, d), "why-gradient-caption")) }
	if got := gradient(); !strings.HasSuffix(got, "Strongest at row 2, column 4: −0.2500.") {
		t.Errorf("the gradient's caption is %q", got)
	}
	d.showWhy(func(c *whyChoice) { c.Gradient = gradientSize })
	if got := gradient(); !strings.HasSuffix(got, "Strongest at row 2, column 4: 0.2500.") {
		t.Errorf("the saliency's caption is %q", got)
	}
	d.showWhy(func(c *whyChoice) { c.Gradient = gradientTimes })
	if got := gradient(); !strings.HasSuffix(got, "Strongest at row 1, column 1: +0.1250.") {
		t.Errorf("the caption of gradient x input is %q", got)
	}
	d.showWhy(func(c *whyChoice) { c.Pixel = 29 })
	expectText(t, rendered(t, d), "why-readout", "row 1, column 1 · Image 0.5000 · Input gradient +0.1250 · Grad-CAM 0.0000 · Occlusion map –")
	d.handle(testCovered())
	root = rendered(t, d)
	for i, want := range []string{"Image 0.5000", "Input gradient +0.1250", "Grad-CAM 0.0000", "Occlusion map +0.5000"} {
		if got := text(find(root, "class", "why-head")[i]); got != want {
			t.Errorf("picture %d is headed %q, expected %q", i, got, want)
		}
	}
	expectText(t, root, "why-readout", "row 1, column 1 · Image 0.5000 · Input gradient +0.1250 · Grad-CAM 0.0000 · Occlusion map +0.5000")
	expectText(t, root, "why-covering", "100 of 576 places, network after step 1,200")
	if again := byID(t, root, "why-again"); !disabled(again) {
		t.Error("measures again what is of this moment")
	}
	r := testReasons()
	r.Step = 1300
	d.handle(r)
	if again := byID(t, rendered(t, d), "why-again"); disabled(again) {
		t.Error("can't measure again what is of an earlier moment")
	}
	r = testReasons()
	r.Index = 1
	d.handle(r)
	if d.covered() != nil {
		t.Error("another image's occlusion map is shown")
	}
}

func TestSilenceView(t *testing.T) {
	d, _ := asking(t)
	root := rendered(t, d)
	if n := len(find(root, "class", "silence-toggle")); n != 32 {
		t.Errorf("%d filters to silence", n)
	}
	expectText(t, root, "silence-readout", "No filter is silent.")
	row := func(class int) string {
		for n := range byID(t, rendered(t, d), "silence-table").Descendants() {
			if n.Data == "th" && attr(n, "scope") == "row" && text(n) == strconv.Itoa(class) {
				return text(n.Parent)
			}
		}
		return ""
	}
	if got := row(5); got != "5 0.7500 – – –" {
		t.Errorf("with nothing silent: %q", got)
	}
	d.silence(7)
	d.silence(3)
	r := testReasons()
	r.Silent, r.Left = []int{3, 7}, []float32{0, 0, 0, .5, 0, .5, 0, 0, 0, 0}
	d.handle(r)
	a := &wire.Ablated{Step: 1200, Layer: "conv2d_2", Silent: []int{3, 7}, Samples: 10000, Done: 1000,
		Seen: slices.Repeat([]int{100}, 10), Whole: slices.Repeat([]int{90}, 10), Left: slices.Repeat([]int{80}, 10)}
	a.Left[5] = 20
	d.handle(a)
	if got := row(5); got != "5 0.7500 0.5000 0.9000 0.2000" {
		t.Errorf("with two silent: %q", got)
	}
	root = rendered(t, d)
	if got := text(byID(t, root, "silence-table")); !strings.HasSuffix(got, "all 0.9000 0.7400") {
		t.Errorf("the table is %q", got)
	}
	expectText(t, root, "silence-readout", "Silent: 3, 7.")
	expectText(t, root, "silence-progress", "1,000 of 10,000 test images read, network after step 1,200")
	for filter, want := range map[string]string{"silence-7": "", "silence-6": "false"} { // go-app writes true without a value
		if got := attr(byID(t, root, filter), "aria-pressed"); got != want {
			t.Errorf("%s is pressed: %s", filter, got)
		}
	}
	d.showWhy(func(c *whyChoice) { c.Filter = 7 })
	expectText(t, rendered(t, d), "silence-readout", "filter 7: mean 1.000, largest 2.000; silent")
	d.silence(7)
	if d.ablated() != nil {
		t.Error("the numbers of other silent filters are shown")
	}
}

// The lens is as sound as the page.
func TestWhyPage(t *testing.T) {
	d, _ := asking(t)
	d.handle(testCovered())
	root := rendered(t, d)
	seen := map[string]bool{}
	for n := range root.Descendants() {
		if id := attr(n, "id"); id != "" && seen[id] {
			t.Errorf("two elements have the id %s", id)
		} else {
			seen[id] = true
		}
		for _, key := range []string{"aria-labelledby", "aria-describedby", "aria-controls", "for"} {
			if id := attr(n, key); id != "" && len(find(root, "id", id)) != 1 {
				t.Errorf("%s=%q of a %s leads nowhere", key, id, n.Data)
			}
		}
		if attr(n, "style") != "" {
			t.Errorf("%s has a style attribute", n.Data)
		}
	}
}

// Nothing of the lens is left in English, or filled in wrongly.
func TestWhyTranslated(t *testing.T) {
	d, _ := asking(t)
	d.handle(testCovered())
	d.silence(3)
	d.handle(&wire.Ablated{Layer: "conv2d_2", Silent: []int{3}, Samples: 10, Done: 1, Seen: []int{1}, Whole: []int{1}, Left: []int{0}})
	for _, w := range languages[1:] {
		d.speak(w)
		same := texts(w)
		shown := readable(byID(t, rendered(t, d), "inside"))
		for _, text := range shown {
			if strings.Contains(text, "%!") || strings.Contains(text, "%[") {
				t.Errorf("%s: %q is filled in wrongly", w.Name, text)
			}
		}
		for name, text := range texts(english) {
			if len(text) > 5 && same[name] != text && !verbs.MatchString(text) && slices.Contains(shown, text) {
				t.Errorf("%s: %s is still %q", w.Name, name, text)
			}
		}
	}
}

// The channels of a colour make one value: their sum, for their size the largest.
func TestWhyColours(t *testing.T) {
	d := newDesk(testSources, "")
	rgb := func(values ...float32) wire.Tensor { return wire.Tensor{Shape: []int{3, 1, 2}, Data: values} }
	d.State.Reasons = &wire.Reasons{Input: rgb(0, 0.3, 0.6, 0.3, 0, 0.3), Gradient: rgb(1, -5, -3, 2, 1, 1), TimesInput: rgb(0, -1, -2, 1, 0, 1),
		CAM: wire.Tensor{Shape: []int{1, 2}, Data: []float32{1, 0}}, Probs: []float32{1}}
	for kind, want := range map[gradientKind]string{gradientSigned: "[-1 -2]", gradientSize: "[3 5]", gradientTimes: "[-2 1]"} {
		d.Why.Gradient = kind
		if got := fmt.Sprint(whyPictures(d)[whyGradient].values); got != want {
			t.Errorf("kind %d: %s, expected %s", kind, got, want)
		}
	}
	if got := whyPictures(d)[whyImage].values; got[1] != 0.3 || max(got[0]-0.2, 0.2-got[0]) > 1e-6 {
		t.Errorf("the image is %v", got)
	}
	var r raster
	(&whyFigure{Desk: d, Picture: whyImage}).paint(&r)
	if r.W != 2 || r.H != 1 || r.Pix[0] != 0 || r.Pix[1] != 153 {
		t.Errorf("the picture is %dx%d: %v", r.W, r.H, r.Pix)
	}
}

// Of another network filters that it doesn't have aren't silent any more, and what
// the one before answered is gone.
func TestWhyOfAnotherNetwork(t *testing.T) {
	d, s := asking(t)
	d.silence(9)
	d.silence(30)
	d.handle(testCovered())
	if d.covered() == nil {
		t.Fatal("no occlusion map of what is asked")
	}
	d.changeWhy(func(c *whyChoice) { c.Filter = 30 })
	d.handle(&wire.Model{Layers: []wire.LayerInfo{{Name: "conv2d_1", Type: "Conv2D", OutShape: []int{32, 26, 26}},
		{Name: "conv2d_2", Type: "Conv2D", OutShape: []int{10, 24, 24}}, {Name: "softmax", OutShape: []int{10}}}})
	if m := last[*wire.Why](s); !slices.Equal(m.Silent, []int{9}) || d.Why.Filter != 9 {
		t.Errorf("the silent filters are %v, the chosen one %d, expected 9 and 9", m.Silent, d.Why.Filter)
	}
	if d.State.Reasons != nil || d.covered() != nil || d.ablated() != nil {
		t.Error("the answers of the network before are still there")
	}
}

// An occlusion map of another class, or of a drawing that has changed, is none of
// what is asked.
func TestWhyCoveredBelongs(t *testing.T) {
	d, _ := asking(t)
	answered := testCovered()
	answered.Class++
	if d.handle(answered); d.covered() == nil {
		t.Error("what the network answered before is not shown")
	}
	d.changeWhy(func(c *whyChoice) { c.Ask.Given, c.Ask.Class = true, testCovered().Class })
	for what, change := range map[string]func(*wire.Covered){
		"the same":        func(*wire.Covered) {},
		"another class":   func(c *wire.Covered) { c.Class++ },
		"another image":   func(c *wire.Covered) { c.Index++ },
		"another drawing": func(c *wire.Covered) { c.Drawings++ },
	} {
		c := testCovered()
		change(c)
		d.handle(c)
		if shown := d.covered() != nil; shown != (what == "the same") {
			t.Errorf("%s: shown is %v", what, shown)
		}
	}
}
