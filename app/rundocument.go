package app

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// runDocument is a whole run as one document: what it was told, how it went,
// and all that it learnt.
type runDocument struct {
	words  *words
	title  string // of the dataset
	model  *wire.Model
	net    *wire.Net
	class  func(int) string
	facts  [][2]string
	keras  []string
	curves [2]string // pictures
	layers string    // the table
	report *report   // of this network, or nil
	scores string    // its tables
	record runRecord
	loss   []float32
	acc    []float32

	moments []*wire.Health
}

// runRecord is the part of a run's JSON that is short. In the document, curves
// and weights follow.
type runRecord struct {
	Format      string     `json:"format"`
	Version     int        `json:"version"`
	Build       string     `json:"build"`
	Dataset     string     `json:"dataset"`
	Query       string     `json:"query"`
	Optimizer   string     `json:"optimizer"`
	Batch       int        `json:"batch"`
	Seed        uint64     `json:"seed"`
	Limit       int        `json:"limit"`
	Shift       int        `json:"shift"`
	Network     string     `json:"network"`
	Epochs      []runEpoch `json:"epochs"`
	Step        int        `json:"step"`
	Fingerprint string     `json:"fingerprint"`

	Health     *runHealth     `json:"health"`     // null if nothing was recorded
	Evaluation *runEvaluation `json:"evaluation"` // null if the network wasn't evaluated, or answers NaN
}

// runEvaluation is what the network makes of the whole test set.
type runEvaluation struct {
	Accuracy         float64  `json:"accuracy"`
	Loss             *float64 `json:"loss"`
	CalibrationError *float64 `json:"calibration_error"`
	Confusion        [][]int  `json:"confusion"` // a row for each label, a column for each answer
}

type runEpoch struct {
	Samples int      `json:"samples"`
	Loss    *float64 `json:"loss"`
	Acc     *float64 `json:"acc"`
	ValLoss *float64 `json:"val_loss"` // null if it wasn't evaluated
	ValAcc  *float64 `json:"val_acc"`
	Seconds float64  `json:"seconds"`
}

const runFormat = "convlens-run"

// snapshot is the desk as it is now, to be read while the desk changes.
func (d *desk) snapshot() *desk {
	s := *d
	s.session = nil
	s.State.Epochs = slices.Clone(d.State.Epochs) // the last one would change
	return &s
}

// newRunDocument collects what a snapshot has of a run. rest is called now and
// then.
func newRunDocument(d *desk, net *wire.Net, rest func()) *runDocument {
	w, state := d.Words, &d.State
	data := d.Query.Data
	if state.Data != nil {
		data = state.Data.Name
	}
	query := d.link().Values(url.Values{}, sourceNames(d.Sources)).Encode()
	r := &runDocument{
		words: w, title: d.title(data), model: state.Model, net: net,
		class: func(i int) string { return strconv.Itoa(i) },
		record: runRecord{Format: runFormat, Version: 1, Build: d.Build, Dataset: data, Query: query,
			Optimizer: optimizerSummary(d.applied.Optimizer), Batch: d.applied.Batch, Seed: d.applied.Seed, Limit: d.applied.Limit, Shift: d.applied.Shift,
			Network: networkSummary(d.applied.Net),
			Step:    net.Step, Fingerprint: net.Fingerprint},
		loss: state.Curves.Loss, acc: state.Curves.Acc,
	}
	if state.Data != nil {
		classes := state.Data.Classes
		r.class = func(i int) string { return className(classes, i) }
	}
	r.moments = state.Health.moments()
	r.record.Health = healthRecord(r.moments)
	for _, e := range state.Epochs {
		r.keras = append(r.keras, kerasLine(e))
		epoch := runEpoch{Samples: e.Seen, Loss: finite(e.Loss), Acc: finite(e.Acc), Seconds: e.ElapsedMS / 1000}
		if e.Validated {
			epoch.ValLoss, epoch.ValAcc = finite(e.ValLoss), finite(e.ValAcc)
		}
		r.record.Epochs = append(r.record.Epochs, epoch)
	}
	r.facts = [][2]string{
		{w.Source, r.title},
		{w.Settings, w.settingsSummary(d.link().Settings)},
		{w.Take.Repeat, "?" + query},
		{w.Step, w.count(net.Step)},
		{"SHA-256", net.Fingerprint},
	}
	if d.usesOwn() {
		r.facts = append(r.facts, [2]string{w.Own.Yours, w.Own.LinkLacks})
	}
	for i, kind := range [...]chartKind{chartLoss, chartAcc} {
		c := &chart{Desk: d, Kind: kind, width: 720}
		c.smoothe()
		r.curves[i] = app.HTMLString(c.picture(c.plot()))
		rest()
	}
	r.layers = app.HTMLString((&layers{Desk: d}).Render())
	if report := d.report(); report != nil && report.Step == net.Step {
		r.evaluate(d, report)
	}
	return r
}

// evaluate collects what an evaluation came to.
func (r *runDocument) evaluate(d *desk, report *report) {
	r.report = report
	title := html.EscapeString(d.Words.Evaluation.Confusion)
	r.scores = "<h3 id=\"confusion-heading\">" + title + "</h3>\n" +
		"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" + title + "\">" +
		confusionTable(report, d.Words, r.class, part{N: report.Classes}, confusion{}, false) + "</div>\n" +
		app.HTMLString((&classTable{Desk: d}).Render())
	e := &runEvaluation{Accuracy: report.accuracy.Value(), Loss: finite(report.loss), CalibrationError: finite(report.calibration.Error())}
	for label := range report.Classes {
		n := report.Classes
		e.Confusion = append(e.Confusion, report.matrix.Counts[label*n:(label+1)*n])
	}
	r.record.Evaluation = e
}

// finite returns a number for JSON, which has no others.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

func (r *runDocument) write(s *sheet) {
	w := r.words
	s.Grow(4 << 20) // a network of the tutorial's size is 3.2 MB in base64
	s.begin(w.Code, w.Take.RunTitle)
	s.element("p", w.Take.RunAbout)
	s.facts(r.facts)
	s.element("h2", w.Training)
	s.WriteString("<pre>")
	for _, line := range r.keras {
		s.WriteString(html.EscapeString(line) + "\n")
	}
	s.WriteString("</pre>\n")
	for i, caption := range [...][2]string{{w.LossTitle, w.LossCaption}, {w.AccuracyTitle, w.AccuracyCaption}} {
		s.element("h3", caption[0])
		s.WriteString("<figure>" + r.curves[i] + "<figcaption>" + html.EscapeString(caption[1]) + "</figcaption></figure>\n")
	}
	r.evaluation(s)
	r.health(s)
	s.element("h2", w.Layer)
	s.WriteString(r.layers)
	r.image(s)
	r.inside(s)
	r.weights(s)
}

// evaluation writes how well the network reads the test set.
func (r *runDocument) evaluation(s *sheet) {
	if r.report == nil {
		return
	}
	w := &r.words.Evaluation
	s.element("h2", w.Tab)
	s.element("p", w.ofNetwork(r.words, r.report.Evaluation))
	s.facts([][2]string{
		{w.Accuracy, formatScore(r.report.accuracy.Value())},
		{w.Loss, formatFixed(r.report.loss, 4)},
		{w.ECE, formatScore(r.report.calibration.Error())},
		{w.Guess, formatScore(r.report.baseline.Accuracy)},
		{fmt.Sprintf(w.Always, r.class(r.report.baseline.Frequent)), formatScore(r.report.baseline.Always.Value())},
	})
	s.WriteString("<p id=\"confusion-about\">" + html.EscapeString(w.Rows) + "</p>\n" + r.scores)
}

// image writes the image that the page looks at, and the network's answer.
func (r *runDocument) image(s *sheet) {
	in, w := &r.net.Input, r.words
	if len(in.Shape) != 3 || !full(in) {
		return
	}
	split := w.TrainSplit
	switch r.net.Split {
	case wire.TestSplit:
		split = w.TestSplit
	case wire.DrawnSplit:
		split = w.Pad.Split
	}
	title := fmt.Sprintf(w.Take.ImageOf, w.count(r.net.Index), split, r.class(r.net.Label))
	s.element("h2", title)
	var p raster
	if b, ok := inputBitmap(in); ok {
		paintImage(&p, b, -1, lightPalette)
		s.picture(&p, 6, title)
	}
	s.element("p", w.Probabilities)
	var rows [][2]string
	for i, v := range r.net.Probs {
		rows = append(rows, [2]string{r.class(i), strconv.FormatFloat(float64(v), 'f', 4, 32)})
	}
	s.facts(rows)
}

// inside writes what the layers have learnt and what they make of the image.
func (r *runDocument) inside(s *sheet) {
	if r.model == nil {
		return
	}
	for i := range r.model.Layers {
		l := &r.model.Layers[i]
		s.element("h2", l.Name)
		if said := r.words.layerSays(r.model, i); said != "" {
			s.element("p", said)
		}
		s.WriteString(app.HTMLString(app.Dl().Body(configRows(l.Config)...)))
		for _, a := range r.net.Weights {
			if layer, _, _ := strings.Cut(a.Name, "/"); layer == l.Name {
				r.array(s, a)
			}
		}
		for k := range r.net.Outputs {
			if t := &r.net.Outputs[k]; t.Name == l.Name && full(t) {
				r.output(s, l, t)
			}
		}
	}
}

// array writes an array's statistics, and if it holds kernels their picture.
func (r *runDocument) array(s *sheet, a wire.Array) {
	_, name, _ := strings.Cut(a.Name, "/")
	values := s.floats(a.Data)
	low, high, mean, std := spread(values, s.rest)
	s.element("h3", name+" "+formatShape(a.Shape...))
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', 4, 64) }
	s.facts([][2]string{{"min", number(low)}, {"max", number(high)}, {"mean", number(mean)}, {"std", number(std)}})
	t := wire.Tensor{Name: a.Name, Shape: a.Shape, Data: values}
	if len(a.Shape) != 4 || !full(&t) {
		return
	}
	end := niceEnd(largest(t.Data))
	var p raster
	paintKernels(&p, &t, []float32{end}, -1, false, lightPalette)
	s.WriteString("<figure>")
	s.picture(&p, wholeScale(p.W, 900), a.Name)
	s.WriteString("<figcaption>" + html.EscapeString(fmt.Sprintf(r.words.Take.KernelsAbout, r.words.count(r.net.Step), formatEnd(end))) + "</figcaption></figure>\n")
}

// output writes what a layer makes of the image.
func (r *runDocument) output(s *sheet, l *wire.LayerInfo, t *wire.Tensor) {
	scale := magnitude(niceEnd(largest(t.Data)))
	if signed(l) {
		scale = lightPalette.signed(scale.end)
	}
	var p raster
	paintMaps(&p, t, scale, -1, lightPalette)
	s.WriteString("<figure>")
	s.picture(&p, wholeScale(p.W, 600), fmt.Sprintf(r.words.MapsName, l.Name))
	s.WriteString("<figcaption>" + html.EscapeString(r.words.mapsCaption(l.Name, *t, r.net.Index)) + "</figcaption></figure>\n")
}

// weights writes the run as JSON.
func (r *runDocument) weights(s *sheet) {
	w := &r.words.Take
	s.element("h2", w.Weights)
	s.element("p", w.WeightsAbout)
	s.WriteString("<details><summary>JSON</summary><pre id=\"run\">")
	head, err := json.Marshal(r.record)
	if err != nil {
		panic("app: a run's record: " + err.Error()) // it has nothing that JSON hasn't
	}
	s.Write(head[:len(head)-1]) // Marshal leaves no <, > and & in it
	s.WriteString(",\n\"curves\":{\"loss\":")
	s.numbers(r.loss)
	s.WriteString(",\n\"acc\":")
	s.numbers(r.acc)
	s.WriteString("},\n\"weights\":[")
	for i, a := range r.net.Weights {
		if i > 0 {
			s.WriteByte(',')
		}
		shape, _ := json.Marshal(a.Shape)
		fmt.Fprintf(s, "\n{\"name\":%q,\"shape\":%s,\"dtype\":\"float32\",\"base64\":\"", a.Name, shape)
		s.base64(a.Data)
		s.WriteString("\"}")
	}
	s.WriteString("]}\n</pre></details>\n")
}

// numbers writes a JSON array. What JSON hasn't is null.
func (s *sheet) numbers(values []float32) {
	s.WriteByte('[')
	for i, v := range values {
		if i > 0 {
			s.WriteByte(',')
		}
		if x := float64(v); math.IsNaN(x) || math.IsInf(x, 0) {
			s.WriteString("null")
		} else {
			s.Write(strconv.AppendFloat(s.AvailableBuffer(), x, 'g', -1, 32))
		}
	}
	s.WriteByte(']')
	s.rest()
}

// base64 writes bytes, some at a time.
func (s *sheet) base64(data []byte) {
	const piece = 3 << 15
	for len(data) > 0 {
		n := min(piece, len(data))
		s.Write(base64.StdEncoding.AppendEncode(s.AvailableBuffer(), data[:n]))
		data = data[n:]
		s.rest()
	}
}

// floats reads little-endian values, some at a time.
func (s *sheet) floats(data []byte) []float32 {
	values := make([]float32, len(data)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		if i&0xffff == 0 {
			s.rest()
		}
	}
	return values
}

// spread returns statistics of an array.
func spread(values []float32, rest func()) (low, high, mean, std float64) {
	if len(values) == 0 {
		return 0, 0, 0, 0
	}
	low, high = math.Inf(1), math.Inf(-1)
	sum, squares := 0.0, 0.0
	for i, v := range values {
		x := float64(v)
		low, high, sum, squares = min(low, x), max(high, x), sum+x, squares+x*x
		if i&0xffff == 0 {
			rest()
		}
	}
	n := float64(len(values))
	mean = sum / n
	return low, high, mean, math.Sqrt(max(0, squares/n-mean*mean))
}
