package nn

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"convlens/nn/kernel"
)

// Conv2D is a two-dimensional convolution (the cross-correlation that
// frameworks call so) with bias:
//
//	y[o,i,j] = b[o] + sum over c,u,v of w[o,c,u,v] * x[c, i*stride+u-top, j*stride+v-left]
//
// with zeros around the image. 3x3 kernels with stride 1 and without padding
// have a fast path if the numbers of channels fit kernel.Winograd; everything
// else is one matrix product per image.
type Conv2D struct {
	Filters int
	Kernel  int  // height and width of the kernel; default 3
	Stride  int  // default 1
	Same    bool // pad so that the output has ceil(input/stride) rows and columns

	meta
	win  kernel.Window
	w, b *Param
	y    Tensor
	dx   Tensor // none for the first layer
	x    Tensor // the last Forward's input

	relu bool       // the ReLU behind this layer is done here; see fuse
	pool *MaxPool2D // the pool behind that, if it is done here too
	won  Tensor     // which value each pooled one is

	sparse  kernel.Sparse // its way back
	list    []kernel.Entry
	wt, dwt []float32 // (O,3,3,C)

	path        convPath
	cols, dcols []float32 // plain path: one image's patches

	wino            kernel.Winograd // fast path
	u, ut, du       []float32       // (36,C,O), (36,O,C), (36,C,O)
	v, m, dv, strip []float32       // one image's transforms
}

func (l *Conv2D) Type() string     { return "Conv2D" }
func (l *Conv2D) Params() []*Param { return []*Param{l.w, l.b} }

func (l *Conv2D) clone() Layer {
	return &Conv2D{Filters: l.Filters, Kernel: l.Kernel, Stride: l.Stride, Same: l.Same}
}

func (l *Conv2D) build(b *builder) error {
	b.begin(&l.meta, "conv2d")
	if l.Kernel == 0 {
		l.Kernel = 3
	}
	if l.Stride == 0 {
		l.Stride = 1
	}
	switch {
	case l.Filters < 1 || l.Kernel < 1 || l.Stride < 1:
		return errors.New("filters, kernel size and stride must be at least 1")
	case l.in.Flat:
		return errors.New("needs images, but its input is a vector")
	}
	g := kernel.Window{H: l.in.H, W: l.in.W, C: l.in.C, KH: l.Kernel, KW: l.Kernel, Stride: l.Stride}
	if l.Same {
		g.OH, g.Top = same(g.H, l.Kernel, l.Stride)
		g.OW, g.Left = same(g.W, l.Kernel, l.Stride)
	} else {
		if g.H < g.KH || g.W < g.KW {
			return fmt.Errorf("a %dx%d kernel does not fit into %dx%d pixels", g.KH, g.KW, g.H, g.W)
		}
		g.OH, g.OW = (g.H-g.KH)/g.Stride+1, (g.W-g.KW)/g.Stride+1
	}
	l.win = g
	l.out = Shape{C: l.Filters, H: g.OH, W: g.OW}
	l.y = NewTensor(b.capacity, l.out)
	if l.index > 0 || b.open {
		l.dx = NewTensor(b.capacity, l.in)
	}

	k, c, o := l.Kernel, l.in.C, l.Filters
	l.w = b.param(&Param{Name: "kernel", Layer: l.name, Init: "glorot_uniform",
		Shape: []int{o, c, k, k}, layout: convLayout(o, c, k, k)}, k*k*c, k*k*o, true)
	l.b = b.param(&Param{Name: "bias", Layer: l.name, Init: "zeros",
		Shape: []int{o}, layout: vectorLayout(o)}, 0, 0, true)

	l.wino = kernel.Winograd{H: g.H, W: g.W, C: c, O: o}
	if k == 3 && l.Stride == 1 && !l.Same && l.wino.Fits() {
		l.path = winogradPath
		l.u, l.ut, l.du = make([]float32, l.wino.LenU()), make([]float32, l.wino.LenU()), make([]float32, l.wino.LenU())
		l.v, l.m, l.dv = make([]float32, l.wino.LenV()), make([]float32, l.wino.LenM()), make([]float32, l.wino.LenV())
		l.strip = make([]float32, l.wino.LenStrip())
	} else {
		l.cols = make([]float32, g.OH*g.OW*g.Len())
		if l.index > 0 || b.open {
			l.dcols = make([]float32, len(l.cols))
		}
	}
	return nil
}

// convPath is the way a convolution is computed.
type convPath int

const (
	plainPath convPath = iota
	winogradPath
)

// same is the number of windows that "same" padding gives over n pixels, and
// the zeros before the first (the extra one, if any, comes after the last).
func same(n, k, stride int) (windows, before int) {
	windows = (n + stride - 1) / stride
	return windows, max(0, (windows-1)*stride+k-n) / 2
}

func (l *Conv2D) Config() []Setting {
	padding := "valid"
	if l.Same {
		padding = "same"
	}
	k, s := tuple([]int{l.Kernel, l.Kernel}), tuple([]int{l.Stride, l.Stride})
	return append(l.baseConfig(), Setting{"filters", itoa(l.Filters)}, Setting{"kernel_size", k},
		Setting{"strides", s}, Setting{"padding", padding}, Setting{"data_format", "channels_first"},
		Setting{"activation", "linear"}, Setting{"use_bias", "True"},
		Setting{"kernel_initializer", l.w.Init}, Setting{"bias_initializer", l.b.Init})
}

func (l *Conv2D) Forward(x Tensor, p *Pass) Tensor {
	l.x = x
	if l.path == winogradPath {
		l.wino.Weights(l.w.Value, l.u, l.ut)
	}
	if l.pool != nil && !p.Apart {
		return l.forwardPool(x, p)
	}
	y := l.y.first(x.N)
	for i := 0; i < x.N; i++ {
		l.forward(x.Sample(i), y.Sample(i), l.relu && !p.Apart)
		p.restAfter(i)
	}
	return y
}

// forward computes one image's y.
func (l *Conv2D) forward(x, y []float32, relu bool) {
	if l.path == winogradPath {
		l.wino.Input(x, l.v, l.strip)
		l.wino.Products(l.v, l.u, l.m)
		l.wino.Output(l.m, l.b.Value, y, relu)
		return
	}
	l.win.Im2Col(x, l.cols)
	kernel.Affine(l.win.OH*l.win.OW, l.Filters, l.win.Len(), l.cols, l.w.Value, l.b.Value, y, relu)
}

// forwardPool computes the pool's output, which the pool will return, and no y.
func (l *Conv2D) forwardPool(x Tensor, p *Pass) Tensor {
	y, won := l.pool.y.first(x.N), l.won.first(x.N)
	for i := 0; i < x.N; i++ {
		l.wino.Input(x.Sample(i), l.v, l.strip)
		l.wino.Products(l.v, l.u, l.m)
		l.wino.OutputPool(l.m, l.b.Value, y.Sample(i), won.Sample(i))
		p.restAfter(i)
	}
	return Tensor{N: x.N, Shape: l.out}
}

// Window is the layer's geometry.
func (l *Conv2D) Window() kernel.Window { return l.win }

func (l *Conv2D) Backward(dy Tensor, p *Pass) Tensor {
	if p.Frozen {
		return l.inputGradient(dy)
	}
	var dx Tensor
	if l.index > 0 {
		dx = l.dx.first(dy.N)
	}
	if n := 9 * l.in.C; l.pool != nil {
		kernel.Transpose(n, l.Filters, l.w.Value, l.Filters, l.wt, n)
	}
	for s := p.Part.Lo; s < p.Part.Hi; s++ {
		dw, db := l.w.shards[s], l.b.shards[s]
		clear(dw)
		clear(db)
		lo, hi := p.Part.local(s)
		switch {
		case l.pool != nil:
			l.backwardPool(lo, hi, dw, db, dx)
		case l.path == winogradPath:
			l.backwardWinograd(lo, hi, dy, dw, db, dx)
		default:
			for i := lo; i < hi; i++ {
				l.backwardPlain(l.gradient(dy, db, i), dw, dx, i)
			}
		}
		p.rest()
	}
	return dx
}

// gradient returns dy of image i and adds it to db. If the ReLU behind this layer
// is done here, its backward pass comes first, in place.
func (l *Conv2D) gradient(dy Tensor, db []float32, i int) []float32 {
	d := dy.Sample(i)
	if l.relu {
		kernel.ReLUBackwardRows(l.y.Sample(i), d, db)
	} else {
		kernel.AddRows(db, d)
	}
	return d
}

// backwardPool does the images lo to hi-1 from the gradient of the pool's output.
func (l *Conv2D) backwardPool(lo, hi int, dw, db []float32, dx Tensor) {
	clear(l.dwt)
	for i := lo; i < hi; i++ {
		list := l.list[:l.sparse.List(l.pool.dy.Sample(i), l.won.Sample(i), l.list, db)]
		d := dx.Sample(i)
		clear(d)
		l.sparse.Backward(list, l.x.Sample(i), l.wt, l.dwt, d)
	}
	n := 9 * l.in.C
	kernel.Transpose(l.Filters, n, l.dwt, n, dw, l.Filters)
}

// inputGradient computes dx alone, in a network that is open.
func (l *Conv2D) inputGradient(dy Tensor) Tensor {
	dx := l.dx.first(dy.N)
	for i := range dy.N {
		if l.path == winogradPath {
			l.wino.OutputAdjoint(dy.Sample(i), l.m)
			l.wino.InputProducts(l.m, l.ut, l.dv)
			l.wino.InputAdjoint(l.dv, dx.Sample(i), l.strip)
		} else {
			l.backwardPatches(dy.Sample(i), dx.Sample(i))
		}
	}
	return dx
}

// backwardWinograd does the images lo to hi-1. The transformed weights are still
// those of the last Forward.
func (l *Conv2D) backwardWinograd(lo, hi int, dy Tensor, dw, db []float32, dx Tensor) {
	clear(l.du)
	for i := lo; i < hi; i++ {
		l.wino.OutputAdjoint(l.gradient(dy, db, i), l.m)
		l.wino.Input(l.x.Sample(i), l.v, l.strip)
		l.wino.WeightProducts(l.v, l.m, l.du)
		if l.index > 0 {
			l.wino.InputProducts(l.m, l.ut, l.dv)
			l.wino.InputAdjoint(l.dv, dx.Sample(i), l.strip)
		}
	}
	l.wino.WeightsAdjoint(l.du, dw)
}

// backwardPlain adds image i's part to dw and computes its dx.
func (l *Conv2D) backwardPlain(dy, dw []float32, dx Tensor, i int) {
	l.win.Im2Col(l.x.Sample(i), l.cols)
	blas32.Gemm(blas.Trans, blas.NoTrans, 1, l.patches(l.cols), l.pixels(dy), 1, l.filters(dw))
	if l.index > 0 {
		l.backwardPatches(dy, dx.Sample(i))
	}
}

// backwardPatches computes one image's dx.
func (l *Conv2D) backwardPatches(dy, dx []float32) {
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, l.pixels(dy), l.filters(l.w.Value), 0, l.patches(l.dcols))
	l.win.Col2Im(l.dcols, dx)
}

// patches, filters and pixels are the three matrices of the plain path:
// (pixels, patch) times (patch, filters) is (pixels, filters).
func (l *Conv2D) patches(d []float32) blas32.General {
	return blas32.General{Rows: l.win.OH * l.win.OW, Cols: l.win.Len(), Stride: l.win.Len(), Data: d}
}

func (l *Conv2D) filters(d []float32) blas32.General {
	return blas32.General{Rows: l.win.Len(), Cols: l.Filters, Stride: l.Filters, Data: d}
}

func (l *Conv2D) pixels(d []float32) blas32.General {
	return blas32.General{Rows: l.win.OH * l.win.OW, Cols: l.Filters, Stride: l.Filters, Data: d}
}
