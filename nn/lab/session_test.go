package lab

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"convlens/nn/glyph"
	"convlens/nn/kernel"
	"convlens/nn/wire"
)

// TestSession goes the page's usual way with generated digits and the
// tutorial's network in its full size: load, look, train, look again.
func TestSession(t *testing.T) {
	p := newPage(t)
	d := glyph.Digits(1, 100, 40)
	p.play(
		&wire.Init{Settings: settings()},
		&wire.Load{Source: p.offer("digits", d)},
		&wire.GetSample{Split: wire.TrainSplit, Index: 99},
		&wire.Watch{Split: wire.TestSplit, Index: 1, Layer: "conv2d_2", IntervalMS: 400},
		&wire.Train{Settings: settings()},
	)
	p.calm()

	if r, ok := p.events[0].(*wire.Ready); !ok || *r != (wire.Ready{Build: "a build", SIMD: kernel.SIMD}) {
		t.Errorf("the first word is %+v", p.events[0])
	}
	var kinds []string
	for _, m := range p.events {
		if name := wire.Name(m); len(kinds) == 0 || kinds[len(kinds)-1] != name {
			kinds = append(kinds, name)
		}
	}
	const first, end = "Ready Model Progress Loading Loaded Progress Sample View Progress Health ", " Checkpoint Progress View Health"
	if got := strings.Join(kinds, " "); !strings.HasPrefix(got, first) || !strings.HasSuffix(got, end) {
		t.Errorf("told\n%s, expected\n%s...%s", got, first, end)
	}

	m := last[*wire.Model](p)
	if fmt.Sprint(m.InputShape) != "[1 28 28]" || m.Params != 600810 || len(m.Layers) != 12 {
		t.Errorf("a model of %d layers on %v with %d parameters", len(m.Layers), m.InputShape, m.Params)
	}
	l := m.Layers[2]
	if l.Name != "conv2d_2" || l.Type != "Conv2D" || fmt.Sprint(l.OutShape) != "[32 24 24]" || l.Params != 9248 ||
		!slices.Contains(l.Config, wire.KeyValue{Key: "kernel_size", Value: "(3, 3)"}) {
		t.Errorf("layer 2 is %+v", l)
	}
	s := last[*wire.Sample](p)
	if s.Index != 99 || s.Label != d.Train.Label(99) || fmt.Sprint(s.Shape) != "[1 28 28]" || string(s.Pixels) != string(d.Train.Image(99)) {
		t.Errorf("sample 99 is number %d, a %d of shape %v", s.Index, s.Label, s.Shape)
	}
	e := last[*wire.Progress](p)
	if e.State != wire.Done || e.Step != 5 || e.Seen != 100 || e.ValSeen != 40 || !e.Validated {
		t.Errorf("the last Progress is %+v", e)
	}
	v := last[*wire.View](p)
	if v.Step != 5 || fmt.Sprint(v.Kernels[0].Shape, v.Kernels[1].Shape) != "[32 1 3 3] [32 32 3 3]" || fmt.Sprint(v.Maps.Shape) != "[32 24 24]" {
		t.Errorf("the last View is of step %d, with %d kernels, and maps of shape %v", v.Step, len(v.Kernels), v.Maps.Shape)
	}
}
