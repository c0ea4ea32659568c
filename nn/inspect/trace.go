package inspect

import (
	"math"
	"slices"

	"convlens/nn"
	"convlens/nn/kernel"
)

// A Place is a value of an image or feature map: channel, row and column. In a
// vector without an image behind it, C is the unit.
type Place struct{ C, Y, X int }

// An Op is what a layer does to get one value.
type Op int

const (
	Convolve  Op = iota // bias + sum of input times kernel
	Weigh               // the same over all of the input: a dense layer
	Rectify             // max(input, 0)
	PoolMax             // the largest input
	Drop                // the input: dropout does nothing outside training
	Reshape             // the input, found at another index
	Normalise           // exp(input - Top) / sum of all of them
)

// A Trace is the arithmetic behind one value of a layer's output.
type Trace struct {
	Layer string
	Op    Op
	Place Place // of the value; in what Flatten gives, of the pixel it was
	Index int   // of the value in the layer's output in the order C,H,W
	Terms []Term
	Bias  float32
	// Winner is the term that the value comes from: PoolMax's largest one (the
	// first of equals), Normalise's own; 0 where there is only one.
	Winner int
	// Top is the largest input, which Normalise takes off all of them first.
	Top float32
	// Sum of a Convolve, Weigh or Normalise is Bias and then every Term's Product
	// added up in their order, each product and each sum rounded to float32: the
	// plain way of computing it.
	Sum float32
	// Value is what follows from Sum or Winner; Drawn is the value in the picture,
	// by the fast way. They are equal, but for a 3x3 convolution by Winograd's
	// algorithm, which rounds elsewhere: there they differ by at most
	// Rounding * Scale.
	Value, Drawn float32
	// Scale bounds what a Convolve can give: the largest absolute input of the
	// layer times the sum of the filter's absolute weights.
	Scale float32
	// After is what a ReLU behind the layer makes of Drawn, else Drawn.
	After float32
}

// Rounding bounds the error of a convolution by Winograd's F(4x4,3x3) relative
// to Trace.Scale. It is eight units in the last place of float32; TestTrace sees
// three.
const Rounding = 0x1p-20

// A Term is one input of a Trace.
type Term struct {
	From    Place // in the layer's input
	Padding bool  // From lies outside the image, and X is zero
	X, W    float32
	Weight  int     // the number of W in the layer's kernel, in the shown order
	Product float32 // X*W, rounded; for Normalise exp(X-Top)
}

// ByChannel adds up the products of a Convolve for each channel of its input,
// as a picture of the sum in parts.
func (t *Trace) ByChannel() []float32 {
	n := 0
	for _, term := range t.Terms {
		n = max(n, term.From.C+1)
	}
	sums := make([]float32, n)
	for _, term := range t.Terms {
		sums[term.From.C] += term.Product
	}
	return sums
}

// Largest lists the n terms whose products are furthest from zero, the furthest
// first, of equals the first, and the sum of the products of all others.
func (t *Trace) Largest(n int) (terms []int, others float32) {
	for i := range t.Terms {
		at := len(terms)
		for at > 0 && abs(t.Terms[terms[at-1]].Product) < abs(t.Terms[i].Product) {
			at--
		}
		if at < n {
			terms = slices.Insert(terms, at, i)
			terms = terms[:min(n, len(terms))]
		}
	}
	for i, term := range t.Terms {
		if !slices.Contains(terms, i) {
			others += term.Product
		}
	}
	return terms, others
}

func abs(x float32) float32 { return float32(math.Abs(float64(x))) }

// A Tracer explains the values of one image's way through a network. It keeps
// the outputs of all layers, as views draw them (see nn.Sequential.Activations);
// the weights are the network's own, so that Look comes again after a training
// step.
type Tracer struct {
	m *nn.Sequential
	x []float32   // the image, in memory order as all of them
	y [][]float32 // every layer's output
}

// NewTracer returns a Tracer for m, which must not train while Look or Trace
// runs.
func NewTracer(m *nn.Sequential) *Tracer {
	t := &Tracer{m: m, x: make([]float32, m.InShape().Len())}
	for _, l := range m.Layers {
		t.y = append(t.y, make([]float32, l.OutShape().Len()))
	}
	return t
}

// Look runs an image (C,H,W) through the network.
func (t *Tracer) Look(image []float32) {
	nn.ImportImage(t.x, image, t.m.InShape())
	i := 0
	t.m.Activations(image, func(_ nn.Layer, y []float32) {
		copy(t.y[i], y)
		i++
	})
}

// Input copies one channel of a layer's input, row by row, to dst.
func (t *Tracer) Input(dst []float32, layer, channel int) {
	s, x := t.m.InShape(), t.x
	if layer > 0 {
		s, x = t.m.Layers[layer-1].OutShape(), t.y[layer-1]
	}
	if channel < 0 || channel >= s.C || len(dst) != s.H*s.W {
		panic("inspect: Tracer.Input: not a channel of the layer's input")
	}
	for i := range dst {
		dst[i] = x[s.Stored(channel, i/s.W, i%s.W)]
	}
}

// Trace explains the value of a layer's output at a place. Terms is the
// caller's.
func (t *Tracer) Trace(layer int, at Place) Trace {
	if layer < 0 || layer >= len(t.m.Layers) {
		panic("inspect: Trace: no such layer")
	}
	l := t.m.Layers[layer]
	out := l.OutShape()
	if at.C < 0 || at.C >= out.C || at.Y < 0 || at.Y >= out.H || at.X < 0 || at.X >= out.W {
		panic("inspect: Trace: a place outside of the layer's output")
	}
	e := &explanation{in: t.m.InShape(), x: t.x, at: out.Stored(at.C, at.Y, at.X)}
	if layer > 0 {
		e.in, e.x = t.m.Layers[layer-1].OutShape(), t.y[layer-1]
	}
	e.Layer, e.Place, e.Index = l.Name(), at, (at.C*out.H+at.Y)*out.W+at.X
	switch l := l.(type) {
	case *nn.Conv2D:
		e.convolve(l)
	case *nn.Dense:
		e.weigh(l)
	case *nn.MaxPool2D:
		e.pool(l)
	case *nn.Softmax:
		e.normalise()
	case *nn.ReLU:
		e.single(Rectify)
		e.Value = max(e.Value, 0)
	case *nn.Dropout:
		e.single(Drop)
	case *nn.Flatten:
		e.single(Reshape)
	default:
		panic("inspect: Trace: unknown layer type " + l.Type())
	}
	e.Drawn = t.y[layer][e.at]
	e.After = e.Drawn
	if layer+1 < len(t.m.Layers) {
		if _, ok := t.m.Layers[layer+1].(*nn.ReLU); ok {
			e.After = max(e.Drawn, 0)
		}
	}
	return e.Trace
}

// An explanation is a Trace on its way.
type explanation struct {
	Trace
	in nn.Shape  // of the layer's input
	x  []float32 // the layer's input
	at int       // where the value lies in the layer's output
}

// convolve lists the patch under the window in the order of the plain path:
// rows, columns, channels.
func (e *explanation) convolve(l *nn.Conv2D) {
	e.Op = Convolve
	g, w := l.Window(), l.Params()[0].Value
	var weights float32
	for ky := range g.KH {
		for kx := range g.KW {
			for c := range g.C {
				t := Term{From: Place{c, e.Place.Y*g.Stride - g.Top + ky, e.Place.X*g.Stride - g.Left + kx}}
				t.W = w[((ky*g.KW+kx)*g.C+c)*l.Filters+e.Place.C]
				t.Weight = ((e.Place.C*g.C+c)*g.KH+ky)*g.KW + kx
				t.Padding = t.From.Y < 0 || t.From.Y >= g.H || t.From.X < 0 || t.From.X >= g.W
				if !t.Padding {
					t.X = e.x[e.in.Stored(c, t.From.Y, t.From.X)]
				}
				weights += abs(t.W)
				e.Terms = append(e.Terms, t)
			}
		}
	}
	var largest float32
	for _, x := range e.x {
		largest = max(largest, abs(x))
	}
	e.Scale = largest * weights
	e.add(l.Params()[1].Value[e.Place.C])
}

// weigh lists all of the input in memory order.
func (e *explanation) weigh(l *nn.Dense) {
	e.Op = Weigh
	w := l.Params()[0].Value
	e.Terms = make([]Term, len(e.x))
	for i, x := range e.x {
		from := place(e.in, i)
		row := (from.C*e.in.H+from.Y)*e.in.W + from.X
		e.Terms[i] = Term{From: from, X: x, W: w[i*l.Units+e.Place.C], Weight: row*l.Units + e.Place.C}
	}
	e.add(l.Params()[1].Value[e.Place.C])
}

// add multiplies the terms and adds them to the bias.
func (e *explanation) add(bias float32) {
	e.Bias, e.Sum = bias, bias
	for i := range e.Terms {
		t := &e.Terms[i]
		t.Product = float32(t.X * t.W)
		e.Sum += t.Product
	}
	e.Value = e.Sum
}

// pool lists the values under the window, row by row.
func (e *explanation) pool(l *nn.MaxPool2D) {
	e.Op = PoolMax
	g := l.Window()
	for ky := range g.KH {
		for kx := range g.KW {
			from := Place{e.Place.C, e.Place.Y*g.Stride + ky, e.Place.X*g.Stride + kx}
			t := e.same(from)
			if len(e.Terms) > 0 && t.X > e.Terms[e.Winner].X {
				e.Winner = len(e.Terms)
			}
			e.Terms = append(e.Terms, t)
		}
	}
	e.Value = e.Terms[e.Winner].X
}

// normalise lists all logits.
func (e *explanation) normalise() {
	e.Op, e.Winner = Normalise, e.at
	e.Top = slices.Max(e.x)
	for i, x := range e.x {
		p := kernel.Exp(x - e.Top)
		e.Terms = append(e.Terms, Term{From: place(e.in, i), X: x, W: 1, Product: p})
		e.Sum += p
	}
	e.Value = e.Terms[e.Winner].Product / e.Sum
}

// single takes the one value at the same place.
func (e *explanation) single(op Op) {
	e.Op = op
	e.Terms = []Term{e.same(e.Place)}
	e.Value = e.Terms[0].X
}

// same is the term of a value that is taken as it is.
func (e *explanation) same(from Place) Term {
	x := e.x[e.in.Stored(from.C, from.Y, from.X)]
	return Term{From: from, X: x, W: 1, Product: x}
}

// place is where the value that lies at i in memory is shown.
func place(s nn.Shape, i int) Place {
	return Place{C: i % s.C, Y: i / s.C / s.W, X: i / s.C % s.W}
}
