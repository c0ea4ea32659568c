package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// miniature returns originals of a few bytes, and their content. What is done
// with MNIST's files doesn't depend on their being MNIST's.
func miniature() (want []original, raw map[string][]byte) {
	raw = map[string][]byte{}
	for i, name := range idxNames {
		b := mnist.EncodeLabels(bytes.Repeat([]byte{byte(i), 7, 9}, 1000))
		raw[name] = b
		want = append(want, original{name, len(b), checksum(b)})
	}
	return want, raw
}

// mirror is a server that has the miniature files and treats requests for the
// test images as its behave function says.
func mirror(t *testing.T, behave func(w http.ResponseWriter, r *http.Request, stored []byte)) (address string, requests *atomic.Int32) {
	t.Helper()
	_, raw := miniature()
	requests = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		name := strings.TrimPrefix(strings.TrimSuffix(r.URL.Path, ".gz"), "/mnist/")
		stored := mnist.Gzip(raw[name])
		if name == idxNames[2] {
			behave(w, r, stored)
			return
		}
		w.Write(stored)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/mnist/", requests
}

func good(w http.ResponseWriter, r *http.Request, stored []byte) { w.Write(stored) }

func absent(w http.ResponseWriter, r *http.Request, stored []byte) { http.NotFound(w, r) }

func broken(w http.ResponseWriter, r *http.Request, stored []byte) { w.WriteHeader(503) }

// truncated ends like a connection that broke.
func truncated(w http.ResponseWriter, r *http.Request, stored []byte) {
	w.Header().Set("Content-Length", "1000000")
	w.Write(stored)
}

// short is a whole answer with half a file.
func short(w http.ResponseWriter, r *http.Request, stored []byte) { w.Write(stored[:len(stored)/2]) }

// corrupt is a file of the right size and the wrong content.
func corrupt(w http.ResponseWriter, r *http.Request, stored []byte) {
	_, raw := miniature()
	b := bytes.Clone(raw[idxNames[2]])
	b[100] ^= 1
	w.Write(mnist.Gzip(b))
}

// silent never answers.
func silent(w http.ResponseWriter, r *http.Request, stored []byte) { <-r.Context().Done() }

// stalled stops in the middle.
func stalled(w http.ResponseWriter, r *http.Request, stored []byte) {
	w.Write(stored[:len(stored)/2])
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

func TestMirrors(t *testing.T) {
	type behaviour = func(http.ResponseWriter, *http.Request, []byte)
	tests := []struct {
		name     string
		mirrors  []behaviour
		requests []int32  // for each mirror; not counted where patience ends early
		log      []string // parts of what is said
		fails    bool
	}{
		{"good", []behaviour{good, good}, []int32{4, 0}, []string{"fetching"}, false},
		{"first bad, second good", []behaviour{absent, good}, []int32{3, 2}, []string{"status 404"}, false},
		{"absent: not asked twice", []behaviour{absent}, []int32{3}, []string{"status 404 Not Found, expected 200"}, true},
		{"broken: asked twice", []behaviour{broken}, []int32{4}, []string{"status 503", "once more"}, true},
		{"truncated", []behaviour{truncated}, []int32{4}, []string{"broke off after"}, true},
		{"short", []behaviour{short, good}, []int32{4, 2}, []string{"ends too early"}, false},
		{"corrupt", []behaviour{corrupt, good}, []int32{4, 2}, []string{"SHA-256", "expected"}, false},
		{"silent", []behaviour{silent, good}, nil, []string{"timeout awaiting response headers"}, false},
		{"stalled", []behaviour{stalled, good}, nil, []string{"nothing came for"}, false},
		{"none", nil, nil, nil, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			m := MNIST{Cache: t.TempDir(), Log: &log}
			if test.requests == nil {
				m.Mirrors.Patience = 500 * time.Millisecond
			}
			counts := make([]*atomic.Int32, len(test.mirrors))
			for i, behave := range test.mirrors {
				address, requests := mirror(t, behave)
				m.Mirrors.URLs = append(m.Mirrors.URLs, address)
				counts[i] = requests
			}
			want, raw := miniature()
			d, err := m.dataset(t.Context(), want)
			if test.fails != errors.Is(err, ErrNoMNIST) || !test.fails && err != nil {
				t.Fatalf("error %v", err)
			}
			if !test.fails {
				checkDataset(t, d, raw)
			}
			for i, expected := range test.requests {
				if n := counts[i].Load(); n != expected {
					t.Errorf("mirror %d got %d requests, expected %d", i, n, expected)
				}
			}
			for _, part := range test.log {
				if !strings.Contains(log.String(), part) {
					t.Errorf("%q isn't said:\n%s", part, log.String())
				}
			}
		})
	}
}

// checkDataset compares d with the miniature files.
func checkDataset(t *testing.T, d Dataset, raw map[string][]byte) {
	t.Helper()
	if d.Source.Name != "mnist" || len(d.Source.Files) != 4 || len(d.Stored) != 4 {
		t.Fatalf("dataset is %+v", d.Source)
	}
	for i, f := range d.Source.Files {
		content, err := mnist.Inflate(d.Stored[i], 1<<20)
		want := raw[idxNames[i]]
		if err != nil || !bytes.Equal(content, want) || bytes.Equal(d.Stored[i], want) {
			t.Errorf("%s isn't the compressed original (%v)", f.Role, err)
		}
		file := wire.File{
			Role: wire.Roles[i], URL: "data/mnist/" + idxNames[i] + ".gz",
			Bytes: len(d.Stored[i]), RawBytes: len(want), SHA256: checksum(want),
		}
		if f != file {
			t.Errorf("the page is told %+v, expected %+v", f, file)
		}
	}
}

func TestVerifiedFilesAreKept(t *testing.T) {
	address, requests := mirror(t, good)
	m := MNIST{Cache: filepath.Join(t.TempDir(), "new", "mnist"), Log: io.Discard, Mirrors: Mirrors{URLs: []string{address}}}
	want, raw := miniature()
	for _, expected := range []int32{4, 4} { // the second time from the cache
		d, err := m.dataset(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		checkDataset(t, d, raw)
		if n := requests.Load(); n != expected {
			t.Errorf("%d requests, expected %d", n, expected)
		}
	}
	// One that has been damaged since is fetched again.
	damaged := filepath.Join(m.Cache, idxNames[1]+".gz")
	if err := os.WriteFile(damaged, []byte("\x1f\x8b damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	m.Log = &log
	d, err := m.dataset(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	checkDataset(t, d, raw)
	if requests.Load() != 5 || !strings.Contains(log.String(), damaged) {
		t.Errorf("%d requests, expected 5; said:\n%s", requests.Load(), log.String())
	}
}

func TestDir(t *testing.T) {
	want, raw := miniature()
	fill := func(t *testing.T, change func(dir string)) string {
		dir := t.TempDir()
		for i, name := range idxNames { // one of them compressed
			data := raw[name]
			if i == 0 {
				name, data = name+".gz", mnist.Gzip(data)
			}
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		change(dir)
		return dir
	}
	tests := []struct {
		name   string
		change func(dir string)
		want   []string // parts of the error, if there is one
	}{
		{"good", func(string) {}, nil},
		{"missing", func(dir string) { os.Remove(filepath.Join(dir, idxNames[3])) }, []string{"MNIST_DIR", idxNames[3], "neither with .gz nor without"}},
		{"wrong", func(dir string) { os.WriteFile(filepath.Join(dir, idxNames[1]), raw[idxNames[2]], 0o644) },
			[]string{"MNIST_DIR", idxNames[1], "found", want[2].sum, "expected", want[1].sum}},
		{"truncated", func(dir string) {
			os.WriteFile(filepath.Join(dir, idxNames[0]+".gz"), mnist.Gzip(raw[idxNames[0]])[:20], 0o644)
		}, []string{idxNames[0] + ".gz", "ends too early"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			address, requests := mirror(t, good)
			m := MNIST{Dir: fill(t, test.change), Cache: t.TempDir(), Log: io.Discard, Mirrors: Mirrors{URLs: []string{address}}}
			d, err := m.dataset(t.Context(), want)
			if errors.Is(err, ErrNoMNIST) || (err == nil) != (test.want == nil) {
				t.Fatalf("error %v", err)
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %v, expected %q in it", err, part)
				}
			}
			if requests.Load() != 0 {
				t.Errorf("%d requests to a mirror", requests.Load())
			}
			if err != nil {
				return
			}
			checkDataset(t, d, raw)
			// Without the folder they are still there.
			m.Dir, m.Mirrors = "", Mirrors{}
			if d, err = m.dataset(t.Context(), want); err != nil {
				t.Fatal(err)
			}
			checkDataset(t, d, raw)
		})
	}
}

func TestDigitsReadBack(t *testing.T) {
	d := Digits(30, 20)
	if d.Source.Name != "digits" || len(d.Stored) != len(wire.Roles) {
		t.Fatalf("dataset is %+v", d.Source)
	}
	for i, f := range d.Source.Files {
		raw, err := mnist.Inflate(d.Stored[i], 1<<20)
		if err != nil || f.Role != wire.Roles[i] || f.RawBytes != len(raw) || f.SHA256 != checksum(raw) || f.Bytes != len(d.Stored[i]) {
			t.Errorf("%+v: %d bytes, %v", f, len(raw), err)
		}
	}
	back, err := mnist.Parse(d.Stored[0], d.Stored[1], d.Stored[2], d.Stored[3])
	if err != nil || back.Train.N != 30 || back.Test.N != 20 || back.Train.Classes != 10 {
		t.Errorf("%v, %v", back, err)
	}
}
