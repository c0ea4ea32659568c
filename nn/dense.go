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

	// If large, of the whole batch: the columns of the input that belong to this
	// replica's rows of dW, and the output gradient.
	allX, allDY []float32
	sent        []float32
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
		l.sendX(x, p)
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
		l.sendDY(dy, p)
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

// rows are the rows of dW that a replica computes, lo to hi-1: its share of them
// is that of the batch.
func (l *Dense) rows(s Split, rank int) (lo, hi int) {
	in, p := l.in.Len(), s.part(0, rank)
	return cut(in, p.Lo, Shards), cut(in, p.Hi, Shards)
}

// sendX passes on, to each replica, those columns of this one's inputs that its
// rows of dW need. A single replica has them as they are.
func (l *Dense) sendX(x Tensor, p *Pass) {
	ex := p.Exchange
	if ex.Size() == 1 {
		l.allX = x.Data
		return
	}
	for rank := range ex.Size() {
		lo, hi := l.rows(p.Split, rank)
		if rank != ex.Rank() {
			l.sent = grow(l.sent, x.N*(hi-lo))
			columns(l.sent, x, lo, hi)
			ex.Send(rank, l.tag(), l.sent)
			continue
		}
		l.allX = grow(l.allX, p.Part.Batch*(hi-lo))
		first, _ := p.Part.images()
		columns(l.allX[first*(hi-lo):], x, lo, hi)
	}
}

// columns copies the columns lo to hi-1 of x, a sample a row.
func columns(dst []float32, x Tensor, lo, hi int) {
	for i := range x.N {
		copy(dst[i*(hi-lo):(i+1)*(hi-lo)], x.Sample(i)[lo:hi])
	}
}

// sendDY passes this replica's output gradients on.
func (l *Dense) sendDY(dy Tensor, p *Pass) {
	if p.Exchange.Size() == 1 {
		l.allDY = dy.Data
		return
	}
	l.allDY = grow(l.allDY, p.Part.Batch*l.Units)
	lo, hi := p.Part.images()
	copy(l.allDY[lo*l.Units:], dy.Data)
	sendAll(p.Exchange, l.tag()+1, l.allDY[lo*l.Units:hi*l.Units])
}

// rowGradients computes this replica's rows of a large kernel's dW = x^T dy over
// all images of the batch, in their order, so that the sum does not depend on
// how the batch was spread, and passes them on.
func (l *Dense) rowGradients(p *Pass) error {
	ex, n := p.Exchange, p.Part.Batch
	lo, hi := l.rows(p.Split, ex.Rank())
	for from := range ex.Size() {
		if from == ex.Rank() {
			continue
		}
		first, end := p.Split.part(n, from).images()
		if err := ex.Collect(from, l.tag()+1, l.allDY[first*l.Units:end*l.Units]); err != nil {
			return err
		}
		if err := ex.Collect(from, l.tag(), l.allX[first*(hi-lo):end*(hi-lo)]); err != nil {
			return err
		}
	}
	if lo < hi {
		dw := l.w.Grad[lo*l.Units : hi*l.Units]
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, matrix(l.allX, n, hi-lo), matrix(l.allDY, n, l.Units), 0, matrix(dw, hi-lo, l.Units))
		sendAll(ex, l.tag()+2, dw)
	}
	return nil
}

// collectRows takes the other replicas' rows of dW in.
func (l *Dense) collectRows(p *Pass) error {
	ex := p.Exchange
	for from := range ex.Size() {
		if from == ex.Rank() {
			continue
		}
		lo, hi := l.rows(p.Split, from)
		if err := ex.Collect(from, l.tag()+2, l.w.Grad[lo*l.Units:hi*l.Units]); err != nil {
			return err
		}
	}
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
