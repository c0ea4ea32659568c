package nn

// A Split says how a batch is spread: the replica of rank r does the shards
// Split[r] to Split[r+1]-1. It begins with 0 and ends with Shards. A single one
// needs none.
type Split []int

// part is the share of a replica.
func (s Split) part(batch, rank int) Part {
	if len(s) == 0 {
		return whole(batch)
	}
	return Part{Batch: batch, Lo: s[rank], Hi: s[rank+1]}
}

// together reports whether one replica has all shards from lo to hi-1.
func (s Split) together(lo, hi int) bool {
	for rank := range len(s) - 1 {
		if s[rank] <= lo && hi <= s[rank+1] {
			return true
		}
	}
	return len(s) == 0
}

// largestShare is the number of shards that one of size replicas gets at most:
// half as many again as its equal share, which bounds the memory that it needs.
func largestShare(size int) int { return min((3*Shards/2+size-1)/size, Shards) }

// Capacity is the largest share of a batch that a replica of size can get: what
// its network must be built for.
func Capacity(batch, size int) int {
	n, share := 0, largestShare(size)
	for lo := 0; lo+share <= Shards; lo++ {
		first, end := Part{batch, lo, lo + share}.images()
		n = max(n, end-first)
	}
	return n
}

// Processors differ in speed: phones and most laptops have two kinds of cores, and
// a core may have something else to do. paces follow how long each replica takes
// for a shard, and split the batches so that all end together. The split has no
// influence on any sum.
type paces struct {
	ms    []float64 // for a shard's way forward, by rank; negative if not known
	split Split
	trial Split
}

// newPaces begins with equal shares.
func newPaces(size int) *paces {
	p := &paces{ms: make([]float64, size), split: make(Split, size+1), trial: make(Split, size+1)}
	for rank := range p.ms {
		p.ms[rank] = -1
		p.split[rank+1] = cut(Shards, rank+1, size)
	}
	return p
}

const (
	// paceWeight is that of a step in the mean of the last ones.
	paceWeight = 0.1
	// paceGain is how much shorter a step has to become for the split to change:
	// most of what changes from step to step is chance.
	paceGain = 0.05
)

// note takes in how long a replica took for so many shards. By a coarse clock,
// which some browsers have, that is nothing most of the time, and right on average.
func (p *paces) note(rank, shards int, ms float64) {
	if ms < 0 { // not measured
		return
	}
	ms /= float64(shards)
	if p.ms[rank] >= 0 {
		ms = p.ms[rank] + paceWeight*(ms-p.ms[rank])
	}
	p.ms[rank] = ms
}

// adjust changes the split if that pays.
func (p *paces) adjust() {
	size := len(p.ms)
	for _, ms := range p.ms {
		if ms <= 0 { // without a clock all is 0
			return
		}
	}
	// Each has one shard, and each of the others goes to whoever ends it first.
	// trial[rank+1] is a number of shards before it becomes a place.
	for rank := range size {
		p.trial[rank+1] = 1
	}
	most := largestShare(size)
	for range Shards - size {
		best := -1
		for rank, ms := range p.ms {
			n := p.trial[rank+1]
			if n < most && (best < 0 || float64(n+1)*ms < float64(p.trial[best+1]+1)*p.ms[best]) {
				best = rank
			}
		}
		p.trial[best+1]++
	}
	for rank := range size {
		p.trial[rank+1] += p.trial[rank]
	}
	if p.step(p.trial) < (1-paceGain)*p.step(p.split) {
		p.split, p.trial = p.trial, p.split
	}
}

// step is how long the slowest replica takes.
func (p *paces) step(s Split) float64 {
	longest := 0.0
	for rank, ms := range p.ms {
		longest = max(longest, float64(s[rank+1]-s[rank])*ms)
	}
	return longest
}
