package lab

import (
	"fmt"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// TestRefused gives commands that make no sense, each after the same beginning:
// each is answered in words, once, and the next one is served.
func TestRefused(t *testing.T) {
	change := func(f func(s *wire.Settings)) wire.Settings {
		s := settings()
		f(&s)
		return s
	}
	for _, tt := range []struct {
		name   string
		before string // "nothing", "data", "network" or "both"
		m      wire.Message
		want   string
	}{
		{"Train at once", "nothing", &wire.Train{Settings: settings()}, "Train: lab: no dataset is loaded"},
		{"Train without data", "network", &wire.Train{Settings: settings()}, "Train: lab: no dataset is loaded"},
		{"Pause at once", "nothing", &wire.Pause{}, "Pause: lab: no run is under way"},
		{"Pause without a run", "both", &wire.Pause{}, "Pause: lab: no run is under way"},
		{"Resume at once", "nothing", &wire.Resume{}, "Resume: lab: no run is paused"},
		{"Resume without a run", "both", &wire.Resume{}, "Resume: lab: no run is paused"},
		{"Stop at once", "nothing", &wire.Stop{}, "Stop: lab: no run is under way"},
		{"Stop without a run", "both", &wire.Stop{}, "Stop: lab: no run is under way"},
		{"sample without data", "network", &wire.GetSample{}, "GetSample: lab: no dataset is loaded"},
		{"sample after the last", "data", &wire.GetSample{Index: trainN}, "GetSample: lab: sample 200, expected 0 to 199"},
		{"test sample after the last", "data", &wire.GetSample{Split: wire.TestSplit, Index: testN}, "GetSample: lab: sample 40, expected 0 to 39"},
		{"sample before the first", "data", &wire.GetSample{Index: -1}, "GetSample: lab: sample -1, expected 0 to 199"},
		{"sample of no split", "data", &wire.GetSample{Split: 3}, "GetSample: lab: split 3, expected 0 (training), 1 (test) or 2 (drawn)"},
		{"sample of no drawing", "data", &wire.GetSample{Split: wire.DrawnSplit}, "GetSample: lab: there is no drawing of shape (1, 8, 7)"},
		{"watch after the last", "both", &wire.Watch{Split: wire.TestSplit, Index: testN}, "Watch: lab: sample 40, expected 0 to 39"},
		{"watch before the first", "both", &wire.Watch{Index: -1}, "Watch: lab: sample -1, expected 0 to 199"},
		{"watch no split", "both", &wire.Watch{Split: 9}, "Watch: lab: split 9, expected 0"},
		{"survey without data", "network", &wire.GetSurvey{}, "GetSurvey: lab: no dataset is loaded"},
		{"means without data", "network", &wire.GetMeans{}, "GetMeans: lab: no dataset is loaded"},
		{"means of drawings", "data", &wire.GetMeans{Split: wire.DrawnSplit}, "GetMeans: lab: split 2, expected 0 (training) or 1 (test)"},
		{"mean of no class", "data", &wire.GetMeans{Classes: []int{0, 10}}, "GetMeans: lab: class 10, expected 0 to 9"},
		{"mean of a class before the first", "data", &wire.GetMeans{Classes: []int{-1}}, "GetMeans: lab: class -1, expected 0 to 9"},
		{"means without end", "data", &wire.GetMeans{Classes: make([]int, 20_000)}, "GetMeans: lab: mean images with 1120000 values, expected at most 1048576"},
		{"order without data", "network", &wire.GetOrder{Epoch: 1}, "GetOrder: lab: no dataset is loaded"},
		{"order of no epoch", "data", &wire.GetOrder{}, "GetOrder: lab: the order of epoch 0, expected 1 or more"},
		{"order of fewer than none", "data", &wire.GetOrder{Epoch: 1, Limit: -1}, "GetOrder: lab: the order of -1 samples with shifts of up to 0 pixels"},
		{"order with long shifts", "data", &wire.GetOrder{Epoch: 1, Shift: 9}, "GetOrder: lab: the order of 0 samples with shifts of up to 9 pixels"},
		{"draw at once", "nothing", &wire.Draw{Layer: "conv2d_1"}, `Draw: lab: layer "conv2d_1", expected a convolution or a dense layer`},
		{"draw for another layer", "both", &wire.Draw{Layer: "relu_1"}, `Draw: lab: layer "relu_1", expected a convolution or a dense layer`},
		{"an event", "both", &wire.Ready{}, "Ready: lab: Ready is not a command"},
		{"another event", "nothing", &wire.Progress{}, "Progress: lab: Progress is not a command"},
		{"no settings", "both", &wire.Init{}, "Init: lab: 0 epochs, expected 1 to 1000"},
		{"no settings for Train", "both", &wire.Train{}, "Train: lab: 0 epochs, expected 1 to 1000"},
		{"epochs", "both", &wire.Train{Settings: change(func(s *wire.Settings) { s.Epochs = 1001 })}, "Train: lab: 1001 epochs, expected 1 to 1000"},
		{"batch", "both", &wire.Init{Settings: change(func(s *wire.Settings) { s.Batch = 0 })}, "Init: lab: batches of 0, expected 1 to 4096"},
		{"large batch", "both", &wire.Init{Settings: change(func(s *wire.Settings) { s.Batch = 4097 })}, "Init: lab: batches of 4097"},
		{"optimiser", "both", &wire.Train{Settings: change(func(s *wire.Settings) { s.Optimizer.Name = "lbfgs" })},
			`Train: lab: unknown optimiser "lbfgs", expected adadelta, sgd, adam or muon`},
		{"learning rate", "both", &wire.Init{Settings: change(func(s *wire.Settings) { s.Optimizer.LearningRate = 0 })},
			"Init: lab: a learning rate of 0, expected more than 0"},
		{"rho", "both", &wire.Init{Settings: change(func(s *wire.Settings) { s.Optimizer.Rho = 1 })}, "Init: lab: rho is 1, expected at least 0 and below 1"},
		{"shift", "both", &wire.Init{Settings: change(func(s *wire.Settings) { s.Shift = 9 })}, "Init: lab: shifts of up to 9 pixels, expected at most 8"},
		{"kernel for small images", "both", &wire.Init{Settings: change(func(s *wire.Settings) { s.Net.Kernel = 7 })},
			"Init: wire: conv2d_2 has windows of 7x7 and gets 2x1 pixels; kernels of up to 3x3 would fit"},
		{"network for this memory", "both", &wire.Train{Settings: change(func(s *wire.Settings) {
			s.Net = wire.Architecture{Filters1: 256, Filters2: 256, Kernel: 1, Pool: 1, Units: 4096}
		})},
			"Train: wire: the run would take "},
		{"restore without data", "network", &wire.Restore{Checkpoint: wire.Checkpoint{Dataset: "x"}},
			`Restore: lab: the checkpoint is of a run on "x", loaded is ""`},
		{"calibrate at once", "nothing", &wire.Calibrate{Settings: settings()}, "Calibrate: lab: no dataset is loaded"},
		{"calibrate nonsense", "both", &wire.Calibrate{}, "Calibrate: lab: 0 epochs, expected 1 to 1000"},
		{"calibrate what doesn't fit", "both", &wire.Calibrate{Settings: change(func(s *wire.Settings) { s.Net.Kernel = 7 })},
			"Calibrate: wire: conv2d_2 has windows of 7x7 and gets 2x1 pixels; kernels of up to 3x3 would fit"},
		{"load nothing", "both", &wire.Load{}, ""}, // answered by LoadFailed
	} {
		p := newPage(t)
		var script []any
		if tt.before == "data" || tt.before == "both" {
			script = append(script, &wire.Load{Source: p.offer("boards", small(1))})
		}
		if tt.before == "network" || tt.before == "both" {
			script = append(script, &wire.Init{Settings: settings()})
		}
		l := p.play(append(script, p.forget, tt.m, func() {
			if tt.want == "" {
				p.told("LoadFailed")
			} else if got := p.failures(); len(p.events) != 1 || len(got) != 1 || !strings.HasPrefix(got[0], tt.want) {
				t.Errorf("%s: %d answers, refused with %q, expected %q", tt.name, len(p.events), got, tt.want)
			}
			p.forget()
		}, &wire.Load{Source: p.offer("boards", small(1))},
			&wire.Train{Settings: change(func(s *wire.Settings) { s.Limit = 40 })})...)
		p.calm()
		if e := last[*wire.Progress](p); e.State != wire.Done || l.run.state != wire.Done {
			t.Errorf("%s: afterwards a run ends with %+v", tt.name, e)
		}
	}
}

// TestGetSample gives every sample asked for, during a run too.
func TestGetSample(t *testing.T) {
	d := small(1)
	p := newPage(t)
	p.once(atStep(5), &wire.GetSample{Split: wire.TestSplit, Index: 39})
	p.play(p.ready(&wire.GetSample{Index: 0}, &wire.GetSample{Index: 199}, &wire.Train{Settings: settings()})...)
	p.calm()
	got := all[*wire.Sample](p)
	want := []wire.Sample{
		{Split: wire.TrainSplit, Index: 0, Label: d.Train.Label(0), Pixels: d.Train.Image(0)},
		{Split: wire.TrainSplit, Index: 199, Label: d.Train.Label(199), Pixels: d.Train.Image(199)},
		{Split: wire.TestSplit, Index: 39, Label: d.Test.Label(39), Pixels: d.Test.Image(39)},
	}
	if len(got) != len(want) {
		t.Fatalf("%d samples, expected %d", len(got), len(want))
	}
	for i := range want {
		want[i].Shape = []int{1, 8, 7}
		if fmt.Sprint(*got[i]) != fmt.Sprint(want[i]) {
			t.Errorf("sample %+v, expected %+v", *got[i], want[i])
		}
	}
}

// TestCommandsDuringARun serves what does not disturb it.
func TestCommandsDuringARun(t *testing.T) {
	p := newPage(t)
	sent := false
	p.react = func(m wire.Message) {
		if e, ok := m.(*wire.Progress); ok && e.Step == 5 && !sent {
			sent = true
			p.urgent = []wire.Message{&wire.Watch{Layer: "dense_1"}, &wire.GetSample{}, &wire.Train{Settings: settings()},
				&wire.Resume{}, &wire.Ready{}, &wire.Load{}, &wire.Calibrate{Settings: settings()}}
		}
	}
	p.play(p.ready(&wire.Train{Settings: settings()})...)
	want := "[Train: lab: a run is under way Resume: lab: no run is paused Ready: lab: Ready is not a command " +
		"Load: lab: a run is under way; stop it before loading other data Calibrate: lab: a run is under way]"
	if got := fmt.Sprint(p.failures()); got != want {
		t.Errorf("failures %s, expected %s", got, want)
	}
	if e := last[*wire.Progress](p); e.State != wire.Done || e.Fingerprint != undisturbed(t, settings()).Fingerprint {
		t.Errorf("the run ended with %+v", e)
	}
}

// TestNothingReceived waits on when the host has nothing after all, and does
// not take a step of a run that is paused.
func TestNothingReceived(t *testing.T) {
	p := newPage(t)
	p.once(atStep(4), &wire.Pause{})
	l := New(p, "")
	at := func(want int) func() {
		return func() {
			if got := l.trainer.Position().Step; got != want {
				t.Errorf("stands at step %d, expected %d", got, want)
			}
		}
	}
	p.script = append([]any{nothing{}}, p.ready(nothing{}, at(0), &wire.Train{Settings: settings()},
		nothing{}, at(4), &wire.Resume{}, nothing{}, at(steps))...)
	l.Run()
	p.calm()
}
