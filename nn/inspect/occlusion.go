package inspect

import "convlens/nn"

// An Occlusion covers an image place by place and looks what becomes of a
// class's probability: Zeiler and Fergus, "Visualizing and Understanding
// Convolutional Networks" (arXiv:1311.2901).
type Occlusion struct {
	// Rows and Cols count the places; the last row and column of them end at the
	// image's border, so that every pixel is covered.
	Rows, Cols int
	Whole      float32   // the class's probability of the image as it is
	Probs      []float32 // (Rows,Cols): with the patch there
	// Classes is what the network reads instead at each place.
	Classes []int

	probe   *nn.Probe
	o       OcclusionOptions
	image   []float32 // memory order
	x       nn.Tensor
	ys, xs  []int // first rows and columns of the patch
	done    int
	covered []float32
}

// OcclusionOptions say what covers the image.
type OcclusionOptions struct {
	Class  int
	Patch  int     // rows and columns of the patch
	Stride int     // pixels from place to place
	Fill   float32 // of the patch: 0 is MNIST's ground, 0.5 grey
}

// NewOcclusion prepares the map of an image (C,H,W). The probe's weights must
// stay until it is done.
func NewOcclusion(p *nn.Probe, image []float32, o OcclusionOptions) *Occlusion {
	m := p.Model()
	in := m.InShape()
	if o.Patch < 1 || o.Patch > min(in.H, in.W) || o.Stride < 1 || o.Class < 0 || o.Class >= m.OutShape().Len() {
		panic("inspect: NewOcclusion: a patch that does not fit, no stride, or no such class")
	}
	c := &Occlusion{probe: p, o: o, image: make([]float32, in.Len()), x: nn.NewTensor(m.Capacity(), in),
		ys: places(in.H, o.Patch, o.Stride), xs: places(in.W, o.Patch, o.Stride)}
	nn.ImportImage(c.image, image, in)
	c.Rows, c.Cols = len(c.ys), len(c.xs)
	c.Probs, c.Classes = make([]float32, c.Rows*c.Cols), make([]int, c.Rows*c.Cols)
	x := firstOf(c.x, 1)
	copy(x.Data, c.image)
	c.Whole = p.Forward(x, len(m.Layers)-1, nil).Data[o.Class]
	return c
}

// places lists where a patch begins on n pixels.
func places(n, patch, stride int) (at []int) {
	for i := 0; i < n-patch; i += stride {
		at = append(at, i)
	}
	return append(at, n-patch)
}

// Step looks at the places of one more batch and reports whether any are left.
func (c *Occlusion) Step() (more bool) {
	n := min(c.x.N, len(c.Probs)-c.done)
	if n == 0 {
		return false
	}
	x := firstOf(c.x, n)
	for i := range n {
		copy(x.Sample(i), c.image)
		c.cover(x.Sample(i), c.done+i)
	}
	y := c.probe.Forward(x, len(c.probe.Model().Layers)-1, nil)
	for i := range n {
		c.Probs[c.done+i], c.Classes[c.done+i] = y.Sample(i)[c.o.Class], nn.Argmax(y.Sample(i))
	}
	c.done += n
	return c.done < len(c.Probs)
}

// Done is the number of places looked at, of Rows*Cols.
func (c *Occlusion) Done() int { return c.done }

// cover lays the patch over x (H,W,C) at a place.
func (c *Occlusion) cover(x []float32, place int) {
	s := c.x.Shape
	for y := range c.o.Patch {
		row := x[s.Stored(0, c.ys[place/c.Cols]+y, c.xs[place%c.Cols]):][:c.o.Patch*s.C]
		for i := range row {
			row[i] = c.o.Fill
		}
	}
}

// Drop writes to dst (H,W) for every pixel of the image how much of the
// probability is gone when it is covered, on the average over the places looked
// at so far that cover it.
func (c *Occlusion) Drop(dst []float32) {
	s := c.x.Shape
	if len(dst) != s.H*s.W {
		panic("inspect: Occlusion.Drop: not the image's size")
	}
	if c.covered == nil {
		c.covered = make([]float32, len(dst))
	}
	clear(dst)
	clear(c.covered)
	for place, p := range c.Probs[:c.done] {
		for y := range c.o.Patch {
			for x := range c.o.Patch {
				i := (c.ys[place/c.Cols]+y)*s.W + c.xs[place%c.Cols] + x
				dst[i] += c.Whole - p
				c.covered[i]++
			}
		}
	}
	for i, n := range c.covered {
		dst[i] /= max(n, 1)
	}
}
