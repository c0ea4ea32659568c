package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

const lensCompare = "compare"

// compareView shows two runs that have ended side by side: curves, figures and
// settings, kernels.
type compareView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *compareView) Render() app.UI {
	d := v.Desk
	c, w := &d.Comparison, &d.Words.Compare
	pair := c.pair()
	if pair[1] == nil {
		text := w.None
		if pair[0] != nil {
			text = w.One
		}
		return app.Div().Class("compare").Body(caption(text).ID("compare-none"))
	}
	rev := d.rev(topicFinished, topicTheme)
	return app.Div().Class("compare").Body(
		app.Div().Class("compare-choices").Body(slices.Concat(v.choice(0), v.choice(1))...),
		app.Div().Class("charts").Body(
			&compareChart{Desk: d, Kind: chartLoss, Rev: rev},
			&compareChart{Desk: d, Kind: chartAcc, Rev: rev},
		),
		caption(w.CurvesCaption),
		v.table(pair),
		&compareKernels{Desk: d, Rev: rev},
		caption(v.kept()).ID("compare-kept"),
	)
}

// sideNames are what the two runs are called.
var sideNames = [2]string{"A", "B"}

// choice offers the runs that are kept.
func (v *compareView) choice(side int) []app.UI {
	d := v.Desk
	c, id := &d.Comparison, "compare-run-"+sideNames[side]
	now := [2]int{c.a, c.b}[side]
	return []app.UI{
		app.Label().For(id).Text(fmt.Sprintf(d.Words.Compare.Side, sideNames[side])),
		app.Select().ID(id).OnChange(func(ctx app.Context, _ app.Event) {
			if n, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
				d.compareWith(side, n)
				repaint(ctx, "")
			}
		}, app.EventScope(sideNames[side])).Body(
			app.Range(c.runs).Slice(func(i int) app.UI {
				r := c.runs[i]
				return app.Option().Value(r.Number).Selected(r.Number == now).Text(d.Words.finished(r))
			}),
		),
	}
}

// compareRow is a row of the table.
type compareRow struct {
	name  string
	cells [2]string
}

// differs says whether the runs differ in it.
func (r *compareRow) differs() bool { return r.cells[0] != r.cells[1] }

// compareRows are the runs' figures, and then all of their settings.
func (d *desk) compareRows(pair [2]*finishedRun) (figures, chosen []compareRow) {
	w := d.Words
	row := func(name string, text func(r *finishedRun) string) compareRow {
		return compareRow{name, [2]string{text(pair[0]), text(pair[1])}}
	}
	figure := func(name string, decimals int, value func(p *wire.Progress) (float64, bool)) compareRow {
		return row(name, func(r *finishedRun) string {
			if v, ok := value(&r.Last); ok {
				return formatFixed(v, decimals)
			}
			return textNoValue
		})
	}
	figures = []compareRow{
		figure("val_acc", 4, func(p *wire.Progress) (float64, bool) { return p.ValAcc, p.Validated }),
		figure("val_loss", 4, func(p *wire.Progress) (float64, bool) { return p.ValLoss, p.Validated }),
		figure("acc", 4, func(p *wire.Progress) (float64, bool) { return p.Acc, true }),
		figure("loss", 4, func(p *wire.Progress) (float64, bool) { return p.Loss, true }),
		row(w.Compare.Time, func(r *finishedRun) string { return formatSeconds(r.MS) }),
		row(w.Step, func(r *finishedRun) string { return w.count(r.Last.Step) }),
		row(w.Parameters, func(r *finishedRun) string { return w.count(r.Params) }),
		row(w.Compare.Fingerprint, func(r *finishedRun) string { return r.Last.Fingerprint[:min(expectLen, len(r.Last.Fingerprint))] }),
	}
	chosen = []compareRow{row(w.Data, func(r *finishedRun) string { return d.title(r.Data) })}
	for i := range settings {
		f := &settings[i]
		name, _, _ := strings.Cut(w.setting(f.key), ":") // what follows explains it
		if r := row(strings.TrimSpace(name), func(r *finishedRun) string { return w.settingValue(f, &r.Settings) }); r.cells != [2]string{textNoValue, textNoValue} {
			chosen = append(chosen, r)
		}
	}
	return figures, chosen
}

func (v *compareView) table(pair [2]*finishedRun) app.UI {
	w := &v.Desk.Words.Compare
	figures, chosen := v.Desk.compareRows(pair)
	return app.Div().Class("compare-table").TabIndex(0).Role("group").Aria("label", w.TableName).Body(
		app.Table().ID("compare-table").Body(
			app.THead().Body(app.Tr().Body(
				app.Td(),
				app.Th().Scope("col").Body(sideMark(0), app.Text(fmt.Sprintf(w.Side, "A"))),
				app.Th().Scope("col").Body(sideMark(1), app.Text(fmt.Sprintf(w.Side, "B"))),
				app.Th().Scope("col").Text(w.Differs),
			)),
			v.rows(w.Figures, figures),
			v.rows(v.Desk.Words.Settings, chosen),
		))
}

func (v *compareView) rows(title string, rows []compareRow) app.UI {
	return app.TBody().Body(
		app.Tr().Class("compare-title").Body(app.Th().Scope("rowgroup").ColSpan(4).Text(title)),
		app.Range(rows).Slice(func(i int) app.UI {
			r := &rows[i]
			class, mark := "", ""
			if r.differs() {
				class, mark = "differs", "≠"
			}
			return app.Tr().Class(class).Body(
				app.Th().Scope("row").Text(r.name),
				app.Td().Class("number").Text(r.cells[0]),
				app.Td().Class("number").Text(r.cells[1]),
				app.Td().Text(mark),
			)
		}),
	)
}

// sideMark is a piece of a run's line, as the charts draw it.
func sideMark(side int) app.UI {
	return svg("0 0 24 8", "compare-mark").Attr("width", 24).Attr("height", 8).Body(
		svgElem("path").Class("side-"+sideNames[side]).Attr("d", "M0 4h24"))
}

// kept says what is kept, and how much that is.
func (v *compareView) kept() string {
	c, bytes := &v.Desk.Comparison, 0
	for _, r := range c.runs {
		bytes += r.bytes()
	}
	return v.Desk.Words.fill(v.Desk.Words.Compare.Kept, len(c.runs), mostFinished, formatBytes(bytes))
}

// finished is a run in a line.
func (w *words) finished(r *finishedRun) string {
	text := fmt.Sprintf(w.Compare.Numbered, r.Number)
	if r.Last.Validated {
		text += " · val_acc " + formatFixed(r.Last.ValAcc, 4)
	}
	return text + " · " + w.settingsSummary(r.Settings)
}

// settingValue is what settings say for f; textNoValue for the number of another
// optimiser.
func (w *words) settingValue(f *setting, s *wire.Settings) string {
	text := f.text(s)
	switch {
	case !f.of(s):
		return textNoValue
	case f.toggle && text == "1":
		return w.Compare.On
	case f.toggle:
		return w.Compare.Off
	case f.options != nil:
		return optimizerName(text)
	case text == "":
		return w.unset(f.key)
	}
	if n, err := strconv.Atoi(text); err == nil && f.key != "seed" { // which is a name rather than a count
		return w.count(n)
	}
	return text
}
