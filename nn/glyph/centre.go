package glyph

// How MNIST lays a digit out: its ink fits into a box, the box lies in a
// field. The digit is drawn in fine pixels, scanned down to those of the box.
const (
	side = 28         // of the field, in pixels
	box  = 20         // side of the box
	fine = 4          // fine pixels per pixel
	mesh = box * fine // side of the box in fine pixels
)

// fit scales and moves dots so that ink of the given width just fits into the
// box, one way or the other, and turns pixels into fine pixels.
func fit(dots []dot, width float64) {
	x0, x1 := dots[0].x, dots[0].x
	y0, y1 := dots[0].y, dots[0].y
	for _, d := range dots {
		x0, x1 = min(x0, d.x), max(x1, d.x)
		y0, y1 = min(y0, d.y), max(y1, d.y)
	}
	scale := fine * (box - width) / max(x1-x0, y1-y0)
	cx, cy := (x0+x1)/2, (y0+y1)/2
	for i, d := range dots {
		dots[i] = dot{
			x: mesh/2 + float64(scale*(d.x-cx)),
			y: mesh/2 + float64(scale*(d.y-cy)),
			r: fine * d.r,
		}
	}
}

// scan sets each pixel of a digit (box x box) to the mean of its fine pixels
// in mask (mesh x mesh).
func scan(pix *[box * box]byte, mask []byte) {
	for y := range box {
		for x := range box {
			sum := 0
			for j := range fine {
				at := (y*fine+j)*mesh + x*fine
				for _, v := range mask[at : at+fine] {
					sum += int(v)
				}
			}
			pix[y*box+x] = byte((sum + fine*fine/2) / (fine * fine))
		}
	}
}

// centre clears dst (side x side) and puts pix (box x box) into it so that the
// centre of mass comes as near to the middle of pixel (14,14) as it can by
// whole pixels: within half a pixel, as in MNIST.
func centre(dst []byte, pix *[box * box]byte) {
	var sum, mx, my int
	for i, v := range pix {
		sum += int(v)
		mx += int(v) * (i % box)
		my += int(v) * (i / box)
	}
	x0, y0 := offset(mx, sum), offset(my, sum)
	clear(dst)
	for y := range box {
		copy(dst[(y0+y)*side+x0:], pix[y*box:(y+1)*box])
	}
}

// offset returns where in the field the box starts if its centre of mass, at
// moment/sum, is to come to side/2, without leaving the field.
func offset(moment, sum int) int {
	at := (2*moment + sum) / (2 * sum) // rounded
	return min(max(side/2-at, 0), side-box)
}
