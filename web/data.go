package web

import (
	"crypto/sha256"
	"encoding/hex"
	"path"

	"convlens/nn/glyph"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// Dataset is a dataset to ship with the site.
type Dataset struct {
	Source wire.Source // what the page is told
	Stored [][]byte    // the content of Source.Files, in their order
}

// idxNames are the file names of MNIST, by wire.Roles. Generated digits have
// the same ones in a folder of their own.
var idxNames = [len(wire.Roles)]string{
	"train-images-idx3-ubyte",
	"train-labels-idx1-ubyte",
	"t10k-images-idx3-ubyte",
	"t10k-labels-idx1-ubyte",
}

// digitsSeed makes the generated digits those that everyone gets.
const digitsSeed = 1

// Digits returns the generated digits: train and test of them, or as many as
// package glyph suggests if both are 0.
func Digits(train, test int) Dataset {
	if train == 0 && test == 0 {
		train, test = glyph.Train, glyph.Test
	}
	d := glyph.Digits(digitsSeed, train, test)
	s := newDataset("digits", "Generated digits")
	for _, raw := range [][]byte{
		mnist.EncodeImages(d.Train), mnist.EncodeLabels(d.Train.Labels),
		mnist.EncodeImages(d.Test), mnist.EncodeLabels(d.Test.Labels),
	} {
		s.add(idxFile{stored: mnist.Gzip(raw), rawBytes: len(raw), sum: checksum(raw)})
	}
	return s
}

// idxFile is one of the files of a dataset.
type idxFile struct {
	stored   []byte // compressed with gzip
	rawBytes int    // decompressed
	sum      string // see checksum
}

func newDataset(name, title string) Dataset {
	return Dataset{Source: wire.Source{Name: name, Title: title}}
}

// add appends the file of the next role.
func (d *Dataset) add(f idxFile) {
	i := len(d.Stored)
	d.Source.Files = append(d.Source.Files, wire.File{
		Role:     wire.Roles[i],
		URL:      path.Join("data", d.Source.Name, idxNames[i]+".gz"),
		Bytes:    len(f.stored),
		RawBytes: f.rawBytes,
		SHA256:   f.sum,
	})
	d.Stored = append(d.Stored, f.stored)
}

// checksum is the SHA-256 of a file's decompressed bytes in lower-case hex:
// compressing the same file again may give other bytes.
func checksum(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
