package lab

// A lens is what the page looks through besides the View: one at a time, as the
// page shows one. What it needs of the network it copies; the run never notices
// it but by the time it takes.
type lens struct {
	// refresh tells the page how things are now. It is called with every View,
	// and must be quick; nil if nothing moves.
	refresh func()

	// slice does a few milliseconds of what takes longer, and tells the page; it
	// reports whether there is more to do. nil if there isn't.
	slice func() (more bool)

	// before and after are called around every training step, and must cost it
	// next to nothing; nil if steps don't matter.
	before, after func()

	// share is the share of a run's time that slices get; 0 stands for lensShare.
	share float64

	// of is what the lens is made of, for a command that changes it a little.
	of any

	took   float64 // ms of the slice before
	credit float64 // ms that the run has left for slices
}

// lensShare is the share of a run's time that slices usually get. Between runs
// they get all of it.
const lensShare = 0.02

// look changes the lens, and ends what the one before was doing.
func (l *Lab) look(n lens) {
	l.lens = n
	if n.refresh != nil {
		n.refresh()
	}
}

// watched takes a training step, before and after which the lens looks.
func (n *lens) watched(step func() error) error {
	if n.before != nil {
		n.before()
	}
	err := step()
	if err == nil && n.after != nil {
		n.after()
	}
	return err
}

// work does a slice.
func (n *lens) work(now func() float64) {
	begin := now()
	if !n.slice() {
		n.slice = nil
	}
	n.took = now() - begin
	n.credit -= n.took
}

// spend does a slice if the run, after another ms of work, has left the time for it.
func (n *lens) spend(ms float64, now func() float64) {
	if n.slice == nil {
		n.credit = 0
		return
	}
	share := n.share
	if share == 0 {
		share = lensShare
	}
	n.credit += share * ms
	if n.credit >= n.took {
		n.work(now)
	}
}
