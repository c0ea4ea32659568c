package app

import (
	"slices"

	"convlens/nn/wire"
)

// source is the one with that name; ok is false if the site has none.
func (d *desk) source(name string) (s wire.Source, ok bool) {
	for _, s := range d.Sources {
		if s.Name == name {
			return s, true
		}
	}
	return wire.Source{}, false
}

// kept is what the browser's storage has of the dataset in use: as the load
// told or, once it was looked at again, as that told.
func (d *desk) kept() (s wire.Stored) {
	data := d.State.Data
	if data == nil {
		return s
	}
	if d.State.Stored != nil {
		return *d.State.Stored
	}
	if source, ok := d.source(data.Name); ok && data.Stored {
		return wire.Stored{Name: data.Name, Files: len(source.Files), Bytes: sourceBytes(source)}
	}
	return wire.Stored{Name: data.Name}
}

// whole says whether all files of the dataset in use are kept.
func (d *desk) whole() bool {
	if d.State.Data == nil {
		return false
	}
	source, _ := d.source(d.State.Data.Name)
	return len(source.Files) > 0 && d.kept().Files == len(source.Files)
}

// An errand is what the visitor asks of the browser's storage.
type errand string

const (
	verifyStored errand = "verify"
	removeStored errand = "remove"
	storeAgain   errand = "store"
)

// canRun says whether an errand is possible now. Fetching waits for a run's
// end, as it would hold the run up.
func (d *desk) canRun(e errand) bool {
	if d.State.Data == nil || d.State.Dead() || d.session == nil || slices.Contains(d.Errands, e) {
		return false
	}
	kept := d.kept()
	switch e {
	case verifyStored, removeStored:
		return kept.Files > 0 || len(kept.Damaged) > 0
	case storeAgain:
		return !d.whole() && !d.State.Busy() && !d.usesOwn()
	}
	return false
}

// errandDone takes the answer to the first errand into account.
func (d *desk) errandDone() {
	d.Errands = d.Errands[min(1, len(d.Errands)):]
	d.touch(topicStorage)
}

// runErrand sends the worker on an errand about the dataset in use.
func (d *desk) runErrand(e errand) {
	if !d.canRun(e) {
		return
	}
	source, _ := d.source(d.State.Data.Name)
	d.Errands = append(d.Errands, e)
	d.touch(topicStorage)
	switch e {
	case verifyStored:
		d.send(&wire.Verify{Source: source})
	case removeStored:
		d.send(&wire.Remove{Source: source})
	case storeAgain:
		d.send(&wire.Keep{Source: source})
	}
}
