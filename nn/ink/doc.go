// Package ink draws strokes with a round pen, anti-aliased, into grey pixels
// from 0 (paper) to 255 (ink).
//
//	sheet.go    strokes, as wide as one likes from dot to dot -> pixels
//	picture.go  a drawing of any size and place -> laid out as MNIST's digits are
//
// A pixel depends on the distance to the stroke only: not on how many points
// the stroke has, on how often it goes over itself, or on its direction, and it
// changes no faster than the stroke moves. So the same drawing, moved or scaled,
// gives the same picture.
//
// The bytes are the same on every architecture: products that are added to
// something are written float64(a*b), which forbids fusing the two into one
// rounding, and of package math only functions with exact results are used.
package ink
