package nn

import "convlens/nn/kernel"

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

// Exchange connects a replica with the others of its run. Every replica makes
// the same Sends and Collects; a tag, from 0 up, tells what belongs together.
type Exchange interface {
	Rank() int // this replica's number, 0 to Size-1
	Size() int // number of replicas
	// Send passes the range buf[lo:hi] on to all other replicas. The range may
	// be changed as soon as Send returns.
	Send(tag int, buf []float32, lo, hi int)
	// Collect waits for what each other replica has sent with this tag, the
	// earliest not yet collected, and puts it into buf, at the range that part
	// gives for its rank. An error means that a replica is gone.
	Collect(tag int, buf []float32, part func(rank int) (lo, hi int)) error
}

// What is exchanged, by tag. A Dense layer has three tags of its own.
const (
	tagStats = iota
	tagShards
	tagDense // and on: tagDense + 3*layer index + 0 (dy), 1 (x), 2 (kernel gradient)
)

// Solo is the Exchange of a single replica.
type Solo struct{}

func (Solo) Rank() int                                          { return 0 }
func (Solo) Size() int                                          { return 1 }
func (Solo) Send(int, []float32, int, int)                      {}
func (Solo) Collect(int, []float32, func(int) (int, int)) error { return nil }

// share is Send of this replica's part, then Collect.
func share(ex Exchange, tag int, buf []float32, part func(rank int) (lo, hi int)) error {
	lo, hi := part(ex.Rank())
	ex.Send(tag, buf, lo, hi)
	return ex.Collect(tag, buf, part)
}

// Gradients puts the gradients of the last Backward together: afterwards every
// Param.Grad holds the gradient over the whole batch, on every replica.
func (m *Sequential) Gradients(p *Pass) error {
	for i := len(m.Layers) - 1; i >= 0; i-- {
		if d, ok := m.Layers[i].(*Dense); ok {
			if err := d.kernelGrad(p); err != nil {
				return err
			}
		}
	}
	if ex := p.Exchange; ex.Size() > 1 {
		n := len(m.shardSums) / Shards
		err := share(ex, tagShards, m.shardSums, func(rank int) (int, int) {
			part := partOf(p.Part.Batch, rank, ex.Size())
			return part.Lo * n, part.Hi * n
		})
		if err != nil {
			return err
		}
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
