package intake

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"

	"convlens/nn/intake/intaketest"
	"convlens/nn/mnist"
)

// TestBroken wants an error of its own about each case, and no more memory than
// a few times that of the files.
func TestBroken(t *testing.T) {
	cases := intaketest.BrokenCases(t)
	if len(cases) < 80 {
		t.Errorf("only %d cases", len(cases))
	}
	said := map[string]string{}
	for _, tt := range cases {
		t.Run(tt.Name, func(t *testing.T) {
			size := 0
			for _, f := range tt.Files {
				size += len(f.Name) + len(f.Bytes)
			}
			files := opened(these(tt.Files))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			in, err := Read(files, unstopped)
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Fatalf("no error, got %+v", in)
			}
			var e *mnist.Error
			if !errors.As(err, &e) || e.File != tt.File || e.Fault != tt.Fault || !strings.Contains(e.Msg, tt.Msg) {
				t.Fatalf("got  %v\nwant %v about %q: %s", err, tt.Fault, tt.File, tt.Msg)
			}
			if other := said[err.Error()]; other != "" {
				t.Errorf("says the same as %s: %v", other, err)
			}
			said[err.Error()] = tt.Name
			// A decompressor takes 40 KB; the 100,001 files have a list of names.
			if got := int(after.TotalAlloc - before.TotalAlloc); got > 512<<10+16*size+100*len(tt.Files) {
				t.Errorf("%d bytes allocated for %d", got, size)
			}
		})
	}
}

// TestBrokenCut cuts good files everywhere: there is always an error.
func TestBrokenCut(t *testing.T) {
	archive := zippedFiles(t, map[string][]byte{"a/1.png": grey(t, 4, 3, 1), "a/2.png": grey(t, 4, 3, 1), "b/1.png": grey(t, 4, 3, 2)}, 8)
	for name, files := range map[string][]file{
		"zip":    {{"x.zip", archive}},
		"images": {{"a", images12}, {"b", labels12}},
		"gzip":   {{"a", mnist.Gzip(images12)}, {"b", labels12}},
		"PNG":    {{"d/0/a.png", grey(t, 4, 3, 7)}, {"d/0/b.png", grey(t, 4, 3, 7)}, {"d/1/a.png", grey(t, 4, 3, 7)}},
	} {
		mustRead(t, files)
		whole := files[0].Bytes
		for n := range len(whole) {
			cut := slices.Clone(files)
			cut[0].Bytes = whole[:n]
			if _, err := read(cut); err == nil && !(name == "PNG" && n >= len(whole)-12) { // its end says nothing
				t.Errorf("%s: no error about %d of %d bytes", name, n, len(whole))
			}
		}
	}
}

// TestCheck has the figure before anything is read.
func TestCheck(t *testing.T) {
	err := Check([]string{"a", "b"}, []int{100 << 20, 500 << 20})
	if want := "b: has 524,288,000 bytes, in all there are 629,145,600 bytes, the limit is 536,870,912 bytes"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := Check([]string{"a"}, []int{MaxBytes}); err != nil {
		t.Error(err)
	}
}
