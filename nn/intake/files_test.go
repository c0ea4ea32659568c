package intake

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
	"testing"

	"convlens/nn/mnist"
)

// idx returns an IDX file of unsigned bytes: a header with dims, then data.
func idx(data []byte, dims ...uint32) []byte {
	b := []byte{0, 0, 0x08, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, d)
	}
	return append(b, data...)
}

// ramp returns n different-looking bytes.
func ramp(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*i + 7*i)
	}
	return b
}

// with returns a copy of b with the bytes from i on replaced; i < 0 counts from
// the end.
func with(b []byte, i int, v ...byte) []byte {
	b = bytes.Clone(b)
	if i < 0 {
		i += len(b)
	}
	copy(b[i:], v)
	return b
}

// The tests' IDX files have images of 4x3 pixels.
var (
	images12 = idx(ramp(12*12), 12, 4, 3)
	labels12 = idx([]byte{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}, 12)
	images4  = idx(ramp(4*12), 4, 4, 3)
	labels4  = idx([]byte{2, 1, 0, 0}, 4)
)

// grey returns a PNG of one channel, all pixels of value v but the first.
func grey(t testing.TB, w, h int, v byte) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = v
	}
	img.Pix[0] = 255 - v
	return encoded(t, img)
}

// pixels returns a PNG of one row in colour.
func pixels(t testing.TB, of ...color.Color) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, len(of), 1))
	for x, c := range of {
		img.Set(x, 0, c)
	}
	return encoded(t, img)
}

func encoded(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pngs.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodedJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpegs.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zippedFiles makes an archive, in the order of the names.
func zippedFiles(t testing.TB, files map[string][]byte, method uint16) []byte {
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

// folder returns pictures of n classes, each of so many, all alike.
func folder(t testing.TB, prefix string, classes, each int) (files []file) {
	t.Helper()
	picture := grey(t, 4, 3, 9)
	for c := range classes {
		for i := range each {
			files = append(files, file{prefix + numbers(classes)[c] + "/" + string(rune('a'+i)) + ".png", picture})
		}
	}
	return files
}

// A file is a File in memory.
type file struct {
	Name  string
	Bytes []byte
}

func opened(files []file) []File {
	out := make([]File, len(files))
	for i, f := range files {
		out[i] = File{f.Name, len(f.Bytes), bytes.NewReader(f.Bytes)}
	}
	return out
}

func unstopped(Progress) bool { return true }

func read(files []file) (*Intake, error) { return Read(opened(files), unstopped) }

func mustRead(t *testing.T, files []file) *Intake {
	t.Helper()
	in, err := read(files)
	if err != nil {
		t.Fatal(err)
	}
	checkDataset(t, in)
	return in
}

// checkDataset fails unless the dataset is one that can be trained on.
func checkDataset(t *testing.T, in *Intake) {
	t.Helper()
	for name, s := range map[string]*mnist.Set{"train": &in.Data.Train, "test": &in.Data.Test} {
		if s.N < 1 || s.C != 1 && s.C != 3 || len(s.Pixels) != s.N*s.Size() || len(s.Labels) != s.N {
			t.Fatalf("%s: %d pixels and %d labels for (%d,%d,%d,%d)", name, len(s.Pixels), len(s.Labels), s.N, s.C, s.H, s.W)
		}
		if s.Classes != len(in.Classes) || s.Classes < 2 || s.Classes > 256 || int(slices.Max(s.Labels)) >= s.Classes {
			t.Fatalf("%s: %d classes, %d names, the largest label is %d", name, s.Classes, len(in.Classes), slices.Max(s.Labels))
		}
	}
	a, b := &in.Data.Train, &in.Data.Test
	if a.C != b.C || a.H != b.H || a.W != b.W {
		t.Fatalf("training images of shape (%d,%d,%d), test images (%d,%d,%d)", a.C, a.H, a.W, b.C, b.H, b.W)
	}
	if in.Title == "" {
		t.Error("no title")
	}
}
