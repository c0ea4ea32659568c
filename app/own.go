package app

import "convlens/nn/wire"

// chosenFiles are files as the visitor chose them.
type chosenFiles struct {
	Files []wire.OwnFile
	Held  any // what stands for them, in the same order: a JavaScript array
}

// ownFiles are the visitor's files, which this tab has as long as it is open.
type ownFiles struct {
	number  int               // of the last Open
	reading *chosenFiles      // by the worker
	kept    *chosenFiles      // those that were read last, for a worker to come
	open    bool              // the worker has them
	titles  map[string]string // what those so far suggest to call them, by their names
	misfit  error             // why the network can't take those that were last refused; nil if it can
	walking int               // files found so far in folders that are being looked through

	// A run that the page before this one was on, if its data were files of the
	// visitor's: it goes on once they are chosen again.
	waiting *wire.Checkpoint
}

// openFiles has the worker read files.
func (d *desk) openFiles(c chosenFiles) {
	if d.State.Dead() || d.session == nil {
		return
	}
	d.own.number++
	d.own.reading = &c
	d.State.LoadFailed = nil
	d.State.Opening = &wire.Opening{Number: d.own.number, Total: len(c.Files)}
	d.touch(topicData, topicRun)
	d.send(&wire.Open{Number: d.own.number, Files: c.Files, Handles: wire.Blob{Held: c.Held}})
}

// stopOpening has the worker leave the files alone.
func (d *desk) stopOpening() {
	d.own.number++ // what is still on its way is of another one
	d.own.reading, d.State.Opening = nil, nil
	d.touch(topicData)
	d.send(&wire.StopOpening{})
}

// loadOwn puts the visitor's files in use, which a new worker has to read first.
func (d *desk) loadOwn() {
	switch {
	case d.own.open && d.State.Opened.Name == d.Query.Data:
		d.State.LoadFailed = nil
		d.send(&wire.Load{Source: wire.Source{Name: d.Query.Data}})
	case d.own.kept != nil:
		d.openFiles(*d.own.kept)
	}
	d.touch(topicData, topicRun)
}

// afterOpening takes the files' data into use, unless a run is under way, which
// keeps its own.
func (d *desk) afterOpening(m *wire.Opened) {
	d.own.open = true
	if d.own.titles == nil {
		d.own.titles = map[string]string{}
	}
	d.own.titles[m.Name] = m.Title
	if d.own.reading != nil {
		d.own.kept, d.own.reading = d.own.reading, nil
	}
	d.touch(topicData, topicRun)
	if c := d.own.waiting; c != nil && c.Dataset == m.Name && d.State.Run.Step == 0 {
		d.State.Checkpoint, d.own.waiting, d.restore = c, nil, true
	}
	if !d.State.UnderWay() || !d.loaded {
		d.use(m.Name)
	}
}

// awaitFiles keeps a run for when its data, files of the visitor's, are chosen
// again.
func (d *desk) awaitFiles(c *wire.Checkpoint) {
	d.own.waiting = c
	d.start()
}

// usesOwn says whether the dataset in use is files of the visitor's.
func (d *desk) usesOwn() bool { return d.State.Data != nil && wire.IsOwn(d.State.Data.Name) }

// misfit is why the network can't take the visitor's files, which are whole: nil
// if that isn't what they were refused for.
func (d *desk) misfit(m *wire.LoadFailed) error {
	o := d.State.Opened
	if o == nil || o.Name != m.Name || m.Kind != wire.Invalid || len(o.SampleShape) != 3 {
		return nil
	}
	_, err := d.applied.Plan(o.SampleShape, len(o.Classes))
	return err
}
