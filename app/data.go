package app

import (
	"fmt"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// dataView is section 1: where the images come from, how many there are, and
// one of them in full.
type dataView struct {
	app.Compo
	Desk     *desk
	UnderWay bool // a run keeps its dataset
	Rev      int
}

func (v *dataView) Render() app.UI {
	d := v.Desk
	return section("data", "1", d.Words.Data, v.sources(),
		v.fault(),
		&ownView{Desk: d, Rev: d.rev(topicData, topicRun)},
		app.Div().Class("data-top").Body(
			&sampleView{Desk: d, Rev: d.rev(topicSample, topicPixel, topicData)},
			app.Div().Class("data-facts").Body(
				v.loading(),
				v.facts(),
				v.classes(),
			),
		),
		&pixelsView{Desk: d, Rev: d.rev(topicSample)},
		&exploreFold{Desk: d, Rev: d.rev(topicExplore, topicData, topicSettings, topicModel, topicSample)},
	)
}

// section is a numbered part of the page. The number stands outside the
// heading, whose name is exactly its word.
func section(id, number, heading string, beside app.UI, body ...app.UI) app.UI {
	return app.Section().ID(id).Class("section").Aria("labelledby", id+"-heading").Body(
		append([]app.UI{
			app.Div().Class("section-head").Body(
				app.Span().Class("section-number").Aria("hidden", "true").Text(number),
				app.H2().ID(id+"-heading").Text(heading),
				beside,
			),
		}, body...)...,
	)
}

// sources offers the site's datasets.
func (v *dataView) sources() app.UI {
	d := v.Desk
	return app.Div().Class("choices").Role("group").Aria("label", d.Words.Source).Body(
		app.Range(d.Sources).Slice(func(i int) app.UI {
			s := d.Sources[i]
			return choice("source-"+s.Name, d.Words.source(s), s.Name == d.Query.Data,
				v.UnderWay, func(app.Context, app.Event) { d.use(s.Name) })
		}),
		app.If(d.State.Opened != nil, func() app.UI {
			return choice("source-files", d.Words.Own.Yours, d.Query.Data == d.State.Opened.Name, v.UnderWay,
				func(app.Context, app.Event) { d.use(d.State.Opened.Name) })
		}),
	)
}

// choice is one button of a group of which one is pressed.
func choice(id, word string, pressed, disabled bool, h app.EventHandler) app.UI {
	return app.Button().ID(id).Type("button").Class("choice").
		Aria("pressed", strconv.FormatBool(pressed)).
		Disabled(disabled).
		Text(word).
		OnClick(h, app.EventScope(id))
}

// title is the name for people of the source with that name.
func (d *desk) title(name string) string {
	for _, s := range d.Sources {
		if s.Name == name {
			return d.Words.source(s)
		}
	}
	if title := d.own.titles[name]; title != "" {
		return d.Words.Own.Yours + d.Words.Colon + title
	}
	if wire.IsOwn(name) {
		return d.Words.Own.Yours
	}
	return name
}

// fault says why a dataset could not be had, with two ways on.
func (v *dataView) fault() app.UI {
	d := v.Desk
	f := d.State.LoadFailed
	if len(d.Sources) == 0 && d.State.Data == nil && f == nil {
		return alert("load-failed", d.Words.NoSource)
	}
	if f == nil {
		return app.Div().Class("no-fault")
	}
	if wire.IsOwn(f.Name) {
		return failure("load-failed", d.Words.ownFailed(*f, d.own.misfit, d.State.Data != nil), ownDetail(*f),
			button("dismiss-load", d.Words.Dismiss, false, v.dismiss))
	}
	buttons := []app.UI{
		button("load-again", d.Words.TryAgain, false, func(app.Context, app.Event) { d.use(d.State.LoadFailed.Name) }),
	}
	for _, s := range d.Sources {
		if s.Name != f.Name {
			buttons = append(buttons, button("load-"+s.Name, d.Words.useSource(s), false,
				func(app.Context, app.Event) { d.use(s.Name) }))
		}
	}
	return failure("load-failed", d.Words.loadFailed(*f, d.title(f.Name), d.State.Data != nil), loadDetail(*f), buttons...)
}

func (v *dataView) dismiss(app.Context, app.Event) {
	v.Desk.State.LoadFailed = nil
	v.Desk.touch(topicData)
}

// loading shows the bytes of a dataset on its way. It keeps its place when
// there is nothing to load.
func (v *dataView) loading() app.UI {
	d := v.Desk
	l := d.State.Loading
	if l == nil {
		return app.Div().ID("loading").Class("loading")
	}
	title := d.title(d.Query.Data)
	return app.Div().ID("loading").Class("loading").Body(
		app.P().Class("number").Text(d.Words.loading(*l, title)),
		app.Div().Role("progressbar").Aria("label", fmt.Sprintf(d.Words.LoadingName, title)).
			Aria("valuemin", 0).Aria("valuemax", l.Total).Aria("valuenow", min(l.Bytes, l.Total)).
			Body(bar("bar", l.Bytes, l.Total)),
	)
}

// facts are the counts and shapes, as the tutorial prints them.
func (v *dataView) facts() app.UI {
	data := v.Desk.State.Data
	if data == nil {
		return app.Dl().Class("facts")
	}
	shape := func(n int) string { return formatShape(append([]int{n}, data.SampleShape...)...) }
	verified := v.Desk.Words.Unverified
	if data.Verified {
		verified = v.Desk.Words.Verified
	} else if v.Desk.usesOwn() {
		verified = v.Desk.Words.Own.Here
	}
	badges := []app.UI{app.Span().Class("badge").DataSet("verified", strconv.FormatBool(data.Verified)).Text(verified)}
	if v.Desk.whole() {
		badges = append(badges, app.Span().Class("badge").Text(v.Desk.Words.Stored))
	}
	return app.Dl().Class("facts").Body(
		app.Dt().Text(v.Desk.Words.Source),
		app.Dd().ID("data-title").Body(append([]app.UI{app.Span().Text(v.Desk.title(data.Name))}, badges...)...),
		app.Dt().Text("x_train"),
		app.Dd().ID("data-train-shape").Class("number").Text(shape(data.TrainN)),
		app.Dt().Text("x_test"),
		app.Dd().ID("data-test-shape").Class("number").Text(shape(data.TestN)),
		app.Dt().Text("y_train"),
		app.Dd().Class("number").Text(formatShape(data.TrainN, len(data.Classes))+" "+v.Desk.Words.OneHot),
	)
}

// classes shows how many images each class has.
func (v *dataView) classes() app.UI {
	data := v.Desk.State.Data
	name := v.Desk.Words.perClass(v.Desk.Split)
	if data == nil {
		return app.Div().Body(caption(name), app.Ol().Class("classes"))
	}
	counts := data.TrainPerClass
	if v.Desk.Split == wire.TestSplit {
		counts = data.TestPerClass
	}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	return app.Div().Body(
		caption(name),
		classList(len(counts), name).Body(
			app.Range(counts).Slice(func(i int) app.UI {
				return app.Li().Body(
					nameSpan(className(data.Classes, i)),
					bar("bar thin", counts[i], most),
					app.Span().Class("class-count number").Text(v.Desk.Words.count(counts[i])),
				)
			}),
		),
	)
}

// manyClasses is how many make a list that scrolls.
const manyClasses = 20

// classList is a list with a line for each of n classes.
func classList(n int, name string) app.HTMLOl {
	if n > manyClasses {
		return app.Ol().Class("classes many").TabIndex(0).Aria("label", name)
	}
	return app.Ol().Class("classes").Aria("label", name)
}

// choicesClass is the class of a group of n choices; many scroll.
func choicesClass(n int, more ...string) string {
	class := append([]string{"choices"}, more...)
	if n > manyClasses {
		class = append(class, "many")
	}
	return strings.Join(class, " ")
}

// nameSpan begins a line of a classList. A long name is cut where it is seen.
func nameSpan(name string) app.UI {
	return app.Span().Class("class-name number").Title(name).Text(name)
}

// class is the name of class i of the data in use.
func (d *desk) class(i int) string {
	if d.State.Data == nil {
		return className(nil, i)
	}
	return className(d.State.Data.Classes, i)
}

// className is the name of class i, or its number if it has none. An image that
// nobody has named shows no class.
func className(classes []string, i int) string {
	if i == wire.NoLabel {
		return textNoValue
	}
	if i < len(classes) {
		return classes[i]
	}
	return strconv.Itoa(i)
}
