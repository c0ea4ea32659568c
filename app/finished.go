package app

import (
	"slices"

	"convlens/nn/wire"
)

// A finishedRun is what the tab keeps of a run that has ended, to compare it with
// another.
type finishedRun struct {
	Number   int    // counted from 1
	Data     string // name of its dataset
	Settings wire.Settings
	Params   int
	Last     wire.Progress // its last word
	MS       float64       // all that it took, pauses excluded
	Loss     []float32     // moving average after each step, as the curves show it
	Acc      []float32
	Vals     []wire.Validation
	Kernels  []wire.Tensor // of the convolutions

	model *wire.Model
}

// mostFinished is how many are kept. One of the tutorial takes 42 KB, most of it
// kernels; with as many and as large ones as can be it would be 32 MB.
const mostFinished = 4

// bytes is the memory that the run's numbers take.
func (r *finishedRun) bytes() int {
	n := len(r.Loss) + len(r.Acc)
	for i := range r.Kernels {
		n += len(r.Kernels[i].Data)
	}
	return 4 * n
}

// imagesPerStep is how many images a step is trained on, on average.
func (r *finishedRun) imagesPerStep() float64 {
	steps := (r.Last.Samples + r.Settings.Batch - 1) / max(1, r.Settings.Batch)
	return float64(r.Last.Samples) / float64(max(1, steps))
}

// kernels are those of the i-th convolution, or nil.
func (r *finishedRun) kernels(i int) *wire.Tensor {
	if r == nil || i >= len(r.Kernels) || len(r.Kernels[i].Shape) != 4 || !full(&r.Kernels[i]) {
		return nil
	}
	return &r.Kernels[i]
}

// comparison is the finished runs, oldest first, and which two are shown.
type comparison struct {
	runs   []*finishedRun
	ended  int // so far
	a, b   int // their numbers; 0 for none
	kernel kernelChoice
}

// pair are the two runs that are shown; nil where there is none.
func (c *comparison) pair() [2]*finishedRun { return [2]*finishedRun{c.run(c.a), c.run(c.b)} }

func (c *comparison) run(number int) *finishedRun {
	i := slices.IndexFunc(c.runs, func(r *finishedRun) bool { return r.Number == number })
	if i < 0 {
		return nil
	}
	return c.runs[i]
}

// keepFinished keeps the run that has just ended, once its last View is there. A
// run that goes on where one ended takes its place, and one that came out as
// another did, with the same settings, is that one.
func (d *desk) keepFinished() {
	c, run := &d.Comparison, d.State.Run
	ended := run.State == wire.Done || run.State == wire.Stopped
	if !ended || run.Step == 0 || run.Fingerprint == "" || d.State.Model == nil || d.State.Data == nil || d.State.View.Step != run.Step {
		return
	}
	s := d.applied
	s.Epochs = max(1, run.Epoch)
	if slices.ContainsFunc(c.runs, func(r *finishedRun) bool { return r.Last.Fingerprint == run.Fingerprint && r.Settings == s }) {
		return
	}
	r := &finishedRun{Data: d.State.Data.Name, Settings: s, Params: d.State.Model.Params, Last: run, model: d.State.Model,
		Loss: smooth(make([]float32, len(d.State.Curves.Loss)), d.State.Curves.Loss), Acc: smooth(make([]float32, len(d.State.Curves.Acc)), d.State.Curves.Acc),
		Vals: slices.Clone(d.State.Curves.Vals), Kernels: d.State.View.Kernels}
	for _, e := range d.State.Epochs {
		r.MS += e.ElapsedMS
	}
	c.add(r)
	d.touch(topicFinished)
}

// add keeps a run. The newest one is shown as B, beside the one that was A, which
// stays.
func (c *comparison) add(r *finishedRun) {
	if n := len(c.runs); n > 0 && c.runs[n-1].model == r.model {
		r.Number = c.runs[n-1].Number
		c.runs[n-1] = r
		return
	}
	c.ended++
	r.Number = c.ended
	c.runs = append(c.runs, r)
	if len(c.runs) > mostFinished {
		oldest := 0
		if c.runs[0].Number == c.a {
			oldest = 1
		}
		c.runs = slices.Delete(c.runs, oldest, oldest+1)
	}
	if c.a == 0 {
		c.a = r.Number
	} else {
		c.b = r.Number
	}
}

// compareWith shows another run as A (side 0) or B (side 1).
func (d *desk) compareWith(side, number int) {
	if side == 0 {
		d.Comparison.a = number
	} else {
		d.Comparison.b = number
	}
	d.touch(topicFinished)
}
