package inspect

import (
	"slices"

	"convlens/nn"
)

// Silent are channels, or units of a vector, whose output is taken for zero.
// Where a ReLU follows, silence the ReLU: a convolution's output of zero is not
// its least. What Dropout does in training to single values at random, this
// does to whole maps on purpose.
type Silent struct {
	Layer int
	Units []int
}

// Silenced are the probabilities of an image (C,H,W) with some of the network
// silent.
func Silenced(p *nn.Probe, image []float32, silent ...Silent) []float32 {
	m := p.Model()
	checkSilent(m, silent)
	x := nn.NewTensor(1, m.InShape())
	nn.ImportImage(x.Data, image, m.InShape())
	return slices.Clone(p.Forward(x, len(m.Layers)-1, silencer(silent)).Data)
}

func checkSilent(m *nn.Sequential, silent []Silent) {
	for _, s := range silent {
		n := units(layerShape(m, s.Layer))
		for _, u := range s.Units {
			if u < 0 || u >= n {
				panic("inspect: Silent: no such unit")
			}
		}
	}
}

// silencer is what Probe.Forward calls on every layer's output.
func silencer(silent []Silent) func(layer int, y nn.Tensor) {
	return func(layer int, y nn.Tensor) {
		for _, s := range silent {
			if s.Layer != layer {
				continue
			}
			n := units(y.Shape)
			for i := 0; i < len(y.Data); i += n {
				for _, u := range s.Units {
					y.Data[i+u] = 0
				}
			}
		}
	}
}

// An Ablation measures, batch by batch, how well a network reads a set of
// samples as it is and with some of it silent.
type Ablation struct {
	// Of each class: samples seen, read correctly by the whole network, and by
	// what is left of it.
	Seen, Whole, Left []int

	probe *nn.Probe
	data  nn.Samples
	hush  func(layer int, y nn.Tensor)
	x     nn.Tensor
	grey  []float32 // one image, (C,H,W)
	seen  int
}

// NewAblation prepares the measurement. The probe's weights must stay until it
// is done; its capacity is the size of a batch.
func NewAblation(p *nn.Probe, data nn.Samples, silent ...Silent) *Ablation {
	m := p.Model()
	if data.Shape() != m.InShape() || data.Classes() > m.OutShape().Len() {
		panic("inspect: NewAblation: data of shape " + data.Shape().String() + ", expected " + m.InShape().String())
	}
	checkSilent(m, silent)
	n := data.Classes()
	return &Ablation{Seen: make([]int, n), Whole: make([]int, n), Left: make([]int, n),
		probe: p, data: data, hush: silencer(silent), x: nn.NewTensor(m.Capacity(), m.InShape()), grey: make([]float32, m.InShape().Len())}
}

// Step measures one more batch and reports whether any samples are left.
func (a *Ablation) Step() (more bool) {
	n := min(a.x.N, a.data.Len()-a.seen)
	if n == 0 {
		return false
	}
	a.count(a.Whole, n, nil)
	a.count(a.Left, n, a.hush)
	for i := range n {
		a.Seen[a.data.Label(a.seen+i)]++
	}
	a.seen += n
	return a.seen < a.data.Len()
}

// count adds the next n samples that are read correctly to their classes.
func (a *Ablation) count(correct []int, n int, each func(int, nn.Tensor)) {
	x := firstOf(a.x, n)
	for i := range n { // anew each time: a network may begin with a layer in place
		nn.Normalize(a.grey, a.data.Image(a.seen+i))
		nn.ImportImage(x.Sample(i), a.grey, x.Shape)
	}
	y := a.probe.Forward(x, len(a.probe.Model().Layers)-1, each)
	for i := range n {
		if label := a.data.Label(a.seen + i); nn.Argmax(y.Sample(i)) == label {
			correct[label]++
		}
	}
}

// Done is the number of samples measured, of the set's Len.
func (a *Ablation) Done() int { return a.seen }

// Accuracies are the shares of all samples so far that are read correctly, by
// the whole network and by what is left of it.
func (a *Ablation) Accuracies() (whole, left float64) {
	for i := range a.Seen {
		whole += float64(a.Whole[i])
		left += float64(a.Left[i])
	}
	n := float64(max(1, a.seen))
	return whole / n, left / n
}
