//go:build e2e

package web

import (
	"archive/tar"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axe-core (https://github.com/dequelabs/axe-core, MPL-2.0) finds what stands in
// the way of people with disabilities. It is the npm package of that version and
// SHA-512, as `npm view axe-core dist.integrity` tells it.
const (
	axeVersion = "4.14.1"
	axeSHA512  = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
)

// axeKept is held while the package is looked for, or else fetched.
var axeKept sync.Mutex

// axeScript returns axe-core's script. The package is kept in .cache/npm; it is
// fetched where it isn't there yet, from the registry or its mirror that npm would
// take, which need not be installed.
func axeScript(t *testing.T) string {
	t.Helper()
	axeKept.Lock()
	defer axeKept.Unlock()
	dir := filepath.Join("..", ".cache", "npm")
	name := "axe-core-" + axeVersion + ".tgz"
	packed, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		packed, err = fetchPackage("axe-core/-/" + name)
		if err == nil {
			err = os.MkdirAll(dir, 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), packed, 0o644)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha512.Sum512(packed); base64.StdEncoding.EncodeToString(sum[:]) != axeSHA512 {
		t.Fatalf("%s has another SHA-512 than %s", name, axeSHA512)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	for files := tar.NewReader(unzipped); ; {
		header, err := files.Next()
		if err != nil {
			t.Fatalf("%s: looking for axe.min.js: %v", name, err)
		}
		if header.Name == "package/axe.min.js" {
			script, err := io.ReadAll(files)
			if err != nil {
				t.Fatal(err)
			}
			return string(script)
		}
	}
}

func fetchPackage(path string) ([]byte, error) {
	registry := cmp.Or(os.Getenv("npm_config_registry"), "https://registry.npmjs.org/")
	response, err := http.Get(strings.TrimSuffix(registry, "/") + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s is answered with status %d", response.Request.URL, response.StatusCode)
	}
	return io.ReadAll(response.Body)
}

// A violation of one of axe-core's rules, with the elements concerned.
type violation struct {
	ID, Help string
	Nodes    []struct{ Target, Summary string }
}

// axe checks the page as it is now against WCAG 2.2 AA and axe-core's best
// practices, and fails the test on any violation.
func (p *tab) axe(script, where string) {
	p.Helper()
	if !eval[bool](p, "Boolean(window.axe)") {
		// As an expression of the debugger's, which the page's content policy has no
		// say in.
		p.run(chromedp.Evaluate("void (() => {"+script+"})()", nil))
	}
	var found []violation
	p.run(chromedp.Evaluate(`axe.run(document, {
			runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
			resultTypes: ["violations"],
		}).then(({ violations }) => violations.map(({ id, help, nodes }) => ({
			ID: id, Help: help, Nodes: nodes.map((n) => ({ Target: n.target.join(" "), Summary: n.failureSummary })),
		})))`, &found, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	for _, v := range found {
		for _, n := range v.Nodes[:min(len(v.Nodes), 3)] {
			p.Errorf("%s: %s (%s): %s: %s", where, v.Help, v.ID, n.Target, strings.Join(strings.Fields(n.Summary), " "))
		}
		if more := len(v.Nodes) - 3; more > 0 {
			p.Errorf("%s: %s: and %d more elements", where, v.ID, more)
		}
	}
}
