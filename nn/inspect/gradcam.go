package inspect

import "convlens/nn"

// A CAM says where a layer finds evidence for a class.
type CAM struct {
	H, W    int       // of the layer's maps
	Weights []float32 // of the layer's channels
	Map     []float32 // (H,W), none of it below zero
	Image   []float32 // Map over the image's rows and columns

	// Gradient is the class's InputGradient, which the way back ends with.
	Gradient []float32
}

// GradCAM is Selvaraju et al., "Grad-CAM: Visual Explanations from Deep
// Networks via Gradient-based Localization" (arXiv:1610.02391): with A[k] the
// layer's map k for the image (C,H,W) and s the class's logit,
//
//	Weights[k] = mean over i, j of ds/dA[k,i,j]
//	Map[i,j]   = max(0, sum over k of Weights[k] * A[k,i,j])
//
// The layer is any whose output is an image: usually the last convolution's
// ReLU. As in the paper Map is stretched over the whole image, though the
// middle of its outermost pixel may lie further inside.
func GradCAM(p *nn.Probe, image []float32, layer, class int) *CAM {
	m := p.Model()
	in, s, last := m.InShape(), layerShape(m, layer), Logits(m)
	if s.Flat || layer >= last {
		panic("inspect: GradCAM needs a layer of maps in front of the logits")
	}
	if class < 0 || class >= m.OutShape().Len() {
		panic("inspect: GradCAM: no such class")
	}
	c := &CAM{H: s.H, W: s.W, Weights: make([]float32, s.C), Map: make([]float32, s.H*s.W), Image: make([]float32, in.H*in.W),
		Gradient: make([]float32, in.Len())}
	x, dy := nn.NewTensor(1, in), nn.NewTensor(1, m.OutShape())
	nn.ImportImage(x.Data, image, in)
	a := make([]float32, s.Len())
	p.Forward(x, last, func(i int, y nn.Tensor) {
		if i == layer {
			copy(a, y.Data)
		}
	})
	dy.Data[class] = 1
	dx := p.Backward(dy, last, func(i int, dy nn.Tensor) {
		if i == layer {
			for k := range c.Weights {
				c.Weights[k] = mean(dy.Data, s, k)
			}
		}
	})
	nn.ExportImage(c.Gradient, dx.Data, in)
	for i := range c.Map {
		var sum float32
		for k, w := range c.Weights {
			sum += float32(w * a[i*s.C+k])
		}
		c.Map[i] = max(sum, 0)
	}
	Resize(c.Image, in.H, in.W, c.Map, c.H, c.W)
	return c
}
