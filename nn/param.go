package nn

// Param is a trainable array of a layer.
type Param struct {
	Name  string    // "kernel" or "bias", as in Keras
	Layer string    // the layer's name
	Init  string    // how it was initialised
	Shape []int     // in the tutorial's order: (Out,In,H,W), (In,Out) or (Out)
	Value []float32 // in the kernels' order; see Export
	Grad  []float32 // of the batch's mean loss, after Sequential.Gradients

	// shards[s] is the gradient from shard s alone; nil for a large Dense kernel,
	// whose gradient is computed over the whole batch at once.
	shards [Shards][]float32
	layout layout
}

// Len is the number of values.
func (p *Param) Len() int { return len(p.Value) }

// Export writes src, an array in the order of p.Value (the value, the
// gradient, or an optimiser's moment), to dst in the order of p.Shape.
func (p *Param) Export(dst, src []float32) {
	checkLen("Export", len(dst), p.Len())
	checkLen("Export", len(src), p.Len())
	p.layout.each(func(shown, stored int) { dst[shown] = src[stored] })
}

// Import is the inverse of Export.
func (p *Param) Import(dst, src []float32) {
	checkLen("Import", len(dst), p.Len())
	checkLen("Import", len(src), p.Len())
	p.layout.each(func(shown, stored int) { dst[stored] = src[shown] })
}

func checkLen(what string, got, want int) {
	if got != want {
		panic("nn: " + what + ": " + itoa(got) + " values, expected " + itoa(want))
	}
}

// layout maps the shown order of up to four dimensions to the stored one: this
// is the only place where the two orders meet. dims are the sizes in the shown
// order and strides the steps of each through the stored array.
type layout struct{ dims, strides [4]int }

// each calls f for every element, in the shown order.
func (l layout) each(f func(shown, stored int)) {
	i := 0
	for a := 0; a < l.dims[0]; a++ {
		for b := 0; b < l.dims[1]; b++ {
			for c := 0; c < l.dims[2]; c++ {
				s := a*l.strides[0] + b*l.strides[1] + c*l.strides[2]
				for d := 0; d < l.dims[3]; d++ {
					f(i, s+d*l.strides[3])
					i++
				}
			}
		}
	}
}

// stored is where the element shown at i lies.
func (l layout) stored(i int) int {
	s := 0
	for k := 3; k >= 0; k-- {
		s += i % l.dims[k] * l.strides[k]
		i /= l.dims[k]
	}
	return s
}

// vectorLayout is that of a bias.
func vectorLayout(n int) layout {
	return layout{dims: [4]int{1, 1, 1, n}, strides: [4]int{0, 0, 0, 1}}
}

// convLayout shows a convolution's kernel, stored (H,W,In,Out), as (Out,In,H,W).
func convLayout(out, in, h, w int) layout {
	return layout{dims: [4]int{out, in, h, w}, strides: [4]int{1, out, w * in * out, in * out}}
}

// denseLayout shows a dense kernel over an image of shape s, stored
// (H,W,C,units), as (C*H*W, units).
func denseLayout(s Shape, units int) layout {
	return layout{dims: [4]int{s.C, s.H, s.W, units}, strides: [4]int{units, s.W * s.C * units, s.C * units, 1}}
}

// imageLayout shows an image or feature map, stored (H,W,C), as (C,H,W).
func imageLayout(s Shape) layout {
	return layout{dims: [4]int{1, s.C, s.H, s.W}, strides: [4]int{0, 1, s.W * s.C, s.C}}
}

// Stored is where the value shown at i lies in Value.
func (p *Param) Stored(i int) int { return p.layout.stored(i) }

// First returns the first n values, or all if there are fewer, in the shown
// order.
func (p *Param) First(n int) []float32 {
	first := make([]float32, min(n, p.Len()))
	for i := range first {
		first[i] = p.Value[p.layout.stored(i)]
	}
	return first
}
