package intake

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"convlens/nn/mnist"
)

// content is what a file is.
type content int

const (
	unknown content = iota
	idxImages
	idxLabels
	png
	jpeg
	gzipped
	zipped
	text
)

// others are formats that are recognised in order to be named. Those with a
// magic of their own come before text.
var others = []struct {
	name  string
	at    int
	magic string
}{
	{"a GIF picture", 0, "GIF8"},
	{"a WebP picture", 8, "WEBP"},
	{"a BMP picture", 0, "BM"},
	{"a TIFF picture", 0, "II*\x00"},
	{"a TIFF picture", 0, "MM\x00*"},
	{"an AVIF or HEIC picture", 4, "ftyp"},
	{"a NumPy array", 0, "\x93NUMPY"},
	{"an HDF5 file", 0, "\x89HDF"},
	{"a Parquet table", 0, "PAR1"},
	{"a tar archive", 257, "ustar"},
	{"a 7z archive", 0, "7z\xbc\xaf"},
	{"a RAR archive", 0, "Rar!"},
	{"an xz archive", 0, "\xfd7zXZ"},
	{"a bzip2 archive", 0, "BZh"},
	{"a Zstandard archive", 0, "\x28\xb5\x2f\xfd"},
	{"a PDF document", 0, "%PDF"},
	{"a web page", 0, "<!DOCTYPE"},
	{"a web page", 0, "<!doctype"},
	{"a web page", 0, "<html"},
}

// contentOf tells what an item is by its first bytes.
func contentOf(m item) content {
	b := m.head
	starts := func(magic string) bool { return bytes.HasPrefix(b, []byte(magic)) }
	switch {
	case mnist.IsGzip(b):
		return gzipped
	case starts("PK\x03\x04"), starts("PK\x05\x06"): // the latter has no entries
		return zipped
	case starts("\x89PNG\r\n\x1a\n"):
		return png
	case starts("\xff\xd8\xff"):
		return jpeg
	case starts("\x00\x00") && len(b) >= 4 && b[3] == 1:
		return idxLabels
	case starts("\x00\x00"):
		return idxImages
	case otherName(b) == "" && isText(m.runes()):
		return text
	}
	return unknown
}

// otherName is the name of a format that is not understood, or "".
func otherName(b []byte) string {
	for _, o := range others {
		if len(b) >= o.at && bytes.HasPrefix(b[o.at:], []byte(o.magic)) {
			return o.name
		}
	}
	return ""
}

// runes is the head without what at its end may be the beginning of a rune.
func (m *item) runes() []byte {
	b := m.head
	for i := 1; !m.all && i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			return b[:len(b)-i]
		}
	}
	return b
}

func isText(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	return !bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && r != '\t' && r != '\r' && r != '\n' })
}

// notUnderstood is the error about a file of an unknown kind.
func notUnderstood(m item) error {
	what := otherName(m.head)
	if what == "" {
		what = "it starts with " + mnist.Opening(m.head)
	}
	return mnist.Errorf(m.name, mnist.Invalid, "not IDX, PNG, JPEG, gzip or zip: %s", what)
}

// byTheWay says whether a file is one of those that lie about in folders and
// archives and say nothing about the data.
func byTheWay(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if strings.HasPrefix(part, ".") && part != ".." || part == "__MACOSX" {
			return true
		}
	}
	base := strings.ToLower(path.Base(name))
	return base == "thumbs.db" || base == "desktop.ini" || strings.HasPrefix(base, "readme") || strings.HasPrefix(base, "license")
}
