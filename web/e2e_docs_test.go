//go:build e2e

package web

import (
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// generated is where web/generators.sh has installed VitePress. A project has to
// lie in it to find the packages.
var generated = filepath.Join("..", ".cache", "docs")

// copyProject copies testdata/docs/name to the folder to, with the site's address
// in the place of SITE/, as embedding.html writes it.
func copyProject(t *testing.T, name, to, site string) {
	t.Helper()
	from := os.DirFS(filepath.Join("testdata", "docs", name))
	err := fs.WalkDir(from, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, file)
		if err != nil {
			return err
		}
		target := filepath.Join(to, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, []byte(strings.ReplaceAll(string(data), "SITE/", site)), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDocs has documentation generators make a page with two labs in it. In the
// page that comes out both train, one after the other, and tell.
func TestDocs(t *testing.T) {
	for _, c := range []struct {
		name  string
		page  string
		build func(project, out string) *exec.Cmd
	}{
		{"hugo", "lecture/", func(project, out string) *exec.Cmd {
			return exec.Command("hugo", "--source", project, "--destination", out)
		}},
		{"vitepress", "lecture.html", func(project, out string) *exec.Cmd {
			vitepress := filepath.Join(filepath.Dir(project), "node_modules", "vitepress", "bin", "vitepress.js")
			return exec.Command("node", vitepress, "build", project, "--outDir", out)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			site := serveSite(t, Server(distSite(t)))
			parent, err := filepath.Abs(generated)
			if err != nil {
				t.Fatal(err)
			}
			project, err := os.MkdirTemp(parent, c.name+"-")
			if err != nil {
				t.Fatalf("make docs prepares the generators: %v", err)
			}
			t.Cleanup(func() { os.RemoveAll(project) })
			copyProject(t, c.name, project, site)
			out := t.TempDir()
			begin := time.Now()
			cmd := c.build(project, out)
			if said, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %v\n%s", cmd, err, said)
			}
			t.Logf("%s took %v", c.name, time.Since(begin).Round(100*time.Millisecond))

			files := http.FileServer(http.Dir(out))
			url := serveSite(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/host.js" {
					w.Header().Set("Content-Type", "text/javascript")
					w.Write([]byte(hostScript))
					return
				}
				files.ServeHTTP(w, r)
			}))
			p := openGuest(t, startBrowser(t), site, elsewhere(url)+c.page)
			p.waitDone(1, "a", "b")
			checkTwoLabs(t, p.heard())
			p.shoot("docs-" + c.name)
		})
	}
}
