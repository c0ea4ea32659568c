package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// Site describes a site to build.
type Site struct {
	// Programs is the folder with what the compiler made: app.wasm,
	// app-generic.wasm (the same for browsers without SIMD) and wasm_exec.js of
	// the same toolchain.
	Programs string

	// Datasets are the data to ship, the default one first.
	Datasets []Dataset

	// URL is where the site will be. It is only for search engines and link
	// previews, and may be empty.
	URL string
}

//go:embed static root
var copied embed.FS

// simdProbe is the smallest module with SIMD instructions: a function that
// returns i8x16.popcnt(i8x16.splat(0)). From wasm-feature-detect
// (github.com/GoogleChromeLabs/wasm-feature-detect, src/detectors/simd).
const simdProbe = "[0,97,115,109,1,0,0,0,1,5,1,96,0,1,123,3,2,1,0,10,10,1,8,0,65,0,253,15,253,98,11]"

// files are the files of a site by their path in it.
type files map[string][]byte

// Build writes the site to the folder out, replacing what an earlier Build
// wrote there, and returns its version. The routes of the app must have been
// registered with go-app.
func (s Site) Build(out string) (version string, err error) {
	if s.URL != "" {
		s.URL = strings.TrimSuffix(s.URL, "/") + "/"
	}
	// A file's content may name the version, and the version covers every
	// file, so it is taken from a site of a version that is only zeros.
	draft, err := s.files(strings.Repeat("0", versionLen))
	if err != nil {
		return "", err
	}
	version = draft.hash()
	f, err := s.files(version)
	if err != nil {
		return "", err
	}
	f.compress()
	return version, f.write(out)
}

const versionLen = 16 // hex digits, 64 bits of a SHA-256

// hash returns a version for the names and contents of f.
func (f files) hash() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(h, "%s %d\n", name, len(f[name]))
		h.Write(f[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:versionLen]
}

// files makes all files of the site, its version being version.
func (s Site) files(version string) (files, error) {
	f := files{}
	if err := f.addPrograms(s.Programs); err != nil {
		return nil, err
	}
	f.addCopied("static", "web", version)
	f.addCopied("root", "", version)
	maps.Copy(f, icons())
	f[previewName] = preview()

	// The shell's service worker has to know which files there are so far:
	// they are what the site needs offline. Datasets are not among them.
	sources := []wire.Source{}
	for _, d := range s.Datasets {
		sources = append(sources, d.Source)
	}
	sourcesJSON, err := json.Marshal(sources)
	if err != nil {
		return nil, fmt.Errorf("web: sources: %w", err)
	}
	shell := shell{
		version: version,
		url:     s.URL,
		env:     map[string]string{"CONVLENS_BUILD": version, "CONVLENS_SOURCES": string(sourcesJSON)},
	}
	if err := f.addShell(shell); err != nil {
		return nil, err
	}
	for _, d := range s.Datasets {
		for i, data := range d.Stored {
			f[path.Join("web", d.Source.Files[i].URL)] = data
		}
	}
	return f, nil
}

// addPrograms adds the compiled programs in the folder dir.
func (f files) addPrograms(dir string) error {
	for from, to := range map[string]string{
		"app.wasm":         "web/app.wasm",
		"app-generic.wasm": "web/app-generic.wasm",
		"wasm_exec.js":     "wasm_exec.js",
	} {
		data, err := os.ReadFile(filepath.Join(dir, from))
		if err != nil {
			return fmt.Errorf("web: compiled program: %w (make site compiles it)", err)
		}
		f[to] = data
	}
	return nil
}

// addCopied adds the embedded folder from as the site's folder to. Scripts may
// name the version, the SIMD probe and the program's size, and documents the
// content policy.
func (f files) addCopied(from, to, version string) {
	fill := strings.NewReplacer("{{.Version}}", version, "{{.SIMDProbe}}", simdProbe,
		"{{.ProgramBytes}}", strconv.Itoa(len(f["web/app.wasm"])), "{{.Policy}}", contentPolicy)
	err := fs.WalkDir(copied, from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := copied.ReadFile(name)
		if ext := path.Ext(name); ext == ".js" || ext == ".html" {
			data = []byte(fill.Replace(string(data)))
		}
		f[path.Join(to, strings.TrimPrefix(name, from+"/"))] = bytes.Clone(data)
		return err
	})
	if err != nil {
		panic("web: embedded files: " + err.Error()) // they are part of the program
	}
}
