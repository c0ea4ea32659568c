package app

import (
	"math"
	"strconv"

	"convlens/nn/record"
	"convlens/nn/wire"
)

// The film keeps at most so many moments, in at most so many bytes, of a run of
// any length.
const (
	filmMoments = 60
	filmBytes   = 16_000_000
)

// A Film is the recording of a run: what the worker told of its moments, thinned
// out to what there is room for.
type Film struct {
	rec *record.Recorder[*record.Moment]
}

// add keeps moments. One that has no room is left out.
func (f *Film) add(list []wire.Moment) {
	if f.rec == nil {
		f.rec = record.NewRecorder(filmMoments, filmBytes, (*record.Moment).Measure)
	}
	for _, m := range list {
		kept := &record.Moment{Step: m.Step, Test: m.Split == wire.TestSplit, Image: m.Index}
		for _, a := range m.Arrays {
			if p := record.Packed(a); p.Valid() {
				kept.Arrays = append(kept.Arrays, p)
			}
		}
		f.rec.Record(kept)
	}
}

// moments are those there are, the earliest first.
func (f *Film) moments() []*record.Moment {
	if f.rec == nil {
		return nil
	}
	return f.rec.Moments()
}

// bytes is what they take.
func (f *Film) bytes() int {
	if f.rec == nil {
		return 0
	}
	return f.rec.Bytes()
}

// end is the end of the scale on which an array of that name has the same
// colours in every moment.
func (f *Film) end(name string) float32 {
	var end float32
	for _, m := range f.moments() {
		if a := m.Array(name); a != nil {
			end = max(end, a.Largest())
		}
	}
	return niceEnd(end)
}

// unpack returns an array of a moment, or nil.
func unpack(m *record.Moment, name string) *wire.Tensor {
	a := m.Array(name)
	if a == nil {
		return nil
	}
	t := &wire.Tensor{Name: name, Shape: a.Shape, Data: make([]float32, a.Len())}
	a.Unpack(t.Data)
	return t
}

// A past is a moment of the film that is looked at. Its arrays are unpacked once.
type past struct {
	Following bool // the latest moment, whichever that is
	Step      int  // else the last moment up to this step

	of      *record.Moment
	kernels []*wire.Tensor
	maps    *wire.Tensor
}

// moment is the chosen moment, and its place in the film; nil if there is none.
func (d *desk) moment() (*record.Moment, int) {
	all := d.State.Film.moments()
	if len(all) == 0 {
		return nil, 0
	}
	i := len(all) - 1
	for !d.Past.Following && i > 0 && all[i].Step > d.Past.Step {
		i--
	}
	return all[i], i
}

// chooseMoment takes the moment of that place; the last one stays the latest.
func (d *desk) chooseMoment(i int) {
	all := d.State.Film.moments()
	if len(all) == 0 {
		return
	}
	i = min(max(i, 0), len(all)-1)
	d.Past.Following, d.Past.Step = i == len(all)-1, all[i].Step
	d.touch(topicMoment)
}

// lookBack returns the chosen moment's arrays.
func (d *desk) lookBack() *past {
	m, _ := d.moment()
	if m == d.Past.of {
		return &d.Past
	}
	d.Past.of, d.Past.kernels, d.Past.maps = m, nil, nil
	if m == nil {
		return &d.Past
	}
	for i := range m.Arrays {
		switch t := unpack(m, m.Arrays[i].Name); len(t.Shape) {
		case 4:
			d.Past.kernels = append(d.Past.kernels, t)
		case 3:
			d.Past.maps = t
		}
	}
	return &d.Past
}

// kernelsThen returns the weights of the named convolution at the chosen moment,
// or nil.
func (d *desk) kernelsThen(layer string) *wire.Tensor {
	for _, t := range d.lookBack().kernels {
		if t.Name == layer {
			return t
		}
	}
	return nil
}

// smoothedAt is the moving average of a curve after a step, or NaN.
func smoothedAt(values []float32, step int) float64 {
	step = min(step, len(values))
	if step < 1 {
		return math.NaN()
	}
	average := smooth(make([]float32, step), values[:step])
	return float64(average[step-1])
}

// validatedBy is the last validation up to a step, or nil.
func (c *Curves) validatedBy(step int) *wire.Validation {
	for i := len(c.Vals) - 1; i >= 0; i-- {
		if c.Vals[i].Step <= step {
			return &c.Vals[i]
		}
	}
	return nil
}

// pastID tells the elements of a view of the past from those of the present.
func pastID(past bool) string {
	if past {
		return "past-"
	}
	return ""
}

// pictureFile is what a picture is saved as: one of the past says of which step it is.
func (d *desk) pictureFile(name string, past bool) string {
	if m, _ := d.moment(); past && m != nil {
		name += "-step-" + strconv.Itoa(m.Step)
	}
	return name
}

// kernels returns the weights of the named convolution now or at the chosen
// moment, or nil.
func (d *desk) kernels(layer string, past bool) *wire.Tensor {
	if past {
		return d.kernelsThen(layer)
	}
	return d.State.Kernels(layer)
}

// kernelEnds returns the ends of the scale that they are drawn on. In the film it
// is the same for all moments.
func (d *desk) kernelEnds(t *wire.Tensor, past bool) []float32 {
	if past {
		return []float32{d.State.Film.end(t.Name)}
	}
	return kernelEnds(t, d.PerFilter)
}
