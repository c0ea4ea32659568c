package lab

import (
	"errors"

	"convlens/nn"
	"convlens/nn/wire"
)

const (
	scoreBatch   = 16  // images at once
	scoreSlice   = 4   // batches of a slice, which takes some 15 ms
	scoreTellsMS = 250 // between two words on how far it is

	// scoreShare is the share of a run's time that an evaluation gets. It takes
	// from the run what it takes, but it was asked for, and ends: so it may as
	// well be soon.
	scoreShare = 0.5
)

// evaluator is the lens that evaluates the network on the whole test set, with a
// copy of it: the answers are those of the step that it began with, whatever the
// run does meanwhile.
type evaluator struct {
	l      *Lab
	of     mapped // what is being evaluated
	reader *nn.Reader
	m      wire.Evaluation
	told   float64
}

// evaluateTest opens the lens, and with now begins an evaluation, unless just this
// one is on its way.
func (l *Lab) evaluateTest(now bool) error {
	if now {
		if l.data == nil || l.model == nil {
			return errNoData
		}
		if l.data.Test.N == 0 {
			return errors.New("lab: the dataset has no test images")
		}
	}
	e, open := l.lens.of.(*evaluator)
	if !open {
		e = &evaluator{l: l}
		l.look(lens{refresh: e.refresh, share: scoreShare, of: e})
	}
	if now && (l.lens.slice == nil || e.of != l.mapped()) {
		l.lens.slice = e.begin
	}
	return nil
}

// refresh begins an evaluation while no run is going on, if the page has none of
// the present network. In a run it would be out of date when it ends, and the
// page would have to be asked for it.
func (e *evaluator) refresh() {
	l := e.l
	if l.lens.slice == nil && !l.run.active() && l.data != nil && l.model != nil && l.data.Test.N > 0 && l.evaluated != l.mapped() {
		l.lens.slice = e.begin
	}
}

// begin is the first slice.
func (e *evaluator) begin() (more bool) {
	now := e.l.mapped()
	if e.reader == nil || e.of.model != now.model {
		e.reader = nn.NewReader(now.model, scoreBatch)
	} else {
		e.reader.Load(now.model)
	}
	e.of, e.told = now, e.l.host.Now()
	m := &e.m
	m.Step, m.Classes = now.step, now.model.OutShape().Len()
	m.Labels, m.Answers, m.Confidences, m.Losses = m.Labels[:0], m.Answers[:0], m.Confidences[:0], m.Losses[:0]
	e.tell()
	e.l.lens.slice = e.next
	return true
}

func (e *evaluator) tell() {
	e.l.host.Send(&wire.Scoring{Seen: len(e.m.Labels), Of: e.of.data.Test.N})
}

// next takes the next few images, and tells the outcome after the last.
func (e *evaluator) next() (more bool) {
	if now := e.l.mapped(); now.model != e.of.model || now.data != e.of.data {
		e.l.lens.slice = e.begin
		return true
	}
	for range scoreSlice {
		e.answer()
	}
	if len(e.m.Labels) == e.of.data.Test.N {
		e.l.evaluated = e.of
		e.l.host.Send(&e.m)
		e.l.lens.slice = nil
		e.refresh() // a run may have gone on meanwhile, and ended
		return e.l.lens.slice != nil
	}
	if e.l.host.Now()-e.told >= scoreTellsMS {
		e.told = e.l.host.Now()
		e.tell()
	}
	return true
}

// answer notes the answers to a batch of images, if there are any left.
func (e *evaluator) answer() {
	m, set := &e.m, samples{&e.of.data.Test}
	first := len(m.Labels)
	n := min(scoreBatch, set.N-first)
	if n == 0 {
		return
	}
	probs, losses := e.reader.Read(set, first, n)
	for i := range n {
		p := probs.Sample(i)
		answer := nn.Argmax(p)
		m.Labels, m.Answers = append(m.Labels, byte(set.Label(first+i))), append(m.Answers, byte(answer))
		m.Confidences, m.Losses = append(m.Confidences, p[answer]), append(m.Losses, losses[i])
	}
}
