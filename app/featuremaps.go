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
}

func (v *mapsView) Render() app.UI {
	d := v.Desk
	return app.Div().Class("maps").Body(
		app.Figure().Class("maps-figure").Body(
			app.Div().Class("frame frame-maps").TabIndex(0).Role("group").Aria("label", fmt.Sprintf(d.Words.ChooseMap, v.layer())).
				Aria("describedby", v.id("map-readout")).
				OnMouseMove(v.onPoint).OnMouseLeave(v.onLeave).OnKeyDown(v.onKey).
				Body(&canvas{ID: v.id("maps"), Name: d.Words.mapsName(v.layer(), v.Past), Max: 440, paint: v.paint}),
			v.legend(),
			app.FigCaption().Class("caption").Text(v.caption()),
			app.P().ID(v.id("map-readout")).Class("caption").Aria("live", "polite").Text(v.readout()),
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

// signed says whether the maps are shown on the signed scale: those of layers
// that compute weighted sums. What ReLU, pooling and softmax let through is
// never negative.
func (v *mapsView) signed() bool {
	l, _ := v.Desk.State.Layer(v.layer())
	return l != nil && (strings.HasPrefix(l.Type, "Conv") || l.Type == "Dense")
}

func (v *mapsView) end(t *wire.Tensor) float32 {
	if v.Past {
		return v.Desk.State.Film.end(t.Name)
	}
	return niceEnd(largest(t.Data))
}

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
	return app.Div().Class("legend").Body(
		&canvas{ID: v.id("legend-maps"), Max: 144, paint: v.paintScale},
		app.Div().Class("legend-ends number").Body(
			app.Span().Text(low), app.Span().Text(middle), app.Span().Text(high)),
	)
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
