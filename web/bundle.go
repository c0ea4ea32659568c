//go:build bundle

package web

import (
	"embed"
	"io/fs"
)

// The site as it lies in dist when this is compiled: make binary.
//
//go:embed all:dist
var dist embed.FS

// Bundled returns the site that is part of this program, if there is one.
func Bundled() (site fs.FS, ok bool) {
	site, err := fs.Sub(dist, "dist")
	return site, err == nil
}
