package app

import (
	"math"
	"slices"
	"testing"

	"convlens/nn/wire"
)

// quiet lets the time pass for which everything has to be quiet. What waits for
// it is kept in the order in which it was asked for.
type quiet []func()

func (q *quiet) later(_ int, do func()) { *q = append(*q, do) }

func (q *quiet) pass() {
	waiting := *q
	*q = nil
	for _, do := range waiting {
		do()
	}
}

// restful returns a desk with data, and its quiet.
func restful(t *testing.T, query string) (*desk, *fakeSession, *quiet) {
	t.Helper()
	d, sessions := opened(t, query)
	q := &quiet{}
	d.Paces.later = q.later
	d.handle(loaded)
	s := (*sessions)[0]
	s.take()
	return d, s, q
}

func TestPace(t *testing.T) {
	d, s, q := restful(t, "")
	if got := d.estimateWords(); got != "" {
		t.Errorf("before a measurement: %s", got)
	}
	expectSent(t, s)
	q.pass()
	m := last[*wire.Calibrate](s)
	if m == nil || m.Settings != wire.Tutorial() {
		t.Fatalf("asked %+v", m)
	}
	expectSent(t, s, "Calibrate")
	if got := d.estimateWords(); got != english.Setup.Measuring {
		t.Errorf("during it: %s", got)
	}
	d.handle(&wire.Calibrated{Settings: m.Settings, Images: 600, StartMS: 500, TrainMS: 0.25, EvalMS: 0.125})
	if ms, ok := d.estimate(d.Query.Settings); !ok || ms != 500+60000*0.25+10000*0.125 {
		t.Errorf("%v ms, %v", ms, ok)
	}
	root := rendered(t, d)
	expectText(t, root, "run-state", "About 17 s for 1 epoch")
	expectText(t, root, "settings-estimate", "About 17 s for 1 epoch on this machine")

	for key, text := range map[string]string{"epochs": "10", "seed": "5", "limit": "6000"} { // known already
		if err := d.set(key, text); err != nil {
			t.Fatal(err)
		}
	}
	expectSent(t, s, "Init") // the seed's
	expectText(t, rendered(t, d), "run-state", "About 28 s for 10 epochs")
}

// While everything stays quiet the pace is measured again, and the estimate is
// the mean; a run knows better.
func TestPaceAgain(t *testing.T) {
	d, s, q := restful(t, "")
	var waited []int
	d.Paces.later = func(ms int, do func()) { waited = append(waited, ms); q.later(ms, do) }
	d.learnPace()
	for i, ms := range []float64{0.25, 0.5, 0.75, 1} {
		q.pass()
		expectSent(t, s, "Calibrate")
		if got := d.estimateWords(); (got == english.Setup.Measuring) != (i == 0) {
			t.Errorf("during measurement %d: %s", i, got)
		}
		d.handle(&wire.Calibrated{Settings: wire.Tutorial(), Images: 600, StartMS: 100, TrainMS: ms, EvalMS: 0.1})
		mean := (0.25 + ms) / 2
		if got, _ := d.estimate(d.Query.Settings); math.Abs(got-(100+60000*mean+1000)) > 1e-6 {
			t.Errorf("after %d measurements %v ms, expected the mean", i+1, got)
		}
	}
	q.pass()
	expectSent(t, s)
	if want := []int{paceRest, paceAgain, paceAgain, paceAgain}; !slices.Equal(waited, want) {
		t.Errorf("waited %v ms, expected %v", waited, want)
	}
	d.do(actTrain)
	d.handle(&wire.Progress{State: wire.Done, Epoch: 1, Epochs: 1, Step: 469, Seen: 60000, Samples: 60000, ValN: 10000, ValSeen: 10000, Validated: true,
		ElapsedMS: 30000, Timing: wire.Timing{EvalMS: 6000}})
	if got, _ := d.estimate(d.Query.Settings); math.Abs(got-30000) > 1e-6 {
		t.Errorf("after a run of 30 s: %v ms", got)
	}
}

// Settings that change, or a tab that nobody looks at, end a calibration; one
// that is ended is begun again when it makes sense.
func TestPaceCancelled(t *testing.T) {
	d, s, q := restful(t, "")
	q.pass()
	s.take()
	if err := d.set("batch", "64"); err != nil {
		t.Fatal(err)
	}
	expectSent(t, s, "CancelCalibration")
	d.handle(&wire.Calibrated{Settings: wire.Tutorial()})
	if err := d.set("batch", "65"); err != nil {
		t.Fatal(err)
	}
	q.pass() // for both, of which the first is of no use any more
	if m := last[*wire.Calibrate](s); m == nil || m.Settings.Batch != 65 {
		t.Errorf("asked %+v", m)
	}
	expectSent(t, s, "Calibrate")
	d.attend(true, true)
	expectSent(t, s, "CancelCalibration")
	d.handle(&wire.Calibrated{Settings: d.Query.Settings})
	q.pass()
	expectSent(t, s)
	d.attend(false, true)
	q.pass()
	expectSent(t, s, "Calibrate")
}

// Train never waits for a calibration: the worker ends it by itself.
func TestPaceTrain(t *testing.T) {
	d, s, q := restful(t, "")
	d.do(actTrain)
	q.pass()
	expectSent(t, s, "Train")
	d.handle(&wire.Progress{State: wire.Training, Epoch: 1, Epochs: 1, Step: 3})
	q.pass()
	expectSent(t, s)
	done := &wire.Progress{State: wire.Done, Epoch: 1, Epochs: 1, Step: 469, Seen: 60000, Samples: 60000, ValN: 10000, ValSeen: 10000, Validated: true,
		ElapsedMS: 30000, Timing: wire.Timing{EvalMS: 6000}}
	d.handle(done)
	q.pass()
	expectSent(t, s) // the run has told
	if ms, ok := d.estimate(d.Query.Settings); !ok || math.Abs(ms-30000) > 1e-6 {
		t.Errorf("%v ms, %v", ms, ok)
	}
	if err := d.set("units", "200"); err != nil {
		t.Fatal(err)
	}
	q.pass()
	expectSent(t, s, "Calibrate")
	d.do(actReset)
	d.handle(&wire.Calibrated{Settings: d.Query.Settings})
	d.handle(&wire.Progress{State: wire.Idle})
	q.pass()
	expectSent(t, s, "Init", "Calibrate")
}

// While the page's files are being stored, which takes processors too, nothing is
// measured.
func TestPaceStoring(t *testing.T) {
	d, s, q := restful(t, "")
	d.keepShell(shell{State: shellStoring})
	q.pass()
	expectSent(t, s)
	d.keepShell(shell{State: shellStored})
	q.pass()
	expectSent(t, s, "Calibrate")
}

// A frame of another page leaves the machine alone until the visitor comes to it.
func TestPaceInAFrame(t *testing.T) {
	d, s, q := restful(t, "embed=kernels")
	q.pass()
	expectSent(t, s)
	d.attend(false, true)
	q.pass()
	expectSent(t, s, "Calibrate")
}

func TestPaceNoRoom(t *testing.T) {
	d, s, q := restful(t, "")
	q.pass()
	s.take()
	d.handle(&wire.Calibrated{Settings: d.Query.Settings, NoRoom: true})
	q.pass()
	expectSent(t, s)
	root := rendered(t, d)
	expectText(t, root, "settings-estimate", english.Setup.NoRoom)
	expectText(t, root, "run-state", english.Ready)
}

func TestFormatAbout(t *testing.T) {
	for ms, want := range map[float64]string{10: "1 s", 16_600: "17 s", 59_499: "59 s", 64_000: "1 min 00 s", 128_000: "2 min 10 s", 599_000: "10 min 00 s",
		1_500_000: "25 min", 12_600_000: "3.5 h"} {
		if got := formatAbout(ms); got != want {
			t.Errorf("%v ms: %s, expected %s", ms, got, want)
		}
	}
}
