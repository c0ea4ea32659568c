package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"convlens/nn/wire"
)

// The network that the page takes away is the one that was trained: its bytes
// have the fingerprint, and its outputs are those that the page has seen.
func TestTakeNet(t *testing.T) {
	p := newPage(t)
	l := trained(p, &wire.Watch{Split: wire.TestSplit, Index: 13, Layer: "conv2d_2"}, &wire.TakeNet{})
	p.calm()
	m, v := last[*wire.Net](p), last[*wire.View](p)
	h := sha256.New()
	var names []string
	for _, a := range m.Weights {
		names = append(names, a.Name)
		h.Write(a.Data)
		if len(a.Data) != 4*size(a.Shape) {
			t.Errorf("%s of shape %v has %d bytes", a.Name, a.Shape, len(a.Data))
		}
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != l.model.Fingerprint() || m.Fingerprint != got || m.Step != steps {
		t.Errorf("weights %.12s of step %d with the fingerprint %.12s, expected %.12s", got, m.Step, m.Fingerprint, l.model.Fingerprint())
	}
	want := []string{"conv2d_1/kernel", "conv2d_1/bias", "conv2d_2/kernel", "conv2d_2/bias", "dense_1/kernel", "dense_1/bias", "dense_2/kernel", "dense_2/bias"}
	if !slices.Equal(names, want) {
		t.Errorf("arrays %q, expected %q", names, want)
	}
	if m.Split != wire.TestSplit || m.Index != 13 || m.Label != v.Label || !slices.Equal(m.Input.Data, v.Input.Data) || !slices.Equal(m.Probs, v.Probs) {
		t.Errorf("image %d of split %d, label %d", m.Index, m.Split, m.Label)
	}
	if len(m.Outputs) != 12 || m.Outputs[2].Name != "conv2d_2" || !slices.Equal(m.Outputs[2].Data, v.Maps.Data) {
		t.Errorf("%d outputs", len(m.Outputs))
	}
}

// A network without data has no outputs yet.
func TestTakeNetWithoutData(t *testing.T) {
	p := newPage(t)
	p.play(&wire.TakeNet{}, &wire.Init{Settings: settings()}, &wire.TakeNet{})
	if m := last[*wire.Net](p); len(m.Weights) != 8 || len(m.Outputs) != 0 {
		t.Errorf("%d arrays, %d outputs", len(m.Weights), len(m.Outputs))
	}
	if got := p.failures(); !slices.Equal(got, []string{"TakeNet: lab: there is no network yet"}) {
		t.Errorf("failures %q", got)
	}
}
