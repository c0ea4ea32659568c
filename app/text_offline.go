package app

import (
	"fmt"
	"strings"

	"convlens/nn/wire"
)

const (
	textOfflineName = "Offline"
	textVerify      = "Verify"
	textRemove      = "Remove"
	textStoreAgain  = "Store again"

	textShellStoring    = "The page is being stored…"
	textShellIncomplete = "Not available: the page could not be stored completely. A file is missing on its host, or the browser's storage is full. The next visit tries again."
	textShellRefused    = "Not available: this browser lets the page keep nothing, as in some private windows. Until it is closed everything works."
	textShellInsecure   = "Not available: browsers store pages only from https addresses. Until it is closed everything works."
	textDataComing      = "The dataset is not here yet."
)

// textOffline says what is stored, or else what is missing and what to do.
func textOffline(d *desk) string {
	switch d.Shell.State {
	case shellRefused:
		return textShellRefused
	case shellInsecure:
		return textShellInsecure
	}
	data := textDataKept(d)
	switch d.Shell.State {
	case shellStored:
		if d.whole() {
			return sentences("Offline ready. In this browser are stored "+
				fmt.Sprintf("%s, and the page, %s.", textKept(d), formatBytes(d.Shell.Bytes)), textErrand(d))
		}
		return sentences(data, "The page is stored, "+formatBytes(d.Shell.Bytes)+".", textErrand(d))
	case shellIncomplete:
		return sentences(textShellIncomplete, data, textErrand(d))
	}
	return sentences(textShellStoring, data, textErrand(d))
}

// textKept names the dataset in use and its stored size.
func textKept(d *desk) string { return d.State.Data.Title + ", " + formatBytes(d.kept().Bytes) }

// textDataKept says what is stored of the dataset in use.
func textDataKept(d *desk) string {
	if d.State.Data == nil {
		return textDataComing
	}
	title, kept := d.State.Data.Title, d.kept()
	switch {
	case d.whole():
		return textKept(d) + ", is stored."
	case len(kept.Damaged) > 0:
		return sentences(fmt.Sprintf("Not available: %s of %s is damaged in this browser's storage.",
			strings.Join(kept.Damaged, ", "), title), sentence(strings.TrimPrefix(kept.Detail, kept.Damaged[0]+": ")), textStoreAgain+" fetches it.")
	case kept.Detail != "":
		return sentences(fmt.Sprintf("Not available: %s could not be fetched whole.", title), sentence(kept.Detail))
	case kept.Files > 0:
		return fmt.Sprintf("Not available: files of %s are missing in this browser's storage. %s fetches them.", title, textStoreAgain)
	case d.State.Stored != nil:
		return fmt.Sprintf("Not available: %s is not stored in this browser. Until the page is closed it goes on with what it has; %s fetches it for the next visit.",
			title, textStoreAgain)
	}
	return fmt.Sprintf("Not available: the browser's storage did not take %s. Until the page is closed everything works.", title)
}

// textErrand says what is being done about the storage, or came of it.
func textErrand(d *desk) string {
	if len(d.Errands) > 0 {
		return map[errand]string{
			verifyStored: "Reading the files again…",
			removeStored: "Removing the files…",
			storeAgain:   "Fetching the files…",
		}[d.Errands[0]]
	}
	if s := d.State.Stored; s != nil && s.Checked && d.whole() {
		return textVerifiedFiles(*s)
	}
	return ""
}

func textVerifiedFiles(s wire.Stored) string {
	return fmt.Sprintf("Verified: all %d files have the SHA-256 they should.", s.Files)
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
