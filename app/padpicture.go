package app

import (
	"math"

	"convlens/nn/ink"
)

// padSide is the pad's side in CSS pixels, padMost the most that its picture has
// in its own: more would not be painted between two frames of the screen.
const (
	padSide = 280
	padMost = 560
)

// padPixels is the side of the pad's picture, of which each pixel is shown as a
// whole number of the screen's.
func padPixels(ratio float64) int {
	side := int(padSide*max(ratio, 1) + 1e-6)
	return side / ((side + padMost - 1) / padMost)
}

// A padPicture paints the pad. While strokes only grow it paints what is new.
type padPicture struct {
	of      padLook
	ink     []byte // how much of each pixel is covered, of 255
	strokes int    // finished ones that are painted
	points  int    // of the stroke after them
	mark    box    // where the keys' pen is drawn
}

// padLook is what has the whole picture painted anew when it changes.
type padLook struct {
	raster  *raster
	side    int
	width   float64
	past    int
	palette *palette
}

// A box is the pixels x0 to x1-1, y0 to y1-1.
type box struct{ x0, y0, x1, y1 int }

// around is the box of a disc, within a picture of that side.
func around(a, b ink.Point, r float64, side int) box {
	low := func(v float64) int { return min(max(int(math.Floor(v-r-1)), 0), side) }
	high := func(v float64) int { return min(max(int(math.Ceil(v+r+1)), 0), side) }
	return box{low(min(a.X, b.X)), low(min(a.Y, b.Y)), high(max(a.X, b.X)), high(max(a.Y, b.Y))}
}

// paint brings r up to date: the strokes, and the pen as a ring, filled while it
// is down, if the pad is used by keys.
func (c *padPicture) paint(r *raster, p *pad, side int, colours *palette) {
	if look := (padLook{r, side, p.Width, p.Past, colours}); look != c.of || r.W != side {
		c.of, c.strokes, c.points, c.mark = look, 0, 0, box{}
		c.ink = make([]byte, side*side)
		r.resize(side, side)
		r.fill(colours.Zero)
	}
	c.recolour(r, c.mark)
	c.mark = box{}
	scale := float64(side) / ink.Field
	for ; c.strokes < len(p.Strokes); c.strokes, c.points = c.strokes+1, 0 {
		s := p.Strokes[c.strokes]
		for ; c.points < len(s); c.points++ {
			c.line(r, scaled(s[max(c.points-1, 0)], scale), scaled(s[c.points], scale), scale*p.Width/2)
		}
		if c.strokes == len(p.Strokes)-1 {
			break // it may grow
		}
	}
	if p.Keyed {
		c.ring(r, scaled(p.Pen, scale), scale, p.Down)
	}
}

func scaled(p ink.Point, scale float64) ink.Point { return ink.Point{X: scale * p.X, Y: scale * p.Y} }

// line draws from a to b with a round pen, anti-aliased.
func (c *padPicture) line(r *raster, a, b ink.Point, radius float64) {
	dx, dy := b.X-a.X, b.Y-a.Y
	square := dx*dx + dy*dy
	if square == 0 {
		square = 1
	}
	area := around(a, b, radius, c.of.side)
	for y := area.y0; y < area.y1; y++ {
		ey := float64(y) + 0.5 - a.Y
		for x := area.x0; x < area.x1; x++ {
			at := y*c.of.side + x
			if c.ink[at] == 255 {
				continue
			}
			ex := float64(x) + 0.5 - a.X
			t := min(max((ex*dx+ey*dy)/square, 0), 1)
			px, py := ex-t*dx, ey-t*dy
			covered := radius + 0.5 - math.Sqrt(px*px+py*py)
			if covered <= 0 {
				continue
			}
			if v := byte(min(covered, 1)*255 + 0.5); v > c.ink[at] {
				c.ink[at] = v
				r.set(x, y, c.of.palette.grey[v])
			}
		}
	}
}

// ring draws where the keys' pen is.
func (c *padPicture) ring(r *raster, at ink.Point, radius float64, filled bool) {
	c.mark = around(at, at, radius+1, c.of.side)
	for y := c.mark.y0; y < c.mark.y1; y++ {
		for x := c.mark.x0; x < c.mark.x1; x++ {
			away := math.Hypot(float64(x)+0.5-at.X, float64(y)+0.5-at.Y) - radius
			if away < 1 && (filled || away > -radius/4-1) {
				r.set(x, y, c.of.palette.Positive)
			}
		}
	}
}

// recolour shows the ink again where something else was drawn over it.
func (c *padPicture) recolour(r *raster, area box) {
	for y := area.y0; y < area.y1; y++ {
		for x := area.x0; x < area.x1; x++ {
			r.set(x, y, c.of.palette.grey[c.ink[y*c.of.side+x]])
		}
	}
}
