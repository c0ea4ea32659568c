package app

import (
	"fmt"

	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// mapsView shows what the chosen layer makes of the chosen image, beside the
// image itself and the network's answer for it.
type mapsView struct {
	app.Compo
	Desk *desk
	Rev  int
	Past bool // at the film's chosen moment

	said string // the readout when the map was chosen: later ones change as the network learns
}

func (v *mapsView) Render() app.UI {
	d := v.Desk
	return app.Div().Class("maps").Body(
		app.Figure().Class("maps-figure").Body(
			app.Div().Class("frame frame-maps").TabIndex(0).Role("group").Aria("label", fmt.Sprintf(d.Words.ChooseMap, v.layer())).
				Aria("describedby", v.id("map-readout")).
				OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).OnKeyDown(v.onKey).OnBlur(v.onLeave).
				Body(&canvas{ID: v.id("maps"), Name: d.Words.mapsName(v.layer(), v.Past), Max: 440, Dot: gridDot, File: d.pictureFile("maps-"+v.layer(), v.Past), paint: v.paint, bare: v.paintBare}),
			v.legend(),
			app.FigCaption().Class("caption").Text(v.caption()),
			caption(v.readout()).ID(v.id("map-readout")),
			app.P().ID(v.id("map-spoken")).Class("unseen").Aria("live", "polite").Text(v.said),
		),
		app.If(!v.Past, func() app.UI { return &probs{Desk: d, Rev: d.rev(topicView)} }),
	)
}

// layer is the layer that the maps belong to. During the moment in which a
// newly chosen layer's maps are on their way it is still the old one.
func (v *mapsView) layer() string {
	if m := v.maps(); m != nil && v.Past {
		return m.Name
	} else if m != nil {
		return v.Desk.State.View.Layer.Name
	}
	return v.Desk.Layer
}

func (v *mapsView) maps() *wire.Tensor {
	if v.Past {
		return v.Desk.lookBack().maps
	}
	return v.Desk.State.Maps()
}

func (v *mapsView) id(name string) string { return pastID(v.Past) + name }

// signed says whether a layer's output is shown on the signed scale.
func (d *desk) signed(layer string) bool {
	l, _ := d.State.Layer(layer)
	return l != nil && signed(l)
}

func signed(l *wire.LayerInfo) bool { return strings.HasPrefix(l.Type, "Conv") || l.Type == "Dense" }

func (v *mapsView) end(t *wire.Tensor) float32 {
	if v.Past {
		return v.Desk.State.Film.end(t.Name)
	}
	return niceEnd(largest(t.Data))
}

func (v *mapsView) paint(r *raster) {
	if t := v.maps(); t != nil {
		paintMaps(r, t, v.Desk.mapScale(v.layer(), v.end(t)), v.Desk.Map, v.Desk.palette())
	}
}

func (v *mapsView) paintBare(r *raster) {
	if t := v.maps(); t != nil {
		paintMaps(r, t, v.Desk.mapScale(v.layer(), v.end(t)), -1, v.Desk.palette())
	}
}

func (v *mapsView) paintScale(r *raster) { paintScale(r, legendPixels, v.Desk.mapScale(v.layer(), 1)) }

func (v *mapsView) legend() app.UI {
	low, middle, high := "", "", ""
	if t := v.maps(); t != nil {
		end := formatEnd(v.end(t))
		if low, high = "0", end; v.Desk.signed(v.layer()) {
			low, middle, high = minus+end, "0", "+"+end
		}
	}
	return legend(v.id("legend-maps"), v.paintScale, low, middle, high)
}

func (v *mapsView) caption() string {
	t := v.maps()
	if t == nil {
		return v.Desk.Words.NoMaps
	}
	if v.Past {
		m, _ := v.Desk.moment()
		return v.Desk.Words.mapsThen(*t, m)
	}
	return v.Desk.Words.mapsCaption(v.layer(), *t, v.Desk.State.View.Index)
}

func (v *mapsView) readout() string {
	t, i := v.maps(), v.Desk.Map
	switch {
	case t == nil:
		return ""
	case i < 0 || i >= t.Shape[0]:
		if len(t.Shape) == 3 {
			return v.Desk.Words.PointToMap
		}
		return v.Desk.Words.PointToValue
	case len(t.Shape) == 1:
		return v.Desk.Words.unitReadout(i, t.Data[i])
	}
	size := t.Shape[1] * t.Shape[2]
	data := t.Data[i*size : (i+1)*size]
	text := v.Desk.Words.mapReadout(i, data)
	if p := v.Desk.MapPixel; p >= 0 && p < size {
		text = v.Desk.Words.mapPixel(i, p/t.Shape[2], p%t.Shape[2], data[p]) + " " + text
	}
	return text
}

// choose takes a map, or -1 for none, and a pixel of it, or -1.
func (v *mapsView) choose(ctx app.Context, i, pixel int) {
	if i == v.Desk.Map && pixel == v.Desk.MapPixel {
		ctx.PreventUpdate()
		return
	}
	v.Desk.Map, v.Desk.MapPixel = i, pixel
	if v.said = ""; i >= 0 {
		v.said = v.readout()
	}
	v.Desk.touch(topicChoice)
	repaint(ctx, v.id("maps"))
}

func (v *mapsView) onPoint(ctx app.Context, e app.Event) {
	t := v.maps()
	if t == nil {
		return
	}
	g := mapGrid(t.Shape)
	w, h := g.size()
	x, y := pixelAt(v.id("maps"), e, w, h)
	if i, dx, dy, ok := g.at(x, y); ok {
		pixel := -1
		if len(t.Shape) == 3 {
			pixel = dy*g.CellW + dx
		}
		v.choose(ctx, i, pixel)
	}
}

func (v *mapsView) onLeave(ctx app.Context, _ app.Event) { v.choose(ctx, -1, -1) }

// onKey moves from map to map, or with Shift from pixel to pixel in one.
func (v *mapsView) onKey(ctx app.Context, e app.Event) {
	t := v.maps()
	if t == nil {
		return
	}
	key, i := e.Get("key").String(), max(v.Desk.Map, 0)
	if key == "Escape" {
		v.choose(ctx, -1, -1)
		return
	}
	if len(t.Shape) == 3 && e.Get("shiftKey").Bool() {
		pixels := grid{N: t.Shape[1] * t.Shape[2], Cols: t.Shape[2]}
		if next, ok := pixels.step(max(v.Desk.MapPixel, 0), key); ok {
			e.PreventDefault()
			v.choose(ctx, i, next)
		}
		return
	}
	if next, ok := mapGrid(t.Shape).step(i, key); ok {
		e.PreventDefault()
		v.choose(ctx, next, v.Desk.MapPixel)
	}
}
