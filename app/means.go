package app

import (
	"slices"

	"convlens/nn/wire"
)

// meanStore are the mean images that the page has had so far. When they are many
// it forgets them all: they can be had again.
type meanStore struct {
	Shape  []int // of each: (C,H,W)
	of     map[imageKey][]float32
	values int
}

// maxMeans is how many values are kept: a few times what is shown at once.
const maxMeans = 4 * wire.MaxMeans

func (s *meanStore) add(m *wire.Means) {
	if len(m.Classes) == 0 || len(m.Data)%len(m.Classes) != 0 {
		return
	}
	if s.of == nil || s.values+len(m.Data) > maxMeans {
		s.of, s.values = map[imageKey][]float32{}, 0
	}
	size := len(m.Data) / len(m.Classes)
	for k, class := range m.Classes {
		s.of[imageKey{m.Split, class}] = m.Data[k*size : (k+1)*size]
	}
	s.Shape, s.values = m.Shape, s.values+len(m.Data)
}

// get returns a class' mean image, (C,H,W) of 0 to 255, or nil if it isn't there.
func (s *meanStore) get(split wire.Split, class int) []float32 {
	return s.of[imageKey{split, class}]
}

// bitmap is a class' mean image to be drawn, always from 0 to 255.
func (s *meanStore) bitmap(split wire.Split, class int) (b bitmap, ok bool) {
	mean := s.get(split, class)
	pixels := make([]byte, len(mean))
	for i, v := range mean {
		pixels[i] = fraction(v, 255)
	}
	return newBitmap(s.Shape, pixels)
}

// mostMeans is how many mean images can be asked for at once, and are shown
// together.
func (d *desk) mostMeans() int {
	size := 1
	for _, n := range d.State.Data.SampleShape {
		size *= n
	}
	return max(1, wire.MaxMeans/max(size, 1))
}

// meanGrid are the classes whose mean images are shown together: the first ones,
// of large images.
func (d *desk) meanGrid() []int {
	classes := make([]int, min(d.classCount(), d.mostMeans()))
	for i := range classes {
		classes[i] = i
	}
	return classes
}

// meansWanted are the classes whose mean images are shown.
func (d *desk) meansWanted() []int {
	classes := d.meanGrid()
	if c := d.Explore.Class; c >= len(classes) {
		classes = append(classes, c)
	}
	return classes
}

// meansGrid is a gallery's, no wider than it is full.
func meansGrid(n int, shape []int) grid {
	g := galleryGrid(n, shape[2], shape[1])
	g.Cols = min(g.Cols, n)
	return g
}

// paintMeans draws the mean images of classes, with a frame around that of the
// class at.
func paintMeans(r *raster, classes []int, split wire.Split, at int, have *meanStore, p *palette) {
	if len(have.Shape) != 3 || len(classes) == 0 {
		return
	}
	g := meansGrid(len(classes), have.Shape)
	r.resize(g.size())
	r.fill(p.Zero)
	for k, c := range classes {
		b, ok := have.bitmap(split, c)
		if !ok {
			continue
		}
		x, y := g.origin(k)
		r.bitmap(x, y, b, p)
		r.frame(x-1, y-1, x+g.CellW, y+g.CellH, p.grey[28])
	}
	if k := slices.Index(classes, at); k >= 0 { // over the frames of its neighbours
		x, y := g.origin(k)
		r.frame(x-2, y-2, x+g.CellW+1, y+g.CellH+1, p.Ink)
	}
}
