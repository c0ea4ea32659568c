package app

import (
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// fourFilters are of lengths 5, 1, 10 and 3; 0 and 2 have one direction, 3 is
// near it.
var fourFilters = &wire.Tensor{Name: "conv2d_1", Shape: []int{4, 1, 1, 2}, Data: []float32{3, 4, 1, 0, 6, 8, 0, 3}}

func TestArrangement(t *testing.T) {
	d, _ := opened(t, "")
	d.handle(&wire.View{Kernels: []wire.Tensor{*fourFilters}})
	check := func(what string, want ...int) {
		t.Helper()
		if got := d.arrangement(fourFilters); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", what, got, want)
		}
	}
	check("by number", 0, 1, 2, 3)
	d.Order = byNorm
	check("by length", 2, 0, 3, 1)
	d.Order = byLikeness
	check("by likeness", 2, 0, 3, 1)
	d.chooseKernel(kernelChoice{Layer: "conv2d_1", Filter: 3})
	d.togglePin()
	check("one pinned", 3, 2, 0, 1)
	d.chooseKernel(kernelChoice{Layer: "conv2d_1", Filter: 1})
	d.togglePin()
	check("two pinned", 3, 1, 2, 0)
	d.Order = asNumbered
	check("by number, two pinned", 3, 1, 0, 2)
	other := *fourFilters
	if other.Name = "conv2d_2"; len(d.pinned(&other)) != 0 {
		t.Error("another layer's filters are pinned")
	}
	if few := (&wire.Tensor{Name: "conv2d_1", Shape: []int{2, 1, 1, 2}}); !slices.Equal(d.pinned(few), []int{1}) {
		t.Errorf("pinned are %v of 2 filters", d.pinned(few))
	}
	if got, want := arranged(fourFilters, []int{3, 1, 0, 2}).Data, []float32{0, 3, 1, 0, 3, 4, 6, 8}; !slices.Equal(got, want) {
		t.Errorf("arranged %v, expected %v", got, want)
	}
	d.chooseKernel(kernelChoice{Layer: "conv2d_1", Filter: 3})
	d.togglePin()
	check("one pin taken away", 1, 0, 2, 3)
}

// The chosen kernel keeps its frame wherever its filter is, and pinned ones have
// their stroke.
func TestPaintArranged(t *testing.T) {
	d, _ := opened(t, "")
	d.handle(&wire.View{Kernels: []wire.Tensor{*fourKernels}})
	v := &kernelGridView{Desk: d, Layer: "conv2d_2"}
	d.chooseKernel(kernelChoice{"conv2d_2", 1, 0})
	d.togglePin()
	d.chooseKernel(kernelChoice{"conv2d_2", 0, 1})
	var r raster
	v.paint(&r)
	golden(t, "filter 1 pinned, kernel 0/1 chosen", &r, letters(lightPalette), `
.......
#--.+p.
#--.n-.
...####
.+-#..#
..p#..#
...####
`)
	root := rendered(t, d)
	expectText(t, root, "pin", "Pin filter 0")
	d.Order = byNorm
	got := text(find(rendered(t, d), "class", "kernels")[0])
	if want := english.orderNote(byNorm, []int{1}); want != " The filters with the largest weights (L2 norm) come first. Pinned, before all others: 1." || !strings.Contains(got, want) {
		t.Errorf("the captions are %q, expected %q", got, want)
	}
	var bare raster // what is saved: the same without the frame and the stroke
	v.paintBare(&bare)
	golden(t, "saved", &bare, letters(lightPalette), `
.......
.--.+p.
.--.n-.
.......
.+-....
..p....
.......
`)
}

func TestDenseWeights(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.handle(drawable)
	s.take()
	d.chooseDense("dense_1")
	d.chooseDense("dense_1")
	d.chooseUnit(-1, 20)
	if m := last[*wire.Watch](s); m.Dense != "dense_1" || !slices.Equal(m.Units, []int{19}) {
		t.Errorf("of many units the chosen one is watched: %+v", m)
	}
	expectSent(t, s, "Watch", "Watch")
	d.handle(&wire.View{Dense: wire.DenseUnits{Units: []int{19}, Bias: []float32{-0.25},
		Weights: wire.Tensor{Name: "dense_1", Shape: []int{1, 2, 2, 3}, Data: []float32{0, .1, .2, .3, .4, .5, -1, 0, 0, 0, 0.0001, -.0625}}}})
	d.Dense.Picture, d.Dense.Weight = 1, 5
	root := rendered(t, d)
	expectText(t, root, "dense-readout", "unit 19, map 1 row 1, column 2 −0.0625")
	expectText(t, root, "dense-bias", "bias −0.2500")
	expectText(t, root, "dense-numbers", "−1.000 0.000 0.000 0.000 0.000 −0.062")
	if got := attr(byID(t, root, "dense-unit"), "value"); got != "19" {
		t.Errorf("the field says unit %s", got)
	}
	v := &denseView{Desk: d}
	var r raster
	v.paint(&r)
	p := lightPalette
	l := letters(p)
	for i, tenth := range []float32{.1, .2, .3, .4, .5} {
		l[p.signed(1).colour(tenth)] = byte('1' + i)
	}
	l[p.signed(1).colour(-.0625)] = 'x'
	golden(t, "two maps of a unit", &r, l, `
||||#####............
|.12#-..#............
|345#..x#............
||||#####............
`)
	v.paintPicture(&r)
	golden(t, "the second map, its last weight chosen", &r, l, `
..........
.--.......
.--.......
......####
......#xx#
......#xx#
......####
`)

	d.chooseDense("dense_2")
	if d.dense() != nil {
		t.Error("another layer's weights pass for the chosen one's")
	}
	if m := last[*wire.Watch](s); !slices.Equal(m.Units, []int{0, 1, 2}) {
		t.Errorf("of few units all are watched: %v", m.Units)
	}
	d.handle(loaded)
	d.handle(&wire.View{Step: 7, Dense: wire.DenseUnits{Units: []int{0, 1, 2}, Bias: make([]float32, 3),
		Weights: wire.Tensor{Name: "dense_2", Shape: []int{3, 4}, Data: make([]float32, 12)}}})
	d.Dense.Picture, d.Dense.Weight = 2, 3
	root = rendered(t, d)
	expectText(t, root, "dense-readout", "class 2 input 3 0.0000")
	expectText(t, root, "dense-caption", english.fill(english.Arrange.DenseOverUnits, "dense_2", 3, 4, "after step 7"))
	if len(find(root, "id", "dense-unit")) != 0 {
		t.Error("a unit can be chosen of a layer that is shown whole")
	}
	d.chooseDense("")
	if m := last[*wire.Watch](s); m.Dense != "" || len(m.Units) != 0 {
		t.Errorf("the convolutions need no units: %+v", m)
	}
	byID(t, rendered(t, d), "kernels-conv2d_1")
}

func TestDensePictures(t *testing.T) {
	for _, c := range []struct {
		shape []int
		want  [3]int
		cols  int
	}{
		{[]int{1, 32, 12, 12}, [3]int{32, 12, 12}, 8},
		{[]int{10, 128}, [3]int{10, 8, 16}, 5},
		{[]int{3, 30}, [3]int{3, 2, 15}, 5},
		{[]int{3, 7}, [3]int{3, 1, 7}, 5},
	} {
		n, h, w := densePictures(c.shape)
		if got := [3]int{n, h, w}; got != c.want || denseGrid(c.shape).Cols != c.cols {
			t.Errorf("%v: %v in %d columns, expected %v in %d", c.shape, got, denseGrid(c.shape).Cols, c.want, c.cols)
		}
	}
}

// With another network the choice is a unit that it has, its weights are asked for,
// and those of the network before are not shown.
func TestDenseOfAnotherNetwork(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	model := func(units int) *wire.Model {
		return &wire.Model{Layers: []wire.LayerInfo{
			{Name: "max_pooling2d_1", Type: "MaxPooling2D", OutShape: []int{2, 2, 3}},
			{Name: "flatten_1", Type: "Flatten", OutShape: []int{12}},
			{Name: "dense_1", Type: "Dense", OutShape: []int{units}},
		}}
	}
	d.handle(model(128))
	d.chooseDense("dense_1")
	d.chooseUnit(127, 128)
	view := func(unit int) *wire.View {
		return &wire.View{Dense: wire.DenseUnits{Units: []int{unit}, Bias: []float32{0},
			Weights: wire.Tensor{Name: "dense_1", Shape: []int{1, 2, 2, 3}, Data: make([]float32, 12)}}}
	}
	d.handle(view(127))
	s.take()
	d.handle(model(12)) // few units, but each has a picture for each map
	if m := last[*wire.Watch](s); !slices.Equal(m.Units, []int{0}) || d.Dense.Unit != 0 {
		t.Errorf("watched are %v, chosen is %d, expected 0", m.Units, d.Dense.Unit)
	}
	var r raster
	v := &denseView{Desk: d}
	r.resize(9, 9)
	if v.paint(&r); d.dense() != nil || r.W != 0 {
		t.Errorf("the weights of the network before are shown, %d pixels wide", r.W)
	}
	d.handle(view(0))
	if attr(byID(t, rendered(t, d), "dense-unit"), "max") != "11" {
		t.Error("no unit can be chosen")
	}
	if v.paint(&r); r.W == 0 {
		t.Error("nothing is drawn")
	}
}
