package inspect

import "convlens/nn"

// InputGradient is the gradient of a unit's output, or of its mean over its
// map, with respect to the image (C,H,W). For a class's logit (see Logits) it
// is the saliency of Simonyan et al., "Deep Inside Convolutional Networks"
// (arXiv:1312.6034), with its sign.
func InputGradient(p *nn.Probe, image []float32, layer, unit int) []float32 {
	m := p.Model()
	in, out := m.InShape(), layerShape(m, layer)
	if unit < 0 || unit >= units(out) {
		panic("inspect: InputGradient: no such unit")
	}
	x, dy := nn.NewTensor(1, in), nn.NewTensor(1, out)
	nn.ImportImage(x.Data, image, in)
	p.Forward(x, layer, nil)
	spread(dy.Data, out, unit)
	g := make([]float32, in.Len())
	nn.ExportImage(g, p.Backward(dy, layer, nil).Data, in)
	return g
}

// Saliency is Simonyan's map (H,W) of a gradient (C,H,W): the largest absolute
// value over the channels.
func Saliency(gradient []float32, s nn.Shape) []float32 {
	y := make([]float32, s.H*s.W)
	for i, g := range gradient {
		j := i % len(y)
		y[j] = max(y[j], abs(g))
	}
	return y
}

// TimesInput is gradient x input, pixel by pixel: what each pixel adds to the
// score, as long as no ReLU or maximum changes sides (Shrikumar et al., "Not
// Just a Black Box", arXiv:1605.01713). In a network without biases it adds up
// to the score.
func TimesInput(gradient, image []float32) []float32 {
	if len(gradient) != len(image) {
		panic("inspect: TimesInput: image and gradient differ in size")
	}
	y := make([]float32, len(image))
	for i, g := range gradient {
		y[i] = float32(g * image[i])
	}
	return y
}
