package lab

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// phases lists the Loading events, one entry for each file and phase.
func phases(p *page) (list []string) {
	for _, e := range all[*wire.Loading](p) {
		s := e.Phase + " " + e.File
		if e.FromStorage {
			s += " from storage"
		}
		if len(list) == 0 || list[len(list)-1] != s {
			list = append(list, s)
		}
	}
	return list
}

// TestLoad fetches the four files with progress, checks and keeps them, and
// takes them from storage the next time.
func TestLoad(t *testing.T) { load(t, newPage(t)) }

// TestLoadUnpacked does so where the host unpacks them.
func TestLoadUnpacked(t *testing.T) {
	p := newPage(t)
	p.unpacks = true
	load(t, p)
	if p.unpacked != 4 { // two are compressed, and were loaded twice
		t.Errorf("the host unpacked %d files, expected 4", p.unpacked)
	}
}

func load(t *testing.T, p *page) {
	t.Helper()
	d := small(1)
	src := p.offer("boards", d)
	total := 0
	for _, f := range src.Files {
		total += f.Bytes
	}
	p.play(&wire.Load{Source: src}, func() {
		want := []string{"fetch train-images", "verify train-images", "fetch train-labels", "verify train-labels",
			"fetch test-images", "verify test-images", "fetch test-labels", "verify test-labels", "parse test-labels"}
		if got := phases(p); !slices.Equal(got, want) {
			t.Errorf("phases %q, expected %q", got, want)
		}
		checkBytes(t, p, total)
		checkLoaded(t, last[*wire.Loaded](p), d)
		p.forget()
	}, &wire.Load{Source: src})
	p.calm()
	want := []string{"verify train-images from storage", "verify train-labels from storage",
		"verify test-images from storage", "verify test-labels from storage", "parse test-labels"}
	if got := phases(p); !slices.Equal(got, want) {
		t.Errorf("the second time phases %q, expected %q", got, want)
	}
	if len(p.fetched) != 4 {
		t.Errorf("%d files fetched for two loads, expected 4", len(p.fetched))
	}
	checkBytes(t, p, total)
	checkLoaded(t, last[*wire.Loaded](p), d)
}

// checkBytes wants the bytes to go up to the total, in several steps if there
// was something to fetch.
func checkBytes(t *testing.T, p *page, total int) {
	t.Helper()
	before, fetching := 0, 0
	for _, e := range all[*wire.Loading](p) {
		if e.Bytes < before || e.Bytes > total || e.Total != total {
			t.Errorf("%s %s: %d of %d bytes after %d, in all there are %d", e.Phase, e.File, e.Bytes, e.Total, before, total)
		}
		before = e.Bytes
		if e.Phase == "fetch" {
			fetching++
		}
	}
	if before != total {
		t.Errorf("the last Loading tells of %d of %d bytes", before, total)
	}
	if len(p.storage) == 0 && fetching != 4*4 { // at the beginning, and at each third
		t.Errorf("%d Loading events while fetching, expected 16", fetching)
	}
}

func checkLoaded(t *testing.T, e *wire.Loaded, d *mnist.Dataset) {
	t.Helper()
	want := wire.Loaded{Name: "boards", Title: "Title of boards", TrainN: trainN, TestN: testN, SampleShape: []int{1, 8, 7},
		Classes:       []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		TrainPerClass: d.Train.PerClass(), TestPerClass: d.Test.PerClass(), Verified: true, Stored: true}
	if fmt.Sprint(*e) != fmt.Sprint(want) {
		t.Errorf("loaded %+v, expected %+v", *e, want)
	}
}

// TestLoadUnverified works without checksums and without storage, and says so.
func TestLoadUnverified(t *testing.T) {
	p := newPage(t)
	p.full = true
	src := p.offer("boards", small(1))
	src.Files[2].SHA256, src.Files[2].RawBytes = "", 0
	p.play(&wire.Load{Source: src}, &wire.Load{Source: src})
	p.calm()
	for _, e := range all[*wire.Loaded](p) {
		if e.Verified || e.Stored {
			t.Errorf("a file without checksum: verified %v; a full storage: stored %v", e.Verified, e.Stored)
		}
	}
	if len(p.fetched) != 8 {
		t.Errorf("%d files fetched for two loads without storage, expected 8", len(p.fetched))
	}
}

// TestCorruptStorage forgets a stored file that is not what it should be, and
// fetches it again.
func TestCorruptStorage(t *testing.T) {
	for name, damage := range map[string]func(b []byte) []byte{
		"cut":       func(b []byte) []byte { return b[:len(b)/2] },
		"changed":   func(b []byte) []byte { b = slices.Clone(b); b[len(b)/2] ^= 1; return b },
		"empty":     func(b []byte) []byte { return []byte{} },
		"a page":    func(b []byte) []byte { return []byte("<html>") },
		"too long":  func(b []byte) []byte { return append(slices.Clone(b), 0) },
		"other one": func(b []byte) []byte { return mnist.EncodeLabels(make([]byte, trainN)) },
	} {
		for _, role := range []string{"train-images", "train-labels"} { // compressed and raw
			p := newPage(t)
			src := p.offer("boards", small(1))
			url := "boards/" + role
			p.play(&wire.Load{Source: src}, func() {
				p.forget()
				p.fetched = nil
				p.storage[url] = damage(p.storage[url])
			}, &wire.Load{Source: src})
			p.calm()
			if len(p.fetched) != 1 || p.fetched[0] != url {
				t.Errorf("%s %s: fetched again %q", name, role, p.fetched)
			}
			if got := strings.Join(phases(p), ", "); !strings.Contains(got, "verify "+role+" from storage, fetch "+role+", verify "+role) {
				t.Errorf("%s %s: phases %s", name, role, got)
			}
			if string(p.storage[url]) != string(p.files[url]) {
				t.Errorf("%s %s: the storage is not mended", name, role)
			}
			checkLoaded(t, last[*wire.Loaded](p), small(1))
		}
	}
}

// TestCorruptStorageOffline forgets the file also if there is no other.
func TestCorruptStorageOffline(t *testing.T) {
	p := newPage(t)
	src := p.offer("boards", small(1))
	url := src.Files[1].URL
	p.play(&wire.Load{Source: src}, func() {
		p.storage[url] = []byte("something else")
		delete(p.files, url)
	}, &wire.Load{Source: src})
	if f := last[*wire.LoadFailed](p); f.Kind != wire.Missing || f.File != "train-labels" {
		t.Errorf("failed with %+v", f)
	}
	if _, ok := p.storage[url]; ok {
		t.Error("the wrong file is still stored")
	}
}

// TestWrongWithoutChecksum does not keep a file that only parsing shows to be
// wrong: the next load fetches it again.
func TestWrongWithoutChecksum(t *testing.T) {
	p := newPage(t)
	src := p.offer("boards", small(1))
	for i := range src.Files {
		src.Files[i].SHA256, src.Files[i].RawBytes = "", 0
	}
	url := src.Files[2].URL
	good := p.files[url]
	p.files[url] = []byte("<html>an answer to everything</html>")
	p.play(&wire.Load{Source: src}, func() {
		if f := last[*wire.LoadFailed](p); f.Kind != wire.Invalid || f.File != "test-images" {
			t.Errorf("failed with %+v", f)
		}
		p.files[url] = good
	}, &wire.Load{Source: src})
	if len(all[*wire.Loaded](p)) != 1 {
		t.Errorf("once the file is right: %+v", last[*wire.LoadFailed](p))
	}
}

// TestLoadChangesTheNetwork begins anew when data of another shape, or after a
// run, come in place of the ones in use.
func TestLoadChangesTheNetwork(t *testing.T) {
	colour := &mnist.Dataset{Train: boards(5, 60, 3, 9, 12), Test: boards(6, 20, 3, 9, 12)}
	p := newPage(t)
	l := p.play(p.ready(&wire.Load{Source: p.offer("colour", colour)}, func() {
		m := last[*wire.Model](p)
		if fmt.Sprint(m.InputShape) != "[3 9 12]" {
			t.Errorf("images of 3 channels, but the model takes %v", m.InputShape)
		}
	}, &wire.Train{Settings: settings()}, func() { p.forget() }, &wire.Load{Source: p.offer("boards", small(1))})...)
	p.calm()
	e := last[*wire.Progress](p)
	if e.State != wire.Idle || e.Step != 0 || e.Samples != trainN || e.Fingerprint != "" {
		t.Errorf("after loading other data: %+v", e)
	}
	if m := last[*wire.Model](p); fmt.Sprint(m.InputShape) != "[1 8 7]" {
		t.Errorf("the model takes %v", m.InputShape)
	}
	fresh := newPage(t)
	if want := fresh.play(fresh.ready()...).model.Fingerprint(); l.model.Fingerprint() != want {
		t.Error("the network is not the seed's fresh one")
	}
}
