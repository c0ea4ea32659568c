package app

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// graded is an evaluation of ten images of four classes, of which class 2 is never
// answered and class 3 shown by no image:
//
//	       answer 0  1  2  3
//	label 0       2  1  0  1
//	label 1       0  3  0  0
//	label 2       1  2  0  0
//	label 3       0  0  0  0
func graded() *wire.Evaluation {
	return &wire.Evaluation{Step: 4, Classes: 4,
		Labels:      []byte{0, 1, 2, 0, 1, 2, 0, 1, 2, 0},
		Answers:     []byte{0, 1, 1, 1, 1, 0, 0, 1, 1, 3},
		Confidences: []float32{.9, .8, .55, .6, .95, .7, .99, 1, .5, .4},
		Losses:      []float32{.1, .2, 3, 2, .05, 1.5, .01, 0, 4, 2}}
}

func TestReport(t *testing.T) {
	r := newReport(graded())
	if got := r.accuracy.Value(); got != 0.5 {
		t.Errorf("accuracy %v", got)
	}
	if got := r.images(confusion{2, 1}); !slices.Equal(got, []int{8, 2}) {
		t.Errorf("the images of a cell are %v, expected the worst first", got)
	}
	if got := r.images(confusion{3, 3}); len(got) != 0 {
		t.Errorf("an empty cell has images %v", got)
	}
	if got := r.worst; !slices.Equal(got, []int{8, 2, 3, 9, 5, 1, 0, 4, 6, 7}) {
		t.Errorf("the worst are %v", got)
	}
	if got, want := fmt.Sprint(r.mistakes(8)), "[{2 1} {0 1} {0 3} {2 0}]"; got != want {
		t.Errorf("mistakes %v, expected %v", got, want)
	}
	if got, want := fmt.Sprint(r.mistakes(1)), "[{2 1}]"; got != want {
		t.Errorf("the first mistake is %v, expected %v", got, want)
	}
	// Two thirds of a row is the largest wrong share, and the scale ends with 0.8.
	for c, want := range map[confusion]string{{2, 1}: "e7", {0, 1}: "e3", {0, 2}: "e0", {0, 0}: "d4", {1, 1}: "d8", {2, 2}: "d0", {3, 3}: "d0", {3, 0}: "e0"} {
		if got := r.shadeOf(c); got != want {
			t.Errorf("cell %v has the shade %s, expected %s", c, got, want)
		}
	}
}

// evaluatedDesk is a desk with an evaluation to show.
func evaluatedDesk(t *testing.T, names ...string) (*desk, *fakeSession) {
	d, sessions := opened(t, "lens=evaluation")
	d.handle(drawable)
	d.handle(&wire.Loaded{Name: "mnist", Title: "MNIST", TrainN: 60, TestN: 10, SampleShape: []int{1, 6, 6}, Classes: names,
		TrainPerClass: []int{9, 9, 9, 9}, TestPerClass: []int{4, 3, 3, 0}})
	d.handle(&wire.Progress{State: wire.Done, Step: 4})
	d.handle(graded())
	return d, (*sessions)[0]
}

// The table has every count, heads for all classes, whatever they are called,
// and one tab stop.
func TestConfusionTable(t *testing.T) {
	names := []string{"T-shirt & top", "<b>", `"x"`, "4"}
	d, _ := evaluatedDesk(t, names...)
	root := rendered(t, d)
	var table *html.Node
	for _, n := range find(root, "aria-labelledby", "confusion-heading") {
		table = n
	}
	if table == nil || table.Data != "table" || text(byID(t, root, "confusion-heading")) != "Confusion matrix" {
		t.Fatal("there is no table with that name")
	}
	var heads, cells []string
	for n := range table.Descendants() {
		switch n.Data {
		case "th":
			heads = append(heads, attr(n, "scope")+" "+text(n))
		case "td":
			if n.Parent.Parent.Data == "tbody" {
				cells = append(cells, text(n))
			}
		}
	}
	var want []string
	for _, scope := range []string{"col", "row"} {
		for _, name := range names {
			want = append(want, scope+" "+name)
		}
	}
	if !slices.Equal(heads, want) {
		t.Errorf("heads %q, expected %q", heads, want)
	}
	if got, want := strings.Join(cells, ","), "2,1,0,1,0,3,0,0,1,2,0,0,0,0,0,0"; got != want {
		t.Errorf("cells %s, expected %s", got, want)
	}
	if stops := find(table, "tabindex", "0"); len(stops) != 1 {
		t.Errorf("%d tab stops", len(stops))
	}
	if got := find(table, "aria-label", `Label "x", answer <b>: 2 images`); len(got) != 1 || got[0].Data != "button" {
		t.Errorf("%d buttons for the cell of two images", len(got))
	}
	if got := find(table, "aria-label", `Label T-shirt & top, answer 4: 1 image`); len(got) != 1 {
		t.Errorf("%d buttons for the cell of one image", len(got))
	}
}

// Of many classes the table has a part, and says where in the whole it is.
func TestConfusionTablePart(t *testing.T) {
	e := &wire.Evaluation{Classes: 256, Labels: []byte{255, 255, 3}, Answers: []byte{230, 230, 3}, Confidences: []float32{1, 1, 1}, Losses: []float32{9, 9, 0}}
	p := part{}.within(e.Classes)
	if at := (confusion{tableSide - 1, 0}); p.around(at, e.Classes) != p {
		t.Errorf("another part for the cell %v, which it has", at)
	}
	p = p.around(confusion{255, 230}, e.Classes)
	if want := (confusion{256 - tableSide, 230 - tableSide/2}); p.First != (part{want, 0}).within(256).First || !p.has(confusion{255, 230}) || p.has(confusion{255, 213}) {
		t.Fatalf("around the cell 255, 230 the part is %v", p)
	}
	root, err := html.Parse(strings.NewReader(confusionTable(newReport(e), english, strconv.Itoa, p, p.nearest(confusion{}), true)))
	if err != nil {
		t.Fatal(err)
	}
	cells, sum := 0, 0
	for n := range root.Descendants() {
		if n.Data == "td" && n.Parent.Parent.Data == "tbody" {
			count, err := strconv.Atoi(text(n))
			if err != nil {
				t.Fatal(err)
			}
			cells++
			sum += count
		}
	}
	if cells != tableSide*tableSide || sum != 2 || len(find(root, "tabindex", "0")) != 1 {
		t.Errorf("%d cells with %d images and %d tab stops", cells, sum, len(find(root, "tabindex", "0")))
	}
	if rows := find(root, "aria-rowindex", "257"); len(rows) != 1 || len(find(root, "aria-rowcount", "257")) != 1 || len(find(rows[0], "aria-colindex", "232")) != 1 {
		t.Errorf("the last of 256 rows is not the 257th with the names', or has no 232nd column")
	}
	if got := p.within(10); got != (part{N: 10}) {
		t.Errorf("of ten classes the part is %v", got)
	}
}

// What is undefined is said to be, in the table and below it, and what stands
// anywhere is a number, or a dash.
func TestEvaluationView(t *testing.T) {
	d, _ := evaluatedDesk(t)
	root := rendered(t, d)
	expectText(t, root, "evaluation-said", "10 test images, read by the network after step 4.")
	expectText(t, root, "evaluation-undefined", "Never answered: 2. There is no precision of what was never answered. "+
		"Without test images: 3. There is no recall of what no image shows. What is undefined (–) is left out of the means.")
	rows := func(id string) (list []string) {
		for n := range byID(t, root, id).Descendants() {
			if n.Data == "tr" {
				var cells []string
				for c := range n.ChildNodes() {
					if c.Type == html.ElementNode {
						cells = append(cells, text(c))
					}
				}
				list = append(list, strings.Join(cells, " | "))
			}
		}
		return list
	}
	want := []string{
		"class | images | answers | precision | recall | F1",
		"0 | 4 | 3 | 0.6667 | 0.5000 | 0.5714",
		"1 | 3 | 6 | 0.5000 | 1.0000 | 0.6667",
		"2 | 3 | 0 | – | 0.0000 | 0.0000",
		"3 | 0 | 1 | 0.0000 | – | 0.0000",
		"mean (macro) | 10 | 10 | 0.3889 | 0.5000 | 0.3095",
	}
	if got := rows("evaluation-classes"); !slices.Equal(got, want) {
		t.Errorf("scores\n%s, expected\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	figures := rows("evaluation-figures")
	for i, want := range []string{"| accuracy | loss", "right; 95% confidence interval 0.2366 to 0.7634 | 0.5000 | 1.2860", "| 0.2500 | 1.3863", "4 of 10 | 0.4000 | –"} {
		if !strings.HasSuffix(figures[i], want) {
			t.Errorf("row %d of the figures is %q, expected to end with %q", i, figures[i], want)
		}
	}
	bins := rows("evaluation-bins")
	if len(bins) != 11 || bins[1] != "0.0–0.1 | 0 | – | – | –" || bins[10] != "0.9–1.0 | 3 | 0.9800 | 1.0000 | +0.0200" {
		t.Errorf("the bins are %q", bins)
	}
	for _, s := range readable(root) {
		if strings.Contains(s, "NaN") {
			t.Errorf("the page says %q", s)
		}
	}
	if n := len(find(root, "id", "cell-gallery")); n != 0 {
		t.Error("a cell is open")
	}
	byID(t, root, "top-gallery")

	d.openCell(confusion{2, 1})
	root = rendered(t, d)
	byID(t, root, "cell-gallery")
	if got := text(byID(t, root, "cell-images")); !strings.HasPrefix(got, "Label 2, answer 1: 2 images Images 1 to 2 of 2,") {
		t.Errorf("the open cell says %q", got)
	}

	d.handle(&wire.Progress{State: wire.Training, Step: 9})
	d.handle(&wire.Scoring{Seen: 4, Of: 10})
	root = rendered(t, d)
	expectText(t, root, "evaluation-said", "10 test images, read by the network after step 4.")
	expectText(t, root, "evaluation-moved", "It has moved on since: it is now after step 9.")
	if bar := find(root, "aria-label", "Evaluation"); len(bar) != 1 || attr(bar[0], "aria-valuenow") != "4" {
		t.Errorf("%d progress bars", len(bar))
	}
}

// Without test images there is nothing to press, and the page says why.
func TestEvaluationWithoutTest(t *testing.T) {
	d, _ := opened(t, "lens=evaluation")
	d.handle(drawable)
	if !disabled(byID(t, rendered(t, d), "evaluate")) {
		t.Error("Evaluate can be pressed before there are data")
	}
	d.handle(&wire.Loaded{Name: "mnist", TrainN: 60, SampleShape: []int{1, 6, 6}, Classes: []string{"0", "1"}, TrainPerClass: []int{1, 1}, TestPerClass: []int{0, 0}})
	root := rendered(t, d)
	if alert := byID(t, root, "evaluation-none"); attr(alert, "role") != "alert" || !disabled(byID(t, root, "evaluate")) {
		t.Error("without test images nothing is said, or Evaluate can be pressed")
	}
}

// Of a network that answers NaN there are no figures anywhere, but words.
func TestNoNumbers(t *testing.T) {
	nan := float32(math.NaN())
	for _, w := range languages {
		d, _ := evaluatedDesk(t, "a", "b", "c", "d")
		d.Words = w
		e := graded()
		for i := range e.Labels {
			e.Answers[i], e.Confidences[i], e.Losses[i] = 0, nan, nan
		}
		said := sentences(w.Health.NoNumbers, w.Health.TrySmaller)
		d.handle(e)
		stroke(d, seven...)
		d.sayLabel(0)
		d.keep()
		stroke(d, seven...)
		d.handle(&wire.Predictions{Number: d.Pad.number, Step: 4, KeptStep: 4, N: 2, Probs: []float32{nan, nan, nan, nan, nan, nan, nan, nan}})
		root := rendered(t, d)
		if got := text(byID(t, root, "evaluation-no-numbers")); got != said {
			t.Errorf("%s: the evaluation says %q, expected %q", w.Name, got, said)
		}
		if len(find(root, "id", "evaluation-figures"))+len(find(root, "class", "evaluation-table"))+len(find(root, "class", "mistake")) > 0 {
			t.Errorf("%s: there are figures of NaN", w.Name)
		}
		expectText(t, root, "pad-answer", textNoValue)
		expectText(t, root, "pad-note", said)
		if read, ok := d.keptRead(); read != 0 || !ok || len(find(byID(t, root, "kept"), "class", "wrong")) != 1 {
			t.Errorf("%s: a drawing of class 0 is read by NaN", w.Name)
		}
		for _, shown := range readable(root) {
			if strings.Contains(strings.ReplaceAll(shown, said, ""), "NaN") {
				t.Errorf("%s: the page shows %q", w.Name, shown)
			}
		}
		v := &testMapView{Desk: d}
		v.OnInit()
		d.handle(&wire.TestMap{Step: 4, Layer: "relu_3", Units: 128, N: 10, NoNumbers: true})
		if got := app.HTMLString(v); !strings.Contains(got, html.EscapeString(said)) {
			t.Errorf("%s: the map of the test set says %q", w.Name, got)
		}
		d.handle(graded())
		if d.report() == nil {
			t.Errorf("%s: no figures of an evaluation with numbers", w.Name)
		}
	}
}

// An evaluation belongs to its network and its data; an open cell to its data.
func TestDeskEvaluate(t *testing.T) {
	d, s := evaluatedDesk(t)
	s.sent = nil
	d.evaluate()
	if m := last[*wire.Evaluate](s); m == nil || !m.Now {
		t.Error("Evaluate isn't asked for at once")
	}
	d.handle(&wire.Scoring{Seen: 1, Of: 10})
	d.openCell(confusion{0, 1})
	first := d.report()
	if d.report() != first {
		t.Error("a report is made again")
	}
	s.sent = nil
	d.handle(drawable) // another network
	if d.State.Evaluation != nil || d.State.Scoring != nil || d.report() != nil || d.Cell == nil {
		t.Error("an evaluation outlives its network, or the choice doesn't")
	}
	if m := last[*wire.Evaluate](s); m == nil || m.Now {
		t.Error("a new network is asked at once, or the lens isn't opened again")
	}
	d.handle(graded())
	if r := d.report(); r == nil || r == first {
		t.Error("no report of the new network")
	}
	d.handle(&wire.Scoring{Seen: 1, Of: 10})
	d.lookAway()
	if d.State.Scoring != nil || d.State.Evaluation == nil {
		t.Error("looking away leaves what is under way, or takes what has come")
	}
	d.handle(&wire.Loaded{Name: "digits", TestN: 1})
	if d.State.Evaluation != nil || d.Cell != nil {
		t.Error("an evaluation outlives its data")
	}
}

// The picture has the shades of the table, for up to 256 classes.
func TestPaintConfusion(t *testing.T) {
	report := newReport(graded())
	var r raster
	p := lightPalette
	paintConfusion(&r, report, p)
	if r.W != 160 || r.H != 160 {
		t.Fatalf("a picture of %d x %d", r.W, r.H)
	}
	for c, want := range map[confusion]rgb{{1, 1}: p.Ink, {0, 2}: p.Zero, {3, 3}: p.Zero, {2, 1}: p.above[255*7/8]} {
		if got := colourAt(&r, 40*c.Answer+39, 40*c.Label); got != want {
			t.Errorf("cell %v is %v, expected %v", c, got, want)
		}
	}
	e := &wire.Evaluation{Classes: 256, Labels: []byte{255}, Answers: []byte{0}, Confidences: []float32{1}, Losses: []float32{9}}
	paintConfusion(&r, newReport(e), p)
	if r.W != 256 || colourAt(&r, 0, 255) != p.Positive {
		t.Errorf("of 256 classes a picture of %d, %v in its corner", r.W, colourAt(&r, 0, 255))
	}
}

// Text on every shade of the style sheet has the contrast that WCAG 2.2, 1.4.3
// asks for, and each shade differs from the one before.
func TestShades(t *testing.T) {
	css, err := os.ReadFile("../web/static/inside.css")
	if err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`\.confusion \.([ed])(\d)[^{]*\{ background: color-mix\(in srgb, var\(--(\w+)\) ([\d.]+)%, var\(--paper\)\)`).FindAllSubmatch(css, -1)
	if len(rules) != 2*shades {
		t.Fatalf("%d rules for %d shades of each kind", len(rules), shades)
	}
	before := 0.0
	for _, rule := range rules {
		share, err := strconv.ParseFloat(string(rule[4]), 64)
		if err != nil {
			t.Fatal(err)
		}
		if string(rule[2]) == "1" {
			before = 0
		}
		if share <= before {
			t.Errorf("%s%s is %v%%, the shade before %v%%", rule[1], rule[2], share, before)
		}
		before = share
		for _, p := range []*palette{lightPalette, darkPalette} {
			colour := p.Positive
			if string(rule[3]) == "ink" {
				colour = p.Ink
			}
			a, b := luminance(p.Ink)+0.05, luminance(mix(p.Zero, colour, int(255*share/100)))+0.05
			if ratio := math.Max(a/b, b/a); ratio < 4.5 {
				t.Errorf("text on %s%s has a contrast of %.2f on %s", rule[1], rule[2], ratio, p.Zero.hex())
			}
		}
	}
}

// Tables for other programs.
func TestEvaluationFiles(t *testing.T) {
	r := newReport(graded())
	names := []string{"a", "b,c", `d"e`, "f"}
	class := func(i int) string { return names[i] }
	for name, c := range map[string]struct{ got, want string }{
		"matrix":  {confusionCSV(r, class), "label \\ answer,a,\"b,c\",\"d\"\"e\",f\r\na,2,1,0,1\r\n\"b,c\",0,3,0,0\r\n\"d\"\"e\",1,2,0,0\r\nf,0,0,0,0\r\n"},
		"classes": {classesCSV(r, class), "class,images,answers,precision,recall,f1\r\na,4,3,0.666667,0.500000,0.571429\r\n\"b,c\",3,6,0.500000,1.000000,0.666667\r\n\"d\"\"e\",3,0,,0.000000,0.000000\r\nf,0,1,0.000000,,0.000000\r\n"},
	} {
		if c.got != c.want {
			t.Errorf("%s\n%q, expected\n%q", name, c.got, c.want)
		}
	}
	lines := strings.Split(answersCSV(r, class), "\r\n")
	if len(lines) != 12 || lines[0] != "image,label,answer,probability,loss" || lines[3] != "2,\"d\"\"e\",\"b,c\",0.55,3" {
		t.Errorf("answers %q", lines)
	}
}
