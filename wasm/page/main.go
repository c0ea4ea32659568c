// Command page is the page's program, app.wasm: package app in a browser.
package main

import (
	"convlens/app"

	goapp "github.com/maxence-charriere/go-app/v10/pkg/app"
)

func main() {
	app.Routes()
	goapp.RunWhenOnBrowser()
}
