package lab

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// opens is an Open of files, each a name and its bytes.
func opens(number int, files ...any) *wire.Open {
	m := &wire.Open{Number: number}
	var held [][]byte
	for i := 0; i < len(files); i += 2 {
		b := files[i+1].([]byte)
		m.Files = append(m.Files, wire.OwnFile{Name: files[i].(string), Bytes: len(b)})
		held = append(held, b)
	}
	m.Handles.Held = held
	return m
}

// filesOf are a dataset's files, as a visitor may have them.
func filesOf(d *mnist.Dataset) []any {
	return []any{"y2", mnist.EncodeLabels(d.Test.Labels), "x", mnist.Gzip(mnist.EncodeImages(d.Train)),
		"names.txt", []byte("a\nb\nc\nd\ne\nf\ng\nh\ni\nj"), "x2", mnist.EncodeImages(d.Test), "y", mnist.EncodeLabels(d.Train.Labels)}
}

// TestOpen reads the visitor's files and then, on Load, puts them in use.
func TestOpen(t *testing.T) {
	colour := &mnist.Dataset{Train: boards(5, 60, 3, 9, 12), Test: boards(6, 20, 3, 9, 12)}
	p := newPage(t)
	var name string
	p.play(p.ready(opens(3, filesOf(colour)...), func() {
		m := last[*wire.Opened](p)
		name = m.Name
		want := wire.Opened{Name: name, Title: "x", TrainN: 60, TestN: 20, SampleShape: []int{3, 9, 12}, Classes: strings.Split("abcdefghij", "")}
		if fmt.Sprint(*m) != fmt.Sprint(want) || !wire.IsOwn(name) {
			t.Errorf("opened %+v, expected %+v", *m, want)
		}
		for _, o := range all[*wire.Opening](p) {
			if o.Number != 3 {
				t.Errorf("told of %+v", *o)
			}
		}
		if got := last[*wire.Model](p).InputShape; !slices.Equal(got, []int{1, 8, 7}) {
			t.Errorf("before Load the network takes %v", got)
		}
		p.forget()
		p.script = append(p.script, &wire.Load{Source: wire.Source{Name: name}}, &wire.Train{Settings: settings()})
	})...)
	p.calm()
	m := last[*wire.Loaded](p)
	if m.Name != name || m.TrainN != 60 || m.Classes[9] != "j" || m.Verified || m.Stored || !slices.Equal(m.TrainPerClass, colour.Train.PerClass()) {
		t.Errorf("loaded %+v", *m)
	}
	if got := last[*wire.Model](p).InputShape; !slices.Equal(got, []int{3, 9, 12}) {
		t.Errorf("the network takes %v", got)
	}
	if c := last[*wire.Checkpoint](p); c.Dataset != name || c.State != wire.Done {
		t.Errorf("the checkpoint is of %q, state %d", c.Dataset, c.State)
	}
}

// TestOpenNames gives the same data the same name, and other data another one.
func TestOpenNames(t *testing.T) {
	p := newPage(t)
	one, two := small(1), small(3)
	gz := []any{"a.gz", mnist.Gzip(mnist.EncodeImages(one.Train)), "t.gz", mnist.Gzip(mnist.EncodeImages(one.Test)),
		"y", mnist.EncodeLabels(one.Train.Labels), "y2", mnist.EncodeLabels(one.Test.Labels)}
	p.play(opens(1, filesOf(one)...), nothing{}, opens(2, filesOf(two)...), nothing{}, opens(3, gz...), nothing{})
	var names []string
	for _, m := range all[*wire.Opened](p) {
		names = append(names, m.Name)
	}
	if len(names) != 3 || names[0] != names[2] || names[0] == names[1] {
		t.Errorf("names %q", names)
	}
}

// TestOpenBesideARun reads files, broken and whole ones, while a run trains, and
// the run comes out as if there had been none.
func TestOpenBesideARun(t *testing.T) {
	p := newPage(t)
	broken := opens(1, "x", mnist.EncodeImages(small(1).Train)[:500], "y", []byte{0, 0, 8, 1})
	p.react = func(m wire.Message) {
		if e, ok := m.(*wire.Progress); ok && e.State == wire.Training && (e.Step == 2 || e.Step == 6) {
			p.urgent = append(p.urgent, map[int]wire.Message{2: broken, 6: opens(2, filesOf(small(7))...)}[e.Step])
		}
	}
	p.play(p.ready(&wire.Train{Settings: settings()})...)
	failed := all[*wire.LoadFailed](p)
	if len(failed) != 1 || failed[0].Name != wire.OwnFiles || failed[0].File != "x" || failed[0].Kind != wire.Truncated || !strings.Contains(failed[0].Detail, "the file ends after") {
		t.Errorf("failed: %+v", failed)
	}
	if m := last[*wire.Opened](p); m.TrainN != trainN {
		t.Errorf("opened %+v", m)
	}
	if got, want := last[*wire.Progress](p), undisturbed(t, settings()); got.Fingerprint != want.Fingerprint || got.State != wire.Done {
		t.Errorf("the run came out as %s, undisturbed as %s", got.Fingerprint, want.Fingerprint)
	}
	if n := len(all[*wire.Loaded](p)); n != 1 {
		t.Errorf("%d datasets were put in use", n)
	}
}

// TestOpenStopped leaves files alone that the visitor has thought better of, and
// those that others take the place of.
func TestOpenStopped(t *testing.T) {
	p := newPage(t)
	p.urgent = []wire.Message{opens(1, filesOf(small(1))...), &wire.StopOpening{}, &wire.StopOpening{}}
	p.play()
	if n := len(all[*wire.Opened](p)); n != 0 {
		t.Errorf("%d were opened", n)
	}
	p = newPage(t)
	p.urgent = []wire.Message{opens(1, filesOf(small(1))...), opens(2, filesOf(small(3))...)}
	p.play(nothing{})
	if n := len(all[*wire.Opened](p)); n != 1 {
		t.Errorf("%d were opened, expected the second", n)
	}
	p.calm()
}

// TestOpenUnfit says at Load that the network can't take the images, and keeps
// what is in use.
func TestOpenUnfit(t *testing.T) {
	tiny := &mnist.Dataset{Train: boards(5, 60, 1, 5, 4), Test: boards(6, 20, 1, 5, 4)}
	p := newPage(t)
	p.play(p.ready(opens(1, filesOf(tiny)...), func() {
		p.script = append(p.script, &wire.Load{Source: wire.Source{Name: last[*wire.Opened](p).Name}}, &wire.Load{Source: wire.Source{Name: wire.OwnFiles + "others"}},
			&wire.GetSample{Index: trainN - 1})
	})...)
	failed := all[*wire.LoadFailed](p)
	if len(failed) != 2 || !strings.Contains(failed[0].Detail, "can't take images of 5x4 pixels") || failed[1].Kind != wire.Missing {
		t.Errorf("failed: %+v", failed)
	}
	if s := last[*wire.Sample](p); !slices.Equal(s.Shape, []int{1, 8, 7}) {
		t.Errorf("a sample of shape %v", s.Shape)
	}
}
