package app

import (
	"errors"
	"strings"

	"convlens/nn/wire"
)

// An action is one of the run's buttons.
type action string

const (
	actTrain  action = "train"
	actPause  action = "pause"
	actResume action = "resume"
	actStop   action = "stop"
	actReset  action = "reset"
)

// can says whether an action is possible now. Train is, even before the data
// is there: see WantTrain.
func (d *desk) can(a action) bool {
	if d.State.Dead() || d.session == nil || d.restore {
		return false
	}
	run := d.State.Run.State
	switch a {
	case actTrain:
		return !d.State.UnderWay() && (len(d.Sources) > 0 || d.State.Data != nil)
	case actPause:
		return d.State.Busy()
	case actResume:
		return run == wire.Paused
	case actStop:
		return d.State.UnderWay()
	case actReset:
		return run == wire.Paused || d.WantTrain ||
			!d.State.UnderWay() && d.State.Run.Step > 0
	}
	return false
}

// primary is the one of Train, Pause and Resume that fits the moment.
func (d *desk) primary() action {
	switch d.State.Run.State {
	case wire.Training, wire.Evaluating:
		return actPause
	case wire.Paused:
		return actResume
	}
	return actTrain
}

// do follows an action, once, if it is possible.
func (d *desk) do(a action) {
	if !d.can(a) || d.asked == a {
		return
	}
	d.touch(topicRun)
	if a == actTrain && !d.loaded {
		d.WantTrain = true
		return
	}
	d.asked, d.askedIn = a, d.State.Run.State
	d.WantTrain = false
	switch a {
	case actTrain:
		d.send(&wire.Train{Settings: d.runSettings()})
	case actPause:
		d.send(&wire.Pause{})
	case actResume:
		d.send(&wire.Resume{})
	case actStop:
		d.send(&wire.Stop{})
	case actReset:
		d.fresh()
	}
	d.learnPace()
}

// runSettings are the settings of the next run. A network that has been
// trained keeps those it began with, all but the number of epochs and who does
// the work; the others wait for Reset.
func (d *desk) runSettings() wire.Settings {
	s := d.Query.Settings
	if d.State.Run.Step > 0 {
		epochs, workers := s.Epochs, s.Workers
		s = d.applied
		s.Epochs, s.Workers = epochs, workers
	}
	d.applied = s
	return s
}

// waiting says whether a setting differs from the one that the network began
// with, and so takes effect only with Reset.
func (d *desk) waiting() bool {
	s := d.Query.Settings
	s.Epochs, s.Workers = d.applied.Epochs, d.applied.Workers
	return d.State.Run.Step > 0 && s != d.applied
}

// set changes a setting from typed text; the error is for the visitor.
func (d *desk) set(key, text string) error {
	s, err := d.settingsWith(key, text)
	if err != nil {
		return err
	}
	return d.setAll(s)
}

// settingsWith returns the settings as they would be with a field's text; the error is for
// the visitor.
func (d *desk) settingsWith(key, text string) (wire.Settings, error) {
	s := d.Query.Settings
	if key == presetKey {
		if p := presetFor(text); p != nil {
			return p.whole(s), nil
		}
		return s, errors.New(d.Words.oneOf(presetKeys()))
	}
	f := settingFor(key)
	if !f.take(&s, strings.TrimSpace(text)) {
		return d.Query.Settings, errors.New(f.expected(d.Words))
	}
	return s, nil
}

// setAll changes the settings, unless the network that they describe can't be
// had while the one before could. A network that hasn't learnt anything is made
// anew at once where they give it other layers or weights.
func (d *desk) setAll(s wire.Settings) error {
	before := d.unfit()
	_, err := d.plan(s)
	if err != nil && before == nil {
		return errors.New(d.Words.unfit(err))
	}
	d.Query.Settings = s
	d.Query.Expect = "" // another run than the link's
	d.touch(topicSettings, topicRun)
	d.exploreOther()
	d.tellAddress()
	other := s.Seed != d.applied.Seed || s.Net != d.applied.Net || before != nil
	if other && err == nil && d.State.Run.Step == 0 && !d.State.UnderWay() {
		d.fresh()
	}
	d.learnPace()
	return nil
}

// plan plans a network for the data in use, or for MNIST's until there are some.
func (d *desk) plan(s wire.Settings) (wire.Plan, error) {
	shape, classes := []int{1, 28, 28}, 10
	if data := d.State.Data; data != nil && len(data.SampleShape) == 3 && len(data.Classes) > 0 {
		shape, classes = data.SampleShape, len(data.Classes)
	}
	return s.Plan(shape, classes)
}

// unfit is what keeps the settings from being used for the data, or nil: the
// address may ask for anything, and the data may change.
func (d *desk) unfit() error {
	_, err := d.plan(d.Query.Settings)
	return err
}

func (d *desk) tellAddress() {
	d.touch(topicSettings)
	d.address(d.Query)
}
