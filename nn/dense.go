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

	allX, allDY []float32 // input and output gradient of the whole batch, if large
}

func (l *Dense) Type() string     { return "Dense" }
func (l *Dense) Params() []*Param { return []*Param{l.w, l.b} }

func (l *Dense) clone() Layer { return &Dense{Units: l.Units} }

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
	if l.index > 0 || b.open {
		l.dx = NewTensor(b.capacity, l.in)
	}
	in := l.in.Len()
	l.w = b.param(&Param{Name: "kernel", Layer: l.name, Init: "glorot_uniform",
		Shape: []int{in, l.Units}, layout: denseLayout(l.in, l.Units)}, in, l.Units, !l.large())
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
	if p.Train && l.large() {
		l.allX = l.pass(l.tag(), l.allX, x.Data, l.in.Len(), p)
	}
	y := l.y.first(x.N)
	if x.N > 0 { // a replica may have no image of a small batch
		kernel.Affine(x.N, l.Units, l.in.Len(), x.Data, l.w.Value, l.b.Value, y.Data, false)
	}
	return y
}

// Backward computes dx = dy W^T, and per shard db = sum dy and dW = x^T dy; a
// large kernel's dW follows in rowGradients.
func (l *Dense) Backward(dy Tensor, p *Pass) Tensor {
	if p.Frozen {
		return l.inputGradient(dy)
	}
	l.dy = dy
	if l.large() {
		l.allDY = l.pass(l.tag()+1, l.allDY, dy.Data, l.Units, p)
	}
	for s := p.Part.Lo; s < p.Part.Hi; s++ {
		lo, hi := p.Part.local(s)
		x, dy := l.x.slice(lo, hi), dy.slice(lo, hi)
		clear(l.b.shards[s])
		if lo < hi {
			kernel.AddRows(l.b.shards[s], dy.Data)
		}
		if !l.large() {
			blas32.Gemm(blas.Trans, blas.NoTrans, 1, l.ins(x), l.outs(dy), 0, l.kernel(l.w.shards[s]))
		}
	}
	if l.index == 0 {
		return Tensor{}
	}
	return l.inputGradient(dy)
}

func (l *Dense) inputGradient(dy Tensor) Tensor {
	dx := l.dx.first(dy.N)
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, l.outs(dy), l.kernel(l.w.Value), 0, l.ins(dx))
	return dx
}

// largeKernel is the number of weights from which on dW is not summed per shard:
// passing eight of it around would take longer than computing it.
const largeKernel = 1 << 14

// large reports whether the replicas compute some rows of dW each, over the
// whole batch.
func (l *Dense) large() bool { return l.in.Len()*l.Units >= largeKernel }

func (l *Dense) tag() int { return tagDense + 3*l.index }

// rows are the rows of dW, as they are spread.
func (l *Dense) rows() Spread { return Spread{byPlace, l.in.Len(), l.Units} }

// pass puts this replica's rows of a matrix into that of the whole batch, which
// it returns, and passes them on. A single replica has the whole batch as it is.
func (l *Dense) pass(tag int, all, own []float32, width int, p *Pass) []float32 {
	if p.Exchange.Size() == 1 {
		return own
	}
	all = grow(all, p.Part.Batch*width)
	s := Spread{byImage, p.Part.Batch, width}
	lo, _ := s.Range(p.Exchange.Rank(), p.Exchange.Size())
	copy(all[lo:], own)
	p.Exchange.Send(tag, all, s)
	return all
}

// rowGradients computes this replica's rows of a large kernel's dW = x^T dy over
// all images of the batch, in their order, so that the sum does not depend on
// how the batch was spread, and passes them on. Gradients collects the others.
func (l *Dense) rowGradients(p *Pass) error {
	ex, n, in := p.Exchange, p.Part.Batch, l.in.Len()
	if err := ex.Collect(l.tag()+1, l.allDY, Spread{byImage, n, l.Units}); err != nil {
		return err
	}
	if err := ex.Collect(l.tag(), l.allX, Spread{byImage, n, in}); err != nil {
		return err
	}
	if lo, hi := l.rows().Range(ex.Rank(), ex.Size()); lo < hi {
		x := blas32.General{Rows: n, Cols: (hi - lo) / l.Units, Stride: in, Data: l.allX[lo/l.Units:]}
		dw := matrix(l.w.Grad[lo:], (hi-lo)/l.Units, l.Units)
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, x, matrix(l.allDY, n, l.Units), 0, dw)
	}
	ex.Send(l.tag()+2, l.w.Grad, l.rows())
	return nil
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
