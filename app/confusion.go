package app

import (
	"fmt"
	"math"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// confusionView is the confusion matrix as a table. Its cells open their images.
type confusionView struct {
	app.Compo
	Desk *desk
	Rev  int

	at     confusion // the cell pointed at, if on
	on     bool
	stop   confusion // the cell that Tab comes to
	part   part      // of the matrix that the table shows
	marked app.Value // the cell that is marked as open

	of      *report // what the table below is written for, in which words
	words   *words
	written part
	table   string
}

const confusionBox = "confusion-box"

// mostMistakes is how many of the most frequent mistakes are listed.
const mostMistakes = 8

func (v *confusionView) OnMount(ctx app.Context)  { ctx.Defer(v.mark) }
func (v *confusionView) OnUpdate(ctx app.Context) { ctx.Defer(v.mark) }

func (v *confusionView) Render() app.UI {
	d := v.Desk
	r := d.report()
	if r == nil {
		return app.Div()
	}
	v.part = v.part.within(r.Classes)
	if v.of != r || v.words != d.Words || v.written != v.part {
		v.of, v.words, v.written = r, d.Words, v.part
		v.stop = v.part.nearest(v.stop)
		v.table = confusionTable(r, d.Words, d.class, v.part, v.stop, true)
	}
	w := &d.Words.Evaluation
	return app.Div().Body(
		app.H3().ID("confusion-heading").Text(w.Confusion),
		app.P().ID("confusion-about").Class("caption").Text(w.Rows+" "+w.ConfusionAbout),
		app.Div().Class("confusion-top").Body(
			app.Div().Class("confusion-grid").Body(
				app.Div().Class("axis across").Aria("hidden", "true").Body(app.Span().Text(w.Answer+" →")),
				app.Div().Class("axis down").Aria("hidden", "true").Body(app.Span().Text("← "+d.Words.Label)),
				app.Div().ID(confusionBox).Class("confusion-box").TabIndex(-1).OnClick(v.onClick).OnKeyDown(v.onKey).
					OnMouseOver(v.onPoint).On("focusin", v.onPoint).Body(app.Raw(v.table)),
				v.partSaid(r),
				app.P().ID("confusion-readout").Class("caption").Aria("live", "polite").Text(v.readout()),
			),
			app.Div().Class("confusion-side").Body(
				app.Figure().Body(
					app.Div().Class("frame").OnClick(v.onPicture).Body(
						&canvas{ID: "confusion-picture", Name: w.Picture, Max: 168, paint: v.paint, bare: v.paintBare}),
					app.FigCaption().Class("caption").Text(w.PictureAbout),
				),
				v.legend(r),
				v.mistakes(r),
			),
		),
	)
}

// partSaid says where in the matrix the table is, if it hasn't room for all of it.
func (v *confusionView) partSaid(r *report) app.UI {
	if v.part.N == r.Classes {
		return app.P().Class("caption confusion-part")
	}
	class, first, last := v.Desk.class, v.part.First, v.part.last()
	return app.P().ID("confusion-part").Class("caption confusion-part").Text(fmt.Sprintf(v.Desk.Words.Evaluation.Part,
		class(first.Label), class(last.Label), class(first.Answer), class(last.Answer)))
}

// legend tells what the shades of wrong answers mean.
func (v *confusionView) legend(r *report) app.UI {
	return app.Div().Class("confusion-legend").Body(
		app.Div().Class("confusion-shades").Aria("hidden", "true").Body(
			app.Range([shades]int{}).Slice(func(i int) app.UI { return app.Span().Class(wrongShades[i+1]) })),
		app.Div().Class("legend-ends number").Body(app.Span().Text("0%"), app.Span().Text(formatShare(r.shade))),
		app.P().Class("caption").Text(v.Desk.Words.Evaluation.Shades),
	)
}

// mistakes lists the most frequent ones, which are hard to find among many
// classes.
func (v *confusionView) mistakes(r *report) app.UI {
	d := v.Desk
	list := r.mistakes(mostMistakes)
	if len(list) == 0 {
		return app.Div()
	}
	w := &d.Words.Evaluation
	return app.Div().Body(
		app.H4().ID("mistakes-heading").Text(w.Mistakes),
		app.Ol().ID("mistakes").Aria("labelledby", "mistakes-heading").Body(app.Range(list).Slice(func(i int) app.UI {
			c := list[i]
			id := "mistake-" + strconv.Itoa(i)
			return app.Li().Body(
				app.Button().ID(id).Type("button").Class("mistake").Title(d.class(c.Label)+" → "+d.class(c.Answer)).
					Body(app.Span().Text(d.class(c.Label)+" → "+d.class(c.Answer)), app.Span().Class("number").Text(d.Words.count(r.count(c)))).
					OnClick(func(ctx app.Context, _ app.Event) { v.open(ctx, list[i]) }, app.EventScope(id, c.Label, c.Answer)))
		})),
	)
}

// shades is the number of steps from none to all.
const shades = 8

// level is a cell's share of its row in steps of its scale, 0 for none.
func (r *report) level(c confusion) int {
	end := r.shade
	if c.right() {
		end = 1
	}
	return min(int(math.Ceil(shades*r.share(c)/end)), shades)
}

// shadeOf is a cell's class in the style sheet.
func (r *report) shadeOf(c confusion) string {
	if c.right() {
		return rightShades[r.level(c)]
	}
	return wrongShades[r.level(c)]
}

var (
	wrongShades = [shades + 1]string{"e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8"}
	rightShades = [shades + 1]string{"d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"}
)

// readout describes the cell pointed at.
func (v *confusionView) readout() string {
	d := v.Desk
	r := d.report()
	w := &d.Words.Evaluation
	if !v.on || r == nil || v.at.Label >= r.Classes || v.at.Answer >= r.Classes {
		return w.PointToCell
	}
	return w.cell(d.Words, d.class, v.at, r.count(v.at)) + " " +
		fmt.Sprintf(w.CellShare, formatShare(r.share(v.at)), d.Words.count(r.labelled(v.at.Label)))
}

// element is the button of a cell, or the cell itself if it has no images; nil if
// the table doesn't show it.
func (v *confusionView) element(c confusion) app.Value {
	box, first := app.Window().GetElementByID(confusionBox), v.written.First
	if !box.Truthy() || !v.written.has(c) {
		return nil
	}
	row := box.Call("querySelector", "tbody").Get("rows").Index(c.Label - first.Label)
	cell := row.Get("cells").Index(c.Answer - first.Answer + 1)
	if b := cell.Get("firstElementChild"); b.Truthy() {
		return b
	}
	return cell
}

// confusionOf is the cell of the matrix that an event comes from.
func (v *confusionView) confusionOf(e app.Event) (c confusion, ok bool) {
	cell := e.Get("target").Call("closest", "tbody td")
	if !cell.Truthy() || !cell.Get("isConnected").Bool() {
		return c, false
	}
	first := v.written.First
	return confusion{first.Label + cell.Get("parentElement").Get("sectionRowIndex").Int(), first.Answer + cell.Get("cellIndex").Int() - 1}, true
}

func (v *confusionView) onPoint(ctx app.Context, e app.Event) {
	c, ok := v.confusionOf(e)
	if !ok || v.on && c == v.at {
		ctx.PreventUpdate()
		return
	}
	v.at, v.on = c, true
}

func (v *confusionView) onClick(ctx app.Context, e app.Event) {
	if c, ok := v.confusionOf(e); ok && v.Desk.report().count(c) > 0 {
		v.open(ctx, c)
	}
}

// open shows a cell's images, and brings them into the window.
func (v *confusionView) open(ctx app.Context, c confusion) {
	v.show(ctx, c)
	v.Desk.openCell(c)
	ctx.Defer(func(ctx app.Context) {
		repaint(ctx, "")
		app.Window().GetElementByID(cellGallery+"-images").Call("scrollIntoView", map[string]any{"block": "nearest"})
	})
}

// onKey moves the table's tab stop, and the focus with it, beyond the table's edge
// with another part of the matrix. Until that is there the box has the focus.
func (v *confusionView) onKey(ctx app.Context, e app.Event) {
	n := v.Desk.report().Classes
	g := grid{N: n * n, Cols: n, CellW: 1, CellH: 1}
	c, ok := v.confusionOf(e)
	if !ok || v.part != v.written {
		c = v.stop
	}
	next, ok := g.step(c.Label*n+c.Answer, e.Get("key").String())
	if !ok {
		return
	}
	e.PreventDefault()
	if before := v.element(v.stop); before != nil {
		before.Set("tabIndex", -1)
	}
	v.stop = confusion{next / n, next % n}
	if !v.part.has(v.stop) {
		app.Window().GetElementByID(confusionBox).Call("focus")
		v.show(ctx, v.stop)
	}
	if v.part == v.written {
		v.focus(ctx)
	} else {
		ctx.Defer(v.focus)
	}
}

// focus goes to the tab stop, and onPoint follows.
func (v *confusionView) focus(app.Context) {
	if target := v.element(v.stop); target != nil {
		target.Set("tabIndex", 0)
		target.Call("focus")
	}
}

// show has the table show a cell.
func (v *confusionView) show(ctx app.Context, c confusion) {
	v.part = v.part.around(c, v.Desk.report().Classes)
	repaint(ctx, "confusion-picture")
	ctx.Defer(v.mark)
}

// onPicture shows the part of the matrix that is pressed in the picture.
func (v *confusionView) onPicture(ctx app.Context, e app.Event) {
	r := v.Desk.report()
	if r == nil {
		return
	}
	x, y := pixelAt("confusion-picture", e, r.Classes, r.Classes)
	if c := (confusion{y, x}); x >= 0 && y >= 0 && x < r.Classes && y < r.Classes {
		v.show(ctx, c)
	}
}

// mark shows in the table which cell is open.
func (v *confusionView) mark(app.Context) {
	if v.marked != nil {
		v.marked.Call("removeAttribute", "aria-current")
		v.marked = nil
	}
	if c := v.Desk.Cell; c != nil && v.Desk.report() != nil {
		if v.marked = v.element(*c); v.marked != nil {
			v.marked.Call("setAttribute", "aria-current", "true")
		}
	}
}

// paint draws the matrix as a picture, with a frame around the part that the table
// shows; paintBare draws it without.
func (v *confusionView) paint(r *raster) {
	report := v.Desk.report()
	if report == nil {
		return
	}
	p := v.Desk.palette()
	size := paintConfusion(r, report, p)
	if at := v.part.within(report.Classes); at.N < report.Classes {
		x, y := at.First.Answer*size, at.First.Label*size
		r.frame(x, y, x+at.N*size-1, y+at.N*size-1, p.Ink)
	}
}

func (v *confusionView) paintBare(r *raster) {
	if report := v.Desk.report(); report != nil {
		paintConfusion(r, report, v.Desk.palette())
	}
}

// paintConfusion draws a matrix as its table is shaded, and says how large a cell is.
func paintConfusion(r *raster, report *report, p *palette) (size int) {
	n := report.Classes
	size = max(1, 160/n)
	r.resize(n*size, n*size)
	for label := range n {
		for answer := range n {
			c := confusion{label, answer}
			ramp := &p.above
			if c.right() {
				ramp = &p.grey
			}
			colour := ramp[255*report.level(c)/shades]
			r.block(answer*size, label*size, size, size, colour)
		}
	}
	return size
}
