package nn

// fuse lets neighbouring layers work in one pass over memory, where that is
// possible: a ReLU behind a convolution is done as the convolution's sums are
// stored, and a 2x2 pool behind that while a tile is still in registers. The
// layer in front then does the work of the ones behind it, which only pass on
// what they are given. Views want every layer's own output: in a Pass that is
// Apart each layer works for itself.
func fuse(layers []Layer) {
	for i, l := range layers {
		conv, ok := l.(*Conv2D)
		if !ok || i+1 == len(layers) {
			continue
		}
		relu, ok := layers[i+1].(*ReLU)
		if !ok {
			continue
		}
		conv.relu, relu.fused = true, true
		if i+2 == len(layers) || conv.path != winogradPath {
			continue
		}
		if pool, ok := layers[i+2].(*MaxPool2D); ok && pool.Size == 2 {
			pool.fused, pool.dx = true, Tensor{}
			conv.pool = pool
			conv.won = NewTensor(conv.y.N, pool.out)
			conv.y = NewTensor(1, conv.out) // only for views
		}
	}
}
