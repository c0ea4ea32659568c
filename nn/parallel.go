package nn

import "convlens/nn/kernel"

// Data-parallel training, one answer for any number of replicas.
//
// A batch is cut into Shards logical shards, always the same ones. Each replica
// is a whole copy of the network and takes neighbouring shards. What must be
// summed over images is summed per shard and then over the shards in order, or
// (a large Dense kernel) over the images in order by whoever owns those rows; so
// no sum depends on how many replicas there are. After Gradients every replica
// has all gradients and takes the same optimiser step.
//
// Everything is sent as soon as it is known and collected as late as possible,
// to travel while there is something to compute.

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

// A Spread says which range of a buffer belongs to each replica of a run.
type Spread struct {
	by    spreadBy
	n     int // of things
	width int // values of each thing
}

type spreadBy int

const (
	byShard spreadBy = iota // the things are the batch's shards
	byImage                 // images, with their shards
	byPlace                 // anything, in parts as equal as can be
)

// Range is where the part of the replica rank of size lies.
func (s Spread) Range(rank, size int) (lo, hi int) {
	switch part := partOf(s.n, rank, size); s.by {
	case byShard:
		lo, hi = part.Lo, part.Hi
	case byImage:
		lo, hi = part.images()
	default:
		lo, hi = cut(s.n, rank, size), cut(s.n, rank+1, size)
	}
	return lo * s.width, hi * s.width
}

// Exchange connects a replica with the others of its run. Every replica makes
// the same Sends and Collects; a tag, from 0 up, tells what belongs together.
type Exchange interface {
	Rank() int // this replica's number, 0 to Size-1
	Size() int // number of replicas
	// Send passes this replica's part of buf on to all others. It may be
	// changed as soon as Send returns.
	Send(tag int, buf []float32, s Spread)
	// Collect waits for what each other replica has sent with this tag, the
	// earliest not yet collected, and puts it into buf, at its part. An error
	// means that a replica is gone.
	Collect(tag int, buf []float32, s Spread) error
}

// What is exchanged, by tag. A Dense layer with a large kernel has three tags of
// its own.
const (
	tagStats = iota
	tagShards
	tagDense // and on: tagDense + 3*layer index + 0 (x), 1 (dy), 2 (rows of dW)
)

// Solo is the Exchange of a single replica.
type Solo struct{}

func (Solo) Rank() int                            { return 0 }
func (Solo) Size() int                            { return 1 }
func (Solo) Send(int, []float32, Spread)          {}
func (Solo) Collect(int, []float32, Spread) error { return nil }

// Gradients puts the gradients of the last BackwardLogits together: afterwards
// every Param.Grad holds the gradient over the whole batch, on every replica.
func (m *Sequential) Gradients(p *Pass) error {
	s := Spread{byShard, Shards, len(m.shardSums) / Shards}
	p.Exchange.Send(tagShards, m.shardSums, s)
	for _, l := range m.Layers {
		if d, ok := l.(*Dense); ok && d.large() {
			if err := p.Exchange.Collect(d.tag()+2, d.w.Grad, d.rows()); err != nil {
				return err
			}
		}
	}
	if err := p.Exchange.Collect(tagShards, m.shardSums, s); err != nil {
		return err
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
	return nil
}
