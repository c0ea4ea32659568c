package app

import (
	"math"
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"
)

func spreadOf(low float32, counts ...int) wire.Spread {
	s := wire.Spread{Low: low, Counts: counts, RMS: low}
	for _, n := range counts {
		s.N += n
	}
	return s
}

func someHealth(step int) *wire.Health {
	zeros := spreadOf(.25, 1, 0, 1)
	zeros.Zeros, zeros.N = 6, 8
	return &wire.Health{Step: step, Layers: []wire.LayerHealth{
		{Name: "conv2d_1", Weights: spreadOf(.25, 4, 0, 4), Gradients: spreadOf(.0625, 2), Output: "relu_1", AtStep: 3, Images: 128,
			Outputs: zeros, Units: 32, Dead: []int{3, 17}, Saturated: []int{5}},
		{Name: "dense_2", Weights: spreadOf(.5, 1), Gradients: wire.Spread{N: 4, Zeros: 4}, Output: "dense_2", AtStep: 3, Images: 128, Outputs: spreadOf(2, 9)},
	}}
}

func recordedHealth(step int) *wire.Health {
	h := someHealth(step)
	h.Recorded = true
	for i := range h.Layers {
		h.Layers[i].AtStep, h.Layers[i].Images = step, 4
	}
	return h
}

func healthSteps(h *History) (steps []int) {
	for _, m := range h.moments() {
		steps = append(steps, m.Step)
	}
	return steps
}

// TestHistory tells of the moments of a run, and looks at some of them besides.
func TestHistory(t *testing.T) {
	var s State
	expect := func(latest *wire.Health, want ...int) {
		t.Helper()
		if got := healthSteps(&s.Health); !slices.Equal(got, want) || s.Health.latest() != latest {
			t.Errorf("moments %v, the latest is %+v; expected %v, %+v", got, s.Health.latest(), want, latest)
		}
	}
	expect(nil)
	first, now := recordedHealth(0), someHealth(5)
	s.Apply(first)
	expect(first, 0)
	s.Apply(recordedHealth(4))
	s.Apply(now)
	expect(now, 0, 4, 5)
	s.Apply(recordedHealth(8)) // nobody looks any more
	expect(now, 0, 4, 8)
	now = someHealth(8)
	s.Apply(now)
	expect(now, 0, 4, 8)
	if s.Health.moments()[2] != now {
		t.Error("of two words on the same step the fuller one, an answer to Examine, isn't shown")
	}
	s.Apply(&wire.Model{}) // restored
	s.Apply(&wire.Progress{State: wire.Paused, Step: 6})
	if got := healthSteps(&s.Health); !slices.Equal(got, []int{0, 4}) {
		t.Errorf("a run taken back to step 6 has moments %v", got)
	}
	s.Apply(&wire.Model{})
	s.Apply(&wire.Progress{State: wire.Idle})
	expect(nil)
	for step := range 200 {
		s.Apply(recordedHealth(step))
		got := healthSteps(&s.Health)
		if n := len(got); n > historyMoments+1 || got[n-1] != step || got[0] != 0 || step >= historyMoments && n < historyMoments/2 {
			t.Fatalf("after step %d there are %v", step, got)
		}
	}
}

func TestPaintHealth(t *testing.T) {
	p := lightPalette
	none, some := wire.Spread{Counts: make([]int, 3)}, spreadOf(1, 4, 0, 4)
	var r raster
	paintHealth(&r, []*wire.Spread{&some, &none}, p)
	if r.W != healthWidth || r.H != 3 {
		t.Fatalf("%d by %d", r.W, r.H)
	}
	at := func(x, y int) rgb { q := r.Pix[4*(y*r.W+x):]; return rgb{q[0], q[1], q[2]} }
	full, empty := magnitudes[255], magnitudes[0]
	for y, want := range []rgb{full, empty, full} {
		if at(0, y) != want || at(29, y) != want || at(30, y) != p.Zero || at(59, y) != p.Zero {
			t.Errorf("row %d is %v, %v, %v; expected %v on the left and nothing on the right", y, at(0, y), at(29, y), at(30, y), want)
		}
	}
	for n := 1; n <= historyMoments+1; n++ {
		for i := range n {
			first, last := healthColumn(i, n)
			for x := range healthWidth {
				if (x >= first && x <= last) != (x*n/healthWidth == i) {
					t.Fatalf("moment %d of %d is in the columns %d to %d, but %d is of moment %d", i, n, first, last, x, x*n/healthWidth)
				}
			}
		}
	}
}

// In both themes, and whatever the picture has there, a line around the chosen spot
// has a contrast of 3:1 to what is beside it.
func TestHealthSpotSeen(t *testing.T) {
	for _, dark := range []bool{false, true} {
		for _, n := range []int{0, 1, 2, 5} { // of 10 in an octave: from the darkest colour to the lightest
			d := lively(t)
			d.Dark = dark
			h := someHealth(4)
			h.Layers[0].Weights = spotted(n)
			d.handle(h)
			v := &healthMap{Desk: d, Kind: kindWeights}
			var plain, r raster
			v.paint(&plain)
			d.chooseSpot(healthSpot{On: true, Kind: kindWeights, Row: 4})
			v.paint(&r)
			best := 0.0
			for y := range r.H {
				if y == 4 {
					if colourAt(&r, 5, y) != colourAt(&plain, 5, y) {
						t.Errorf("dark %v, %d of 10: the spot itself is drawn over", dark, n)
					}
					continue
				}
				if y < 2 || y > 6 {
					continue
				}
				a, b := luminance(colourAt(&r, 5, y)), luminance(colourAt(&plain, 5, y))
				best = max(best, (max(a, b)+0.05)/(min(a, b)+0.05))
			}
			if best < 3 {
				t.Errorf("dark %v, %d of 10: the contrast is %.1f to 1, expected 3", dark, n, best)
			}
		}
	}
}

// spotted has n of 10 numbers in each of nine octaves.
func spotted(n int) wire.Spread {
	s := spreadOf(1, n, n, n, n, n, n, n, n, n)
	s.N = 10
	return s
}

func TestHealthView(t *testing.T) {
	d := lively(t)
	d.Query.Lens = "health"
	d.handle(someHealth(4))
	root := rendered(t, d)
	expectText(t, root, "health-span", "One moment so far, step 4; a run adds more on the right.")
	d.handle(recordedHealth(0))
	d.handle(recordedHealth(2))
	d.handle(someHealth(4))
	root = rendered(t, d)
	expectText(t, root, "health-span", "3 moments of the run, from step 0 on the left to step 4 on the right. Of the past, outputs were counted on 4 test images.")
	table := text(byID(t, root, "health-table"))
	for _, want := range []string{"after step 4", "on 128 test images, as of step 3", "conv2d_1 0.25 0.062 0.25 75% 2 / 32 1 / 32", "dense_2 0.50 – 2.0 0% – –"} {
		if !strings.Contains(table, want) {
			t.Errorf("the table says %q, expected %q in it", table, want)
		}
	}
	units := text(byID(t, root, "health-units"))
	if !strings.Contains(units, "conv2d_1: 2 of 32 never active on 128 test images: 3, 17.") || !strings.Contains(units, "1 of 32 always active") {
		t.Errorf("the units: %q", units)
	}
	d.chooseSpot(healthSpot{On: true, Kind: kindOutputs, Column: 1, Row: 0})
	expectText(t, rendered(t, d), "health-readout", "conv2d_1, outputs after step 2: 12% of 8 numbers are between 1.0 and 2.0; 75% are zero.")
	d.chooseSpot(healthSpot{On: true, Kind: kindOutputs, Column: 2, Row: 0})
	expectText(t, rendered(t, d), "health-readout", "conv2d_1, outputs after step 3: 12% of 8 numbers are between 1.0 and 2.0; 75% are zero.")
	d.handle(&wire.Model{Layers: d.State.Model.Layers})
	d.handle(&wire.Progress{})
	if len(d.State.Health.moments()) != 0 {
		t.Error("another network has the health of the one before")
	}
	rendered(t, d) // with a spot where nothing is any more
}

// A new network is asked again, also that of a worker in another's place, and no
// more after a look away.
func TestDeskLook(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	s.take()
	d.look(&wire.Examine{})
	expectSent(t, s, "Examine")
	d.startAgain()
	expectSent(t, (*sessions)[1], "Init", "Watch", "Load")
	d.handle(drawable)
	expectSent(t, (*sessions)[1], "Examine")
	d.lookAway()
	d.handle(drawable)
	expectSent(t, (*sessions)[1], "LookAway")
}

func TestFault(t *testing.T) {
	d := lively(t)
	f := &wire.Fault{Step: 37, Layer: "conv2d_2", What: "kernel", Index: 1204, Value: float32(math.NaN())}
	d.handle(&wire.Progress{State: wire.Training, Step: 36, Epoch: 1, Epochs: 1})
	d.handle(f)
	d.handle(&wire.Progress{State: wire.Stopped, Step: 37, Epoch: 1, Epochs: 1})
	alert := byID(t, rendered(t, d), "fault")
	if got := text(alert); attr(alert, "role") != "alert" ||
		!strings.Contains(got, "step 37: value 1,204 of the kernel of conv2d_2 is NaN") || !strings.Contains(got, "smaller learning rate") || !strings.Contains(got, "fresh network") {
		t.Errorf("the alert says %q", got)
	}
	c := &wire.Checkpoint{Dataset: "mnist", Step: 30, State: wire.Paused}
	d.State.Checkpoint = c
	if got := text(byID(t, rendered(t, d), "fault-back")); got != "Go back to step 30" {
		t.Errorf("the button says %q", got)
	}
	s := d.session.(*fakeSession)
	s.take()
	d.goBack()
	if m := last[*wire.Restore](s); m == nil || m.Checkpoint.Step != 30 {
		t.Errorf("Restore is %+v", m)
	}
	d.handle(&wire.Model{Layers: d.State.Model.Layers})
	if len(find(rendered(t, d), "id", "fault")) != 0 {
		t.Error("the alert stays with another network")
	}
	d.handle(&wire.Fault{Step: 2, What: "loss", Value: float32(math.Inf(1))})
	if got := text(byID(t, rendered(t, d), "fault")); !strings.Contains(got, "step 2: the loss is +Inf") {
		t.Errorf("the alert says %q", got)
	}
}

func TestFormatSize(t *testing.T) {
	for v, want := range map[float64]string{0.0512: "0.051", 1: "1.0", 12.3: "12", 1234: "1234", 3.2e-6: "3e-6", 1e-10: "1e-10", 0.0099: "0.0099", 1e6: "1e+06"} {
		if got := formatSize(v); got != want {
			t.Errorf("%v is %q, expected %q", v, got, want)
		}
	}
}
