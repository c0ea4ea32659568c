package lab

import (
	"slices"
	"strings"
	"testing"

	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// TestLoadFailed breaks one thing of a source at a time. Each fault is told
// with its kind, the file and what was found; what was loaded before goes on
// being used, and once the fault is gone the source can be loaded.
func TestLoadFailed(t *testing.T) {
	change := func(role int, f func(b []byte) []byte) func(*page, *wire.Source) {
		return func(p *page, s *wire.Source) {
			url := s.Files[role].URL
			p.files[url] = f(slices.Clone(p.files[url]))
		}
	}
	// unchecked sources, such as a visitor's own files, have no sizes and sums.
	unchecked := func(role int, b []byte) func(*page, *wire.Source) {
		return func(p *page, s *wire.Source) {
			s.Files[role].RawBytes, s.Files[role].SHA256 = 0, ""
			p.files[s.Files[role].URL] = b
		}
	}
	fault := func(f wire.LoadFault, text string) func(*page, *wire.Source) {
		return func(p *page, s *wire.Source) { p.faults[s.Files[2].URL] = &FetchError{f, text} }
	}
	for _, tt := range []struct {
		name   string
		breaks func(*page, *wire.Source)
		kind   wire.LoadFault
		file   string
		want   string
	}{
		{"missing", func(p *page, s *wire.Source) { delete(p.files, s.Files[1].URL) },
			wire.Missing, "train-labels", "other/train-labels was answered with status 404"},
		{"network", fault(wire.Network, "the transfer broke off after 9 bytes"),
			wire.Network, "test-images", "the transfer broke off after 9 bytes"},
		{"transfer short", fault(wire.Truncated, "9 of 10 bytes came"), wire.Truncated, "test-images", "9 of 10 bytes came"},
		{"gzip cut", change(0, func(b []byte) []byte { return b[:len(b)-9] }),
			wire.Truncated, "train-images", "the gzip data ends too early, after "},
		{"raw cut", change(1, func(b []byte) []byte { return b[:100] }),
			wire.Truncated, "train-labels", "expected 208 bytes, the file ends after 100"},
		{"empty", change(3, func([]byte) []byte { return nil }), wire.Truncated, "test-labels", "expected 48 bytes, the file ends after 0"},
		{"gzip damaged", change(2, func(b []byte) []byte { b[len(b)-6] ^= 4; return b }),
			wire.Corrupt, "test-images", "gzip checksum or length doesn't agree"},
		{"one bit", change(1, func(b []byte) []byte { b[50] ^= 1; return b }), wire.Corrupt, "train-labels", "its SHA-256 is "},
		{"too long", change(1, func(b []byte) []byte { return append(b, 0) }), wire.Invalid, "train-labels", "has 209 bytes, the limit is 208"},
		{"a web page", unchecked(0, []byte("<!DOCTYPE html>")),
			wire.Invalid, "train-images", `train-images: not an IDX file: expected it to start with 00 00, found "<!DOCTYPE html>"`},
		{"swapped", unchecked(3, mnist.EncodeImages(boards(9, 40, 1, 8, 7))),
			wire.Invalid, "test-labels", "test-labels: IDX with 3 dimensions, expected 1 (N): this is an image file"},
		{"labels missing", unchecked(1, mnist.EncodeLabels(make([]byte, 150))),
			wire.Invalid, "train-labels", "train-labels: 150 labels for 200 images"},
		{"other test images", unchecked(2, mnist.EncodeImages(boards(9, 40, 1, 8, 9))),
			wire.Invalid, "test-images", "test-images: images have the shape (1,8,9), those of train-images (1,8,7)"},
		{"too small", func(p *page, s *wire.Source) {
			*s = p.offer("other", &mnist.Dataset{Train: boards(8, 20, 1, 4, 4), Test: boards(9, 10, 1, 4, 4)})
		}, wire.Invalid, "train-images", "train-images: the network can't take images of 4x4 pixels: nn: layer 2 (Conv2D) on input (32, 2, 2)"},
		{"three files", func(p *page, s *wire.Source) { s.Files = s.Files[:3] }, wire.Invalid, "", "3 files, expected 4"},
		{"no files", func(p *page, s *wire.Source) { s.Files = nil }, wire.Invalid, "", "0 files, expected 4"},
		{"wrong order", func(p *page, s *wire.Source) { s.Files[0], s.Files[1] = s.Files[1], s.Files[0] },
			wire.Invalid, "train-labels", `file 0 is "train-labels", expected "train-images"`},
	} {
		check := func(t *testing.T, unpacks bool) {
			p := newPage(t)
			p.unpacks = unpacks
			kept := small(1)
			src := p.offer("other", small(3))
			tt.breaks(p, &src)
			l := p.play(p.ready(&wire.Load{Source: src}, &wire.GetSample{Index: 7}, func() {
				f := last[*wire.LoadFailed](p)
				if f.Name != "other" || f.Kind != tt.kind || f.File != tt.file || !strings.HasPrefix(f.Detail, tt.want) {
					t.Errorf("failed with %+v, expected kind %d of %q: %s", f, tt.kind, tt.file, tt.want)
				}
				if s := last[*wire.Sample](p); string(s.Pixels) != string(kept.Train.Image(7)) {
					t.Error("the data in use are others")
				}
				if n := len(all[*wire.Loaded](p)); n != 1 {
					t.Errorf("loaded %d times", n)
				}
				p.faults = nil // the fault goes away
				p.script = append(p.script, &wire.Load{Source: p.offer("other", small(3))})
			})...)
			if got := last[*wire.Loaded](p); got.Name != "other" || l.source != "other" || got.TrainN != trainN {
				t.Errorf("after the fault is gone loaded is %+v", got)
			}
		}
		t.Run(tt.name, func(t *testing.T) { check(t, false) })
		t.Run(tt.name+", host unpacks", func(t *testing.T) { check(t, true) })
	}
}

// TestLoadFailedThenTrain trains on the data in use as if nothing had been.
func TestLoadFailedThenTrain(t *testing.T) {
	p := newPage(t)
	src := p.offer("other", small(3))
	delete(p.files, src.Files[3].URL)
	p.play(p.ready(&wire.Load{Source: src}, &wire.Train{Settings: settings()})...)
	if got, want := last[*wire.Progress](p), undisturbed(t, settings()); got.State != wire.Done || got.Fingerprint != want.Fingerprint {
		t.Errorf("ended in state %d with the weights %.12s, expected %.12s", got.State, got.Fingerprint, want.Fingerprint)
	}
}

// TestLoadWhileTraining is refused, and the run goes on.
func TestLoadWhileTraining(t *testing.T) {
	p := newPage(t)
	p.once(atStep(3), &wire.Load{Source: p.offer("other", small(3))})
	p.play(p.ready(&wire.Train{Settings: settings()})...)
	if got := p.failures(); len(got) != 1 || got[0] != "Load: lab: a run is under way; stop it before loading other data" {
		t.Errorf("failures %q", got)
	}
	if e := last[*wire.Progress](p); e.State != wire.Done || e.Fingerprint != undisturbed(t, settings()).Fingerprint {
		t.Errorf("the run ended with %+v", e)
	}
}

// TestLoadForLargeKernels gives data that a network of such kernels can't take,
// and then a network that can.
func TestLoadForLargeKernels(t *testing.T) {
	p := newPage(t)
	src := p.offer("boards", small(1))
	large := settings()
	large.Net.Kernel = 11
	l := p.play(&wire.Init{Settings: large}, &wire.Load{Source: src}, func() {
		const want = "the network as it is set can't take images of 8x7 pixels: conv2d_1 has windows of 11x11 and gets 8x7 pixels; kernels of up to 3x3 would fit"
		if f := last[*wire.LoadFailed](p); f.Kind != wire.Invalid || f.Name != "boards" || f.Detail != want {
			t.Errorf("failed with %+v, expected %s", f, want)
		}
	}, &wire.Init{Settings: settings()}, &wire.Load{Source: src})
	if l.source != "boards" || l.trainer == nil {
		t.Error("the data can't be used with smaller kernels either")
	}
}
