package app

import (
	"fmt"
	"strings"

	"convlens/nn/wire"
)

// formats are what can be opened, a sentence each.
func (w *ownWords) formats() []string {
	return []string{w.FormatIDX, w.FormatPictures, w.FormatPacked, w.FormatNames, w.FormatTest, w.FormatLimits}
}

// ownFailed says why the visitor's files can't be used: because of misfit, if it
// isn't nil.
func (w *words) ownFailed(f wire.LoadFailed, misfit error, kept bool) string {
	why := ownDetail(f)
	if misfit != nil {
		why = w.unfit(misfit)
	}
	text := fmt.Sprintf(w.Own.Failed, why)
	if kept {
		text = sentences(text, w.NothingChanged)
	}
	if f.Name != wire.OwnFiles { // they are whole, but the network is not for them
		text = sentences(text, w.Own.Misfit)
	}
	return text
}

// ownDetail is the technical half of that.
func ownDetail(f wire.LoadFailed) string { return strings.TrimSuffix(f.Detail, ".") + "." }

func (w *words) opening(o wire.Opening) string {
	format := w.Own.Looking
	if o.Images {
		format = w.Own.ReadingImages
	}
	return fmt.Sprintf(format, w.count(o.Done), w.count(o.Total))
}

func (w *words) walking(n int) string { return w.fill(w.Own.Walking, w.count(n)) }

func (w *words) waits(title string) string { return fmt.Sprintf(w.Own.Waits, title) }

// found says what is in the visitor's files, and what the test images are.
func (w *words) found(m *wire.Opened) string {
	height, width, colour := imageSize(m.SampleShape)
	kind := w.Own.Grey
	if colour {
		kind = w.Own.Colour
	}
	names := strings.Join(m.Classes[:min(namesShown, len(m.Classes))], ", ")
	if len(m.Classes) > namesShown {
		names += ", …"
	}
	text := w.fill(w.Own.FoundText, m.Title, w.count(m.TrainN), w.count(m.TestN), height, width, kind, len(m.Classes), names)
	if m.HeldOut {
		text = sentences(text, w.Own.HeldOut)
	} else {
		text = sentences(text, w.Own.GivenTest)
	}
	if m.Unused > 0 {
		unused := strings.Join(m.UnusedNames, ", ")
		if m.Unused > len(m.UnusedNames) {
			unused += ", …"
		}
		text = sentences(text, fmt.Sprintf(w.Own.Unused, w.count(m.Unused), unused))
	}
	return text
}
