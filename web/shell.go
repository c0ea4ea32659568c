package web

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

//go:embed serviceworker.js
var serviceWorker string

// The colours behind the page until its stylesheet is there, and of the
// window's frame where the site is installed.
const (
	themeColor      = "#14181d"
	backgroundColor = "#ffffff"
)

// shell is what stands around the app: the document that loads it, go-app's
// scripts, the service worker and the manifest.
type shell struct {
	version string
	url     string            // see Site.URL; ends in a slash
	env     map[string]string // what the app reads with go-app's Getenv
}

// shellFiles are the files go-app's handler makes, by the path it has them
// under. Its wasm_exec.js is not among them: the one of the toolchain that
// compiled the programs fits them by definition.
var shellFiles = map[string]string{
	"/":                     "index.html",
	"/app.css":              "app.css",
	"/app.js":               "app.js",
	"/app-worker.js":        "app-worker.js",
	"/manifest.webmanifest": "manifest.webmanifest",
}

// addShell renders the shell for the files added so far, all of which its
// service worker keeps for offline use.
func (f files) addShell(s shell) error {
	// The page is rendered here too, and then Getenv means the process.
	for key, value := range s.env {
		if err := os.Setenv(key, value); err != nil {
			return fmt.Errorf("web: page: %w", err)
		}
	}
	handler := s.handler(f)
	made := files{}
	for at, name := range shellFiles {
		response := httptest.NewRecorder()
		handler.ServeHTTP(response, httptest.NewRequest(http.MethodGet, at, nil))
		if response.Code != http.StatusOK {
			return fmt.Errorf("web: go-app answers %s with status %d, expected 200: is there a route for it?", at, response.Code)
		}
		made[name] = response.Body.Bytes()
	}
	var err error
	if made["app.js"], err = withoutLoader(made["app.js"]); err != nil {
		return err
	}
	if made["index.html"], err = finishDocument(made["index.html"], s.url); err != nil {
		return err
	}
	if made["manifest.webmanifest"], err = finishManifest(made["manifest.webmanifest"]); err != nil {
		return err
	}
	maps.Copy(f, made)
	return nil
}

// withoutLoader takes the end of go-app's script, which loads the program: the
// site has its own way (static/load.js).
func withoutLoader(script []byte) ([]byte, error) {
	const call, section = "\ngoappInitWebAssembly();\n", "// Web Assembly\n"
	script, _, found := bytes.Cut(script, []byte(section))
	if !found || bytes.Count(script, []byte(call)) != 1 {
		return nil, fmt.Errorf("web: go-app's app.js is not as expected: no single %q before %q", call, section)
	}
	return bytes.Replace(script, []byte(call), []byte("\n"), 1), nil
}

// handler configures go-app for the files f.
func (s shell) handler(f files) *goapp.Handler {
	var offline []string
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if strings.HasPrefix(name, "web/") || name == "embedding.html" || name == "embed.js" {
			offline = append(offline, "/"+name)
		}
	}
	return &goapp.Handler{
		Name:            "Convlens",
		ShortName:       "Convlens",
		Title:           "Convlens: train a CNN in your browser",
		Description:     "Train the convolutional network of the well-known MNIST tutorial in a browser tab and look into every layer while it learns.",
		Author:          "Convlens authors",
		LoadingLabel:    "Loading Convlens: {progress} %",
		ThemeColor:      themeColor,
		BackgroundColor: backgroundColor,
		Icon: goapp.Icon{
			Default:  "/web/icon-192.png",
			Large:    "/web/icon-512.png",
			Maskable: "/web/icon-maskable.png",
			SVG:      "/web/icon.svg",
		},
		Styles:                []string{"/web/style.css", "/web/inside.css", "/web/pad.css", "/web/explore.css", "/web/settings.css", "/web/room.css"},
		Scripts:               []string{"/web/storage.js defer", "/web/support.js defer", "/web/load.js defer"},
		CacheableResources:    offline,
		RawHeaders:            rawHeaders,
		Env:                   s.env,
		Resources:             relative{},
		Version:               s.version,
		ServiceWorkerTemplate: strings.ReplaceAll(serviceWorker, "{{.SIMDProbe}}", simdProbe),
	}
}

// rawHeaders start the download that load.js would ask for later and then finds
// under way.
var rawHeaders = []string{
	`<link rel="preload" href="web/app.wasm" as="fetch" crossorigin="anonymous">`,
	`<noscript><link rel="stylesheet" href="web/noscript.css"></noscript>`,
}

// relative resolves go-app's rooted paths to relative ones, so that the site
// does not have to know where it is hosted.
type relative struct{}

func (relative) Resolve(location string) string {
	switch {
	case location == "" || strings.Contains(location, "://") || strings.HasPrefix(location, "#"):
		return location
	case location == "/":
		return "./"
	}
	return strings.TrimPrefix(location, "/")
}
