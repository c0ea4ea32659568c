package record

import (
	"slices"
	"testing"
)

// moment is one that takes 260 bytes.
func moment(step int) *Moment {
	return &Moment{Step: step, Arrays: []Packed{Pack("x", []int{100}, make([]float32, 100), 8)}}
}

func steps(r *Recorder[*Moment]) (s []int) {
	for _, m := range r.Moments() {
		s = append(s, m.Step)
	}
	return s
}

// TestRecorder runs recorders over runs of many lengths, which tell of moments
// oftener than they are to be kept.
func TestRecorder(t *testing.T) {
	const most = 12
	_, size := moment(0).Measure()
	for _, first := range []int{0, 3, 1000} {
		for _, budget := range []int{1 << 20, 7*size + 5, 2 * size} {
			room := min(most, budget/size)
			r := NewRecorder(most, budget, (*Moment).Measure)
			for step := first; step < first+2000; step++ {
				if err := r.Record(moment(step)); err != nil {
					t.Fatal(err)
				}
				got := steps(r)
				if len(got) > room && (!r.off || len(got) > most+1) || r.Bytes() > budget || r.Bytes() != len(got)*size {
					t.Fatalf("step %d: %d moments of %d bytes, expected %d in %d", step, len(got), r.Bytes(), room, budget)
				}
				if got[0] != first || got[len(got)-1] != step {
					t.Fatalf("step %d: moments %v, expected the first and the latest among them", step, got)
				}
				for i := 1; i < len(got)-1; i++ {
					if got[i]%r.interval != 0 || i > 1 && got[i]-got[i-1] != r.interval {
						t.Fatalf("step %d: moments %v, expected the multiples of %d", step, got, r.interval)
					}
				}
				if n := step - first + 1; n >= room && len(got) < room/2 {
					t.Fatalf("step %d: %d moments only", step, len(got))
				}
			}
		}
	}
}

// Interval must give moments that a Recorder keeps, and the end too.
func TestInterval(t *testing.T) {
	for length, want := range map[int]int{0: 1, 8: 1, 59: 1, 60: 2, 119: 2, 120: 4, 469: 8, 479: 8, 938: 16} {
		if got := Interval(length, 60); got != want {
			t.Errorf("%d steps are recorded every %d, expected %d", length, got, want)
		}
		r := NewRecorder(60, 1<<20, (*Moment).Measure)
		for step := 0; step <= length; step += want {
			if err := r.Record(moment(step)); err != nil {
				t.Fatal(err)
			}
		}
		all := length/want + 1
		if length%want > 0 {
			all++
			if err := r.Record(moment(length)); err != nil {
				t.Fatal(err)
			}
		}
		if got := steps(r); len(got) != all || got[len(got)-1] != length {
			t.Errorf("of %d steps the moments %v are kept, expected all %d", length, got, all)
		}
	}
}

// TestRecorderBack takes runs back and goes on.
func TestRecorderBack(t *testing.T) {
	r := NewRecorder(4, 1<<20, (*Moment).Measure)
	record := func(list ...int) {
		t.Helper()
		for _, step := range list {
			if err := r.Record(moment(step)); err != nil {
				t.Fatal(err)
			}
		}
	}
	expect := func(want ...int) {
		t.Helper()
		if got := steps(r); !slices.Equal(got, want) {
			t.Errorf("moments %v, expected %v", got, want)
		}
	}
	record(0, 1, 2, 3, 4, 5, 6, 7, 8)
	expect(0, 4, 8)
	record(9)
	expect(0, 4, 8, 9) // a pause
	record(11)
	expect(0, 4, 8, 11) // the next one
	record(11)
	expect(0, 4, 8, 11) // with another image
	record(6)
	expect(0, 4, 6)
	record(0)
	expect(0)
	record(1, 2, 3) // a fresh network begins with every step again
	expect(0, 1, 2, 3)
	r.Cut(1)
	expect(0, 1)
	r.Cut(-1)
	expect()
}

func TestRecorderFull(t *testing.T) {
	_, size := moment(0).Measure()
	r := NewRecorder(3, 2*size, (*Moment).Measure)
	if err := r.Record(moment(0)); err != nil {
		t.Error(err)
	}
	large := &Moment{Step: 1, Arrays: append(moment(1).Arrays, moment(1).Arrays...)}
	if err := r.Record(large); err == nil || r.Len() != 1 {
		t.Errorf("error %v of a moment larger than half the memory; %d moments", err, r.Len())
	}
	panics(t, "no room", func() { NewRecorder(2, 100, (*Moment).Measure) })
	if m := moment(0); m.Array("x") != &m.Arrays[0] || m.Array("y") != nil {
		t.Error("an array is not found by its name")
	}
}
