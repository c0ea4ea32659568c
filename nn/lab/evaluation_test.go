package lab

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"convlens/nn"
	"convlens/nn/inspect/scores"
	"convlens/nn/kernel"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// large is a dataset whose test set takes an evaluation several slices.
func large(stream uint32) *mnist.Dataset {
	const n = 3*scoreBatch*scoreSlice + 5
	return &mnist.Dataset{Train: boards(stream, trainN, 1, 8, 7), Test: boards(stream+1, n, 1, 8, 7)}
}

// TestEvaluate compares what is told after a run with the network's own answers,
// image by image, and the scores with what the run's validation came to.
func TestEvaluate(t *testing.T) {
	p := newPage(t)
	l := p.play(&wire.Load{Source: p.offer("large", large(1))}, &wire.Init{Settings: settings()},
		&wire.Watch{IntervalMS: 400}, &wire.Train{Settings: settings()}, p.forget, &wire.Evaluate{Now: true}, nothing{})
	p.calm()
	if n := len(all[*wire.Evaluation](p)); n != 1 {
		t.Fatalf("%d evaluations", n)
	}
	m, set := last[*wire.Evaluation](p), l.set(wire.TestSplit)
	if m.Step != steps || m.Classes != 10 || len(m.Labels) != set.Len() || len(m.Answers) != set.Len() || len(m.Confidences) != set.Len() || len(m.Losses) != set.Len() {
		t.Fatalf("step %d, %d classes, %d labels, %d answers, %d confidences, %d losses of %d images",
			m.Step, m.Classes, len(m.Labels), len(m.Answers), len(m.Confidences), len(m.Losses), set.Len())
	}
	image := make([]float32, set.Shape().Len())
	for i := range set.Len() {
		nn.Normalize(image, set.Image(i))
		l.model.Activations(image, func(layer nn.Layer, y []float32) {
			if layer.Name() != "softmax_1" {
				return
			}
			answer, label := nn.Argmax(y), set.Label(i)
			loss := -kernel.Log(max(y[label], 1e-7))
			if int(m.Answers[i]) != answer || int(m.Labels[i]) != label || m.Confidences[i] != y[answer] || m.Losses[i] != loss {
				t.Errorf("image %d: label %d, answer %d with %v, loss %v, expected %d, %d with %v, %v",
					i, m.Labels[i], m.Answers[i], m.Confidences[i], m.Losses[i], label, answer, y[answer], loss)
			}
		})
	}
	if acc := scores.NewMatrix(m.Classes, m.Labels, m.Answers).Accuracy(); acc.Value() != l.run.valAcc {
		t.Errorf("the accuracy is %v, the run's val_acc %v", acc.Value(), l.run.valAcc)
	}
	if loss := scores.MeanLoss(m.Losses); math.Abs(loss-l.run.valLoss) > 1e-12*loss {
		t.Errorf("the loss is %v, the run's val_loss %v", loss, l.run.valLoss)
	}
	told := all[*wire.Scoring](p)
	for i, s := range told {
		if s.Of != set.Len() || s.Seen > s.Of || i == 0 && s.Seen != 0 || i > 0 && s.Seen <= told[i-1].Seen {
			t.Errorf("word %d: %d of %d", i, s.Seen, s.Of)
		}
	}
	if len(told) < 2 {
		t.Errorf("%d words on how far it is", len(told))
	}
}

// The scores are those of validation also where the settings split the work, and
// for images in colour of other sizes.
func TestEvaluateShapes(t *testing.T) {
	for _, shape := range [][3]int{{1, 17, 33}, {3, 9, 12}} {
		t.Run(fmt.Sprint(shape), func(t *testing.T) {
			d := &mnist.Dataset{Train: boards(1, 40, shape[0], shape[1], shape[2]), Test: boards(2, 33, shape[0], shape[1], shape[2])}
			s := settings()
			s.Workers = 2
			p := newPage(t)
			l := p.play(&wire.Load{Source: p.offer("shaped", d)}, &wire.Init{Settings: s}, &wire.Train{Settings: s}, &wire.Evaluate{Now: true}, nothing{})
			p.calm()
			m := last[*wire.Evaluation](p)
			acc, loss := scores.NewMatrix(m.Classes, m.Labels, m.Answers).Accuracy(), scores.MeanLoss(m.Losses)
			if acc.Value() != l.run.valAcc || math.Abs(loss-l.run.valLoss) > 1e-12*loss {
				t.Errorf("accuracy %v and loss %v, the run's are %v and %v", acc.Value(), loss, l.run.valAcc, l.run.valLoss)
			}
		})
	}
}

// Classes that only the training images have are among those to choose from.
func TestEvaluateMissingClasses(t *testing.T) {
	d := small(1)
	for i := range d.Test.Labels {
		d.Test.Labels[i] %= 2
	}
	d.Test.Classes = 2
	p := newPage(t)
	p.play(&wire.Load{Source: p.offer("few", d)}, &wire.Init{Settings: settings()}, &wire.Watch{}, &wire.Evaluate{}, nothing{})
	p.calm()
	if m := last[*wire.Evaluation](p); m.Classes != 10 || slices.Max(m.Labels) != 1 {
		t.Errorf("%d classes, the largest label is %d", m.Classes, slices.Max(m.Labels))
	}
}

// evaluated lists the steps of the evaluations told.
func evaluatedSteps(p *page) (list []int) {
	for _, m := range all[*wire.Evaluation](p) {
		list = append(list, m.Step)
	}
	return list
}

// While no run is going on the lens keeps up with the network by itself, and
// begins nothing that the page has. In a run it waits until it is asked.
func TestEvaluateKeepsUp(t *testing.T) {
	p := newPage(t)
	p.once(atStep(4), &wire.Pause{})
	p.play(p.ready(&wire.Watch{IntervalMS: 1}, &wire.Evaluate{}, nothing{}, nothing{},
		&wire.LookAway{}, &wire.Evaluate{}, nothing{}, // opened again
		&wire.Train{Settings: settings()}, nothing{}, &wire.Resume{}, nothing{})...)
	p.calm()
	if got, want := evaluatedSteps(p), []int{0, 4, steps}; !slices.Equal(got, want) {
		t.Errorf("evaluated after steps %v, expected %v", got, want)
	}

	// A run that is paused while an evaluation is on its way gets another one.
	p = newPage(t)
	asked := false
	p.react = func(m wire.Message) {
		switch m := m.(type) {
		case *wire.Progress:
			if m.State == wire.Training && m.Step == 3 && !asked {
				asked = true
				p.urgent = append(p.urgent, &wire.Evaluate{Now: true})
			}
		case *wire.Scoring:
			if m.Seen > 0 && len(p.urgent) == 0 && len(all[*wire.Scoring](p)) == 2 {
				p.urgent = append(p.urgent, &wire.Pause{})
			}
		}
	}
	s := settings()
	s.Epochs = 4
	p.play(&wire.Load{Source: p.offer("large", large(1))}, &wire.Init{Settings: s}, &wire.Watch{IntervalMS: 1}, &wire.Train{Settings: s}, nothing{})
	p.calm()
	if at := last[*wire.Progress](p); at.State != wire.Paused || !slices.Equal(evaluatedSteps(p), []int{4, at.Step}) || at.Step == 4 {
		t.Errorf("paused at step %d in state %d, evaluated after steps %v", at.Step, at.State, evaluatedSteps(p))
	}

	p = newPage(t)
	p.play(p.ready(&wire.Watch{IntervalMS: 1}, &wire.Evaluate{}, nothing{}, &wire.Evaluate{Now: true}, nothing{})...)
	p.calm()
	if got := evaluatedSteps(p); !slices.Equal(got, []int{0, 0}) {
		t.Errorf("asked twice, evaluated after steps %v", got)
	}
}

// A run with an evaluation in it ends with the same weights. The evaluation begins
// after the next step, and has the answers of that one, though the run goes on
// meanwhile.
func TestEvaluateLeavesRun(t *testing.T) {
	play := func(now *wire.Evaluate) (*page, *Lab) {
		p := newPage(t)
		s := settings()
		s.Epochs = 4
		if now != nil {
			p.once(atStep(3), now)
		}
		l := p.play(&wire.Load{Source: p.offer("large", large(1))}, &wire.Init{Settings: s}, &wire.Watch{IntervalMS: 1}, &wire.Train{Settings: s}, nothing{})
		p.calm()
		return p, l
	}
	disturbed, _ := play(&wire.Evaluate{Now: true})
	plain, _ := play(nil)
	if got, want := last[*wire.Progress](disturbed).Fingerprint, last[*wire.Progress](plain).Fingerprint; got != want {
		t.Errorf("the weights are %.12s, expected %.12s", got, want)
	}
	if got := evaluatedSteps(disturbed); !slices.Equal(got, []int{4, 4 * steps}) {
		t.Fatalf("evaluated after steps %v", got)
	}
	var begun, told int // steps of the run
	for _, m := range disturbed.events {
		switch m := m.(type) {
		case *wire.Progress:
			told = m.Step
		case *wire.Scoring:
			if begun == 0 {
				begun = told
			}
		case *wire.Evaluation:
			if m.Step == 4 && told <= begun {
				t.Errorf("an evaluation of %d images ends in the step %d that it began in", len(m.Labels), told)
			}
		}
	}

	// The same network, stopped there.
	p := newPage(t)
	s := settings()
	s.Epochs = 4
	p.once(atStep(4), &wire.Stop{})
	p.play(&wire.Load{Source: p.offer("large", large(1))}, &wire.Init{Settings: s}, &wire.Watch{IntervalMS: 1}, &wire.Train{Settings: s}, &wire.Evaluate{}, nothing{})
	p.calm()
	a, b := all[*wire.Evaluation](disturbed)[0], last[*wire.Evaluation](p)
	if !slices.Equal(a.Answers, b.Answers) || !slices.Equal(a.Losses, b.Losses) || !slices.Equal(a.Confidences, b.Confidences) {
		t.Error("the answers in a run are not those of its fourth step")
	}
}

// A dataset or a network that comes while an evaluation is under way gets its own.
func TestEvaluateOther(t *testing.T) {
	for _, command := range []string{"Load", "Init"} {
		p := newPage(t)
		next := map[string]wire.Message{"Load": &wire.Load{Source: p.offer("other", large(3))}, "Init": &wire.Init{Settings: func() wire.Settings {
			s := settings()
			s.Seed++
			return s
		}()}}[command]
		done := false
		p.react = func(m wire.Message) {
			if _, first := m.(*wire.Scoring); first && !done {
				done = true
				p.urgent = append(p.urgent, next)
			}
		}
		l := p.play(&wire.Load{Source: p.offer("large", large(1))}, &wire.Init{Settings: settings()}, &wire.Watch{}, &wire.Evaluate{Now: true}, nothing{})
		p.calm()
		found := all[*wire.Evaluation](p)
		if len(found) != 1 {
			t.Fatalf("%s: %d evaluations", command, len(found))
		}
		probs, losses := nn.NewReader(l.model, scoreBatch).Read(l.set(wire.TestSplit), 0, scoreBatch)
		for i := range losses {
			if found[0].Losses[i] != losses[i] || int(found[0].Answers[i]) != nn.Argmax(probs.Sample(i)) || int(found[0].Labels[i]) != l.set(wire.TestSplit).Label(i) {
				t.Fatalf("%s: image %d is of another network or dataset", command, i)
			}
		}
	}
}

// Looking away ends an evaluation; without data there is none.
func TestEvaluateRefused(t *testing.T) {
	p := newPage(t)
	p.play(&wire.Evaluate{Now: true}, &wire.Evaluate{})
	if got, want := p.failures(), []string{"Evaluate: lab: no dataset is loaded"}; !slices.Equal(got, want) {
		t.Errorf("failures %q, expected %q", got, want)
	}
	p = newPage(t)
	p.react = func(m wire.Message) {
		if _, first := m.(*wire.Scoring); first {
			p.urgent = append(p.urgent, &wire.LookAway{})
		}
	}
	p.play(&wire.Load{Source: p.offer("large", large(1))}, &wire.Init{Settings: settings()}, &wire.Evaluate{Now: true}, nothing{})
	p.calm()
	if got := evaluatedSteps(p); len(got) > 0 {
		t.Errorf("after looking away evaluated after steps %v", got)
	}
}
