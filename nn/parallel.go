package nn

import (
	"sync"

	"convlens/nn/kernel"
)

// Data-parallel training, one answer for any number of replicas.
//
// A batch is cut into Shards logical shards, always the same ones. Each replica
// is a whole copy of the network and takes neighbouring shards. What must be
// summed over images is summed per shard and then over the shards in order, or
// (for a Dense kernel) over the images in order by whoever owns those rows; so
// no sum depends on how many replicas there are. After Gradients every replica
// has all gradients and takes the same optimiser step.

// Shards is the number of parts that a batch is cut into, and the largest
// useful number of replicas.
const Shards = 8

// Part is a replica's share of a batch of Batch images: the shards Lo to Hi-1.
type Part struct{ Batch, Lo, Hi int }

// cut is where part i of n things begins when they are cut into of parts.
func cut(n, i, of int) int { return i * n / of }

// partOf is the share of the replica rank of size.
func partOf(batch, rank, size int) Part {
	return Part{Batch: batch, Lo: cut(Shards, rank, size), Hi: cut(Shards, rank+1, size)}
}

// images is the range of the batch's images in the part.
func (p Part) images() (lo, hi int) {
	return cut(p.Batch, p.Lo, Shards), cut(p.Batch, p.Hi, Shards)
}

// local is the range of shard s, counted from the part's first image.
func (p Part) local(s int) (lo, hi int) {
	first, _ := p.images()
	return cut(p.Batch, s, Shards) - first, cut(p.Batch, s+1, Shards) - first
}

// Exchange connects the replicas of a training run.
type Exchange interface {
	Rank() int // this replica's number, 0 to Size-1
	Size() int // number of replicas
	// AllGather makes buf the same on every replica: each one contributes the
	// range that part gives for its rank and receives all the others. All
	// replicas call it in the same order with the same lengths.
	AllGather(buf []float32, part func(rank int) (lo, hi int))
}

// Solo is the Exchange of a single replica.
type Solo struct{}

func (Solo) Rank() int                                          { return 0 }
func (Solo) Size() int                                          { return 1 }
func (Solo) AllGather(buf []float32, part func(int) (int, int)) {}

// Team returns n connected Exchanges for replicas that run as goroutines of
// this process.
func Team(n int) []Exchange {
	if n < 1 || n > Shards {
		panic("nn: Team needs 1 to " + itoa(Shards) + " replicas")
	}
	t := &team{bufs: make([][]float32, n)}
	t.all.L = &t.mu
	members := make([]Exchange, n)
	for i := range members {
		members[i] = &member{team: t, rank: i}
	}
	return members
}

type team struct {
	mu      sync.Mutex
	all     sync.Cond
	bufs    [][]float32
	arrived int
	round   int
}

type member struct {
	*team
	rank int
}

func (m *member) Rank() int { return m.rank }
func (m *member) Size() int { return len(m.bufs) }

func (m *member) AllGather(buf []float32, part func(int) (int, int)) {
	m.bufs[m.rank] = buf
	m.barrier()
	for r, from := range m.bufs {
		if lo, hi := part(r); r != m.rank && lo < hi {
			copy(buf[lo:hi], from[lo:hi])
		}
	}
	m.barrier()
}

// barrier waits until every member has called it.
func (t *team) barrier() {
	t.mu.Lock()
	defer t.mu.Unlock()
	round := t.round
	if t.arrived++; t.arrived == len(t.bufs) {
		t.arrived = 0
		t.round++
		t.all.Broadcast()
		return
	}
	for t.round == round {
		t.all.Wait()
	}
}

// Gradients puts the gradients of the last Backward together: afterwards every
// Param.Grad holds the gradient over the whole batch, on every replica.
func (m *Sequential) Gradients(p *Pass, ex Exchange) {
	for i := len(m.Layers) - 1; i >= 0; i-- {
		if d, ok := m.Layers[i].(*Dense); ok {
			d.kernelGrad(p, ex)
		}
	}
	if ex.Size() > 1 {
		n := len(m.shardSums) / Shards
		ex.AllGather(m.shardSums, func(rank int) (int, int) {
			part := partOf(p.Part.Batch, rank, ex.Size())
			return part.Lo * n, part.Hi * n
		})
	}
	for _, q := range m.params {
		if q.shards[0] == nil {
			continue
		}
		copy(q.Grad, q.shards[0])
		for _, s := range q.shards[1:] {
			kernel.Add(q.Grad, s)
		}
	}
}
