package nn

import "context"

// A Trainer takes a network through the epochs of a run, one batch per Step.
// The caller owns the loop: to pause, don't call Step for a while; to stop,
// don't call it again. With replicas, one Trainer per replica makes the same
// Steps.
type Trainer struct {
	Model     *Sequential
	Optimizer Optimizer

	data  Samples
	opts  Options
	ex    Exchange
	pos   Position
	perm  []int
	batch *batch
	pass  Pass
	stats []float32 // loss and correctness of each image of a batch
}

// Options of a run.
type Options struct {
	Seed  uint64 // of the order of the samples and the dropout masks
	Batch int    // at most the network's capacity, times the number of replicas
	Limit int    // use the first Limit samples; 0 means all
}

// Position is a place in a run, and the sums of the epoch so far.
type Position struct {
	Epoch   int // 0-based
	Seen    int // samples of this epoch already trained on
	Step    int // steps taken since the start
	LossSum float64
	Correct int
}

// Step is the outcome of one training step: the mean loss of its N images
// before the update, and how many were read correctly.
type Step struct {
	Loss    float64
	Correct int
	N       int
}

// NewTrainer prepares a run over data. ex is Solo{} for a single replica.
func NewTrainer(m *Sequential, o Optimizer, data Samples, opts Options, ex Exchange) *Trainer {
	if data.Shape() != m.in {
		panic("nn: NewTrainer: data of shape " + data.Shape().String() + ", expected " + m.in.String())
	}
	if opts.Batch < 1 || data.Len() < 1 {
		panic("nn: NewTrainer needs a batch size and samples")
	}
	n := data.Len()
	if opts.Limit > 0 {
		n = min(n, opts.Limit)
	}
	return &Trainer{Model: m, Optimizer: o, data: data, opts: opts, ex: ex, perm: make([]int, n),
		batch: newBatch(m), stats: make([]float32, 2*opts.Batch)}
}

// Samples is the number of samples in an epoch.
func (t *Trainer) Samples() int { return len(t.perm) }

// Position tells where the run stands.
func (t *Trainer) Position() Position { return t.pos }

// EpochDone reports whether every sample of the epoch has been seen; the next
// Step begins another epoch.
func (t *Trainer) EpochDone() bool { return t.pos.Seen == len(t.perm) }

// Step trains on the next batch. It allocates nothing.
func (t *Trainer) Step() Step {
	if t.EpochDone() {
		t.pos.Epoch++
		t.pos.Seen, t.pos.LossSum, t.pos.Correct = 0, 0, 0
	}
	if t.pos.Seen == 0 || t.pass.Samples == nil {
		order(t.perm, t.opts.Seed, t.pos.Epoch)
		t.pass.Key = epochKey(t.opts.Seed, t.pos.Epoch)
	}
	n := min(t.opts.Batch, len(t.perm)-t.pos.Seen)
	t.pass.Train = true
	t.pass.Part = partOf(n, t.ex.Rank(), t.ex.Size())
	lo, hi := t.pass.Part.images()
	t.pass.Samples = t.perm[t.pos.Seen+lo : t.pos.Seen+hi]
	t.forwardBackward()
	t.Model.Gradients(&t.pass, t.ex)
	t.Optimizer.Step(t.Model.params)
	s := t.outcome(n)
	t.pos.Seen += n
	t.pos.Step++
	t.pos.LossSum += s.Loss * float64(n)
	t.pos.Correct += s.Correct
	return s
}

// forwardBackward runs this replica's part of the batch, which is empty if the
// batch has fewer images than there are shards.
func (t *Trainer) forwardBackward() {
	p := &t.pass
	lo, _ := p.Part.images()
	b := t.batch
	x, labels := b.load(t.data, p.Samples)
	probs := t.Model.Forward(x, p)
	dlogits := b.dlogits.first(x.N)
	CrossEntropy(probs, labels, p.Part.Batch, b.losses, b.correct, dlogits)
	for i := range x.N {
		t.stats[2*(lo+i)], t.stats[2*(lo+i)+1] = b.losses[i], 0
		if b.correct[i] {
			t.stats[2*(lo+i)+1] = 1
		}
	}
	t.Model.BackwardLogits(dlogits, p)
}

// outcome gathers the images' losses from all replicas and sums them in order.
func (t *Trainer) outcome(n int) Step {
	if t.ex.Size() > 1 {
		t.ex.AllGather(t.stats[:2*n], func(rank int) (int, int) {
			lo, hi := partOf(n, rank, t.ex.Size()).images()
			return 2 * lo, 2 * hi
		})
	}
	s := Step{N: n}
	for i := range n {
		s.Loss += float64(t.stats[2*i])
		s.Correct += int(t.stats[2*i+1])
	}
	s.Loss /= float64(n)
	return s
}

// RunEpoch steps to the end of the epoch (a whole one if none is under way),
// calling each after every step. It stops between two steps when ctx ends, and
// returns its error; a later RunEpoch goes on from there.
func (t *Trainer) RunEpoch(ctx context.Context, each func(Step)) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := t.Step()
		if each != nil {
			each(s)
		}
		if t.EpochDone() {
			return nil
		}
	}
}
