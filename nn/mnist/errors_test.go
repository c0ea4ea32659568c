package mnist

import (
	"bytes"
	"encoding/binary"
	"errors"
	"runtime"
	"strings"
	"testing"
)

// idx returns an IDX file of unsigned bytes: a header with dims, then data.
func idx(data []byte, dims ...uint32) []byte {
	b := []byte{0, 0, 0x08, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, d)
	}
	return append(b, data...)
}

// with returns a copy of b with the byte at i set to v; i < 0 counts from the end.
func with(b []byte, i int, v byte) []byte {
	b = bytes.Clone(b)
	if i < 0 {
		i += len(b)
	}
	b[i] = v
	return b
}

func cat(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// ramp returns n different-looking bytes.
func ramp(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*i + 7*i)
	}
	return b
}

var (
	goodImages = idx(ramp(5*4*3), 5, 4, 3)
	goodLabels = idx([]byte{3, 1, 4, 1, 5}, 5)
	testImages = idx(ramp(2*4*3), 2, 4, 3)
	testLabels = idx([]byte{0, 2}, 2)
)

// Which of the four files of Parse a row of brokenFiles replaces.
const (
	trainIm = iota
	trainLb
	testIm
	testLb
)

var brokenFiles = []struct {
	name  string
	file  int
	bytes []byte
	fault Fault
	msg   string
}{
	// The first four bytes.
	{"empty images", trainIm, nil, Truncated, "train-images: the file is empty"},
	{"empty labels", trainLb, []byte{}, Truncated, "train-labels: the file is empty"},
	{"one byte", trainIm, []byte{0}, Truncated, "train-images: ends after 1 byte, inside the 4 bytes"},
	{"three bytes", testLb, []byte{0, 0, 8}, Truncated, "test-labels: ends after 3 bytes, inside the 4 bytes"},
	{"one wrong byte", trainIm, []byte{7}, Invalid, "not an IDX file: expected it to start with 00 00, found 07"},
	{"web page", trainIm, []byte("<!DOCTYPE html><title>404</title>"), Invalid, `expected it to start with 00 00, found "<!DOCTYPE html><"`},
	{"PNG", testIm, []byte("\x89PNG\r\n\x1a\n0000"), Invalid, "test-images: not an IDX file: expected it to start with 00 00, found 89 50 4e 47"},
	{"second byte", trainLb, with(goodLabels, 1, 1), Invalid, "train-labels: not an IDX file"},
	{"little-endian", trainIm, []byte{3, 8, 0, 0, 0, 0, 0, 0}, Invalid, "found 03 08 00 00"},
	{"gzip twice", trainIm, Gzip(Gzip(goodImages)), Invalid, "train-images: compressed with gzip twice"},

	// The type byte.
	{"signed bytes", trainIm, with(goodImages, 2, 0x09), Invalid, "type 0x09 (signed byte), expected 0x08 (unsigned byte)"},
	{"int16", trainLb, with(goodLabels, 2, 0x0b), Invalid, "type 0x0b (int16)"},
	{"int32", trainLb, with(goodLabels, 2, 0x0c), Invalid, "type 0x0c (int32)"},
	{"float32", trainIm, with(goodImages, 2, 0x0d), Invalid, "type 0x0d (float32)"},
	{"float64", trainIm, with(goodImages, 2, 0x0e), Invalid, "type 0x0e (float64)"},
	{"type 0x0a", trainIm, with(goodImages, 2, 0x0a), Invalid, "type 0x0a (unknown)"},
	{"type 0", testIm, with(testImages, 2, 0), Invalid, "type 0x00 (unknown)"},

	// The number of dimensions.
	{"images of no dimension", trainIm, idx(nil), Invalid, "IDX with 0 dimensions, expected 3 (N,H,W) or 4 (N,H,W,C)"},
	{"images of 2 dimensions", trainIm, idx(ramp(6), 2, 3), Invalid, "IDX with 2 dimensions, expected 3 (N,H,W) or 4 (N,H,W,C)"},
	{"images of 5 dimensions", trainIm, idx(ramp(1), 1, 1, 1, 1, 1), Invalid, "IDX with 5 dimensions"},
	{"images of 255 dimensions", trainIm, []byte{0, 0, 8, 255}, Invalid, "IDX with 255 dimensions"},
	{"labels of 2 dimensions", trainLb, idx(ramp(5), 5, 1), Invalid, "train-labels: IDX with 2 dimensions, expected 1 (N)"},
	{"labels for images", trainIm, goodLabels, Invalid, "train-images: IDX with 1 dimension, expected 3 (N,H,W) or 4 (N,H,W,C): this is a label file, are images and labels swapped?"},
	{"images for labels", trainLb, goodImages, Invalid, "train-labels: IDX with 3 dimensions, expected 1 (N): this is an image file, are images and labels swapped?"},
	{"colour images for labels", testLb, idx(ramp(12), 2, 1, 2, 3), Invalid, "test-labels: IDX with 4 dimensions, expected 1 (N): this is an image file"},

	// The dimensions.
	{"cut in the first dimension", trainIm, goodImages[:6], Truncated, "train-images: ends after 6 bytes, inside the header of 16"},
	{"cut before the last dimension", trainIm, goodImages[:12], Truncated, "ends after 12 bytes, inside the header of 16"},
	{"cut in the labels' header", trainLb, goodLabels[:7], Truncated, "train-labels: ends after 7 bytes, inside the header of 8"},
	{"no images", trainIm, idx(nil, 0, 4, 3), Invalid, "train-images: dimension 1 (count) is 0"},
	{"no height", trainIm, idx(nil, 5, 0, 3), Invalid, "dimension 2 (height) is 0"},
	{"no width", trainIm, idx(nil, 5, 4, 0), Invalid, "dimension 3 (width) is 0"},
	{"no channels", trainIm, idx(nil, 5, 4, 3, 0), Invalid, "dimension 4 (channels) is 0"},
	{"no labels", trainLb, idx(nil, 0), Invalid, "train-labels: dimension 1 (count) is 0"},
	{"2 channels", trainIm, idx(ramp(16), 2, 2, 2, 2), Invalid, "train-images: images have 2 channels, expected 1 or 3"},
	{"4 channels", trainIm, idx(ramp(32), 2, 2, 2, 4), Invalid, "images have 4 channels"},
	{"huge count", trainIm, idx(ramp(9), 0xffffffff, 28, 28), Invalid, "claims 4,294,967,295 x 28 x 28 bytes of data, more than the limit of 1,073,741,824"},
	{"product overflows 64 bits", trainIm, idx(nil, 1<<31, 1<<31, 4), Invalid, "claims 2,147,483,648 x 2,147,483,648 x 4 bytes"},
	{"product overflows to the right length", trainIm, idx(nil, 1<<22, 1<<21, 1<<21), Invalid, "claims 4,194,304 x 2,097,152 x 2,097,152 bytes"},
	{"huge, compressed", trainIm, Gzip(idx(nil, 0xffffffff, 0xffffffff, 0xffffffff, 3)), Invalid, "x 4,294,967,295 x 3 bytes"},
	{"huge labels", testLb, idx(nil, 0xfffffff0), Invalid, "test-labels: claims 4,294,967,280 bytes"},
	{"just over the limit", trainIm, idx(nil, 1<<30-15, 1, 1), Invalid, "claims 1,073,741,809 x 1 x 1 bytes"},
	{"just within the limit", trainIm, idx(nil, 1<<30-16, 1, 1), Truncated, "expected 1,073,741,808 images (1,073,741,824 bytes), the file ends after 0 images (16 bytes)"},

	// The length.
	{"ends after 3 images", trainIm, goodImages[:16+3*12], Truncated, "train-images: expected 5 images (76 bytes), the file ends after 3 images (52 bytes)"},
	{"ends inside image 2", trainIm, goodImages[:16+12+5], Truncated, "the file ends after 1 image (33 bytes)"},
	{"one byte short", trainIm, goodImages[:75], Truncated, "ends after 4 images (75 bytes)"},
	{"one byte long", trainIm, cat(goodImages, []byte{9}), Corrupt, "train-images: expected 5 images (76 bytes), the file goes on for another 1 byte"},
	{"labels short", trainLb, goodLabels[:11], Truncated, "train-labels: expected 5 labels (13 bytes), the file ends after 3 labels (11 bytes)"},
	{"labels long", trainLb, cat(goodLabels, make([]byte, 1200)), Corrupt, "train-labels: expected 5 labels (13 bytes), the file goes on for another 1,200 bytes"},

	// gzip.
	{"gzip magic only", trainIm, []byte{0x1f, 0x8b}, Truncated, "train-images: the gzip data ends too early, after 2 bytes (0 decompressed)"},
	{"gzip header cut", trainIm, Gzip(goodImages)[:7], Truncated, "the gzip data ends too early, after 7 bytes"},
	{"gzip data cut", trainIm, Gzip(goodImages)[:30], Truncated, "the gzip data ends too early, after 30 bytes"},
	{"gzip checksum cut", trainLb, trim(Gzip(goodLabels), 8), Truncated, "train-labels: the gzip data ends too early"},
	{"gzip checksum half cut", trainLb, trim(Gzip(goodLabels), 3), Truncated, "(13 decompressed)"},
	{"gzip checksum wrong", trainIm, with(Gzip(goodImages), -8, 0), Corrupt, "gzip checksum or length doesn't agree with the 76 bytes decompressed"},
	{"gzip length wrong", trainIm, with(Gzip(goodImages), -4, 77), Corrupt, "gzip checksum or length doesn't agree with the 76 bytes decompressed"},
	{"gzip code impossible", trainIm, with(Gzip(goodImages), 10, 0xff), Corrupt, "gzip data is damaged at about byte"},
	{"gzip method unknown", trainIm, with(Gzip(goodImages), 2, 9), Corrupt, "gzip header is damaged"},
	{"after the gzip data", trainIm, cat(Gzip(goodImages), []byte("<html>")), Corrupt, "train-images: gzip data followed by 6 bytes of something else"},
	{"second member cut", trainIm, cat(Gzip(goodImages), []byte{0x1f, 0x8b, 8}), Truncated, "ends too early"},
	{"second member's header", trainIm, cat(Gzip(goodImages), with(Gzip(nil), 2, 9)), Corrupt, "gzip header is damaged"},
	{"nothing in the gzip data", trainLb, Gzip(nil), Truncated, "train-labels: the file is empty"},
	{"short inside gzip", trainIm, Gzip(goodImages[:52]), Truncated, "expected 5 images (76 bytes), the file ends after 3 images (52 bytes)"},

	// One file against another.
	{"more images than labels", trainLb, idx([]byte{1, 2, 3, 4}, 4), Invalid, "train-labels: 4 labels for 5 images"},
	{"fewer images than labels", testIm, idx(ramp(12), 1, 4, 3), Invalid, "test-labels: 2 labels for 1 image"},
	{"test images of another size", testIm, idx(ramp(2*4*4), 2, 4, 4), Invalid, "test-images: images have the shape (1,4,4), those of train-images (1,4,3)"},
	{"test images turned", testIm, idx(ramp(2*4*3), 2, 3, 4), Invalid, "images have the shape (1,3,4), those of train-images (1,4,3)"},
	{"test images in colour", testIm, idx(ramp(2*4*3*3), 2, 4, 3, 3), Invalid, "images have the shape (3,4,3), those of train-images (1,4,3)"},
}

func trim(b []byte, n int) []byte { return b[:len(b)-n] }

func TestBrokenFiles(t *testing.T) {
	if len(brokenFiles) < 40 {
		t.Errorf("only %d broken files", len(brokenFiles))
	}
	for _, tt := range brokenFiles {
		t.Run(tt.name, func(t *testing.T) {
			files := [4][]byte{goodImages, goodLabels, testImages, testLabels}
			files[tt.file] = tt.bytes
			d, err := Parse(files[0], files[1], files[2], files[3])
			if err == nil {
				t.Fatalf("no error, got %+v", d)
			}
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("error is a %T: %v", err, err)
			}
			if e.Fault != tt.fault {
				t.Errorf("fault is %v, want %v", e.Fault, tt.fault)
			}
			if !strings.Contains(err.Error(), tt.msg) {
				t.Errorf("got  %q\nwant %q", err, tt.msg)
			}
		})
	}
}

// TestHugeClaims checks that what a few bytes claim isn't allocated.
func TestHugeClaims(t *testing.T) {
	lie := Gzip(idx(nil, 3, 2, 1))
	binary.LittleEndian.PutUint32(lie[len(lie)-4:], 1<<30-1)
	for name, b := range map[string][]byte{
		"dimensions":  idx(nil, 1<<30-16, 1, 1),
		"gzip length": lie,
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := ParseImages("f", b)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		// A gzip reader takes some 40 KB of its own.
		if got := after.TotalAlloc - before.TotalAlloc; got > 1<<20 {
			t.Errorf("%s: %d bytes allocated for a file of %d", name, got, len(b))
		}
	}
}

func TestFaultString(t *testing.T) {
	for f, want := range map[Fault]string{Truncated: "truncated", Corrupt: "corrupt", Invalid: "invalid", 0: "Fault(0)"} {
		if got := f.String(); got != want {
			t.Errorf("%d: got %q, want %q", int(f), got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1,000 bytes", 47040016: "47,040,016 bytes"} {
		if got := Count(n, "byte"); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}
