//go:build js

// Command wasm is the site's program, app.wasm, for the page and its workers:
// package app in a window, package worker in a Web Worker. Go's runtime and
// library are half of either, so that one program for both is the smaller
// download, and a browser compiles it once: web/static/load.js hands the
// compiled program on.
package main

import (
	"os"

	"convlens/app"
	"convlens/wasm/worker"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

func main() {
	if os.Args[0] == "worker" { // web/static/worker.js says so
		worker.Run(os.Args[1:])
		return
	}
	app.Routes()
	goapp.RunWhenOnBrowser()
}
