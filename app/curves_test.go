package app

import (
	"math"
	"slices"
	"testing"

	"convlens/nn/wire"
)

func TestCurvesAdd(t *testing.T) {
	var c Curves
	c.add(1, []float32{1, 2}, []float32{.1, .2})
	c.add(3, []float32{3}, []float32{.3})
	c.add(0, nil, nil)
	if !slices.Equal(c.Loss, []float32{1, 2, 3}) || !slices.Equal(c.Acc, []float32{.1, .2, .3}) {
		t.Fatalf("got %v %v", c.Loss, c.Acc)
	}
	c.validated(wire.Validation{Step: 3, Loss: 9})
	c.add(2, []float32{20}, []float32{.9}) // steps 2 and 3 anew
	if !slices.Equal(c.Loss, []float32{1, 20}) || len(c.Vals) != 0 {
		t.Errorf("after going back: %v, %v", c.Loss, c.Vals)
	}
}

func TestCurvesGap(t *testing.T) {
	var c Curves
	c.add(3, []float32{3}, []float32{.3})
	if len(c.Loss) != 3 || !math.IsNaN(float64(c.Loss[0])) || c.Loss[2] != 3 || len(c.Acc) != 3 {
		t.Errorf("got %v, expected NaN, NaN, 3", c.Loss)
	}
}

func TestCurvesValidatedOncePerStep(t *testing.T) {
	var c Curves
	for _, v := range []wire.Validation{{Step: 10, Loss: 1}, {Step: 20, Loss: 2}, {Step: 20, Loss: 3}} {
		c.validated(v)
	}
	if len(c.Vals) != 2 || c.Vals[1].Loss != 3 {
		t.Errorf("got %v", c.Vals)
	}
	c.cut(15)
	if len(c.Vals) != 1 {
		t.Errorf("after cut: %v", c.Vals)
	}
}

func TestSmooth(t *testing.T) {
	nan := float32(math.NaN())
	for _, c := range []struct {
		name      string
		src, want []float32
	}{
		{"constant from the first step on", []float32{2, 2, 2}, []float32{2, 2, 2}},
		// (0.9*0.1*1 + 0.1*3) / (0.9*0.1 + 0.1)
		{"weighted by age", []float32{1, 3}, []float32{1, 0.39 / 0.19}},
		{"gaps are passed over", []float32{2, nan, 2}, []float32{2, 2, 2}},
	} {
		got := smooth(make([]float32, len(c.src)), c.src)
		for i := range got {
			if math.Abs(float64(got[i]-c.want[i])) > 1e-6 {
				t.Errorf("%s: got %v, expected %v", c.name, got, c.want)
				break
			}
		}
	}
	if got := smooth(make([]float32, 1), []float32{nan}); !math.IsNaN(float64(got[0])) {
		t.Errorf("only a gap: got %v, expected NaN", got)
	}
}
