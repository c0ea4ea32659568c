//go:build !js

package app

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"convlens/nn/glyph"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// digitFiles are a few generated digits as a site would serve them.
func digitFiles() (wire.Source, func(url string) ([]byte, error)) {
	data := glyph.Digits(1, 96, 32)
	files := map[string][]byte{
		"train-images": mnist.EncodeImages(data.Train), "train-labels": mnist.EncodeLabels(data.Train.Labels),
		"test-images": mnist.EncodeImages(data.Test), "test-labels": mnist.EncodeLabels(data.Test.Labels),
	}
	source := wire.Source{Name: "digits", Title: "Generated digits"}
	for _, role := range wire.Roles {
		source.Files = append(source.Files, wire.File{Role: role, URL: role, Bytes: len(files[role]), RawBytes: len(files[role])})
	}
	return source, func(url string) ([]byte, error) {
		if b, ok := files[url]; ok {
			return b, nil
		}
		return nil, fmt.Errorf("no file %s", url)
	}
}

// localDesk is a desk with a lab in this process, and until, which handles its
// events up to a moment.
func localDesk(t *testing.T, query string, source wire.Source, fetch func(string) ([]byte, error)) (d *desk, until func(func() bool)) {
	t.Helper()
	events := make(chan wire.Message, 1000)
	d = newDesk([]wire.Source{source}, "")
	d.deliver = func(m wire.Message) { events <- m }
	d.open = func(deliver func(wire.Message)) Session { return openLocal(fetch, deliver) }
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	d.read(values)
	d.start()
	t.Cleanup(d.close)
	return d, func(reached func() bool) {
		t.Helper()
		limit := time.After(time.Minute) // only a failing test waits for it
		for !reached() {
			select {
			case m := <-events:
				d.handle(m)
			case <-limit:
				t.Fatalf("didn't get there; the run is %+v", d.State.Run)
			}
		}
	}
}

// A whole run as the page sees it: fetch, train, stop at the end, go on.
func TestLocalRun(t *testing.T) {
	source, fetch := digitFiles()
	d, until := localDesk(t, "batch=32&autoplay=1", source, fetch)
	until(func() bool { return d.State.Run.State == wire.Done && d.State.Checkpoint != nil })

	if n := len(d.State.Curves.Loss); n != 3 || len(d.State.Curves.Vals) != 1 {
		t.Errorf("%d steps and %d validations, expected 3 and 1", n, len(d.State.Curves.Vals))
	}
	line := kerasLine(d.State.Run)
	if !strings.HasPrefix(line, "96/96 [==============================] - ") || !strings.Contains(line, " - val_acc: ") {
		t.Errorf("the line is %q", line)
	}
	if d.State.Run.Fingerprint == "" {
		t.Error("no fingerprint")
	}
	for _, layer := range []string{"conv2d_1", "conv2d_2"} {
		if d.State.Kernels(layer) == nil {
			t.Errorf("no kernels of %s", layer)
		}
	}
	if d.State.Maps() == nil || d.State.Input() == nil || d.State.Sample == nil {
		t.Error("no maps, input or sample")
	}

	d.do(actTrain)
	until(func() bool { return d.State.Run.State == wire.Done && d.State.Run.Epoch == 2 })
	if n := len(d.State.Curves.Loss); n != 6 {
		t.Errorf("%d steps after training on, expected 6", n)
	}
}

// A new session goes on from the last one's checkpoint, to the same weights
// as a run that was never interrupted.
func TestLocalStartAgain(t *testing.T) {
	source, fetch := digitFiles()
	done := func(d *desk) func() bool { return func() bool { return d.State.Run.State == wire.Done } }

	whole, until := localDesk(t, "batch=32&epochs=2&autoplay=1", source, fetch)
	until(done(whole))

	d, until := localDesk(t, "batch=32&epochs=2&autoplay=1", source, fetch)
	until(func() bool { return d.State.Run.State == wire.Training })
	d.do(actPause)
	until(func() bool { return d.State.Run.State == wire.Paused && d.State.Checkpoint != nil })
	d.handle(&wire.Failed{Doing: "training", Detail: "gone", Fatal: true})
	d.startAgain()
	until(func() bool { return d.loaded && d.can(actResume) })
	d.do(actResume)
	until(done(d))
	if d.State.Run.Fingerprint != whole.State.Run.Fingerprint {
		t.Errorf("weights %s, uninterrupted %s", d.State.Run.Fingerprint, whole.State.Run.Fingerprint)
	}
	if len(d.State.Curves.Loss) != len(whole.State.Curves.Loss) {
		t.Errorf("%d steps, uninterrupted %d", len(d.State.Curves.Loss), len(whole.State.Curves.Loss))
	}
}

func TestLocalMissingFile(t *testing.T) {
	source, fetch := digitFiles()
	source.Files[2].URL = "nowhere"
	d, until := localDesk(t, "", source, fetch)
	until(func() bool { return d.State.LoadFailed != nil })
	if f := d.State.LoadFailed; f.Kind != wire.Missing || f.File != "test-images" || d.State.Data != nil {
		t.Errorf("the failure is %+v", f)
	}
}

// A run on files of the visitor's, in colour and with names, from choosing them to
// its end; then its worker goes, and the next one reads the files again and has
// the run.
func TestLocalOwn(t *testing.T) {
	source, fetch := digitFiles()
	d, until := localDesk(t, "batch=16&seed=3", source, fetch)
	until(func() bool { return d.State.Data != nil })
	set := glyph.Digits(2, 40, 20)
	colour := func(s mnist.Set) mnist.Set {
		grey := s.Pixels
		s.C, s.Pixels = 3, nil
		for i := range s.N {
			for range s.C {
				s.Pixels = append(s.Pixels, grey[i*784:(i+1)*784]...)
			}
		}
		return s
	}
	train, test := colour(set.Train), colour(set.Test)
	var c chosenFiles
	var held []io.ReaderAt
	for name, b := range map[string][]byte{
		"a": mnist.EncodeImages(train), "b": mnist.EncodeLabels(train.Labels), "c": mnist.Gzip(mnist.EncodeImages(test)), "d": mnist.EncodeLabels(test.Labels),
		"names.txt": []byte("zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n"),
	} {
		c.Files = append(c.Files, wire.OwnFile{Name: name, Bytes: len(b)})
		held = append(held, bytes.NewReader(b))
	}
	c.Held = held
	d.openFiles(c)
	until(func() bool { return d.usesOwn() })
	if d.class(7) != "seven" || d.samples(wire.TestSplit) != 20 {
		t.Errorf("class 7 is %s, %d test images", d.class(7), d.samples(wire.TestSplit))
	}
	d.do(actTrain)
	until(func() bool { return d.State.Run.State == wire.Done && d.State.Checkpoint != nil })
	want := d.State.Run.Fingerprint
	d.handle(&wire.Failed{Doing: "training", Detail: "gone", Fatal: true})
	d.startAgain()
	d.State.Run.Fingerprint = ""
	until(func() bool { return d.State.Run.Fingerprint != "" })
	if got := d.State.Run.Fingerprint; got != want || !d.usesOwn() {
		t.Errorf("the run is %s, before %s", got, want)
	}
}
