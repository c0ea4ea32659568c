package glyph

import "convlens/nn/ink"

const (
	side = ink.Field // of the field, in pixels
	box  = ink.Box   // side of the box that a digit is fitted into
)

// fit scales and moves dots so that ink of the given width just fits into the
// box, one way or the other.
func fit(dots []ink.Dot, width float64) {
	x0, x1 := dots[0].X, dots[0].X
	y0, y1 := dots[0].Y, dots[0].Y
	for _, d := range dots {
		x0, x1 = min(x0, d.X), max(x1, d.X)
		y0, y1 = min(y0, d.Y), max(y1, d.Y)
	}
	scale := (box - width) / max(x1-x0, y1-y0)
	cx, cy := (x0+x1)/2, (y0+y1)/2
	for i, d := range dots {
		dots[i].X = box/2 + float64(scale*(d.X-cx))
		dots[i].Y = box/2 + float64(scale*(d.Y-cy))
	}
}

// centre clears dst (side x side) and puts pix (box x box) into it so that the
// centre of mass comes as near to the middle of pixel (14,14) as it can by
// whole pixels: within half a pixel, as in MNIST. It reports whether the field
// has room for that: of a digit as good as all of whose ink is at one end, the
// other end would stick out.
func centre(dst []byte, pix *[box * box]byte) bool {
	var sum, mx, my int
	for i, v := range pix {
		sum += int(v)
		mx += int(v) * (i % box)
		my += int(v) * (i / box)
	}
	x0, y0 := offset(mx, sum), offset(my, sum)
	if min(x0, y0) < 0 || max(x0, y0) > side-box {
		return false
	}
	clear(dst)
	for y := range box {
		copy(dst[(y0+y)*side+x0:], pix[y*box:(y+1)*box])
	}
	return true
}

// offset returns where in the field the box starts if its centre of mass, at
// moment/sum, is to come to side/2.
func offset(moment, sum int) int {
	at := (2*moment + sum) / (2 * sum) // rounded
	return side/2 - at
}
