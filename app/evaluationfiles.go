package app

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// evaluationFiles saves an evaluation as tables for other programs.
type evaluationFiles struct {
	app.Compo
	Desk *desk
	Rev  int
	said string
}

func (v *evaluationFiles) Render() app.UI {
	w := &v.Desk.Words.Evaluation
	return app.Div().Class("row evaluation-files").Body(
		v.file("confusion", w.SaveConfusion, confusionCSV),
		v.file("classes", w.SaveClasses, classesCSV),
		v.file("answers", w.SaveAnswers, answersCSV),
		app.P().ID("evaluation-saved").Class("caption").Aria("live", "polite").Text(v.said),
	)
}

func (v *evaluationFiles) file(name, word string, write func(*report, func(int) string) string) app.UI {
	file := "convlens-" + name + ".csv"
	return app.Button().ID("save-"+name).Type("button").Class("button").Text(word).
		OnClick(func(app.Context, app.Event) {
			if r := v.Desk.report(); r != nil {
				download(file, "text/csv", []byte(write(r, v.Desk.class)))
				v.said = fmt.Sprintf(v.Desk.Words.Take.Saved, file)
			}
		}, app.EventScope(name))
}

// A csv is a table as RFC 4180 has it.
type csv struct{ strings.Builder }

func (c *csv) row(fields ...string) {
	for i, f := range fields {
		if i > 0 {
			c.WriteByte(',')
		}
		if strings.ContainsAny(f, "\",\r\n") {
			f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
		}
		c.WriteString(f)
	}
	c.WriteString("\r\n")
}

// confusionCSV has a row for each label, a column for each answer.
func confusionCSV(r *report, class func(int) string) string {
	var c csv
	row := []string{"label \\ answer"}
	for answer := range r.Classes {
		row = append(row, class(answer))
	}
	c.row(row...)
	for label := range r.Classes {
		row = append(row[:0], class(label))
		for answer := range r.Classes {
			row = append(row, strconv.Itoa(r.count(confusion{label, answer})))
		}
		c.row(row...)
	}
	return c.String()
}

// classesCSV has the scores of each class. An undefined one is left empty.
func classesCSV(r *report, class func(int) string) string {
	var c csv
	score := func(v float64) string {
		if v != v {
			return ""
		}
		return strconv.FormatFloat(v, 'f', 6, 64)
	}
	c.row("class", "images", "answers", "precision", "recall", "f1")
	for i, s := range r.classes {
		c.row(class(i), strconv.Itoa(r.labelled(i)), strconv.Itoa(r.answered(i)),
			score(s.Precision.Value()), score(s.Recall.Value()), score(s.F1.Value()))
	}
	return c.String()
}

// answersCSV has every image of the test set in its order.
func answersCSV(r *report, class func(int) string) string {
	var c csv
	number := func(v float32) string { return strconv.FormatFloat(float64(v), 'g', -1, 32) }
	c.row("image", "label", "answer", "probability", "loss")
	for i := range r.Labels {
		c.row(strconv.Itoa(i), class(int(r.Labels[i])), class(int(r.Answers[i])), number(r.Confidences[i]), number(r.Losses[i]))
	}
	return c.String()
}
