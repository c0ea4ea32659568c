package lab

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// twoClasses are boards of h x w with two classes.
func twoClasses(h, w int) *mnist.Dataset {
	d := &mnist.Dataset{Train: boards(1, trainN, 1, h, w), Test: boards(2, testN, 1, h, w)}
	for _, s := range []*mnist.Set{&d.Train, &d.Test} {
		s.Classes = 2
		for i := range s.Labels {
			s.Labels[i] %= 2
		}
	}
	return d
}

// TestSmallestNetworks trains the smallest networks that the settings allow, and
// looks at each in every way there is: everything is answered, and every number
// is one.
func TestSmallestNetworks(t *testing.T) {
	smallest := wire.Architecture{Filters1: 1, Filters2: 1, Kernel: 1, Pool: 1, Units: 1}
	change := func(f func(n *wire.Architecture)) wire.Architecture {
		n := smallest
		f(&n)
		return n
	}
	for _, tt := range []struct {
		name string
		net  wire.Architecture
		data *mnist.Dataset
	}{
		{"one of everything", smallest, small(1)},
		{"two classes", smallest, twoClasses(8, 7)},
		{"the smallest images", smallest, twoClasses(6, 6)},
		{"pooled to one pixel", change(func(n *wire.Architecture) { n.Pool = 7 }), small(1)},
		{"kernels as large as the image", change(func(n *wire.Architecture) { n.Kernel = 4 }), twoClasses(7, 7)},
		{"one filter, then many", change(func(n *wire.Architecture) { n.Filters2 = 5; n.Units = 2 }), small(1)},
		{"many filters, then one", change(func(n *wire.Architecture) { n.Filters1 = 5 }), small(1)},
		{"dropout of nearly all", change(func(n *wire.Architecture) { n.Dropout1, n.Dropout2 = 0.99, 0.99 }), small(1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := settings()
			s.Net = tt.net
			s.Batch = 1 // the smallest of them too
			s.Limit = 50
			p := newPage(t)
			p.cores = 3 // more than a batch has images
			l := New(p, "")
			p.script = []any{&wire.Load{Source: p.offer("boards", tt.data)}, &wire.Init{Settings: s},
				&wire.Watch{Split: wire.TestSplit, Index: 1, Layer: "conv2d_2", Dense: "dense_1", Units: []int{0}},
				&wire.Train{Settings: s}, nothing{}}
			l.Run()
			for i, layer := range l.model.Layers {
				name := layer.Name()
				p.script = append(p.script, &wire.Watch{Split: wire.TestSplit, Index: i, Layer: name, Dense: "dense_2", Units: []int{0, 1}},
					&wire.Explain{Layer: name, Value: layer.OutShape().Len() - 1}, nothing{})
			}
			for _, layer := range []string{"conv2d_1", "conv2d_2", "dense_1", "dense_2"} {
				p.script = append(p.script, &wire.Draw{Layer: layer, Seed: 1}, nothing{}, &wire.Draw{Layer: layer, Plain: true, Seed: 1}, nothing{})
			}
			for _, layer := range []string{"conv2d_1", "conv2d_2"} {
				p.script = append(p.script, &wire.Why{Split: wire.TestSplit, Layer: layer, Silent: []int{0}, Patch: 1, Stride: 1}, nothing{})
			}
			p.script = append(p.script, &wire.Examine{}, nothing{}, &wire.MapTest{}, nothing{}, &wire.Evaluate{Now: true}, nothing{}, &wire.TakeNet{}, nothing{}, &wire.Calibrate{Settings: s}, nothing{},
				&wire.Train{Settings: s})
			l.Run()
			p.calm()
			if e := last[*wire.Progress](p); e.State != wire.Done || e.Epochs != 2 {
				t.Errorf("the run ended with %+v", e)
			}
			for _, m := range p.events {
				finite(t, wire.Name(m), reflect.ValueOf(m))
			}
			if n := len(all[*wire.Trace](p)); n < len(l.model.Layers) {
				t.Errorf("%d traces of %d layers", n, len(l.model.Layers))
			}
			for _, layer := range []string{"conv2d_1", "conv2d_2", "dense_1", "dense_2"} {
				done := false
				for _, d := range all[*wire.Drawn](p) {
					done = done || d.Draw.Layer == layer && len(d.Last) == d.Units && d.Taken == d.Units*d.Steps
				}
				if !done {
					t.Errorf("no image of what %s wants", layer)
				}
			}
			m := last[*wire.TestMap](p)
			if places := len(m.X); tt.net.Units == 1 && places != 0 || m.Units != tt.net.Units || m.N != testN || places != len(m.Labels) {
				t.Errorf("a map of %d places with %d units", places, m.Units)
			}
			if e := last[*wire.Evaluation](p); len(e.Answers) != testN || e.Classes != tt.data.Train.Classes {
				t.Errorf("%d answers of %d classes", len(e.Answers), e.Classes)
			}
			last[*wire.Covered](p)
			last[*wire.Ablated](p)
			last[*wire.Health](p)
			last[*wire.Net](p)
			if c := last[*wire.Calibrated](p); c.Images == 0 {
				t.Errorf("calibrated: %+v", c)
			}
		})
	}
}

// finite fails for numbers in a message that aren't.
func finite(t *testing.T, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		finite(t, path, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			finite(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			if k := v.Type().Elem().Kind(); k == reflect.Uint8 || k == reflect.Int {
				return
			}
			finite(t, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Float32, reflect.Float64:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			t.Errorf("%s is %v", path, x)
		}
	}
}
