package inspect

import (
	"math"
	"math/rand/v2"

	"convlens/nn"
	"convlens/nn/kernel"
)

// AscentOptions say how an Ascent goes. The zero value of all but Layer and
// Units is plain gradient ascent from an image of zeros that goes nowhere:
// begin with Blog or Regularised.
type AscentOptions struct {
	Layer int   // whose output is maximised
	Units []int // its channels, or units of a vector: an image for each
	Seed  uint64

	Grey, Noise float32 // the first image: Grey plus or minus up to Noise
	Rate        float32 // length of a step, as the RMS of the pixels' changes
	Decay       float32 // share of each pixel lost in a step: an L2 penalty
	Jitter      int     // largest number of pixels that a step is taken shifted by
	BlurEvery   int     // steps between two blurs; 0 for none
	BlurSigma   float32 // of the Gaussian, in pixels
	// Clamp keeps the pixels in 0..1, where those of images are.
	Clamp bool
}

// Blog is the ascent of the Keras tutorial's Figure 1 and of F. Chollet, "How
// convolutional neural networks see the world" (blog.keras.io, 2016): grey
// noise, 20 normalised steps of 1/255, and nothing against noise.
func Blog(layer int, units ...int) AscentOptions {
	return AscentOptions{Layer: layer, Units: units, Grey: 0.5, Noise: 10. / 255, Rate: 1. / 255}
}

// Regularised is an ascent with what Simonyan et al. (2013), Yosinski et al.
// (2015) and Olah et al. (2017) put against noise that no image has: decay,
// blur, and steps taken at shifted places. 40 to 60 steps do.
func Regularised(layer int, units ...int) AscentOptions {
	return AscentOptions{Layer: layer, Units: units, Noise: 0.1, Rate: 0.05, Decay: 0.02,
		Jitter: 2, BlurEvery: 3, BlurSigma: 0.5, Clamp: true}
}

// An Ascent looks for images that excite filters or units most, by gradient
// ascent on the image: Erhan et al., "Visualizing Higher-Layer Features of a
// Deep Network" (2009); Simonyan et al., "Deep Inside Convolutional Networks"
// (arXiv:1312.6034); Yosinski et al., "Understanding Neural Networks Through
// Deep Visualization" (arXiv:1506.06579); Olah et al., "Feature Visualization"
// (distill.pub/2017/feature-visualization).
//
// What is maximised is a filter's mean over its map, or a unit's output; for a
// class take its logit (see Logits), as Simonyan does: a probability also grows
// where the others shrink. A step is
//
//	x += Rate * g / (RMS of g + 1e-5),    g = the gradient of the mean at x
//
// so that the sum in place of the mean would go the same way. Best take the ReLU
// behind a convolution: the mean of the sums themselves is next to linear in the
// image, and what it likes best is mostly an even ground with a border. Behind a
// ReLU a filter that is active nowhere has no gradient; until it wakes up it gets
// that in front of the ReLU, as in Olah et al.
//
// Every image goes its own way: the result for a unit is the same bits
// whichever others are in Units.
type Ascent struct {
	probe *nn.Probe
	o     AscentOptions
	relu  bool // what is maximised is behind one
	steps int
	unit  []ascending
	x, dy nn.Tensor // a batch
	blur  *blur
	buf   []float32 // one image
}

// ascending is an image on its way.
type ascending struct {
	image []float32 // memory order
	rng   *rand.PCG // of the shifts
	y     float32   // what is maximised, before the last step
}

// gradientFloor keeps a gradient of rounding errors from being blown up.
const gradientFloor = 1e-5

// NewAscent prepares an ascent with the probe's weights. Other uses of the probe
// may come between two Steps; after its Load the ascent is one with the new
// weights.
func NewAscent(p *nn.Probe, o AscentOptions) *Ascent {
	m := p.Model()
	in, out := m.InShape(), layerShape(m, o.Layer)
	if len(o.Units) == 0 || o.Jitter < 0 || o.BlurEvery < 0 || o.BlurEvery > 0 && !(o.BlurSigma > 0) {
		panic("inspect: NewAscent: no units, or a negative setting")
	}
	n := min(len(o.Units), m.Capacity())
	a := &Ascent{probe: p, o: o, x: nn.NewTensor(n, in), dy: nn.NewTensor(n, out), buf: make([]float32, in.Len())}
	if _, ok := m.Layers[o.Layer].(*nn.ReLU); ok && o.Layer > 0 {
		a.relu = true
	}
	if o.BlurEvery > 0 {
		a.blur = newBlur(in, o.BlurSigma)
	}
	for _, u := range o.Units {
		if u < 0 || u >= units(out) {
			panic("inspect: NewAscent: no such unit")
		}
		s := ascending{image: make([]float32, in.Len()), rng: rand.NewPCG(o.Seed, uint64(u))}
		for i := range s.image {
			s.image[i] = o.Grey + float32(o.Noise*(2*uniform(s.rng)-1))
		}
		a.unit = append(a.unit, s)
	}
	return a
}

// Steps is the number of steps taken.
func (a *Ascent) Steps() int { return a.steps }

// Step takes n more steps with all images.
func (a *Ascent) Step(n int) {
	for range n {
		for i := 0; i < len(a.unit); i += a.x.N {
			a.batch(i, min(a.x.N, len(a.unit)-i))
		}
		a.steps++
	}
}

// batch takes a step with the n images from number first on.
func (a *Ascent) batch(first, n int) {
	in := a.x.Shape
	x, dy := firstOf(a.x, n), firstOf(a.dy, n)
	shifts := make([][2]int, n)
	for i := range n {
		s := &a.unit[first+i]
		shifts[i] = [2]int{a.shift(s.rng), a.shift(s.rng)}
		roll(x.Sample(i), s.image, in, shifts[i][0], shifts[i][1])
	}
	y := a.probe.Forward(x, a.o.Layer, nil)
	for i := range n {
		u := a.o.Units[first+i]
		a.unit[first+i].y = mean(y.Sample(i), y.Shape, u)
		spread(dy.Sample(i), y.Shape, u)
		if a.relu && a.unit[first+i].y > 0 {
			kernel.ReLUBackward(y.Sample(i), dy.Sample(i))
		}
	}
	from := a.o.Layer
	if a.relu {
		from-- // it is done already
	}
	dx := a.probe.Backward(dy, from, nil)
	for i := range n {
		s := &a.unit[first+i]
		roll(a.buf, dx.Sample(i), in, -shifts[i][0], -shifts[i][1])
		a.climb(s.image, a.buf)
	}
}

// climb moves an image along its gradient, and regularises.
func (a *Ascent) climb(x, g []float32) {
	var squares float32
	for _, v := range g {
		squares += float32(v * v)
	}
	rate := a.o.Rate / (float32(math.Sqrt(float64(squares/float32(len(g))))) + gradientFloor)
	keep := 1 - a.o.Decay
	for i, v := range g {
		x[i] = float32(keep*x[i]) + float32(rate*v)
	}
	if a.blur != nil && (a.steps+1)%a.o.BlurEvery == 0 {
		a.blur.apply(x)
	}
	if a.o.Clamp {
		for i, v := range x {
			x[i] = min(max(v, 0), 1)
		}
	}
}

// shift draws a number of pixels.
func (a *Ascent) shift(r *rand.PCG) int {
	if a.o.Jitter == 0 {
		return 0
	}
	return int(r.Uint64()%uint64(2*a.o.Jitter+1)) - a.o.Jitter
}

// Image writes the image of unit number i of Units, (C,H,W), to dst.
func (a *Ascent) Image(i int, dst []float32) {
	nn.ExportImage(dst, a.unit[i].image, a.x.Shape)
}

// Objective is what the image of unit number i of Units excites, at the place
// where it was looked at: before the last step, shifted; 0 before the first.
func (a *Ascent) Objective(i int) float32 { return a.unit[i].y }

// roll moves the image src by dy rows and dx columns to dst; what leaves it
// comes in at the other side.
func roll(dst, src []float32, s nn.Shape, dy, dx int) {
	dy, dx = mod(dy, s.H), mod(dx, s.W)
	row := s.W * s.C
	for y := range s.H {
		to, from := dst[(y+dy)%s.H*row:][:row], src[y*row:][:row]
		n := (s.W - dx) * s.C
		copy(to[dx*s.C:], from[:n])
		copy(to, from[n:])
	}
}

func mod(a, n int) int { return (a%n + n) % n }

// uniform returns a float32 in [0, 1) with 24 random bits.
func uniform(r *rand.PCG) float32 { return float32(r.Uint64()>>40) * 0x1p-24 }
