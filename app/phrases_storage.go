package app

import (
	"fmt"
	"strings"
)

// offlineText says what is stored, or else what is missing and what to do.
func (d *desk) offlineText() string {
	w := d.Words
	switch d.Shell.State {
	case shellRefused:
		return w.ShellRefused
	case shellInsecure:
		return w.ShellInsecure
	case shellStored:
		if d.whole() {
			return sentences(fmt.Sprintf(w.OfflineReady, d.keptText(), formatBytes(d.Shell.Bytes)), d.errandText())
		}
		return sentences(d.dataText(), fmt.Sprintf(w.ShellStored, formatBytes(d.Shell.Bytes)), d.errandText())
	case shellIncomplete:
		return sentences(w.ShellIncomplete, d.dataText(), d.errandText())
	}
	return sentences(w.ShellStoring, d.dataText(), d.errandText())
}

// keptText names the dataset in use and its stored size.
func (d *desk) keptText() string {
	return d.title(d.State.Data.Name) + ", " + formatBytes(d.kept().Bytes)
}

// dataText says what is stored of the dataset in use.
func (d *desk) dataText() string {
	w := d.Words
	if d.State.Data == nil {
		return w.DataComing
	}
	title, kept := d.title(d.State.Data.Name), d.kept()
	switch {
	case d.usesOwn():
		return w.Own.NotStored
	case d.whole():
		return fmt.Sprintf(w.DataStored, d.keptText())
	case len(kept.Damaged) > 0:
		return sentences(fmt.Sprintf(w.DataDamaged, strings.Join(kept.Damaged, ", "), title), d.keptDetail(), w.StoreAgainOne)
	case kept.Detail != "":
		return sentences(fmt.Sprintf(w.DataNotWhole, title), d.keptDetail())
	case kept.Files > 0:
		return fmt.Sprintf(w.DataPartly, title)
	case d.State.Stored != nil:
		return fmt.Sprintf(w.DataGone, title)
	}
	return fmt.Sprintf(w.DataRefused, title)
}

// keptDetail is the technical half of that.
func (d *desk) keptDetail() string {
	kept := d.kept()
	if len(kept.Damaged) > 0 {
		return sentence(strings.TrimPrefix(kept.Detail, kept.Damaged[0]+": "))
	}
	return sentence(kept.Detail)
}

// errandText says what is being done about the storage, or came of it.
func (d *desk) errandText() string {
	if len(d.Errands) > 0 {
		return map[errand]string{
			verifyStored: d.Words.NowVerifying, removeStored: d.Words.NowRemoving, storeAgain: d.Words.NowStoring,
		}[d.Errands[0]]
	}
	if s := d.State.Stored; s != nil && s.Checked && d.whole() {
		return fmt.Sprintf(d.Words.FilesVerified, s.Files)
	}
	return ""
}

// updateText says that there is a newer version, and what becomes of the run.
func (d *desk) updateText() string {
	w := d.Words
	if d.State.Busy() {
		return sentences(w.UpdateReady, w.UpdateWaits)
	}
	return sentences(w.UpdateReady, w.UpdateReloads, d.takenAlongText())
}

// takenAlongText says what becomes of what the network has learnt.
func (d *desk) takenAlongText() string {
	c := d.State.Checkpoint
	switch {
	case c == nil:
		return ""
	case d.Unkept:
		return d.Words.fill(d.Words.UpdateLoses, d.Words.count(c.Step))
	}
	return fmt.Sprintf(d.Words.UpdateKeeps, d.Words.count(c.Step))
}

// sentences puts those together that say something.
func sentences(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, " ")
}
