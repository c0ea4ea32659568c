package app

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// exploreClasses tells how many images each class has in both halves, and lets the
// visitor choose a class.
type exploreClasses struct {
	app.Compo
	Desk  *desk
	Class int
	Rev   int
}

func (v *exploreClasses) Render() app.UI {
	d := v.Desk
	w, data := &d.Words.Explore, d.State.Data
	train, test := shares(data.TrainPerClass, len(data.Classes)), shares(data.TestPerClass, len(data.Classes))
	most := 0.0
	for c := range train {
		most = max(most, train[c], test[c])
	}
	rows := []app.UI{}
	for c := range data.Classes {
		rows = append(rows, v.row(c, d.class(c),
			v.cell(countOf(data.TrainPerClass, c), train[c], most), v.cell(countOf(data.TestPerClass, c), test[c], most)))
	}
	return app.Div().Class("explore-part").Body(
		app.H3().ID("explore-classes-head").Text(w.Classes),
		caption(w.ClassesCaption),
		caption(d.Words.balance(data, d.class)).ID("explore-balance"),
		app.Div().Class("explore-classes").TabIndex(0).Role("group").Aria("labelledby", "explore-classes-head").Body(
			app.Table().ID("explore-classes").Body(
				app.THead().Body(app.Tr().Body(
					app.Th().Scope("col").Text(w.Class), app.Th().Scope("col").Text(w.Train), app.Th().Scope("col").Text(w.Test))),
				app.TBody().Body(rows...),
				app.TFoot().Body(v.row(-1, w.All, v.sum(data.TrainN), v.sum(data.TestN))),
			)),
	)
}

func (v *exploreClasses) row(class int, name string, cells ...app.UI) app.UI {
	id := "explore-class-" + strconv.Itoa(class)
	label := v.Desk.Words.Explore.ShowAll
	if class >= 0 {
		label = fmt.Sprintf(v.Desk.Words.Explore.ShowOnly, name)
	}
	return app.Tr().Body(append([]app.UI{
		app.Th().Scope("row").Body(app.Button().ID(id).Type("button").Class("choice").Text(name).
			Aria("label", label).Aria("pressed", strconv.FormatBool(v.Class == class)).
			OnClick(func(ctx app.Context, _ app.Event) {
				v.Desk.exploreClass(class)
				repaintExplorer(ctx)
			}, app.EventScope(id)))}, cells...)...)
}

// cell is a class' images in a half: how many, and what share of it as a bar and
// in percent.
func (v *exploreClasses) cell(n int, share, most float64) app.UI {
	const fine = 1e6
	return app.Td().Body(app.Div().Class("explore-count").Body(
		bar("bar thin", int(fine*share), int(math.Ceil(fine*most))),
		app.Span().Class("number").Text(v.Desk.Words.count(n)),
		app.Span().Class("number faint").Text(formatFixed(100*share, 1)+"%"),
	))
}

func (v *exploreClasses) sum(n int) app.UI {
	return app.Td().Body(app.Div().Class("explore-count").Body(
		app.Span(), app.Span().Class("number").Text(v.Desk.Words.count(n)), app.Span()))
}

func countOf(counts []int, class int) int {
	if class < len(counts) {
		return counts[class]
	}
	return 0
}

// shares are the shares of so many classes in all images.
func shares(counts []int, classes int) []float64 {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	list := make([]float64, classes)
	for c := range list {
		list[c] = portion(countOf(counts, c), sum)
	}
	return list
}

// balance says, of both halves, which classes have the fewest and the most images,
// and which have none.
func (w *words) balance(data *wire.Loaded, class func(int) string) string {
	x := &w.Explore
	of := func(counts []int, between, each, none string) []string {
		least, most := -1, -1
		var missing, said []string
		for c := range data.Classes {
			n := countOf(counts, c)
			if n == 0 {
				missing = append(missing, class(c))
				continue
			}
			if least < 0 || n < counts[least] {
				least = c
			}
			if most < 0 || n > counts[most] {
				most = c
			}
		}
		switch {
		case least < 0:
		case counts[least] < counts[most]:
			said = append(said, fmt.Sprintf(between, w.count(counts[least]), class(least), w.count(counts[most]), class(most)))
		case len(missing) == 0:
			said = append(said, w.fill(each, w.count(counts[most])))
		}
		if len(missing) > 0 {
			said = append(said, fmt.Sprintf(none, strings.Join(missing, ", ")))
		}
		return said
	}
	return strings.Join(append(of(data.TrainPerClass, x.TrainRange, x.TrainEach, x.NoTrain), of(data.TestPerClass, x.TestRange, x.TestEach, x.NoTest)...), " ")
}
