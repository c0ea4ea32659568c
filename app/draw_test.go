package app

import (
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// drawnOf is what comes of a Draw once all of its images are begun.
func drawnOf(ask wire.Draw, units, steps, taken, step int) *wire.Drawn {
	return &wire.Drawn{Draw: ask, Units: units, Steps: steps, Taken: taken, Step: step, Shape: []int{1, 2, 2},
		Images: make([]float32, 4*units), First: make([]float32, units), Last: make([]float32, units)}
}

// drawable is a model of one layer of each kind.
var drawable = &wire.Model{Layers: []wire.LayerInfo{
	{Name: "conv2d_1", Type: "Conv2D", OutShape: []int{2, 6, 6}},
	{Name: "relu_1", Type: "Activation", OutShape: []int{2, 6, 6}},
	{Name: "dense_1", Type: "Dense", OutShape: []int{20}},
	{Name: "dense_2", Type: "Dense", OutShape: []int{3}},
}}

// The images are asked for when the lens opens, with a new network, with each
// choice and by hand; nothing is asked for twice, or while nobody looks.
func TestDeskDraws(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	s.take()
	d.openDrawing() // before the model is there
	d.handle(drawable)
	expectSent(t, s)
	d.chooseLens(lensFilters)
	d.openDrawing()
	d.openDrawing() // it is on its way
	if m := last[*wire.Draw](s); m == nil || *m != (wire.Draw{Layer: "conv2d_1", Seed: 1}) {
		t.Errorf("asked for %+v", m)
	}
	expectSent(t, s, "Draw")

	d.handle(drawnOf(d.Drawing.Draw, 2, 10, 13, 0))
	if !d.Drawing.UnderWay || d.drawn() == nil {
		t.Error("not under way after 13 of 20 steps")
	}
	d.handle(drawnOf(d.Drawing.Draw, 2, 10, 20, 0))
	if d.Drawing.UnderWay {
		t.Error("under way after 20 of 20 steps")
	}
	d.openDrawing() // back from another tab: they are still there
	expectSent(t, s)
	d.handle(&wire.Progress{State: wire.Paused, Step: 7})
	d.openDrawing() // of another network
	expectSent(t, s, "Draw")

	d.drawLayer("dense_2")
	d.drawLayer("dense_2")
	if d.drawn() != nil {
		t.Error("the images of another layer pass for those asked for")
	}
	d.drawPlain(true)
	d.drawAgain()
	if m := last[*wire.Draw](s); *m != (wire.Draw{Layer: "dense_2", Plain: true, Seed: 2}) {
		t.Errorf("asked for %+v", m)
	}
	expectSent(t, s, "Draw", "Draw", "Draw")
	d.handle(drawnOf(wire.Draw{Layer: "dense_2"}, 3, 1, 3, 7)) // a late one ends nothing
	if !d.Drawing.UnderWay {
		t.Error("ended by images asked for before")
	}
	d.lookAway()
	if d.Drawing.UnderWay {
		t.Error("under way after Stop drawing")
	}
	expectSent(t, s, "LookAway")

	d.handle(drawable) // another network
	if d.State.Drawn != nil {
		t.Error("the images of a network that is gone are shown")
	}
	expectSent(t, s, "Draw")
	d.handle(&wire.Failed{Doing: "Draw", Detail: "x"})
	if d.Drawing.UnderWay {
		t.Error("under way after it was refused")
	}
	d.chooseLens("kernels")
	d.handle(drawable)
	expectSent(t, s, "LookAway")
}

// After the worker's end its successor draws as soon as it has the network.
func TestDeskDrawsAgainWithANewWorker(t *testing.T) {
	d, sessions := opened(t, "lens=filters")
	d.handle(drawable)
	d.handle(&wire.Failed{Fatal: true})
	if d.Drawing.UnderWay {
		t.Error("under way without a worker")
	}
	d.startAgain()
	s := (*sessions)[1]
	expectSent(t, s, "Init", "Watch", "Load")
	d.handle(drawable)
	expectSent(t, s, "Draw")
}

// A Drawn that doesn't add up is not shown.
func TestDrawnAddsUp(t *testing.T) {
	for name, change := range map[string]func(*wire.Drawn){
		"none":          func(*wire.Drawn) {},
		"shape":         func(m *wire.Drawn) { m.Shape = []int{2, 2} },
		"images":        func(m *wire.Drawn) { m.Images = m.Images[1:] },
		"first":         func(m *wire.Drawn) { m.First = m.First[1:] },
		"more than are": func(m *wire.Drawn) { m.Units = 1 },
	} {
		d, _ := opened(t, "")
		d.handle(drawable)
		m := drawnOf(d.Drawing.Draw, 2, 10, 4, 0)
		change(m)
		if d.handle(m); (d.drawn() != nil) != (name == "none") {
			t.Errorf("%s: shown is %v", name, d.drawn())
		}
	}
}

func TestPageFilterImages(t *testing.T) {
	d, _ := opened(t, "lens=filters")
	expectText(t, rendered(t, d), "drawn-caption", english.Filters.Waiting)
	d.handle(drawable)
	d.draw()
	m := drawnOf(d.Drawing.Draw, 2, 100, 1200, 0)
	m.First[1], m.Last[1] = -0.5, 2.25
	d.Drawing.Unit = 1
	d.handle(m)
	root := rendered(t, d)
	bar := byID(t, root, "drawing")
	if attr(bar, "role") != "progressbar" || attr(bar, "aria-valuenow") != "1200" || attr(bar, "aria-valuemax") != "200" {
		t.Errorf("the progress bar says %s of %s", attr(bar, "aria-valuenow"), attr(bar, "aria-valuemax"))
	}
	expectText(t, root, "drawing-state", "1,200 of 200 steps")
	expectText(t, root, "drawn-readout", "filter 1 mean of its map 2.250, at first −0.500")
	if got := text(byID(t, root, "drawn-caption")); !strings.HasSuffix(got, "Drawn with the untrained network.") {
		t.Errorf("the caption is %q", got)
	}
	if disabled(byID(t, root, "draw-stop")) {
		t.Error("Stop drawing is off")
	}
	d.handle(&wire.Progress{State: wire.Training, Step: 9})
	root = rendered(t, d)
	expectText(t, root, "drawing-state", "1,200 of 200 steps, slowly while the network trains")
	if got := text(byID(t, root, "drawn-caption")); !strings.HasSuffix(got, english.Filters.Since) {
		t.Errorf("the caption is %q", got)
	}

	d.drawLayer("dense_2")
	m = drawnOf(d.Drawing.Draw, 3, 2, 6, 120)
	m.Last[2] = 1
	d.handle(m)
	root = rendered(t, d)
	expectText(t, root, "drawn-numbers", "Image at first now class 0 0.000 0.000 class 1 0.000 0.000 class 2 0.000 1.000")
	if got := text(byID(t, root, "drawn-caption")); !strings.Contains(got, "Drawn with the network of step 120. ") {
		t.Errorf("the caption is %q", got)
	}
	if !disabled(byID(t, root, "draw-stop")) {
		t.Error("Stop drawing is on after the end")
	}
	d.drawLayer("dense_1")
	d.handle(drawnOf(d.Drawing.Draw, 20, 2, 8, 120))
	d.lookAway()
	root = rendered(t, d)
	expectText(t, root, "drawing-state", "8 of 40 steps, stopped")
	expectText(t, root, "drawn-readout", "unit 0 value 0.000, at first 0.000")
}

// Two of three images are begun, of two channels; the second is chosen.
func TestPaintImages(t *testing.T) {
	p := lightPalette
	m := &wire.Drawn{Units: 3, Shape: []int{2, 1, 2}, First: make([]float32, 2), Last: make([]float32, 2),
		Images: []float32{0, 1 /**/, 9, 9 /**/, 2, -1 /**/, 9, 9}}
	var r raster
	paintImages(&r, m, 1, p)
	golden(t, "regularised", &r, letters(p), `
|||####|||......
|.###.#..|......
|||####|||......
`)
	m.Draw.Plain = true // the end of the scale is 10: 0.5 - 10 to 0.5 + 10
	paintUnitImage(&r, m, 1, p)
	if r.W != 2 || r.H != 1 || r.Pix[0] != p.grey[fraction(11.5, 20)].R || r.Pix[4] != p.grey[fraction(8.5, 20)].R {
		t.Errorf("a plain image of %d by %d: % x", r.W, r.H, r.Pix)
	}
}

func TestImageSpan(t *testing.T) {
	m := &wire.Drawn{Images: []float32{0.5, 0.61, 0.4}}
	if low, high := imageSpan(m); low != 0 || high != 1 {
		t.Errorf("regularised: %v to %v", low, high)
	}
	m.Draw.Plain = true
	if low, high := imageSpan(m); low != 0.35 || high != 0.65 {
		t.Errorf("plain: %v to %v, expected 0.5 ± 0.15", low, high)
	}
}

func TestImageGrid(t *testing.T) {
	var got []int
	for _, n := range []int{1, 10, 32, 128} {
		got = append(got, imageGrid(&wire.Drawn{Units: n, Shape: []int{1, 28, 28}}).Cols)
	}
	if want := []int{5, 5, 8, 12}; !slices.Equal(got, want) {
		t.Errorf("columns %v, expected %v", got, want)
	}
}

// Of a smaller network the chosen image is one that there is.
func TestDrawnOfASmallerNetwork(t *testing.T) {
	d, _ := opened(t, "")
	d.handle(drawable)
	d.drawLayer("dense_1")
	d.Drawing.Unit = 19
	d.handle(&wire.Model{Layers: []wire.LayerInfo{{Name: "dense_1", Type: "Dense", OutShape: []int{8}}}})
	if d.Drawing.Unit != 7 {
		t.Errorf("unit %d of 8 is chosen", d.Drawing.Unit)
	}
}
