// Package kernel holds the loops that a network's time goes into, written once
// over four float32 lanes: with package simd/archsimd where there is one
// (vec_simd.go), with plain Go of the same names elsewhere (vec_generic.go). It
// knows slices only.
//
//	gemm.go              matrix products, cut to fit the caches
//	rows32*              their innermost loop: 32 columns of a row
//	blas.go              gonum's BLAS made of them
//	winograd*.go         3x3 convolution by F(4x4,3x3), its adjoints, and with a
//	                     ReLU and a pool behind it
//	sparse.go entries*   the way back from there, value by value
//	im2col.go            any other convolution, as a matrix product
//	pool.go relu.go dropout.go softmax.go transpose.go
//	step.go              the optimisers' passes over the parameters
//	addr.go              addresses without bounds checks
//
// The two innermost loops have a second form in Go's assembler for WebAssembly
// (*_wasm.s): Go's compiler computes every address anew, cannot fold an offset
// into a vector load, and ends each turn of a loop with a jump through a table.
//
// # The contract
//
// Each function computes what the loop or formula in its comment does, with the
// same bits on every platform, with vector instructions and without. So lanes
// run across results, never across a sum; a sum is taken in the order given;
// every product is rounded to float32 before it is added to anything (Go may
// otherwise fuse the two on some machines: hence float32(x*y)); exponential and
// logarithm are this package's own. NaN stays NaN, with any payload.
//
// Slices may have any length and alignment; those that fill no vector are
// finished by scalar loops. Outputs must not overlap inputs unless the comment
// says so. A slice that is too short panics with "kernel: what" before anything
// is read out of bounds; shapes that do not fit each other are the caller's
// care, as package nn checks them when it builds a layer.
//
// # What was tried
//
// Times of one image of the tutorial's network in one worker, in Chromium on a
// machine whose ceiling (SIMD128 multiply, then add: wasm/bench) was 43 to 45
// GFLOP/s; shares are of the ceiling in the same minute. make bench measures
// what is kept.
//
//	a whole training step, in the order of the changes          before   after
//	  innermost loop in assembler, packed panels                 813 µs  671 µs
//	  dropout counts its lanes on instead of multiplying         671     645
//	  conv+bias+ReLU+pool in one pass; the first layer as a
//	  product with its patches instead of a kernel of its own    648     530
//	  the gradient behind the pool value by value                530     428
//
//	matrix products of 36x32x32: Go, 2x16 tile 0.57; assembler 0.91
//	dense layer, 64x128x4608: Go, 2x16 tile 0.75; assembler 0.88
//	its dx with a transpose of the whole kernel before it: 58 µs; with panels of
//	  32 rows transposed as they are used: 31 µs
//	dense layers' dW with x read across (18 kB apart): 0.73; with 128x128 of it
//	  copied together first: 0.81
//	Winograd's input transform by single vectors of channels 18.9 µs, by cache
//	  lines of them 15.9 µs; the same for its adjoint: no difference, not kept
//	constants of the transforms kept outside the loops, or all addresses
//	  computed before them: no difference, not kept
//	first layer by direct loops of its own: 0.40 forward, 0.55 backward; as a
//	  product with patches: 0.75 and 0.92, and the code is gone
//	gradient of the second convolution by Winograd's adjoints: 208 µs whatever it
//	  holds; value by value: 80 µs where a quarter of the pooled values counts, 184
//	  µs where two thirds do (on MNIST 38% at first, 20 to 26% after 60 steps)
//	F(2x2,3x3) was not built: it has 1.78 times the products of F(4x4,3x3), which
//	  at 67 µs is 52 µs more forward, and all transforms together take 39 µs
//	Adam's and Muon's moments left to become subnormal where gradients have ended:
//	  an update took 3.9 ms on average over an epoch of "Best single epoch", with
//	  Fade 1.0
package kernel
