package app

import "fmt"

const textUpdate = "Update"

// textRenewed says that there is a newer version, and what becomes of the run.
func textRenewed(d *desk) string {
	const ready = "A new version of Convlens is ready."
	if d.State.Busy() {
		return ready + " A run is under way: Update waits until it has ended or is paused, and takes it along."
	}
	return sentences(ready, "Update reloads the page.", textTakenAlong(d))
}

// textTakenAlong says what becomes of what the network has learnt.
func textTakenAlong(d *desk) string {
	c := d.State.Checkpoint
	switch {
	case c == nil:
		return ""
	case d.Unkept:
		return fmt.Sprintf("The network can't be taken along, as the browser does not keep it: what it learnt in %s steps will be lost.", formatCount(c.Step))
	}
	return fmt.Sprintf("The network is taken along as it is after step %s; only the curves begin anew.", formatCount(c.Step))
}
