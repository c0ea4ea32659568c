package lab

import (
	"testing"

	"convlens/nn/wire"
)

// A lens' slices get all of the time between runs, a small share of it during
// one, and none once the page looks away.
func TestLensShare(t *testing.T) {
	for given, want := range map[float64]float64{0: lensShare, 0.1: 0.1} {
		now := 0.0
		clock := func() float64 { return now }
		slices := 0
		n := lens{share: given, slice: func() bool { slices++; now += 3; return true }}
		const step = 30
		for range 1000 {
			now += step
			n.spend(step, clock)
		}
		if share := 3 * float64(slices) / (1000 * step); share > want || share < 0.9*want {
			t.Errorf("%d slices of 3 ms in 1000 steps of %d ms are a share of %.3f, expected %v", slices, step, share, want)
		}
	}
}

func TestLens(t *testing.T) {
	p := newPage(t)
	refreshed, sliced := 0, 0
	var l *Lab
	p.react = func(m wire.Message) {
		switch m.(type) {
		case *wire.Ready:
			l.look(lens{refresh: func() { refreshed++ }, slice: func() bool { sliced++; return sliced < 5 }})
		}
	}
	l = New(p, "")
	p.t, p.script = t, p.ready(&wire.Watch{IntervalMS: 400, Layer: "conv2d_1"}, &wire.Train{Settings: settings()}, &wire.LookAway{}, &wire.Init{Settings: settings()})
	l.Run()
	p.calm()
	if sliced != 5 {
		t.Errorf("%d slices, expected 5", sliced)
	}
	if views := len(all[*wire.View](p)); refreshed < 3 || refreshed >= views+1 {
		t.Errorf("refreshed %d times with %d views, expected once at first, then with each until the page looked away", refreshed, views)
	}
}
