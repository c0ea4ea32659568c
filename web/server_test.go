package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/andybalholm/brotli"

	"convlens/nn/mnist"
)

func testServer() http.Handler {
	file := func(s string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(s), ModTime: time.Unix(1e9, 0)}
	}
	return Server(fstest.MapFS{
		"index.html":           file("<p>start</p>"),
		"404.html":             file("<p>nothing here</p>"),
		"manifest.webmanifest": file("{}"),
		"web/app.wasm":         file("wasm"),
		"web/app.wasm.gz":      file(string(mnist.Gzip([]byte("wasm")))),
		"web/style.css":        file("p{}"),
		"web/both.js":          file("1"),
		"web/both.js.gz":       file(string(mnist.Gzip([]byte("1")))),
		"web/both.js.br":       file(string(brotlied([]byte("1")))),
		"web/data/images.gz":   file(string(mnist.Gzip([]byte("idx")))),
	})
}

func TestServer(t *testing.T) {
	tests := []struct {
		method, path, accept string
		status               int
		contentType          string
		encoding             string
		body                 string // after taking encoding off
	}{
		{"GET", "/", "", 200, "text/html; charset=utf-8", "", "<p>start</p>"},
		{"HEAD", "/", "", 200, "text/html; charset=utf-8", "", ""},
		{"GET", "/index.html", "", 200, "text/html; charset=utf-8", "", "<p>start</p>"},
		{"GET", "/manifest.webmanifest", "", 200, "application/manifest+json", "", "{}"},
		{"GET", "/web/app.wasm", "", 200, "application/wasm", "", "wasm"},
		{"GET", "/web/app.wasm", "br, gzip", 200, "application/wasm", "gzip", "wasm"},
		{"GET", "/web/app.wasm", "gzip;q=0.5", 200, "application/wasm", "gzip", "wasm"},
		{"GET", "/web/app.wasm", "gzip; q=0", 200, "application/wasm", "", "wasm"},
		{"GET", "/web/app.wasm", "xgzip", 200, "application/wasm", "", "wasm"},
		{"GET", "/web/style.css", "gzip", 200, "text/css; charset=utf-8", "", "p{}"}, // there is no copy
		{"GET", "/web/both.js", "gzip, deflate, br, zstd", 200, "text/javascript; charset=utf-8", "br", "1"},
		{"GET", "/web/both.js", "gzip, br;q=0", 200, "text/javascript; charset=utf-8", "gzip", "1"},
		{"GET", "/web/both.js", "deflate", 200, "text/javascript; charset=utf-8", "", "1"},
		{"GET", "/web/data/images.gz", "gzip", 200, "application/gzip", "", string(mnist.Gzip([]byte("idx")))},
		{"GET", "/web/data/images", "gzip", 404, "text/html; charset=utf-8", "", "<p>nothing here</p>"},
		{"GET", "/web/", "", 404, "text/html; charset=utf-8", "", "<p>nothing here</p>"}, // no listing
		{"GET", "/web", "", 404, "text/html; charset=utf-8", "", "<p>nothing here</p>"},
		{"GET", "/../server.go", "", 404, "text/html; charset=utf-8", "", "<p>nothing here</p>"},
		{"POST", "/", "", 405, "text/plain; charset=utf-8", "", "Only GET and HEAD are possible here.\n"},
	}
	for _, test := range tests {
		name := test.method + " " + test.path + " " + test.accept
		r := httptest.NewRequest(test.method, test.path, nil)
		r.Header.Set("Accept-Encoding", test.accept)
		w := httptest.NewRecorder()
		testServer().ServeHTTP(w, r)
		h := w.Header()
		if w.Code != test.status || h.Get("Content-Type") != test.contentType || h.Get("Content-Encoding") != test.encoding {
			t.Errorf("%s: %d %q %q, expected %d %q %q", name, w.Code, h.Get("Content-Type"), h.Get("Content-Encoding"), test.status, test.contentType, test.encoding)
			continue
		}
		body := w.Body.Bytes()
		if test.encoding == "br" {
			body, _ = io.ReadAll(brotli.NewReader(bytes.NewReader(body)))
		}
		if test.encoding == "gzip" {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			body, _ = io.ReadAll(z)
		}
		if string(body) != test.body {
			t.Errorf("%s: body %q, expected %q", name, body, test.body)
		}
		if test.status == 200 && (h.Get("Cache-Control") != "no-cache" || h.Get("ETag") == "") {
			t.Errorf("%s: Cache-Control %q, ETag %q", name, h.Get("Cache-Control"), h.Get("ETag"))
		}
	}
}

func TestServerRevalidates(t *testing.T) {
	get := func(accept, etag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/web/app.wasm", nil)
		r.Header.Set("Accept-Encoding", accept)
		r.Header.Set("If-None-Match", etag)
		w := httptest.NewRecorder()
		testServer().ServeHTTP(w, r)
		return w
	}
	plain, zipped := get("", "").Header().Get("ETag"), get("gzip", "").Header().Get("ETag")
	if plain == zipped {
		t.Errorf("the file and its compressed copy have the same ETag %s", plain)
	}
	if w := get("gzip", zipped); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("status %d and %d bytes for a copy that is still right, expected 304", w.Code, w.Body.Len())
	}
	if w := get("gzip", plain); w.Code != http.StatusOK {
		t.Errorf("status %d for another ETag, expected 200", w.Code)
	}
	if vary := get("", "").Header().Get("Vary"); vary != "Accept-Encoding" {
		t.Errorf("Vary is %q", vary)
	}
}

func TestServerUnderAPrefix(t *testing.T) {
	r := httptest.NewRequest("GET", "/any/sub/", nil)
	w := httptest.NewRecorder()
	http.StripPrefix("/any/sub", testServer()).ServeHTTP(w, r)
	if w.Code != 200 || w.Body.String() != "<p>start</p>" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestServeErrors(t *testing.T) {
	site := fstest.MapFS{"index.html": &fstest.MapFile{}}
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	_, busyPort, _ := net.SplitHostPort(busy.Addr().String())
	tests := []struct {
		name string
		site fs.FS
		port string
		want []string // parts of the error
	}{
		{"busy port", site, busyPort, []string{"port " + busyPort, "already in use", "PORT="}},
		{"no number", site, "http", []string{`"http"`, "1 to 65535"}},
		{"too large", site, "65536", []string{`"65536"`}},
		{"no site", fstest.MapFS{}, "0", []string{"no site", "make site"}},
	}
	for _, test := range tests {
		listener, err := Listen(test.port)
		if err == nil {
			err = Serve(t.Context(), test.site, listener, io.Discard)
		}
		for _, part := range test.want {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%s: error %v, expected %q in it", test.name, err, part)
			}
		}
	}
}

func TestServeUntilTheEnd(t *testing.T) {
	site := fstest.MapFS{"index.html": &fstest.MapFile{Data: []byte("<p>start</p>")}}
	listener, err := Listen("0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out, told := io.Pipe()
	done := make(chan error)
	go func() { done <- Serve(ctx, site, listener, told) }()
	buf := make([]byte, 100)
	n, err := out.Read(buf)
	if err != nil {
		t.Fatal(err)
	}
	var address string
	for _, word := range strings.Fields(string(buf[:n])) {
		if strings.HasPrefix(word, "http://127.0.0.1:") {
			address = word
		}
	}
	res, err := http.Get(address)
	if err != nil {
		t.Fatalf("at %q: %v", buf[:n], err)
	}
	body, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if string(body) != "<p>start</p>" {
		t.Errorf("served %q", body)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("ended with %v", err)
	}
}

// TestServerHeaders wants the security headers with every answer, errors too.
func TestServerHeaders(t *testing.T) {
	for _, path := range []string{"/", "/web/app.wasm", "/nowhere"} {
		w := httptest.NewRecorder()
		testServer().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		for key, want := range securityHeaders {
			if got := w.Header().Get(key); got != want {
				t.Errorf("%s: %s is %q, expected %q", path, key, got, want)
			}
		}
	}
	for _, never := range []string{"unsafe-inline", "'unsafe-eval'", "*", "http:"} {
		if strings.Contains(contentPolicy, never) {
			t.Errorf("the policy allows %s", never)
		}
	}
}

// TestServerTagsWithoutTimes tells files of a program apart by their content, as
// they have no time: equal content, equal tag.
func TestServerTagsWithoutTimes(t *testing.T) {
	tag := func(content string) string {
		w := httptest.NewRecorder()
		Server(fstest.MapFS{"a.css": &fstest.MapFile{Data: []byte(content)}}).ServeHTTP(w, httptest.NewRequest("GET", "/a.css", nil))
		if w.Body.String() != content {
			t.Errorf("served %q, expected %q", w.Body, content)
		}
		return w.Header().Get("ETag")
	}
	if one, other := tag("one"), tag("two"); one == other || one == "" {
		t.Errorf("tags %q and %q of different files", one, other)
	}
	if again := tag("one"); again != tag("one") {
		t.Errorf("tags %q and %q of the same content", again, tag("one"))
	}
}
