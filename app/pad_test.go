package app

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"convlens/nn/ink"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// a seven, as places on the pad.
var seven = []ink.Point{{X: 6, Y: 5}, {X: 20, Y: 5}, {X: 11, Y: 24}}

// stroke draws on the pad as a pointer does.
func stroke(d *desk, points ...ink.Point) {
	d.penDown(points[0])
	for _, p := range points[1:] {
		d.penMove(p)
	}
	d.penUp()
}

// answered has the worker answer for the last drawings: each class 0.1, but for
// the given ones, of the pad's first.
func answered(d *desk, step int, classes ...int) {
	m := &wire.Predictions{Number: d.Pad.number, Step: step, KeptStep: step, N: len(classes)}
	for _, c := range classes {
		y := make([]float32, 10)
		for i := range y {
			y[i] = 0.05
		}
		y[c] = 0.55
		m.Probs = append(m.Probs, y...)
	}
	d.handle(m)
}

// TestPadDraws follows a stroke: what is sent is the drawing laid out as MNIST's,
// wherever it lies on the pad and however large it is.
func TestPadDraws(t *testing.T) {
	var first []byte
	for _, at := range []struct{ scale, x, y float64 }{{1, 0, 0}, {0.4, 3, 15}, {0.5, 13.7, 0.3}, {1.15, -1, 0}} {
		d, sessions := opened(t, "")
		d.handle(loaded)
		s := (*sessions)[0]
		s.take()
		var points []ink.Point
		for _, p := range seven {
			points = append(points, ink.Point{X: at.scale*p.X + at.x, Y: at.scale*p.Y + at.y})
		}
		stroke(d, points...)
		m := last[*wire.Drawings](s)
		if m == nil || !slices.Equal(m.Shape, []int{1, 28, 28}) || len(m.Pixels) != 784 || !slices.Equal(m.Labels, []int{wire.NoLabel}) {
			t.Fatalf("sent %+v", m)
		}
		want := make([]byte, 784)
		ink.Picture(want, 28, 28, [][]ink.Point{points}, 2.3)
		if !bytes.Equal(m.Pixels, want) {
			t.Error("what is sent is not the drawing")
		}
		if first == nil {
			first = m.Pixels
		}
		for i, v := range m.Pixels {
			if apart := int(v) - int(first[i]); apart < -1 || apart > 1 {
				t.Fatalf("%+v: pixel %d is %d, expected %d", at, i, v, first[i])
			}
		}
	}
}

// TestPadThrottles sends what is under way only when the last has been answered,
// and what is finished always.
func TestPadThrottles(t *testing.T) {
	d, sessions := opened(t, "")
	d.handle(loaded)
	s := (*sessions)[0]
	s.take()
	d.penDown(seven[0])
	expectSent(t, s, "Drawings")
	d.penMove(seven[1])
	d.penMove(seven[1])
	expectSent(t, s)
	answered(d, 0, 7)
	expectSent(t, s, "Drawings")
	answered(d, 0, 7)
	expectSent(t, s)
	d.penMove(seven[2])
	expectSent(t, s, "Drawings")
	d.penUp()
	expectSent(t, s, "Drawings")
	if n := len(d.Pad.Strokes[0]); n != 3 {
		t.Errorf("the stroke has %d points, expected 3", n)
	}
	d.penMove(seven[0]) // the pen is up
	if n := len(d.Pad.Strokes[0]); n != 3 {
		t.Errorf("the stroke goes on to %d points", n)
	}
}

// TestPadUndo takes strokes off, and clears.
func TestPadUndo(t *testing.T) {
	d, sessions := opened(t, "")
	d.handle(loaded)
	s := (*sessions)[0]
	s.take()
	stroke(d, seven...)
	one := last[*wire.Drawings](s).Pixels
	stroke(d, ink.Point{X: 8, Y: 14}, ink.Point{X: 18, Y: 14})
	if bytes.Equal(last[*wire.Drawings](s).Pixels, one) {
		t.Error("a second stroke changes nothing")
	}
	d.undoStroke()
	if !bytes.Equal(last[*wire.Drawings](s).Pixels, one) || len(d.Pad.Strokes) != 1 {
		t.Error("Undo does not take the last stroke off")
	}
	answered(d, 3, 7)
	expectText(t, rendered(t, d), "pad-answer", "7 (55.0%)")
	d.clearPad()
	if !bytes.Equal(last[*wire.Drawings](s).Pixels, make([]byte, 784)) {
		t.Error("Clear leaves ink")
	}
	expectText(t, rendered(t, d), "pad-answer", textNoValue)
	s.take()
	d.undoStroke()
	d.clearPad()
	expectSent(t, s)
}

// TestPadKeeps keeps two drawings, asks about them with the others, and gives
// them out as IDX.
func TestPadKeeps(t *testing.T) {
	d, sessions := opened(t, "")
	d.handle(loaded)
	s := (*sessions)[0]
	stroke(d, seven...)
	d.keep()
	if len(d.Pad.Kept) != 0 {
		t.Error("a drawing is kept that nobody has named")
	}
	d.sayLabel(7)
	d.keep()
	stroke(d, ink.Point{X: 14, Y: 4}, ink.Point{X: 14, Y: 24})
	d.sayLabel(1)
	d.keep()
	m := last[*wire.Drawings](s)
	if !slices.Equal(m.Labels, []int{wire.NoLabel, 7, 1}) || len(m.Pixels) != 3*784 || !d.Pad.blank() {
		t.Fatalf("sent the labels %v", m.Labels)
	}
	if got := text(byID(t, rendered(t, d), "kept-about")); got != "2 kept." {
		t.Errorf("before an answer: %q", got)
	}
	answered(d, 469, 0, 7, 4)
	root := rendered(t, d)
	if got := text(byID(t, root, "kept-about")); got != "2 kept, 1 read correctly (after step 469)." {
		t.Errorf("the set: %q", got)
	}
	if got := text(byID(t, root, "kept")); !strings.Contains(got, "7 → 7 (55.0%)") || !strings.Contains(got, "1 → 4 (55.0%)") {
		t.Errorf("the list: %q", got)
	}

	set := d.Pad.set()
	images, err := mnist.ParseImages("images", mnist.EncodeImages(set))
	if err != nil {
		t.Fatal(err)
	}
	labels, err := mnist.ParseLabels("labels", mnist.EncodeLabels(set.Labels))
	if err != nil || images.N != 2 || !bytes.Equal(images.Pixels, m.Pixels[784:]) || !bytes.Equal(labels, []byte{7, 1}) {
		t.Errorf("as IDX: %d images, labels %v, %v", images.N, labels, err)
	}

	d.lookAtDrawing(2)
	d.drop(0)
	if d.Split != wire.DrawnSplit || d.Index != 1 {
		t.Errorf("looks at %d of split %d, expected the last drawing", d.Index, d.Split)
	}
	if got := text(byID(t, rendered(t, d), "kept-about")); got != "1 kept." {
		t.Errorf("with old answers: %q", got)
	}
	for !d.Pad.full() {
		stroke(d, seven...)
		d.sayLabel(7)
		d.keep()
	}
	stroke(d, seven...)
	d.sayLabel(7)
	d.keep()
	if n := len(last[*wire.Drawings](s).Labels); n != wire.MostDrawings {
		t.Errorf("%d drawings, expected no more than %d", n, wire.MostDrawings)
	}
}

// TestPadLooksInside chooses the drawing as the image, which the address keeps
// for itself, and again when it changes.
func TestPadLooksInside(t *testing.T) {
	d, sessions := opened(t, "split=test&image=5")
	d.handle(loaded)
	s := (*sessions)[0]
	if d.samples(wire.DrawnSplit) != 0 {
		t.Error("there are drawings before the first")
	}
	s.take()
	stroke(d, seven...)
	d.lookAtDrawing(0)
	if m := last[*wire.Watch](s); m == nil || m.Split != wire.DrawnSplit || m.Index != 0 {
		t.Errorf("watched is %+v", m)
	}
	if d.Query.Split != wire.TestSplit || d.Query.Image != 5 || d.link().Split != wire.TestSplit {
		t.Errorf("the address says image %d of split %d", d.Query.Image, d.Query.Split)
	}
	s.take()
	answered(d, 0, 7)
	stroke(d, seven...)
	expectSent(t, s, "Drawings", "Drawings", "GetSample", "Watch")
	view := testView()
	view.Split, view.Label = wire.DrawnSplit, wire.NoLabel
	d.handle(&wire.Sample{Split: wire.DrawnSplit, Label: wire.NoLabel, Shape: []int{1, 28, 28}, Pixels: make([]byte, 784)})
	d.handle(view)
	for _, shown := range readable(rendered(t, d)) {
		if strings.Contains(shown, fmt.Sprint(wire.NoLabel)) && shown != english.Own.FormatLimits {
			t.Errorf("the page shows %q", shown)
		}
	}
	expectText(t, rendered(t, d), "sample-label", textNoValue)
}

// TestPadSurvives tells a worker that takes the place of one that died what there
// is to read, before anything else, and lays drawings out anew for other data.
func TestPadSurvives(t *testing.T) {
	d, sessions := opened(t, "")
	d.handle(loaded)
	stroke(d, seven...)
	d.sayLabel(7)
	d.keep()
	d.handle(&wire.Failed{Doing: "training", Detail: "out of memory", Fatal: true})
	d.startAgain()
	s := (*sessions)[1]
	if m := last[*wire.Drawings](s); m == nil || len(m.Labels) != 2 || s.sent[0] != wire.Message(m) {
		t.Errorf("the new worker is told %+v first", s.sent[0])
	}
	s.take()
	stroke(d, seven...) // while data are on their way
	expectSent(t, s)
	other := *loaded
	other.SampleShape = []int{3, 17, 33}
	d.handle(&other)
	m := last[*wire.Drawings](s)
	if m == nil || !slices.Equal(m.Shape, other.SampleShape) || len(m.Pixels) != 2*3*17*33 {
		t.Fatalf("for other data %+v", m)
	}
	if grey := m.Pixels[:17*33]; !bytes.Equal(grey, m.Pixels[17*33:2*17*33]) || slices.Max(grey) < 200 {
		t.Error("the channels are not all grey")
	}
	s.take()
	d.handle(&wire.Failed{Doing: "Drawings", Detail: "no"})
	stroke(d, seven...)
	expectSent(t, s, "Drawings", "Drawings")
}

// TestPadOfFewerClasses forgets a name that is no class of other data, so that
// nothing is kept by it, and says so of what was kept before.
func TestPadOfFewerClasses(t *testing.T) {
	d, _ := opened(t, "")
	d.handle(loaded)
	few := *loaded
	few.Name, few.Classes = "own-few", []string{"a", "b", "c", "d"}
	stroke(d, seven...)
	d.sayLabel(8)
	d.keep()
	stroke(d, seven...)
	d.sayLabel(8)
	before := d.rev(topicPad)
	d.handle(&few)
	if d.Pad.Label != wire.NoLabel || d.rev(topicPad) == before {
		t.Errorf("with 4 classes the drawing is named %d", d.Pad.Label)
	}
	root := rendered(t, d)
	if !disabled(byID(t, root, "pad-keep")) {
		t.Error("a drawing that has no name can be kept")
	}
	if got := text(byID(t, root, "kept")); !strings.HasPrefix(got, "8, not a class of these data → not read yet") {
		t.Errorf("what was kept before is listed as %q", got)
	}
	d.Pad.Label = 8 // whatever says so
	if d.keep(); len(d.Pad.Kept) != 1 {
		t.Error("a drawing is kept by a class that there isn't")
	}
	d.sayLabel(3)
	d.handle(&few)
	if d.Pad.Label != 3 {
		t.Errorf("a class that there is becomes %d", d.Pad.Label)
	}
	if d.keep(); len(d.Pad.Kept) != 2 {
		t.Error("a drawing named by a class is not kept")
	}
	answered(d, 4, 0, 1, 1)
	if wrong := find(byID(t, rendered(t, d), "kept"), "class", "wrong"); len(wrong) != 1 {
		t.Errorf("%d drawings are marked as read wrongly, expected the one with a class", len(wrong))
	}
}

// TestPadKeys draws with the keyboard alone.
func TestPadKeys(t *testing.T) {
	d, _ := opened(t, "")
	for _, key := range []string{"ArrowUp", " ", "ArrowRight", "ArrowRight", "ArrowDown", " ", "ArrowLeft"} {
		if !d.padKey(key, false) {
			t.Errorf("%q means nothing", key)
		}
	}
	want := []ink.Point{{X: 14, Y: 13}, {X: 15, Y: 13}, {X: 16, Y: 13}, {X: 16, Y: 14}}
	if len(d.Pad.Strokes) != 1 || !slices.Equal(d.Pad.Strokes[0], want) {
		t.Errorf("drew %v, expected %v", d.Pad.Strokes, want)
	}
	expectText(t, rendered(t, d), "pad-readout", "Pen up at row 14, column 15. 1 stroke.")
	d.padKey("ArrowUp", true)
	for range 40 {
		d.padKey("ArrowLeft", false)
	}
	if d.Pad.Pen != (ink.Point{X: 0, Y: 13.75}) {
		t.Errorf("the pen is at %v", d.Pad.Pen)
	}
	if d.padKey("x", false) {
		t.Error("x means something")
	}
}

// TestPadPicture paints strokes bit by bit as it would paint them at once, and
// takes the keys' pen away without a trace.
func TestPadPicture(t *testing.T) {
	p := newPad()
	var grown, whole raster
	var bit padPicture
	p.Keyed = true
	for _, s := range [][]ink.Point{seven, {{X: 8, Y: 14}, {X: 18, Y: 14}}, {{X: 2, Y: 2}}} {
		p.Strokes = append(p.Strokes, nil)
		for _, at := range s {
			p.Strokes[len(p.Strokes)-1] = append(p.Strokes[len(p.Strokes)-1], at)
			p.Pen = at
			bit.paint(&grown, &p, 280, lightPalette)
		}
	}
	p.Keyed = false
	bit.paint(&grown, &p, 280, lightPalette)
	new(padPicture).paint(&whole, &p, 280, lightPalette)
	if !bytes.Equal(grown.Pix, whole.Pix) {
		t.Error("strokes painted bit by bit differ")
	}
	at := func(x, y int) rgb { q := whole.Pix[4*(y*280+x):]; return rgb{q[0], q[1], q[2]} }
	if at(60, 50) != lightPalette.grey[255] || at(100, 50+10) != lightPalette.grey[255] || at(100, 50+13) != lightPalette.Zero || at(270, 270) != lightPalette.Zero {
		t.Error("the stroke is not where it was drawn, 23 pixels wide")
	}
	p.Past++
	p.Strokes = nil
	bit.paint(&grown, &p, 280, darkPalette)
	for i := 0; i < len(grown.Pix); i += 4 {
		if grown.Pix[i] != darkPalette.Zero.R {
			t.Fatal("a cleared pad has ink")
		}
	}
	for ratio, want := range map[float64]int{0: 280, 1: 280, 1.25: 350, 1.5: 420, 2: 560, 3: 420, 4: 560} {
		if got := padPixels(ratio); got != want {
			t.Errorf("%v device pixels in one of CSS: %d, expected %d", ratio, got, want)
		}
	}
}
