package lab

import (
	"errors"
	"fmt"

	"convlens/nn"
	"convlens/nn/wire"
)

// Limits of what a page may ask for.
const (
	maxBatch  = 4096
	maxEpochs = 1000
)

// check says what is wrong with a run's settings.
func check(s wire.Settings) error {
	switch {
	case s.Epochs < 1 || s.Epochs > maxEpochs:
		return fmt.Errorf("lab: %d epochs, expected 1 to %d", s.Epochs, maxEpochs)
	case s.Workers < 0 || s.Limit < 0 || s.Shift < 0:
		return errors.New("lab: a negative number of workers, samples or pixels")
	case s.Batch < 1 || s.Batch > maxBatch:
		return fmt.Errorf("lab: batches of %d, expected 1 to %d", s.Batch, maxBatch)
	}
	if err := checkNet(s.Net); err != nil {
		return err
	}
	_, err := optimizer(s.Optimizer)
	return err
}

// Limits of a network, so that it fits into a tab's memory with all replicas.
const (
	maxFilters = 256
	maxUnits   = 4096
	maxKernel  = 11
	maxPool    = 8
)

// checkNet says what is wrong with a network by itself; whether it fits the
// images is for nn.NewSequential to say.
func checkNet(n wire.Architecture) error {
	for _, v := range []struct {
		what   string
		n, max int
	}{
		{"filters in conv2d_1", n.Filters1, maxFilters}, {"filters in conv2d_2", n.Filters2, maxFilters},
		{"rows in a kernel", n.Kernel, maxKernel}, {"rows in a pool", n.Pool, maxPool}, {"units in dense_1", n.Units, maxUnits},
	} {
		if v.n < 1 || v.n > v.max {
			return fmt.Errorf("lab: %d %s, expected 1 to %d", v.n, v.what, v.max)
		}
	}
	return nil
}

// architecture is nn's word for the page's.
func architecture(n wire.Architecture) nn.Architecture { return nn.Architecture(n) }

// optimizer makes the optimiser that the settings describe.
func optimizer(o wire.Optimizer) (nn.Optimizer, error) {
	if !(o.LearningRate > 0) {
		return nil, fmt.Errorf("lab: a learning rate of %v, expected more than 0", o.LearningRate)
	}
	switch o.Name {
	case "adadelta":
		return &nn.Adadelta{LearningRate: o.LearningRate, Rho: o.Rho, Epsilon: o.Epsilon}, nil
	case "sgd":
		return &nn.SGD{LearningRate: o.LearningRate, Momentum: o.Momentum}, nil
	case "adam":
		return &nn.Adam{LearningRate: o.LearningRate, Beta1: o.Beta1, Beta2: o.Beta2, Epsilon: o.Epsilon}, nil
	}
	return nil, fmt.Errorf("lab: unknown optimiser %q, expected adadelta, sgd or adam", o.Name)
}

// inputs is the shape of the samples and the number of classes: those of the
// data in use, or of MNIST as long as there are none.
func (l *Lab) inputs() (in nn.Shape, classes int) {
	if l.data == nil {
		return nn.Shape{C: 1, H: 28, W: 28}, 10
	}
	return l.set(wire.TrainSplit).Shape(), l.data.Train.Classes
}

// init makes a fresh network and forgets the run.
func (l *Lab) init(s wire.Settings) error {
	if err := check(s); err != nil {
		return err
	}
	in, classes := l.inputs()
	model, err := nn.NewSequential(in, s.Batch, s.Seed, architecture(s.Net).Layers(classes)...)
	if err != nil {
		return err
	}
	l.settings = s
	l.dismiss()
	l.model = model
	l.opt, _ = optimizer(s.Optimizer)
	l.run = run{}
	l.trainer = nil
	l.host.Send(describe(model))
	l.prepare()
	l.progress()
	l.view()
	return nil
}

// prepare makes the trainer once there are both a network and data.
func (l *Lab) prepare() {
	if l.model == nil || l.data == nil {
		return
	}
	l.trainer = nn.NewTrainer(l.model, l.opt, l.set(wire.TrainSplit), nn.Options{
		Seed: l.settings.Seed, Batch: l.settings.Batch, Limit: l.settings.Limit, Shift: l.settings.Shift}, nn.Solo{})
	l.trainer.Stopwatch().Clock = l.host.Now
	l.run.eval = nn.NewEvaluation(l.trainer, l.set(wire.TestSplit))
}

// adopt brings the network together with data just loaded. A network that has
// been trained on other data would not be the settings' run any more: it begins
// anew.
func (l *Lab) adopt() error {
	if l.model == nil {
		return nil
	}
	in, classes := l.inputs()
	fresh := l.trainer == nil && l.model.InShape() == in && l.model.OutShape().Len() == classes
	if !fresh {
		return l.init(l.settings)
	}
	l.prepare()
	l.progress()
	l.view()
	return nil
}

// describe tells the page about the network.
func describe(m *nn.Sequential) *wire.Model {
	rows, params := m.Summary()
	d := &wire.Model{InputShape: m.InShape().Dims(), Params: params}
	for i, r := range rows {
		info := wire.LayerInfo{Name: r.Name, Type: r.Type, OutShape: r.Out.Dims(), Params: r.Params}
		for _, s := range m.Layers[i].Config() {
			info.Config = append(info.Config, wire.KeyValue(s))
		}
		d.Layers = append(d.Layers, info)
	}
	return d
}
