package lab

import (
	"fmt"
	"slices"
	"testing"

	"convlens/nn/wire"
)

// sizes is how many bytes the files of a source have.
func sizes(src wire.Source) (total int) {
	for _, f := range src.Files {
		total += f.Bytes
	}
	return total
}

func checkStored(t *testing.T, p *page, want wire.Stored) {
	t.Helper()
	if got := last[*wire.Stored](p); fmt.Sprint(*got) != fmt.Sprint(want) {
		t.Errorf("stored %+v, expected %+v", *got, want)
	}
}

// TestStorage verifies, damages, mends and removes what a load has stored. The
// data in use stay.
func TestStorage(t *testing.T) {
	p := newPage(t)
	src := p.offer("boards", small(1))
	all4 := wire.Stored{Name: "boards", Files: 4, Bytes: sizes(src), Checked: true}
	damaged := src.Files[2]
	p.play(&wire.Verify{Source: src}, func() {
		checkStored(t, p, wire.Stored{Name: "boards", Checked: true})
	}, &wire.Load{Source: src}, func() { p.forget(); p.fetched = nil }, &wire.Verify{Source: src}, func() {
		checkStored(t, p, all4)
		p.storage[damaged.URL] = slices.Clone(p.storage[damaged.URL])
		p.storage[damaged.URL][len(p.storage[damaged.URL])-6] ^= 4
	}, &wire.Verify{Source: src}, func() {
		checkStored(t, p, wire.Stored{Name: "boards", Files: 3, Bytes: sizes(src) - damaged.Bytes, Checked: true,
			Damaged: []string{"test-images"}, Detail: "test-images: gzip checksum or length doesn't agree with the 2,256 bytes decompressed"})
		if len(p.storage[damaged.URL]) == 0 {
			t.Error("Verify changes the storage")
		}
	}, &wire.Keep{Source: src}, func() {
		checkStored(t, p, all4)
		if !slices.Equal(p.fetched, []string{damaged.URL}) {
			t.Errorf("mending fetched %q", p.fetched)
		}
	}, &wire.Remove{Source: src}, func() {
		checkStored(t, p, wire.Stored{Name: "boards"})
		if len(p.storage) != 0 {
			t.Errorf("%d files are left", len(p.storage))
		}
	}, &wire.GetSample{Index: 7}, &wire.Keep{Source: src}, func() { checkStored(t, p, all4) })
	p.calm()
	if len(p.storage) != 4 || len(p.fetched) != 5 {
		t.Errorf("%d files stored, %q fetched", len(p.storage), p.fetched)
	}
	if s := last[*wire.Sample](p); string(s.Pixels) != string(small(1).Train.Image(7)) {
		t.Error("the data in use are others")
	}
	if n := len(all[*wire.Loaded](p)); n != 0 {
		t.Errorf("loaded %d times more", n)
	}
}

// TestStorageOfOthers removes the files of one source only.
func TestStorageOfOthers(t *testing.T) {
	p := newPage(t)
	here, other := p.offer("boards", small(1)), p.offer("other", small(3))
	p.play(&wire.Load{Source: here}, &wire.Load{Source: other}, &wire.Remove{Source: here})
	for _, f := range other.Files {
		if p.storage[f.URL] == nil {
			t.Errorf("%s is gone too", f.URL)
		}
	}
	if len(p.storage) != 4 {
		t.Errorf("%d files are stored, expected the other source's 4", len(p.storage))
	}
}

// TestStorageFails has a storage that takes nothing, a host without the file,
// and a source without checksums.
func TestStorageFails(t *testing.T) {
	p := newPage(t)
	p.full = true
	src := p.offer("boards", small(1))
	p.play(&wire.Keep{Source: src}, func() {
		checkStored(t, p, wire.Stored{Name: "boards", Checked: true})
		p.full = false
		delete(p.files, src.Files[1].URL)
	}, &wire.Keep{Source: src}, func() {
		checkStored(t, p, wire.Stored{Name: "boards", Files: 3, Bytes: sizes(src) - src.Files[1].Bytes, Checked: true,
			Detail: "train-labels: boards/train-labels was answered with status 404"})
		src.Files[0].SHA256 = ""
	}, func() { p.script = append(p.script, &wire.Verify{Source: src}) })
	if got := last[*wire.Stored](p); got.Checked || got.Files != 3 {
		t.Errorf("without a checksum: %+v", got)
	}
	p.calm()
}

// TestStorageDuringARun verifies and removes between two steps, is refused to
// fetch, and finds the run undisturbed.
func TestStorageDuringARun(t *testing.T) {
	p := newPage(t)
	src := p.offer("boards", small(1))
	sent := false
	p.react = func(m wire.Message) {
		if e, ok := m.(*wire.Progress); ok && e.Step == 4 && e.State == wire.Training && !sent {
			sent = true
			p.urgent = []wire.Message{&wire.Verify{Source: src}, &wire.Remove{Source: src}, &wire.Keep{Source: src}}
		}
	}
	p.play(p.ready(&wire.Train{Settings: settings()})...)
	if got := all[*wire.Stored](p); len(got) != 2 || got[0].Files != 4 || got[1].Files != 0 {
		t.Errorf("%d answers", len(got))
	}
	if got := fmt.Sprint(p.failures()); got != "[Keep: lab: a run is under way, which fetching would hold up; pause it first]" {
		t.Errorf("failures %s", got)
	}
	if e := last[*wire.Progress](p); e.State != wire.Done || e.Fingerprint != undisturbed(t, settings()).Fingerprint {
		t.Errorf("the run ended with %+v", e)
	}
}

// TestKeepAfterARun does not begin the trained network anew, as Load would.
func TestKeepAfterARun(t *testing.T) {
	p := newPage(t)
	src := p.offer("boards", small(1))
	l := p.play(p.ready(&wire.Train{Settings: settings()}, &wire.Remove{Source: src}, &wire.Keep{Source: src})...)
	p.calm()
	if got := l.model.Fingerprint(); got != undisturbed(t, settings()).Fingerprint {
		t.Errorf("afterwards the weights are %.12s", got)
	}
}
