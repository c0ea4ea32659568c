package glyph

import (
	"math/rand/v2"

	"convlens/nn/ink"
)

// nib is the mean width of a stroke in pixels.
const nib = 2.36

// A hand is what makes a digit differ from others written in the same way.
// Its spreads were set by comparing statistics with MNIST's, class by class:
// mean grey, stroke width, slant and ratio of width to height. TestLikeMNIST
// guards the result.
type hand struct {
	width   float64 // of the strokes, in pixels
	stretch float64 // horizontal scale
	lean    float64 // slant: what the top is moved to the right, per height
	tilt    float64 // what the right end is moved down, per width
	taper   float64 // how much the bottom is widened and the top narrowed
	waist   float64 // how far the middle is moved down
	wobble  float64 // standard deviation of each control point's place
	warp    *warp   // bends what is left
}

// newHand returns a hand with the habits of c.
func newHand(c *class, rng *rand.Rand) *hand {
	w, s := normal(rng), normal(rng)
	// Lopsided, as MNIST's: few are thin, some are very thick.
	width := float64(nib*c.nib) * (1 + float64(0.23*w) + float64(0.04*float64(w*w)))
	stretch := 1 + float64(0.16*s)
	return &hand{
		width:   float64(width * (1 + float64(0.08*s))), // narrow digits aren't to become blots
		stretch: c.stretch * stretch,
		lean:    c.lean + float64(0.25*normal(rng)),
		tilt:    -0.06 + float64(0.11*normal(rng)),
		taper:   0.18 * normal(rng),
		waist:   6 * normal(rng),
		wobble:  1 + float64(4*rng.Float64()),
		warp:    newWarp(rng, 13),
	}
}

// misplace copies the control points of a stroke to out, each of them somewhat
// off its place and the two ends drawn somewhat too far or not far enough.
func (h *hand) misplace(out, stroke []point, rng *rand.Rand) []point {
	for i, p := range stroke {
		if i > 0 && p == stroke[i-1] {
			out = append(out, out[i-1]) // a corner stays one
			continue
		}
		dx, dy := normal(rng), normal(rng)
		out = append(out, point{p.x + float64(h.wobble*dx), p.y + float64(h.wobble*dy)})
	}
	n := len(out) - 1
	out[0] = extend(out[1], out[0], rng)
	out[n] = extend(out[n-1], out[n], rng)
	return out
}

// extend returns b moved along the line from a, by up to a quarter of it to
// and fro.
func extend(a, b point, rng *rand.Rand) point {
	t := float64(rng.Float64()/2) - 0.25
	return point{b.x + float64(t*(b.x-a.x)), b.y + float64(t*(b.y-a.y))}
}

// place returns where the hand puts the point p of a way.
func (h *hand) place(p point) point {
	u, v := unit(p.x), unit(p.y)
	dx, dy := h.warp.at(u, v)
	x, y := p.x+dx-50, p.y+dy-50
	v = 2*v - 1 // -1 at the top, 1 at the bottom
	x += float64(float64(h.taper*v) * x)
	y += float64(h.waist * (1 - float64(v*v)))
	x = float64(x*h.stretch) - float64(h.lean*y)
	y += float64(h.tilt * x)
	return point{x, y}
}

// unit maps 0 to 100 to 0 to 1, and what is beyond to the nearer end.
func unit(t float64) float64 { return min(max(t/100, 0), 1) }

// trace appends the dots of a stroke along line to out. The pressure of the
// pen changes from the start over the middle to the end, and its edges are
// a little rough.
func (h *hand) trace(out []ink.Dot, line []point, rng *rand.Rand) []ink.Dot {
	start, mid, end := normal(rng), normal(rng), normal(rng)
	for i, p := range line {
		t := float64(2*i) / float64(len(line)-1)
		pressure := start + float64((mid-start)*t)
		if t > 1 {
			pressure = mid + float64((end-mid)*(t-1))
		}
		rough := normal(rng)
		q := h.place(p)
		r := float64(h.width/2) * (1 + float64(0.1*pressure) + float64(0.1*rough))
		out = append(out, ink.Dot{X: q.x, Y: q.y, R: r})
	}
	return out
}

// normal returns a random number with mean 0 and standard deviation 1, at most
// 3.47 away from it: the sum of four uniform ones (Irwin-Hall). NormFloat64
// would call math.Exp, which isn't the same on every architecture.
func normal(rng *rand.Rand) float64 {
	const sqrt3 = 1.7320508075688772
	return float64((rng.Float64() + rng.Float64() + rng.Float64() + rng.Float64() - 2) * sqrt3)
}
