package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const goApp = "github.com/maxence-charriere/go-app/..."

// importRules keep the parts of the program apart. A path that ends in /...
// stands for itself and everything below. Tests may import what they need.
var importRules = []struct {
	folder string
	never  []string
	except string // files the rule isn't for
	why    string
}{
	{"nn/...", []string{"syscall/js", goApp, "convlens/app/...", "convlens/web/...", "net/...", "time", "os/..."}, "",
		"the network runs anywhere, and one run gives one answer"},
	{"nn/...", []string{"math/rand"}, "",
		"its generators can't be relied on to stay the same: math/rand/v2 has some that can"},
	{"nn/...", []string{"simd/..."}, "nn/kernel/*_simd.go",
		"SIMD needs the experiment, and its generic twin beside it"},
	{"nn", []string{"convlens/nn/mnist", "convlens/nn/glyph", "convlens/nn/wire", "convlens/nn/lab"}, "",
		"the network doesn't know where images come from, nor who asks"},
	{"nn/kernel", []string{"convlens/..."}, "",
		"kernels know slices only"},
	{"nn/inspect/order", []string{"convlens/..."}, "",
		"the page uses it, without the network"},
	{"nn/inspect/scores", []string{"convlens/..."}, "",
		"the page uses it, without the network"},
	{"nn/ink", []string{"convlens/..."}, "",
		"the page may draw with it, without the network"},
	{"nn/mnist", []string{"convlens/..."}, "",
		"a data set is bytes to the network and the site alike"},
	{"nn/wire", []string{"convlens/..."}, "",
		"both ends of the wire have to be able to import it"},
	{"nn/record", []string{"convlens/..."}, "",
		"the page records a run without the network's code"},
	{"app/...", []string{"convlens/nn/kernel", "simd/...", "syscall/js"}, "",
		"views draw snapshots, and go-app's JavaScript values also exist natively"},
	{"wasm/worker", []string{goApp, "convlens/app/...", "convlens/web/..."}, "",
		"the worker's part of the program knows nothing of a page"},
}

// sourceFile is a Go file that isn't a test.
type sourceFile struct {
	name string // from the top of the repository
	ast  *ast.File
}

// sources parses the program's files, whatever system they are for.
func sources(t *testing.T) []sourceFile {
	t.Helper()
	var found []sourceFile
	top := os.DirFS("..")
	for _, folder := range []string{"app", "nn", "wasm"} {
		err := fs.WalkDir(top, folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil, parser.SkipObjectResolution)
			found = append(found, sourceFile{name, file})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// imported returns the paths that f imports.
func (f sourceFile) imported() []string {
	var paths []string
	for _, spec := range f.ast.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// within reports whether p is pattern, or below it if it ends in /...
func within(p, pattern string) bool {
	root, below := strings.CutSuffix(pattern, "/...")
	return p == root || below && strings.HasPrefix(p, root+"/")
}

func TestImports(t *testing.T) {
	used := make([]bool, len(importRules))
	for _, f := range sources(t) {
		for i, rule := range importRules {
			if !within(path.Dir(f.name), rule.folder) {
				continue
			}
			used[i] = true
			if ok, _ := path.Match(rule.except, f.name); ok {
				continue
			}
			for _, p := range f.imported() {
				for _, never := range rule.never {
					if within(p, never) {
						t.Errorf("%s imports %s: %s", f.name, p, rule.why)
					}
				}
			}
		}
	}
	for i, rule := range importRules {
		if !used[i] {
			t.Errorf("the rule for %s is for no file", rule.folder)
		}
	}
}

// TestImportsNoGlobalRandomness checks that nn uses only generators it has
// seeded, not the functions of math/rand/v2 that share one.
func TestImportsNoGlobalRandomness(t *testing.T) {
	seeded := map[string]bool{"New": true, "NewPCG": true, "NewChaCha8": true, "NewZipf": true, "Rand": true, "PCG": true, "ChaCha8": true, "Source": true, "Zipf": true}
	for _, f := range sources(t) {
		if !within(path.Dir(f.name), "nn/...") {
			continue
		}
		name := localName(f.ast, "math/rand/v2", "rand")
		ast.Inspect(f.ast, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := selector.X.(*ast.Ident); ok && name != "" && x.Name == name && !seeded[selector.Sel.Name] {
				t.Errorf("%s uses %s.%s, whose generator is shared and randomly seeded", f.name, name, selector.Sel.Name)
			}
			return true
		})
	}
}

// localName returns what file calls the package it imports from importPath,
// whose own name is name; "" if it doesn't.
func localName(file *ast.File, importPath, name string) string {
	for _, spec := range file.Imports {
		if spec.Path.Value != strconv.Quote(importPath) {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return name
	}
	return ""
}

// TestImportsOfWorker checks what the worker needs of the program, through
// whatever it imports.
func TestImportsOfWorker(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "./wasm/worker")
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd, err, stderr.String())
	}
	deps := strings.Fields(string(out))
	if len(deps) < 10 {
		t.Errorf("the worker depends on %q only", deps)
	}
	for _, dep := range deps {
		for _, never := range []string{goApp, "convlens/app/...", "convlens/web/...", "net/http", "encoding/json"} {
			if within(dep, never) {
				t.Errorf("the worker links %s", dep)
			}
		}
	}
}
