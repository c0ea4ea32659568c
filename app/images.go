package app

import "convlens/nn/wire"

// A bitmap is an image of the dataset, (C,H,W) with C of 1 (grey) or 3 (red,
// green, blue).
type bitmap struct {
	C, H, W int
	Pixels  []byte // 0-255
}

// newBitmap returns the bitmap of a shape and its bytes; ok says whether they
// make one.
func newBitmap(shape []int, pixels []byte) (b bitmap, ok bool) {
	if len(shape) != 3 || shape[0] != 1 && shape[0] != 3 {
		return bitmap{}, false
	}
	b = bitmap{shape[0], shape[1], shape[2], pixels}
	return b, b.area() > 0 && len(pixels) == b.C*b.area()
}

// area is the number of pixels.
func (b bitmap) area() int { return b.H * b.W }

// colour is that of pixel i. Grey is the theme's: ink on paper.
func (b bitmap) colour(i int, p *palette) rgb {
	if b.C == 1 {
		return p.grey[b.Pixels[i]]
	}
	n := b.area()
	return rgb{b.Pixels[i], b.Pixels[n+i], b.Pixels[2*n+i]}
}

// values are the bytes of pixel i, one for each channel.
func (b bitmap) values(i int) []byte {
	v := make([]byte, b.C)
	for c := range v {
		v[c] = b.Pixels[c*b.area()+i]
	}
	return v
}

// moved is the image moved by dx to the right and dy down; what comes in from
// outside is 0.
func (b bitmap) moved(dx, dy int) bitmap {
	if dx == 0 && dy == 0 {
		return b
	}
	m := bitmap{b.C, b.H, b.W, make([]byte, len(b.Pixels))}
	for i := range m.Pixels {
		x, y := i%b.W-dx, i/b.W%b.H-dy
		if x >= 0 && x < b.W && y >= 0 && y < b.H {
			m.Pixels[i] = b.Pixels[i-dx-dy*b.W]
		}
	}
	return m
}

// inputBitmap is an image as the network sees it, (C,H,W) of values 0 to 1.
func inputBitmap(in *wire.Tensor) (bitmap, bool) {
	pixels := make([]byte, len(in.Data))
	for i, v := range in.Data {
		pixels[i] = fraction(max(v, 0), 1)
	}
	return newBitmap(in.Shape, pixels)
}

// bitmap draws b with its top left corner at (x0, y0).
func (r *raster) bitmap(x0, y0 int, b bitmap, p *palette) {
	for i := range b.area() {
		r.set(x0+i%b.W, y0+i/b.W, b.colour(i, p))
	}
}

// imageStore are the images of the dataset that the page has had so far. When
// they are many it forgets them all: they can be had again.
type imageStore struct {
	H, W  int
	of    map[imageKey]bitmap
	bytes int
}

type imageKey struct {
	Split wire.Split
	Index int
}

// maxStored is how many bytes of images are kept: all of MNIST's test set.
const maxStored = 8 << 20

func (s *imageStore) add(m *wire.Images) {
	if len(m.Indices) == 0 || len(m.Pixels)%len(m.Indices) != 0 {
		return
	}
	if s.of == nil || s.bytes+len(m.Pixels) > maxStored {
		s.of, s.bytes = map[imageKey]bitmap{}, 0
	}
	size := len(m.Pixels) / len(m.Indices)
	for k, index := range m.Indices {
		b, ok := newBitmap(m.Shape, m.Pixels[k*size:][:size])
		if !ok {
			return
		}
		s.H, s.W = b.H, b.W
		s.of[imageKey{m.Split, index}] = b
		s.bytes += size
	}
}

// get returns an image if it is there.
func (s *imageStore) get(split wire.Split, index int) (b bitmap, ok bool) {
	b, ok = s.of[imageKey{split, index}]
	return b, ok
}

// fetchImages asks for those of the images that the page doesn't have.
func (d *desk) fetchImages(split wire.Split, indices []int) {
	var missing []int
	for _, i := range indices {
		if _, ok := d.State.Images.get(split, i); !ok {
			missing = append(missing, i)
		}
	}
	if len(missing) > 0 {
		d.send(&wire.GetImages{Split: split, Indices: missing})
	}
}
