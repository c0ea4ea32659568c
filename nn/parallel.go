package nn

import "convlens/nn/kernel"

// Data-parallel training, one answer for any number of replicas.
//
// A batch is cut into Shards logical shards, always the same ones. Each replica
// is a whole copy of the network and takes neighbouring shards, more of them the
// faster it is: see paces. What must be summed over images is summed per shard and
// then over the shards in a fixed tree, or (a large Dense kernel) over the images
// in order by whoever owns those rows; so no sum depends on how many replicas
// there are, or on how the batch is split. After Gradients every replica has all
// gradients and takes the same optimiser step.
//
// Everything is sent as soon as it is known and collected as late as possible,
// to travel while there is something to compute.
//
// Measured with two workers in Chromium on two processors of a virtual machine:
// where no processor stands still in between, 7 to 9% of a step are sending and
// waiting, of which messages are most, and the two together are as fast as two
// runs that know nothing of each other. On a bad day one of them stands still for
// 10 to 30 ms in every fourth step, without the system knowing, and the other one
// waits. Two things were tried against that and not kept, as no run became faster:
//   - the rows of a large Dense kernel's gradient in chunks that whoever comes first
//     takes: waiting goes from 11 to 9% of a step, and as much is lost on messages
//   - these gradients after the convolutions' instead of before, so that replicas
//     meet once in a step, and two messages instead of five: sending takes 0.6
//     instead of 0.7 ms, waiting is the same

const (
	// Shards is the number of parts that a batch is cut into.
	Shards = 16
	// MaxReplicas is the largest number of replicas. Each has two shards then, so
	// that a slow one can have half of its share.
	MaxReplicas = 8
)

// Part is a replica's share of a batch of Batch images: the shards Lo to Hi-1.
type Part struct{ Batch, Lo, Hi int }

// whole is all of a batch.
func whole(batch int) Part { return Part{Batch: batch, Hi: Shards} }

// cut is where part i of n things begins when they are cut into of parts.
func cut(n, i, of int) int { return i * n / of }

// images is the range of the batch's images in the part.
func (p Part) images() (lo, hi int) {
	return cut(p.Batch, p.Lo, Shards), cut(p.Batch, p.Hi, Shards)
}

// local is the range of shard s, counted from the part's first image.
func (p Part) local(s int) (lo, hi int) {
	first, _ := p.images()
	return cut(p.Batch, s, Shards) - first, cut(p.Batch, s+1, Shards) - first
}

// Exchange connects a replica with the others of its run. For every Send there is
// one Collect; a tag, from 0 up, tells what belongs together. In a step any two
// replicas send each other equally many messages, so that what carries one can be
// used for the next.
type Exchange interface {
	Rank() int // this replica's number, 0 to Size-1
	Size() int // number of replicas
	// Send passes x on to the replica to. x may be changed as soon as Send
	// returns.
	Send(to, tag int, x []float32)
	// Collect waits for what the replica from has sent with this tag, the
	// earliest not yet collected, and puts it into x, which is as long. An error
	// means that a replica is gone.
	Collect(from, tag int, x []float32) error
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

func (Solo) Rank() int                         { return 0 }
func (Solo) Size() int                         { return 1 }
func (Solo) Send(int, int, []float32)          {}
func (Solo) Collect(int, int, []float32) error { return nil }

// sendAll passes x on to all others.
func sendAll(ex Exchange, tag int, x []float32) {
	for to := range ex.Size() {
		if to != ex.Rank() {
			ex.Send(to, tag, x)
		}
	}
}

// Gradients puts the gradients of the last BackwardLogits together: afterwards
// every Param.Grad holds the gradient over the whole batch, on every replica.
func (m *Sequential) Gradients(p *Pass) error {
	ex, own := p.Exchange, p.Part
	m.addShards(func(lo, hi int) bool { return own.Lo <= lo && hi <= own.Hi })
	sendAll(ex, tagShards, m.pack(own))
	for _, l := range m.Layers {
		if d, ok := l.(*Dense); ok && d.large() {
			if err := d.collectRows(p); err != nil {
				return err
			}
		}
	}
	for from := range ex.Size() {
		if from == ex.Rank() {
			continue
		}
		part := p.Split.part(own.Batch, from)
		if err := ex.Collect(from, tagShards, m.pack(part)); err != nil {
			return err
		}
		m.unpack(part)
	}
	m.addShards(func(lo, hi int) bool { return !p.Split.together(lo, hi) })
	for _, q := range m.params {
		if q.shards[0] != nil {
			copy(q.Grad, q.shards[0])
		}
	}
	return nil
}

// The shards' gradients are summed in a binary tree, always the same one: two
// neighbours make a branch, two neighbouring branches a larger one. So a replica
// can sum what it has by itself, and passes on one branch or a few instead of all
// its shards. The sum of a branch lies where its first shard was.

// addShards sums the branches from shard lo to hi-1 that are wanted.
func (m *Sequential) addShards(wanted func(lo, hi int) bool) {
	for width := 2; width <= Shards; width *= 2 {
		for lo := 0; lo < Shards; lo += width {
			if wanted(lo, lo+width) {
				kernel.Add(m.shard(lo), m.shard(lo+width/2))
			}
		}
	}
}

// shard is where the gradients of shard s are, or of the branch that it begins.
func (m *Sequential) shard(s int) []float32 {
	n := len(m.shardSums) / Shards
	return m.shardSums[s*n : (s+1)*n]
}

// pack returns a copy of the branches of a part, one after the other.
func (m *Sequential) pack(part Part) []float32 {
	m.packed = m.packed[:0]
	for s := part.Lo; s < part.Hi; s += branch(s, part.Hi) {
		m.packed = append(m.packed, m.shard(s)...)
	}
	return m.packed
}

// unpack is the inverse of pack.
func (m *Sequential) unpack(part Part) {
	packed := m.packed
	for s := part.Lo; s < part.Hi; s += branch(s, part.Hi) {
		packed = packed[copy(m.shard(s), packed):]
	}
}

// branch is the number of shards in the largest branch that begins with lo and
// ends before hi.
func branch(lo, hi int) int {
	width := 1
	for lo%(2*width) == 0 && lo+2*width <= hi {
		width *= 2
	}
	return width
}
