package wire

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"convlens/nn"
)

// TestPlan compares plans with the networks themselves: which fit, their layers'
// names, shapes and parameters.
func TestPlan(t *testing.T) {
	inputs := [][]int{{1, 28, 28}, {3, 32, 32}, {1, 17, 33}, {1, 9, 8}, {3, 5, 40}}
	fitting, misfits := 0, 0
	for _, in := range inputs {
		for _, k := range []int{1, 2, 3, 4, 5, 7, 11} {
			for _, pool := range []int{1, 2, 3, 8} {
				n := Architecture{Filters1: 1 + k, Filters2: 2 + pool, Kernel: k, Pool: pool, Dropout1: 0.5, Units: 10 + k}
				what := fmt.Sprintf("%+v on %v", n, in)
				m, failed := nn.NewSequential(nn.Shape{C: in[0], H: in[1], W: in[2]}, 1, 1, nn.Architecture(n).Layers(7)...)
				p, err := n.Plan(in, 7)
				if (failed == nil) != (err == nil) {
					t.Fatalf("%s: planned %v, the network says %v", what, err, failed)
				}
				if err != nil {
					misfits++
					checkMisfit(t, what, n, in, failed, err)
					continue
				}
				fitting++
				rows, params := m.Summary()
				if p.Params != params || len(p.Layers) != len(rows) {
					t.Errorf("%s: %d parameters in %d layers, the network has %d in %d", what, p.Params, len(p.Layers), params, len(rows))
				}
				work := 0
				for i, r := range rows {
					l := p.Layers[i]
					if l.Name != r.Name || l.Params != r.Params || fmt.Sprint(l.Out) != fmt.Sprint(r.Out.Dims()) {
						t.Errorf("%s: layer %d is planned as %+v, it is %+v", what, i, l, r)
					}
					switch r.Type { // each weight once for each place it is used at
					case "Conv2D":
						work += (r.Params - r.Out.C) * r.Out.H * r.Out.W
					case "Dense":
						work += r.Params - r.Out.Len()
					}
				}
				if p.MultiplyAdds != work {
					t.Errorf("%s: %d multiply-adds, expected %d", what, p.MultiplyAdds, work)
				}
			}
		}
	}
	if fitting < 50 || misfits < 20 {
		t.Errorf("%d fit and %d don't: too few to tell", fitting, misfits)
	}
}

// checkMisfit makes sure that the layer at fault is the network's, and that what
// is said to fit does, and one more doesn't.
func checkMisfit(t *testing.T, what string, n Architecture, in []int, failed, err error) {
	t.Helper()
	var m *Misfit
	if !errors.As(err, &m) {
		t.Fatalf("%s: the error is %v", what, err)
	}
	if !strings.Contains(failed.Error(), fmt.Sprintf("%dx%d pixels", m.In[1], m.In[2])) ||
		!strings.Contains(failed.Error(), fmt.Sprintf("%[1]dx%[1]d", m.Size)) {
		t.Errorf("%s: planned %v, the network says %v", what, err, failed)
	}
	fits := func(n Architecture) bool { _, err := n.Plan(in, 7); return err == nil }
	for size := 1; size <= MaxKernel; size++ {
		kernel, pool := n, n
		kernel.Kernel, pool.Pool = size, size
		if fits(kernel) != (size <= m.Kernel) {
			t.Errorf("%s: a kernel of %d fits: %v; said to fit: up to %d", what, size, fits(kernel), m.Kernel)
		}
		if size <= MaxPool && fits(pool) != (size <= m.Pool) {
			t.Errorf("%s: a pool of %d fits: %v; said to fit: up to %d", what, size, fits(pool), m.Pool)
		}
	}
}

func TestPlanTutorial(t *testing.T) {
	s := Tutorial()
	p, err := s.Plan([]int{1, 28, 28}, 10)
	if err != nil || p.Params != 600_810 || p.MultiplyAdds != 6_094_208 {
		t.Errorf("%d parameters, %d multiply-adds, %v", p.Params, p.MultiplyAdds, err)
	}
}

// TestPlanBytes compares the memory planned with what making the network takes.
func TestPlanBytes(t *testing.T) {
	for _, n := range []Architecture{Tutorial().Net,
		{Filters1: 7, Filters2: 5, Kernel: 5, Pool: 3, Units: 50},
		{Filters1: 64, Filters2: 64, Kernel: 3, Pool: 2, Units: 512},
		{Filters1: 8, Filters2: 8, Kernel: 3, Pool: 1, Units: 64},
		{Filters1: 32, Filters2: 32, Kernel: 11, Pool: 2, Units: 1024},
		{Filters1: 16, Filters2: 100, Kernel: 4, Pool: 2, Units: 100},
	} {
		const batch = 256
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := nn.NewSequential(nn.Shape{C: 1, H: 28, W: 28}, batch, 1, nn.Architecture(n).Layers(10)...); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		p, err := n.Plan([]int{1, 28, 28}, 10)
		if err != nil {
			t.Fatal(err)
		}
		got := float64(after.TotalAlloc - before.TotalAlloc)
		planned := float64(p.Bytes(batch)/2 - 4*bytesPerValue*p.Params) // without moments and checkpoint
		if r := planned / got; r < 0.8 || r > 1.25 {
			t.Errorf("%+v: planned %.1f MB, took %.1f", n, planned/1e6, got/1e6)
		}
	}
}

// TestPlanTooLarge makes sure that the batch said to fit does, and one more
// doesn't.
func TestPlanTooLarge(t *testing.T) {
	s := Tutorial()
	s.Batch = MaxBatch
	_, err := s.Plan([]int{1, 28, 28}, 10)
	var large *TooLarge
	if !errors.As(err, &large) || large.Bytes <= MaxBytes || large.Batch < 1024 || large.Batch >= MaxBatch {
		t.Fatalf("batches of %d: %v", s.Batch, err)
	}
	for extra, fits := range map[int]bool{0: true, 1: false} {
		s.Batch = large.Batch + extra
		if _, err := s.Plan([]int{1, 28, 28}, 10); (err == nil) != fits {
			t.Errorf("batches of %d: %v", s.Batch, err)
		}
	}
	s = Tutorial()
	s.Net.Filters2, s.Net.Units = MaxFilters, MaxUnits
	if _, err := s.Plan([]int{1, 28, 28}, 10); !errors.As(err, &large) || large.Batch != 0 {
		t.Errorf("%d units over %d maps: %v", MaxUnits, MaxFilters, err)
	}
}
