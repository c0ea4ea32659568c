package app

import (
	"slices"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A gallery shows images of the dataset in rows, and lets the visitor point at
// one of them.
type gallery struct {
	app.Compo
	Desk    *desk
	ID      string // of its canvas
	Name    string // of the picture
	Choose  string // what the arrow keys do in it
	Readout string // ID of what tells about the image pointed at
	Split   wire.Split
	Images  []int
	At      int // the image pointed at, or -1

	// wrong says which images the network reads wrongly; nil if that isn't known.
	// move says how far an image is moved; nil if none is. point is called with
	// the image pointed at, and open, unless it is nil, with the one pressed. They
	// are set once, as a canvas' paint is.
	wrong func(i int) bool
	move  func(i int) (dx, dy int)
	point func(ctx app.Context, i int)
	open  func(ctx app.Context, i int)
}

// A row has so many images, of large ones those that a phone has room for.
const (
	galleryCols  = 10
	galleryWidth = 340
)

func galleryGrid(n, w, h int) grid {
	const gap = 2
	return grid{N: n, Cols: max(1, min(galleryCols, (galleryWidth-gap)/(w+gap))), CellW: w, CellH: h, Gap: gap}
}

func (v *gallery) Render() app.UI {
	return app.Div().ID(v.ID+"-frame").Class("frame").TabIndex(0).Role("group").Aria("label", v.Choose).
		Aria("describedby", v.Readout).
		OnMouseMove(v.onPoint).OnClick(v.onClick).OnKeyDown(v.onKey).
		Body(&canvas{ID: v.ID, Name: v.Name, Max: 640, paint: v.paint})
}

func (v *gallery) OnMount(app.Context)  { v.Desk.fetchImages(v.Split, v.Images) }
func (v *gallery) OnUpdate(app.Context) { v.Desk.fetchImages(v.Split, v.Images) }

func (v *gallery) paint(r *raster) {
	if have := &v.Desk.State.Images; have.W > 0 && len(v.Images) > 0 {
		paintGallery(r, v.Images, v.Split, v.At, v.wrong, v.move, have, v.Desk.palette())
	}
}

// paintGallery draws those of the images that have come, with an orange frame
// around a wrong answer and a dark one around the image at.
func paintGallery(r *raster, images []int, split wire.Split, at int, wrong func(int) bool, move func(int) (int, int), have *imageStore, p *palette) {
	g := galleryGrid(len(images), have.W, have.H)
	r.resize(g.size())
	r.fill(p.Zero)
	for k, i := range images {
		b, ok := have.get(split, i)
		if !ok {
			continue
		}
		if move != nil {
			b = b.moved(move(i))
		}
		x0, y0 := g.origin(k)
		r.bitmap(x0, y0, b, p)
		c := p.grey[28]
		if wrong != nil && wrong(i) {
			c = p.Positive
		}
		r.frame(x0-1, y0-1, x0+g.CellW, y0+g.CellH, c)
		if i == at {
			r.frame(x0-2, y0-2, x0+g.CellW+1, y0+g.CellH+1, p.Ink)
		}
	}
}

// paintPointed draws the image pointed at in a gallery, and before there is one an
// empty square.
func (d *desk) paintPointed(r *raster, split wire.Split, at int) {
	p := d.palette()
	b, ok := d.State.Images.get(split, at)
	if !ok {
		r.resize(28, 28)
		r.fill(p.grey[12])
		return
	}
	paintImage(r, b, -1, p)
}

func (v *gallery) onPoint(ctx app.Context, e app.Event) {
	if i, ok := v.under(e); ok {
		v.point(ctx, i)
	}
}

func (v *gallery) onClick(ctx app.Context, e app.Event) {
	i, ok := v.under(e)
	switch {
	case !ok:
	case v.open != nil:
		v.open(ctx, i)
	default:
		v.point(ctx, i)
	}
}

// under is the image under the pointer.
func (v *gallery) under(e app.Event) (i int, ok bool) {
	have := &v.Desk.State.Images
	if have.W == 0 {
		return 0, false
	}
	g := galleryGrid(len(v.Images), have.W, have.H)
	w, h := g.size()
	x, y := pixelAt(v.ID, e, w, h)
	k, _, _, ok := g.at(x, y)
	if !ok {
		return 0, false
	}
	return v.Images[k], true
}

func (v *gallery) onKey(ctx app.Context, e app.Event) {
	have := &v.Desk.State.Images
	if len(v.Images) == 0 || have.W == 0 {
		return
	}
	key, at := e.Get("key").String(), slices.Index(v.Images, v.At)
	if k, ok := galleryGrid(len(v.Images), have.W, have.H).step(max(at, 0), key); ok {
		e.PreventDefault()
		v.At = v.Images[k] // the next key may come before the next rendering
		v.point(ctx, v.At)
	} else if key == "Enter" && at >= 0 && v.open != nil {
		v.open(ctx, v.Images[at])
	}
}
