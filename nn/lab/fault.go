package lab

import (
	"convlens/nn/inspect"
	"convlens/nn/wire"
)

// watchStep looks, after a step, for numbers that are not finite, and reports
// whether all is well. It costs less than a thousandth of a step.
func (l *Lab) watchStep(loss float64) bool {
	f := inspect.CheckStep(l.model, l.trainer.Position().Step, loss)
	if f != nil {
		l.fault(f)
	}
	return f == nil
}

// save sends a Checkpoint, unless the network has numbers in it that are not
// finite: what the page goes back to has none.
func (l *Lab) save() {
	if l.run.faulty {
		return
	}
	if f := inspect.Check(l.model, l.trainer.Position().Step); f != nil {
		l.fault(f)
		return
	}
	l.checkpoint()
}

// fault ends the run, and tells the page.
func (l *Lab) fault(f *inspect.Fault) {
	l.run.faulty = true
	if l.run.active() {
		l.halt(wire.Stopped)
	}
	fault := wire.Fault(*f)
	l.host.Send(&fault)
}
