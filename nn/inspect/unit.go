package inspect

import "convlens/nn"

// Logits is the layer that feeds the network's final Softmax: its units are the
// classes' scores.
func Logits(m *nn.Sequential) int {
	last := len(m.Layers) - 1
	if _, ok := m.Layers[last].(*nn.Softmax); !ok || last == 0 {
		panic("inspect: Logits needs a network that ends in a Softmax")
	}
	return last - 1
}

// layerShape is the shape of a layer's output.
func layerShape(m *nn.Sequential, layer int) nn.Shape {
	if layer < 0 || layer >= len(m.Layers) {
		panic("inspect: no such layer")
	}
	return m.Layers[layer].OutShape()
}

// A unit is a channel with its whole map or, of a vector, one value. Of the
// vector that Flatten gives it is a value in memory order, as its channel is in
// an image of one pixel.

// units counts the units of a sample.
func units(s nn.Shape) int { return asMap(s).C }

// asMap is s with a vector seen as an image of one pixel.
func asMap(s nn.Shape) nn.Shape {
	if s.Flat {
		return nn.Shape{C: s.Len(), H: 1, W: 1}
	}
	return s
}

// mean is the mean of unit u over its map in the sample y.
func mean(y []float32, s nn.Shape, u int) float32 {
	s = asMap(s)
	var sum float32
	for i := u; i < len(y); i += s.C {
		sum += y[i]
	}
	return sum / float32(s.H*s.W)
}

// spread makes dy the gradient of mean.
func spread(dy []float32, s nn.Shape, u int) {
	s = asMap(s)
	clear(dy)
	for i := u; i < len(dy); i += s.C {
		dy[i] = 1 / float32(s.H*s.W)
	}
}

// firstOf is a view of the first n samples.
func firstOf(t nn.Tensor, n int) nn.Tensor {
	t.N, t.Data = n, t.Data[:n*t.Len()]
	return t
}
