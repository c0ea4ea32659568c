package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"convlens/nn/intake/intaketest"
	"convlens/nn/mnist"
)

// seedFiles adds what the broken cases have, and what makes a dataset of two
// files.
func seedFiles(f *testing.F) {
	for _, c := range intaketest.BrokenCases(f) {
		if len(c.Files) > 0 && len(c.Files) < 100 {
			f.Add(c.Files[0].Name, c.Files[0].Bytes, c.Files[len(c.Files)-1].Bytes)
		}
	}
	f.Add("a", images12, labels12)
	f.Add("a", mnist.Gzip(images4), mnist.Gzip(labels4))
	f.Add("x.zip", zippedFiles(f, map[string][]byte{"images": images12}, 8), labels12)
}

// FuzzRead makes either a dataset or an error that says what is wrong.
func FuzzRead(f *testing.F) {
	seedFiles(f)
	f.Fuzz(func(t *testing.T, name string, a, b []byte) {
		in, err := read([]file{{name, a}, {"b/" + name, b}, {"c/z.png", a}})
		if err != nil {
			var e *mnist.Error
			if !errors.As(err, &e) || e.Msg == "" || e.Fault < mnist.Truncated || e.Fault > mnist.Invalid {
				t.Errorf("error is %#v", err)
			}
			return
		}
		checkDataset(t, in)
	})
}

// FuzzZip reads an archive as archive/zip does, or refuses it.
func FuzzZip(f *testing.F) {
	for _, method := range []uint16{0, 8} {
		f.Add(zippedFiles(f, map[string][]byte{"a": images12, "b/c": labels12, "d/": nil}, method))
	}
	for _, c := range intaketest.BrokenCases(f) {
		if strings.HasPrefix(c.Name, "zip") {
			f.Add(c.Files[0].Bytes)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := unpack(opened([]file{{"x.zip", b}}), unstopped)
		if err != nil || contentOf(item{head: b, all: true}) != zipped {
			return
		}
		items := slices.Concat(s.images, s.labels, s.texts)
		for _, p := range s.pictures {
			items = append(items, p.item)
		}
		got := map[string]int{}
		for _, m := range items {
			data, err := io.ReadAll(m.reader())
			if err != nil {
				return // refused when it is read
			}
			got[string(data)]++
		}
		r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
			t.Fatalf("archive/zip says: %v", err)
		}
		for _, e := range r.File {
			if strings.HasSuffix(e.Name, "/") || strings.HasSuffix(e.Name, `\`) || byTheWay(strings.ReplaceAll(e.Name, `\`, "/")) {
				continue
			}
			f, err := e.Open()
			if err != nil {
				t.Fatalf("archive/zip: %s: %v", e.Name, err)
			}
			data, err := io.ReadAll(f)
			if err != nil {
				t.Fatalf("archive/zip: %s: %v", e.Name, err)
			}
			if !mnist.IsGzip(data) && got[string(data)] == 0 {
				t.Errorf("%s of %d bytes only for archive/zip", e.Name, len(data))
			}
			got[string(data)]--
		}
	})
}
