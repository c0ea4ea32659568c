package web

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"

	"convlens/nn/wire"
)

// page stands in for the app.
type page struct{ goapp.Compo }

func (p *page) Render() goapp.UI {
	return goapp.Main().ID("page").Class("calm").Body(
		goapp.H1().Text("Convlens"),
		goapp.P().ID("build").Text(goapp.Getenv("CONVLENS_BUILD")),
		goapp.Button().ID("train").Class("wide").Type("button").Disabled(false).Text("Train"),
	)
}

func init() {
	goapp.RouteWithRegexp(`^.*/(index\.html)?$`, goapp.NewZeroComponentFactory(&page{}))
}

// testSite returns a small site whose programs are no programs.
func testSite(t *testing.T) Site {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"app.wasm", "app-generic.wasm", "wasm_exec.js"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("program "+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return Site{Programs: dir, Datasets: []Dataset{Digits(20, 10)}}
}

// testFiles builds s and returns what was written, and the version.
func testFiles(t *testing.T, s Site) (files, string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "dist")
	version, err := s.Build(out)
	if err != nil {
		t.Fatal(err)
	}
	f := files{}
	err = filepath.WalkDir(out, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(out, name)
		f[filepath.ToSlash(rel)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f, version
}

func TestBuildWritesTheWholeSite(t *testing.T) {
	f, version := testFiles(t, testSite(t))
	for _, name := range []string{
		"index.html", "404.html", "robots.txt", "app.js", "app.css", "app-worker.js", "manifest.webmanifest", "wasm_exec.js",
		"web/app.wasm", "web/app-generic.wasm", "web/worker.js", "web/load.js", "web/storage.js",
		"embed.js", "embedding.html", "web/embedding.js", "web/embedding.css",
		"web/icon.svg", "web/icon-192.png", "web/icon-512.png", "web/icon-maskable.png",
		"web/data/digits/train-images-idx3-ubyte.gz", "web/data/digits/t10k-labels-idx1-ubyte.gz",
	} {
		if len(f[name]) == 0 {
			t.Errorf("%s is missing or empty", name)
		}
		_, gz := f[name+".gz"]
		_, br := f[name+".br"]
		if gz != br || gz != compressible[path.Ext(name)] {
			t.Errorf("%s has compressed copies: gz %t, br %t", name, gz, br)
		}
	}
	for name, data := range f {
		if bytes.Contains(data, []byte("{{.")) {
			t.Errorf("%s still has a placeholder", name)
		}
	}
	for _, name := range []string{"web/worker.js", "app-worker.js", "app.js", "index.html"} {
		if !bytes.Contains(f[name], []byte(version)) {
			t.Errorf("%s doesn't name the version %s", name, version)
		}
	}
}

func TestBuildIsReproducible(t *testing.T) {
	s := testSite(t)
	want, version := testFiles(t, s)
	for range 5 { // go-app's attributes come in random order
		got, v := testFiles(t, s)
		if v != version {
			t.Errorf("version %s, then %s", version, v)
		}
		for name := range want {
			if !bytes.Equal(got[name], want[name]) {
				t.Errorf("%s differs from the one of another build", name)
			}
		}
	}
}

func TestVersionCoversEveryInput(t *testing.T) {
	s := testSite(t)
	_, before := testFiles(t, s)
	changes := map[string]func(*Site){
		"program": func(s *Site) {
			if err := os.WriteFile(filepath.Join(s.Programs, "app-generic.wasm"), []byte("new"), 0o644); err != nil {
				t.Fatal(err)
			}
		},
		"data": func(s *Site) { s.Datasets = []Dataset{Digits(30, 10)} },
		"url":  func(s *Site) { s.URL = "https://example.org/convlens" },
	}
	for name, change := range changes {
		s := testSite(t)
		change(&s)
		if _, after := testFiles(t, s); after == before {
			t.Errorf("another %s, but the same version", name)
		}
	}
}

func TestBuildNamesAMissingProgram(t *testing.T) {
	s := testSite(t)
	os.Remove(filepath.Join(s.Programs, "app.wasm"))
	if _, err := s.Build(filepath.Join(t.TempDir(), "dist")); err == nil || !strings.Contains(err.Error(), "app.wasm") {
		t.Errorf("error %v, expected one that names app.wasm", err)
	}
}

// env returns what app.js gives to the app.
func env(t *testing.T, f files) map[string]string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^const goappEnv = (.*);$`).FindSubmatch(f["app.js"])
	if m == nil {
		t.Fatal("app.js has no environment")
	}
	var env map[string]string
	if err := json.Unmarshal(m[1], &env); err != nil {
		t.Fatal(err)
	}
	return env
}

func TestAppIsToldTheSources(t *testing.T) {
	f, version := testFiles(t, testSite(t))
	env := env(t, f)
	if env["CONVLENS_BUILD"] != version {
		t.Errorf("CONVLENS_BUILD is %q, expected %q", env["CONVLENS_BUILD"], version)
	}
	var sources []wire.Source
	if err := json.Unmarshal([]byte(env["CONVLENS_SOURCES"]), &sources); err != nil {
		t.Fatal(err)
	}
	if len(sources) != 1 || sources[0].Name != "digits" || len(sources[0].Files) != len(wire.Roles) {
		t.Fatalf("sources are %+v, expected the generated digits", sources)
	}
	for _, file := range sources[0].Files {
		if data, ok := f["web/"+file.URL]; !ok || len(data) != file.Bytes {
			t.Errorf("%s has %d bytes, the page is told %d", file.URL, len(data), file.Bytes)
		}
	}
}

func TestServiceWorkerKeepsTheShellAndNoData(t *testing.T) {
	f, _ := testFiles(t, testSite(t))
	m := regexp.MustCompile(`(?m)^const SHELL = (\[.*?\])`).FindSubmatch(f["app-worker.js"])
	if m == nil {
		t.Fatal("app-worker.js has no list")
	}
	var got []string
	if err := json.Unmarshal(m[1], &got); err != nil {
		t.Fatal(err)
	}
	want := []string{"./", "wasm_exec.js", "app.js", "app.css", "manifest.webmanifest", "web/style.css", "embed.js", "embedding.html"}
	for name := range f {
		if strings.HasPrefix(name, "web/") && !strings.HasPrefix(name, "web/data/") && path.Ext(name) != ".gz" && path.Ext(name) != ".br" {
			want = append(want, name)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(got, want) {
		t.Errorf("list\n%q, expected\n%q", got, want)
	}
}

// TestAddressesStayInside checks that nothing is loaded from elsewhere, from
// the top of the host, or from a file that isn't there.
func TestAddressesStayInside(t *testing.T) {
	f, _ := testFiles(t, testSite(t))
	f["web/style.css"] = nil // belongs to the app
	foreign := regexp.MustCompile(`(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"']*`)
	known := map[string]bool{
		"http://www.w3.org/2000/svg": true, // a namespace, not an address
	}
	for _, name := range slices.Sorted(maps.Keys(f)) {
		switch path.Ext(name) {
		case ".html", ".css", ".js", ".svg", ".webmanifest", ".txt":
			for _, found := range foreign.FindAllString(string(f[name]), -1) {
				if !known[found] {
					t.Errorf("%s names %s", name, found)
				}
			}
		}
	}
	for _, name := range []string{"index.html", "404.html", "embedding.html"} {
		root, err := html.Parse(bytes.NewReader(f[name]))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			// A host's content security policy may forbid what is inline.
			if name != "404.html" && (n.Data == "style" || n.Data == "script" && attr(n, "src") == "") {
				t.Errorf("%s has an inline <%s>", name, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s> has the inline handler %s", name, n.Data, a.Key)
				}
				if a.Key != "src" && a.Key != "href" {
					continue
				}
				if _, ok := f[a.Val]; !ok && a.Val != "./" && a.Val != "data:," {
					t.Errorf("%s: <%s %s=%q> is no file of the site", name, n.Data, a.Key, a.Val)
				}
			}
		}
	}
}

func TestBuildReplacesOnlySites(t *testing.T) {
	s := testSite(t)
	out := filepath.Join(t.TempDir(), "dist")
	for range 2 {
		if _, err := s.Build(out); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(out, "stale.txt"), []byte("old"), 0o644)
	}
	if _, err := s.Build(out); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(out, "stale.txt")); err == nil {
		t.Error("a file of an old site is still there")
	}
	home := t.TempDir()
	letter := filepath.Join(home, "letter.txt")
	os.WriteFile(letter, []byte("dear"), 0o644)
	if _, err := s.Build(home); err == nil {
		t.Error("a folder that is no site was replaced")
	}
	if _, err := os.Stat(letter); err != nil {
		t.Error(err)
	}
}
