package app

import "convlens/nn/wire"

// paces are how fast this machine trains, as far as that has been measured: for
// two seconds before a run of new settings, once everything is quiet, a few times
// more while it stays so, and by every run to its end.
type paces struct {
	known map[paceKey]*pace
	asked *paceKey // of the calibration under way
	turn  int      // counts what a later calibration waits for
	later func(ms int, do func())

	hidden  bool // nobody looks at the page
	touched bool // the visitor has done something here
}

// paceKey is what the pace of a run depends on.
type paceKey struct {
	data string
	s    wire.Settings
}

func (d *desk) paceKey(s wire.Settings) paceKey {
	s.Epochs, s.Seed, s.Limit = 0, 0, 0
	k := paceKey{s: s}
	if d.State.Data != nil {
		k.data = d.State.Data.Name
	}
	return k
}

// A pace is what measurements have found. Those of two seconds differ, where other
// programs want the processors too, by as much as a fifth: their mean is nearer.
type pace struct {
	found []*wire.Calibrated
	sure  bool // and there is nothing more to be found
}

// paceSamples is how many measurements there are at most.
const paceSamples = 4

// paceRest is for how many milliseconds everything has to be quiet before a
// calibration: a visitor who presses Train at once, or types on, is not to wait.
// Once something is known, more can wait longer.
const (
	paceRest  = 1200
	paceAgain = 8000
)

// learnPace has the pace of the settings measured, after a while, if it isn't
// known and nothing speaks against it; and it ends a calibration that is of no
// use any more. It is called when any of that may have changed.
func (d *desk) learnPace() {
	p := &d.Paces
	if k := d.paceKey(d.Query.Settings); p.asked != nil && (*p.asked != k || p.hidden) {
		p.asked = nil
		d.send(&wire.CancelCalibration{})
	}
	p.turn++
	turn := p.turn
	if !d.wantsPace() || p.later == nil {
		return
	}
	rest := paceRest
	if p.known[d.paceKey(d.Query.Settings)] != nil {
		rest = paceAgain
	}
	p.later(rest, func() {
		if turn != p.turn || !d.wantsPace() {
			return
		}
		k := d.paceKey(d.Query.Settings)
		p.asked = &k
		d.send(&wire.Calibrate{Settings: d.Query.Settings})
		d.touch(topicSettings)
	})
}

// wantsPace says whether a calibration makes sense now. In a frame of another
// page it waits until the visitor has come to it: there may be many.
func (d *desk) wantsPace() bool {
	p := &d.Paces
	switch {
	case d.session == nil || d.State.Dead() || !d.loaded || d.restore || d.State.Loading != nil || len(d.Errands) > 0, d.Shell.State == shellStoring:
		return false
	case d.State.UnderWay() || d.WantTrain || d.asked != "":
		return false
	case p.hidden || d.Query.Embed != "" && !p.touched:
		return false
	}
	known := p.known[d.paceKey(d.Query.Settings)]
	return p.asked == nil && (known == nil || !known.sure && len(known.found) < paceSamples) && d.unfit() == nil
}

// paced takes over what a calibration has found, if it has come to its end.
func (d *desk) paced(m *wire.Calibrated) {
	k := d.paceKey(m.Settings)
	if d.Paces.asked != nil && *d.Paces.asked == k {
		d.Paces.asked = nil
	}
	if m.Images > 0 || m.NoRoom {
		d.knowPace(k, m, m.NoRoom)
	}
	d.touch(topicSettings, topicRun)
	d.learnPace()
}

// knowPace takes over a measurement, in the place of all others if it is sure.
func (d *desk) knowPace(k paceKey, m *wire.Calibrated, sure bool) {
	if d.Paces.known == nil {
		d.Paces.known = map[paceKey]*pace{}
	}
	known := d.Paces.known[k]
	if known == nil || sure {
		known = &pace{sure: sure}
		d.Paces.known[k] = known
	}
	known.found = append(known.found, m)
}

// pacedByRun learns from a run that has come to its end: no measurement before
// is as good.
func (d *desk) pacedByRun(p *wire.Progress) {
	if p.State != wire.Done || !p.Validated || p.ValN == 0 || p.Seen == 0 || p.ElapsedMS <= p.Timing.EvalMS {
		return
	}
	d.knowPace(d.paceKey(d.applied), &wire.Calibrated{Workers: p.Workers, Images: p.Seen,
		TrainMS: (p.ElapsedMS - p.Timing.EvalMS) / float64(p.Seen), EvalMS: p.Timing.EvalMS / float64(p.ValN)}, true)
}

// estimate is how long a run of the settings takes on this machine; ok is false
// as long as that isn't known.
func (d *desk) estimate(s wire.Settings) (ms float64, ok bool) {
	p := d.Paces.known[d.paceKey(s)]
	if p == nil || p.found[0].NoRoom || d.State.Data == nil {
		return 0, false
	}
	train := d.State.Data.TrainN
	if s.Limit > 0 {
		train = min(train, s.Limit)
	}
	for _, c := range p.found {
		ms += c.StartMS + float64(s.Epochs)*(c.TrainMS*float64(train)+c.EvalMS*float64(d.State.Data.TestN))
	}
	return ms / float64(len(p.found)), true
}

// estimateWords say how long the next run takes, or why that isn't known; ""
// where there is nothing to say.
func (d *desk) estimateWords() string {
	s := d.Query.Settings
	if ms, ok := d.estimate(s); ok {
		return d.Words.estimateHere(ms, s.Epochs)
	}
	k := d.paceKey(s)
	switch {
	case d.Paces.asked != nil && *d.Paces.asked == k:
		return d.Words.Setup.Measuring
	case d.Paces.known[k] != nil:
		return d.Words.Setup.NoRoom
	}
	return ""
}
