package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// download saves bytes as a file.
func download(name, kind string, data []byte) {
	array := app.Window().Get("Uint8Array").New(len(data))
	app.CopyBytesToJS(array, data)
	downloadBlob(name, app.Window().Get("Blob").New([]any{array}, map[string]any{"type": kind}))
}

// downloadBlob saves a blob by a click on a link to it.
func downloadBlob(name string, blob app.Value) {
	urls := app.Window().Get("URL")
	url := urls.Call("createObjectURL", blob)
	link := app.Window().Get("document").Call("createElement", "a")
	link.Set("href", url)
	link.Set("download", name)
	link.Call("click")
	const minute = 60_000 // by then the browser has taken it
	var forget app.Func
	forget = app.FuncOf(func(app.Value, []app.Value) any {
		urls.Call("revokeObjectURL", url)
		forget.Release()
		return nil
	})
	app.Window().Call("setTimeout", forget, minute)
}
