package mnist

import (
	"encoding/binary"
	"fmt"
)

// kind is what an IDX file is expected to hold.
type kind struct {
	noun string   // one element of the first dimension: "image", "label"
	dims []string // names of the dimensions, the optional last one included
	min  int      // how many of them there are at least
	want string   // the same in words
}

var (
	images = kind{"image", []string{"count", "height", "width", "channels"}, 3, "3 (N,H,W) or 4 (N,H,W,C)"}
	labels = kind{"label", []string{"count"}, 1, "1 (N)"}
)

// typeNames are the element types that the IDX format knows.
var typeNames = map[byte]string{
	0x08: "unsigned byte",
	0x09: "signed byte",
	0x0b: "int16",
	0x0c: "int32",
	0x0d: "float32",
	0x0e: "float64",
}

// parse checks the raw IDX bytes b and returns their dimensions and elements.
// No dimension is zero and the elements are as many as the dimensions say.
func (k kind) parse(file string, b []byte) (dims []int, data []byte, err error) {
	h, err := k.header(file, b)
	if err != nil {
		return nil, nil, err
	}
	if err := h.CheckLength(len(b) - h.Head); err != nil {
		return nil, nil, err
	}
	return h.dims, b[h.Head:], nil
}

// A Header is what an IDX file says of what is in it, at its beginning. It is
// for those who read the file bit by bit.
type Header struct {
	Head  int // bytes of the header
	Bytes int // bytes of elements that are to follow

	kind kind
	file string
	dims []int
}

// HeaderLen is the most bytes that a header has.
const HeaderLen = 4 + 4*4

// ImageHeader reads the header of an image file from its beginning, HeaderLen
// bytes of it or all that there are. The Set has the images' shape and nothing
// else. Errors are *Error and name file.
func ImageHeader(file string, beginning []byte) (Header, Set, error) {
	h, err := images.header(file, beginning)
	if err != nil {
		return h, Set{}, err
	}
	s, err := shape(file, h.dims)
	return h, s, err
}

// LabelHeader is the same for a label file. There is a byte for each label.
func LabelHeader(file string, beginning []byte) (Header, error) {
	return labels.header(file, beginning)
}

// header reads the header in b, which may be the file's beginning only.
func (k kind) header(file string, b []byte) (Header, error) {
	if err := k.checkMagic(file, b); err != nil {
		return Header{}, err
	}
	n := int(b[3])
	h := Header{Head: 4 + 4*n, kind: k, file: file, dims: make([]int, n)}
	if len(b) < h.Head {
		return h, Errorf(file, Truncated, "ends after %s, inside the header of %d", Count(len(b), "byte"), h.Head)
	}
	size := uint64(1)
	for i := range h.dims {
		d := binary.BigEndian.Uint32(b[4+4*i:])
		if d == 0 {
			return h, Errorf(file, Invalid, "dimension %d (%s) is 0", i+1, k.dims[i])
		}
		// Both factors are below 2^32 here, so the product can't overflow.
		if size *= uint64(d); size > MaxBytes-uint64(h.Head) {
			return h, Errorf(file, Invalid, "claims %s of data, more than the limit of %s", product(b[4:h.Head]), group(MaxBytes))
		}
		h.dims[i] = int(d)
	}
	h.Bytes = int(size)
	return h, nil
}

// checkMagic checks the four bytes an IDX file starts with.
func (k kind) checkMagic(file string, b []byte) error {
	switch {
	case len(b) == 0:
		return Errorf(file, Truncated, "the file is empty")
	case IsGzip(b):
		return Errorf(file, Invalid, "compressed with gzip twice")
	case b[0] != 0 || len(b) > 1 && b[1] != 0:
		return Errorf(file, Invalid, "not an IDX file: expected it to start with 00 00, found %s", Opening(b))
	case len(b) < 4:
		return Errorf(file, Truncated, "ends after %s, inside the 4 bytes an IDX file starts with", Count(len(b), "byte"))
	case b[2] != 0x08:
		name, ok := typeNames[b[2]]
		if !ok {
			name = "unknown"
		}
		return Errorf(file, Invalid, "elements are of type 0x%02x (%s), expected 0x08 (unsigned byte)", b[2], name)
	}
	n := int(b[3])
	if n >= k.min && n <= len(k.dims) {
		return nil
	}
	msg := fmt.Sprintf("IDX with %s, expected %s", Count(n, "dimension"), k.want)
	switch {
	case k.noun == "image" && n == 1:
		msg += ": this is a label file, are images and labels swapped?"
	case k.noun == "label" && (n == 3 || n == 4):
		msg += ": this is an image file, are images and labels swapped?"
	}
	return Errorf(file, Invalid, "%s", msg)
}

// CheckLength compares the number of bytes that follow the header with those
// that it asks for.
func (h Header) CheckLength(got int) error {
	if got == h.Bytes {
		return nil
	}
	want := fmt.Sprintf("expected %s (%s)", Count(h.dims[0], h.kind.noun), Count(h.Head+h.Bytes, "byte"))
	if got > h.Bytes {
		return Errorf(h.file, Corrupt, "%s, the file goes on for another %s", want, Count(got-h.Bytes, "byte"))
	}
	whole := got / (h.Bytes / h.dims[0])
	return Errorf(h.file, Truncated, "%s, the file ends after %s (%s)", want, Count(whole, h.kind.noun), Count(h.Head+got, "byte"))
}

// product writes the big-endian dimensions in b as "3 x 4 x 5 bytes".
func product(b []byte) string {
	s := ""
	for ; len(b) > 0; b = b[4:] {
		if s != "" {
			s += " x "
		}
		s += group(uint64(binary.BigEndian.Uint32(b)))
	}
	return s + " bytes"
}

// Opening shows the first bytes of a file of an unknown kind, as text if they
// are text: `"<!DOCTYPE htm"` says that a server sent a web page instead.
func Opening(b []byte) string {
	b = b[:min(len(b), 16)]
	for _, c := range b {
		if c < ' ' || c > '~' {
			return fmt.Sprintf("% x", b[:min(len(b), 4)])
		}
	}
	return fmt.Sprintf("%q", b)
}
