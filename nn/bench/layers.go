package bench

import (
	"convlens/nn"
	"convlens/nn/glyph"
	"convlens/nn/mnist"
)

// Batch is the batch that layers and steps are timed on: the tutorial's.
const Batch = 128

// TrainFLOP and EvalFLOP are the operations that direct loops need for an image
// of the tutorial's network in training and in evaluation, for speeds that can
// be compared whatever is really done: two for each product of the two
// convolutions and the two dense layers, three times that with the gradients,
// less the first layer's input gradient.
const (
	EvalFLOP  = 2 * (9*26*26*32 + 9*24*24*32*32 + 4608*128 + 128*10)
	TrainFLOP = 3*EvalFLOP - 2*9*26*26*32
)

// digits is how many images there are to train on.
const digits = 16 * Batch

// images are generated digits.
type images struct{ mnist.Set }

func (images) Len() int             { return digits }
func (images) Shape() nn.Shape      { return nn.Shape{C: 1, H: 28, W: 28} }
func (images) Classes() int         { return 10 }
func (s images) Image(i int) []byte { return s.Set.Image(i) }
func (s images) Label(i int) int    { return int(s.Labels[i]) }

// layers times each layer of a batch forward and backward on the activations
// and gradients that it has in training, and the whole step.
func layers(steps int) []Item {
	data := images{glyph.Digits(1, digits, 1).Train}
	m, err := nn.NewSequential(data.Shape(), Batch, 1, nn.Tutorial(10)...)
	if err != nil {
		panic("bench: " + err.Error())
	}
	opt := nn.NewAdadelta()
	trainer := nn.NewTrainer(m, opt, data, nn.Options{Batch: Batch}, nn.Solo{})
	for range steps {
		trainer.Step()
	}
	opt.LearningRate = 1e-9 // so that the last item finds what the first one found
	items := []Item{{Group: "step", Name: "training step, one worker", Direct: Batch * TrainFLOP, Images: Batch, Run: func() { trainer.Step() }}}
	eval := nn.NewEvaluation(trainer, data)
	items = append(items, Item{Group: "step", Name: "evaluation of a batch", Direct: Batch * EvalFLOP, Images: Batch, Run: func() {
		eval.Reset()
		eval.Next()
	}})

	pass := &nn.Pass{Train: true, Samples: make([]int, Batch), Part: nn.Part{Batch: Batch, Hi: nn.Shards}, Exchange: nn.Solo{}}
	x := nn.NewTensor(Batch, data.Shape())
	for i := range Batch {
		nn.Normalize(x.Sample(i), data.Image(i))
	}
	logits := nn.NewTensor(Batch, m.OutShape())
	copy(logits.Data, noise(2, len(logits.Data)))
	// Layers that work in place change what they are run on again and again.
	prepare := func() {
		m.Forward(x, pass)
		m.BackwardLogits(logits, pass)
	}
	prepare()
	muon := nn.NewMuon()
	muon.LearningRate = 1e-9
	in := x
	var forward, backward []Item
	for _, l := range m.Layers {
		x := in
		in = l.Forward(x, pass)
		forward = append(forward, Item{Group: "layer", Name: l.Name() + " forward", Images: Batch, Prepare: prepare, Run: func() { l.Forward(x, pass) }})
	}
	out := logits
	for i := len(m.Layers) - 2; i >= 0; i-- {
		l, dy := m.Layers[i], out
		out = l.Backward(dy, pass)
		backward = append(backward, Item{Group: "layer", Name: l.Name() + " backward", Images: Batch, Prepare: prepare, Run: func() { l.Backward(dy, pass) }})
	}
	items = append(items, forward...)
	items = append(items, backward...)
	items = append(items,
		Item{Group: "layer", Name: "all backward, with dense gradients", Images: Batch, Run: func() { m.BackwardLogits(logits, pass) }},
		Item{Group: "layer", Name: "shards summed", Images: Batch, Run: func() { m.Gradients(pass) }},
		Item{Group: "layer", Name: "adadelta", Images: Batch, Run: func() { opt.Step(m.Params(), 1) }},
		Item{Group: "layer", Name: "muon", Images: Batch, Run: func() { muon.Step(m.Params(), 1) }})
	return append(items, looks(m, opt, x.Sample(0))...)
}
