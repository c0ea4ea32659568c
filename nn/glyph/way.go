package glyph

import (
	"math/rand/v2"
	"strconv"
	"strings"
)

// A point lies in the square of 100x100 that digits are written in, x to the
// right and y downwards.
type point struct {
	x, y float64
}

// A way is one way of writing a digit.
type way struct {
	name    string
	weight  int       // how often it is chosen, relative to the class's others
	strokes [][]point // control points: see spline
}

// A class is a digit.
type class struct {
	stretch float64 // mean horizontal scale
	lean    float64 // mean slant, see hand
	nib     float64 // width of its strokes, relative to the mean of all digits
	ways    []way
}

// pick returns one of the ways, chosen by weight.
func (c *class) pick(rng *rand.Rand) *way {
	total := 0
	for i := range c.ways {
		total += c.ways[i].weight
	}
	i := 0
	for n := rng.IntN(total); n >= c.ways[i].weight; i++ {
		n -= c.ways[i].weight
	}
	return &c.ways[i]
}

// paths reads strokes: points "x,y" separated by spaces. "x,y!" stands for the
// same point twice, which makes a corner.
func paths(strokes ...string) [][]point {
	out := make([][]point, len(strokes))
	for i, s := range strokes {
		for _, f := range strings.Fields(s) {
			pair, corner := strings.CutSuffix(f, "!")
			left, right, _ := strings.Cut(pair, ",")
			x, errX := strconv.Atoi(left)
			y, errY := strconv.Atoi(right)
			if errX != nil || errY != nil {
				panic("glyph: bad point " + f)
			}
			p := point{float64(x), float64(y)}
			out[i] = append(out[i], p)
			if corner {
				out[i] = append(out[i], p)
			}
		}
	}
	return out
}
