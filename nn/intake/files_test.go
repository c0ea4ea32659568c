package intake

import (
	"bytes"
	"slices"
	"testing"

	"convlens/nn/intake/intaketest"
	"convlens/nn/mnist"
)

// A file is a File in memory.
type file struct {
	Name  string
	Bytes []byte
}

// What the tests' files are made of.
var (
	idx, ramp, with      = intaketest.IDX, intaketest.Ramp, intaketest.With
	grey, pixels         = intaketest.Grey, intaketest.Pixels
	encoded, encodedJPEG = intaketest.PNG, intaketest.JPEG
	zippedFiles          = intaketest.Zip

	images12, labels12 = intaketest.Images12, intaketest.Labels12
	images4, labels4   = intaketest.Images4, intaketest.Labels4
)

// these are files of package intaketest.
func these(files []intaketest.File) []file {
	var list []file
	for _, f := range files {
		list = append(list, file(f))
	}
	return list
}

func folder(t testing.TB, prefix string, classes, each int) []file {
	return these(intaketest.Folder(t, prefix, classes, each))
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
