package app

import (
	"fmt"
	"strings"

	"convlens/nn/inspect/scores"
	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// evaluationView says how well the network reads the whole test set.
type evaluationView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *evaluationView) OnMount(app.Context) { v.Desk.look(&wire.Evaluate{}) }

func (v *evaluationView) Render() app.UI {
	d := v.Desk
	body := []app.UI{&evaluationHead{Desk: d, Rev: d.rev(topicEvaluation, topicScoring, topicRun, topicData, topicModel, topicFault)}}
	if d.report() != nil {
		rev := d.rev(topicEvaluation, topicData)
		body = append(body,
			&figuresTable{Desk: d, Rev: rev},
			&confusionView{Desk: d, Rev: rev + d.rev(topicCell)},
			&lossGallery{Desk: d, ID: cellGallery, Rev: rev + d.rev(topicCell, topicSample)},
			&lossGallery{Desk: d, ID: topGallery, Rev: rev + d.rev(topicSample)},
			&classTable{Desk: d, Rev: rev},
			&calibrationView{Desk: d, Rev: rev},
			&evaluationFiles{Desk: d, Rev: rev},
		)
	}
	return app.Div().ID("evaluation").Class("evaluation").Body(body...)
}

// evaluationHead is the button, and of which network the figures below are.
type evaluationHead struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *evaluationHead) Render() app.UI {
	d := v.Desk
	w := &d.Words.Evaluation
	body := []app.UI{
		app.Div().Class("row evaluation-row").Body(
			app.Button().ID("evaluate").Type("button").Class("button").Text(w.Evaluate).Disabled(!d.canEvaluate()).OnClick(v.onEvaluate),
			app.P().ID("evaluation-said").Class("caption").Aria("live", "polite").Text(v.said()),
			app.P().ID("evaluation-moved").Class("caption").Text(v.moved()),
		),
		v.progress(),
	}
	if d.State.Data != nil && d.samples(wire.TestSplit) == 0 {
		body = append(body, alert("evaluation-none", w.NoTest))
	}
	if d.answersNoNumbers() {
		body = append(body, alert("evaluation-no-numbers", d.Words.noNumbers()))
	}
	return app.Div().Body(body...)
}

func (v *evaluationHead) onEvaluate(app.Context, app.Event) { v.Desk.evaluate() }

// said tells of which network the figures are, or how to come by some.
func (v *evaluationHead) said() string {
	d := v.Desk
	words, w, s := d.Words, &d.Words.Evaluation, &d.State
	switch {
	case s.Evaluation != nil:
		return w.ofNetwork(words, s.Evaluation)
	case s.Scoring != nil:
		return ""
	case s.Busy():
		return words.fill(w.Press, w.Evaluate, words.count(d.samples(wire.TestSplit)))
	}
	return w.Waiting
}

// moved says where the network is, if it isn't any more where it was evaluated. It
// changes with every step, too often to be spoken.
func (v *evaluationHead) moved() string {
	words, s := v.Desk.Words, &v.Desk.State
	if s.Evaluation == nil || s.Run.Step == s.Evaluation.Step {
		return ""
	}
	return fmt.Sprintf(words.Evaluation.MovedOn, words.count(s.Run.Step))
}

// progress keeps its place when nothing is under way.
func (v *evaluationHead) progress() app.UI {
	d := v.Desk
	p := d.State.Scoring
	if p == nil {
		return app.Div().Class("evaluation-progress")
	}
	w := &d.Words.Evaluation
	return app.Div().Class("evaluation-progress").Body(
		app.Div().Role("progressbar").Aria("label", w.Progress).
			Aria("valuemin", 0).Aria("valuemax", p.Of).Aria("valuenow", p.Seen).Body(bar("bar thin", p.Seen, p.Of)),
		app.P().Class("caption").Text(fmt.Sprintf(w.Coming, d.Words.count(p.Seen), d.Words.count(p.Of))),
	)
}

// figuresTable has the figures of the whole, beside what guessing would score.
type figuresTable struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *figuresTable) Render() app.UI {
	d := v.Desk
	r := d.report()
	if r == nil {
		return app.Div()
	}
	words, w := d.Words, &d.Words.Evaluation
	low, high := r.accuracy.Interval()
	row := func(id, name, accuracy, loss, note string) app.UI {
		return app.Tr().ID(id).Body(
			app.Th().Scope("row").Body(app.Text(name), app.Span().Class("note").Text(note)),
			app.Td().Class("number right").Text(accuracy),
			app.Td().Class("number right").Text(loss))
	}
	b := r.baseline
	return app.Div().Class("evaluation-table").Body(
		app.Table().ID("evaluation-figures").Body(
			app.Caption().Text(w.Figures),
			app.THead().Body(app.Tr().Body(
				app.Td(),
				app.Th().Scope("col").Class("right").Text(w.Accuracy),
				app.Th().Scope("col").Class("right").Text(w.Loss))),
			app.TBody().Body(
				row("evaluation-network", w.Network, formatScore(r.accuracy.Value()), formatFixed(r.loss, 4),
					fmt.Sprintf(w.Right, words.count(r.accuracy.N), words.count(r.accuracy.Of), formatScore(low), formatScore(high))),
				row("evaluation-guess", w.Guess, formatScore(b.Accuracy), formatFixed(b.Loss, 4),
					fmt.Sprintf(w.GuessAbout, r.Classes, formatScore(b.Spread))),
				row("evaluation-always", fmt.Sprintf(w.Always, d.class(b.Frequent)), formatScore(b.Always.Value()), textNoValue,
					fmt.Sprintf(w.AlwaysAbout, words.count(b.Always.N), words.count(b.Always.Of))),
			),
		),
	)
}

// formatScore writes a share with four decimals, as the curves do; one that there
// is none of as a dash.
func formatScore(v float64) string {
	if v != v {
		return textNoValue
	}
	return formatFixed(v, 4)
}

// classTable has the scores of each class, and their means.
type classTable struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *classTable) Render() app.UI {
	d := v.Desk
	r := d.report()
	if r == nil {
		return app.Div()
	}
	words, w := d.Words, &d.Words.Evaluation
	number := func(text string) app.UI { return app.Td().Class("number right").Text(text) }
	head := []string{w.Images, w.Answers, w.Precision, w.Recall, "F1"}
	return app.Div().Body(
		app.H3().ID("classes-heading").Text(w.PerClass),
		app.P().Class("caption").Text(w.PerClassAbout),
		app.Div().Class("evaluation-table tall").TabIndex(0).Role("group").Aria("labelledby", "classes-heading").Body(
			app.Table().ID("evaluation-classes").Aria("labelledby", "classes-heading").Body(
				app.THead().Body(app.Tr().Body(
					app.Th().Scope("col").Text(w.Class),
					app.Range(head).Slice(func(i int) app.UI { return app.Th().Scope("col").Class("right").Text(head[i]) }))),
				app.TBody().Body(app.Range(r.classes).Slice(func(i int) app.UI {
					c := r.classes[i]
					return app.Tr().Body(
						app.Th().Scope("row").Text(d.class(i)),
						number(words.count(r.labelled(i))), number(words.count(r.answered(i))),
						number(formatScore(c.Precision.Value())), number(formatScore(c.Recall.Value())), number(formatScore(c.F1.Value())))
				})),
				app.TFoot().Body(app.Tr().Body(
					app.Th().Scope("row").Text(w.Macro),
					number(words.count(r.accuracy.Of)), number(words.count(r.accuracy.Of)),
					number(formatScore(r.precision.Value())), number(formatScore(r.recall.Value())), number(formatScore(r.f1.Value())))),
			),
		),
		app.P().ID("evaluation-undefined").Class("caption").Text(v.undefined(r)),
	)
}

// undefined says which scores there are not, and why.
func (v *classTable) undefined(r *report) string {
	w := &v.Desk.Words.Evaluation
	var never, none []string
	for i, c := range r.classes {
		if !c.Precision.Defined() {
			never = append(never, v.Desk.class(i))
		}
		if !c.Recall.Defined() {
			none = append(none, v.Desk.class(i))
		}
	}
	var parts []string
	if len(never) > 0 {
		parts = append(parts, fmt.Sprintf(w.NeverAnswered, strings.Join(never, ", ")))
	}
	if len(none) > 0 {
		parts = append(parts, fmt.Sprintf(w.NoImages, strings.Join(none, ", ")))
	}
	if len(parts) > 0 {
		parts = append(parts, w.NotInMeans)
	}
	return sentences(parts...)
}

// calibrationView compares the answers' probabilities with how often they are right.
type calibrationView struct {
	app.Compo
	Desk *desk
	Rev  int
}

func (v *calibrationView) Render() app.UI {
	d := v.Desk
	r := d.report()
	if r == nil {
		return app.Div()
	}
	words, w := d.Words, &d.Words.Evaluation
	number := func(text string) app.UI { return app.Td().Class("number right").Text(text) }
	head := []string{w.Images, w.Confidence, w.Accuracy, w.Gap}
	return app.Div().Body(
		app.H3().ID("calibration-heading").Text(w.Calibration),
		app.P().ID("evaluation-ece").Body(app.Text(w.ECE+" "), app.Strong().Class("number").Text(formatScore(r.calibration.Error()))),
		app.P().Class("caption").Text(fmt.Sprintf(w.CalibrationAbout, "95%")),
		app.Div().Class("calibration").Body(
			reliability(&r.calibration, w),
			app.Div().Class("evaluation-table").TabIndex(0).Role("group").Aria("labelledby", "calibration-heading").Body(
				app.Table().ID("evaluation-bins").Aria("labelledby", "calibration-heading").Body(
					app.THead().Body(app.Tr().Body(
						app.Th().Scope("col").Text(w.Bin),
						app.Range(head).Slice(func(i int) app.UI { return app.Th().Scope("col").Class("right").Text(head[i]) }))),
					app.TBody().Body(app.Range(r.calibration[:]).Slice(func(i int) app.UI {
						b := r.calibration[i]
						gap := textNoValue
						if b.Right.Defined() {
							gap = formatSigned(b.Gap(), 4)
						}
						return app.Tr().Body(
							app.Th().Scope("row").Class("number").Text(formatBin(i)),
							number(words.count(b.Right.Of)), number(formatScore(b.Confidence())), number(formatScore(b.Right.Value())), number(gap))
					})),
				),
			),
		),
	)
}

// formatBin names a bin by its ends.
func formatBin(i int) string {
	end := func(i int) string { return formatFixed(float64(i)/scores.Bins, 1) }
	return end(i) + "–" + end(i+1)
}
