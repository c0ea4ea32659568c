package app

import (
	"fmt"
	"net/url"
	"slices"
	"testing"

	"convlens/nn/wire"
)

// fakeSession records what is sent.
type fakeSession struct {
	sent   []wire.Message
	closed bool
}

func (s *fakeSession) Send(m wire.Message) { s.sent = append(s.sent, m) }
func (s *fakeSession) Close()              { s.closed = true }

// take returns the names of what was sent since the last time.
func (s *fakeSession) take() []string {
	var names []string
	for _, m := range s.sent {
		names = append(names, wire.Name(m))
	}
	s.sent = nil
	return names
}

// last returns the last message of type M, or nil.
func last[M wire.Message](s *fakeSession) (found M) {
	for _, m := range s.sent {
		if m, ok := m.(M); ok {
			found = m
		}
	}
	return found
}

var testSources = []wire.Source{
	{Name: "mnist", Title: "MNIST", Files: []wire.File{{Role: "train-images", Bytes: 100}, {Role: "train-labels", Bytes: 10}}},
	{Name: "digits", Title: "Generated digits"},
}

// opened returns a desk whose sessions are recorded, started with a query.
func opened(t *testing.T, query string) (*desk, *[]*fakeSession) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(testSources, "build-1")
	var sessions []*fakeSession
	d.deliver = d.handle
	d.open = func(func(wire.Message)) Session {
		s := &fakeSession{}
		sessions = append(sessions, s)
		return s
	}
	d.read(values)
	d.start()
	return d, &sessions
}

func expectSent(t *testing.T, s *fakeSession, names ...string) {
	t.Helper()
	if got := s.take(); !slices.Equal(got, names) {
		t.Errorf("sent %v, expected %v", got, names)
	}
}

func expectCan(t *testing.T, d *desk, actions ...action) {
	t.Helper()
	var got []action
	for _, a := range []action{actTrain, actPause, actResume, actStop, actReset} {
		if d.can(a) {
			got = append(got, a)
		}
	}
	if !slices.Equal(got, actions) {
		t.Errorf("possible: %v, expected %v", got, actions)
	}
}

var loaded = &wire.Loaded{Name: "mnist", Title: "MNIST", TrainN: 60000, TestN: 10000, SampleShape: []int{1, 28, 28},
	Classes: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}}

func TestDeskStart(t *testing.T) {
	d, sessions := opened(t, "data=digits&seed=5")
	s := (*sessions)[0]
	if m := last[*wire.Init](s); m == nil || m.Settings.Seed != 5 {
		t.Errorf("Init is %+v", m)
	}
	if m := last[*wire.Load](s); m == nil || m.Source.Name != "digits" {
		t.Errorf("Load is %+v", m)
	}
	expectSent(t, s, "Init", "Watch", "Load")
	if d.State.Loading == nil {
		t.Error("nothing shows that data are on their way")
	}
}

func TestDeskRun(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.handle(loaded)
	expectSent(t, s, "Init", "Watch", "Load", "GetSample", "Watch")
	expectCan(t, d, actTrain)

	d.do(actTrain)
	d.do(actTrain) // a double click asks once
	expectSent(t, s, "Train")
	d.handle(&wire.Progress{State: wire.Training, Epoch: 1, Epochs: 1, Step: 3})
	expectCan(t, d, actPause, actStop)
	if d.primary() != actPause {
		t.Errorf("the first button is %s", d.primary())
	}

	d.do(actPause)
	expectSent(t, s, "Pause")
	d.handle(&wire.Progress{State: wire.Paused, Epoch: 1, Epochs: 1, Step: 4})
	expectCan(t, d, actResume, actStop, actReset)

	d.do(actResume)
	d.handle(&wire.Progress{State: wire.Evaluating, Epoch: 1, Epochs: 1, Step: 4})
	expectSent(t, s, "Resume")
	expectCan(t, d, actPause, actStop)
	d.do(actPause)
	d.handle(&wire.Progress{State: wire.Paused, Epoch: 1, Epochs: 1, Step: 4})
	d.do(actResume)
	d.handle(&wire.Progress{State: wire.Evaluating, Epoch: 1, Epochs: 1, Step: 4})
	expectSent(t, s, "Pause", "Resume")

	d.do(actStop)
	expectSent(t, s, "Stop")
	d.handle(&wire.Progress{State: wire.Stopped, Epoch: 1, Epochs: 1, Step: 4})
	expectCan(t, d, actTrain, actReset)

	d.do(actReset)
	expectSent(t, s, "Init")
	d.handle(&wire.Progress{State: wire.Idle})
	expectCan(t, d, actTrain)
	d.do(actPause)
	expectSent(t, s)
}

func TestDeskTrainWaitsForData(t *testing.T) {
	for _, query := range []string{"", "autoplay=1"} {
		d, sessions := opened(t, query)
		s := (*sessions)[0]
		s.take()
		if query == "" {
			d.do(actTrain)
		}
		if !d.WantTrain || last[*wire.Train](s) != nil {
			t.Fatalf("%q: before the data: %+v", query, s.sent)
		}
		d.handle(loaded)
		expectSent(t, s, "GetSample", "Watch", "Train")
		if d.WantTrain {
			t.Error("still waiting")
		}
	}
}

func TestDeskResetTakesTrainBack(t *testing.T) {
	d, sessions := opened(t, "")
	d.do(actTrain)
	d.do(actReset)
	(*sessions)[0].take()
	d.handle(loaded)
	expectSent(t, (*sessions)[0], "GetSample", "Watch")
}

// A trained network keeps the settings it began with; epochs may change.
func TestDeskTrainsOnWithTheNetworksSettings(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.handle(loaded)
	d.do(actTrain)
	d.handle(&wire.Progress{State: wire.Done, Epoch: 1, Epochs: 1, Step: 469})
	for key, text := range map[string]string{"batch": "64", "seed": "9", "epochs": "3"} {
		if err := d.set(key, text); err != nil {
			t.Fatal(err)
		}
	}
	if !d.waiting() {
		t.Error("nothing says that the batch size waits for Reset")
	}
	s.take()
	d.do(actTrain)
	if m := last[*wire.Train](s); m == nil || m.Settings.Batch != 128 || m.Settings.Seed != 1 || m.Settings.Epochs != 3 {
		t.Errorf("Train is %+v", m)
	}
	d.handle(&wire.Progress{State: wire.Stopped, Step: 500})
	d.do(actReset)
	if m := last[*wire.Init](s); m == nil || m.Settings.Batch != 64 || m.Settings.Seed != 9 {
		t.Errorf("Init is %+v", m)
	}
}

func TestDeskSet(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	s.take()
	var address Query
	d.address = func(q Query) { address = q }
	if err := d.set("seed", " 12 "); err != nil || address.Settings.Seed != 12 {
		t.Errorf("seed: %v, %+v", err, address.Settings)
	}
	expectSent(t, s, "Init") // other weights at once
	if err := d.set("limit", "6000"); err != nil || d.Query.Settings.Limit != 6000 {
		t.Errorf("limit: %v", err)
	}
	if err := d.set("limit", ""); err != nil || d.Query.Settings.Limit != 0 {
		t.Errorf("no limit: %v", err)
	}
	if err := d.set("epochs", "0"); err == nil || d.Query.Settings.Epochs != 1 {
		t.Errorf("epochs 0: %v, %d", err, d.Query.Settings.Epochs)
	}
	expectSent(t, s)
}

func TestDeskLoadFailure(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.handle(&wire.LoadFailed{Name: "mnist", Kind: wire.Missing})
	if d.Query.Data != "mnist" {
		t.Errorf("data is %s after the first load failed", d.Query.Data)
	}
	s.take()
	d.use("digits")
	expectSent(t, s, "Load")
	d.handle(&wire.Loaded{Name: "digits", TrainN: 100, TestN: 20})
	d.use("mnist")
	d.handle(&wire.LoadFailed{Name: "mnist", Kind: wire.Network})
	if d.Query.Data != "digits" || d.State.Data.Name != "digits" {
		t.Errorf("data is %s, in use %s: expected what was loaded before", d.Query.Data, d.State.Data.Name)
	}
}

func TestDeskChoose(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	d.choose(wire.TestSplit, 3) // no data yet
	d.handle(loaded)
	s.take()
	for _, c := range []struct {
		split       wire.Split
		index, want int
	}{
		{wire.TrainSplit, 59999, 59999}, {wire.TrainSplit, 60000, 0}, {wire.TrainSplit, -1, 59999}, {wire.TestSplit, 10001, 1},
	} {
		d.choose(c.split, c.index)
		sample, watch := last[*wire.GetSample](s), last[*wire.Watch](s)
		if d.Index != c.want || sample.Index != c.want || sample.Split != c.split || watch.Index != c.want || watch.Split != c.split {
			t.Errorf("choose(%d, %d): %+v, %+v", c.split, c.index, sample, watch)
		}
	}
	// A smaller dataset has no image 10001.
	d.choose(wire.TestSplit, 9999)
	d.handle(&wire.Loaded{Name: "digits", TrainN: 12000, TestN: 2000})
	if d.Index != 1999 {
		t.Errorf("image %d of 2000", d.Index)
	}
}

func TestDeskKeepsChoicesPossible(t *testing.T) {
	d, _ := opened(t, "")
	d.handle(&wire.Model{Layers: []wire.LayerInfo{{Name: "conv_a"}, {Name: "conv_b"}}})
	if d.Layer != "conv_a" {
		t.Errorf("the layer is %s", d.Layer)
	}
	kernels := func(name string, out, in int) wire.Tensor {
		return wire.Tensor{Name: name, Shape: []int{out, in, 1, 1}, Data: make([]float32, out*in)}
	}
	d.handle(&wire.View{Kernels: []wire.Tensor{kernels("conv_a", 2, 1), kernels("conv_b", 4, 2)}})
	if (d.Kernel != kernelChoice{Layer: "conv_b"}) {
		t.Errorf("the kernel is %+v", d.Kernel)
	}
	d.chooseKernel(kernelChoice{"conv_b", 3, 1})
	d.handle(&wire.View{Kernels: []wire.Tensor{kernels("conv_a", 2, 1), kernels("conv_b", 4, 2)}})
	if d.Kernel.Filter != 3 {
		t.Errorf("a view of the same network moves the choice to %+v", d.Kernel)
	}
	d.handle(&wire.View{Kernels: []wire.Tensor{kernels("conv_b", 2, 2)}})
	if d.Kernel.Filter != 0 {
		t.Errorf("filter %d of 2", d.Kernel.Filter)
	}
}

func TestDeskStartAgain(t *testing.T) {
	dead := &wire.Failed{Doing: "training", Detail: "panic", Fatal: true}
	t.Run("without a checkpoint", func(t *testing.T) {
		d, sessions := opened(t, "")
		d.handle(dead)
		expectCan(t, d)
		d.startAgain()
		if !(*sessions)[0].closed || len(*sessions) != 2 {
			t.Fatal("the old session is not closed, or there is no new one")
		}
		expectSent(t, (*sessions)[1], "Init", "Watch", "Load")
	})
	t.Run("with a checkpoint", func(t *testing.T) {
		d, sessions := opened(t, "")
		d.handle(loaded)
		c := &wire.Checkpoint{Dataset: "mnist", Step: 40, State: wire.Paused, Settings: wire.Settings{Epochs: 2, Batch: 32}}
		d.handle(&wire.Progress{State: wire.Training, Epoch: 1, Epochs: 1, Step: 50})
		d.handle(c)
		d.handle(dead)
		expectCan(t, d)
		d.startAgain()
		s := (*sessions)[1]
		expectSent(t, s, "Watch", "Load")
		expectCan(t, d) // until the network is back
		d.handle(loaded)
		if m := last[*wire.Restore](s); m == nil || m.Checkpoint.Step != 40 {
			t.Errorf("Restore is %+v", m)
		}
		expectSent(t, s, "Restore", "GetSample", "Watch")
		d.handle(&wire.Progress{State: wire.Paused, Epoch: 1, Epochs: 1, Step: 40})
		expectCan(t, d, actResume, actStop, actReset)
		d.handle(&wire.Failed{Doing: "Restore", Detail: "damaged"})
		expectSent(t, s, "Init")
	})
	t.Run("with a checkpoint and other data", func(t *testing.T) {
		d, sessions := opened(t, "")
		d.handle(loaded)
		d.handle(&wire.Progress{State: wire.Paused, Epoch: 1, Epochs: 1, Step: 50})
		d.handle(&wire.Checkpoint{Dataset: "mnist", Step: 40})
		d.handle(dead)
		d.startAgain()
		s := (*sessions)[1]
		d.handle(&wire.LoadFailed{Name: "mnist", Kind: wire.Network})
		d.use("digits")
		s.take()
		d.handle(&wire.Loaded{Name: "digits", TrainN: 100, TestN: 20})
		expectSent(t, s, "Init", "GetSample", "Watch")
	})
}

func TestDeskStale(t *testing.T) {
	for _, c := range []struct {
		page, worker string
		stale        bool
	}{{"a", "a", false}, {"a", "b", true}, {"", "b", false}} {
		d := newDesk(nil, c.page)
		if d.Stale() {
			t.Error("stale before the worker has spoken")
		}
		d.handle(&wire.Ready{Build: c.worker})
		if d.Stale() != c.stale {
			t.Errorf("page %q, worker %q: stale is %v", c.page, c.worker, d.Stale())
		}
	}
}

// Every event makes the views that show it render again.
func TestDeskRevisions(t *testing.T) {
	for _, c := range []struct {
		m  wire.Message
		ts []topic
	}{
		{&wire.Ready{}, []topic{topicFault, topicRun}},
		{&wire.Model{}, []topic{topicModel}},
		{&wire.Loading{}, []topic{topicData, topicRun}},
		{&wire.Loaded{}, []topic{topicData, topicRun}},
		{&wire.LoadFailed{}, []topic{topicData, topicRun}},
		{&wire.Stored{}, []topic{topicStorage, topicData}},
		{&wire.Sample{}, []topic{topicSample}},
		{&wire.Progress{}, []topic{topicRun}},
		{&wire.View{}, []topic{topicView}},
		{&wire.Drawn{}, []topic{topicDrawn}},
		{&wire.Reasons{}, []topic{topicWhy}},
		{&wire.Covered{}, []topic{topicWhy}},
		{&wire.Ablated{}, []topic{topicWhy}},
		{&wire.Health{}, []topic{topicHealth}},
		{&wire.Fault{}, []topic{topicFault}},
		{&wire.Failed{}, []topic{topicFault, topicRun, topicData, topicStorage}},
	} {
		d, _ := opened(t, "")
		for _, topic := range c.ts {
			before := d.rev(topic)
			d.handle(c.m)
			if d.rev(topic) <= before {
				t.Errorf("%s leaves topic %d unchanged", wire.Name(c.m), topic)
			}
		}
	}
}

func TestInbox(t *testing.T) {
	var b inbox
	woken := 0
	b.wake = func() { woken++ }
	for range 5000 {
		b.put(&wire.View{})
	}
	if n := len(b.take()); n != 5000 || woken != 1 {
		t.Errorf("%d events, woken %d times, expected 5000 and once", n, woken)
	}
	b.put(&wire.View{})
	if woken != 2 || len(b.take()) != 1 || len(b.take()) != 0 {
		t.Error("after it was emptied:", fmt.Sprint(woken))
	}
}
