package lab

import (
	"slices"
	"testing"

	"convlens/nn"
	"convlens/nn/inspect"
	"convlens/nn/wire"
)

// TestDraw compares what is told with an ascent of all units at once, of each
// layer and in both ways, and follows how the images come.
func TestDraw(t *testing.T) {
	for _, tt := range []struct {
		layer  string
		index  int
		units  int
		plain  bool
		before int // units of which the first image is told before all have one
	}{
		{"conv2d_1", 0, 32, true, 4},
		{"conv2d_2", 2, 32, false, 4},
		{"dense_1", 7, 128, true, 32}, // the first 32 are finished before the others begin
		{"dense_2", 10, 10, false, 4},
	} {
		t.Run(tt.layer, func(t *testing.T) {
			p := newPage(t)
			l := trained(p, &wire.Watch{Layer: "conv2d_1", IntervalMS: 1}, p.forget,
				&wire.Draw{Layer: tt.layer, Plain: tt.plain, Seed: 5}, nothing{})
			p.calm()
			drawn := all[*wire.Drawn](p)
			first, end := drawn[0], drawn[len(drawn)-1]
			if first.Taken != 0 || len(first.Images) != 0 || first.Units != tt.units || first.Draw.Layer != tt.layer {
				t.Errorf("at first %+v", first)
			}
			all := make([]int, tt.units)
			for i := range all {
				all[i] = i
			}
			o := inspect.Regularised(tt.index, all...)
			if tt.plain {
				o = inspect.Blog(tt.index, all...)
			}
			o.Seed = 5
			a := inspect.NewAscent(nn.NewProbe(l.model, 32), o)
			if want := map[bool]int{true: 20, false: 100}[tt.plain]; end.Steps != want || end.Taken != tt.units*want || end.Step != steps {
				t.Errorf("ended with %d steps taken, %d each, of the network after step %d", end.Taken, end.Steps, end.Step)
			}
			objectives := func() (y []float32) {
				for i := range all {
					y = append(y, a.Objective(i))
				}
				return y
			}
			a.Step(1)
			if !slices.Equal(end.First, objectives()) {
				t.Errorf("the first images excite %v, expected %v", end.First, objectives())
			}
			a.Step(end.Steps - 1)
			if !slices.Equal(end.Last, objectives()) {
				t.Errorf("the last images excite %v, expected %v", end.Last, objectives())
			}
			want := make([]float32, 56)
			for i := range all {
				if a.Image(i, want); !slices.Equal(want, end.Images[i*56:(i+1)*56]) {
					t.Errorf("unit %d has another image than when all are drawn at once", i)
				}
			}
			sharp := 0 // steps of unit 0 when the last unit is begun
			for i, d := range drawn[1:] {
				if d.Taken <= drawn[i].Taken || len(d.Images) != 56*len(d.Last) || len(d.First) != len(d.Last) {
					t.Fatalf("%d steps taken after %d, %d values for %d units", d.Taken, drawn[i].Taken, len(d.Images), len(d.Last))
				}
				if len(d.Last) == tt.units && sharp == 0 {
					sharp = d.Taken / tt.units
				}
			}
			if len(drawn) < 10 || (sharp > 1) != (tt.units > 32) {
				t.Errorf("told %d times; %d steps each when all images are there", len(drawn), sharp)
			}
		})
	}
}

// TestDrawDuringARun draws with the weights of the moment it began, and leaves
// the run's as they are.
func TestDrawDuringARun(t *testing.T) {
	p := newPage(t)
	p.once(atStep(5), &wire.Draw{Layer: "dense_2", Seed: 1})
	p.play(p.ready(&wire.Watch{Layer: "conv2d_1", IntervalMS: 1}, &wire.Train{Settings: settings()}, nothing{})...)
	p.calm()
	if got, want := last[*wire.Progress](p), undisturbed(t, settings()); got.Fingerprint != want.Fingerprint {
		t.Errorf("the run ends with %.12s, expected %.12s", got.Fingerprint, want.Fingerprint)
	}
	end := last[*wire.Drawn](p)
	if end.Step != 5 || end.Taken != 10*100 {
		t.Fatalf("drew %d steps with the network after step %d", end.Taken, end.Step)
	}

	q := newPage(t)
	q.once(atStep(5), &wire.Pause{})
	q.play(q.ready(&wire.Train{Settings: settings()}, &wire.Draw{Layer: "dense_2", Seed: 1}, nothing{})...)
	if want := last[*wire.Drawn](q); want.Step != 5 || !slices.Equal(end.Images, want.Images) {
		t.Error("the images are others than those of the network at step 5")
	}
}

// TestDrawEnds draws no more once the page looks away, or at something else.
func TestDrawEnds(t *testing.T) {
	for name, m := range map[string]wire.Message{"away": &wire.LookAway{}, "another": &wire.Draw{Layer: "conv2d_1", Plain: true}} {
		p := newPage(t)
		given := false
		p.react = func(e wire.Message) {
			if d, ok := e.(*wire.Drawn); ok && d.Taken > 0 && !given {
				given = true
				p.urgent = append(p.urgent, m)
			}
		}
		p.play(p.ready(&wire.Watch{Layer: "conv2d_1", IntervalMS: 1}, &wire.Draw{Layer: "conv2d_2"}, nothing{})...)
		p.calm()
		for _, d := range all[*wire.Drawn](p) {
			if d.Draw.Layer == "conv2d_2" && d.Taken > 8 {
				t.Errorf("%s: still drew, %d steps", name, d.Taken)
			}
		}
		if end := last[*wire.Drawn](p); name == "another" && end.Taken != 32*20 {
			t.Errorf("drew %d steps of the other layer, expected all", end.Taken)
		}
	}
}
