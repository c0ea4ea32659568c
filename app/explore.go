package app

import (
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// exploring is what the visitor explores of the dataset.
type exploring struct {
	Open  bool
	From  listing
	Class int // whose images are listed, and whose mean image is shown large; -1 for all
	Epoch int // of byEpoch, 1-based
	First int // entry of the list that the shown page begins with
	At    int // entry pointed at, or -1
	Next  int // place to go to when there is a list, or -1
	Pixel int // of the mean image, or -1

	entries []int       // places that are listed, in rising order; see desk.imageAt
	order   *wire.Order // of byEpoch's entries

	// What was last asked for.
	survey   bool
	orderAsk wire.GetOrder
	meansAsk wire.GetMeans
}

// A listing is the images of the dataset in an order.
type listing int

const (
	byTrain listing = iota // training images by their number
	byTest
	byEpoch // training images in the order in which an epoch takes them
)

func newExploring() exploring { return exploring{Class: -1, At: -1, Next: -1, Pixel: -1, Epoch: 1} }

// split is the half of the dataset whose images are listed.
func (x *exploring) split() wire.Split {
	if x.From == byTest {
		return wire.TestSplit
	}
	return wire.TrainSplit
}

// half is what the survey says of the half that is listed, or nil.
func (d *desk) half() *wire.Half {
	switch s := d.State.Survey; {
	case s == nil:
		return nil
	case d.Explore.From == byTest:
		return &s.Test
	default:
		return &s.Train
	}
}

// openExplorer opens the explorer, or closes it.
func (d *desk) openExplorer(open bool) {
	if open != d.Explore.Open {
		d.Explore.Open, d.Query.Explore = open, open
		d.tellAddress()
		d.exploreAgain()
	}
}

// exploreAgain lists anew what the explorer shows, from its beginning or from the
// place that was to come next.
func (d *desk) exploreAgain() {
	x := &d.Explore
	x.First, x.At = 0, -1
	d.listEntries()
	if x.Next >= 0 && len(x.entries) > 0 {
		d.exploreGo(x.Next)
		x.Next = -1
	}
	d.keepExploring()
}

// listEntries finds the places 0, 1, ... of the half, or of the epoch, whose image
// has the class.
func (d *desk) listEntries() {
	x, half := &d.Explore, d.half()
	x.entries, x.order = x.entries[:0], nil
	if o := d.State.Order; x.From == byEpoch && o != nil && o.Of == d.orderWanted() {
		x.order = o
	}
	add := func(place, image int) {
		if image < len(half.Labels) && (x.Class < 0 || int(half.Labels[image]) == x.Class) {
			x.entries = append(x.entries, place)
		}
	}
	switch {
	case !x.Open || half == nil:
	case x.From != byEpoch:
		for i := range half.Labels {
			add(i, i)
		}
	case x.order != nil:
		for place, i := range x.order.Indices {
			add(place, i)
		}
	}
}

// imageAt is the number of the image that stands at a place that is listed.
func (d *desk) imageAt(place int) int {
	if o := d.Explore.order; o != nil {
		return o.Indices[place]
	}
	return place
}

// keepExploring asks for what the explorer shows and the page doesn't have.
func (d *desk) keepExploring() {
	x := &d.Explore
	d.touch(topicExplore)
	if !x.Open || !d.loaded || d.State.Data == nil {
		return
	}
	if d.State.Survey == nil && !x.survey {
		x.survey = true
		d.send(&wire.GetSurvey{})
	}
	if ask := d.orderWanted(); x.From == byEpoch && ask != x.orderAsk {
		x.orderAsk = ask
		d.send(&ask)
	}
	ask := wire.GetMeans{Split: x.split()}
	for _, c := range d.meansWanted() {
		if d.State.Means.get(ask.Split, c) == nil && len(ask.Classes) < d.mostMeans() {
			ask.Classes = append(ask.Classes, c)
		}
	}
	if len(ask.Classes) > 0 && (ask.Split != x.meansAsk.Split || !slices.Equal(ask.Classes, x.meansAsk.Classes)) {
		x.meansAsk = ask
		d.send(&ask)
	}
}

// forgetExplored is for other data.
func (d *desk) forgetExplored() {
	open := d.Explore.Open
	d.Explore = newExploring()
	d.Explore.Open = open
	d.exploreAgain()
}

// exploreOther lists an epoch anew when the settings may have given it another order.
func (d *desk) exploreOther() {
	if x := &d.Explore; x.Open && x.From == byEpoch && d.orderWanted() != x.orderAsk {
		d.exploreAgain()
	}
}

// orderSettings are those of the run whose order is shown: of the one that the
// network has been through, or else of the next.
func (d *desk) orderSettings() wire.Settings {
	if d.State.Run.Step > 0 {
		return d.applied
	}
	return d.Query.Settings
}

// orderWanted asks for the order of the chosen epoch.
func (d *desk) orderWanted() wire.GetOrder {
	s := d.orderSettings()
	return wire.GetOrder{Epoch: d.Explore.Epoch, Seed: s.Seed, Limit: s.Limit, Shift: s.Shift}
}

// batchOf is the batch of the epoch, 1-based, that a place is in.
func (d *desk) batchOf(place int) int { return place/max(d.orderSettings().Batch, 1) + 1 }

// move is how far the run moves the image at a place of the epoch.
func (d *desk) move(place int) (dx, dy int) {
	o := d.Explore.order
	if o == nil || 2*place+1 >= len(o.Moves) {
		return 0, 0
	}
	return int(o.Moves[2*place]) - o.Of.Shift, int(o.Moves[2*place+1]) - o.Of.Shift
}

// explorePage is how many images are listed at once: those that are fetched
// together, and of large ones fewer.
func (d *desk) explorePage() int {
	const images, bytes = 60, 2 << 20
	size := 1
	for _, n := range d.State.Data.SampleShape {
		size *= n
	}
	return max(1, min(images, bytes/max(size, 1)))
}

// exploreShown are the entries on the page that is shown.
func (d *desk) exploreShown() []int {
	x := &d.Explore
	if d.State.Data == nil || x.First >= len(x.entries) {
		return nil
	}
	return x.entries[x.First:min(len(x.entries), x.First+d.explorePage())]
}

// exploreList lists images in another order. An epoch is at first the one that the
// run is in.
func (d *desk) exploreList(from listing) {
	x := &d.Explore
	if from == x.From {
		return
	}
	if from == byEpoch {
		x.Epoch = max(1, d.State.Run.Epoch)
	}
	x.From, x.Next = from, -1
	d.exploreAgain()
}

// exploreEpoch takes another epoch.
func (d *desk) exploreEpoch(epoch int) {
	d.Explore.Epoch, d.Explore.Next = epoch, -1
	d.exploreAgain()
}

// exploreNow shows the image that the run has trained on last.
func (d *desk) exploreNow() {
	run := &d.State.Run
	d.Explore.Epoch, d.Explore.Next = max(1, run.Epoch), max(0, run.Seen-1)
	d.exploreAgain()
}

// exploreClass takes the class that is shown; -1 for all.
func (d *desk) exploreClass(class int) {
	if class != d.Explore.Class {
		d.Explore.Class, d.Explore.Pixel = class, -1
		d.exploreAgain()
	}
}

// exploreGo shows the page with the entry at a place, or the next one listed, and
// points at it.
func (d *desk) exploreGo(place int) {
	x := &d.Explore
	if len(x.entries) == 0 {
		return
	}
	at, _ := slices.BinarySearch(x.entries, place)
	at = min(at, len(x.entries)-1)
	page := d.explorePage()
	x.At, x.First = at, at/page*page
	d.keepExploring()
}

// explorePages turns so many pages; beyond the ends it goes round.
func (d *desk) explorePages(n int) {
	x := &d.Explore
	page := d.explorePage()
	last := max(0, (len(x.entries)-1)/page*page)
	x.First, x.At = x.First+n*page, -1
	switch {
	case x.First > last:
		x.First = 0
	case x.First < 0:
		x.First = last
	}
	d.keepExploring()
}

// classCalled is the class with that name or, if there is none, the first whose
// name contains it; -1 for no name.
func (d *desk) classCalled(name string) (class int, ok bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "" {
		return -1, true
	}
	found := -1
	for c := range d.classCount() {
		switch called := strings.ToLower(d.class(c)); {
		case called == name:
			return c, true
		case found < 0 && strings.Contains(called, name):
			found = c
		}
	}
	if c, err := strconv.Atoi(name); err == nil && c >= 0 && c < d.classCount() {
		return c, true
	}
	return found, found >= 0
}

// classCount is how many classes the dataset has; 0 without one.
func (d *desk) classCount() int {
	if d.State.Data == nil {
		return 0
	}
	return len(d.State.Data.Classes)
}
