// Package bench lists the work that a training step consists of, at the sizes
// of the tutorial's network, so that it can be timed piece by piece: natively by
// this package's benchmarks, in a browser by wasm/bench, which web's benchmark
// drives. It holds no clock.
//
//	kernels.go  the loops of nn/kernel, one by one
//	layers.go   the layers of a batch forward and backward, and whole steps
//	looks.go    what looking inside costs a run
package bench

// An Item is a piece of work to time.
type Item struct {
	Group string // "kernel", "step", "layer" or "look"
	Name  string
	// FLOP are the operations done in a Run, a product and a sum counting as
	// two; 0 where counting them says nothing.
	FLOP int
	// Direct are the operations that plain loops would need for the same
	// result, if there are plain loops to compare with.
	Direct int
	// Bytes are read or written in a Run of what is limited by memory.
	Bytes int
	// Images that a Run works on, to give times for each.
	Images int

	Prepare func() // before a series of Runs, not timed; may be nil
	Run     func()
}

// Items makes the list. The network is first trained for so many steps: how much
// of a gradient is zero, and so how long it takes, depends on what it has learnt.
func Items(steps int) []Item { return append(kernels(), layers(steps)...) }

// Steps is a number for Items after which a network is on its way: it has seen
// the digits that there are here three times.
const Steps = 3 * digits / Batch

// noise fills n values between -0.5 and 0.5, the same for the same seed.
func noise(seed uint32, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		seed = seed*1664525 + 1013904223 // Numerical Recipes' generator
		x[i] = float32(seed>>8)*0x1p-24 - 0.5
	}
	return x
}
