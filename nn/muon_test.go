package nn

import (
	"math"
	"testing"
)

// TestMuon takes steps beside the method as it is written down, in float64, on
// numbers that stand for gradients: kernels of convolutions change by it, the
// others as Adam would change them.
func TestMuon(t *testing.T) {
	layers := []Layer{&Conv2D{Filters: 6}, &ReLU{}, &Conv2D{Filters: 4}, &Flatten{}, &Dense{Units: 5}, &Softmax{}}
	m, err := NewSequential(Shape{C: 1, H: 7, W: 6}, 1, 3, layers...)
	if err != nil {
		t.Fatal(err)
	}
	params := m.Params()
	o, adam := NewMuon(), NewAdam()
	o.LearningRate = 0.02
	adam.LearningRate = 0.02
	var others []*Param // as params, for Adam
	velocity := make([][]float64, len(params))
	for i, p := range params {
		q := *p
		q.Value = append([]float32(nil), p.Value...)
		others = append(others, &q)
		velocity[i] = make([]float64, p.Len())
	}
	orthogonal := 0
	for step := range 4 {
		rate := 1 / float64(1+step)
		before := make([][]float32, len(params))
		for i, p := range params {
			copy(p.Grad, noise(1, p.Len(), uint32(10*step+i)).Data)
			before[i] = append(before[i], p.Value...)
		}
		o.Step(params, rate)
		adam.Step(others, rate)
		for i, p := range params {
			if p.Name == "bias" || p.Layer == "dense_1" {
				for k, v := range p.Value {
					if v != others[i].Value[k] {
						t.Fatalf("step %d: value %d of %s/%s is %v, Adam's %v", step, k, p.Layer, p.Name, v, others[i].Value[k])
					}
				}
				continue
			}
			orthogonal++
			filters := p.Shape[0]
			rows := p.Len() / filters
			ahead := noise(rows, filters, 0)
			for k, g := range p.Grad {
				velocity[i][k] = 0.95*velocity[i][k] + float64(g)
				ahead.Data[k] = float32(0.95*velocity[i][k] + float64(g))
			}
			d := schulz(ahead).RawMatrix().Data
			factor := 0.02 * rate * 0.4 * math.Sqrt(float64(max(rows, filters)))
			for k, v := range p.Value {
				if want := float64(before[i][k]) - factor*d[k]; math.Abs(float64(v)-want) > 2e-6 {
					t.Fatalf("step %d: value %d of %s is %v, expected %v", step, k, p.Layer, v, want)
				}
				moments := Moments(o, i)
				if v, u := moments[0][k], moments[1][k]; math.Abs(float64(v)-velocity[i][k]) > 1e-5 || math.Abs(float64(u)-d[k]) > 1e-4 {
					t.Fatalf("step %d: the moments of value %d of %s are %v and %v, expected %v and %v", step, k, p.Layer, v, u, velocity[i][k], d[k])
				}
			}
		}
	}
	if orthogonal != 8 {
		t.Errorf("%d steps of kernels, expected 4 of 2", orthogonal)
	}
	if n := testing.AllocsPerRun(5, func() { o.Step(params, 1) }); n != 0 {
		t.Errorf("%v allocations in a step", n)
	}
}
