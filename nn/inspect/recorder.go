package inspect

import (
	"fmt"
	"sort"

	"convlens/nn"
)

// A Recorder keeps moments of a run, spread evenly over it however long it
// becomes, in a fixed amount of memory. It keeps every moment at first. When
// there are too many it drops every second one and goes on at twice the
// interval; so there are between half of the most and the most of them. The
// first and the latest moment are always among them.
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
}

func (m *Moment) bytes() (n int) {
	for i := range m.Arrays {
		n += m.Arrays[i].bytes()
	}
	return n
}

// NewRecorder returns a Recorder of at most so many moments and bytes. 60
// moments of the tutorial's kernels in 16 bits and one image's maps in 8 take
// 6.9 MB.
func NewRecorder(moments, bytes int) *Recorder {
	if moments < 3 || bytes < 1 {
		panic("inspect: NewRecorder needs room for three moments")
	}
	return &Recorder{most: moments, budget: bytes, interval: 1}
}

// Due reports whether the moment after this step is one to keep: ask after every
// step, it costs nothing.
func (r *Recorder) Due(step int) bool {
	return len(r.kept) == 0 || (step-r.kept[0].Step)%r.interval == 0
}

// Record keeps a moment later than the ones before. One that isn't due, such as
// where a run is paused or ends, stays until the next one comes. An error means
// that the memory would not hold even two such moments; then nothing has
// changed.
func (r *Recorder) Record(step int, arrays ...Packed) error {
	m := &Moment{Step: step, Arrays: arrays}
	if n := m.bytes(); 2*n > r.budget {
		return fmt.Errorf("inspect: recorder: a moment of %d bytes, expected at most half of the %d there are", n, r.budget)
	}
	if all := r.Moments(); len(all) > 0 && step <= all[len(all)-1].Step {
		panic("inspect: Recorder.Record: a moment before the latest")
	}
	r.latest = m
	if r.Due(step) {
		r.keep()
	}
	for r.Len() > r.most || r.Bytes() > r.budget {
		r.thin()
	}
	return nil
}

// keep makes the latest moment one of the kept.
func (r *Recorder) keep() {
	r.kept = append(r.kept, r.latest)
	r.latest = nil
}

// thin doubles the interval and drops what lies between.
func (r *Recorder) thin() {
	r.interval *= 2
	all := r.Moments()
	r.kept, r.latest = nil, nil
	for _, m := range all {
		r.latest = m
		if r.Due(m.Step) {
			r.keep()
		}
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

// At is the last moment at or before a step, nil if there is none.
func (r *Recorder) At(step int) *Moment {
	all := r.Moments()
	i := sort.Search(len(all), func(i int) bool { return all[i].Step > step })
	if i == 0 {
		return nil
	}
	return all[i-1]
}

// Len is the number of moments, Bytes what they take, Interval the number of
// steps between two of them.
func (r *Recorder) Len() int      { return len(r.Moments()) }
func (r *Recorder) Interval() int { return r.interval }
func (r *Recorder) Bytes() (n int) {
	for _, m := range r.Moments() {
		n += m.bytes()
	}
	return n
}

// Kernels packs the kernels of m's convolutions, (Out,In,H,W), named after
// their layers; with dense those of its dense layers too, (In,Units).
func Kernels(m *nn.Sequential, bits int, dense bool) (arrays []Packed) {
	for _, l := range m.Layers {
		switch l.(type) {
		case *nn.Conv2D:
		case *nn.Dense:
			if !dense {
				continue
			}
		default:
			continue
		}
		p := l.Params()[0]
		x := make([]float32, p.Len())
		p.Export(x, p.Value)
		arrays = append(arrays, Pack(l.Name(), p.Shape, x, bits))
	}
	return arrays
}

// Maps packs every layer's output for an image (C,H,W), in the shown order and
// named after the layers.
func Maps(m *nn.Sequential, image []float32, bits int) (arrays []Packed) {
	m.Activations(image, func(l nn.Layer, y []float32) {
		x := make([]float32, len(y))
		nn.ExportImage(x, y, l.OutShape())
		arrays = append(arrays, Pack(l.Name(), l.OutShape().Dims(), x, bits))
	})
	return arrays
}
