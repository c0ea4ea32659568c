package nn

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// TestFuse trains networks whose layers are done in one pass and the same ones
// with every layer by itself: the losses of the first step are the same bits, its
// gradients too if there is no pool; with one they are summed in another way.
func TestFuse(t *testing.T) {
	data := boards{n: 40, shape: Shape{C: 1, H: 14, W: 13}}
	for name, layers := range map[string]func() []Layer{
		"relu": func() []Layer {
			return []Layer{&Conv2D{Filters: 5}, &ReLU{}, &Conv2D{Filters: 3}, &ReLU{}, &Flatten{}, &Dense{Units: 10}, &Softmax{}}
		},
		"Winograd and relu": func() []Layer {
			return []Layer{&Conv2D{Filters: 4}, &ReLU{}, &Conv2D{Filters: 8}, &ReLU{}, &Flatten{}, &Dense{Units: 10}, &Softmax{}}
		},
		"Winograd, relu and pool": small,
		"pool of 3": func() []Layer {
			return []Layer{&Conv2D{Filters: 4}, &ReLU{}, &Conv2D{Filters: 4}, &ReLU{}, &MaxPool2D{Size: 3}, &Flatten{}, &Dense{Units: 10}, &Softmax{}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			opts := Options{Seed: 5, Batch: 40}
			one, other := single(t, data, opts, adadelta, layers), single(t, data, opts, adadelta, layers)
			fused := 0
			var pool *MaxPool2D
			for _, l := range other.Model().Layers {
				switch l := l.(type) {
				case *Conv2D:
					if l.relu {
						fused++
					}
					if l.pool != nil {
						pool, l.pool = l.pool, nil
						l.ut, l.du = make([]float32, l.wino.LenU()), make([]float32, l.wino.LenU())
						l.dv, l.y = make([]float32, l.wino.LenV()), NewTensor(opts.Batch, l.out)
					}
					l.relu = false
				case *ReLU:
					l.fused = false
				case *MaxPool2D:
					l.fused, l.dx = false, NewTensor(opts.Batch, l.in)
				}
			}
			if fused != 2 || (pool != nil) != strings.HasSuffix(name, "and pool") {
				t.Errorf("%d convolutions are fused with their ReLU, expected both; with the pool: %v", fused, pool != nil)
			}
			for step := range 2 {
				a, b := steps(t, one, 1)[0], steps(t, other, 1)[0]
				if step == 0 && a != b {
					t.Errorf("losses %v, apart %v", a, b)
				} else if math.Abs(a.Loss-b.Loss) > 1e-4 {
					t.Errorf("losses of the second step %v, apart %v", a, b)
				}
				for i, p := range one.Model().Params() {
					q := other.Model().Params()[i]
					for j, g := range p.Grad {
						exact := step == 0 && pool == nil
						if h := q.Grad[j]; exact && g != h || math.Abs(float64(g-h)) > 1e-4 {
							t.Fatalf("step %d: gradient %d of %s/%s is %v, apart %v", step+1, j, p.Layer, p.Name, g, h)
						}
					}
				}
			}
			// Views see every layer's own output, whether fused or not.
			image := make([]float32, data.shape.Len())
			Normalize(image, data.Image(3))
			see := func(m *Sequential) (out []string) {
				m.Activations(image, func(l Layer, y []float32) { out = append(out, fmt.Sprint(l.Name(), y)) })
				return out
			}
			for i, got := range see(one.Model()) {
				for k, p := range one.Model().Params() {
					copy(other.Model().Params()[k].Value, p.Value)
				}
				if want := see(other.Model())[i]; got != want {
					t.Errorf("a view's output of layer %d is not the layer's own", i)
				}
			}
		})
	}
}
