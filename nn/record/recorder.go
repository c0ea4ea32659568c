package record

import (
	"fmt"
	"slices"
	"sort"
)

// A Recorder keeps moments of a run, spread evenly over it however long it
// becomes, in a fixed amount of memory. It keeps every moment at first. When
// there are too many it goes on at twice the interval, and drops what lies
// between. The first and the latest moment are always among those it keeps.
type Recorder[M any] struct {
	most, budget int
	measure      func(M) (step, bytes int)
	interval     int // in steps
	kept         []M
	off          bool // the last one is off the interval: it stays until there is a later one, and isn't among the most
}

// A Moment is what was to be seen after a step. Nothing in it changes any more.
type Moment struct {
	Step   int
	Arrays []Packed

	// Image is the number of the image that some of it was of, and Test says of
	// which half of the data.
	Image int
	Test  bool
}

// Array returns the array of that name, or nil.
func (m *Moment) Array(name string) *Packed {
	for i := range m.Arrays {
		if m.Arrays[i].Name == name {
			return &m.Arrays[i]
		}
	}
	return nil
}

// Measure returns the moment's step and about what it takes in memory.
func (m *Moment) Measure() (step, bytes int) {
	for i := range m.Arrays {
		bytes += m.Arrays[i].bytes()
	}
	return m.Step, bytes
}

// NewRecorder returns a Recorder of at most so many moments, and a last one that is
// off their interval, in at most so many bytes; measure returns a moment's step and
// what it takes. 60 moments of the tutorial's kernels in 16 bits and one layer's maps
// in 8 take 2.5 MB.
func NewRecorder[M any](moments, bytes int, measure func(M) (step, bytes int)) *Recorder[M] {
	if moments < 3 || bytes < 1 {
		panic("record: NewRecorder needs room for three moments")
	}
	return &Recorder[M]{most: moments, budget: bytes, measure: measure, interval: 1}
}

// Interval is the number of steps from one moment to the next for a run of so
// many steps, of which at most so many moments are kept: a power of two. It is
// what a Recorder comes to by itself.
func Interval(steps, moments int) int {
	n := 1
	for steps/n >= moments {
		n *= 2
	}
	return n
}

// Record keeps a moment, and forgets that step and later ones: a run that was
// taken back goes over them anew. A moment off the interval, such as where a run
// is paused or ends, stays until the next one comes. An error means that the
// memory would not hold even two such moments; then nothing has changed.
func (r *Recorder[M]) Record(m M) error {
	step, n := r.measure(m)
	if 2*n > r.budget {
		return fmt.Errorf("record: a moment of %d bytes, expected at most half of the %d there are", n, r.budget)
	}
	r.Cut(step - 1)
	r.add(m)
	for r.onInterval() > r.most || r.Bytes() > r.budget {
		r.thin()
	}
	return nil
}

func (r *Recorder[M]) onInterval() int {
	if r.off {
		return len(r.kept) - 1
	}
	return len(r.kept)
}

// Cut forgets the moments after a step.
func (r *Recorder[M]) Cut(step int) {
	n := sort.Search(len(r.kept), func(i int) bool { return r.step(i) > step })
	if n < len(r.kept) {
		r.kept, r.off = r.kept[:n], false
	}
	if n == 0 {
		r.interval = 1
	}
}

func (r *Recorder[M]) step(i int) int {
	step, _ := r.measure(r.kept[i])
	return step
}

// add appends a moment, in the last one's place if that is off the interval.
func (r *Recorder[M]) add(m M) {
	if r.off {
		r.kept = r.kept[:len(r.kept)-1]
	}
	r.kept = append(r.kept, m)
	last := len(r.kept) - 1
	r.off = last > 0 && r.step(last)%r.interval != 0
}

// thin doubles the interval and drops what lies between.
func (r *Recorder[M]) thin() {
	r.interval *= 2
	all := r.kept
	r.kept, r.off = nil, false
	for _, m := range all {
		r.add(m)
	}
}

// Moments are those there are, the earliest first.
func (r *Recorder[M]) Moments() []M { return slices.Clone(r.kept) }

// Len is the number of moments, Bytes what they take.
func (r *Recorder[M]) Len() int { return len(r.kept) }
func (r *Recorder[M]) Bytes() (n int) {
	for _, m := range r.kept {
		_, bytes := r.measure(m)
		n += bytes
	}
	return n
}
