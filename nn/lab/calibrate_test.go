package lab

import (
	"testing"

	"convlens/nn"
	"convlens/nn/wire"
)

// A batch takes 200 ms here, whatever is in it.
func TestCalibrate(t *testing.T) {
	for _, tt := range []struct {
		name    string
		s       wire.Settings
		page    page
		workers int
		batch   float64 // images in one
	}{
		{"alone", settings(), page{}, 1, batch},
		{"three", settings(), page{cores: 3}, 3, batch},
		{"none to be had", settings(), page{cores: 2, noWorkers: true}, 1, batch},
		{"all data in a batch", func() wire.Settings { s := settings(); s.Batch = 4000; return s }(), page{cores: 2}, 2, trainN},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPage(t)
			p.cores, p.noWorkers = tt.page.cores, tt.page.noWorkers
			var fresh string
			l := New(p, "")
			p.script = p.ready(func() { fresh = l.model.Fingerprint() }, &wire.Calibrate{Settings: tt.s})
			l.Run()
			p.calm()
			c := last[*wire.Calibrated](p)
			if c.Settings != tt.s || c.Workers != tt.workers || c.NoRoom || c.Images < (fewest-fewest/2)*int(tt.batch) {
				t.Errorf("told %+v", c)
			}
			if want := p.batchMS / tt.batch; c.TrainMS != want {
				t.Errorf("%v ms for an image in training, expected %v", c.TrainMS, want)
			}
			if want := p.batchMS / min(tt.batch, testN); c.EvalMS != want {
				t.Errorf("%v ms for an image in an evaluation, expected %v", c.EvalMS, want)
			}
			if l.model.Fingerprint() != fresh || l.crew != nil || l.trainer.Position().Step != 0 {
				t.Error("the visitor's network was touched")
			}
		})
	}
}

// A batch that would keep a command waiting is timed by a smaller one, which all
// replicas still have a share of.
func TestCalibrationBatch(t *testing.T) {
	for _, tt := range []struct{ size, work, want int }{
		{128, 6_090_000, 128}, {1, 600_000_000, 1}, {1024, 6_090_000, mostWork / 6_090_000}, {4096, 600_000_000, nn.Shards}, {37, 0, 37},
	} {
		if got := calibrationBatch(tt.size, tt.work); got != tt.want {
			t.Errorf("batches of %d with %d multiplications an image are timed by %d, expected %d", tt.size, tt.work, got, tt.want)
		}
	}
}

// There is no second network where there is hardly memory for the first.
func TestCalibrateNoRoom(t *testing.T) {
	s := settings()
	s.Net.Pool, s.Net.Kernel, s.Net.Filters2, s.Net.Units = 1, 1, 96, 4096
	p := newPage(t)
	p.play(&wire.Load{Source: p.offer("boards", small(1))}, &wire.Init{Settings: s}, &wire.Calibrate{Settings: s})
	p.calm()
	if c := last[*wire.Calibrated](p); !c.NoRoom || c.Images != 0 || c.Settings != s {
		t.Errorf("told %+v", c)
	}
}

// Whatever begins something else ends a calibration first, at once, and is then
// served as if there had been none.
func TestCalibrationEnds(t *testing.T) {
	for _, m := range []wire.Message{
		&wire.Train{Settings: settings()}, &wire.Init{Settings: settings()}, &wire.CancelCalibration{}, &wire.Calibrate{Settings: settings()}, &wire.Load{},
	} {
		t.Run(wire.Name(m), func(t *testing.T) {
			p := newPage(t)
			p.cores = 2
			l := New(p, "")
			p.script = append(p.ready(), &wire.Calibrate{Settings: settings()})
			received := 0
			p.afterBatch = func() {
				if received++; received == 3 {
					p.urgent = append(p.urgent, m)
				}
			}
			l.Run()
			told := all[*wire.Calibrated](p)
			if len(told) == 0 || told[0].Images != 0 || told[0].NoRoom {
				t.Fatalf("told %+v", told)
			}
			if _, again := m.(*wire.Calibrate); again != (len(told) == 2) || again && told[1].Images == 0 {
				t.Errorf("told %d times", len(told))
			}
			if _, trains := m.(*wire.Train); trains {
				if e := last[*wire.Progress](p); e.State != wire.Done || e.Fingerprint != undisturbed(t, settings()).Fingerprint {
					t.Errorf("the run ended with %+v", e)
				}
			}
			if l.calibration != nil {
				t.Error("it goes on")
			}
		})
	}
}

// A crew that loses one in a calibration costs the estimate only.
func TestCalibrationLosesAReplica(t *testing.T) {
	p := newPage(t)
	p.cores, p.dying = 2, 1
	p.play(append(p.ready(), &wire.Calibrate{Settings: settings()}, &wire.Train{Settings: settings()})...)
	p.calm()
	if c := last[*wire.Calibrated](p); c.Images != 0 {
		t.Errorf("told %+v", c)
	}
	if e := last[*wire.Progress](p); e.State != wire.Done || e.Workers != 2 {
		t.Errorf("the run ended with %+v", e)
	}
}

// What else the lab does between two batches is not counted: the others may have
// gone ahead meanwhile.
func TestCalibrationDisturbed(t *testing.T) {
	p := newPage(t)
	n := 0
	p.afterBatch = func() {
		if n++; n < 40 && n%3 == 0 {
			p.clock += 5000
			p.urgent = append(p.urgent, &wire.GetSample{})
		}
	}
	p.play(append(p.ready(), &wire.Calibrate{Settings: settings()})...)
	p.calm()
	if c := last[*wire.Calibrated](p); c.TrainMS != p.batchMS/batch || c.EvalMS != p.batchMS/batch {
		t.Errorf("told %+v", c)
	}
}

// A drawing that comes in the middle of a batch is answered there.
func TestCalibrationRests(t *testing.T) {
	p := newPage(t)
	p.batchMS, p.idleMS = 10, 10
	l := New(p, "")
	seen := map[int]int{} // how often the lab has looked for a command, by the batches done
	sent, answered := false, -1
	p.afterBatch = func() {
		c := l.calibration
		if c == nil {
			return
		}
		if seen[c.batches]++; seen[c.batches] == 2 && len(c.trained.ms) > 0 && !sent { // the first time was between two
			sent = true
			p.urgent = append(p.urgent, drawn(2, 1))
		}
	}
	p.react = func(m wire.Message) {
		if m, ok := m.(*wire.Predictions); ok && m.Number == 2 && l.calibration != nil {
			answered = seen[l.calibration.batches]
		}
	}
	p.script = p.ready(drawn(1, 1), &wire.Calibrate{Settings: settings()})
	l.Run()
	p.calm()
	if answered != 2 {
		t.Errorf("sent: %v; answered at look %d, expected the 2nd, within the batch", sent, answered)
	}
	if c := last[*wire.Calibrated](p); c.Images == 0 {
		t.Error("the calibration has come to nothing")
	}
}
