package lab

import (
	"errors"

	"convlens/nn"
	"convlens/nn/wire"
)

// run is the state of the training run.
type run struct {
	state  wire.State
	epochs int // the run ends after so many epochs of the network's life
	eval   *nn.Evaluation

	begun     float64 // when Train came
	firstStep float64 // ms from then to the end of the first step

	losses int  // crews lost
	alone  bool // no others can be had

	faulty bool // the network has numbers that are not finite

	validated       bool // the epoch at hand has been evaluated
	valLoss, valAcc float64

	elapsed float64 // ms spent on the epoch at hand, pauses excluded
	evalMS  float64 // of that, on its evaluation
	mark    float64 // when elapsed was last brought up to date
	told    float64 // when Progress was last sent
	saved   float64 // elapsed time over all epochs at the last Checkpoint
	total   float64
	pending wire.Progress // curves not told yet
	buf     []byte        // of the last Checkpoint
}

// Intervals in milliseconds.
const (
	tellEvery       = 200   // of a page that doesn't say
	tellDrawing     = 1_000 // at least, for so long after each stroke of a drawing
	checkpointEvery = 10_000
)

// active reports whether there is work between commands.
func (r *run) active() bool { return r.state == wire.Training || r.state == wire.Evaluating }

// train begins a run: of the settings' epochs on a fresh network, or as many
// more on one that has been trained.
func (l *Lab) train(s wire.Settings) error {
	if err := check(s); err != nil {
		return err
	}
	switch {
	case l.run.active() || l.run.state == wire.Paused:
		return errors.New("lab: a run is under way")
	case l.data == nil:
		return errNoData
	}
	same := l.settings
	same.Epochs, same.Workers = s.Epochs, s.Workers
	if l.trainer == nil || l.trainer.Position().Step == 0 {
		if l.model == nil || s != same {
			if err := l.init(s); err != nil {
				return err
			}
		}
	} else if s != same {
		return errors.New("lab: batch size, seed, limit and optimiser belong to a fresh network; reset it first")
	}
	l.settings = s
	l.run.begun, l.run.firstStep = l.host.Now(), 0
	done := l.trainer.Position().Epoch
	if l.trainer.EpochDone() {
		done++
	}
	l.run.epochs = done + s.Epochs
	l.cycle()
	l.recruit()
	l.enter(wire.Training)
	l.chronicle()
	return nil
}

// cycle begins a cycle of the learning rate with the run at hand, if the
// settings want one.
func (l *Lab) cycle() {
	if !l.settings.Optimizer.OneCycle {
		return
	}
	l.dismiss() // a batch may be under way at the rate of the run before
	perEpoch := (l.trainer.Samples() + l.settings.Batch - 1) / l.settings.Batch
	l.trainer.SetCycle(nn.OneCycle{From: (l.run.epochs - l.settings.Epochs) * perEpoch, Steps: l.settings.Epochs * perEpoch})
}

// enter changes the state and tells the page. When a run halts, its checkpoint
// goes ahead, so that a page that shows the halt has it.
func (l *Lab) enter(s wire.State) {
	l.tick()
	l.run.state = s
	l.run.mark = l.host.Now()
	if !l.run.active() {
		l.save()
	}
	l.progress()
}

// tick adds the time since the last tick to the epoch's, if the run is active.
func (l *Lab) tick() {
	r := &l.run
	now := l.host.Now()
	if r.active() {
		d := now - r.mark
		r.elapsed += d
		r.total += d
		if r.state == wire.Evaluating {
			r.evalMS += d
		}
	}
	r.mark = now
}

func (l *Lab) pause() error {
	if !l.run.active() {
		return errors.New("lab: no run is under way")
	}
	l.halt(wire.Paused)
	return nil
}

func (l *Lab) resume() error {
	if l.run.state != wire.Paused {
		return errors.New("lab: no run is paused")
	}
	l.recruit() // a restored run has no crew yet
	if l.trainer.EpochDone() && !l.run.validated {
		l.enter(wire.Evaluating)
	} else {
		l.enter(wire.Training)
	}
	return nil
}

func (l *Lab) stop() error {
	if !l.run.active() && l.run.state != wire.Paused {
		return errors.New("lab: no run is under way")
	}
	l.halt(wire.Stopped)
	return nil
}

// halt ends the run, or pauses it.
func (l *Lab) halt(s wire.State) {
	l.enter(s)
	l.view()
	l.chronicle()
}

// work does one batch of whatever the run is at.
func (l *Lab) work() {
	if l.run.state == wire.Evaluating {
		l.evaluate()
	} else {
		l.step()
	}
	l.tick()
	if !l.run.active() {
		return
	}
	if l.host.Now()-l.run.told >= l.interval() {
		l.progress()
		l.view()
	}
	if l.run.total-l.run.saved > checkpointEvery {
		l.save()
	}
}

// interval is how often the page is told of a run that goes on. Progress and
// View go together, so that a page draws once for both. While the visitor draws it
// is told less often: each time an answer would wait until all is shown.
func (l *Lab) interval() float64 {
	every := float64(tellEvery)
	if l.viewer.on {
		every = float64(l.viewer.watch.IntervalMS)
	}
	if l.drawn.Len() > 0 && l.host.Now()-l.drawn.came < tellDrawing {
		every = max(every, tellDrawing)
	}
	return every
}

func (l *Lab) step() {
	r := &l.run
	if l.trainer.EpochDone() { // a new epoch begins
		r.elapsed, r.evalMS, r.validated = 0, 0, false
		l.trainer.Stopwatch().Reset()
	}
	l.trainer.SetRest(l.resting)
	var s nn.Step
	err := l.lens.watched(func() (err error) {
		s, err = l.trainer.Step()
		return err
	})
	if err != nil {
		l.replace(err)
		return
	}
	if r.firstStep == 0 && r.begun > 0 {
		r.firstStep = l.host.Now() - r.begun
	}
	if len(r.pending.StepLoss) == 0 {
		r.pending.FirstStep = l.trainer.Position().Step
	}
	r.pending.StepLoss = append(r.pending.StepLoss, float32(s.Loss))
	r.pending.StepAcc = append(r.pending.StepAcc, float32(s.Correct)/float32(s.N))
	if !l.watchStep(s.Loss) {
		return
	}
	if l.viewer.on && l.due(Moments) {
		l.record()
	}
	if l.due(HealthMoments) {
		l.chronicle()
	}
	if l.trainer.EpochDone() {
		r.eval.Reset()
		l.enter(wire.Evaluating)
	}
}

func (l *Lab) evaluate() {
	r := &l.run
	more, err := r.eval.Next()
	if err != nil {
		l.replace(err)
		return
	}
	if more {
		return
	}
	r.validated, r.valLoss, r.valAcc = true, r.eval.Loss(), r.eval.Accuracy()
	pos := l.trainer.Position()
	r.pending.Vals = append(r.pending.Vals, wire.Validation{Step: pos.Step, Loss: r.valLoss, Acc: r.valAcc})
	if pos.Epoch+1 >= r.epochs {
		l.halt(wire.Done)
	} else {
		l.enter(wire.Training)
	}
}

// progress tells the page where the run stands.
func (l *Lab) progress() {
	r := &l.run
	r.told = l.host.Now()
	p := &r.pending
	p.State, p.Epochs, p.Workers = r.state, r.epochs, l.workers()
	p.ElapsedMS, p.MemoryBytes = r.elapsed, l.host.Memory()
	p.FirstStepMS = r.firstStep
	p.Validated, p.ValLoss, p.ValAcc = r.validated, r.valLoss, r.valAcc
	p.Epoch, p.Seen, p.Samples, p.Step, p.Loss, p.Acc = 0, 0, 0, 0, 0, 0
	p.ValSeen, p.ValN, p.LeftMS, p.ImagesPerS, p.Fingerprint = 0, 0, 0, 0, ""
	p.Timing = wire.Timing{}
	if l.trainer != nil {
		l.measure(p)
	}
	if r.state == wire.Done || r.state == wire.Stopped {
		p.Fingerprint = l.model.Fingerprint()
	}
	l.host.Send(p)
	p.StepLoss, p.StepAcc, p.Vals, p.FirstStep = p.StepLoss[:0], p.StepAcc[:0], p.Vals[:0], 0
}

// evalSpeedup is how much faster evaluation is than training, for the estimate
// of the time left before the first evaluation: forward and backward take about
// three times the arithmetic of forward alone.
const evalSpeedup = 3

// measure fills in what the trainer knows, and the estimates.
func (l *Lab) measure(p *wire.Progress) {
	r := &l.run
	pos := l.trainer.Position()
	p.Samples, p.Seen, p.Step = l.trainer.Samples(), pos.Seen, pos.Step
	p.Timing = timing(l.trainer.Stopwatch())
	p.ValN = r.eval.Len()
	if pos.Step == 0 {
		return
	}
	p.Epoch = pos.Epoch + 1
	p.Loss, p.Acc = pos.LossSum/float64(max(1, pos.Seen)), float64(pos.Correct)/float64(max(1, pos.Seen))
	if r.validated {
		p.ValSeen = p.ValN
	} else if l.trainer.EpochDone() {
		p.ValSeen = r.eval.Seen()
	}
	trainMS := r.elapsed - r.evalMS
	if trainMS <= 0 {
		return
	}
	p.ImagesPerS = 1000 * float64(pos.Seen) / trainMS
	if r.active() || r.state == wire.Paused {
		perImage := trainMS / float64(pos.Seen)
		later := float64(max(0, r.epochs-p.Epoch))
		p.LeftMS = perImage * (float64(p.Samples-pos.Seen) + later*float64(p.Samples))
		p.LeftMS += perImage / evalSpeedup * (float64(p.ValN-p.ValSeen) + later*float64(p.ValN))
	}
}

func timing(s *nn.Stopwatch) wire.Timing {
	t := &s.Spent
	return wire.Timing{DealMS: t[nn.Dealing], ForwardMS: t[nn.Forward], BackwardMS: t[nn.Backward], SendMS: t[nn.Sending],
		WaitMS: t[nn.Waiting], UpdateMS: t[nn.Updating], EvalMS: t[nn.Evaluating], SentBytes: s.Sent}
}
