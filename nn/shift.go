package nn

import "convlens/nn/kernel"

// appendShifted appends an image, (C,H,W), moved by dx to the right and dy down;
// what comes in from outside is paper, 0.
func appendShifted(dst, image []byte, s Shape, dx, dy int) []byte {
	if dx == 0 && dy == 0 {
		return append(dst, image...)
	}
	start := len(dst)
	dst = append(dst, make([]byte, len(image))...)
	moved := dst[start:]
	if max(dx, -dx) >= s.W {
		return dst
	}
	for row := range s.C * s.H {
		y := row%s.H - dy // where it comes from
		if y < 0 || y >= s.H {
			continue
		}
		from := image[(row-dy)*s.W:][:s.W]
		copy(moved[row*s.W+max(dx, 0):(row+1)*s.W], from[max(-dx, 0):])
	}
	return dst
}

// ShiftOf is how far a run with that seed, which moves images by up to most
// pixels each way, moves a sample in an epoch, 0-based: to the right, and down.
func ShiftOf(seed uint64, epoch, sample, most int) (dx, dy int) {
	return shiftOf(epochKey(seed, epoch), sample, most)
}

// shiftOf is how far an image is moved in an epoch, up to most pixels each way.
// Like a dropout mask it depends on the epoch and the sample alone.
func shiftOf(key uint32, sample, most int) (dx, dy int) {
	if most == 0 {
		return 0, 0
	}
	h := mixKey(kernel.Hash32(key, shiftStream), sample)
	n := uint32(2*most + 1)
	return int(h%n) - most, int(h/n%n) - most
}

// shiftStream tells the numbers drawn for shifts from those of the layers' masks,
// whose indices are small.
const shiftStream = 1 << 31
