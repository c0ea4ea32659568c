// Package glyph draws handwritten-looking digits, as many as one likes, for a
// network to learn from where MNIST itself isn't at hand: 28x28 grey images,
// sized, centred and shaded as MNIST's are, in the same mnist.Dataset.
//
// A digit comes about in the order of the files:
//
//	strokes.go  the ways of writing each digit, as data
//	way.go      one way is chosen, by weight
//	hand.go     what differs from one writer to the next is chosen at random
//	spline.go   control points, each a little off its place -> smooth lines
//	warp.go     part of the hand: the paper as a sheet of rubber
//	centre.go   fitted into 20x20, the centre of mass in the middle of 28x28
//	digits.go   all of that, with the pen and the pixels of package ink
//
// # The same bytes everywhere
//
// A seed gives the same bytes on every architecture. The random numbers come
// from an explicit PCG. Products that are added to something are written
// float64(a*b), which forbids fusing the two into one rounding, and of package
// math only functions with exact results are used.
package glyph
