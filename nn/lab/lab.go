// Package lab runs training for a page: it takes package wire's commands from
// a Host, owns the dataset, the network and the run, and answers with wire's
// events. It is the same in a Web Worker and in a native test; the clock, the
// network and the storage are the Host's.
//
//	host.go     what a Lab stands on
//	lab.go      the loop, and which command does what
//	load.go     Load: fetch, check, parse, keep
//	open.go     Open: the visitor's own files
//	store.go    Verify, Remove, Keep: what is stored for the next visit
//	run.go      Train, Pause, Stop: the run and its Progress
//	crew.go     the replicas that share a run's work
//	calibrate.go
//	            Calibrate: how long a run would take
//	restore.go  Checkpoint and Restore
//	view.go     Watch: what the page draws
//	lens.go     what it looks through besides, one lens at a time
//	draw.go     Draw: images that filters want
//	testmap.go  the lens on the test set as a whole
//	evaluation.go
//	            Evaluate: the lens that scores its answers to all of that
//	drawings.go Drawings: what the network makes of them
//	explore.go  GetSurvey, GetMeans, GetOrder: what the dataset holds
//	take.go     TakeNet: all of the network, for a file
//	explain.go  the lens on the arithmetic behind a value and a weight
//	why.go      Why: what speaks for a class in an image
//	health.go   Examine: one of them, how the network is
//	history.go  how it was in the course of a run
//	fault.go    numbers that are not finite end a run
//	moments.go  what is recorded of a run
//	model.go    Init: the network and its description
package lab

import (
	"errors"
	"fmt"

	"convlens/nn"
	"convlens/nn/kernel"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// A Lab is one page's training session.
type Lab struct {
	host  Host
	build string

	source string         // name of the dataset in use
	data   *mnist.Dataset // nil before the first Loaded

	opening *opening // of the visitor's files, if that is under way
	own     own      // what was in those opened last

	settings wire.Settings
	model    *nn.Sequential
	opt      nn.Optimizer
	trainer  *nn.Trainer // nil without data
	crew     Crew        // nil while a single replica does all
	run      run
	viewer   viewer
	history  history
	lens     lens

	evaluated mapped // what the last Evaluation told is of

	explains explainer
	drawn    drawings

	resting func()     // rest, once made
	rested  float64    // when rest last looked
	waiting []received // what it has found and left

	calibration *calibration // under way, or nil
}

// New returns a Lab that introduces itself as the given build.
func New(host Host, build string) *Lab {
	l := &Lab{host: host, build: build}
	l.resting = l.rest
	return l
}

// Run serves the page until it has gone.
func (l *Lab) Run() {
	l.host.Send(&wire.Ready{Build: l.build, SIMD: kernel.SIMD})
	for {
		m, ok := l.next(!l.run.active() && l.lens.slice == nil && l.calibration == nil && l.opening == nil)
		switch {
		case !ok:
			return
		case m != nil:
			l.calibration.disturb()
			l.try(m)
		case l.run.active():
			begin := l.host.Now()
			l.work()
			l.lens.spend(l.host.Now()-begin, l.host.Now)
			l.readOn()
		case l.opening != nil:
			l.calibration.disturb()
			l.readOn()
		case l.lens.slice != nil:
			l.calibration.disturb()
			l.lens.work(l.host.Now)
		case l.calibration != nil:
			l.measurePace()
		}
	}
}

// try handles a command, and tells the page if that fails.
func (l *Lab) try(m wire.Message) {
	if err := l.handle(m); err != nil {
		l.host.Send(&wire.Failed{Doing: wire.Name(m), Detail: err.Error()})
	}
}

func (l *Lab) handle(m wire.Message) error {
	switch m.(type) {
	case *wire.Load, *wire.Init, *wire.Train, *wire.Resume, *wire.Restore, *wire.Calibrate, *wire.CancelCalibration:
		l.endCalibration()
	}
	switch m := m.(type) {
	case *wire.Load:
		return l.load(m.Source)
	case *wire.Open:
		l.open(m)
		return nil
	case *wire.StopOpening:
		l.stopOpening()
		return nil
	case *wire.Init:
		return l.init(m.Settings)
	case *wire.Train:
		return l.train(m.Settings)
	case *wire.Pause:
		return l.pause()
	case *wire.Resume:
		return l.resume()
	case *wire.Stop:
		return l.stop()
	case *wire.Watch:
		return l.watch(*m)
	case *wire.GetSample:
		return l.sample(m.Split, m.Index)
	case *wire.Restore:
		return l.restore(&m.Checkpoint)
	case *wire.Draw:
		return l.draw(*m)
	case *wire.Explain:
		return l.explain(*m)
	case *wire.Why:
		return l.why(*m)
	case *wire.Examine:
		return l.examine()
	case *wire.Drawings:
		return l.takeDrawings(m)
	case *wire.LookAway:
		l.look(lens{})
		return nil
	case *wire.MapTest:
		l.mapTest()
		return nil
	case *wire.Evaluate:
		return l.evaluateTest(m.Now)
	case *wire.GetImages:
		return l.images(m.Split, m.Indices)
	case *wire.GetSurvey:
		return l.survey()
	case *wire.GetMeans:
		return l.means(m.Split, m.Classes)
	case *wire.GetOrder:
		return l.order(*m)
	case *wire.TakeNet:
		return l.take()
	case *wire.Calibrate:
		return l.calibrate(m.Settings)
	case *wire.CancelCalibration:
		return nil
	case *wire.Verify:
		l.verify(m.Source)
		return nil
	case *wire.Remove:
		l.remove(m.Source)
		return nil
	case *wire.Keep:
		return l.keep(m.Source)
	}
	return fmt.Errorf("lab: %s is not a command", wire.Name(m))
}

var errNoData = errors.New("lab: no dataset is loaded")

// set returns a half of the dataset, or the drawings, as the network takes them.
func (l *Lab) set(s wire.Split) nn.Samples {
	switch s {
	case wire.DrawnSplit:
		return l.sketches()
	case wire.TestSplit:
		return samples{&l.data.Test}
	}
	return samples{&l.data.Train}
}

// holds says why the loaded dataset, or the drawings, have no such sample, if
// they have none.
func (l *Lab) holds(split wire.Split, i int) error {
	switch split {
	case wire.TrainSplit, wire.TestSplit:
	case wire.DrawnSplit:
		if in, _ := l.inputs(); l.drawn.Len() == 0 || l.drawn.shape != in {
			return fmt.Errorf("lab: there is no drawing of shape %v", in)
		}
	default:
		return fmt.Errorf("lab: split %d, expected %d (training), %d (test) or %d (drawn)", split, wire.TrainSplit, wire.TestSplit, wire.DrawnSplit)
	}
	if n := l.set(split).Len(); i < 0 || i >= n {
		return fmt.Errorf("lab: sample %d, expected 0 to %d", i, n-1)
	}
	return nil
}

// samples makes an mnist.Set nn.Samples.
type samples struct{ *mnist.Set }

func (s samples) Len() int           { return s.N }
func (s samples) Classes() int       { return s.Set.Classes }
func (s samples) Shape() nn.Shape    { return nn.Shape{C: s.C, H: s.H, W: s.W} }
func (s samples) Image(i int) []byte { n := s.C * s.H * s.W; return s.Pixels[i*n : (i+1)*n] }
func (s samples) Label(i int) int    { return int(s.Labels[i]) }

// sample answers GetSample.
func (l *Lab) sample(split wire.Split, i int) error {
	if l.data == nil {
		return errNoData
	}
	if err := l.holds(split, i); err != nil {
		return err
	}
	set := l.set(split)
	l.host.Send(&wire.Sample{Split: split, Index: i, Label: set.Label(i), Shape: set.Shape().Dims(), Pixels: set.Image(i)})
	return nil
}

// mostImages is how many GetImages gives at once.
const mostImages = 256

// images answers GetImages.
func (l *Lab) images(split wire.Split, indices []int) error {
	if l.data == nil {
		return errNoData
	}
	if len(indices) > mostImages {
		return fmt.Errorf("lab: %d images at once, expected at most %d", len(indices), mostImages)
	}
	m := &wire.Images{Split: split, Indices: indices}
	for _, i := range indices {
		if err := l.holds(split, i); err != nil {
			return err
		}
		m.Shape = l.set(split).Shape().Dims()
		m.Pixels = append(m.Pixels, l.set(split).Image(i)...)
	}
	l.host.Send(m)
	return nil
}
