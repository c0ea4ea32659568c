package app

import (
	"math"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A mapDrag is what the visitor is about to do to the map of the test set.
type mapDrag int

const (
	dragNone   mapDrag = iota
	dragArea           // the pointer spans a rectangle
	dragMap            // the pointer moves the map
	dragCorner         // the keyboard spans a rectangle
)

// point is where the pointer is in the picture.
func (v *testMapView) point(e app.Event) (x, y float64) {
	const fine = 8
	px, py := pixelAt("testmap", e, fine*testMapW, fine*testMapH)
	return float64(px) / fine, float64(py) / fine
}

// reach is how far from a dot the pointer may be, in pixels of the raster.
const reach = 5

func (v *testMapView) onDown(ctx app.Context, e app.Event) {
	if v.of == nil {
		return
	}
	x, y := v.plane.zoom.place(v.point(e))
	if v.drag = dragArea; e.Get("shiftKey").Bool() {
		v.drag, v.grip = dragMap, [2]float64{x, y}
		return
	}
	v.area = area{x, y, x, y}
}

func (v *testMapView) onMove(ctx app.Context, e app.Event) {
	if v.of == nil {
		return
	}
	x, y := v.point(e)
	switch v.drag {
	case dragArea:
		v.area.X1, v.area.Y1 = v.plane.zoom.place(x, y)
	case dragMap:
		v.look(ctx, v.plane.zoom.holding(v.grip[0], v.grip[1], x, y))
	case dragNone:
		v.show(ctx, v.plane.nearest(x, y, reach, v.filter))
	}
}

// onUp ends a selection; one that is hardly larger than a point was a click.
func (v *testMapView) onUp(ctx app.Context, e app.Event) {
	by := v.drag
	if by != dragArea && by != dragMap {
		ctx.PreventUpdate()
		return
	}
	v.drag = dragNone
	if by == dragMap {
		return
	}
	a, scale := v.area, v.plane.zoom.Scale
	if math.Abs(a.X1-a.X0)*scale < 3 && math.Abs(a.Y1-a.Y0)*scale < 3 {
		v.area = area{}
		x, y := v.plane.zoom.shown(a.X0, a.Y0)
		v.show(ctx, v.plane.nearest(x, y, 2*reach, v.filter))
	}
	v.reselect(ctx)
}

// look shows another part of the map.
func (v *testMapView) look(ctx app.Context, z mapZoom) {
	if z == v.plane.zoom {
		ctx.PreventUpdate()
		return
	}
	v.plane.zoom = z
	repaint(ctx, "testmap")
}

// enlarge leaves the image pointed at where it is, or else the middle.
func (v *testMapView) enlarge(ctx app.Context, factor float64) {
	z, x, y := v.plane.zoom, testMapW/2.0, testMapH/2.0
	if v.at >= 0 {
		px, py := v.plane.home(v.at)
		z = z.revealing(px, py)
		x, y = z.shown(px, py)
	}
	v.look(ctx, z.enlarged(factor, x, y))
}

// onWheel enlarges the map if it has the focus, or with Ctrl, which a touchpad's
// pinch comes with too; else, and when there is nothing to enlarge, the page scrolls.
func (v *testMapView) onWheel(ctx app.Context, e app.Event) {
	pinch := e.Get("ctrlKey").Bool()
	if v.of == nil || !pinch && !app.Window().GetElementByID("testmap-frame").Call("matches", ":focus").Bool() {
		ctx.PreventUpdate()
		return
	}
	by := e.Get("deltaY").Float()
	if pinch {
		by *= 10 // as a touchpad tells it
	}
	x, y := v.point(e)
	z := v.plane.zoom.enlarged(math.Exp(-min(max(by, -60), 60)/250), x, y)
	if pinch || z != v.plane.zoom {
		e.PreventDefault()
	}
	v.look(ctx, z)
}

// onTouch has two fingers enlarge and move the map; one is for the page.
func (v *testMapView) onTouch(ctx app.Context, e app.Event) {
	fingers := e.Get("touches")
	if v.of == nil || fingers.Length() != 2 {
		v.pinch = 0
		ctx.PreventUpdate()
		return
	}
	e.PreventDefault()
	x0, y0 := v.point(app.Event{Value: fingers.Index(0)})
	x1, y1 := v.point(app.Event{Value: fingers.Index(1)})
	x, y, apart := (x0+x1)/2, (y0+y1)/2, max(math.Hypot(x1-x0, y1-y0), 1)
	z := v.plane.zoom
	if v.pinch > 0 && e.Get("type").String() == "touchmove" {
		z = z.enlarged(apart/v.pinch, x, y).holding(v.grip[0], v.grip[1], x, y)
	} else {
		v.grip[0], v.grip[1] = z.place(x, y)
	}
	v.pinch = apart
	v.look(ctx, z)
}

func (v *testMapView) onKey(ctx app.Context, e app.Event) {
	if v.of == nil || e.Get("ctrlKey").Bool() || e.Get("altKey").Bool() || e.Get("metaKey").Bool() {
		return
	}
	key, shift := e.Get("key").String(), e.Get("shiftKey").Bool()
	switch dx, dy := arrow(key); {
	case dx != 0 || dy != 0:
		v.onArrow(ctx, dx, dy, shift)
	case key == "+" || key == "=":
		v.enlarge(ctx, zoomStep)
	case key == "-":
		v.enlarge(ctx, 1/zoomStep)
	case key == "Home":
		v.enlarge(ctx, 0)
	case key == "Enter" && v.at >= 0 && (shift || v.drag == dragCorner):
		v.corner(ctx)
	case key == "Enter" && v.at >= 0:
		x, y := v.plane.home(v.at)
		around := 9 / v.plane.zoom.Scale
		v.area = area{x - around, y - around, x + around, y + around}
		v.reselect(ctx)
	case key == "Escape":
		v.clear(ctx)
	case len(key) == 1 && key[0] >= '0' && key[0] <= '9':
		v.choose(ctx, testFilter{int(key[0] - '0'), v.filter.Wrong})
	default:
		return
	}
	e.PreventDefault()
}

// onArrow points at the next image, or with Shift moves the map.
func (v *testMapView) onArrow(ctx app.Context, dx, dy float64, shift bool) {
	switch {
	case shift:
		const far = testMapH / 4
		x, y := v.plane.zoom.place(0, 0)
		v.look(ctx, v.plane.zoom.holding(x, y, -far*dx, -far*dy))
	case v.at < 0 && len(v.images) > 0:
		v.goTo(ctx, v.images[0])
	default:
		v.goTo(ctx, v.plane.step(max(v.at, 0), dx, dy, v.filter))
	}
}

// goTo points at an image, which comes in sight, and to which a rectangle reaches
// that has only one corner yet.
func (v *testMapView) goTo(ctx app.Context, i int) {
	if i != v.at {
		v.show(ctx, i)
	}
	x, y := v.plane.home(i)
	if v.drag == dragCorner {
		v.area.X1, v.area.Y1 = x, y
	}
	if z := v.plane.zoom.revealing(x, y); z != v.plane.zoom {
		v.look(ctx, z)
	}
}

// corner makes the image pointed at the first corner of a rectangle, or the second.
func (v *testMapView) corner(ctx app.Context) {
	x, y := v.plane.home(v.at)
	if v.drag != dragCorner {
		v.drag, v.area = dragCorner, area{x, y, x, y}
		return
	}
	v.drag, v.area.X1, v.area.Y1 = dragNone, x, y
	v.reselect(ctx)
}
