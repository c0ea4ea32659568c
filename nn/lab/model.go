package lab

import (
	"errors"
	"fmt"

	"convlens/nn"
	"convlens/nn/wire"
)

// check says what is wrong with a run's settings.
func check(s wire.Settings) error {
	switch {
	case s.Epochs < 1 || s.Epochs > wire.MaxEpochs:
		return fmt.Errorf("lab: %d epochs, expected 1 to %d", s.Epochs, wire.MaxEpochs)
	case s.Workers < 0 || s.Limit < 0 || s.Shift < 0:
		return errors.New("lab: a negative number of workers, samples or pixels")
	case s.Batch < 1 || s.Batch > wire.MaxBatch:
		return fmt.Errorf("lab: batches of %d, expected 1 to %d", s.Batch, wire.MaxBatch)
	case s.Shift > wire.MaxShift:
		return fmt.Errorf("lab: shifts of up to %d pixels, expected at most %d", s.Shift, wire.MaxShift)
	}
	if err := checkNet(s.Net); err != nil {
		return err
	}
	_, err := optimizer(s.Optimizer)
	return err
}

// checkNet says what is wrong with a network by itself; whether it fits the
// images is for wire.Settings.Plan to say.
func checkNet(n wire.Architecture) error {
	for _, v := range []struct {
		what   string
		n, max int
	}{
		{"filters in conv2d_1", n.Filters1, wire.MaxFilters}, {"filters in conv2d_2", n.Filters2, wire.MaxFilters},
		{"rows in a kernel", n.Kernel, wire.MaxKernel}, {"rows in a pool", n.Pool, wire.MaxPool}, {"units in dense_1", n.Units, wire.MaxUnits},
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
	if !(o.Epsilon >= 0) {
		return nil, fmt.Errorf("lab: epsilon is %v, expected at least 0", o.Epsilon)
	}
	switch o.Name {
	case "adadelta":
		return &nn.Adadelta{LearningRate: o.LearningRate, Rho: o.Rho, Epsilon: o.Epsilon}, fractions(fraction{"rho", o.Rho})
	case "sgd":
		return &nn.SGD{LearningRate: o.LearningRate, Momentum: o.Momentum}, fractions(fraction{"momentum", o.Momentum})
	case "adam":
		return &nn.Adam{LearningRate: o.LearningRate, Beta1: o.Beta1, Beta2: o.Beta2, Epsilon: o.Epsilon},
			fractions(fraction{"beta_1", o.Beta1}, fraction{"beta_2", o.Beta2})
	case "muon":
		return &nn.Muon{LearningRate: o.LearningRate, Momentum: o.Momentum, Beta1: o.Beta1, Beta2: o.Beta2, Epsilon: o.Epsilon},
			fractions(fraction{"momentum", o.Momentum}, fraction{"beta_1", o.Beta1}, fraction{"beta_2", o.Beta2})
	}
	return nil, fmt.Errorf("lab: unknown optimiser %q, expected adadelta, sgd, adam or muon", o.Name)
}

type fraction struct {
	what string
	v    float64
}

// fractions says which of an optimiser's numbers isn't one from 0 to below 1.
func fractions(list ...fraction) error {
	for _, f := range list {
		if !(f.v >= 0 && f.v < 1) {
			return fmt.Errorf("lab: %s is %v, expected at least 0 and below 1", f.what, f.v)
		}
	}
	return nil
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
	if _, err := s.Plan(in.Dims(), classes); err != nil {
		return err
	}
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
