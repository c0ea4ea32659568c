package lab

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"convlens/nn"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// trained plays a script after a run, with the Views by layer name as the lab
// told them.
func trained(p *page, then ...any) *Lab {
	return p.play(p.ready(append([]any{&wire.Train{Settings: settings()}, p.forget}, then...)...)...)
}

// size is the number of values of a shape.
func size(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}

// views watches every layer in turn and returns what came, by layer.
func views(t *testing.T, p *page, split wire.Split, index int) (*Lab, map[string]*wire.View) {
	t.Helper()
	var script []any
	m, err := nn.NewSequential(nn.Shape{C: 1, H: 8, W: 7}, 1, 0, nn.Tutorial(10)...)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range m.Layers {
		script = append(script, &wire.Watch{Split: split, Index: index, Layer: l.Name()})
	}
	l := trained(p, script...)
	p.calm()
	found := map[string]*wire.View{}
	for _, v := range all[*wire.View](p) {
		found[v.Layer.Name] = v
	}
	if len(found) != len(script) || len(p.events) != len(script) {
		t.Fatalf("%d events and %d Views for %d Watches", len(p.events), len(found), len(script))
	}
	return l, found
}

// TestViewMaps checks each layer's output: its shape, and what it must be
// according to the layer before it.
func TestViewMaps(t *testing.T) {
	p := newPage(t)
	l, of := views(t, p, wire.TestSplit, 13)
	set := small(1).Test
	rows, _ := l.model.Summary()
	for _, r := range rows {
		v := of[r.Name]
		if v.Step != steps || v.Split != wire.TestSplit || v.Index != 13 || v.Label != set.Label(13) {
			t.Errorf("%s: View of step %d, split %d, image %d, label %d", r.Name, v.Step, v.Split, v.Index, v.Label)
		}
		if v.Maps.Name != r.Name || !slices.Equal(v.Maps.Shape, r.Out.Dims()) || len(v.Maps.Data) != size(v.Maps.Shape) {
			t.Errorf("%s: maps of %s with shape %v and %d values, expected %v", r.Name, v.Maps.Name, v.Maps.Shape, len(v.Maps.Data), r.Out)
		}
		if !slices.Equal(v.Input.Shape, []int{1, 8, 7}) || len(v.Input.Data) != 56 {
			t.Errorf("%s: input of shape %v with %d values", r.Name, v.Input.Shape, len(v.Input.Data))
		}
		for i, pixel := range set.Image(13) {
			if v.Input.Data[i] != float32(pixel)/255 {
				t.Fatalf("%s: pixel %d is %v, expected %d/255", r.Name, i, v.Input.Data[i], pixel)
			}
		}
		checkProbs(t, v)
		if len(v.Flow) != len(rows) {
			t.Fatalf("%s: a flow of %d layers, expected %d", r.Name, len(v.Flow), len(rows))
		}
	}
	for i, f := range of["conv2d_1"].Flow { // the beginning of every layer's maps
		maps := of[rows[i].Name].Maps
		want := maps.Data[:min(len(maps.Data), wire.FlowUnits)]
		if len(maps.Shape) == 3 {
			want = maps.Data[:wire.FlowMaps*maps.Shape[1]*maps.Shape[2]]
		}
		if f.Name != maps.Name || len(f.Shape) != len(maps.Shape) || size(f.Shape) != len(want) || !slices.Equal(f.Data, want) {
			t.Errorf("%s: the flow shows %s of shape %v", maps.Name, f.Name, f.Shape)
		}
	}
	data := func(name string) []float32 { return of[name].Maps.Data }
	for _, pair := range [][2]string{{"conv2d_1", "relu_1"}, {"conv2d_2", "relu_2"}, {"dense_1", "relu_3"}} {
		for i, x := range data(pair[0]) {
			if data(pair[1])[i] != max(x, 0) {
				t.Errorf("%s[%d] of %v is %v", pair[1], i, x, data(pair[1])[i])
			}
		}
	}
	for _, pair := range [][2]string{{"max_pooling2d_1", "dropout_1"}, {"dropout_1", "flatten_1"}, {"relu_3", "dropout_2"}} {
		if !slices.Equal(data(pair[0]), data(pair[1])) {
			t.Errorf("%s changes %s", pair[1], pair[0])
		}
	}
	if !slices.Equal(data("softmax_1"), of["conv2d_1"].Probs) {
		t.Errorf("softmax_1 is %v, the answer %v", data("softmax_1"), of["conv2d_1"].Probs)
	}
	pooled, full := data("max_pooling2d_1"), data("relu_2") // (32,2,1) of (32,4,3)
	for i, x := range pooled {
		c, y := i/2, i%2
		at := func(dy, dx int) float32 { return full[c*12+(2*y+dy)*3+dx] }
		if want := max(at(0, 0), at(0, 1), at(1, 0), at(1, 1)); x != want {
			t.Errorf("the pool's value %d of channel %d is %v, expected %v", y, c, x, want)
		}
	}
}

// checkProbs wants probabilities.
func checkProbs(t *testing.T, v *wire.View) {
	t.Helper()
	var sum float64
	for _, x := range v.Probs {
		if x < 0 || x > 1 {
			t.Errorf("a probability of %v", x)
		}
		sum += float64(x)
	}
	if len(v.Probs) != 10 || math.Abs(sum-1) > 1e-6 {
		t.Errorf("%d probabilities that add up to %v", len(v.Probs), sum)
	}
}

// TestViewKernels compares the kernels sent with the network's, and convolves
// the input with them by hand.
func TestViewKernels(t *testing.T) {
	p := newPage(t)
	l, of := views(t, p, wire.TrainSplit, 3)
	v := of["conv2d_1"]
	if len(v.Kernels) != 2 {
		t.Fatalf("%d sets of kernels", len(v.Kernels))
	}
	for i, want := range []struct {
		name  string
		shape []int
		layer int
	}{{"conv2d_1", []int{32, 1, 3, 3}, 0}, {"conv2d_2", []int{32, 32, 3, 3}, 2}} {
		k := v.Kernels[i]
		w := l.model.Layers[want.layer].Params()[0]
		shown := make([]float32, w.Len())
		w.Export(shown, w.Value)
		if k.Name != want.name || !slices.Equal(k.Shape, want.shape) || !slices.Equal(k.Data, shown) {
			t.Errorf("kernels %s of shape %v are not the network's", k.Name, k.Shape)
		}
	}
	k, bias, maps := v.Kernels[0].Data, v.Layer.Weights[1], v.Maps // (32,6,5)
	for o := range 9 {                                             // as many biases as are listed
		for y := range 6 {
			for x := range 5 {
				want := float64(bias.First[o])
				for tap := range 9 {
					want += float64(k[9*o+tap]) * float64(v.Input.Data[(y+tap/3)*7+x+tap%3])
				}
				if got := maps.Data[(o*6+y)*5+x]; math.Abs(float64(got)-want) > 1e-5 {
					t.Fatalf("filter %d at (%d,%d) gives %v, expected %v", o, y, x, got, want)
				}
			}
		}
	}
}

// TestViewUnits sends the weights of the units asked for, those over an image in
// its shape: with them the layer's output can be computed by hand.
func TestViewUnits(t *testing.T) {
	watch := func(dense, layer string, units ...int) *wire.Watch {
		return &wire.Watch{Layer: layer, Dense: dense, Units: units}
	}
	p := newPage(t)
	trained(p, watch("dense_1", "dropout_1", 5, 127), watch("dense_1", "dense_1", 5, 128, -1, 127), watch("dense_2", "relu_3", 9),
		watch("dense_2", "dense_2", 9), watch("conv2d_1", "dense_1", 1), watch("", "dense_1", 1))
	p.calm()
	v := all[*wire.View](p)
	for _, pair := range [][2]*wire.View{{v[0], v[1]}, {v[2], v[3]}} {
		in, out, d := pair[0].Maps.Data, pair[1].Maps.Data, pair[1].Dense
		if len(d.Weights.Data) != len(d.Units)*len(in) || len(d.Bias) != len(d.Units) || len(d.Units) == 0 {
			t.Fatalf("%d weights and %d biases of units %v", len(d.Weights.Data), len(d.Bias), d.Units)
		}
		for i, unit := range d.Units {
			want := float64(d.Bias[i])
			for k, x := range in {
				want += float64(x) * float64(d.Weights.Data[i*len(in)+k])
			}
			if math.Abs(float64(out[unit])-want) > 1e-5 {
				t.Errorf("%s: unit %d gives %v, expected %v", d.Weights.Name, unit, out[unit], want)
			}
		}
	}
	got := fmt.Sprint(v[1].Dense.Units, v[1].Dense.Weights.Shape, v[3].Dense.Units, v[3].Dense.Weights.Shape)
	if want := "[5 127] [2 32 2 1] [9] [1 128]"; got != want {
		t.Errorf("units and shapes %s, expected %s", got, want)
	}
	for _, v := range v[4:] {
		if v.Dense.Weights.Shape != nil || len(v.Dense.Weights.Data) != 0 || len(v.Dense.Units) != 0 {
			t.Errorf("weights of shape %v of what is no dense layer", v.Dense.Weights.Shape)
		}
	}
}

// TestViewDetail checks the figures about each array of weights.
func TestViewDetail(t *testing.T) {
	p := newPage(t)
	l, of := views(t, p, wire.TrainSplit, 0)
	for _, layer := range l.model.Layers {
		d := of[layer.Name()].Layer
		if len(d.Weights) != len(layer.Params()) {
			t.Errorf("%s: %d arrays of weights, expected %d", d.Name, len(d.Weights), len(layer.Params()))
			continue
		}
		for i, w := range layer.Params() {
			shown := make([]float32, w.Len())
			w.Export(shown, w.Value)
			checkWeights(t, d.Name, d.Weights[i], w, shown)
		}
	}
	if got := fmt.Sprint(of["conv2d_2"].Layer.Weights[0].Shape, of["dense_1"].Layer.Weights[0].Shape, of["dense_2"].Layer.Weights[1].Shape); got != "[32 32 3 3] [64 128] [10]" {
		t.Errorf("shapes %s", got)
	}
}

func checkWeights(t *testing.T, layer string, got wire.WeightInfo, w *nn.Param, shown []float32) {
	t.Helper()
	var mean, variance float64
	for _, x := range shown {
		mean += float64(x) / float64(len(shown))
	}
	for _, x := range shown {
		variance += (float64(x) - mean) * (float64(x) - mean) / float64(len(shown))
	}
	near := func(x float32, want float64) bool { return math.Abs(float64(x)-want) <= 1e-6*math.Abs(want)+1e-9 }
	if got.Name != w.Name || got.Init != w.Init || !slices.Equal(got.Shape, w.Shape) || size(got.Shape) != len(shown) {
		t.Errorf("%s: weights %s, %s, shape %v", layer, got.Name, got.Init, got.Shape)
	}
	if got.Min != slices.Min(shown) || got.Max != slices.Max(shown) || !near(got.Mean, mean) || !near(got.Std, math.Sqrt(variance)) {
		t.Errorf("%s/%s: min %v, max %v, mean %v, std %v; expected %v, %v, %v, %v", layer, got.Name,
			got.Min, got.Max, got.Mean, got.Std, slices.Min(shown), slices.Max(shown), mean, math.Sqrt(variance))
	}
	if !slices.Equal(got.First, shown[:9]) {
		t.Errorf("%s/%s: first values %v, expected %v", layer, got.Name, got.First, shown[:9])
	}
}

// TestViewsInTime sends a View on every Watch, every Pause and end, and while
// training when the page's interval is over.
func TestViewsInTime(t *testing.T) {
	p := newPage(t) // a batch takes 200 ms
	p.play(p.ready(&wire.Watch{Layer: "conv2d_1", IntervalMS: 500}, p.forget, &wire.Train{Settings: settings()})...)
	var got []int
	for _, v := range all[*wire.View](p) {
		got = append(got, v.Step)
	}
	// Every third of ten steps, and the end; two batches of evaluation don't
	// take long enough.
	if want := []int{3, 6, 9, 10}; !slices.Equal(got, want) {
		t.Errorf("Views of the steps %v, expected %v", got, want)
	}
	first, end := all[*wire.View](p)[0], last[*wire.View](p)
	if slices.Equal(first.Kernels[1].Data, end.Kernels[1].Data) || slices.Equal(first.Probs, end.Probs) || slices.Equal(first.Maps.Data, end.Maps.Data) {
		t.Error("the Views don't change with training")
	}

	q := newPage(t)
	q.once(atStep(4), &wire.Pause{})
	q.play(q.ready(&wire.Train{Settings: settings()}, &wire.Resume{})...)
	if n := len(all[*wire.View](q)); n != 0 {
		t.Errorf("%d Views for a page that watches nothing", n)
	}
}

// TestViewWithoutData has kernels and weights, but nothing to run through them.
func TestViewWithoutData(t *testing.T) {
	p := newPage(t)
	p.play(&wire.Watch{Layer: "conv2d_1", Index: 1000}, func() {
		if n := len(all[*wire.View](p)); n != 0 {
			t.Errorf("%d Views without a network", n)
		}
	}, &wire.Init{Settings: settings()}, func() {
		v := last[*wire.View](p)
		if len(v.Kernels) != 2 || len(v.Layer.Weights) != 2 || v.Maps.Shape != nil || v.Input.Shape != nil || len(v.Probs) != 0 || v.Step != 0 {
			t.Errorf("the View has maps of shape %v and input %v", v.Maps.Shape, v.Input.Shape)
		}
		p.forget()
	}, &wire.Load{Source: p.offer("boards", small(1))}, func() { noImage(t, last[*wire.View](p)) })
	p.calm()
}

// noImage wants a View of an image that the dataset does not have.
func noImage(t *testing.T, v *wire.View) {
	t.Helper()
	if len(v.Kernels) != 2 || v.Maps.Shape != nil || len(v.Maps.Data) != 0 || v.Input.Shape != nil || len(v.Input.Data) != 0 || len(v.Probs) != 0 || v.Label != 0 {
		t.Errorf("maps of shape %v, input %v, a %d with probabilities %v", v.Maps.Shape, v.Input.Shape, v.Label, v.Probs)
	}
}

// TestViewOfWhatIsGone keeps nothing of an image that a smaller dataset lacks,
// and shows nothing of a layer that does not exist.
func TestViewOfWhatIsGone(t *testing.T) {
	few := &mnist.Dataset{Train: boards(5, 30, 1, 8, 7), Test: boards(6, 10, 1, 8, 7)}
	p := newPage(t)
	p.play(p.ready(&wire.Watch{Layer: "relu_1", Index: 150}, func() {
		if v := last[*wire.View](p); v.Label != 5 || len(v.Probs) != 10 || len(v.Maps.Data) == 0 {
			t.Errorf("image 150 is a %d", v.Label)
		}
	}, &wire.Load{Source: p.offer("few", few)}, func() { noImage(t, last[*wire.View](p)) },
		&wire.Watch{Layer: "no such layer", Index: 1})...)
	p.calm()
	v := last[*wire.View](p)
	if v.Layer.Name != "no such layer" || v.Layer.Weights != nil || v.Maps.Shape != nil || len(v.Maps.Data) != 0 {
		t.Errorf("a layer that is not there: %+v, maps of shape %v", v.Layer, v.Maps.Shape)
	}
	checkProbs(t, v)
}

// TestLooking does not change the run: not the weights, and not the curves.
func TestLooking(t *testing.T) {
	p := newPage(t)
	p.play(p.ready(&wire.Watch{Layer: "dropout_1", IntervalMS: 1}, &wire.Train{Settings: settings()})...)
	if got, want := last[*wire.Progress](p), undisturbed(t, settings()); got.Fingerprint != want.Fingerprint || got.ValLoss != want.ValLoss || got.Loss != want.Loss {
		t.Errorf("watched, the run ends with %+v, expected %+v", got, want)
	}
}
