package kernel

import "math"

// Dropout zeroes each x[i] whose number Hash32(key, i) is below threshold and
// multiplies the others by scale, in place. Applied to the gradient with the
// same key it is its own backward pass, so no mask is stored. A rate r has
// threshold r*2^32 and scale 1/(1-r).
func Dropout(x []float32, key, threshold uint32, scale float32) {
	limit, factor, zero := usplat(threshold), splat(scale), splat(0)
	m1, m2 := usplat(mix1), usplat(mix2)
	lanes := [4]uint32{key, key + golden, key + 2*golden&math.MaxUint32, key + 3*golden&math.MaxUint32}
	seed, step := uload(&lanes), usplat(4*golden&math.MaxUint32)
	i := 0
	for ; i+4 <= len(x); i += 4 {
		h := seed
		seed = seed.Add(step)
		h = h.Xor(h.ShiftAllRight(16)).Mul(m1)
		h = h.Xor(h.ShiftAllRight(15)).Mul(m2)
		h = h.Xor(h.ShiftAllRight(16))
		p := at(base(x), i)
		store(p, pick(h.Less(limit), zero, load(p).Mul(factor)))
	}
	for ; i < len(x); i++ {
		if Hash32(key, uint32(i)) < threshold {
			x[i] = 0
		} else {
			x[i] *= scale
		}
	}
}

// Multipliers of the lowbias32 finaliser (Chris Wellons, "Prospecting for
// Hash Functions", 2018) and 2^32 over the golden ratio.
const (
	mix1, mix2 = 0x7feb352d, 0x846ca68b
	golden     = 0x9e3779b9
)

// Hash32 is the i-th number of the counter-based random sequence that key
// selects.
func Hash32(key, i uint32) uint32 {
	h := key + i*golden
	h = (h ^ h>>16) * mix1
	h = (h ^ h>>15) * mix2
	return h ^ h>>16
}
