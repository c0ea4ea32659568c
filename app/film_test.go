package app

import (
	"bytes"
	"fmt"
	"image/gif"
	"math"
	"slices"
	"testing"

	"convlens/nn/record"
	"convlens/nn/wire"
)

// filmed is a moment of two small convolutions and a map.
func filmed(step int, v float32) wire.Moment {
	pack := func(name string, shape []int, bits int) wire.Packed {
		n := 1
		for _, d := range shape {
			n *= d
		}
		x := make([]float32, n)
		for i := range x {
			x[i] = v * float32(1-2*(i%2))
		}
		return wire.Packed(record.Pack(name, shape, x, bits))
	}
	return wire.Moment{Step: step, Split: wire.TestSplit, Index: 7, Arrays: []wire.Packed{
		pack("conv2d_1", []int{4, 1, 2, 2}, 16), pack("conv2d_2", []int{4, 4, 2, 2}, 16), pack("relu_2", []int{4, 3, 3}, 8)}}
}

// filmDesk has seen a run of so many steps.
func filmDesk(t *testing.T, steps int) *desk {
	d := lively(t)
	d.Query.Lens = "time"
	loss := make([]float32, steps)
	for step := 0; step <= steps; step++ {
		if step > 0 {
			loss[step-1] = 1 / float32(step)
		}
		d.handle(&wire.View{Moments: []wire.Moment{filmed(step, float32(step+1)/100)}})
	}
	d.handle(&wire.Progress{State: wire.Done, Step: steps, Epoch: 1, Epochs: 1, FirstStep: 1, StepLoss: loss, StepAcc: loss,
		Vals: []wire.Validation{{Step: steps / 2, Loss: .25, Acc: .75}}})
	return d
}

func TestFilm(t *testing.T) {
	d := filmDesk(t, 200)
	if n := len(d.State.Film.moments()); n < filmMoments/2 || n > filmMoments {
		t.Errorf("%d moments", n)
	}
	m, at := d.moment()
	if m.Step != 200 || at != len(d.State.Film.moments())-1 || !m.Test || m.Image != 7 {
		t.Errorf("without a choice moment %d, of step %d, test %v, image %d", at, m.Step, m.Test, m.Image)
	}
	d.chooseMoment(3)
	if m, at = d.moment(); at != 3 || m.Step != 12 {
		t.Errorf("moment %d of step %d, expected 3 of step 12", at, m.Step)
	}
	if got := d.kernelsThen("conv2d_2").Data[0]; math.Abs(float64(got)-.13) > 1e-4 {
		t.Errorf("the first weight is %v, expected 0.13", got)
	}
	if got := d.lookBack().maps; got == nil || got.Name != "relu_2" || math.Abs(float64(got.Data[1])+.13) > 1e-3 {
		t.Errorf("the maps are %+v", got)
	}
	// The scale has room for the largest weight of all moments.
	if got := d.State.Film.end("conv2d_1"); got != 3 {
		t.Errorf("the scale ends at %v, expected 3 for 2.01", got)
	}
	// A longer run keeps the choice, if not the very moment.
	for step := 201; step <= 500; step++ {
		d.handle(&wire.View{Moments: []wire.Moment{filmed(step, 1)}})
	}
	if m, _ := d.moment(); m.Step > 12 || m.Step < 0 {
		t.Errorf("the chosen moment moved to step %d", m.Step)
	}
	d.handle(&wire.View{Moments: []wire.Moment{filmed(0, 1)}})
	if n := len(d.State.Film.moments()); n != 1 {
		t.Errorf("a fresh network's film has %d moments", n)
	}
	d.handle(&wire.View{Moments: []wire.Moment{{Step: 1, Arrays: []wire.Packed{{Name: "x", Shape: []int{2}, Bits: 8}}}}})
	if m, _ := d.moment(); m.Step != 1 || len(m.Arrays) != 0 {
		t.Errorf("an array without its values is taken: %+v", m)
	}
}

func TestTimeView(t *testing.T) {
	d := filmDesk(t, 40)
	d.chooseMoment(10)
	root := rendered(t, d)
	expectText(t, root, "moment-readout", "moment 11 of 41, step 10")
	expectText(t, root, "moment-val_acc", "–")
	if got, want := text(byID(t, root, "moment-loss")), formatFixed(smoothedAt(d.State.Curves.Loss, 10), 4); got != want {
		t.Errorf("the loss is %s, expected %s", got, want)
	}
	if name := attr(byID(t, root, "moment"), "aria-label"); name != "Moment" {
		t.Errorf("the slider's name is %q", name)
	}
	d.chooseMoment(30)
	root = rendered(t, d)
	expectText(t, root, "moment-val_acc", "0.7500")
	expectText(t, root, "film-play", "Play film")
	expectText(t, root, "film-save", "Save animation")
	if len(find(root, "id", "past-kernels-conv2d_2")) != 1 || len(find(root, "id", "past-maps")) != 1 {
		t.Error("the kernels or the maps of the moment are missing")
	}
	m, _ := d.moment()
	if got, want := attr(byID(t, root, "past-kernels-conv2d_2"), "data-file"), fmt.Sprintf("kernels-conv2d_2-step-%d", m.Step); got != want {
		t.Errorf("the moment's kernels are saved as %q, expected %q", got, want)
	}
	d.State.Film = Film{}
	if d.chooseMoment(3); len(find(rendered(t, d), "id", "moment")) != 0 {
		t.Error("there is a slider without moments")
	}
}

func TestSpreadOut(t *testing.T) {
	for _, c := range []struct {
		n    int
		want []int
	}{{0, []int{}}, {1, []int{0}}, {3, []int{0, 1, 2}}, {9, []int{0, 3, 5, 8}}, {60, []int{0, 20, 39, 59}}} {
		if got := spreadOut(c.n, 4); !slices.Equal(got, c.want) {
			t.Errorf("4 of %d are %v, expected %v", c.n, got, c.want)
		}
	}
}

func TestPaintStrip(t *testing.T) {
	p := lightPalette
	kernels := func(a, b float32) *wire.Tensor {
		return &wire.Tensor{Shape: []int{5, 1, 1, 1}, Data: []float32{a, b, a, b, a}}
	}
	var r raster
	paintStrip(&r, []*wire.Tensor{kernels(1, -1), kernels(.5, 0)}, 2, p.signed(1), 1, p)
	golden(t, "two moments", &r, letters(p), `
........................
............###########.
............#.........#.
...+.-.+.-..#.p...p...#.
............#.........#.
...+........#.p.......#.
............#.........#.
............###########.
........................
`)
	if paintStrip(&r, nil, 2, p.signed(1), 0, p); r.W != 0 {
		t.Errorf("nothing is %d wide", r.W)
	}
}

// The strip is as large with one moment as with many, and says of one that it is
// the only one.
func TestFilmStripFills(t *testing.T) {
	var first raster
	for steps := range 30 {
		d := filmDesk(t, steps)
		v := &filmStrip{Desk: d}
		var r raster
		v.paint(&r)
		if steps == 0 {
			first = r
		}
		if r.W != first.W || r.H != first.H || r.W <= r.H {
			t.Errorf("after %d steps the strip is %d by %d, at first it was %d by %d", steps, r.W, r.H, first.W, first.H)
		}
	}
	for _, w := range languages {
		d := filmDesk(t, 0)
		d.speak(w)
		root := rendered(t, d)
		want := fmt.Sprintf(w.Time.StripOne, "conv2d_1", w.Untrained)
		if got := text(byID(t, root, "film-strip").Parent.Parent); got != want {
			t.Errorf("%s: the caption is %q, expected %q", w.Name, got, want)
		}
	}
}

// TestAnimation decodes what is saved: every frame has the raster's colours, to
// the half of a ramp's step.
func TestAnimation(t *testing.T) {
	var f Film
	f.add([]wire.Moment{filmed(0, .1), filmed(3, .2), filmed(4, .4)})
	rests := 0
	a := newAnimation(&f, 2, darkPalette)
	data, err := a.encode(func() { rests++ })
	if err != nil {
		t.Fatal(err)
	}
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Image) != 3 || rests < 7 || g.LoopCount != 0 || !slices.Equal(g.Delay, []int{12, 12, 200}) {
		t.Errorf("%d frames with delays %v, %d rests, %d loops", len(g.Image), g.Delay, rests, g.LoopCount)
	}
	var r raster
	for i, frame := range g.Image {
		a.paint(&r, i)
		if b := frame.Bounds(); b.Dx() != 2*r.W || b.Dy() != 2*r.H {
			t.Fatalf("frame %d is %v, expected twice %dx%d", i, b, r.W, r.H)
		}
		for y := range 2 * r.H {
			for x := range 2 * r.W {
				red, green, blue, _ := frame.At(x, y).RGBA()
				want := r.Pix[4*(y/2*r.W+x/2):]
				for k, v := range []uint32{red, green, blue} {
					if d := int(v>>8) - int(want[k]); d < -2 || d > 2 {
						t.Fatalf("frame %d, pixel %d, %d: %v, expected %v", i, x, y, frame.At(x, y), want[:3])
					}
				}
			}
		}
	}
	// The bar: nothing at first, three quarters at step 3 of 4, all at the end.
	for i, want := range []int{0, r.W * 3 / 4, r.W} {
		a.paint(&r, i)
		n := 0
		for x := range r.W {
			if p := r.Pix[4*((r.H-1)*r.W+x):]; (rgb{p[0], p[1], p[2]}) == darkPalette.Ink {
				n++
			}
		}
		if n != want {
			t.Errorf("the bar of frame %d is %d long, expected %d", i, n, want)
		}
	}
}

// The colours of a GIF have the ends and zero as they are.
func TestGIFColours(t *testing.T) {
	for _, p := range []*palette{lightPalette, darkPalette} {
		colours, index := gifColours(p)
		if len(colours) != 256 {
			t.Fatalf("%d colours", len(colours))
		}
		for _, c := range []rgb{p.Zero, p.Ink, p.Positive, p.Negative} {
			if got := colours[index[c]]; got != c.colour() {
				t.Errorf("%v is shown as %v", c, got)
			}
		}
	}
}
