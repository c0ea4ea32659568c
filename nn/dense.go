package nn

import (
	"errors"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"convlens/nn/kernel"
)

// Dense is a fully connected layer: y = x W + b, with W of shape (In,Units).
type Dense struct {
	Units int

	meta
	w, b     *Param
	x, y, dx Tensor
	dy       Tensor

	// With several replicas: input and output gradient of the whole batch,
	// collected from all of them for the kernel's gradient.
	allX, allDY []float32
}

func (l *Dense) Type() string     { return "Dense" }
func (l *Dense) Params() []*Param { return []*Param{l.w, l.b} }

func (l *Dense) build(b *builder) error {
	b.begin(&l.meta, "dense")
	switch {
	case l.Units < 1:
		return errors.New("units must be at least 1")
	case !l.in.Flat:
		return errors.New("needs a vector; put a Flatten before it")
	}
	l.out = vector(l.Units)
	l.y = NewTensor(b.capacity, l.out)
	if l.index > 0 {
		l.dx = NewTensor(b.capacity, l.in)
	}
	in := l.in.Len()
	l.w = b.param(&Param{Name: "kernel", Layer: l.name, Init: "glorot_uniform",
		Shape: []int{in, l.Units}, layout: denseLayout(l.in, l.Units)}, in, l.Units, false)
	l.b = b.param(&Param{Name: "bias", Layer: l.name, Init: "zeros",
		Shape: []int{l.Units}, layout: vectorLayout(l.Units)}, 0, 0, true)
	return nil
}

func (l *Dense) Config() []Setting {
	return append(l.baseConfig(), Setting{"units", itoa(l.Units)}, Setting{"activation", "linear"},
		Setting{"use_bias", "True"}, Setting{"kernel_initializer", l.w.Init}, Setting{"bias_initializer", l.b.Init})
}

func (l *Dense) Forward(x Tensor, p *Pass) Tensor {
	l.x = x
	y := l.y.first(x.N)
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, l.ins(x), l.kernel(l.w.Value), 0, l.outs(y))
	kernel.AddBias(y.Data, l.b.Value)
	return y
}

// Backward computes dx = dy W^T and the bias' gradient per shard. The kernel's
// gradient follows in kernelGrad, from the whole batch; what the other replicas
// need for it is sent now, to travel while the layers below go backward.
func (l *Dense) Backward(dy Tensor, p *Pass) Tensor {
	l.dy = dy
	if p.Exchange.Size() > 1 {
		l.send(p)
	}
	for s := p.Part.Lo; s < p.Part.Hi; s++ {
		lo, hi := p.Part.local(s)
		clear(l.b.shards[s])
		if lo < hi {
			kernel.AddRows(l.b.shards[s], dy.Data[lo*l.Units:hi*l.Units])
		}
	}
	if l.index == 0 {
		return Tensor{}
	}
	dx := l.dx.first(dy.N)
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, l.outs(dy), l.kernel(l.w.Value), 0, l.ins(dx))
	return dx
}

// send passes this replica's part of x and dy on.
func (l *Dense) send(p *Pass) {
	in, n := l.in.Len(), p.Part.Batch
	l.allX, l.allDY = grow(l.allX, n*in), grow(l.allDY, n*l.Units)
	lo, hi := p.Part.images()
	copy(l.allX[lo*in:], l.x.Data)
	copy(l.allDY[lo*l.Units:], l.dy.Data)
	tag := tagDense + 3*l.index
	p.Exchange.Send(tag, l.allDY, lo*l.Units, hi*l.Units)
	p.Exchange.Send(tag+1, l.allX, lo*in, hi*in)
}

// kernelGrad computes the kernel's gradient dW = x^T dy over all images of the
// batch, in their order, so that the sum does not depend on how the batch was
// spread: with several replicas each computes some rows of dW and gets the
// others' rows.
func (l *Dense) kernelGrad(p *Pass) error {
	ex := p.Exchange
	if ex.Size() == 1 {
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, l.ins(l.x), l.outs(l.dy), 0, l.kernel(l.w.Grad))
		return nil
	}
	in, n, tag := l.in.Len(), p.Part.Batch, tagDense+3*l.index
	images := func(width int) func(int) (int, int) {
		return func(rank int) (int, int) {
			lo, hi := partOf(n, rank, ex.Size()).images()
			return lo * width, hi * width
		}
	}
	if err := ex.Collect(tag, l.allDY, images(l.Units)); err != nil {
		return err
	}
	if err := ex.Collect(tag+1, l.allX, images(in)); err != nil {
		return err
	}
	lo, hi := cut(in, ex.Rank(), ex.Size()), cut(in, ex.Rank()+1, ex.Size())
	if lo < hi {
		x := blas32.General{Rows: n, Cols: hi - lo, Stride: in, Data: l.allX[lo:]}
		dw := blas32.General{Rows: hi - lo, Cols: l.Units, Stride: l.Units, Data: l.w.Grad[lo*l.Units:]}
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, x, matrix(l.allDY, n, l.Units), 0, dw)
	}
	return share(ex, tag+2, l.w.Grad, func(rank int) (int, int) {
		return cut(in, rank, ex.Size()) * l.Units, cut(in, rank+1, ex.Size()) * l.Units
	})
}

// kernel views an array of the kernel's size as the matrix W.
func (l *Dense) kernel(d []float32) blas32.General { return matrix(d, l.in.Len(), l.Units) }

// ins and outs view a batch of inputs or outputs as a matrix, a sample a row.
func (l *Dense) ins(t Tensor) blas32.General  { return matrix(t.Data, t.N, l.in.Len()) }
func (l *Dense) outs(t Tensor) blas32.General { return matrix(t.Data, t.N, l.Units) }

// matrix views d as a matrix of that many rows and columns.
func matrix(d []float32, rows, cols int) blas32.General {
	return blas32.General{Rows: rows, Cols: cols, Stride: cols, Data: d}
}

func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}
