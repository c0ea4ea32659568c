//go:build !bundle

package web

import "io/fs"

// Bundled returns the site that is part of this program, if there is one.
func Bundled() (site fs.FS, ok bool) { return nil, false }
