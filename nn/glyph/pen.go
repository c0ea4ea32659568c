package glyph

import (
	"math"

	"golang.org/x/image/vector"
)

// A dot is a point of a stroke and half the pen's width there.
type dot struct {
	x, y, r float64
}

// The pen's tip is a regular polygon with 16 corners. The numbers are written
// out because math.Cos may differ in the last bit between architectures.
const (
	cos1 = 0.9238795325112867 // cos(1/16 turn)
	cos2 = 0.7071067811865476 // cos(2/16 turn)
	cos3 = 0.3826834323650898 // cos(3/16 turn)
)

var tip = [16][2]float64{
	{1, 0}, {cos1, cos3}, {cos2, cos2}, {cos3, cos1},
	{0, 1}, {-cos3, cos1}, {-cos2, cos2}, {-cos1, cos3},
	{-1, 0}, {-cos1, -cos3}, {-cos2, -cos2}, {-cos3, -cos1},
	{0, -1}, {cos3, -cos1}, {cos2, -cos2}, {cos1, -cos3},
}

// ink adds the outline of a stroke along dots to z, with round caps and joins.
//
// The outline is that of one convex piece per segment, from dot to dot, all of
// them turning the same way: the rasterizer's non-zero winding makes their
// union out of them, however the stroke bends or crosses itself. Only where
// their edges run through the same fine pixel do their shares of it add up,
// which makes a stroke that goes over itself wider by less than that pixel.
func ink(z *vector.Rasterizer, dots []dot) {
	for i := 1; i < len(dots); i++ {
		segment(z, dots[i-1], dots[i])
	}
}

// segment adds the convex hull of the tips at a and b. Walking round the tip,
// the corners that face from a to b are taken at b, the others at a. Where the
// walk changes from one to the other, the corner farthest out to that side is
// taken at both.
func segment(z *vector.Rasterizer, a, b dot) {
	dx, dy := b.x-a.x, b.y-a.y
	at, out := a, 0.0 // of the last corner
	for i := range len(tip) + 1 {
		u := tip[i%len(tip)]
		next := a
		if float64(u[0]*dx)+float64(u[1]*dy) > 0 {
			next = b
		}
		side := math.Abs(float64(u[0]*dy) - float64(u[1]*dx))
		switch {
		case i == 0:
			z.MoveTo(corner(next, u))
		case next == at:
			z.LineTo(corner(next, u))
		case side > out:
			z.LineTo(corner(at, u))
			z.LineTo(corner(next, u))
		default:
			z.LineTo(corner(next, tip[i-1]))
			z.LineTo(corner(next, u))
		}
		at, out = next, side
	}
}

// corner returns the corner u of the tip at d.
func corner(d dot, u [2]float64) (x, y float32) {
	return snap(d.x + float64(u[0]*d.r)), snap(d.y + float64(u[1]*d.r))
}

// snap rounds to 1/256 pixel, which float32 and the rasterizer's fixed point
// numbers hold exactly. Without it the rasterizer sees almost horizontal edges
// of less than its own resolution and draws streaks.
func snap(v float64) float32 {
	return float32(math.Floor(float64(v*256)+0.5) / 256)
}
