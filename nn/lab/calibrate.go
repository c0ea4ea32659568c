package lab

import (
	"errors"
	"slices"

	"convlens/nn"
	"convlens/nn/wire"
)

// A calibration finds out how fast a run would be by beginning one, with a
// network and replicas of its own: first some of an evaluation, as after the
// first step the others would be dealt their batches ahead, then training steps.
// It does a batch at a time, only when there is nothing else to do, so that a
// command waits for a batch at most; the first one has to wait for the replicas.
type calibration struct {
	settings wire.Settings // as asked
	size     int           // of a batch, which may be smaller than the run's
	trainer  *nn.Trainer
	eval     *nn.Evaluation
	crew     Crew // nil without others

	begun   float64 // when it was asked for
	mark    float64 // end of the last batch, or 0 if something else came after it
	ready   float64 // ms from begun until the first batch could begin
	batches int     // done so far
	spent   float64 // ms on them
	told    float64 // when the page was told the last time

	evaluated, trained pace
}

// A pace is how long batches take.
type pace struct {
	images []int
	ms     []float64
}

func (p *pace) add(images int, ms float64) {
	p.images, p.ms = append(p.images, images), append(p.ms, ms)
}

// perImage is the median time for an image in the later half of the batches, of so
// many images: browsers begin with code that they compile better as they go, and
// other programs get in between now and then.
func (p *pace) perImage() (ms float64, images int) {
	var each []float64
	for i := len(p.ms) / 2; i < len(p.ms); i++ {
		each = append(each, p.ms[i]/float64(p.images[i]))
		images += p.images[i]
	}
	if len(each) == 0 {
		return 0, 0
	}
	slices.Sort(each)
	return (each[(len(each)-1)/2] + each[len(each)/2]) / 2, images
}

const (
	evaluateMS  = 400  // of a calibration's time is for the evaluation
	calibrateMS = 1800 // is all of it, but for the replicas' start
	fewest      = 3    // batches are timed of either kind, however long they take

	// mostWork is how many multiplications a batch may have, per image forward: a
	// tenth of a second or two. Where a batch has more, the time of a smaller one
	// tells that of an image.
	mostWork = 2_000_000_000
)

// calibrate begins a calibration.
func (l *Lab) calibrate(s wire.Settings) error {
	if err := check(s); err != nil {
		return err
	}
	switch {
	case l.run.active() || l.run.state == wire.Paused:
		return errors.New("lab: a run is under way")
	case l.data == nil:
		return errNoData
	}
	in, classes := l.inputs()
	plan, err := s.Plan(in.Dims(), classes)
	if err != nil {
		return err
	}
	c := &calibration{settings: s, begun: l.host.Now()}
	s.Batch = calibrationBatch(s.Batch, plan.MultiplyAdds)
	c.size = s.Batch
	if l.held()+plan.Bytes(s.Batch) > wire.MaxBytes {
		l.host.Send(&wire.Calibrated{Settings: c.settings, NoRoom: true})
		return nil
	}
	if c.crew, err = l.beginLike(c, s, l.size(s)); err != nil {
		c.crew, err = l.beginLike(c, s, 1)
	}
	l.calibration = c
	return err
}

// calibrationBatch is the size of a calibration's batches, for a run in batches of
// some size and so much work on an image.
func calibrationBatch(size, multiplyAdds int) int {
	return min(size, max(nn.Shards, mostWork/max(1, multiplyAdds)))
}

// beginLike prepares a run of settings s by so many replicas.
func (l *Lab) beginLike(c *calibration, s wire.Settings, size int) (Crew, error) {
	in, classes := l.inputs()
	model, err := nn.NewSequential(in, nn.Capacity(s.Batch, size), s.Seed, architecture(s.Net).Layers(classes)...)
	if err != nil {
		return nil, err
	}
	opt, err := optimizer(s.Optimizer)
	if err != nil {
		return nil, err
	}
	c.trainer = nn.NewTrainer(model, opt, l.set(wire.TrainSplit), nn.Options{Seed: s.Seed, Batch: s.Batch, Limit: s.Limit, Shift: s.Shift}, nn.Solo{})
	c.trainer.SetRest(l.resting)
	c.eval = nn.NewEvaluation(c.trainer, l.set(wire.TestSplit))
	if size == 1 {
		return nil, nil
	}
	crew, err := l.hire(size, s, c.trainer)
	if err == nil {
		c.trainer.SetCrew(crew)
	}
	return crew, err
}

// held is about the memory that the network at hand and its run take.
func (l *Lab) held() int {
	if l.model == nil {
		return 0
	}
	plan, err := l.settings.Plan(l.model.InShape().Dims(), l.model.OutShape().Len())
	if err != nil {
		return wire.MaxBytes
	}
	return plan.Bytes(l.settings.Batch)
}

// disturb says that something else than a calibration has been done: the replicas
// may have gone ahead in the meantime.
func (c *calibration) disturb() {
	if c != nil {
		c.mark = 0
	}
}

// measurePace does the next batch of the calibration under way.
func (l *Lab) measurePace() {
	c := l.calibration
	begin := c.mark
	if begin == 0 {
		begin = l.host.Now()
	}
	images, training, err := c.batch()
	if err != nil {
		l.endCalibration()
		return
	}
	now := l.host.Now()
	ms := now - begin
	switch undisturbed := c.mark > 0; {
	case c.batches == 0:
		c.ready = now - c.begun // and the batch itself, which is taken off at the end
	case !undisturbed:
	case training:
		c.trained.add(images, ms)
	default:
		c.evaluated.add(images, ms)
	}
	if c.batches > 0 {
		c.spent += ms
	}
	c.batches++
	c.mark = now
	if training && l.viewer.on && now-c.told >= l.interval() {
		l.view() // as in a run: the page and the next batch share the processors
		c.told = now
	}
	if c.spent >= calibrateMS && len(c.trained.ms) >= fewest {
		l.tellPace()
	}
}

// batch evaluates a batch, or trains on one once enough are evaluated.
func (c *calibration) batch() (images int, training bool, err error) {
	if len(c.evaluated.ms) < fewest || c.spent < evaluateMS && len(c.trained.ms) == 0 {
		if c.eval.Seen() == c.eval.Len() {
			c.eval.Reset()
		}
		before := c.eval.Seen()
		_, err := c.eval.Next()
		return c.eval.Seen() - before, false, err
	}
	s, err := c.trainer.Step()
	return s.N, true, err
}

// tellPace ends the calibration with what it has measured.
func (l *Lab) tellPace() {
	c := l.calibration
	train, images := c.trained.perImage()
	eval, _ := c.evaluated.perImage()
	first := eval * float64(min(c.size, c.eval.Len()))
	l.calibration = nil
	workers := 1
	if c.crew != nil {
		workers = c.crew.Size()
	}
	c.dismiss()
	l.host.Send(&wire.Calibrated{Settings: c.settings, Workers: workers, Images: images,
		StartMS: max(0, c.ready-first), TrainMS: train, EvalMS: eval})
}

// endCalibration ends the one under way, if there is one, without a result.
func (l *Lab) endCalibration() {
	c := l.calibration
	if c == nil {
		return
	}
	l.calibration = nil
	c.dismiss()
	l.host.Send(&wire.Calibrated{Settings: c.settings})
}

func (c *calibration) dismiss() {
	if c.crew != nil {
		c.crew.Dismiss()
	}
}
