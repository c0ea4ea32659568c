//go:build e2e

package web

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
)

// pages is a host that has a site below each of the folders and sends what plain
// hosts do: a redirect for a folder without its slash, and that files are good for
// a while.
func pages(maxAge string, folders map[string]http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", http.NotFoundHandler())
	for folder, site := range folders {
		mux.HandleFunc(folder, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, folder+"/?"+r.URL.RawQuery, http.StatusMovedPermanently)
		})
		mux.Handle(folder+"/", http.StripPrefix(folder, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			site.ServeHTTP(cached{w, maxAge}, r)
		})))
	}
	return mux
}

// cached replaces what an answer says of how long it is good.
type cached struct {
	http.ResponseWriter
	maxAge string
}

func (c cached) WriteHeader(status int) {
	c.Header().Set("Cache-Control", "max-age="+c.maxAge)
	c.ResponseWriter.WriteHeader(status)
}

func (c cached) Write(b []byte) (int, error) {
	c.Header().Set("Cache-Control", "max-age="+c.maxAge)
	return c.ResponseWriter.Write(b)
}

// A place is where a site is deployed, to be replaced by the next version, and
// where files may be missing.
type place struct {
	site    atomic.Pointer[http.Handler]
	missing atomic.Value // the end of a path: a string
	asked   atomic.Int32 // how often for the missing file
}

func newPlace(site fs.FS) *place {
	p := new(place)
	p.missing.Store("")
	p.deploy(site)
	return p
}

func (p *place) deploy(site fs.FS) {
	h := Server(site)
	p.site.Store(&h)
}

func (p *place) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if end := p.missing.Load().(string); end != "" && strings.HasSuffix(r.URL.Path, end) {
		p.asked.Add(1)
		http.NotFound(w, r)
		return
	}
	(*p.site.Load()).ServeHTTP(w, r)
}

// version is that of the built site.
func version(t *testing.T) string {
	t.Helper()
	worker, err := fs.ReadFile(distSite(t), "web/worker.js")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(worker), `build = "`)
	v, _, _ := strings.Cut(rest, `"`)
	if len(v) != versionLen {
		t.Fatalf("worker.js names the version %q", v)
	}
	return v
}

// nextVersion is the version of nextSite.
const nextVersion = "fedcba9876543210"

// nextSite is the built site as if something in it had changed: every file that
// names the version names another one.
func nextSite(t *testing.T) fs.FS {
	t.Helper()
	site, old := distSite(t), []byte(version(t))
	changed := fstest.MapFS{}
	err := fs.WalkDir(site, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !compressible[path.Ext(name)] || path.Ext(name) == ".wasm" {
			return err
		}
		data, err := fs.ReadFile(site, name)
		if bytes.Contains(data, old) {
			changed[name] = &fstest.MapFile{Data: bytes.ReplaceAll(data, old, []byte(nextVersion))}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(changed) < 4 {
		t.Fatalf("only %d files name the version", len(changed))
	}
	return overlay{site, changed}
}

// overlay is a site with some files changed, which have no compressed copies.
type overlay struct {
	fs.FS
	changed fstest.MapFS
}

func (o overlay) Open(name string) (fs.File, error) {
	if _, ok := o.changed[name]; ok {
		return o.changed.Open(name)
	}
	if _, ok := o.changed[strings.TrimSuffix(name, path.Ext(name))]; ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.FS.Open(name)
}

// A confidant serves the site to a browser that nobody looks into. The page itself
// tells how it gets on, by a script that is added to it.
type confidant struct {
	told   chan string
	gone   atomic.Bool // the host answers nothing any more but what is told
	site   http.Handler
	script string
	heard  func(what string) // before the page goes on
}

// newConfidant's page tells first that everything is stored and then, opened again
// without the host, what a short run ends with: on the page, and in a panel.
func newConfidant(site http.Handler) *confidant {
	c := &confidant{told: make(chan string, 10), site: site, script: storedScript}
	c.heard = func(string) { c.gone.Store(true) }
	return c
}

// tellScript begins a confidant's script.
const tellScript = `
const tell = (what) => fetch("told", { method: "POST", body: what });
const alertText = () => document.querySelector("[role=alert]")?.textContent;
const storedText = () => document.getElementById("offline")?.textContent ?? "";
`

const storedScript = tellScript + `
const timer = setInterval(async () => {
	const f = document.querySelector("[data-fingerprint]")?.dataset.fingerprint;
	const again = location.search.includes("autoplay");
	const stored = storedText().startsWith("Offline ready");
	if (!alertText() && !(again ? f : stored)) return;
	clearInterval(timer);
	await tell(alertText() ? "alert: " + alertText() : again ? f : "stored");
	if (!location.search.includes("embed")) location.search += again ? "&embed=all" : "&autoplay=1";
}, 100);`

func (c *confidant) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/told"):
		b, _ := io.ReadAll(r.Body)
		c.heard(string(b))
		c.told <- string(b)
	case c.gone.Load():
		panic(http.ErrAbortHandler)
	case strings.HasSuffix(r.URL.Path, "/web/storage.js"):
		serveLonger(w, r, c.site, c.script)
	default:
		c.site.ServeHTTP(w, r)
	}
}

// hears waits for the page to tell something.
func (c *confidant) hears(t *testing.T, limit time.Duration) string {
	t.Helper()
	select {
	case what := <-c.told:
		return what
	case <-time.After(limit):
		t.Fatalf("the page tells nothing for %v", limit)
		return ""
	}
}
