package app

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// told returns the types of what a herald tells of events, and the last one.
func told(h *herald, d *desk, events ...wire.Message) (types string, last embedEvent) {
	var list []string
	for _, m := range events {
		d.handle(m)
		for _, e := range h.follow(d, m) {
			list, last = append(list, fmt.Sprint(e["type"])), e
		}
	}
	return strings.Join(list, " "), last
}

// A run of two epochs as the worker tells it: the first epoch's evaluation
// comes only with the steps after it.
func TestHeraldRun(t *testing.T) {
	d, _ := opened(t, "embed=kernels&epochs=2&limit=256")
	h := &herald{}
	expect := func(want string, events ...wire.Message) embedEvent {
		t.Helper()
		got, last := told(h, d, events...)
		if got != want {
			t.Errorf("told %q, expected %q", got, want)
		}
		return last
	}
	ready := expect("ready", &wire.Ready{Build: "build-1"}, &wire.Loading{}, loaded, &wire.View{})
	if want := (embedEvent{"type": "ready", "panel": "kernels", "data": "mnist", "samples": 256, "build": "build-1"}); !reflect.DeepEqual(ready, want) {
		t.Errorf("ready is %v, expected %v", ready, want)
	}

	p := wire.Progress{State: wire.Training, Epoch: 1, Epochs: 2, Seen: 128, Samples: 256, Step: 1, Loss: 2.5, Acc: 0.25, ImagesPerS: 800}
	want := embedEvent{"type": "progress", "state": "training", "step": 1, "epoch": 1, "epochs": 2, "seen": 128, "samples": 256,
		"loss": 2.5, "acc": 0.25, "val_loss": nil, "val_acc": nil, "images_per_second": 800.0}
	if got := expect("progress", &p); !reflect.DeepEqual(got, want) {
		t.Errorf("progress is %v, expected %v", got, want)
	}
	expect("progress", &wire.Progress{State: wire.Evaluating, Epoch: 1, Epochs: 2, Seen: 256, Samples: 256, Step: 2, Loss: 2, Acc: 0.5})
	expect("progress epoch", &wire.Progress{State: wire.Training, Epoch: 2, Epochs: 2, Seen: 128, Samples: 256, Step: 3, Loss: 1,
		Vals: []wire.Validation{{Step: 2, Loss: 1.5, Acc: 0.5}}})
	expect("progress", &wire.Progress{State: wire.Paused, Epoch: 2, Epochs: 2, Seen: 128, Samples: 256, Step: 3, Loss: 1})

	end := &wire.Progress{State: wire.Done, Epoch: 2, Epochs: 2, Seen: 256, Samples: 256, Step: 4, Loss: 1, Acc: 0.75,
		Validated: true, ValLoss: 1.25, ValAcc: 0.625, Fingerprint: "ab12", Vals: []wire.Validation{{Step: 4, Loss: 1.25, Acc: 0.625}}}
	done := expect("progress epoch done", end)
	if done["fingerprint"] != "ab12" || done["state"] != "done" || done["val_acc"] != 0.625 || done["images_per_second"] != nil {
		t.Errorf("done is %v", done)
	}
	expect("progress", end) // told again: ends once

	// Another run after Reset counts its epochs from the first.
	expect("progress", &wire.Progress{State: wire.Idle})
	end.Epoch, end.Epochs = 1, 1
	expect("progress epoch done", end)
}

func TestHeraldStop(t *testing.T) {
	d, _ := opened(t, "embed=train")
	got, last := told(&herald{}, d,
		&wire.Progress{State: wire.Training, Epoch: 1, Epochs: 1, Samples: 256, Step: 1},
		&wire.Progress{State: wire.Stopped, Epoch: 1, Epochs: 1, Seen: 128, Samples: 256, Step: 1, Fingerprint: "cd34"})
	if got != "progress progress done" || last["state"] != "stopped" || last["fingerprint"] != "cd34" {
		t.Errorf("told %q, the last one %v", got, last)
	}
}

func TestHeraldErrors(t *testing.T) {
	for _, c := range []struct {
		kind, says string
		sandboxed  bool
		event      wire.Message
	}{
		{"data", "MNIST could not be fetched", false, &wire.LoadFailed{Name: "mnist", Kind: wire.Network}},
		{"worker", "The training worker has stopped. Out of memory.", false, &wire.Failed{Detail: "out of memory", Fatal: true}},
		{"sandbox", "allow-same-origin", true, &wire.Failed{Detail: "SecurityError", Fatal: true}},
		{"command", "Train was refused", true, &wire.Failed{Doing: "Train", Detail: "no"}},
	} {
		d, _ := opened(t, "embed=all")
		d.Sandboxed = c.sandboxed
		types, e := told(&herald{}, d, c.event)
		if message, _ := e["message"].(string); types != "error" || e["kind"] != c.kind || !strings.Contains(message, c.says) {
			t.Errorf("told %q: %v, expected an error of kind %s that says %q", types, e, c.kind, c.says)
		}
	}
}
