package app

import "convlens/nn/wire"

// An embedEvent is what a framed page tells the page around it; see
// embedding.html. Its values are numbers, strings, booleans and nil, as they
// cross to JavaScript.
type embedEvent map[string]any

// A herald makes embedEvents of what the worker has sent. Only what stands in
// the desk's State is told, so that its order is the order of the run.
type herald struct {
	state  wire.State // as last told
	epochs int        // told so far
}

// follow returns what is to be told of m, which the desk has handled.
func (h *herald) follow(d *desk, m wire.Message) []embedEvent {
	switch m := m.(type) {
	case *wire.Loaded:
		name := m.Name
		if wire.IsOwn(name) {
			name = "files" // whatever is in them
		}
		return []embedEvent{{"type": "ready", "panel": d.Query.Embed, "data": name,
			"samples": d.epochSamples(), "build": d.Build}}
	case *wire.Progress:
		return h.progress(&d.State)
	case *wire.LoadFailed:
		if wire.IsOwn(m.Name) {
			return nil // their names are nobody's business
		}
		return []embedEvent{errorEvent("data", d.Words.loadFailed(*m, d.title(m.Name), d.State.Data != nil))}
	case *wire.Failed:
		switch {
		case d.Sandboxed && m.Fatal:
			return []embedEvent{errorEvent("sandbox", d.Words.Sandboxed)}
		case m.Fatal:
			return []embedEvent{errorEvent("worker", d.Words.workerGone(*m, d.State.Checkpoint, d.State.Run.Step))}
		}
		return []embedEvent{errorEvent("command", d.Words.commandFailed(*m))}
	}
	return nil
}

func errorEvent(kind, message string) embedEvent {
	return embedEvent{"type": "error", "kind": kind, "message": message}
}

// progress tells where the run stands, then the epochs that have been
// evaluated since the last time, then that the run has ended.
func (h *herald) progress(s *State) []embedEvent {
	events := []embedEvent{runEvent("progress", s.Run)}
	h.epochs = min(h.epochs, len(s.Epochs))
	for ; h.epochs < len(s.Epochs); h.epochs++ {
		e := s.Epochs[h.epochs]
		if e.Samples == 0 { // before a Restore: not seen here
			continue
		}
		if !e.Validated {
			break
		}
		events = append(events, runEvent("epoch", e))
	}
	ended := s.Run.State == wire.Done || s.Run.State == wire.Stopped
	if ended && h.state != s.Run.State {
		e := runEvent("done", s.Run)
		e["fingerprint"] = s.Run.Fingerprint
		events = append(events, e)
	}
	h.state = s.Run.State
	return events
}

// runEvent tells where a run stands. What has not been measured yet is nil.
func runEvent(kind string, p wire.Progress) embedEvent {
	known := func(v float64, is bool) any {
		if !is {
			return nil
		}
		return v
	}
	return embedEvent{
		"type": kind, "state": stateName(p.State),
		"step": p.Step, "epoch": p.Epoch, "epochs": p.Epochs, "seen": p.Seen, "samples": p.Samples,
		"loss": known(p.Loss, p.Seen > 0), "acc": known(p.Acc, p.Seen > 0),
		"val_loss": known(p.ValLoss, p.Validated), "val_acc": known(p.ValAcc, p.Validated),
		"images_per_second": known(p.ImagesPerS, p.ImagesPerS > 0),
	}
}
