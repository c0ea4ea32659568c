package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// exploreImages lists the images of the dataset, page by page: a half by number, or
// the training images in the order in which an epoch takes them.
type exploreImages struct {
	app.Compo
	Desk *desk
	Rev  int

	class    int    // whose name stands in the field
	unknown  string // what was typed there and means none, or ""
	badEpoch bool   // what stands in the epoch's field is none
}

const exploreGallery, exploreImage = "explore-images", "explore-image"

func (v *exploreImages) OnInit() { v.class = -1 }

// OnUpdate writes a class that was chosen elsewhere into the field.
func (v *exploreImages) OnUpdate(app.Context) {
	if c := v.Desk.Explore.Class; c != v.class {
		v.class, v.unknown = c, ""
		if field := app.Window().GetElementByID("explore-find"); field.Truthy() {
			field.Set("value", v.called(c))
		}
	}
}

// called is what stands in the field for a class.
func (v *exploreImages) called(class int) string {
	if class < 0 {
		return ""
	}
	return v.Desk.class(class)
}

func (v *exploreImages) Render() app.UI {
	d := v.Desk
	w, x := &d.Words.Explore, &d.Explore
	return app.Div().Class("explore-part").OnKeyDown(v.onKey).Body(
		app.H3().Text(w.Images),
		v.filters(),
		caption(v.listed()).ID("explore-listed").Aria("live", "polite"),
		app.Div().Class("explore-pair").Body(
			app.Figure().Body(
				&gallery{Desk: d, ID: exploreGallery, Name: w.Name, Choose: w.Choose, Readout: "explore-readout",
					Split: x.split(), Images: v.images(), At: v.at(), move: v.move, point: v.point},
			),
			app.Div().Class("explore-large").Body(
				app.Div().Class("frame explore-image").Body(&canvas{ID: exploreImage, Max: 112, High: 112, paint: v.paint}),
				caption(v.readout()).ID("explore-readout").Aria("live", "polite"),
				button("explore-look", d.Words.TestMap.LookAt, v.at() < 0, v.onLook),
			),
		),
		app.Div().Class("row explore-pages").Body(
			v.turn("explore-previous", w.PreviousPage, -1),
			v.turn("explore-next", w.NextPage, 1),
		),
		v.table(),
	)
}

// filters say what is listed.
func (v *exploreImages) filters() app.UI {
	d := v.Desk
	w, x := &d.Words.Explore, &d.Explore
	names := make([]app.UI, d.classCount())
	for c := range names {
		names[c] = app.Option().Value(d.class(c))
	}
	from := w.From
	if x.From == byEpoch {
		from = w.FromPlace
	}
	return app.Div().Class("explore-filters").Body(
		app.Div().Class("choices").Role("group").Aria("label", w.List).Body(
			v.list("explore-train", w.ByTrain, byTrain),
			v.list("explore-test", w.ByTest, byTest),
			v.list("explore-epoch", w.ByEpoch, byEpoch),
		),
		app.If(x.From == byEpoch, func() app.UI {
			return app.Label().For("explore-epoch-number").Class("field").Body(
				app.Span().Text(w.Epoch),
				app.Input().ID("explore-epoch-number").Type("number").Min(1).Step(1).Value(strconv.Itoa(x.Epoch)).
					Aria("invalid", strconv.FormatBool(v.badEpoch)).Aria("describedby", "explore-wrong-epoch").OnChange(v.onEpoch))
		}),
		app.If(x.From == byEpoch, func() app.UI {
			return button("explore-now", w.Now, false, v.onNow)
		}),
		app.Label().For("explore-find").Class("field").Body(
			app.Span().Text(w.Find),
			app.Input().ID("explore-find").Type("search").List("explore-names").AutoComplete(false).Placeholder(w.All).
				Value(v.called(x.Class)).Aria("invalid", strconv.FormatBool(v.unknown != "")).Aria("describedby", "explore-wrong-class").OnChange(v.onFind),
			app.Elem("datalist").ID("explore-names").Body(names...)),
		app.Label().For("explore-from").Class("field").Body(
			app.Span().Text(from),
			app.Input().ID("explore-from").Type("number").Min(v.base()).Step(1).Value(v.first()).OnChange(v.onFrom)),
		app.P().ID("explore-wrong-epoch").Class("wrong").Text(v.epochComplaint()),
		app.P().ID("explore-wrong-class").Class("wrong").Text(v.classComplaint()),
	)
}

// epochComplaint says why the epoch typed could not be taken.
func (v *exploreImages) epochComplaint() string {
	if !v.badEpoch {
		return ""
	}
	return v.Desk.Words.Explore.BadEpoch
}

// classComplaint says that no class is called what was typed.
func (v *exploreImages) classComplaint() string {
	if v.unknown == "" {
		return ""
	}
	return fmt.Sprintf(v.Desk.Words.Explore.NotFound, v.unknown)
}

func (v *exploreImages) list(id, word string, from listing) app.UI {
	return choice(id, word, v.Desk.Explore.From == from, false, func(ctx app.Context, _ app.Event) {
		v.badEpoch = false
		v.Desk.exploreList(from)
		repaintExplorer(ctx)
	})
}

func (v *exploreImages) turn(id, word string, pages int) app.UI {
	d := v.Desk
	return button(id, word, len(d.Explore.entries) <= d.explorePage(), func(ctx app.Context, _ app.Event) {
		d.explorePages(pages)
		repaintExplorer(ctx)
	})
}

// base is the number of the first place: images are counted from 0, places in an
// epoch from 1.
func (v *exploreImages) base() int {
	if v.Desk.Explore.From == byEpoch {
		return 1
	}
	return 0
}

// first is the place pointed at, or the first one shown.
func (v *exploreImages) first() string {
	x := &v.Desk.Explore
	at := x.First
	if x.At >= 0 {
		at = x.At
	}
	if at >= len(x.entries) {
		return strconv.Itoa(v.base())
	}
	return strconv.Itoa(x.entries[at] + v.base())
}

// images are the numbers of those shown.
func (v *exploreImages) images() []int {
	places := v.Desk.exploreShown()
	images := make([]int, len(places))
	for k, place := range places {
		images[k] = v.Desk.imageAt(place)
	}
	return images
}

// place is that of the entry pointed at, or -1.
func (v *exploreImages) place() int {
	if x := &v.Desk.Explore; x.At >= 0 && x.At < len(x.entries) {
		return x.entries[x.At]
	}
	return -1
}

// at is the image pointed at, or -1.
func (v *exploreImages) at() int {
	if p := v.place(); p >= 0 {
		return v.Desk.imageAt(p)
	}
	return -1
}

// entry is that of an image which is shown, or -1.
func (v *exploreImages) entry(image int) int {
	k := slices.Index(v.images(), image)
	if k < 0 {
		return -1
	}
	return v.Desk.Explore.First + k
}

func (v *exploreImages) move(image int) (dx, dy int) {
	x := &v.Desk.Explore
	if x.order == nil || len(x.order.Moves) == 0 {
		return 0, 0
	}
	if k := v.entry(image); k >= 0 {
		return v.Desk.move(x.entries[k])
	}
	return 0, 0
}

// listed says what is on the page.
func (v *exploreImages) listed() string {
	d := v.Desk
	w, x := &d.Words.Explore, &d.Explore
	if x.From == byEpoch && x.order == nil {
		return w.Waiting
	}
	n, last := len(x.entries), x.First+len(d.exploreShown())
	if n == 0 {
		return w.None
	}
	s := d.orderSettings()
	var text string
	switch x.From {
	case byEpoch:
		text = d.Words.fill(w.ListedEpoch, d.Words.count(x.First+1), d.Words.count(last), d.Words.count(n), x.Epoch, s.Seed, s.Batch)
	case byTest:
		text = d.Words.fill(w.ListedTest, d.Words.count(x.First+1), d.Words.count(last), d.Words.count(n))
	default:
		text = d.Words.fill(w.ListedTrain, d.Words.count(x.First+1), d.Words.count(last), d.Words.count(n))
	}
	if x.Class >= 0 {
		text += ", " + fmt.Sprintf(w.OfClass, d.class(x.Class))
	}
	parts := []string{text + "."}
	if x.From == byEpoch {
		if len(x.order.Moves) > 0 {
			parts = append(parts, fmt.Sprintf(w.Moved, x.order.Of.Shift))
		}
		if d.Split == wire.TrainSplit {
			parts = append(parts, v.chosen())
		}
	}
	return strings.Join(parts, " ")
}

// chosen says when the page's chosen image is trained on.
func (v *exploreImages) chosen() string {
	d := v.Desk
	w, order := &d.Words.Explore, d.Explore.order
	place := slices.Index(order.Indices, d.Index)
	if place < 0 {
		return d.Words.fill(w.NotTaken, d.Words.count(d.Index), d.Words.count(len(order.Indices)))
	}
	return fmt.Sprintf(w.Chosen, d.Words.count(d.Index), d.Words.count(place+1), d.Words.count(d.batchOf(place)))
}

func (v *exploreImages) readout() string {
	d := v.Desk
	w := &d.Words.Explore
	image := v.at()
	if image < 0 {
		return w.Point
	}
	class := d.class(int(d.half().Labels[image]))
	switch d.Explore.From {
	case byTest:
		return fmt.Sprintf(w.ReadTest, d.Words.count(image), class)
	case byTrain:
		return fmt.Sprintf(w.ReadTrain, d.Words.count(image), class)
	}
	place := v.place()
	text := fmt.Sprintf(w.ReadEpoch, d.Words.count(place+1), d.Words.count(d.batchOf(place)), d.Words.count(image), class)
	if len(d.Explore.order.Moves) > 0 {
		dx, dy := d.move(place)
		text = sentences(text, fmt.Sprintf(w.MovedBy, formatFixed(float64(dx), 0), formatFixed(float64(dy), 0)))
	}
	return text
}

// table is the page in numbers.
func (v *exploreImages) table() app.UI {
	d := v.Desk
	w := &d.Words.Explore
	head := []string{w.Image, w.Find}
	if d.Explore.From == byEpoch {
		head = append([]string{w.Place, w.Batch}, head...)
	}
	var rows []app.UI
	for _, place := range d.exploreShown() {
		image := d.imageAt(place)
		cells := []string{d.Words.count(image), d.class(int(d.half().Labels[image]))}
		if d.Explore.From == byEpoch {
			cells = append([]string{d.Words.count(place + 1), d.Words.count(d.batchOf(place))}, cells...)
		}
		rows = append(rows, app.Tr().Body(app.Range(cells).Slice(func(i int) app.UI {
			if i == 0 {
				return app.Th().Scope("row").Class("right").Text(cells[i])
			}
			return app.Td().Class("right").Text(cells[i])
		})))
	}
	return app.Details().ID("explore-numbers").Class("settings explore-numbers").Body(
		app.Summary().Body(app.Span().Class("settings-word").Text(w.Numbers)),
		app.Div().Class("summary").TabIndex(0).Role("group").Aria("label", w.Numbers).Body(app.Table().Body(
			app.THead().Body(app.Tr().Body(app.Range(head).Slice(func(i int) app.UI {
				return app.Th().Scope("col").Class("right").Text(head[i])
			}))),
			app.TBody().Class("number").Body(rows...),
		)),
	)
}

// paint draws the image pointed at, and before there is one an empty square.
func (v *exploreImages) paint(r *raster) {
	d := v.Desk
	p := d.palette()
	b, ok := d.State.Images.get(d.Explore.split(), v.at())
	if !ok {
		r.resize(28, 28)
		r.fill(p.grey[12])
		return
	}
	paintImage(r, b.moved(d.move(v.place())), -1, p)
}

// point points at an image that is shown.
func (v *exploreImages) point(ctx app.Context, image int) {
	k := v.entry(image)
	if k == v.Desk.Explore.At {
		ctx.PreventUpdate()
		return
	}
	v.Desk.Explore.At = k
	v.Desk.touch(topicExplore)
	repaintExplorer(ctx)
}

// onLook makes the image pointed at the one that the whole page looks at.
func (v *exploreImages) onLook(app.Context, app.Event) {
	if i := v.at(); i >= 0 {
		v.Desk.choose(v.Desk.Explore.split(), i)
	}
}

func (v *exploreImages) onKey(ctx app.Context, e app.Event) {
	if e.Get("key").String() == "Enter" && e.Get("target").Get("id").String() == exploreGallery+"-frame" {
		v.onLook(ctx, e)
	}
}

// onFind takes the class typed, or says that there is none.
func (v *exploreImages) onFind(ctx app.Context, _ app.Event) {
	text := ctx.JSSrc().Get("value").String()
	class, ok := v.Desk.classCalled(text)
	if !ok {
		v.unknown = text
		v.Desk.touch(topicExplore)
		return
	}
	v.unknown, v.class = "", class
	ctx.JSSrc().Set("value", v.called(class))
	v.Desk.exploreClass(class)
	repaintExplorer(ctx)
}

// onFrom goes to the place typed. Other text puts the old number back.
func (v *exploreImages) onFrom(ctx app.Context, _ app.Event) {
	field := ctx.JSSrc()
	if n, err := strconv.Atoi(field.Get("value").String()); err == nil && n >= v.base() {
		v.Desk.exploreGo(n - v.base())
		repaintExplorer(ctx)
	}
	field.Set("value", v.first())
}

func (v *exploreImages) onNow(ctx app.Context, _ app.Event) {
	v.badEpoch = false
	v.Desk.exploreNow()
	repaintExplorer(ctx)
}

// onEpoch takes the epoch typed.
func (v *exploreImages) onEpoch(ctx app.Context, _ app.Event) {
	n, err := strconv.ParseUint(ctx.JSSrc().Get("value").String(), 10, 31)
	if err != nil || n < 1 {
		v.badEpoch = true
		v.Desk.touch(topicExplore)
		return
	}
	v.badEpoch = false
	v.Desk.exploreEpoch(int(n))
	repaintExplorer(ctx)
}
