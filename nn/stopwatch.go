package nn

// A Phase is a part of what a replica does in a training step.
type Phase int

const (
	Between    Phase = iota // steps
	Dealing                 // each replica's images are put together and sent
	Forward                 // to the losses
	Backward                // the gradients, those of the dense kernels and the sums included
	Sending                 // this replica's part to the others
	Waiting                 // for the others' parts, and taking them in
	Updating                // the optimiser
	Evaluating              // all of an evaluation
	phases
)

// A Stopwatch adds up how long a replica is in each phase. This package has no
// clock: it stands still without one.
type Stopwatch struct {
	Clock func() float64 // in any unit
	Spent [phases]float64
	Sent  int // bytes sent to other replicas

	phase Phase
	since float64
}

// enter says that a phase begins, and returns the one that ends.
func (s *Stopwatch) enter(p Phase) (ended Phase) {
	ended = s.phase
	s.phase = p
	if s.Clock != nil {
		now := s.Clock()
		s.Spent[ended] += now - s.since
		s.since = now
	}
	return ended
}

// Reset begins again from zero.
func (s *Stopwatch) Reset() { s.Spent, s.Sent = [phases]float64{}, 0 }

// timedExchange is an Exchange under a Stopwatch. What has no values is not sent.
type timedExchange struct {
	Exchange
	watch *Stopwatch
}

func (x *timedExchange) Send(to, tag int, values []float32) {
	if len(values) == 0 { // a replica without an image
		return
	}
	if x.watch.phase == Evaluating {
		x.Exchange.Send(to, tag, values)
		return
	}
	ended := x.watch.enter(Sending)
	x.Exchange.Send(to, tag, values)
	x.watch.Sent += 4 * len(values)
	x.watch.enter(ended)
}

func (x *timedExchange) Collect(from, tag int, values []float32) error {
	if len(values) == 0 {
		return nil
	}
	if x.watch.phase == Evaluating {
		return x.Exchange.Collect(from, tag, values)
	}
	ended := x.watch.enter(Waiting)
	err := x.Exchange.Collect(from, tag, values)
	x.watch.enter(ended)
	return err
}
