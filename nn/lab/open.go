package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"runtime"

	"convlens/nn/intake"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// opening is the reading of the visitor's files. It takes slices of the lab's
// time, so that commands come in between and a run goes on.
type opening struct {
	number int
	next   func() (intake.Progress, bool) // reads on for a few milliseconds
	stop   func()
	told   float64

	in     *intake.Intake
	digest string
	err    error
}

// own is what was in the visitor's files.
type own struct {
	opened wire.Opened
	data   *mnist.Dataset
}

const (
	openSliceMS = 30  // between two commands, and of a run's time after each batch
	openTellsMS = 100 // between two words on how far it is
)

// open begins to read files, in place of those that are being read.
func (l *Lab) open(m *wire.Open) {
	l.stopOpening()
	runtime.GC() // what was opened before can be a large part of the memory
	files := make([]intake.File, len(m.Files))
	for i, f := range m.Files {
		files[i] = intake.File{Name: f.Name, Size: f.Bytes, Data: l.host.File(m, i)}
	}
	o := &opening{number: m.Number}
	o.next, o.stop = iter.Pull(func(yield func(intake.Progress) bool) {
		if o.in, o.err = intake.Read(files, yield); o.err == nil {
			o.digest, o.err = digest(o.in, yield)
		}
	})
	l.opening = o
	l.host.Send(&wire.Opening{Number: o.number, Total: len(files)})
}

func (l *Lab) stopOpening() {
	if l.opening != nil {
		l.opening.stop()
		l.opening = nil
	}
}

// readOn reads the files for a slice of time, and tells what is in them once
// that is known.
func (l *Lab) readOn() {
	o := l.opening
	if o == nil {
		return
	}
	p, more, err := l.slice(o)
	switch {
	case err != nil:
		l.opening = nil
		failed := failure("", err)
		failed.Name = wire.OwnFiles
		l.host.Send(failed)
	case !more:
		l.opening = nil
		l.own = describeOwn(o)
		l.host.Send(&l.own.opened)
	case l.host.Now()-o.told >= openTellsMS:
		o.told = l.host.Now()
		l.host.Send(&wire.Opening{Number: o.number, Images: p.Images, Done: p.Done, Total: p.Total})
	}
}

// slice reads on for a while. What files there may be, decoders that stumble
// over one don't take the network along.
func (l *Lab) slice(o *opening) (p intake.Progress, more bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reading failed: %v", r)
		}
	}()
	for end := l.host.Now() + openSliceMS; ; {
		if p, more = o.next(); !more || l.host.Now() >= end {
			return p, more, o.err
		}
	}
}

func describeOwn(o *opening) own {
	in := o.in
	of := own{data: in.Data, opened: wire.Opened{
		Name: wire.OwnName(o.digest), Title: in.Title, TrainN: in.Data.Train.N, TestN: in.Data.Test.N,
		SampleShape: samples{&in.Data.Train}.Shape().Dims(), Classes: in.Classes,
		HeldOut: in.HeldOut, Unused: len(in.Unused), UnusedNames: in.Unused[:min(3, len(in.Unused))],
	}}
	return of
}

// openedFiles are the visitor's files, if they are the last that were opened.
func (l *Lab) openedFiles(src wire.Source) (*mnist.Dataset, *wire.Loaded, *wire.LoadFailed) {
	if src.Name != l.own.opened.Name {
		return nil, nil, &wire.LoadFailed{Kind: wire.Missing, Detail: "these files are not open"}
	}
	m := &wire.Loaded{Name: src.Name, Title: l.own.opened.Title, Classes: l.own.opened.Classes}
	tell(m, l.own.data)
	return l.own.data, m, nil
}

// digest is the SHA-256 of a dataset: its shape and all labels and pixels. It
// calls tick as intake.Read does.
func digest(in *intake.Intake, tick func(intake.Progress) bool) (string, error) {
	const chunk = 1 << 20
	h := sha256.New()
	total := in.Data.Train.N + in.Data.Test.N
	for _, s := range []*mnist.Set{&in.Data.Train, &in.Data.Test} {
		fmt.Fprintf(h, "%d %d %d %d %d\n", s.N, s.C, s.H, s.W, s.Classes)
		h.Write(s.Labels)
		for at := 0; at < len(s.Pixels); at += chunk {
			h.Write(s.Pixels[at:min(at+chunk, len(s.Pixels))])
			if !tick(intake.Progress{Images: true, Done: total, Total: total}) {
				return "", intake.ErrStopped
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
