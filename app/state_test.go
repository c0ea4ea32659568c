package app

import (
	"slices"
	"testing"

	"convlens/nn/wire"
)

func apply(s *State, messages ...wire.Message) {
	for _, m := range messages {
		s.Apply(m)
	}
}

func TestStateLoading(t *testing.T) {
	var s State
	apply(&s, &wire.Loading{File: "train-images", Bytes: 5, Total: 10})
	if s.Loading == nil || s.Loading.Bytes != 5 || s.Data != nil {
		t.Fatalf("while loading: %+v", s)
	}
	apply(&s, &wire.Loaded{Name: "mnist", TrainN: 60000})
	if s.Loading != nil || s.Data == nil || s.Data.TrainN != 60000 {
		t.Fatalf("loaded: %+v", s)
	}
	apply(&s, &wire.Loading{}, &wire.LoadFailed{Name: "digits", Kind: wire.Truncated})
	if s.Loading != nil || s.LoadFailed == nil || s.Data.Name != "mnist" {
		t.Errorf("a failed load: %+v, expected the old data kept", s)
	}
	apply(&s, &wire.Loading{})
	if s.LoadFailed != nil {
		t.Error("the next load doesn't clear the failure of the last")
	}
}

func TestStateRun(t *testing.T) {
	var s State
	apply(&s,
		&wire.Progress{State: wire.Idle, Samples: 256},
		&wire.Progress{State: wire.Training, Epochs: 2, Samples: 256},
		&wire.Progress{State: wire.Training, Epoch: 1, Epochs: 2, Seen: 128, Samples: 256, Step: 1,
			FirstStep: 1, StepLoss: []float32{2}, StepAcc: []float32{.1}},
	)
	if !s.Busy() || !s.UnderWay() || s.Run.Seen != 128 || s.Run.StepLoss != nil {
		t.Fatalf("training: %+v", s.Run)
	}
	// The validation of epoch 1 comes together with the first step of epoch 2.
	apply(&s, &wire.Progress{State: wire.Training, Epoch: 2, Epochs: 2, Seen: 128, Samples: 256, Step: 3,
		FirstStep: 2, StepLoss: []float32{1, .5}, StepAcc: []float32{.2, .3},
		Vals: []wire.Validation{{Step: 2, Loss: .7, Acc: .8}}})
	if !slices.Equal(s.Curves.Loss, []float32{2, 1, .5}) || len(s.Curves.Vals) != 1 {
		t.Errorf("curves: %+v", s.Curves)
	}
	if len(s.Epochs) != 2 || !s.Epochs[0].Validated || s.Epochs[0].ValAcc != .8 || s.Epochs[0].Seen != 256 || s.Epochs[1].Validated {
		t.Errorf("epochs: %+v", s.Epochs)
	}
	apply(&s, &wire.Progress{State: wire.Paused, Epoch: 2, Epochs: 2, Step: 3})
	if s.Busy() || !s.UnderWay() {
		t.Error("a paused run is under way and not busy")
	}
	apply(&s, &wire.Progress{State: wire.Idle, Samples: 256})
	if s.UnderWay() || len(s.Curves.Loss)+len(s.Curves.Vals)+len(s.Epochs) != 0 {
		t.Errorf("after Reset: %+v, %+v", s.Curves, s.Epochs)
	}
}

func TestStateCheckpoint(t *testing.T) {
	var s State
	apply(&s, &wire.Progress{State: wire.Paused, Step: 5}, &wire.Checkpoint{Step: 5})
	if s.Checkpoint == nil {
		t.Fatal("no checkpoint")
	}
	apply(&s, &wire.Progress{State: wire.Training, Step: 6})
	if s.Checkpoint == nil {
		t.Error("a step forgets the checkpoint")
	}
	apply(&s, &wire.Progress{State: wire.Idle})
	if s.Checkpoint != nil {
		t.Error("a fresh network keeps the checkpoint of the old one")
	}
}

// After Restore the run goes over the steps behind the checkpoint again.
func TestStateRestore(t *testing.T) {
	var s State
	steps := func(first, n int) *wire.Progress {
		return &wire.Progress{State: wire.Training, Epoch: 1, Epochs: 1, Step: first + n - 1, FirstStep: first,
			StepLoss: make([]float32, n), StepAcc: make([]float32, n)}
	}
	apply(&s, steps(1, 10), &wire.Checkpoint{Step: 8}, steps(11, 5),
		&wire.Failed{Doing: "training", Detail: "out of memory", Fatal: true})
	if !s.Dead() || s.Run.State != wire.Paused || s.Checkpoint == nil {
		t.Fatalf("dead: %+v", s.Run)
	}
	apply(&s, &wire.Progress{State: wire.Paused, Epoch: 1, Epochs: 1, Step: 8})
	if len(s.Curves.Loss) != 8 {
		t.Errorf("the curve has %d steps after going back to 8", len(s.Curves.Loss))
	}
	apply(&s, steps(9, 2))
	if len(s.Curves.Loss) != 10 {
		t.Errorf("the curve has %d steps, expected 10", len(s.Curves.Loss))
	}
}

// A view is used only if its arrays have the sizes that their shapes say: a
// page that trusts them ends with the first mistake of the worker.
func TestStateDistrustsViews(t *testing.T) {
	good := wire.Tensor{Name: "conv2d_1", Shape: []int{1, 1, 1, 2}, Data: make([]float32, 2)}
	for _, c := range []struct {
		name string
		t    wire.Tensor
		ok   bool
	}{
		{"whole", good, true},
		{"short", wire.Tensor{Name: "conv2d_1", Shape: good.Shape, Data: good.Data[:1]}, false},
		{"flat", wire.Tensor{Name: "conv2d_1", Shape: []int{2}, Data: good.Data}, false},
		{"empty", wire.Tensor{Name: "conv2d_1", Shape: []int{0, 1, 1, 1}}, false},
		{"another", wire.Tensor{Name: "conv2d_9", Shape: good.Shape, Data: good.Data}, false},
	} {
		s := State{View: &wire.View{Kernels: []wire.Tensor{c.t}}}
		if got := s.Kernels("conv2d_1") != nil; got != c.ok {
			t.Errorf("kernels %s: used is %v", c.name, got)
		}
	}
	for _, c := range []struct {
		shape []int
		n     int
		ok    bool
	}{
		{[]int{2, 3, 4}, 24, true}, {[]int{5}, 5, true}, {[]int{5}, 4, false}, {[]int{2, 2}, 4, false}, {nil, 0, false},
	} {
		s := State{View: &wire.View{Maps: wire.Tensor{Shape: c.shape, Data: make([]float32, c.n)}}}
		if got := s.Maps() != nil; got != c.ok {
			t.Errorf("maps %v of %d values: used is %v", c.shape, c.n, got)
		}
	}
	var none State
	if none.Kernels("conv2d_1") != nil || none.Maps() != nil || none.Input() != nil {
		t.Error("something is seen before the first view")
	}
}
