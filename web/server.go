package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// Server returns a handler that serves the site in fsys as plain file hosts
// do: files by their path, index.html for folders, 404.html for the rest. It
// sends the smaller compressed copy of a file to clients that take it, lets nothing be
// used again without asking whether it is still right, and sends the headers of
// policy.go.
func Server(fsys fs.FS) http.Handler { return &server{fsys: fsys} }

type server struct {
	fsys fs.FS
	sums sync.Map // of files without a time, by name: a string
}

// contentTypes are the types of the files of a site, by their ending. The
// system's own table is not asked: it often lacks .wasm and .webmanifest.
var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".gz":          "application/gzip",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for key, value := range securityHeaders {
		w.Header().Set(key, value)
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD are possible here.", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if strings.HasSuffix(r.URL.Path, "/") || name == "" {
		name = path.Join(name, "index.html")
	}
	info, err := fs.Stat(s.fsys, name)
	if err != nil || info.IsDir() {
		s.notFound(w)
		return
	}
	s.serveFile(w, r, name)
}

// serveFile sends the file, or its compressed copy.
func (s *server) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	header := w.Header()
	contentType := contentTypes[path.Ext(name)]
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	header.Set("Content-Type", contentType)
	header.Set("Cache-Control", "no-cache")

	// A file that is itself named .gz, as the data are, is never unpacked on
	// the way: it has no copy.
	stored := name
	if compressible[path.Ext(name)] {
		header.Set("Vary", "Accept-Encoding")
		for _, c := range []struct{ coding, ending string }{{"br", ".br"}, {"gzip", ".gz"}} {
			if _, err := fs.Stat(s.fsys, name+c.ending); err == nil && accepts(r, c.coding) {
				stored += c.ending
				header.Set("Content-Encoding", c.coding)
				break
			}
		}
	}
	file, err := s.fsys.Open(stored)
	if err != nil {
		s.notFound(w)
		return
	}
	defer file.Close()
	info, err := file.Stat()
	content, ok := file.(io.ReadSeeker)
	if err != nil || !ok {
		http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
		return
	}
	tag := strconv.FormatInt(info.Size(), 36) + "-" + strconv.FormatInt(info.ModTime().UnixNano(), 36)
	if info.ModTime().IsZero() {
		if tag, err = s.sum(stored, content); err != nil {
			http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
			return
		}
	}
	header.Set("ETag", `"`+tag+path.Ext(stored)+`"`)
	http.ServeContent(w, r, name, info.ModTime(), content)
}

// sum identifies the content of a file that is part of this program and has no
// time.
func (s *server) sum(name string, content io.ReadSeeker) (string, error) {
	if sum, ok := s.sums.Load(name); ok {
		return sum.(string), nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, content); err != nil {
		return "", err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	sum := hex.EncodeToString(h.Sum(nil)[:16])
	s.sums.Store(name, sum)
	return sum, nil
}

// notFound sends the site's page for addresses that lead nowhere.
func (s *server) notFound(w http.ResponseWriter) {
	page, err := fs.ReadFile(s.fsys, "404.html")
	if err != nil {
		http.Error(w, "There is nothing at this address.", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Del("Content-Encoding")
	h.Del("Vary")
	h.Set("Content-Type", contentTypes[".html"])
	h.Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusNotFound)
	w.Write(page)
}

// accepts reports whether the client named a coding and didn't rule it out with a
// weight of zero.
func accepts(r *http.Request, wanted string) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(coding, ";")
		if strings.TrimSpace(name) != wanted {
			continue
		}
		_, value, weighted := strings.Cut(weight, "q=")
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		return !weighted || err == nil && q > 0
	}
	return false
}
