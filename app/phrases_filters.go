package app

import (
	"fmt"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// Filter images.

func (w *words) imageName(unit string) string { return fmt.Sprintf(w.Filters.ImageName, unit) }

// excited says what an image excites, and what the first one did.
func (w *words) excited(kind unitKind, first, last float32) string {
	format := map[unitKind]string{
		kindFilter: w.Filters.FilterExcited, kindUnit: w.Filters.UnitExcited, kindClass: w.Filters.ClassExcited,
	}[kind]
	return fmt.Sprintf(format, formatFixed(float64(last), 3), formatFixed(float64(first), 3))
}

func (w *words) imagesCaption(kind unitKind, m *wire.Drawn) string {
	format := map[unitKind]string{
		kindFilter: w.Filters.FiltersCaption, kindUnit: w.Filters.UnitsCaption, kindClass: w.Filters.ClassesCaption,
	}[kind]
	network := w.Filters.Untrained
	if m.Step > 0 {
		network = fmt.Sprintf(w.Filters.NetworkOfStep, w.count(m.Step))
	}
	return w.fill(format, m.Units, m.Draw.Layer, m.Steps, m.Draw.Seed) + " " + network
}

// Kernels: their order, and those of dense layers.

// orderNote says in which order the filters are, and which are pinned.
func (w *words) orderNote(o filterOrder, pinned []int) string {
	note := map[filterOrder]string{byNorm: " " + w.Arrange.LongestFirst, byLikeness: " " + w.Arrange.AlikeNext}[o]
	if len(pinned) > 0 {
		list := make([]string, len(pinned))
		for i, f := range pinned {
			list[i] = strconv.Itoa(f)
		}
		note += " " + fmt.Sprintf(w.Arrange.PinnedFirst, strings.Join(list, ", "))
	}
	return note
}

// pin is the word on the button that pins a filter, or no longer.
func (w *words) pin(filter int, pinned bool) string {
	if pinned {
		return fmt.Sprintf(w.Arrange.Unpin, filter)
	}
	return fmt.Sprintf(w.Arrange.Pin, filter)
}

func (w *words) order(o filterOrder) string {
	return map[filterOrder]string{
		asNumbered: w.Arrange.AsNumbered, byNorm: w.Arrange.ByNorm, byLikeness: w.Arrange.ByLikeness,
	}[o]
}

// denseCaption says what one sees of dense weights after a number of steps.
func (w *words) denseCaption(u *wire.DenseUnits, step int) string {
	when := w.Untrained
	if step > 0 {
		when = fmt.Sprintf(w.AfterStep, w.count(step))
	}
	s := u.Weights.Shape
	if len(s) == 4 {
		return w.fill(w.Arrange.DenseOverMaps, u.Weights.Name, u.Units[0], s[1], s[2], s[3], when)
	}
	return w.fill(w.Arrange.DenseOverUnits, u.Weights.Name, s[0], s[1], when)
}
