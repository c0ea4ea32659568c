package lab

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"convlens/nn"
	"convlens/nn/inspect"
	"convlens/nn/wire"
)

// asked is a Why about test image 13.
func asked(change func(*wire.Why)) *wire.Why {
	w := &wire.Why{Split: wire.TestSplit, Index: 13, Patch: 3, Stride: 2}
	if change != nil {
		change(w)
	}
	return w
}

// look is what a page watches besides.
var look = &wire.Watch{Split: wire.TestSplit, Index: 13, Layer: "conv2d_1", IntervalMS: 400}

// TestWhyReasons compares what is told with inspect's results on the same
// weights.
func TestWhyReasons(t *testing.T) {
	for _, tt := range []struct {
		ask          *wire.Why
		conv, relu   int
		classIsGiven bool
	}{
		{asked(nil), 2, 3, false},
		{asked(func(w *wire.Why) { w.Given, w.Class, w.Layer, w.Silent = true, 6, "conv2d_1", []int{0, 31} }), 0, 1, true},
	} {
		p := newPage(t)
		l := trained(p, look, tt.ask)
		p.calm()
		r := last[*wire.Reasons](p)
		set := small(1).Test
		image := make([]float32, set.Size())
		nn.Normalize(image, set.Image(13))
		probe := nn.NewProbe(l.model, 1)
		probs := inspect.Silenced(probe, image)
		class := nn.Argmax(probs)
		if tt.classIsGiven {
			class = 6
		}
		if r.Step != steps || r.Split != wire.TestSplit || r.Index != 13 || r.Class != class || r.Layer != l.model.Layers[tt.conv].Name() {
			t.Errorf("reasons of step %d, split %d, image %d, class %d, layer %s", r.Step, r.Split, r.Index, r.Class, r.Layer)
		}
		gradient := inspect.InputGradient(probe, image, inspect.Logits(l.model), class)
		cam := inspect.GradCAM(probe, image, tt.relu, class)
		for _, c := range []struct {
			name      string
			got       wire.Tensor
			want      []float32
			wantShape []int
		}{
			{"input", r.Input, image, []int{1, 8, 7}},
			{"gradient", r.Gradient, gradient, []int{1, 8, 7}},
			{"gradient x input", r.TimesInput, inspect.TimesInput(gradient, image), []int{1, 8, 7}},
			{"Grad-CAM", r.CAM, cam.Image, []int{8, 7}},
		} {
			if !slices.Equal(c.got.Data, c.want) || !slices.Equal(c.got.Shape, c.wantShape) {
				t.Errorf("%s of shape %v is %v, expected %v", c.name, c.got.Shape, c.got.Data, c.want)
			}
		}
		if largest := slices.Max(r.Gradient.Data); largest <= 0 {
			t.Errorf("no gradient is above 0; the largest is %v", largest)
		}
		var left []float32
		if tt.ask.Silent != nil {
			left = inspect.Silenced(probe, image, inspect.Silent{Layer: tt.relu, Units: tt.ask.Silent})
		}
		if !slices.Equal(r.Probs, probs) || !slices.Equal(r.Left, left) || !slices.Equal(r.Silent, tt.ask.Silent) {
			t.Errorf("probabilities %v, with %v silent %v; expected %v and %v", r.Probs, r.Silent, r.Left, probs, left)
		}
		checkMaps(t, l, r, tt.relu)
	}
}

// checkMaps compares the maps with the activations that views see.
func checkMaps(t *testing.T, l *Lab, r *wire.Reasons, layer int) {
	t.Helper()
	want, s := []float32(nil), l.model.Layers[layer].OutShape()
	l.model.Activations(r.Input.Data, func(of nn.Layer, y []float32) {
		if of == l.model.Layers[layer] {
			want = make([]float32, len(y))
			nn.ExportImage(want, y, s)
		}
	})
	if !slices.Equal(r.Maps.Data, want) || !slices.Equal(r.Maps.Shape, s.Dims()) {
		t.Errorf("maps of shape %v are not those of %s", r.Maps.Shape, l.model.Layers[layer].Name())
	}
}

// TestWhyCovered covers the image by hand at every place.
func TestWhyCovered(t *testing.T) {
	p := newPage(t)
	l := trained(p, look, asked(nil))
	p.calm()
	told := all[*wire.Covered](p)
	if first := told[0]; first.Done != 0 || first.Places != 4*3 || len(first.Drop.Data) != 56 || slices.Max(first.Drop.Data) != 0 {
		t.Errorf("the first word is %+v", first)
	}
	got := told[len(told)-1]
	set := small(1).Test
	image := make([]float32, set.Size())
	nn.Normalize(image, set.Image(13))
	probe := nn.NewProbe(l.model, 1)
	whole := inspect.Silenced(probe, image)
	class := nn.Argmax(whole)
	if got.Done != 12 || got.Step != steps || got.Class != class || got.Patch != 3 || got.Stride != 2 || got.Whole != whole[class] {
		t.Fatalf("the last word is %+v", got)
	}
	drop, times := make([]float64, 56), make([]float64, 56)
	for _, y0 := range []int{0, 2, 4, 5} {
		for _, x0 := range []int{0, 2, 4} {
			x := slices.Clone(image)
			for i := range 9 {
				x[(y0+i/3)*7+x0+i%3] = 0
			}
			d := float64(whole[class] - inspect.Silenced(probe, x)[class])
			for i := range 9 {
				at := (y0+i/3)*7 + x0 + i%3
				drop[at] += d
				times[at]++
			}
		}
	}
	for i, v := range got.Drop.Data {
		if want := drop[i] / times[i]; math.Abs(float64(v)-want) > 1e-6 {
			t.Errorf("pixel %d: a drop of %v, expected %v", i, v, want)
		}
	}
}

// TestWhyAblated counts the test set sample by sample.
func TestWhyAblated(t *testing.T) {
	silent := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}
	p := newPage(t)
	l := trained(p, look, asked(nil), func() {
		if n := len(all[*wire.Ablated](p)); n != 0 {
			t.Errorf("%d words on silence with nothing silent", n)
		}
	}, asked(func(w *wire.Why) { w.Silent = silent }))
	p.calm()
	if n := len(all[*wire.Covered](p)); n != 4 { // 0, 4, 8 and 12 places
		t.Errorf("%d words on the occlusion map, which other silent filters don't change", n)
	}
	got := last[*wire.Ablated](p)
	var seen, whole, left [10]int
	probe := nn.NewProbe(l.model, 1)
	test := l.set(wire.TestSplit)
	image := make([]float32, test.Shape().Len())
	for i := range testN {
		nn.Normalize(image, test.Image(i))
		seen[test.Label(i)]++
		if nn.Argmax(inspect.Silenced(probe, image)) == test.Label(i) {
			whole[test.Label(i)]++
		}
		if nn.Argmax(inspect.Silenced(probe, image, inspect.Silent{Layer: 3, Units: silent})) == test.Label(i) {
			left[test.Label(i)]++
		}
	}
	if got.Done != testN || got.Samples != testN || got.Step != steps || got.Layer != "conv2d_2" || !slices.Equal(got.Silent, silent) ||
		!slices.Equal(got.Seen, seen[:]) || !slices.Equal(got.Whole, whole[:]) || !slices.Equal(got.Left, left[:]) {
		t.Errorf("%+v, expected of %v %v and %v", got, seen, whole, left)
	}
	if slices.Equal(got.Whole, got.Left) {
		t.Error("two thirds of the filters count for nothing")
	}
}

// TestWhyDuringARun leaves the run as it is, tells the reasons of every fourth
// View, and measures what takes longer with the network of one moment, until the
// run rests.
func TestWhyDuringARun(t *testing.T) {
	p := newPage(t)
	begun := false
	s := settings()
	s.Epochs = 2
	p.react = func(m wire.Message) {
		if e, ok := m.(*wire.Progress); ok && e.Step == 4 && !begun {
			begun = true
			p.urgent = append(p.urgent, asked(func(w *wire.Why) { w.Silent = []int{3} }))
		}
	}
	p.play(p.ready(look, &wire.Train{Settings: s})...)
	p.calm()
	if got, want := last[*wire.Progress](p), undisturbed(t, s); got.Fingerprint != want.Fingerprint || got.ValLoss != want.ValLoss {
		t.Errorf("looked into, the run ends with %+v, expected %+v", got, want)
	}
	var reasons, covered, ablated []int
	views := 0 // since the reasons before
	for _, m := range p.events {
		switch m := m.(type) {
		case *wire.View:
			views++
		case *wire.Reasons:
			if len(reasons) > 0 && m.Step < 2*steps && views != whyViews {
				t.Errorf("the reasons of step %d come after %d Views, expected %d", m.Step, views, whyViews)
			}
			reasons, views = append(reasons, m.Step), 0
		case *wire.Covered:
			covered = append(covered, m.Step)
		case *wire.Ablated:
			ablated = append(ablated, m.Step)
		}
	}
	if n := len(reasons); n < 3 || reasons[0] != 4 || reasons[n-1] != 2*steps {
		t.Errorf("reasons of the steps %v, expected 4, others, and %d", reasons, 2*steps)
	}
	for _, list := range [][]int{covered, ablated} {
		if len(list) < 4 || list[0] != 4 || list[len(list)-1] != 2*steps || !slices.IsSorted(list) || len(slices.Compact(list)) != 2 {
			t.Errorf("measured at the steps %v, expected 4 and %d only", list, 2*steps)
		}
	}
	if c, a := last[*wire.Covered](p), last[*wire.Ablated](p); c.Done != c.Places || a.Done != a.Samples {
		t.Errorf("in the end %d of %d places and %d of %d samples", c.Done, c.Places, a.Done, a.Samples)
	}
}

// TestWhyRestarts begins again what a change concerns, and nothing else.
func TestWhyRestarts(t *testing.T) {
	p := newPage(t)
	counts := func() (string, string) {
		var c, a string
		for _, m := range p.events {
			switch m := m.(type) {
			case *wire.Covered:
				c += fmt.Sprint(m.Done, " ")
			case *wire.Ablated:
				a += fmt.Sprint(m.Done, " ")
			}
		}
		p.forget()
		return c, a
	}
	expect := func(what, covered, ablated string) func() {
		return func() {
			if c, a := counts(); c != covered || a != ablated {
				t.Errorf("%s: places %sand samples %s, expected %sand %s", what, c, a, covered, ablated)
			}
		}
	}
	const places, samples = "0 4 8 12 ", "0 4 8 12 16 20 24 28 32 36 40 "
	base := func(w *wire.Why) { w.Silent = []int{3} }
	with := func(f func(w *wire.Why)) *wire.Why { return asked(func(w *wire.Why) { base(w); f(w) }) }
	trained(p, look, asked(base), expect("first", places, samples),
		asked(base), expect("the same again", "", ""),
		with(func(w *wire.Why) { w.Silent = []int{4} }), expect("another filter", "", samples),
		with(func(w *wire.Why) { w.Silent, w.Layer = []int{4}, "conv2d_1" }), expect("another layer", "", samples),
		with(func(w *wire.Why) { w.Silent, w.Layer, w.Index = []int{4}, "conv2d_1", 14 }), expect("another image", places, ""),
		with(func(w *wire.Why) { w.Silent, w.Layer, w.Index, w.Stride = []int{4}, "conv2d_1", 14, 3 }), expect("another stride", "0 4 8 9 ", ""),
		&wire.LookAway{}, asked(base), expect("after looking away", places, samples),
		&wire.Init{Settings: settings()}, expect("another network", places, samples),
		&wire.Load{Source: p.offer("others", small(3))}, expect("other data", places, samples),
	)
	p.calm()
}

// TestWhyBefore asks before there is anything to look at.
func TestWhyBefore(t *testing.T) {
	p := newPage(t)
	p.play(look, asked(func(w *wire.Why) { w.Index = 1000 }), &wire.Init{Settings: settings()},
		&wire.Load{Source: p.offer("boards", small(1))}, func() {
			if n := len(all[*wire.Reasons](p)); n != 0 {
				t.Errorf("%d reasons about an image that is not there", n)
			}
		}, asked(nil), func() { last[*wire.Reasons](p) })
	p.calm()
}

func TestWhyRefused(t *testing.T) {
	for want, change := range map[string]func(*wire.Why){
		"a patch of 0 that moves by 2":            func(w *wire.Why) { w.Patch = 0 },
		"a patch of 3 that moves by 0":            func(w *wire.Why) { w.Stride = 0 },
		"sample 40, expected 0 to 39":             func(w *wire.Why) { w.Index = testN },
		"class 10, expected 0 to 9":               func(w *wire.Why) { w.Given, w.Class = true, 10 },
		`layer "relu_1", expected a conv`:         func(w *wire.Why) { w.Layer = "relu_1" },
		"filter 32 of conv2d_2, expected 0 to 31": func(w *wire.Why) { w.Silent = []int{32} },
	} {
		p := newPage(t)
		p.play(p.ready(look, asked(change))...)
		if got := p.failures(); len(got) != 1 || !strings.HasPrefix(got[0], "Why: lab: "+want) {
			t.Errorf("refused with %q, expected %q", got, want)
		}
	}
}

// TestWhyAsksAgainInARun asks about another image in the middle of a run: what takes
// longer is measured on that image at once, and the test set read for its filters.
func TestWhyAsksAgainInARun(t *testing.T) {
	p := newPage(t)
	s := settings()
	s.Epochs = 2
	asks := 0
	p.react = func(m wire.Message) {
		switch m := m.(type) {
		case *wire.Progress:
			if m.Step == 2 && asks == 0 {
				asks++
				p.urgent = append(p.urgent, asked(nil))
			}
		case *wire.Reasons:
			if asks == 1 {
				asks++
				p.urgent = append(p.urgent, asked(func(w *wire.Why) { w.Index, w.Silent, w.Given, w.Class = 14, []int{4}, true, 2 }))
			}
		}
	}
	p.play(p.ready(look, &wire.Train{Settings: s})...)
	p.calm()
	var r *wire.Reasons
	read := false
	for _, m := range p.events {
		switch m := m.(type) {
		case *wire.Reasons:
			r = m
		case *wire.Covered:
			if r == nil || m.Index != r.Index || m.Class != r.Class {
				t.Errorf("covered: image %d, class %d of step %d; the reasons are %+v", m.Index, m.Class, m.Step, r)
			}
			if m.Done == 0 && m.Whole != r.Probs[m.Class] {
				t.Errorf("class %d has %v of image %d uncovered, in the reasons %v", m.Class, m.Whole, m.Index, r.Probs[m.Class])
			}
		case *wire.Ablated:
			read = read || m.Step < 2*steps && m.Done > 0
		}
	}
	if r.Index != 14 || r.Class != 2 || !read {
		t.Errorf("in the end image %d, class %d; the test set read during the run: %v", r.Index, r.Class, read)
	}
}
