package record

import (
	"fmt"
	"sort"
)

// A Recorder keeps moments of a run, spread evenly over it however long it
// becomes, in a fixed amount of memory. It keeps every moment at first. When
// there are too many it goes on at twice the interval, and drops what lies
// between. The first and the latest moment are always among those it keeps.
type Recorder struct {
	most, budget int
	interval     int // in steps
	kept         []*Moment
	// latest is a moment off the interval, until there is a later one.
	latest *Moment
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

func (m *Moment) bytes() (n int) {
	for i := range m.Arrays {
		n += m.Arrays[i].bytes()
	}
	return n
}

// NewRecorder returns a Recorder of at most so many moments and bytes. 60
// moments of the tutorial's kernels in 16 bits and one layer's maps in 8 take
// 2.5 MB.
func NewRecorder(moments, bytes int) *Recorder {
	if moments < 3 || bytes < 1 {
		panic("record: NewRecorder needs room for three moments")
	}
	return &Recorder{most: moments, budget: bytes, interval: 1}
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
func (r *Recorder) Record(m *Moment) error {
	if n := m.bytes(); 2*n > r.budget {
		return fmt.Errorf("record: a moment of %d bytes, expected at most half of the %d there are", n, r.budget)
	}
	r.Cut(m.Step - 1)
	r.add(m)
	for r.Len() > r.most || r.Bytes() > r.budget {
		r.thin()
	}
	return nil
}

// Cut forgets the moments after a step.
func (r *Recorder) Cut(step int) {
	if r.latest != nil && r.latest.Step > step {
		r.latest = nil
	}
	n := sort.Search(len(r.kept), func(i int) bool { return r.kept[i].Step > step })
	r.kept = r.kept[:n]
	if n == 0 {
		r.interval = 1
	}
}

// add appends a moment, in the latest one's place if that is off the interval.
func (r *Recorder) add(m *Moment) {
	r.latest = nil
	if len(r.kept) == 0 || m.Step%r.interval == 0 {
		r.kept = append(r.kept, m)
	} else {
		r.latest = m
	}
}

// thin doubles the interval and drops what lies between.
func (r *Recorder) thin() {
	r.interval *= 2
	all := r.Moments()
	r.kept, r.latest = nil, nil
	for _, m := range all {
		r.add(m)
	}
}

// Moments are those there are, the earliest first.
func (r *Recorder) Moments() []*Moment {
	all := append([]*Moment(nil), r.kept...)
	if r.latest != nil {
		all = append(all, r.latest)
	}
	return all
}

// Len is the number of moments, Bytes what they take.
func (r *Recorder) Len() int { return len(r.Moments()) }
func (r *Recorder) Bytes() (n int) {
	for _, m := range r.Moments() {
		n += m.bytes()
	}
	return n
}
