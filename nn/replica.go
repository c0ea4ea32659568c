package nn

import "errors"

// A Deal is a replica's share of one batch: everything it needs to know to do
// its part of a step.
type Deal struct {
	Part    Part
	Train   bool    // a training step; else only losses are wanted
	Key     uint32  // Pass.Key
	Rate    float64 // of the optimiser's learning rate; see OneCycle
	Samples []int   // numbers of the part's images in the dataset
	Images  []byte  // their pixels, one image after the other, each C,H,W, 0-255
	Labels  []byte
}

// fill makes d the share of the replica rank of size in a batch.
func (d *Deal) fill(data Samples, b batch, rank, size int) {
	d.Part = partOf(len(b.numbers), rank, size)
	d.Train, d.Key, d.Rate = b.train, b.key, b.rate
	lo, hi := d.Part.images()
	d.Samples = append(d.Samples[:0], b.numbers[lo:hi]...)
	d.Images, d.Labels = d.Images[:0], d.Labels[:0]
	for _, i := range d.Samples {
		dx, dy := shiftOf(b.key, i, b.shift)
		d.Images = appendShifted(d.Images, data.Image(i), data.Shape(), dx, dy)
		d.Labels = append(d.Labels, byte(data.Label(i)))
	}
}

// Capacity is the largest share of a batch that a replica of size gets: what its
// network must be built for.
func Capacity(batch, size int) int {
	n := 0
	for rank := range size {
		lo, hi := partOf(batch, rank, size).images()
		n = max(n, hi-lo)
	}
	return n
}

// A Replica is a whole copy of a network in training that does its share of
// every batch.
type Replica struct {
	Model     *Sequential
	Optimizer Optimizer
	// Rest, if there is one, is called several times in the course of a batch,
	// for what can't wait for its end. It must leave the network alone, but may
	// read the weights.
	Rest func()

	ex      timedExchange
	watch   Stopwatch
	pass    Pass
	x       Tensor
	dlogits Tensor
	losses  []float32
	correct []bool
	stats   []float32 // loss and correctness of each image of the whole batch
}

// NewReplica returns a replica that reaches the others by ex.
func NewReplica(m *Sequential, o Optimizer, ex Exchange) *Replica {
	n := m.capacity
	r := &Replica{Model: m, Optimizer: o, x: NewTensor(n, m.in), dlogits: NewTensor(n, m.OutShape()),
		losses: make([]float32, n), correct: make([]bool, n)}
	r.ex = timedExchange{ex, &r.watch}
	return r
}

// Do does the replica's share of a batch, together with the others. If one of
// them is gone it returns an error, and the network and the optimiser are as
// they were before. It allocates nothing.
func (r *Replica) Do(d *Deal) error {
	p := &r.pass
	*p = Pass{Train: d.Train, Key: d.Key, Samples: d.Samples, Part: d.Part, Exchange: &r.ex, Rest: r.Rest}
	if d.Train {
		r.watch.enter(Forward)
	} else {
		r.watch.enter(Evaluating)
	}
	defer r.watch.enter(Between)
	size := r.Model.in.Len()
	checkLen("Deal: images", len(d.Images), len(d.Labels)*size)
	x := r.x.first(len(d.Labels))
	for i := range x.N {
		loadImage(x.Sample(i), d.Images[i*size:(i+1)*size], x.Shape)
	}
	probs := r.Model.Forward(x, p)
	var dlogits Tensor
	if d.Train {
		dlogits = r.dlogits.first(x.N)
	}
	CrossEntropy(probs, d.Labels, d.Part.Batch, r.losses, r.correct, dlogits)
	r.sendStats(d.Part)
	if d.Train {
		r.watch.enter(Backward)
		if err := r.Model.BackwardLogits(dlogits, p); err != nil {
			return err
		}
		if err := r.Model.Gradients(p); err != nil {
			return err
		}
	}
	if err := r.collectStats(d.Part.Batch); err != nil {
		return err
	}
	if d.Train {
		r.watch.enter(Updating)
		r.Optimizer.Step(r.Model.params, d.Rate)
	}
	return nil
}

// sendStats passes the losses of this replica's images on.
func (r *Replica) sendStats(part Part) {
	r.stats = grow(r.stats, 2*part.Batch)
	lo, hi := part.images()
	for i := range hi - lo {
		s := r.stats[2*(lo+i):]
		s[0], s[1] = r.losses[i], 0
		if r.correct[i] {
			s[1] = 1
		}
	}
	sendAll(&r.ex, tagStats, r.stats[2*lo:2*hi])
}

// collectStats takes the other replicas' losses in.
func (r *Replica) collectStats(batch int) error {
	for from := range r.ex.Size() {
		if from == r.ex.Rank() {
			continue
		}
		lo, hi := partOf(batch, from, r.ex.Size()).images()
		if err := r.ex.Collect(from, tagStats, r.stats[2*lo:2*hi]); err != nil {
			return err
		}
	}
	return nil
}

// outcome sums the losses of the last batch, in the order of its images.
func (r *Replica) outcome(batch int) Step {
	s := Step{N: batch}
	for i := range batch {
		s.Loss += float64(r.stats[2*i])
		s.Correct += int(r.stats[2*i+1])
	}
	s.Loss /= float64(batch)
	return s
}

// A Crew is the Exchange of the leading replica, rank 0, with a way to deal to
// the others.
type Crew interface {
	Exchange
	// Deal hands the replica rank its share of the next batch. The Deal is the
	// caller's again when Deal returns.
	Deal(rank int, d *Deal)
}

// Deal is never called on a single replica.
func (Solo) Deal(int, *Deal) {}

// A lead is the leading replica: it has the data and deals.
type lead struct {
	*Replica
	crew  Crew
	deal  Deal
	ahead batch // already dealt to the others, who go on by themselves
}

// A batch says what a step is about.
type batch struct {
	numbers []int // of the samples; a part of one array for all of an epoch
	train   bool
	key     uint32
	rate    float64
	shift   int // the most that images are moved by
}

func (b batch) is(c batch) bool {
	return len(b.numbers) == len(c.numbers) && (len(b.numbers) == 0 || &b.numbers[0] == &c.numbers[0]) &&
		b.train == c.train && b.key == c.key && b.rate == c.rate
}

// errAhead says that the others have begun another batch than is asked of them.
var errAhead = errors.New("nn: the other replicas are in the middle of an epoch; give the trainer a new crew")

// do runs the batch b over all replicas. If next has samples it is dealt to the
// others already now, so that they need not wait for the leading one between the
// two: the next do has to be for next.
func (l *lead) do(data Samples, b, next batch) (Step, error) {
	if b.train {
		l.watch.enter(Dealing)
	} else {
		l.watch.enter(Evaluating)
	}
	if len(l.ahead.numbers) == 0 {
		l.dealOut(data, b)
	} else if !l.ahead.is(b) {
		l.watch.enter(Between)
		return Step{}, errAhead
	}
	l.ahead = batch{}
	if l.crew.Size() > 1 && len(next.numbers) > 0 {
		l.ahead = next
		l.dealOut(data, next)
	}
	l.deal.fill(data, b, 0, l.crew.Size())
	if err := l.Do(&l.deal); err != nil {
		return Step{}, err
	}
	return l.outcome(len(b.numbers)), nil
}

// dealOut hands all others their shares of a batch.
func (l *lead) dealOut(data Samples, b batch) {
	size := l.crew.Size()
	for rank := 1; rank < size; rank++ {
		l.deal.fill(data, b, rank, size)
		l.crew.Deal(rank, &l.deal)
	}
}
