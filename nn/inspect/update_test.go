package inspect

import (
	"testing"

	"convlens/nn"
)

// TestUpdate follows weights of every parameter through steps of Adadelta: the
// parts come to the bits of the optimiser.
func TestUpdate(t *testing.T) {
	tr, _ := trained(t, 0)
	m, o := tr.Model(), tr.Optimizer().(*nn.Adadelta)
	watch := WatchSteps(m, o)
	var weights [][2]int
	for i, p := range m.Params() {
		for _, index := range []int{0, p.Len() / 3, p.Len() - 1} {
			weights = append(weights, [2]int{i, index})
		}
	}
	moved := 0
	for step := range 3 {
		watch.Before()
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
		for _, w := range weights {
			u, param := watch.Update(w[0], w[1]), m.Params()[w[0]]
			s := u.Adadelta(o)
			if s.MeanSquare != u.Moments[0].After || s.MeanDelta != u.Moments[1].After || u.Before-s.Step != u.After {
				t.Errorf("step %d of %+v: its parts are %+v", step+1, u, s)
			}
			if u.Rate != 1 {
				t.Errorf("step %d of %+v: the rate", step+1, u)
			}
			if step == 0 && u.Moments[0].Before != 0 || step > 0 && u.Gradient != 0 && u.Moments[0].Before == u.Moments[0].After {
				t.Errorf("step %d of %+v: moments", step+1, u)
			}
			shown := make([]float32, param.Len())
			param.Export(shown, param.Grad)
			if u.Gradient != shown[w[1]] || u.Layer != param.Layer || u.Name != param.Name || u.Index != w[1] {
				t.Errorf("step %d of %+v: the gradient shown there is %v", step+1, u, shown[u.Index])
			}
			if u.Before != u.After {
				moved++
			}
		}
	}
	if moved < len(weights) {
		t.Errorf("of %d weights only %d have moved in three steps", len(weights), moved)
	}
	if n := testing.AllocsPerRun(3, func() { watch.Before() }); n != 0 {
		t.Errorf("%v allocations before a step", n)
	}
	if watch.Before(2); !watch.Knows(2) || watch.Knows(0) || watch.Knows(3) {
		t.Error("not the one parameter is known")
	}
}

// TestUpdateSGD wants the velocity of plain momentum.
func TestUpdateSGD(t *testing.T) {
	data := digits(32)
	m := network(t, data.Shape(), nn.Tutorial(10)...)
	o := nn.NewSGD()
	tr := nn.NewTrainer(m, o, data, nn.Options{Batch: 16}, nn.Solo{})
	w := WatchSteps(m, o)
	var last Update
	for range 2 {
		w.Before()
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
		last = w.Update(2, 100)
		v := last.Moments[0]
		if last.Rate != 0.01 || len(last.Moments) != 1 || v.After != float32(0.9*v.Before)-float32(0.01*last.Gradient) || last.After != last.Before+v.After {
			t.Errorf("%+v", last)
		}
	}
	if last.Moments[0].Before == 0 {
		t.Error("no velocity from the first step")
	}
}
