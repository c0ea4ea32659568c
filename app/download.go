package app

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// savePNG saves a picture enlarged by a whole number, and says whether the
// browser could make it. The browser encodes it: Go's image/png would make the
// page 5% larger (124 KB with gzip).
func savePNG(ctx app.Context, name string, r *raster, scale int, then func(app.Context, bool)) {
	small := newPNGMaker()
	small.draw(r)
	large := newCanvas(r.W*scale, r.H*scale)
	pen := large.Call("getContext", "2d")
	pen.Set("imageSmoothingEnabled", false)
	pen.Call("drawImage", small.canvas, 0, 0, r.W*scale, r.H*scale)
	var done app.Func
	done = app.FuncOf(func(_ app.Value, args []app.Value) any {
		blob := args[0]
		ctx.Dispatch(func(ctx app.Context) {
			done.Release()
			if blob.Truthy() {
				downloadBlob(name, blob)
			}
			then(ctx, blob.Truthy())
		})
		return nil
	})
	large.Call("toBlob", done, "image/png")
}

func newCanvas(w, h int) app.Value {
	c := app.Window().Get("document").Call("createElement", "canvas")
	c.Set("width", w)
	c.Set("height", h)
	return c
}

// A pngMaker turns pictures into PNGs, on a canvas that nobody sees.
type pngMaker struct{ canvas, pen app.Value }

func newPNGMaker() *pngMaker {
	c := newCanvas(1, 1)
	// It is read again and again.
	return &pngMaker{c, c.Call("getContext", "2d", map[string]any{"willReadFrequently": true})}
}

func (m *pngMaker) draw(r *raster) {
	m.canvas.Set("width", r.W)
	m.canvas.Set("height", r.H)
	image := m.pen.Call("createImageData", r.W, r.H)
	app.CopyBytesToJS(app.Window().Get("Uint8Array").New(image.Get("data").Get("buffer")), r.Pix)
	m.pen.Call("putImageData", image, 0, 0)
}

// url returns a picture as a data URI of a PNG.
func (m *pngMaker) url(r *raster) string {
	m.draw(r)
	return m.canvas.Call("toDataURL", "image/png").String()
}

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
