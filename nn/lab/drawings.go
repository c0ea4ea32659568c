package lab

import (
	"bytes"
	"fmt"
	"slices"

	"convlens/nn"
	"convlens/nn/wire"
)

// drawings are what the visitor has drawn: the one on the pad, number 0, and
// those that the page keeps. They are a third set of nn.Samples beside the two
// of the dataset.
type drawings struct {
	number int
	shape  nn.Shape
	pixels []byte
	labels []int

	classes int // that there are now

	came   float64 // when
	told   wire.Predictions
	reader *nn.Reader
	by     mapped // whose weights the reader has
	// The kept ones were last read by this network, at this time, and took so
	// many ms.
	kept     mapped
	at, took float64
}

func (d *drawings) Len() int           { return len(d.labels) }
func (d *drawings) Shape() nn.Shape    { return d.shape }
func (d *drawings) Classes() int       { return wire.NoLabel + 1 }
func (d *drawings) Image(i int) []byte { n := d.shape.Len(); return d.pixels[i*n : (i+1)*n] }

// Label is NoLabel also for what the visitor named when the data had more classes
// than now: the network has no output for it.
func (d *drawings) Label(i int) int {
	if d.labels[i] < d.classes {
		return d.labels[i]
	}
	return wire.NoLabel
}

// sketches returns the drawings as the present network can be asked about them.
func (l *Lab) sketches() *drawings {
	d := &l.drawn
	if _, d.classes = l.inputs(); l.model != nil {
		d.classes = l.model.OutShape().Len()
	}
	return d
}

// takeDrawings puts other drawings in place of those there are, and answers with
// Predictions as soon as there is a network.
func (l *Lab) takeDrawings(m *wire.Drawings) error {
	if len(m.Shape) != 3 || min(m.Shape[0], m.Shape[1], m.Shape[2]) < 1 {
		return fmt.Errorf("lab: drawings of shape %v, expected (C,H,W)", m.Shape)
	}
	shape := nn.Shape{C: m.Shape[0], H: m.Shape[1], W: m.Shape[2]}
	if l.model != nil && shape != l.model.InShape() {
		return fmt.Errorf("lab: drawings of shape %v, the network takes %v", shape, l.model.InShape())
	}
	n := len(m.Labels)
	if n < 1 || n > wire.MostDrawings {
		return fmt.Errorf("lab: %d drawings, expected 1 to %d", n, wire.MostDrawings)
	}
	if len(m.Pixels) != n*shape.Len() {
		return fmt.Errorf("lab: %d pixels for %d drawings of shape %v", len(m.Pixels), n, shape)
	}
	if i := slices.IndexFunc(m.Labels, func(label int) bool { return label < 0 || label > wire.NoLabel }); i >= 0 {
		return fmt.Errorf("lab: drawing %d has the label %d, expected 0 to %d", i, m.Labels[i], wire.NoLabel)
	}
	d := &l.drawn
	if d.shape != shape || d.Len() != n || !bytes.Equal(d.pixels[shape.Len():], m.Pixels[shape.Len():]) {
		d.kept = mapped{} // which has read none of them
	}
	d.number, d.shape, d.pixels, d.labels, d.came = m.Number, shape, m.Pixels, m.Labels, l.host.Now()
	l.predict()
	return nil
}

// predict tells what the network makes of the drawings, if it can take them: the
// one on the pad always, the kept ones if they or the network have changed. A run
// spends no more than a lens' share of its time on them.
func (l *Lab) predict() {
	d := &l.drawn
	if d.Len() == 0 || l.model == nil || d.shape != l.model.InShape() {
		return
	}
	now, p := l.mapped(), &d.told
	p.Number, p.Step, p.N = d.number, now.step, d.Len()
	p.Probs = grow(p.Probs, p.N*l.model.OutShape().Len())
	l.loadReader(now)
	l.read(0)
	begin := l.host.Now()
	if other := d.kept.model != now.model; other || d.kept != now && (!l.run.active() || begin-d.at >= d.took/lensShare) {
		for i := 1; i < p.N; i++ {
			l.read(i)
		}
		p.KeptStep = now.step
		d.kept, d.at = now, l.host.Now()
		d.took = d.at - begin
	}
	l.host.Send(p)
}

// loadReader brings the reader to the network's present weights. The network
// itself may be in the middle of a step.
func (l *Lab) loadReader(now mapped) {
	d := &l.drawn
	switch {
	case d.by.model != now.model:
		d.reader = nn.NewReader(now.model, 1)
	case d.by != now:
		d.reader.Load(now.model)
	}
	d.by = now
}

// read has a drawing read.
func (l *Lab) read(i int) {
	d := l.sketches()
	probs, _ := d.reader.Read(d, i, 1)
	copy(d.told.Probs[i*probs.Len():], probs.Data)
}
