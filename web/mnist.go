package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"convlens/nn/mnist"
)

// original is a file of MNIST as it has been since 1998.
type original struct {
	name     string // without .gz
	rawBytes int
	sum      string // see checksum
}

// originals are MNIST's files by wire.Roles. The checksums are those of the
// files that Yann LeCun published at http://yann.lecun.com/exdb/mnist,
// decompressed; both mirrors carry them.
var originals = []original{
	{idxNames[0], 47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
	{idxNames[1], 60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
	{idxNames[2], 7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
	{idxNames[3], 10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
}

// MNIST says where the MNIST files may come from: Dir, or else Cache, or else
// the Mirrors. Whatever was verified is kept in Cache.
type MNIST struct {
	Dir     string  // a folder with the four files, .gz or raw; empty if there is none
	Cache   string  // a folder of our own
	Mirrors Mirrors // used if the files are nowhere else
	Log     io.Writer
}

// ErrNoMNIST is returned if there is no Dir and no mirror has the files.
var ErrNoMNIST = errors.New("web: no MNIST")

// Dataset returns MNIST. A file in Dir that is missing or isn't the original
// is an error; for everything else that prevents it the error is ErrNoMNIST.
func (m MNIST) Dataset(ctx context.Context) (Dataset, error) {
	return m.dataset(ctx, originals)
}

func (m MNIST) dataset(ctx context.Context, want []original) (Dataset, error) {
	d := newDataset("mnist", "MNIST")
	mirrors := m.Mirrors.session()
	for _, o := range want {
		stored, err := m.file(ctx, mirrors, o)
		if err != nil {
			return Dataset{}, err
		}
		d.add(idxFile{stored: stored, rawBytes: o.rawBytes, sum: o.sum})
	}
	return d, nil
}

// file returns the file o, compressed.
func (m MNIST) file(ctx context.Context, mirrors *session, o original) ([]byte, error) {
	if m.Dir != "" {
		stored, err := o.read(m.Dir)
		if err != nil {
			return nil, fmt.Errorf("web: MNIST_DIR: %w", err)
		}
		return stored, m.keep(o, stored)
	}
	stored, err := o.read(m.Cache)
	if err == nil {
		return stored, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(m.Log, "%v: fetching it again\n", err)
	}
	if stored, err = mirrors.fetch(ctx, o, m.Log); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoMNIST, err)
	}
	return stored, m.keep(o, stored)
}

// keep puts a verified file in the cache, for builds without Dir and network.
func (m MNIST) keep(o original, stored []byte) error {
	if _, err := o.read(m.Cache); err == nil {
		return nil
	}
	if err := os.MkdirAll(m.Cache, 0o755); err != nil {
		return fmt.Errorf("web: keeping MNIST: %w", err)
	}
	if err := os.WriteFile(filepath.Join(m.Cache, o.name+".gz"), stored, 0o644); err != nil {
		return fmt.Errorf("web: keeping MNIST: %w", err)
	}
	return nil
}

// read returns the file from dir, compressed, after checking it.
func (o original) read(dir string) ([]byte, error) {
	name := filepath.Join(dir, o.name+".gz")
	stored, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		name = filepath.Join(dir, o.name)
		stored, err = os.ReadFile(name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w, neither with .gz nor without", name, fs.ErrNotExist)
	}
	if err != nil {
		return nil, err
	}
	if stored, err = o.verify(stored); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return stored, nil
}

// verify returns a file that may be compressed or not as a compressed one if
// its content is the original.
func (o original) verify(stored []byte) ([]byte, error) {
	raw, err := mnist.Inflate(stored, max(o.rawBytes, len(stored)))
	if err != nil {
		return nil, err
	}
	if sum := checksum(raw); sum != o.sum {
		return nil, fmt.Errorf("found %d bytes with the SHA-256 %s, expected %d with %s (decompressed)", len(raw), sum, o.rawBytes, o.sum)
	}
	if bytes.HasPrefix(stored, []byte{0x1f, 0x8b}) { // gzip; IDX files start with 0
		return stored, nil
	}
	return mnist.Gzip(raw), nil
}
