package lab

import (
	"fmt"

	"convlens/nn"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// half returns a half of the dataset itself. Drawings are none.
func (l *Lab) half(split wire.Split) (*mnist.Set, error) {
	switch {
	case l.data == nil:
		return nil, errNoData
	case split == wire.TrainSplit:
		return &l.data.Train, nil
	case split == wire.TestSplit:
		return &l.data.Test, nil
	}
	return nil, fmt.Errorf("lab: split %d, expected %d (training) or %d (test)", split, wire.TrainSplit, wire.TestSplit)
}

// survey answers GetSurvey.
func (l *Lab) survey() error {
	if l.data == nil {
		return errNoData
	}
	of := func(s *mnist.Set) wire.Half { return wire.Half{Labels: s.Labels, Levels: s.Levels()} }
	l.host.Send(&wire.Survey{Train: of(&l.data.Train), Test: of(&l.data.Test)})
	return nil
}

// means answers GetMeans.
func (l *Lab) means(split wire.Split, classes []int) error {
	set, err := l.half(split)
	if err != nil {
		return err
	}
	for _, c := range classes {
		if c < 0 || c >= set.Classes {
			return fmt.Errorf("lab: class %d, expected 0 to %d", c, set.Classes-1)
		}
	}
	if n := len(classes) * set.Size(); n > wire.MaxMeans && len(classes) > 1 {
		return fmt.Errorf("lab: mean images with %d values, expected at most %d", n, wire.MaxMeans)
	}
	m := &wire.Means{Split: split, Classes: classes, Shape: []int{set.C, set.H, set.W}, Data: make([]float32, len(classes)*set.Size())}
	set.MeanImages(m.Data, classes)
	l.host.Send(m)
	return nil
}

// order answers GetOrder, with what nn.Trainer goes by.
func (l *Lab) order(of wire.GetOrder) error {
	switch {
	case l.data == nil:
		return errNoData
	case of.Epoch < 1:
		return fmt.Errorf("lab: the order of epoch %d, expected 1 or more", of.Epoch)
	case of.Shift < 0 || of.Shift > wire.MaxShift || of.Limit < 0:
		return fmt.Errorf("lab: the order of %d samples with shifts of up to %d pixels, expected 0 or more, and 0 to %d", of.Limit, of.Shift, wire.MaxShift)
	}
	n := l.data.Train.N
	if of.Limit > 0 {
		n = min(n, of.Limit)
	}
	m := &wire.Order{Of: of, Indices: make([]int, n)}
	nn.Order(m.Indices, of.Seed, of.Epoch-1)
	if of.Shift > 0 {
		for _, i := range m.Indices {
			dx, dy := nn.ShiftOf(of.Seed, of.Epoch-1, i, of.Shift)
			m.Moves = append(m.Moves, byte(dx+of.Shift), byte(dy+of.Shift))
		}
	}
	l.host.Send(m)
	return nil
}
