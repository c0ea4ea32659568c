package app

import "convlens/nn/wire"

// State is what the page knows of the worker: every event so far, reduced.
// Views read it and never change it. Messages are kept as they arrived and
// are not modified afterwards.
type State struct {
	Ready      *wire.Ready
	Model      *wire.Model
	Loading    *wire.Loading    // the last word of a load under way
	Data       *wire.Loaded     // the dataset in use
	LoadFailed *wire.LoadFailed // why the last load didn't succeed
	Opening    *wire.Opening    // the last word on the visitor's files, while they are read
	Opened     *wire.Opened     // what is in those that were read last
	Stored     *wire.Stored     // what is stored of it, if that was looked at since the load
	Sample     *wire.Sample
	Run        wire.Progress   // where the run stands, without the lists below
	Epochs     []wire.Progress // the last word on each epoch, for its Keras line
	Curves     Curves
	View       *wire.View
	Drawn      *wire.Drawn // by the network at hand
	TestMap    *wire.TestMap
	Mapping    *wire.Mapping    // the last word on a map under way
	Evaluation *wire.Evaluation // of the network at hand
	Scoring    *wire.Scoring    // the last word on an evaluation under way
	Images     imageStore
	Survey     *wire.Survey
	Means      meanStore
	Order      *wire.Order   // of an epoch's samples; see desk.order
	Net        *wire.Net     // asked for to keep it as a file; see desk.taken
	Trace      *wire.Trace   // see Explained
	Reasons    *wire.Reasons // the last answers to Why
	Covered    *wire.Covered
	Ablated    *wire.Ablated
	Film       Film
	Health     History
	Fault      *wire.Fault // of the network at hand

	Predictions *wire.Predictions // by the network at hand

	Checkpoint *wire.Checkpoint
	Failed     *wire.Failed
}

// Apply takes one event into account. Commands change nothing.
func (s *State) Apply(m wire.Message) {
	switch m := m.(type) {
	case *wire.Ready:
		s.Ready = m
	case *wire.Model:
		s.Model, s.Drawn, s.Health.Now, s.Fault, s.Predictions = m, nil, nil, nil, nil
		s.Evaluation, s.Scoring = nil, nil
		s.Reasons, s.Covered, s.Ablated = nil, nil, nil
	case *wire.Loading:
		s.Loading, s.LoadFailed = m, nil
	case *wire.Loaded:
		s.Loading, s.LoadFailed, s.Data, s.Stored = nil, nil, m, nil
		s.TestMap, s.Mapping, s.Images = nil, nil, imageStore{}
		s.Evaluation, s.Scoring = nil, nil
		s.Survey, s.Means, s.Order = nil, meanStore{}, nil
	case *wire.LoadFailed:
		s.Loading, s.LoadFailed = nil, m
		if m.Name == wire.OwnFiles {
			s.Opening = nil
		}
	case *wire.Opening:
		if s.Opening != nil && s.Opening.Number == m.Number {
			s.Opening = m
		}
	case *wire.Opened:
		s.Opening, s.Opened = nil, m
	case *wire.Stored:
		s.Loading = nil
		if s.Data != nil && s.Data.Name == m.Name {
			s.Stored = m
		}
	case *wire.Sample:
		s.Sample = m
	case *wire.Progress:
		s.progress(*m)
	case *wire.View:
		s.View = m
		s.Film.add(m.Moments)
	case *wire.Drawn:
		s.Drawn = m
	case *wire.TestMap:
		s.TestMap, s.Mapping = m, nil
	case *wire.Mapping:
		s.Mapping = m
	case *wire.Evaluation:
		s.Evaluation, s.Scoring = m, nil
	case *wire.Scoring:
		s.Scoring = m
	case *wire.Images:
		s.Images.add(m)
	case *wire.Survey:
		s.Survey = m
	case *wire.Means:
		s.Means.add(m)
	case *wire.Order:
		s.Order = m
	case *wire.Net:
		s.Net = m
	case *wire.Trace:
		s.Trace = m
	case *wire.Reasons:
		s.Reasons = m
	case *wire.Covered:
		s.Covered = m
	case *wire.Ablated:
		s.Ablated = m
	case *wire.Health:
		s.Health.add(m)
	case *wire.Fault:
		s.Fault = m
	case *wire.Predictions:
		s.Predictions = m
	case *wire.Checkpoint:
		s.Checkpoint = m
	case *wire.Failed:
		s.Failed = m
		if m.Fatal {
			s.end()
		}
	}
}

// progress takes over where the run stands. The curves always end at p.Step:
// Init (step 0) empties them and Restore cuts them.
func (s *State) progress(p wire.Progress) {
	s.Curves.add(p.FirstStep, p.StepLoss, p.StepAcc)
	s.Curves.cut(p.Step)
	s.Health.cut(p.Step)
	for _, v := range p.Vals {
		s.Curves.validated(v)
		s.validated(v)
	}
	p.StepLoss, p.StepAcc, p.Vals = nil, nil, nil
	s.Run = p
	if p.Step == 0 && p.State == wire.Idle {
		s.Checkpoint, s.Health.rec = nil, nil // of another network
	}

	n := max(p.Epoch, 0)
	for len(s.Epochs) < n {
		s.Epochs = append(s.Epochs, wire.Progress{})
	}
	s.Epochs = s.Epochs[:n]
	if n > 0 {
		s.Epochs[n-1] = p
	}
}

// validated completes the epoch that v evaluates. The worker may tell of the
// evaluation only together with the first steps of the next epoch.
func (s *State) validated(v wire.Validation) {
	for i := len(s.Epochs) - 1; i >= 0; i-- {
		if e := &s.Epochs[i]; e.Step <= v.Step {
			e.Seen, e.Validated, e.ValLoss, e.ValAcc = e.Samples, true, v.Loss, v.Acc
			return
		}
	}
}

// end takes the worker's end into account: what was under way has stopped,
// and a run can at best go on from the last checkpoint.
func (s *State) end() {
	s.Loading, s.Opening, s.Scoring = nil, nil, nil
	if s.UnderWay() {
		s.Run.State = wire.Paused
	}
}

// UnderWay says whether a run has begun and not ended.
func (s *State) UnderWay() bool {
	switch s.Run.State {
	case wire.Training, wire.Evaluating, wire.Paused:
		return true
	}
	return false
}

// Busy says whether the worker is computing steps or evaluating.
func (s *State) Busy() bool {
	return s.Run.State == wire.Training || s.Run.State == wire.Evaluating
}

// Dead says whether the worker is gone.
func (s *State) Dead() bool { return s.Failed != nil && s.Failed.Fatal }

// Kernels returns the weights (Out,In,H,W) of the named convolution as last
// seen, or nil.
func (s *State) Kernels(layer string) *wire.Tensor {
	if s.View == nil {
		return nil
	}
	for i := range s.View.Kernels {
		if k := &s.View.Kernels[i]; k.Name == layer && len(k.Shape) == 4 && full(k) {
			return k
		}
	}
	return nil
}

// Maps returns the watched layer's output, (C,H,W) or (units), or nil if there
// is none, as before the data is there.
func (s *State) Maps() *wire.Tensor {
	if s.View == nil {
		return nil
	}
	m := &s.View.Maps
	if n := len(m.Shape); n != 1 && n != 3 || !full(m) {
		return nil
	}
	return m
}

// Input returns the watched image as the network sees it, (C,H,W), or nil.
func (s *State) Input() *wire.Tensor {
	if s.View == nil || len(s.View.Input.Shape) != 3 || !full(&s.View.Input) {
		return nil
	}
	return &s.View.Input
}

// full says whether a tensor has the values that its shape asks for, at least
// one.
func full(t *wire.Tensor) bool {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n > 0 && len(t.Data) == n
}

// Layer returns the named row of the model's summary and its place, or nil.
func (s *State) Layer(name string) (*wire.LayerInfo, int) {
	if s.Model != nil {
		for i := range s.Model.Layers {
			if l := &s.Model.Layers[i]; l.Name == name {
				return l, i
			}
		}
	}
	return nil, -1
}
