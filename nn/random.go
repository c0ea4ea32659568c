package nn

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"strconv"

	"convlens/nn/kernel"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Every random number of a run comes from its seed, in one of three streams.
const (
	streamInit    = 1 // initial weights; then the layer's index
	streamOrder   = 2 // order of the samples; then the epoch
	streamDropout = 3 // dropout masks; then epoch, layer, sample and unit
)

// stream returns a generator of its own for each (seed, stream, n).
func stream(seed uint64, stream, n int) *rand.PCG {
	return rand.NewPCG(seed, uint64(stream)<<32|uint64(n))
}

// uniform returns a float32 in [0, 1) with 24 random bits.
func uniform(r *rand.PCG) float32 { return float32(r.Uint64()>>40) * 0x1p-24 }

// below returns an integer in [0, n). The bias of the multiplication is below
// n/2^64.
func below(r *rand.PCG, n int) int {
	hi, _ := bits.Mul64(r.Uint64(), uint64(n))
	return int(hi)
}

// Order fills perm with the numbers of the samples in the order in which a run
// with that seed trains on them in an epoch, 0-based: a random permutation of
// 0..len(perm)-1 (Fisher-Yates).
func Order(perm []int, seed uint64, epoch int) {
	r := stream(seed, streamOrder, epoch)
	for i := range perm {
		perm[i] = i
	}
	for i := len(perm) - 1; i > 0; i-- {
		j := below(r, i+1)
		perm[i], perm[j] = perm[j], perm[i]
	}
}

// mixKey narrows a key to one more number: epoch, layer and sample select the
// 32-bit key of an image's dropout mask.
func mixKey(key uint32, n int) uint32 { return kernel.Hash32(key, uint32(n)) }

// epochKey is the Pass.Key of an epoch (0-based).
func epochKey(seed uint64, epoch int) uint32 {
	r := stream(seed, streamDropout, epoch)
	return uint32(r.Uint64() >> 32)
}

// glorotUniform fills w with numbers between -l and l, l² = 6/(fanIn+fanOut):
// Glorot and Bengio, "Understanding the difficulty of training deep
// feedforward neural networks" (2010).
func glorotUniform(w []float32, r *rand.PCG, fanIn, fanOut int) {
	limit := float32(math.Sqrt(6 / float64(fanIn+fanOut)))
	for i := range w {
		w[i] = float32((2*uniform(r) - 1) * limit)
	}
}
