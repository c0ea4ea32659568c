package nn

import "context"

// A Trainer takes a network through the epochs of a run, one batch per Step.
// The caller owns the loop: to pause, don't call Step for a while; to stop,
// don't call it again.
type Trainer struct {
	data Samples
	opts Options
	lead lead
	pos  Position
	perm []int
	key  uint32 // of the epoch's dropout masks
	// drawn says that perm and key are those of the epoch at hand.
	drawn bool
}

// Options of a run.
type Options struct {
	Seed  uint64   // of the order of the samples and the dropout masks
	Batch int      // at most the network's capacity, if it is the only replica
	Limit int      // use the first Limit samples; 0 means all
	Shift int      // move each image by up to so many pixels each way, anew in every epoch
	Cycle OneCycle // of the learning rate
}

// Position is a place in a run, and the sums of the epoch so far.
type Position struct {
	Epoch   int // 0-based
	Seen    int // samples of this epoch already trained on
	Step    int // steps taken since the start
	LossSum float64
	Correct int
}

// Step is the outcome of a batch of N images: their mean loss, before the
// update if there was one, and how many were read correctly.
type Step struct {
	Loss    float64
	Correct int
	N       int
}

// NewTrainer prepares a run over data. crew is Solo{} for a single replica;
// otherwise m and o are the leading one's.
func NewTrainer(m *Sequential, o Optimizer, data Samples, opts Options, crew Crew) *Trainer {
	if data.Shape() != m.in {
		panic("nn: NewTrainer: data of shape " + data.Shape().String() + ", expected " + m.in.String())
	}
	if opts.Batch < 1 || data.Len() < 1 || opts.Shift < 0 {
		panic("nn: NewTrainer needs a batch size and samples, and no negative shift")
	}
	n := data.Len()
	if opts.Limit > 0 {
		n = min(n, opts.Limit)
	}
	t := &Trainer{data: data, opts: opts, perm: make([]int, n), lead: lead{Replica: NewReplica(m, o, crew)}}
	t.lead.join(crew)
	return t
}

// SetCrew goes on with other replicas, which must be in the same state.
func (t *Trainer) SetCrew(crew Crew) {
	t.lead.join(crew)
}

// Stopwatch is the leading replica's.
func (t *Trainer) Stopwatch() *Stopwatch { return t.lead.Stopwatch() }

// SetRest sets the leading replica's Rest.
func (t *Trainer) SetRest(rest func()) { t.lead.Rest = rest }

// Model is the network in training, Optimizer its optimiser.
func (t *Trainer) Model() *Sequential   { return t.lead.Model }
func (t *Trainer) Optimizer() Optimizer { return t.lead.Optimizer }

// SetCycle changes the cycle of the learning rate, for a run that goes on. A crew
// that has been dealt a batch ahead must be replaced first.
func (t *Trainer) SetCycle(c OneCycle) {
	if len(t.lead.ahead.numbers) > 0 {
		panic("nn: SetCycle while a batch is under way")
	}
	t.opts.Cycle = c
}

// Samples is the number of samples in an epoch.
func (t *Trainer) Samples() int { return len(t.perm) }

// Position tells where the run stands.
func (t *Trainer) Position() Position { return t.pos }

// EpochDone reports whether every sample of the epoch has been seen; the next
// Step begins another epoch.
func (t *Trainer) EpochDone() bool { return t.pos.Seen == len(t.perm) }

// Step trains on the next batch. It returns an error if a replica is gone; then
// nothing has changed, and after SetCrew the step can be taken again.
func (t *Trainer) Step() (Step, error) {
	pos := t.pos
	if t.EpochDone() {
		pos = Position{Epoch: pos.Epoch + 1, Step: pos.Step}
		t.drawn = false
	}
	if !t.drawn {
		Order(t.perm, t.opts.Seed, pos.Epoch)
		t.key = epochKey(t.opts.Seed, pos.Epoch)
		t.drawn = true
	}
	b := t.batch(pos.Seen, pos.Step)
	pos.Seen += len(b.numbers)
	s, err := t.lead.do(t.data, b, t.batch(pos.Seen, pos.Step+1))
	if err != nil {
		return s, err
	}
	pos.Step++
	pos.LossSum += float64(s.Loss * float64(s.N))
	pos.Correct += s.Correct
	t.pos = pos
	return s, nil
}

// batch is that of a step of the run, after so many samples of the epoch; none
// at its end.
func (t *Trainer) batch(seen, step int) batch {
	n := min(t.opts.Batch, len(t.perm)-seen)
	return batch{t.perm[seen : seen+n], true, t.key, t.opts.Cycle.Rate(step), t.opts.Shift}
}

// RunEpoch steps to the end of the epoch (a whole one if none is under way),
// calling each after every step. It stops between two steps when ctx ends, and
// returns its error; a later RunEpoch goes on from there.
func (t *Trainer) RunEpoch(ctx context.Context, each func(Step)) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		s, err := t.Step()
		if err != nil {
			return err
		}
		if each != nil {
			each(s)
		}
		if t.EpochDone() {
			return nil
		}
	}
}
