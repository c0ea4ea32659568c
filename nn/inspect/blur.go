package inspect

import (
	"math"

	"convlens/nn"
	"convlens/nn/kernel"
)

// blur is a Gaussian blur of images of one shape, rows and columns one after
// the other. Beyond the border the border's pixels go on.
type blur struct {
	s       nn.Shape
	weights []float32 // of the pixel itself and its neighbours, on one side
	tmp     []float32
}

// newBlur returns a blur of width sigma > 0, cut off at three of them.
func newBlur(s nn.Shape, sigma float32) *blur {
	b := &blur{s: s, tmp: make([]float32, s.Len())}
	var sum float32
	for i := range int(math.Ceil(float64(3*sigma))) + 1 {
		w := kernel.Exp(-float32(i*i) / (2 * float32(sigma*sigma)))
		b.weights = append(b.weights, w)
		if sum += w; i > 0 {
			sum += w
		}
	}
	for i := range b.weights {
		b.weights[i] /= sum
	}
	return b
}

// apply blurs x (H,W,C) in place.
func (b *blur) apply(x []float32) {
	c := b.s.C
	for y := range b.s.H {
		for i := range c {
			row := y*b.s.W*c + i
			b.line(b.tmp[row:], x[row:], b.s.W, c)
		}
	}
	for i := range b.s.W * c {
		b.line(x[i:], b.tmp[i:], b.s.H, b.s.W*c)
	}
}

// line blurs n values that lie step apart.
func (b *blur) line(dst, src []float32, n, step int) {
	for i := range n {
		sum := float32(b.weights[0] * src[i*step])
		for k, w := range b.weights[1:] {
			before, after := max(0, i-k-1), min(n-1, i+k+1)
			sum += float32(w * (src[before*step] + src[after*step]))
		}
		dst[i*step] = sum
	}
}
