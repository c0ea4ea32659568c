// Package intaketest has files for tests of package intake, and of what uses it:
// whole ones, and many that are broken.
package intaketest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	jpegs "image/jpeg"
	pngs "image/png"
	"maps"
	"slices"
	"strconv"
	"testing"
)

// A File is a file in memory.
type File struct {
	Name  string
	Bytes []byte
}

// IDX returns an IDX file of unsigned bytes: a header with dims, then data.
func IDX(data []byte, dims ...uint32) []byte {
	b := []byte{0, 0, 0x08, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, d)
	}
	return append(b, data...)
}

// Ramp returns n different-looking bytes.
func Ramp(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*i + 7*i)
	}
	return b
}

// With returns a copy of b with the bytes from i on replaced; i < 0 counts from
// the end.
func With(b []byte, i int, v ...byte) []byte {
	b = bytes.Clone(b)
	if i < 0 {
		i += len(b)
	}
	copy(b[i:], v)
	return b
}

// The tests' IDX files have images of 4x3 pixels.
var (
	Images12 = IDX(Ramp(12*12), 12, 4, 3)
	Labels12 = IDX([]byte{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}, 12)
	Images4  = IDX(Ramp(4*12), 4, 4, 3)
	Labels4  = IDX([]byte{2, 1, 0, 0}, 4)
)

// Grey returns a PNG of one channel, all pixels of value v but the first.
func Grey(t testing.TB, w, h int, v byte) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = v
	}
	img.Pix[0] = 255 - v
	return PNG(t, img)
}

// Pixels returns a PNG of one row in colour.
func Pixels(t testing.TB, of ...color.Color) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, len(of), 1))
	for x, c := range of {
		img.Set(x, 0, c)
	}
	return PNG(t, img)
}

// PNG encodes a picture.
func PNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pngs.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// JPEG encodes a picture.
func JPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpegs.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Zip makes an archive, in the order of the names.
func Zip(t testing.TB, files map[string][]byte, method uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = f.Write(files[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Folder returns pictures of n classes, each of so many, all alike.
func Folder(t testing.TB, prefix string, classes, each int) (files []File) {
	t.Helper()
	picture := Grey(t, 4, 3, 9)
	for c := range classes {
		for i := range each {
			files = append(files, File{prefix + strconv.Itoa(c) + "/" + string(rune('a'+i)) + ".png", picture})
		}
	}
	return files
}
