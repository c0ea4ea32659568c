package app

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// confusionView is the confusion matrix as a table. Its cells open their images.
type confusionView struct {
	app.Compo
	Desk *desk
	Rev  int

	at     confusion // the cell pointed at, if on
	on     bool
	marked app.Value // the cell that is marked as open

	of    *report // what the table below is written for, in which words
	words *words
	table string
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
	if v.of != r || v.words != d.Words {
		v.of, v.words = r, d.Words
		v.table = confusionTable(r, d.Words, d.class, true)
	}
	w := &d.Words.Evaluation
	return app.Div().Body(
		app.H3().ID("confusion-heading").Text(w.Confusion),
		app.P().ID("confusion-about").Class("caption").Text(w.Rows+" "+w.ConfusionAbout),
		app.Div().Class("confusion-top").Body(
			app.Div().Class("confusion-grid").Body(
				app.Div().Class("axis across").Aria("hidden", "true").Body(app.Span().Text(w.Answer+" →")),
				app.Div().Class("axis down").Aria("hidden", "true").Body(app.Span().Text("← "+d.Words.Label)),
				app.Div().ID(confusionBox).Class("confusion-box").OnClick(v.onClick).OnKeyDown(v.onKey).
					OnMouseOver(v.onPoint).On("focusin", v.onPoint).Body(app.Raw(v.table)),
				app.P().ID("confusion-readout").Class("caption").Aria("live", "polite").Text(v.readout()),
			),
			app.Div().Class("confusion-side").Body(
				app.Figure().Body(
					app.Div().Class("frame").Body(&canvas{ID: "confusion-picture", Name: w.Picture, Max: 160, paint: v.paint}),
					app.FigCaption().Class("caption").Text(w.PictureAbout),
				),
				v.legend(r),
				v.mistakes(r),
			),
		),
	)
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

// hugeMatrix is the most classes whose empty cells say 0. Of more they say nothing,
// and columns have a fixed width: a browser takes seconds to lay 65,536 texts out.
const hugeMatrix = 64

// confusionTable writes the table, with buttons in its cells if it is live. The
// browser's own parser makes the 65,536 cells of 256 classes an order of magnitude
// faster than go-app could.
func confusionTable(r *report, words *words, class func(int) string, live bool) string {
	w := &words.Evaluation
	var b strings.Builder
	write := func(parts ...string) {
		for _, part := range parts {
			b.WriteString(part)
		}
	}
	names, longest := make([]string, r.Classes), 0
	for i := range names {
		names[i] = class(i)
		longest = max(longest, len([]rune(names[i])))
	}
	kind := "confusion"
	if longest > 3 {
		kind += " long"
	}
	if r.Classes > 12 {
		kind += " many"
	}
	huge := live && r.Classes > hugeMatrix
	if huge {
		kind += " huge"
	}
	write(`<table class="`, kind, `" aria-labelledby="confusion-heading" aria-describedby="confusion-about">`)
	if huge {
		write(`<colgroup><col class="names"><col span="`, strconv.Itoa(r.Classes), `"></colgroup>`)
	}
	write(`<thead><tr><td></td>`)
	for _, name := range names {
		name = html.EscapeString(name) // where it is seen it may be cut
		write(`<th scope="col" title="`, name, `"><span>`, name, `</span></th>`)
	}
	write("</tr></thead><tbody>")
	for label, name := range names {
		name = html.EscapeString(name)
		write(`<tr><th scope="row" title="`, name, `">`, name, `</th>`)
		for answer := range names {
			c := confusion{label, answer}
			n := r.count(c)
			stop := ` tabindex="-1"`
			first := c == confusion{}
			if first {
				stop = ` tabindex="0"` // one for the table, which the arrow keys move
			}
			switch {
			case !live:
				write("<td>", strconv.Itoa(n), "</td>")
			case n == 0 && huge && !first:
				write("<td></td>")
			case n == 0:
				write(`<td class="`, r.shadeOf(c), `"`, stop, `>0</td>`)
			default:
				write(`<td class="`, r.shadeOf(c), `"><button type="button"`, stop,
					` aria-label="`, html.EscapeString(w.cell(words, class, c, n)), `">`, strconv.Itoa(n), `</button></td>`)
			}
		}
		write("</tr>")
	}
	write("</tbody></table>")
	return b.String()
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

// element is a cell's button, or the cell itself if it has no images.
func (v *confusionView) element(c confusion) app.Value {
	row := app.Window().GetElementByID(confusionBox).Call("querySelector", "tbody").Get("rows").Index(c.Label)
	cell := row.Get("cells").Index(c.Answer + 1)
	if b := cell.Get("firstElementChild"); b.Truthy() {
		return b
	}
	return cell
}

// confusionOf is the cell of the matrix that an event comes from.
func confusionOf(e app.Event) (c confusion, ok bool) {
	cell := e.Get("target").Call("closest", "tbody td")
	if !cell.Truthy() {
		return c, false
	}
	return confusion{cell.Get("parentElement").Get("sectionRowIndex").Int(), cell.Get("cellIndex").Int() - 1}, true
}

func (v *confusionView) onPoint(ctx app.Context, e app.Event) {
	c, ok := confusionOf(e)
	if !ok || v.on && c == v.at {
		ctx.PreventUpdate()
		return
	}
	v.at, v.on = c, true
}

func (v *confusionView) onClick(ctx app.Context, e app.Event) {
	if c, ok := confusionOf(e); ok && v.Desk.report().count(c) > 0 {
		v.open(ctx, c)
	}
}

// open shows a cell's images, and brings them into the window.
func (v *confusionView) open(ctx app.Context, c confusion) {
	v.Desk.openCell(c)
	ctx.Defer(func(ctx app.Context) {
		repaint(ctx, "")
		app.Window().GetElementByID(cellGallery+"-images").Call("scrollIntoView", map[string]any{"block": "nearest"})
	})
}

// onKey moves the table's tab stop, and the focus with it.
func (v *confusionView) onKey(ctx app.Context, e app.Event) {
	c, ok := confusionOf(e)
	if !ok {
		return
	}
	n := v.Desk.report().Classes
	g := grid{N: n * n, Cols: n, CellW: 1, CellH: 1}
	next, ok := g.step(c.Label*n+c.Answer, e.Get("key").String())
	if !ok {
		return
	}
	e.PreventDefault()
	e.Get("target").Set("tabIndex", -1)
	target := v.element(confusion{next / n, next % n})
	target.Set("tabIndex", 0)
	target.Call("focus") // and onPoint follows
}

// mark shows in the table which cell is open.
func (v *confusionView) mark(app.Context) {
	if v.marked != nil {
		v.marked.Call("removeAttribute", "aria-current")
		v.marked = nil
	}
	c, r := v.Desk.Cell, v.Desk.report()
	if c == nil || r == nil || c.Label >= r.Classes || c.Answer >= r.Classes || !app.Window().GetElementByID(confusionBox).Truthy() {
		return
	}
	v.marked = v.element(*c)
	v.marked.Call("setAttribute", "aria-current", "true")
}

// paint draws the matrix as a picture.
func (v *confusionView) paint(r *raster) {
	if report := v.Desk.report(); report != nil {
		paintConfusion(r, report, v.Desk.palette())
	}
}

// paintConfusion draws a matrix as its table is shaded.
func paintConfusion(r *raster, report *report, p *palette) {
	n := report.Classes
	size := max(1, 160/n)
	r.resize(n*size, n*size)
	for label := range n {
		for answer := range n {
			c := confusion{label, answer}
			ramp := &p.above
			if c.right() {
				ramp = &p.grey
			}
			colour := ramp[255*report.level(c)/shades]
			for y := range size {
				for x := range size {
					r.set(answer*size+x, label*size+y, colour)
				}
			}
		}
	}
}
