package lab

import (
	"fmt"

	"convlens/nn/wire"
)

// checkpoint sends the page what it needs to go on with the run elsewhere.
func (l *Lab) checkpoint() {
	r := &l.run
	r.saved = r.total
	r.buf = l.trainer.AppendCheckpoint(r.buf[:0])
	state := r.state
	if r.active() {
		state = wire.Paused
	}
	l.host.Send(&wire.Checkpoint{
		Dataset: l.source, Settings: l.settings, State: state, Epochs: r.epochs,
		Step: l.trainer.Position().Step, ValLoss: r.valLoss, ValAcc: r.valAcc, Validated: r.validated,
		ElapsedMS: r.elapsed, Data: wire.Blob{Bytes: r.buf},
	})
}

// restore goes on from a checkpoint. If it cannot be used, the network and the
// run stay as they were.
func (l *Lab) restore(c *wire.Checkpoint) error {
	switch {
	case l.run.active():
		return fmt.Errorf("lab: a run is under way")
	case l.data == nil || c.Dataset != l.source:
		return fmt.Errorf("lab: the checkpoint is of a run on %q, loaded is %q", c.Dataset, l.source)
	case c.State != wire.Paused && c.State != wire.Stopped && c.State != wire.Done:
		return fmt.Errorf("lab: the checkpoint's state is %d", c.State)
	}
	// A quiet copy takes the checkpoint first.
	other := &Lab{host: mute{l.host}, data: l.data, source: l.source}
	if err := other.init(c.Settings); err != nil {
		return err
	}
	if err := other.trainer.Restore(c.Data.Bytes); err != nil {
		return err
	}
	l.dismiss()
	l.settings, l.model, l.opt, l.trainer = other.settings, other.model, other.opt, other.trainer
	l.run = other.run
	r := &l.run
	r.state, r.epochs = c.State, c.Epochs
	l.cycle()
	r.validated, r.valLoss, r.valAcc, r.elapsed = c.Validated, c.ValLoss, c.ValAcc, c.ElapsedMS
	r.mark = l.host.Now()
	l.host.Send(describe(l.model))
	l.progress()
	l.view()
	return nil
}

// mute is a Host that tells the page nothing.
type mute struct{ Host }

func (mute) Send(wire.Message) {}
