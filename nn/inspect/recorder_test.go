package inspect

import (
	"math"
	"slices"
	"testing"

	"convlens/nn"
)

// TestPack wants every value back within half a step, and the ends exactly.
func TestPack(t *testing.T) {
	for _, bits := range []int{8, 16} {
		for _, limit := range []float32{1e-30, 0.037, 1, 255, 1e30} {
			x := make([]float32, 1000)
			fill(x, uint64(bits), limit)
			x[0], x[1], x[2] = 0, limit, -limit
			p := Pack("x", []int{10, 100}, x, bits)
			y := make([]float32, p.Len())
			p.Unpack(y)
			last := float64(int(1)<<(bits-1) - 1)
			if want := float64(limit) / last; math.Abs(float64(p.Step)-want) > 1e-6*want || len(p.Data) != 1000*bits/8 {
				t.Errorf("%d bits, up to %v: step %v, %d bytes", bits, limit, p.Step, len(p.Data))
			}
			worst := 0.0
			for i := range x {
				worst = max(worst, math.Abs(float64(x[i])-float64(y[i]))/float64(p.Step))
			}
			// With 16 bits the rounding of the product counts: 32767 has 15 of 24 bits.
			if worst > 0.5+last*0x1p-24*2 || worst < 0.3 {
				t.Errorf("%d bits, up to %v: largest error %v steps", bits, limit, worst)
			}
			if y[0] != 0 || abs(y[1]-limit) > 1e-6*limit || y[2] != -y[1] {
				t.Errorf("%d bits: 0 and ±%v came back as %v", bits, limit, y[:3])
			}
		}
		inf := float32(math.Inf(1))
		p := Pack("x", []int{5}, []float32{inf, 2, float32(math.NaN()), -inf, -1}, bits)
		y := make([]float32, 5)
		p.Unpack(y)
		if y[0] == y[0] || y[2] == y[2] || y[3] == y[3] || y[1] != 2 || abs(y[4]+1) > p.Step/2 {
			t.Errorf("%d bits: what isn't finite came back as %v", bits, y)
		}
		zero := Pack("x", []int{2}, make([]float32, 2), bits)
		if zero.Unpack(y[:2]); y[0] != 0 || y[1] != 0 {
			t.Errorf("zeros came back as %v", y[:2])
		}
	}
	panics(t, "4 bits", func() { Pack("x", nil, nil, 4) })
	panics(t, "another size", func() { p := Pack("x", nil, nil, 8); p.Unpack(make([]float32, 1)) })
}

// TestRecorder runs recorders over runs of many lengths, asking Due after every
// step as a run does, and at its end.
func TestRecorder(t *testing.T) {
	const most = 12
	array := Pack("x", []int{100}, make([]float32, 100), 8)
	for _, first := range []int{0, 3, 1000} {
		for _, budget := range []int{1 << 20, 7*array.bytes() + 5, 2 * array.bytes()} {
			room := min(most, budget/array.bytes())
			r := NewRecorder(most, budget)
			for step := first; step < first+2000; step++ {
				due := r.Due(step)
				if due || step%7 == 0 { // a page that looks in between
					if err := r.Record(step, array); err != nil {
						t.Fatal(err)
					}
				}
				ms := r.Moments()
				if len(ms) > room || r.Bytes() > budget || r.Bytes() != len(ms)*array.bytes() {
					t.Fatalf("step %d: %d moments of %d bytes, expected %d in %d", step, len(ms), r.Bytes(), room, budget)
				}
				if ms[0].Step != first {
					t.Fatalf("step %d: the first moment is %d", step, ms[0].Step)
				}
				if due && ms[len(ms)-1].Step != step {
					t.Fatalf("step %d: the latest moment is %d", step, ms[len(ms)-1].Step)
				}
				for i, m := range ms[:len(ms)-1] {
					if m.Step != first+i*r.Interval() {
						t.Fatalf("step %d: moment %d is %d, expected one every %d", step, i, m.Step, r.Interval())
					}
				}
				if n := step - first + 1; n >= room && len(ms) < room/2 {
					t.Fatalf("step %d: %d moments only", step, len(ms))
				}
			}
		}
	}
}

// TestRecorderEnd wants the end of a run that isn't due to be kept until the run
// goes on, and to be found.
func TestRecorderEnd(t *testing.T) {
	r := NewRecorder(4, 1<<20)
	array := Pack("x", []int{1}, make([]float32, 1), 8)
	steps := func() (s []int) {
		for _, m := range r.Moments() {
			s = append(s, m.Step)
		}
		return s
	}
	record := func(step int) {
		t.Helper()
		if err := r.Record(step, array); err != nil {
			t.Fatal(err)
		}
	}
	if r.At(3) != nil {
		t.Error("an empty recorder has a moment")
	}
	for step := range 9 {
		if r.Due(step) {
			record(step)
		}
	}
	if record(9); !slices.Equal(steps(), []int{0, 4, 8, 9}) {
		t.Errorf("moments %v at a pause", steps())
	}
	if record(11); !slices.Equal(steps(), []int{0, 4, 8, 11}) {
		t.Errorf("moments %v at the next pause", steps())
	}
	for step, want := range map[int]int{0: 0, 3: 0, 4: 4, 10: 8, 11: 11, 99: 11} {
		if got := r.At(step).Step; got != want {
			t.Errorf("at step %d moment %d, expected %d", step, got, want)
		}
	}
	panics(t, "a step back", func() { r.Record(11, array) })
	small := NewRecorder(3, 2*array.bytes())
	if err := small.Record(0, array); err != nil {
		t.Error(err)
	}
	large := Pack("x", []int{2}, make([]float32, 2), 8)
	if err := small.Record(1, large); err == nil || small.Len() != 1 {
		t.Errorf("error %v of a moment larger than half the memory; %d moments", err, small.Len())
	}
}

// TestRecorderTutorial records the tutorial's network: 60 moments of kernels
// and maps, and their error.
func TestRecorderTutorial(t *testing.T) {
	tr, data := trained(t, 2)
	m := tr.Model()
	image := data.image(1)
	arrays := append(Kernels(m, 16, false), Maps(m, image, 8)...)
	r := NewRecorder(60, 16<<20)
	for step := range 60 {
		if err := r.Record(step, arrays...); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("60 moments take %d bytes", r.Bytes())
	if r.Len() != 60 || r.Bytes() > 16<<20 || r.Interval() != 1 {
		t.Errorf("%d moments of %d bytes", r.Len(), r.Bytes())
	}
	if len(arrays) != 14 || arrays[1].Name != "conv2d_2" || arrays[1].Len() != 9216 || arrays[2].Len() != 32*26*26 {
		t.Errorf("%d arrays, the second is %q", len(arrays), arrays[1].Name)
	}
	p := m.Params()[2]
	w, back := make([]float32, p.Len()), make([]float32, p.Len())
	p.Export(w, p.Value)
	r.At(40).Arrays[1].Unpack(back)
	for i := range w {
		if e := abs(w[i] - back[i]); e > 0.501*arrays[1].Step {
			t.Fatalf("weight %d is %v, restored %v", i, w[i], back[i])
		}
	}
	i := 2
	m.Activations(image, func(l nn.Layer, y []float32) {
		shown, back := make([]float32, len(y)), make([]float32, len(y))
		nn.ExportImage(shown, y, l.OutShape())
		arrays[i].Unpack(back)
		for k := range shown {
			if e := abs(shown[k] - back[k]); e > 0.501*arrays[i].Step {
				t.Fatalf("value %d of %s is %v, restored %v", k, l.Name(), shown[k], back[k])
			}
		}
		i++
	})
	if dense := Kernels(m, 8, true); len(dense) != 4 || dense[2].Name != "dense_1" {
		t.Errorf("%d kernels with the dense layers'", len(dense))
	}
}
