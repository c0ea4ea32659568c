package nn

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// TestTutorial holds the network to what the tutorial prints of it.
func TestTutorial(t *testing.T) {
	m, err := NewSequential(Shape{C: 1, H: 28, W: 28}, 1, 1, Tutorial(10)...)
	if err != nil {
		t.Fatal(err)
	}
	rows, params := m.Summary()
	var b strings.Builder
	for i, r := range rows {
		fmt.Fprintln(&b, i, r.Name, r.Type, r.Out, r.Params)
	}
	const want = `0 conv2d_1 Conv2D (32, 26, 26) 320
1 relu_1 Activation (32, 26, 26) 0
2 conv2d_2 Conv2D (32, 24, 24) 9248
3 relu_2 Activation (32, 24, 24) 0
4 max_pooling2d_1 MaxPooling2D (32, 12, 12) 0
5 dropout_1 Dropout (32, 12, 12) 0
6 flatten_1 Flatten (4608,) 0
7 dense_1 Dense (128,) 589952
8 relu_3 Activation (128,) 0
9 dropout_2 Dropout (128,) 0
10 dense_2 Dense (10,) 1290
11 softmax_1 Activation (10,) 0
`
	if b.String() != want || params != 600810 {
		t.Errorf("summary with %d parameters:\n%s", params, b.String())
	}
	w := m.Layers[2].Params()[0]
	if fmt.Sprint(w.Shape) != "[32 32 3 3]" || w.Init != "glorot_uniform" {
		t.Errorf("conv2d_2's kernel is %v, %s", w.Shape, w.Init)
	}
	limit := float32(math.Sqrt(6.0 / (2 * 9 * 32)))
	var lo, hi float32
	for _, v := range w.Value {
		lo, hi = min(lo, v), max(hi, v)
	}
	if hi > limit || lo < -limit || hi < 0.99*limit || lo > -0.99*limit {
		t.Errorf("initial weights reach from %v to %v, expected to fill ±%v", lo, hi, limit)
	}
}

func TestConfig(t *testing.T) {
	m, err := NewSequential(Shape{C: 1, H: 28, W: 28}, 1, 1, Tutorial(10)...)
	if err != nil {
		t.Fatal(err)
	}
	const want = "[{name conv2d_1} {batch_input_shape (None, 1, 28, 28)} {trainable True} {dtype float32} {filters 32} " +
		"{kernel_size (3, 3)} {strides (1, 1)} {padding valid} {data_format channels_first} {activation linear} " +
		"{use_bias True} {kernel_initializer glorot_uniform} {bias_initializer zeros}]"
	if got := fmt.Sprint(m.Layers[0].Config()); got != want {
		t.Errorf("config of conv2d_1:\n%s\nexpected\n%s", got, want)
	}
}

// TestUnfit wants an error that names the layer and says what does not fit.
func TestUnfit(t *testing.T) {
	img := Shape{C: 1, H: 5, W: 5}
	for _, tt := range []struct {
		layers []Layer
		want   string
	}{
		{[]Layer{&Conv2D{Filters: 4, Kernel: 6}}, "layer 0 (Conv2D) on input (1, 5, 5): a 6x6 kernel does not fit into 5x5 pixels"},
		{[]Layer{&Conv2D{}}, "filters, kernel size and stride must be at least 1"},
		{[]Layer{&Conv2D{Filters: 2, Stride: -1}}, "must be at least 1"},
		{[]Layer{&Flatten{}, &Conv2D{Filters: 2}}, "layer 1 (Conv2D) on input (25,): needs images"},
		{[]Layer{&MaxPool2D{Size: 6}}, "a 6x6 pool does not fit"},
		{[]Layer{&MaxPool2D{Size: -1}}, "pool size"},
		{[]Layer{&Flatten{}, &MaxPool2D{}}, "needs images"},
		{[]Layer{&Dense{Units: 2}}, "needs a vector"},
		{[]Layer{&Flatten{}, &Dense{}}, "units must be at least 1"},
		{[]Layer{&Softmax{}}, "needs a vector"},
		{[]Layer{&Dropout{Rate: 1}}, "rate is 1"},
		{[]Layer{&Dropout{Rate: math.NaN()}}, "rate is NaN"},
	} {
		_, err := NewSequential(img, 1, 1, tt.layers...)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, expected one with %q", err, tt.want)
		}
	}
	if _, err := NewSequential(Shape{}, 1, 1, &Flatten{}); err == nil {
		t.Error("an empty input shape is accepted")
	}
}

// TestActivations wants Activations to see what a batch of one sees, and its
// shapes to be the layers'.
func TestActivations(t *testing.T) {
	in := Shape{C: 3, H: 9, W: 8}
	m, err := NewSequential(in, 2, 1, small()...)
	if err != nil {
		t.Fatal(err)
	}
	image := make([]float32, in.Len())
	fill(image, 1, 1)
	x := NewTensor(1, in)
	ImportImage(x.Data, image, in)
	back := make([]float32, in.Len())
	if ExportImage(back, x.Data, in); fmt.Sprint(back) != fmt.Sprint(image) || fmt.Sprint(x.Data) == fmt.Sprint(image) {
		t.Error("ExportImage does not undo ImportImage, or nothing moves")
	}
	want := fmt.Sprint(m.Forward(x, &Pass{}).Data)
	i := 0
	m.Activations(image, func(l Layer, y []float32) {
		if l != m.Layers[i] || len(y) != l.OutShape().Len() {
			t.Errorf("layer %d: %s with %d values", i, l.Name(), len(y))
		}
		if i++; i == len(m.Layers) && fmt.Sprint(y) != want {
			t.Errorf("probabilities %v, expected %s", y, want)
		}
	})
	if i != len(m.Layers) {
		t.Errorf("%d layers visited", i)
	}
}

// TestExport checks the shown order of a dense kernel behind a Flatten against
// its definition: row c*H*W + y*W + x belongs to that pixel.
func TestExport(t *testing.T) {
	m, err := NewSequential(Shape{C: 2, H: 3, W: 4}, 1, 1, &Flatten{}, &Dense{Units: 5}, &Softmax{})
	if err != nil {
		t.Fatal(err)
	}
	d := m.Layers[1].(*Dense)
	p := d.Params()[0]
	for i := range p.Value {
		p.Value[i] = float32(i)
	}
	shown := make([]float32, p.Len())
	p.Export(shown, p.Value)
	for c := range 2 {
		for y := range 3 {
			for x := range 4 {
				got := shown[((c*3+y)*4+x)*5+1]
				if want := float32(((y*4+x)*2+c)*5 + 1); got != want {
					t.Errorf("weight of channel %d, pixel (%d,%d) is the stored %v, expected %v", c, y, x, got, want)
				}
			}
		}
	}
	if got := p.First(7); fmt.Sprint(got) != fmt.Sprint(shown[:7]) {
		t.Errorf("First(7) is %v, expected %v", got, shown[:7])
	}
	again := make([]float32, p.Len())
	if p.Import(again, shown); fmt.Sprint(again) != fmt.Sprint(p.Value) {
		t.Error("Import does not undo Export")
	}
}

func TestMisusePanics(t *testing.T) {
	m, _ := NewSequential(Shape{C: 1, H: 5, W: 5}, 2, 1, &Flatten{}, &Dense{Units: 2}, &Softmax{})
	for what, f := range map[string]func(){
		"a batch over the capacity": func() { m.Forward(NewTensor(3, m.InShape()), &Pass{}) },
		"another shape":             func() { m.Forward(NewTensor(1, Shape{C: 1, H: 4, W: 5}), &Pass{}) },
		"a short Export":            func() { p := m.Params()[0]; p.Export(nil, p.Value) },
		"too many replicas":         func() { Team(MaxReplicas + 1) },
	} {
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.HasPrefix(fmt.Sprint(r), "nn: ") {
					t.Errorf("%s: panic %v, expected one beginning with nn:", what, r)
				}
			}()
			f()
		}()
	}
}
