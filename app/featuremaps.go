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
}

func (v *mapsView) Render() app.UI {
	d := v.Desk
	return app.Div().Class("maps").Body(
		app.Figure().Class("maps-figure").Body(
			app.Div().Class("frame frame-maps").TabIndex(0).Role("group").Aria("label", fmt.Sprintf(d.Words.ChooseMap, v.layer())).
				Aria("describedby", "map-readout").
				OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).OnKeyDown(v.onKey).
				Body(&canvas{ID: "maps", Name: fmt.Sprintf(d.Words.MapsName, v.layer()), Max: 440, paint: v.paint}),
			v.legend(),
			app.FigCaption().Class("caption").Text(v.caption()),
			app.P().ID("map-readout").Class("caption").Aria("live", "polite").Text(v.readout()),
		),
		&probs{Desk: d, Rev: d.rev(topicView)},
	)
}

// layer is the layer that the maps belong to. During the moment in which a
// newly chosen layer's maps are on their way it is still the old one.
func (v *mapsView) layer() string {
	if m := v.maps(); m != nil {
		return v.Desk.State.View.Layer.Name
	}
	return v.Desk.Layer
}

func (v *mapsView) maps() *wire.Tensor { return v.Desk.State.Maps() }

// signed says whether the maps are shown on the signed scale: those of layers
// that compute weighted sums. What ReLU, pooling and softmax let through is
// never negative.
func (v *mapsView) signed() bool {
	l, _ := v.Desk.State.Layer(v.layer())
	return l != nil && signed(l)
}

func signed(l *wire.LayerInfo) bool { return strings.HasPrefix(l.Type, "Conv") || l.Type == "Dense" }

func (v *mapsView) end(t *wire.Tensor) float32 { return niceEnd(largest(t.Data)) }

func (v *mapsView) scale(end float32) scale {
	if v.signed() {
		return v.Desk.palette().signed(end)
	}
	return magnitude(end)
}

func (v *mapsView) paint(r *raster) {
	if t := v.maps(); t != nil {
		paintMaps(r, t, v.scale(v.end(t)), v.Desk.Map, v.Desk.palette())
	}
}

func (v *mapsView) paintScale(r *raster) { paintScale(r, legendPixels, v.scale(1)) }

func (v *mapsView) legend() app.UI {
	low, middle, high := "", "", ""
	if t := v.maps(); t != nil {
		end := formatEnd(v.end(t))
		if low, high = "0", end; v.signed() {
			low, middle, high = minus+end, "0", "+"+end
		}
	}
	return legend("legend-maps", v.paintScale, low, middle, high)
}

func (v *mapsView) caption() string {
	t := v.maps()
	if t == nil {
		return v.Desk.Words.NoMaps
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
	low, high, sum := data[0], data[0], 0.0
	for _, x := range data {
		low, high, sum = min(low, x), max(high, x), sum+float64(x)
	}
	return v.Desk.Words.mapReadout(i, low, float32(sum/float64(size)), high)
}

func (v *mapsView) choose(ctx app.Context, i int) {
	if i == v.Desk.Map {
		ctx.PreventUpdate()
		return
	}
	v.Desk.Map = i
	v.Desk.touch(topicChoice)
	repaint(ctx, "maps")
}

func (v *mapsView) onPoint(ctx app.Context, e app.Event) {
	t := v.maps()
	if t == nil {
		return
	}
	g := mapGrid(t.Shape)
	w, h := g.size()
	x, y := pixelAt("maps", e, w, h)
	if i, _, _, ok := g.at(x, y); ok {
		v.choose(ctx, i)
	}
}

func (v *mapsView) onLeave(ctx app.Context, _ app.Event) { v.choose(ctx, -1) }

func (v *mapsView) onKey(ctx app.Context, e app.Event) {
	t := v.maps()
	if t == nil {
		return
	}
	if next, ok := mapGrid(t.Shape).step(max(v.Desk.Map, 0), e.Get("key").String()); ok {
		e.PreventDefault()
		v.choose(ctx, next)
	}
}
