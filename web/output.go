package web

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"

	"github.com/andybalholm/brotli"

	"convlens/nn/mnist"
)

// compressible are the files that get a compressed copy, by their ending.
var compressible = map[string]bool{
	".css": true, ".html": true, ".js": true, ".svg": true,
	".txt": true, ".wasm": true, ".webmanifest": true,
}

// brotliLevel makes the two programs of a first visit 2.8 MB in 2 s; level 11
// would make them 2.5 MB in half a minute.
const brotliLevel = 9

// compress adds to every compressible file copies whose names end in .gz and .br,
// for hosts that know how to send them in the file's place.
func (f files) compress() {
	for name, data := range maps.Clone(f) {
		if compressible[path.Ext(name)] {
			f[name+".gz"] = mnist.Gzip(data)
			f[name+".br"] = brotlied(data)
		}
	}
}

func brotlied(data []byte) []byte {
	var buf bytes.Buffer
	w := brotli.NewWriterLevel(&buf, brotliLevel)
	w.Write(data) // a bytes.Buffer returns no errors
	w.Close()
	return buf.Bytes()
}

// write puts the files in the folder out in place of the site that was there.
// The old site stays whole until the new one is.
func (f files) write(out string) error {
	if err := checkReplaceable(out); err != nil {
		return err
	}
	fresh := out + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return fmt.Errorf("web: %w", err)
	}
	for name, data := range f {
		file := filepath.Join(fresh, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("web: %w", err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return fmt.Errorf("web: %w", err)
		}
	}
	if err := os.RemoveAll(out); err != nil {
		return fmt.Errorf("web: %w", err)
	}
	if err := os.Rename(fresh, out); err != nil {
		return fmt.Errorf("web: %w", err)
	}
	return nil
}

// checkReplaceable refuses to delete a folder that isn't a site.
func checkReplaceable(out string) error {
	entries, err := os.ReadDir(out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("web: %w", err)
	case len(entries) == 0:
		return nil
	}
	if _, err := os.Stat(filepath.Join(out, "app-worker.js")); err != nil {
		return fmt.Errorf("web: %s is not empty and no site of ours (it has no app-worker.js): not replaced", out)
	}
	return nil
}
