package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"convlens/nn/mnist"
)

// seedFiles adds what the broken cases have, and what makes a dataset of two
// files.
func seedFiles(f *testing.F) {
	for _, c := range brokenCases(f) {
		if len(c.files) > 0 && len(c.files) < 100 {
			f.Add(c.files[0].Name, c.files[0].Bytes, c.files[len(c.files)-1].Bytes)
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
		in, err := read([]File{{name, a}, {"b/" + name, b}, {"c/z.png", a}})
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
	for _, c := range brokenCases(f) {
		if strings.HasPrefix(c.name, "zip") {
			f.Add(c.files[0].Bytes)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := unpack([]File{{"x.zip", b}})
		if err != nil || contentOf(b) != zipped {
			return
		}
		r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
			t.Fatalf("archive/zip says: %v", err)
		}
		want := map[string]int{}
		for _, e := range r.File {
			if strings.HasSuffix(e.Name, "/") || strings.HasSuffix(e.Name, `\`) || byTheWay(strings.ReplaceAll(e.Name, `\`, "/")) {
				continue
			}
			file, err := e.Open()
			if err != nil {
				t.Fatalf("archive/zip: %s: %v", e.Name, err)
			}
			data, err := io.ReadAll(file)
			if err != nil {
				t.Fatalf("archive/zip: %s: %v", e.Name, err)
			}
			if contentOf(data) != gzipped {
				want[string(data)]++
			}
		}
		for _, f := range append(append(s.images, s.labels...), s.texts...) {
			want[string(f.Bytes)]--
		}
		for _, p := range s.pictures {
			want[string(p.Bytes)]--
		}
		for data, n := range want {
			if n > 0 {
				t.Errorf("%d more of %d bytes for archive/zip", n, len(data))
			}
		}
	})
}
