package nn

import (
	_ "embed"
	"encoding/json"
	"math"
	"testing"
)

// testdata/golden.py tells what is in golden.json and how it was made.
//
//go:embed testdata/golden.json
var goldenJSON []byte

type goldenArray struct {
	Name   string
	Norm   float64
	Sum    float64
	Spread struct{ Norm, Sum, Value float64 }
	Stride int
	Values []float64
}

type golden struct {
	Recipe  struct{ Batch, Steps int }
	Formula struct {
		Streams  map[string]uint32
		Limits   map[string]float32
		Contrast uint32
		Noise    uint32
	}
	Start struct {
		LabelSum int `json:"label_sum"`
		PixelSum int `json:"pixel_sum"`
	}
	Losses       []float64
	LossesSpread []float64 `json:"losses_spread"`
	Accuracies   []float64
	Logits       [][]float64
	Grads        []goldenArray
	Weights      []goldenArray
}

func hash(stream, i uint32) uint32 {
	x := stream*0x9e3779b9 + i
	x ^= x >> 16
	x *= 0x7feb352d
	x ^= x >> 15
	x *= 0x846ca68b
	return x ^ x>>16
}

// goldenImages are the trace's images, made by its formula.
type goldenImages struct{ *golden }

func (g goldenImages) Len() int     { return g.Recipe.Batch * g.Recipe.Steps }
func (g goldenImages) Shape() Shape { return Shape{C: 1, H: 28, W: 28} }
func (g goldenImages) Classes() int { return 10 }
func (g goldenImages) Label(i int) int {
	return int(hash(g.Formula.Streams["label"], uint32(i)) % 10)
}

func (g goldenImages) Image(n int) []byte {
	pix := make([]byte, 784)
	for i := range pix {
		row, col := i/28, i%28
		v := hash(g.Formula.Streams["noise"], uint32(n*784+i)) % g.Formula.Noise
		if hash(g.Formula.Streams["pattern"], uint32(g.Label(n)*49+row/4*7+col/4))%4 == 0 {
			v += g.Formula.Contrast
		}
		pix[i] = byte(v)
	}
	return pix
}

// TestGolden trains the tutorial's network for ten steps beside PyTorch's
// trace of the same: logits, losses, every gradient of the first step and the
// weights after the last.
func TestGolden(t *testing.T) {
	g := new(golden)
	if err := json.Unmarshal(goldenJSON, g); err != nil {
		t.Fatal(err)
	}
	data := goldenImages{g}
	labels, pixels := 0, 0
	for i := range data.Len() {
		labels += data.Label(i)
		for _, v := range data.Image(i) {
			pixels += int(v)
		}
	}
	if labels != g.Start.LabelSum || pixels != g.Start.PixelSum {
		t.Fatalf("the images' formula differs: sums %d, %d, expected %d, %d", labels, pixels, g.Start.LabelSum, g.Start.PixelSum)
	}
	layers := Tutorial(10)
	for _, l := range layers {
		if d, ok := l.(*Dropout); ok {
			d.Rate = 0
		}
	}
	m, err := NewSequential(data.Shape(), g.Recipe.Batch, 0, layers...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range m.Params() {
		if p.Name == "kernel" {
			p.Import(p.Value, g.weights(p))
		}
	}
	r := NewReplica(m, NewAdadelta(), Solo{})
	for step := range g.Recipe.Steps {
		// The trace takes the images in their own order.
		numbers := make([]int, g.Recipe.Batch)
		for i := range numbers {
			numbers[i] = step*g.Recipe.Batch + i
		}
		var d Deal
		d.fill(data, batch{numbers: numbers, train: true, rate: 1}, nil, 0)
		if err := r.Do(&d); err != nil {
			t.Fatal(err)
		}
		out := r.outcome(g.Recipe.Batch)
		if step == 0 {
			g.checkLogits(t, layers[len(layers)-2].(*Dense))
			checkArrays(t, "gradient", m, g.Grads, func(p *Param) []float32 { return p.Grad })
		}
		// The trace's spread is what another order of rounding does to it; eight
		// runs don't bound it, so allow a few times that, or 1e-4.
		want := g.Losses[step]
		tol := max(1e-4, 5*g.LossesSpread[step]/want)
		if step < 5 {
			tol = 1e-4
		}
		if e := math.Abs(out.Loss-want) / want; e > tol {
			t.Errorf("step %d: loss %.7f, PyTorch %.7f: relative error %.1e, expected at most %.1e", step+1, out.Loss, want, e, tol)
		} else {
			t.Logf("step %d: loss %.7f, PyTorch %.7f: relative error %.1e", step+1, out.Loss, want, e)
		}
	}
	checkArrays(t, "weights after the last step", m, g.Weights, func(p *Param) []float32 { return p.Value })
}

// weights makes a kernel's initial values by the trace's formula.
func (g *golden) weights(p *Param) []float32 {
	w := make([]float32, p.Len())
	for i := range w {
		u := float32(hash(g.Formula.Streams[p.Layer], uint32(i))>>8) * 0x1p-24
		w[i] = float32((2*u - 1) * g.Formula.Limits[p.Layer])
	}
	return w
}

func (g *golden) checkLogits(t *testing.T, d *Dense) {
	for i, row := range g.Logits {
		for j, want := range row {
			if got := float64(d.y.Sample(i)[j]); math.Abs(got-want) > 2e-6 {
				t.Errorf("logit %d of image %d is %.8f, PyTorch's %.8f", j, i, got, want)
			}
		}
	}
}

// checkArrays compares every parameter's array with the trace. Near-ties under
// the max-pool and at ReLU's zero fall differently with rounding; the trace
// measured how much that changes an array (Spread), and the tolerance is a few
// times that plus float32's own error on the array's scale.
func checkArrays(t *testing.T, what string, m *Sequential, want []goldenArray, of func(*Param) []float32) {
	t.Helper()
	if len(want) != len(m.params) {
		t.Fatalf("%d arrays in the trace, %d parameters", len(want), len(m.params))
	}
	for i, p := range m.params {
		w := want[i]
		got := make([]float32, p.Len())
		p.Export(got, of(p))
		var scale, worst, squares float64
		for _, v := range w.Values {
			scale = max(scale, math.Abs(v))
		}
		for k, v := range w.Values {
			worst = max(worst, math.Abs(float64(got[k*w.Stride])-v))
		}
		for _, v := range got {
			squares += float64(v) * float64(v)
		}
		if tol := 5*w.Spread.Value + 1e-5*scale; !(worst <= tol) {
			t.Errorf("%s of %s: largest error %.2e of %.2e, expected at most %.2e", what, w.Name, worst, scale, tol)
		}
		if norm, tol := math.Sqrt(squares), 5*w.Spread.Norm+1e-5*w.Norm; math.Abs(norm-w.Norm) > tol {
			t.Errorf("%s of %s: norm %.8f, PyTorch's %.8f ± %.1e", what, w.Name, norm, w.Norm, tol)
		}
	}
}
