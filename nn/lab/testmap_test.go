package lab

import (
	"math"
	"slices"
	"testing"

	"convlens/nn"
	"convlens/nn/wire"
)

// TestMapTest compares the map of a trained network with the layer outputs that
// Activations gives, image by image: what lies along an axis has the variance
// that is told, and distances in the map are never longer than those it shows.
func TestMapTest(t *testing.T) {
	p := newPage(t)
	l := trained(p, &wire.MapTest{}, nothing{})
	p.calm()
	m := last[*wire.TestMap](p)
	set := l.set(wire.TestSplit)
	if m.Step != steps || m.Layer != "relu_3" || m.Units != 128 || m.N != testN || len(m.X) != testN || len(m.Y) != testN || len(m.Labels) != testN || len(m.Answers) != testN || len(m.Shares) != 2 {
		t.Fatalf("a map of step %d, %s with %d units, %d of %d images, shares %v", m.Step, m.Layer, m.Units, len(m.X), m.N, m.Shares)
	}
	rows := make([][]float32, testN)
	image := make([]float32, set.Shape().Len())
	for i := range rows {
		nn.Normalize(image, set.Image(i))
		l.model.Activations(image, func(layer nn.Layer, y []float32) {
			switch layer.Name() {
			case "relu_3":
				rows[i] = slices.Clone(y)
			case "softmax_1":
				if int(m.Answers[i]) != argmax(y) || int(m.Labels[i]) != set.Label(i) {
					t.Errorf("image %d: label %d, answer %d, expected %d, %d", i, m.Labels[i], m.Answers[i], set.Label(i), argmax(y))
				}
			}
		})
	}
	total := 0.0
	for j := range m.Units {
		total += variance(testN, func(i int) float64 { return float64(rows[i][j]) })
	}
	for k, places := range [][]float32{m.X, m.Y} {
		v := variance(testN, func(i int) float64 { return float64(places[i]) })
		if share := v / total; math.Abs(share-float64(m.Shares[k])) > 1e-4 || share > 1 {
			t.Errorf("component %d has the share %v, told is %v", k+1, share, m.Shares[k])
		}
	}
	if m.Shares[0] < m.Shares[1] || m.Shares[1] <= 0 {
		t.Errorf("shares %v, expected the larger one first", m.Shares)
	}
	for i := range rows {
		var far float64
		for j := range m.Units {
			far += math.Pow(float64(rows[i][j]-rows[0][j]), 2)
		}
		near := math.Pow(float64(m.X[i]-m.X[0]), 2) + math.Pow(float64(m.Y[i]-m.Y[0]), 2)
		if near > far*1.0001+1e-6 {
			t.Errorf("images 0 and %d are %v apart in the map, %v in truth", i, math.Sqrt(near), math.Sqrt(far))
		}
	}
}

func variance(n int, at func(int) float64) float64 {
	var mean, sum float64
	for i := range n {
		mean += at(i) / float64(n)
	}
	for i := range n {
		sum += math.Pow(at(i)-mean, 2) / float64(n-1)
	}
	return sum
}

// TestMapTestNoNumbers draws no map of a network whose answers are NaN, and says
// so, though the layer whose outputs are mapped is as it was.
func TestMapTestNoNumbers(t *testing.T) {
	p := newPage(t)
	var l *Lab
	p.script = p.ready(func() {
		params := l.model.Params()
		params[len(params)-1].Value[3] = float32(math.NaN())
	}, &wire.MapTest{}, nothing{})
	l = New(p, "")
	l.Run()
	p.calm()
	if m := last[*wire.TestMap](p); !m.NoNumbers || len(m.X) != 0 || m.N != testN {
		t.Errorf("a map of %d of %d images, no numbers: %v; expected none", len(m.X), m.N, m.NoNumbers)
	}
}

// A run with the map open ends with the same weights, and with a map of these.
func TestMapTestLeavesRun(t *testing.T) {
	p := newPage(t)
	p.play(p.ready(&wire.Watch{IntervalMS: 1}, &wire.MapTest{}, &wire.Train{Settings: settings()}, nothing{})...)
	p.calm()
	got, want := last[*wire.Progress](p), undisturbed(t, settings())
	if got.Fingerprint != want.Fingerprint {
		t.Errorf("the weights are %.12s, expected %.12s", got.Fingerprint, want.Fingerprint)
	}
	if m := last[*wire.TestMap](p); m.Step != steps {
		t.Errorf("the last map is of step %d, expected %d", m.Step, steps)
	}
}

// A dataset that comes while a map is being made gets its own.
func TestMapTestOtherData(t *testing.T) {
	p := newPage(t)
	other := p.offer("other", small(3))
	p.react = func(m wire.Message) {
		if _, first := m.(*wire.Mapping); first && len(p.urgent) == 0 && len(all[*wire.Loaded](p)) == 1 {
			p.urgent = append(p.urgent, &wire.Load{Source: other})
		}
	}
	l := p.play(p.ready(&wire.MapTest{}, nothing{})...)
	p.calm()
	m := last[*wire.TestMap](p)
	if len(all[*wire.Loaded](p)) != 2 || l.source != "other" {
		t.Fatalf("%s is loaded", l.source)
	}
	for i, label := range m.Labels {
		if int(label) != l.set(wire.TestSplit).Label(i) {
			t.Fatalf("image %d has the label %d, expected %d", i, label, l.set(wire.TestSplit).Label(i))
		}
	}
}

func TestImages(t *testing.T) {
	p := newPage(t)
	l := p.play(p.ready(p.forget, &wire.GetImages{Split: wire.TrainSplit, Indices: []int{7}}, &wire.GetImages{Split: wire.TestSplit, Indices: []int{7, 0}})...)
	p.calm()
	set, m := l.set(wire.TestSplit), last[*wire.Images](p)
	if want := slices.Concat(set.Image(7), set.Image(0)); !slices.Equal(m.Pixels, want) || !slices.Equal(m.Indices, []int{7, 0}) || !slices.Equal(m.Shape, []int{1, 8, 7}) {
		t.Errorf("images %v of shape %v with %d bytes", m.Indices, m.Shape, len(m.Pixels))
	}
	if train := l.set(wire.TrainSplit); !slices.Equal(all[*wire.Images](p)[0].Pixels, train.Image(7)) {
		t.Error("an image of the training set is another one")
	}
}
