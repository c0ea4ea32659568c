package intake

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"convlens/nn/mnist"
)

// TestStop ends a Read at any time.
func TestStop(t *testing.T) {
	files := opened([]file{{"x.zip", zippedFiles(t, map[string][]byte{"a/1.png": grey(t, 4, 3, 1), "a/2.png": grey(t, 4, 3, 1), "b/1.png": grey(t, 4, 3, 2)}, 8)}})
	for n := 0; ; n++ {
		ticks := 0
		in, err := Read(files, func(Progress) bool { ticks++; return ticks <= n })
		if err == nil {
			if checkDataset(t, in); n < 7 { // the archive, what is in it, and that again
				t.Errorf("only %d ticks", n)
			}
			return
		}
		if err != ErrStopped || ticks != n+1 {
			t.Fatalf("stopped at tick %d: %v after %d", n+1, err, ticks)
		}
	}
}

// lost is a file that was changed or removed after it was chosen: from a place
// on it can't be read.
type lost struct {
	io.ReaderAt
	from int64
}

var errLost = errors.New("NotReadableError")

func (l lost) ReadAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > l.from {
		return 0, errLost
	}
	return l.ReaderAt.ReadAt(b, at)
}

func TestUnreadable(t *testing.T) {
	archive := zippedFiles(t, map[string][]byte{"a/1.png": grey(t, 40, 30, 1), "a/2.png": grey(t, 40, 30, 1), "b/1.png": grey(t, 40, 30, 2)}, 0)
	for name, b := range map[string][]byte{"images": idx(ramp(200*300), 200, 20, 15), "gzip": mnist.Gzip(idx(ramp(200*300), 200, 20, 15)), "zip": archive} {
		for _, from := range []int{0, 1, len(b) / 2, len(b) - 1} {
			files := opened([]file{{"x", b}, {"y", idx(ramp(200), 200)}})
			files[0].Data = lost{files[0].Data, int64(from)}
			_, err := Read(files, unstopped)
			var e *mnist.Error
			if !errors.As(err, &e) || !errors.Is(err, errLost) || e.File != "x" || !strings.Contains(e.Msg, "could not be read: NotReadableError") {
				t.Errorf("%s, from byte %d of %d: %v", name, from, len(b), err)
			}
		}
	}
}

// TestMemory takes no more than the pixels and a little.
func TestMemory(t *testing.T) {
	const n, h, w = 3000, 40, 25
	rgb := idx(ramp(n*h*w*3), n, h, w, 3)
	labels := idx(ramp(n), n)
	for name, files := range map[string][]file{
		"raw":       {{"a", rgb}, {"b", labels}},
		"gzip":      {{"a", mnist.Gzip(rgb)}, {"b", labels}},
		"zip":       {{"x.zip", zippedFiles(t, map[string][]byte{"a": rgb, "b": labels}, 8)}},
		"zip of gz": {{"x.zip", zippedFiles(t, map[string][]byte{"a": mnist.Gzip(rgb), "b": labels}, 0)}},
	} {
		of := opened(files)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		in, err := Read(of, unstopped)
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatal(err)
		}
		if d := in.Data; !bytes.Equal(d.Train.Image(0)[:3], []byte{rgb[20], rgb[23], rgb[26]}) {
			t.Errorf("%s: the first image is %v…", name, d.Train.Image(0)[:3])
		}
		if got := int(after.TotalAlloc - before.TotalAlloc); got > len(rgb)+1<<20 {
			t.Errorf("%s: %d bytes allocated for %d of pixels", name, got, len(rgb))
		}
	}
}
