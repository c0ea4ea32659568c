package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"convlens/nn/kernel"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// The tests' datasets are small, so that an epoch takes some ten milliseconds:
// images of 8x7 pixels, 200 to train on and 40 to test with.
const (
	trainN, testN = 200, 40
	batch         = 20
	steps         = trainN / batch
)

// boards makes n images of a pattern for each of ten classes, under noise.
func boards(stream uint32, n, c, h, w int) mnist.Set {
	s := mnist.Set{N: n, C: c, H: h, W: w, Pixels: make([]byte, n*c*h*w), Labels: make([]byte, n), Classes: 10}
	for i := range n {
		s.Labels[i] = byte((i + i/10) % 10)
		for p := range s.Image(i) {
			v := kernel.Hash32(stream, uint32(i*s.Size()+p)) % 32
			if kernel.Hash32(7, uint32(s.Labels[i])*1000+uint32(p/2))%3 == 0 {
				v += 200
			}
			s.Image(i)[p] = byte(v)
		}
	}
	return s
}

// small is the dataset that most tests use.
func small(stream uint32) *mnist.Dataset {
	return &mnist.Dataset{Train: boards(stream, trainN, 1, 8, 7), Test: boards(stream+1, testN, 1, 8, 7)}
}

// offer puts a dataset's four files on the page's network and describes them:
// the images compressed, the labels raw.
func (p *page) offer(name string, d *mnist.Dataset) wire.Source {
	return p.offerFiles(name, [4][]byte{
		mnist.Gzip(mnist.EncodeImages(d.Train)), mnist.EncodeLabels(d.Train.Labels),
		mnist.Gzip(mnist.EncodeImages(d.Test)), mnist.EncodeLabels(d.Test.Labels)})
}

func (p *page) offerFiles(name string, files [4][]byte) wire.Source {
	src := wire.Source{Name: name, Title: "Title of " + name}
	for i, b := range files {
		raw, err := mnist.Inflate(b, mnist.MaxBytes)
		if err != nil {
			p.t.Fatal(err)
		}
		sum := sha256.Sum256(raw)
		f := wire.File{Role: wire.Roles[i], URL: name + "/" + wire.Roles[i], Bytes: len(b), RawBytes: len(raw), SHA256: hex.EncodeToString(sum[:])}
		p.files[f.URL] = b
		src.Files = append(src.Files, f)
	}
	return src
}

// settings are those of a quick run of the tutorial's network.
func settings() wire.Settings {
	s := wire.Tutorial()
	s.Batch, s.Seed = batch, 3
	return s
}

// ready is the beginning of most scripts: data loaded, a fresh network.
func (p *page) ready(then ...any) []any {
	return append([]any{&wire.Load{Source: p.offer("boards", small(1))}, &wire.Init{Settings: settings()}}, then...)
}

// undisturbed makes a run with these settings, once for all tests, and returns
// its last word.
func undisturbed(t *testing.T, s wire.Settings) *wire.Progress {
	t.Helper()
	if runs[s] == nil {
		p := newPage(t)
		p.play(p.ready(&wire.Init{Settings: s}, &wire.Train{Settings: s})...)
		p.calm()
		runs[s] = last[*wire.Progress](p)
	}
	return runs[s]
}

var runs = map[wire.Settings]*wire.Progress{}
