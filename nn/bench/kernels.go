package bench

import "convlens/nn/kernel"

// kernels are the loops, each on one image's worth of data or on the batch's
// matrices.
func kernels() []Item {
	items := gemms()
	items = append(items, conv2()...)
	items = append(items, conv1()...)
	items = append(items, small()...)
	return append(items, passes()...)
}

// gemms are the dense layer's three products and those of one frequency of
// the second convolution, at the sizes that one of two workers has.
func gemms() []Item {
	var items []Item
	for _, s := range []struct {
		name           string
		m, n, k        int
		ra, ca, rb, cb int
	}{
		{"gemm 36x32x32 (a frequency)", 36, 32, 32, 32, 1, 32, 1},
		{"gemm 32x32x36 (its dU)", 32, 32, 36, 1, 32, 32, 1},
		{"gemm 64x128x4608 (dense_1)", 64, 128, 4608, 4608, 1, 128, 1},
		{"gemm 64x4608x128 (its dx)", 64, 4608, 128, 128, 1, 1, 128},
		{"gemm 2304x128x128 (its dW)", 2304, 128, 128, 1, 4608, 128, 1},
	} {
		x, y, c := noise(1, (s.m-1)*s.ra+(s.k-1)*s.ca+1), noise(2, (s.k-1)*s.rb+(s.n-1)*s.cb+1), make([]float32, s.m*s.n)
		n := 2 * s.m * s.n * s.k
		items = append(items, Item{Group: "kernel", Name: s.name, FLOP: n, Direct: n,
			Run: func() { kernel.Gemm(s.m, s.n, s.k, x, s.ra, s.ca, y, s.rb, s.cb, c, s.n, false) }})
	}
	return items
}

// conv2 are the second convolution's steps for one image.
func conv2() []Item {
	s := kernel.Winograd{H: 26, W: 26, C: 32, O: 32}
	direct := 2 * 9 * 24 * 24 * s.C * s.O
	products := 2 * kernel.Freqs * s.Tiles() * s.C * s.O
	x, y, g, bias := noise(1, 26*26*32), noise(2, 24*24*32), noise(3, 9*32*32), noise(4, 32)
	u, ut, du := noise(5, s.LenU()), noise(6, s.LenU()), noise(7, s.LenU())
	v, m, dv, strip := noise(8, s.LenV()), noise(9, s.LenM()), noise(10, s.LenV()), make([]float32, s.LenStrip())
	pooled, won := noise(11, 12*12*32), make([]float32, 12*12*32)
	bytes := func(floats ...[]float32) (n int) {
		for _, f := range floats {
			n += 4 * len(f)
		}
		return n
	}
	sparse := kernel.Sparse{H: 26, W: 26, C: 32, O: 32}
	list := make([]kernel.Entry, sparse.LenList())
	for i := range pooled {
		won[i] = float32(i * 7 % 4)
		if i%4 != 0 { // as many as ReLU and dropout let through of MNIST
			pooled[i] = 0
		}
	}
	entries, dx := list[:sparse.List(pooled, won, list, bias)], make([]float32, 26*26*32)
	return []Item{
		{Group: "kernel", Name: "sparse gradient, list", Bytes: bytes(pooled, won), Run: func() { sparse.List(pooled, won, list, bias) }},
		{Group: "kernel", Name: "sparse gradient, one in four", FLOP: 4 * 288 * len(entries), Direct: 2 * direct,
			Run: func() { sparse.Backward(entries, x, g, dv, dx) }},
		{Group: "kernel", Name: "winograd input", Bytes: bytes(x, v), Run: func() { s.Input(x, v, strip) }},
		{Group: "kernel", Name: "winograd products", FLOP: products, Direct: direct, Run: func() { s.Products(v, u, m) }},
		{Group: "kernel", Name: "winograd output", Bytes: bytes(m, y), Run: func() { s.Output(m, bias, y, false) }},
		{Group: "kernel", Name: "winograd output, relu, pool", Bytes: bytes(m, pooled, won), Run: func() { s.OutputPool(m, bias, pooled, won) }},
		{Group: "kernel", Name: "winograd output adjoint", Bytes: bytes(m, y), Run: func() { s.OutputAdjoint(y, m) }},
		{Group: "kernel", Name: "winograd input products", FLOP: products, Direct: direct, Run: func() { s.InputProducts(m, ut, dv) }},
		{Group: "kernel", Name: "winograd input adjoint", Bytes: bytes(x, dv), Run: func() { s.InputAdjoint(dv, x, strip) }},
		{Group: "kernel", Name: "winograd weight products", FLOP: products, Direct: direct,
			Run: func() { clear(du); s.WeightProducts(v, m, du) }},
		{Group: "kernel", Name: "winograd weights (a batch)", Bytes: bytes(g, u, ut), Run: func() { s.Weights(g, u, ut) }},
		{Group: "kernel", Name: "winograd weights adjoint (a shard)", Bytes: bytes(g, du), Run: func() { s.WeightsAdjoint(du, g) }},
	}
}

// conv1 is the first convolution of one image: patches, and products with them.
func conv1() []Item {
	g := kernel.Window{H: 28, W: 28, C: 1, KH: 3, KW: 3, Stride: 1, OH: 26, OW: 26}
	x, w, bias, y, cols := noise(1, 28*28), noise(2, 9*32), noise(3, 32), noise(4, 26*26*32), make([]float32, 26*26*9)
	n := 2 * 9 * 26 * 26 * 32
	return []Item{
		{Group: "kernel", Name: "conv2d_1 patches", Bytes: 4 * (len(x) + len(cols)), Run: func() { g.Im2Col(x, cols) }},
		{Group: "kernel", Name: "conv2d_1 forward, relu", FLOP: n, Direct: n, Run: func() { kernel.Affine(26*26, 32, 9, cols, w, bias, y, true) }},
		{Group: "kernel", Name: "conv2d_1 weight gradient", FLOP: n, Direct: n,
			Run: func() { kernel.Gemm(9, 32, 26*26, cols, 1, 9, y, 32, 1, w, 32, false) }},
	}
}

// small is a product as Muon's iteration consists of, of matrices of a side for
// each filter.
func small() []Item {
	const n = 32
	a, b, c := noise(1, n*n), noise(2, n*n), make([]float32, n*n)
	flop := 2 * n * n * n
	return []Item{{Group: "kernel", Name: "product 32x32 by 32x32", FLOP: flop, Direct: flop,
		Run: func() { kernel.Gemm(n, n, n, a, n, 1, b, n, 1, c, n, false) }}}
}

// passes go over one image's activations, or over all 600,810 parameters.
func passes() []Item {
	const image, params = 26 * 26 * 32, 600_810
	pool := kernel.Window{H: 24, W: 24, C: 32, KH: 2, KW: 2, Stride: 2, OH: 12, OW: 12}
	x, y, dx := noise(1, 24*24*32), noise(2, 12*12*32), make([]float32, 24*24*32)
	items := []Item{
		{Group: "kernel", Name: "max pool", Bytes: 4 * (len(x) + len(y)), Run: func() { pool.MaxPool(x, y) }},
		{Group: "kernel", Name: "max pool backward", Bytes: 4 * (2*len(x) + len(y)), Run: func() { pool.MaxPoolBackward(x, y, dx) }},
	}
	for _, p := range []struct {
		name    string
		n, args int
		floats  int // read and written for each value
		run     func(s [][]float32)
	}{
		{"relu 26x26x32", image, 1, 2, func(s [][]float32) { kernel.ReLU(s[0]) }},
		{"relu backward 26x26x32", image, 2, 3, func(s [][]float32) { kernel.ReLUBackward(s[0], s[1]) }},
		{"relu backward, bias gradient", image, 3, 3, func(s [][]float32) { kernel.ReLUBackwardRows(s[0], s[1], s[2][:32]) }},
		{"dropout 12x12x32", 4608, 1, 2, func(s [][]float32) { kernel.Dropout(s[0], 1, 1<<30, 1) }},
		{"add 600,810", params, 2, 3, func(s [][]float32) { kernel.Add(s[0], s[1]) }},
		{"adadelta 600,810", params, 4, 7, func(s [][]float32) { kernel.Adadelta(s[0], s[1], s[2], s[3], 1e-9, 0.95, 1e-7) }},
		{"momentum 600,810", params, 3, 5, func(s [][]float32) { kernel.Momentum(s[0], s[1], s[2], 1e-9, 0.9) }},
		{"adam 600,810", params, 4, 7, func(s [][]float32) { kernel.Adam(s[0], s[1], s[2], s[3], 1e-9, 0.9, 0.999, 1e-7) }},
	} {
		var args [][]float32
		for i := range uint32(p.args) {
			a := noise(i, p.n)
			for j := range a {
				a[j] += 1 // what is averaged squares must be positive
			}
			args = append(args, a)
		}
		items = append(items, Item{Group: "kernel", Name: p.name, Bytes: 4 * p.floats * p.n, Run: func() { p.run(args) }})
	}
	return items
}
