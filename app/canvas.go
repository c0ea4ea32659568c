package app

import (
	"bytes"
	"math"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// canvas shows a raster, enlarged by a whole number of device pixels. It is
// the only place where pixels cross to JavaScript.
//
// The element's bitmap is as small as the raster, the style enlarges it
// (image-rendering: pixelated), and a frame costs one copy and one
// putImageData. Frames come by the action actionPaint, which repaints
// without rendering the DOM again.
type canvas struct {
	app.Compo
	ID   string
	Name string // for screen readers; "" for a picture that says nothing new
	Max  int    // largest width in CSS pixels
	High int    // largest height; 0 for any
	Dot  int    // largest width of a pixel of the raster; 0 for any
	File string // what it is saved as; "" if by its ID

	// paint draws the picture as it is now, or resizes the raster to nothing
	// if there is none. It is set once: go-app copies only exported fields
	// from a new rendering, and the view that paint belongs to stays.
	paint func(*raster)

	// bare draws the picture without what is chosen in it, as it is saved; nil
	// if nothing ever is. It is set once too.
	bare func(*raster)

	picture  raster
	shown    []byte    // the pixels on the canvas
	context  app.Value // 2d
	image    app.Value // ImageData of the raster's size
	bytes    app.Value // Uint8Array over the image's pixels
	observer app.Value // IntersectionObserver
	onSight  app.Func
	away     bool    // far outside the window, or hidden
	stale    bool    // has missed a repaint
	width    float64 // in the style
	high     float64 // that it makes
	measured bool
}

// actionPaint asks canvases to repaint; its value is a paintRequest.
const actionPaint = "paint"

type paintRequest struct {
	ID    string // of one canvas; "" for all that aren't hidden
	Sight bool   // only what is in sight: frames that will be followed by others
	Stale bool   // only what has missed a repaint, or has had no room so far: a panel has opened
}

// repaint asks for a canvas, or with "" for all of them.
func repaint(ctx app.Context, id string) {
	ctx.NewActionWithValue(actionPaint, paintRequest{ID: id})
}

func (c *canvas) Render() app.UI {
	file := c.File
	if file == "" {
		file = c.ID
	}
	e := app.Canvas().ID(c.ID).Class("pixels").DataSet("file", file)
	if c.Name == "" {
		return e.Aria("hidden", "true")
	}
	return e.Role("img").Aria("label", c.Name)
}

func (c *canvas) OnMount(ctx app.Context) {
	ctx.PreventUpdate() // of all views around it
	c.context = ctx.JSSrc().Call("getContext", "2d")
	c.observe(ctx)
	ctx.Handle(actionPaint, c.onPaint)
	ctx.Handle(actionTake, c.onTake)
	ctx.NewAction(actionPictures)
	c.draw()
}

// observe keeps away up to date, and repaints what comes into sight if it must.
func (c *canvas) observe(ctx app.Context) {
	class := app.Window().Get("IntersectionObserver")
	if !class.Truthy() {
		return
	}
	c.onSight = app.FuncOf(func(_ app.Value, args []app.Value) any {
		entries := args[0]
		sight := entries.Index(entries.Length() - 1).Get("isIntersecting").Bool()
		ctx.Dispatch(func(ctx app.Context) {
			ctx.PreventUpdate()
			c.away = !sight
			if sight && c.stale {
				c.draw()
			}
		})
		return nil
	})
	c.observer = class.New(c.onSight, map[string]any{"rootMargin": "200px"})
	c.observer.Call("observe", ctx.JSSrc())
}

func (c *canvas) OnDismount() {
	if c.observer != nil {
		c.observer.Call("disconnect")
		c.onSight.Release()
	}
}

func (c *canvas) OnResize(ctx app.Context) {
	ctx.PreventUpdate()
	c.measured = false
	c.draw()
}

func (c *canvas) onPaint(ctx app.Context, a app.Action) {
	ctx.PreventUpdate()
	r, ok := a.Value.(paintRequest)
	switch {
	case !ok, r.ID != "" && r.ID != c.ID, r.Stale && c.measured && !c.stale:
	case r.Sight && c.away, r.ID == "" && c.hidden():
		c.stale = true
	default:
		c.draw()
	}
}

// hidden says whether the canvas is in a panel that isn't chosen.
func (c *canvas) hidden() bool { return c.JSValue().Call("closest", "[hidden]").Truthy() }

// actionTake asks a canvas for its picture; its value is a takeRequest.
const actionTake = "take"

type takeRequest struct {
	ID   string
	Take func(app.Context, raster) // owns the raster, which is empty if there is no picture
}

func (c *canvas) onTake(ctx app.Context, a app.Action) {
	ctx.PreventUpdate()
	q, ok := a.Value.(takeRequest)
	if !ok || q.ID != c.ID {
		return
	}
	var r raster
	if c.bare != nil {
		c.bare(&r)
	} else {
		c.paint(&r)
	}
	q.Take(ctx, r)
}

// draw paints the raster and brings it to the canvas.
func (c *canvas) draw() {
	if c.context == nil {
		return
	}
	c.stale = false
	w, h := c.picture.W, c.picture.H
	c.paint(&c.picture)
	if c.picture.W == 0 || c.picture.H == 0 {
		return
	}
	if c.picture.W != w || c.picture.H != h || c.image == nil {
		c.resize()
		c.measured = false
	}
	if !c.measured {
		c.measure()
	}
	if bytes.Equal(c.picture.Pix, c.shown) {
		return // putting it there again would have the browser draw it again
	}
	c.shown = append(c.shown[:0], c.picture.Pix...)
	app.CopyBytesToJS(c.bytes, c.picture.Pix)
	c.context.Call("putImageData", c.image, 0, 0)
}

// resize gives the canvas and the image the raster's size, which clears both.
func (c *canvas) resize() {
	c.JSValue().Set("width", c.picture.W)
	c.JSValue().Set("height", c.picture.H)
	c.shown = c.shown[:0]
	c.image = c.context.Call("createImageData", c.picture.W, c.picture.H)
	c.bytes = app.Window().Get("Uint8Array").New(c.image.Get("data").Get("buffer"))
}

// measure sets the width in the style, as far as the parent's width, Max and High
// allow. The figure learns it as --picture, and the height as --picture-high, for
// what must be as long as the picture. Styles go through the CSSOM, which a content
// security policy permits.
func (c *canvas) measure() {
	room := c.JSValue().Get("parentElement").Get("clientWidth").Float()
	ratio := app.Window().Get("devicePixelRatio").Float()
	c.measured = room > 0
	most := math.Min(room, float64(c.Max))
	if c.Dot > 0 {
		most = math.Min(most, float64(c.Dot*c.picture.W))
	}
	width, crisp := pictureWidth(most, float64(c.High), ratio, c.picture.W, c.picture.H)
	high := width * float64(c.picture.H) / float64(c.picture.W)
	if width == c.width && high == c.high {
		return
	}
	c.width, c.high = width, high
	text := strconv.FormatFloat(width, 'f', 3, 64) + "px"
	c.JSValue().Get("style").Set("width", text)
	rendering := "" // as the style sheet has it
	if !crisp {
		rendering = "auto"
	}
	c.JSValue().Get("style").Set("imageRendering", rendering)
	if figure := c.JSValue().Call("closest", "figure"); figure.Truthy() {
		figure.Get("style").Call("setProperty", "--picture", text)
		figure.Get("style").Call("setProperty", "--picture-high", strconv.FormatFloat(high, 'f', 3, 64)+"px")
	}
}

// pictureWidth returns how wide a raster of w by h is shown, in CSS pixels, in a
// room and, unless it is 0, at most so high: crisp, as many whole device pixels
// for each of its pixels as fit, or shrunk if not even one does.
func pictureWidth(room, high, ratio float64, w, h int) (width float64, crisp bool) {
	scale := room * ratio / float64(w)
	if high > 0 {
		scale = min(scale, high*ratio/float64(h))
	}
	if scale += 1e-6; scale < 1 && room > 0 {
		return float64(w) * scale / ratio, false
	}
	return float64(w*max(int(scale), 1)) / ratio, true
}

// pixelAt returns the pixel under the pointer of the canvas with that ID,
// whose raster is w by h; it may lie outside.
func pixelAt(id string, e app.Event, w, h int) (x, y int) {
	box := app.Window().GetElementByID(id).Call("getBoundingClientRect")
	at := func(pointer, start, length string, n int) int {
		l := box.Get(length).Float()
		if l <= 0 {
			return -1
		}
		return int(math.Floor((e.Get(pointer).Float() - box.Get(start).Float()) / l * float64(n)))
	}
	return at("clientX", "left", "width", w), at("clientY", "top", "height", h)
}
