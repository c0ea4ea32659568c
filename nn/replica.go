package nn

import "errors"

// A Deal is a replica's share of one batch: everything it needs to know to do
// its part of a step.
type Deal struct {
	Batch   int     // how many images all replicas have together
	Split   Split   // how they share them
	Train   bool    // a training step; else only losses are wanted
	Key     uint32  // Pass.Key
	Rate    float64 // of the optimiser's learning rate; see OneCycle
	Samples []int   // numbers of the share's images in the dataset
	Images  []byte  // their pixels, one image after the other, each C,H,W, 0-255
	Labels  []byte
}

// fill makes d the share of the replica rank in a batch.
func (d *Deal) fill(data Samples, b batch, split Split, rank int) {
	d.Batch = len(b.numbers)
	d.Split = append(d.Split[:0], split...)
	d.Train, d.Key, d.Rate = b.train, b.key, b.rate
	lo, hi := split.part(d.Batch, rank).images()
	d.Samples = append(d.Samples[:0], b.numbers[lo:hi]...)
	d.Images, d.Labels = d.Images[:0], d.Labels[:0]
	for _, i := range d.Samples {
		dx, dy := shiftOf(b.key, i, b.shift)
		d.Images = appendShifted(d.Images, data.Image(i), data.Shape(), dx, dy)
		d.Labels = append(d.Labels, byte(data.Label(i)))
	}
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
	told    []float32 // of one share, behind the time it took
	paces   *paces    // of all replicas; only the leading one needs it
}

// Stopwatch is the replica's.
func (r *Replica) Stopwatch() *Stopwatch { return &r.watch }

// NewReplica returns a replica that reaches the others by ex.
func NewReplica(m *Sequential, o Optimizer, ex Exchange) *Replica {
	n := m.capacity
	r := &Replica{Model: m, Optimizer: o, x: NewTensor(n, m.in), dlogits: NewTensor(n, m.OutShape()),
		losses: make([]float32, n), correct: make([]bool, n)}
	r.ex = timedExchange{ex, &r.watch}
	r.paces = newPaces(ex.Size())
	return r
}

// Do does the replica's share of a batch, together with the others. If one of
// them is gone it returns an error, and the network and the optimiser are as
// they were before. It allocates nothing.
func (r *Replica) Do(d *Deal) error {
	p := &r.pass
	*p = Pass{Train: d.Train, Key: d.Key, Samples: d.Samples, Part: d.Split.part(d.Batch, r.ex.Rank()), Split: d.Split, Exchange: &r.ex, Rest: r.Rest}
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
	begun := r.watch.Spent[Forward]
	probs := r.Model.Forward(x, p)
	var dlogits Tensor
	if d.Train {
		dlogits = r.dlogits.first(x.N)
	}
	CrossEntropy(probs, d.Labels, d.Batch, r.losses, r.correct, dlogits)
	took := -1.0
	if d.Train {
		r.watch.enter(Backward)
		took = r.watch.Spent[Forward] - begun
	}
	r.sendStats(p.Part, took)
	if d.Train {
		if err := r.Model.BackwardLogits(dlogits, p); err != nil {
			return err
		}
		if err := r.Model.Gradients(p); err != nil {
			return err
		}
	}
	if err := r.collectStats(p); err != nil {
		return err
	}
	if d.Train {
		r.watch.enter(Updating)
		r.Optimizer.Step(r.Model.params, d.Rate)
	}
	return nil
}

// sendStats passes the losses of this replica's images on, and how long they took
// forward, or a negative number.
func (r *Replica) sendStats(part Part, took float64) {
	r.paces.note(r.ex.Rank(), part.Hi-part.Lo, took)
	r.stats = grow(r.stats, 2*part.Batch)
	lo, hi := part.images()
	r.told = append(r.told[:0], float32(took))
	for i := range hi - lo {
		correct := float32(0)
		if r.correct[i] {
			correct = 1
		}
		r.told = append(r.told, r.losses[i], correct)
	}
	copy(r.stats[2*lo:], r.told[1:])
	sendAll(&r.ex, tagStats, r.told)
}

// collectStats takes the other replicas' losses in.
func (r *Replica) collectStats(p *Pass) error {
	for from := range r.ex.Size() {
		if from == r.ex.Rank() {
			continue
		}
		part := p.Split.part(p.Part.Batch, from)
		lo, hi := part.images()
		r.told = grow(r.told, 1+2*(hi-lo))
		if err := r.ex.Collect(from, tagStats, r.told); err != nil {
			return err
		}
		r.paces.note(from, part.Hi-part.Lo, float64(r.told[0]))
		copy(r.stats[2*lo:], r.told[1:])
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
	split Split // of the batch at hand
	ahead batch // already dealt to the others, who go on by themselves
	after Split // of that
}

// join goes on with another crew.
func (l *lead) join(crew Crew) {
	l.crew, l.ex.Exchange = crew, crew
	l.paces = newPaces(crew.Size())
	l.ahead = batch{}
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
		l.after = l.dealOut(data, b, l.after)
	} else if !l.ahead.is(b) {
		l.watch.enter(Between)
		return Step{}, errAhead
	}
	l.split, l.after = l.after, l.split
	l.ahead = batch{}
	if l.crew.Size() > 1 && len(next.numbers) > 0 {
		l.ahead = next
		l.after = l.dealOut(data, next, l.after)
	}
	l.deal.fill(data, b, l.split, 0)
	if err := l.Do(&l.deal); err != nil {
		return Step{}, err
	}
	l.paces.adjust()
	return l.outcome(len(b.numbers)), nil
}

// dealOut hands all others their shares of a batch, and returns how it is split,
// in split's memory.
func (l *lead) dealOut(data Samples, b batch, split Split) Split {
	split = append(split[:0], l.paces.split...)
	for rank := 1; rank < l.crew.Size(); rank++ {
		l.deal.fill(data, b, split, rank)
		l.crew.Deal(rank, &l.deal)
	}
	return split
}
