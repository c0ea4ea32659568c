package nn

import "convlens/nn/kernel"

// fuse lets neighbouring layers work in one pass over memory, where that is
// possible: a ReLU behind a convolution is done as the convolution's sums are
// stored, and a 2x2 pool behind that while a tile is still in registers. The
// layer in front then does the work of the ones behind it, which only pass on
// what they are given. On the way back most of the gradient in front of a pool
// is zero, and the convolution takes what isn't value by value. Views want every layer's own output: in a Pass that is
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
		if i+2 < len(layers) {
			if pool, ok := layers[i+2].(*MaxPool2D); ok && pool.Size == 2 {
				conv.fusePool(pool)
			}
		}
	}
}

// fusePool takes over the work of the pool behind the ReLU behind the
// convolution, if the shape allows it.
func (l *Conv2D) fusePool(pool *MaxPool2D) {
	l.sparse = kernel.Sparse{H: l.in.H, W: l.in.W, C: l.in.C, O: l.Filters}
	if l.path != winogradPath || l.index == 0 || !l.sparse.Fits() {
		return
	}
	pool.fused, pool.dx = true, Tensor{}
	l.pool = pool
	l.won = NewTensor(l.y.N, pool.out)
	l.list = make([]kernel.Entry, l.sparse.LenList())
	l.wt, l.dwt = make([]float32, l.w.Len()), make([]float32, l.w.Len())
	// What only the other ways need, and all of y but what views want.
	l.ut, l.du, l.dv = nil, nil, nil
	l.y = NewTensor(1, l.out)
}
