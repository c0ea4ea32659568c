// Package kernel holds the loops that a network's time goes into, written once
// over four float32 lanes: with package simd/archsimd where there is one
// (vec_simd.go), with plain Go of the same names elsewhere (vec_generic.go). It
// knows slices only.
//
//	gemm.go blas.go      matrix products, and gonum's BLAS made of them
//	winograd*.go         3x3 convolution by F(4x4,3x3), and its adjoints
//	mono.go              3x3 convolution of one channel
//	im2col.go            any other convolution, as a matrix product
//	pool.go relu.go dropout.go softmax.go
//	step.go              the optimisers' passes over the parameters
//	addr.go              addresses without bounds checks
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
package kernel
