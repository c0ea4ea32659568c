//go:build !js

package app

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"convlens/nn/wire"

	"golang.org/x/net/html"
)

// A desk at the arithmetic of generated digits, trained for three steps.
func explainingDesk(t *testing.T) (d *desk, show func(wire.Explain) *html.Node) {
	t.Helper()
	source, fetch := digitFiles()
	d, until := localDesk(t, "batch=32&lens=arithmetic&autoplay=1", source, fetch)
	until(func() bool { return d.State.Run.State == wire.Done && d.State.Trace != nil && d.State.Trace.Step == 3 })
	return d, func(ask wire.Explain) *html.Node {
		d.turnTo(ask, nil)
		until(func() bool {
			e := d.State.Explained()
			return e != nil && e.Layer == ask.Layer && e.Value == ask.Value && e.Term == ask.Term && d.State.View.Layer.Name == ask.Layer
		})
		return rendered(t, d)
	}
}

// read parses a number as the page writes it.
func read(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(s), minus, "-", 1), 64)
	if err != nil {
		t.Errorf("%q is no number", s)
	}
	return v
}

func readID(t *testing.T, root *html.Node, id string) float64 {
	t.Helper()
	return read(t, text(byID(t, root, id)))
}

// column reads a column of numbers of a table's body.
func column(t *testing.T, table *html.Node, n int) (list []float64) {
	t.Helper()
	for row := range table.Descendants() {
		if row.Data != "tr" || row.Parent.Data != "tbody" {
			continue
		}
		i := 0
		for cell := range row.ChildNodes() {
			if cell.Type != html.ElementNode {
				continue
			}
			if i == n {
				list = append(list, read(t, text(cell)))
			}
			i++
		}
	}
	return list
}

// near compares sums of n numbers rounded to the decimals that the page shows.
func near(t *testing.T, what string, got, want float64, n int) {
	t.Helper()
	if math.Abs(got-want) > float64(n)*0.5e-4+1e-5 {
		t.Errorf("%s is %v, expected %v", what, got, want)
	}
}

func sum(list []float64) (s float64) {
	for _, v := range list {
		s += v
	}
	return s
}

// The numbers on the page add up to what the feature map has.
func TestArithmeticAddsUp(t *testing.T) {
	d, show := explainingDesk(t)
	drawn := func() float64 { return float64(d.State.Maps().Data[d.State.Trace.Value]) }

	for _, layer := range []string{"conv2d_1", "conv2d_2"} {
		out, in := d.State.shapes(layer)
		at := place{7, 10, 12}
		root := show(wire.Explain{Layer: layer, Value: at.number(out), Term: in[0] - 1})
		var patch, kernel, products []float64
		for i := range 3 {
			patch = append(patch, column(t, byID(t, root, "trace-patch-numbers"), i)...)
			kernel = append(kernel, column(t, byID(t, root, "trace-kernel-numbers"), i)...)
			products = append(products, column(t, byID(t, root, "trace-product-numbers"), i)...)
		}
		if len(products) != 9 {
			t.Fatalf("%s: %d products", layer, len(products))
		}
		for i := range products {
			if math.Abs(patch[i]*kernel[i]-products[i]) > 2e-4 {
				t.Errorf("%s: %v × %v = %v", layer, patch[i], kernel[i], products[i])
			}
		}
		all := readID(t, root, "trace-products-sum")
		if in[0] == 1 {
			near(t, "the sum of the products", sum(products), all, 10)
		} else {
			near(t, "the sum of the channel", sum(products), readID(t, root, "trace-channel-sum"), 10)
			channels := 0.0
			buttons := find(byID(t, root, "trace-channels"), "class", "channel number")
			for _, b := range buttons {
				words := strings.Fields(text(b))
				channels += read(t, words[len(words)-1])
			}
			if near(t, "the sum of the channels", channels, all, 33); len(buttons) != 32 || attr(buttons[31], "aria-pressed") == "false" || attr(buttons[30], "aria-pressed") != "false" {
				t.Errorf("%d channels", len(buttons))
			}
		}
		near(t, layer+"'s sum", all+readID(t, root, "trace-bias"), drawn(), 3)
		near(t, layer+"'s value", readID(t, root, "trace-drawn"), drawn(), 1)
		near(t, layer+" after ReLU", readID(t, root, "trace-after"), max(drawn(), 0), 1)
	}

	for _, layer := range []string{"dense_1", "dense_2"} {
		root := show(wire.Explain{Layer: layer, Value: 4})
		table := byID(t, root, "trace-terms")
		x, w, products := column(t, table, 1), column(t, table, 2), column(t, table, 3)
		for i := range products {
			if math.Abs(x[i]*w[i]-products[i]) > 5e-4 {
				t.Errorf("%s: %v × %v = %v", layer, x[i], w[i], products[i])
			}
		}
		listed := readID(t, root, "trace-listed-sum")
		near(t, layer+"'s ten largest", sum(products), listed, 11)
		near(t, layer+"'s sum", listed+readID(t, root, "trace-others")+readID(t, root, "trace-bias"), drawn(), 4)
		near(t, layer+"'s value", readID(t, root, "trace-drawn"), drawn(), 1)
	}

	out, _ := d.State.shapes("max_pooling2d_1")
	root := show(wire.Explain{Layer: "max_pooling2d_1", Value: place{3, 5, 6}.number(out)})
	four := append(column(t, byID(t, root, "trace-pool"), 0), column(t, byID(t, root, "trace-pool"), 1)...)
	if len(four) != 4 {
		t.Errorf("%d values under the pool's window", len(four))
	}
	near(t, "the largest", max(four[0], four[1], four[2], four[3]), drawn(), 1)

	root = show(wire.Explain{Layer: "softmax_1", Value: 6})
	table := byID(t, root, "trace-terms")
	logits, exps, probs := column(t, table, 1), column(t, table, 2), column(t, table, 3)
	for i := range logits {
		near(t, "exp", exps[i], math.Exp(logits[i]-float64(d.State.Trace.Top)), 3)
		near(t, "the probability", probs[i], float64(d.State.View.Probs[i]), 1)
	}
	near(t, "the sum of exp", sum(exps), readID(t, root, "trace-sum"), 11)

	for _, layer := range []string{"relu_1", "dropout_1", "flatten_1", "relu_3"} {
		root := show(wire.Explain{Layer: layer, Value: 100})
		near(t, layer+"'s value", readID(t, root, "trace-drawn"), drawn(), 1)
	}
	if got := text(byID(t, root, "arithmetic-readout")); !strings.HasPrefix(got, "softmax_1, unit 6 = ") {
		t.Errorf("the readout is %q", got)
	}
}

// The last step of a weight is on the page with its formulas' numbers, which come
// out as they say.
func TestArithmeticStep(t *testing.T) {
	source, fetch := digitFiles()
	d, until := localDesk(t, "batch=32&lens=arithmetic", source, fetch)
	until(func() bool { return d.loaded && d.State.Trace != nil })
	root := rendered(t, d)
	if len(find(root, "id", "step-none")) != 1 || len(find(root, "id", "step-formulas")) != 0 {
		t.Error("there is a step before the first")
	}
	d.do(actTrain)
	until(func() bool {
		return d.State.Run.State == wire.Done && d.State.Trace.Step == 3
	})
	root = rendered(t, d)
	u := d.State.Trace.Last
	if got, want := text(byID(t, root, "step-number")), "Training step 3"; got != want || u.Step != 3 {
		t.Errorf("%q, expected %q", got, want)
	}
	if got, want := text(byID(t, root, "step-weight")), "conv2d_1 kernel[0, 0, 0, 0]"; got != want {
		t.Errorf("the weight is %q, expected %q", got, want)
	}
	if got, want := text(byID(t, root, "step-change")), fmt.Sprintf("w ← w − lr·d = %s − 1 × %s = %s", digits(u.Before), factor(u.Delta), digits(u.After)); got != want {
		t.Errorf("the change is %q, expected %q", got, want)
	}
	_, filled, _ := strings.Cut(text(byID(t, root, "step-mean-square")), "g² = ")
	var f [5]float64
	fields := strings.FieldsFunc(filled, func(r rune) bool { return strings.ContainsRune("×+= ", r) })
	if len(fields) != 5 {
		t.Fatalf("the mean square is %q", filled)
	}
	for i := range f {
		f[i] = read(t, strings.ReplaceAll(fields[i], minus, "-"))
	}
	if got := f[0]*f[1] + f[2]*f[3]; math.Abs(got-f[4]) > 1e-4*f[4] || f[4] == 0 {
		t.Errorf("%q comes to %v", filled, got)
	}
}

// So are the steps of the other optimisers, at the rate that the schedule has come
// to. Muon's is another one for weights of dense layers.
func TestArithmeticStepOf(t *testing.T) {
	for _, tt := range []struct {
		optimizer, layer string
		formulas         []string // those that are sums of products
	}{
		{"adadelta", "conv2d_2", []string{"mean-square", "mean-delta", "change"}},
		{"sgd", "conv2d_2", []string{"momentum", "change"}},
		{"adam", "conv2d_2", []string{"mean", "mean-square"}},
		{"muon", "conv2d_2", []string{"momentum", "change"}},
		{"muon", "dense_1", []string{"mean", "mean-square"}},
	} {
		source, fetch := digitFiles()
		d, until := localDesk(t, "batch=32&onecycle=1&lr=0.01&lens=arithmetic&layer="+tt.layer+"&optimizer="+tt.optimizer, source, fetch)
		until(func() bool { return d.loaded && d.State.Trace != nil })
		d.do(actTrain)
		until(func() bool { return d.State.Run.State == wire.Done && d.State.Trace.Step == 3 })
		root, u, name := rendered(t, d), d.State.Trace.Last, tt.optimizer+" of "+tt.layer
		for _, id := range tt.formulas {
			_, filled, _ := strings.Cut(text(byID(t, root, "step-"+id)), " = ")
			left, right, _ := strings.Cut(filled, " = ")
			got, size := sumOfProducts(t, left)
			if want := read(t, strings.ReplaceAll(right, minus, "-")); math.Abs(got-want) > 2e-4*size || size == 0 {
				t.Errorf("%s: step-%s: %q comes to %v", name, id, filled, got)
			}
		}
		change := text(byID(t, root, "step-change"))
		if !strings.Contains(change, digits(u.Before)) || !strings.HasSuffix(change, "= "+digits(u.After)) {
			t.Errorf("%s: %q of %+v", name, change, u)
		}
		// The third of three steps is near the end of the cycle.
		if u.Rate <= 0 || u.Rate == 0.01 {
			t.Errorf("%s: a rate of %v", name, u.Rate)
		}
		switch m := u.Moments; {
		case tt.optimizer == "muon" && tt.layer == "conv2d_2":
			if !strings.Contains(text(byID(t, root, "step-orthogonal")), "= "+digits(m[1].After)) {
				t.Errorf("%s: %q", name, text(byID(t, root, "step-orthogonal")))
			}
		case tt.optimizer == "adam" || tt.optimizer == "muon":
			want := float64(u.Before) - float64(u.Rate)*float64(m[0].After)/(math.Sqrt(float64(m[1].After))+1e-7)
			if math.Abs(want-float64(u.After)) > 1e-6 || !strings.Contains(change, digits(u.Rate)+" × "+factor(m[0].After)+" / (√"+digits(m[1].After)) {
				t.Errorf("%s: %q, expected %v", name, change, want)
			}
		}
	}
}

// sumOfProducts is what such a text comes to, and its largest part.
func sumOfProducts(t *testing.T, filled string) (sum, size float64) {
	t.Helper()
	for _, term := range strings.Split(strings.ReplaceAll(filled, " − ", " + − "), " + ") {
		product := 1.0
		if strings.HasPrefix(term, "− ") {
			product, term = -1, term[len("− "):]
		}
		for _, f := range strings.Split(term, " × ") {
			product *= read(t, strings.ReplaceAll(strings.Trim(f, "()"), minus, "-"))
		}
		sum, size = sum+product, max(size, math.Abs(product))
	}
	return sum, size
}

// Stepping leads to the value in the layer before, and back.
func TestArithmeticSteps(t *testing.T) {
	d, show := explainingDesk(t)
	show(wire.Explain{Layer: "max_pooling2d_1", Value: 1000})
	e := d.State.Trace
	winner := e.Terms[e.Winner]
	d.stepInto(winner.From)
	if d.Ask != (wire.Explain{Layer: "relu_2", Value: winner.From}) || d.Layer != "relu_2" || len(d.Trail) != 1 {
		t.Errorf("asked for %+v after %v", d.Ask, d.Trail)
	}
	d.stepInto(winner.From)
	if d.Ask.Layer != "conv2d_2" || len(d.Trail) != 2 {
		t.Errorf("asked for %+v after %v", d.Ask, d.Trail)
	}
	d.stepBack()
	d.stepBack()
	d.stepBack()
	if d.Ask != (wire.Explain{Layer: "max_pooling2d_1", Value: 1000}) || len(d.Trail) != 0 {
		t.Errorf("back at %+v after %v", d.Ask, d.Trail)
	}
	show(wire.Explain{Layer: "conv2d_1", Value: 5})
	d.stepInto(3)
	if d.Ask.Layer != "conv2d_1" {
		t.Error("stepped into the image")
	}
	if d.chooseLayer("dense_1"); len(d.Trail) != 0 {
		t.Error("a trail without steps")
	}
	if d.explain(); d.Ask != (wire.Explain{Layer: "dense_1"}) {
		t.Errorf("another layer asks for %+v", d.Ask)
	}
}

// What a page is asked goes to the worker only while the lens is chosen, and again
// to a worker that is started anew.
func TestArithmeticCommands(t *testing.T) {
	d, sessions := opened(t, "")
	model := &wire.Model{InputShape: []int{1, 28, 28}, Layers: []wire.LayerInfo{{Name: "conv2d_1", Type: "Conv2D", OutShape: []int{32, 26, 26}}}}
	d.handle(model)
	(*sessions)[0].take()
	d.explain()
	expectSent(t, (*sessions)[0])
	d.chooseLens(lensArithmetic)
	d.explain()
	d.askValue(17)
	d.askValue(17)
	d.askTerm(3)
	expectSent(t, (*sessions)[0], "Explain", "Explain", "Explain")
	d.handle(&wire.Failed{Fatal: true})
	d.startAgain()
	(*sessions)[1].take()
	d.handle(model)
	expectSent(t, (*sessions)[1], "Explain")
	if d.Ask != (wire.Explain{Layer: "conv2d_1", Value: 17, Term: 3}) {
		t.Errorf("asked for %+v", d.Ask)
	}
	d.lookAway()
	expectSent(t, (*sessions)[1], "LookAway")
}

// A trace of another network is not shown.
func TestExplained(t *testing.T) {
	model := func(channels int) *wire.Model {
		return &wire.Model{InputShape: []int{1, 6, 6}, Layers: []wire.LayerInfo{{Name: "conv2d_1", OutShape: []int{channels, 4, 4}}}}
	}
	trace := func() *wire.Trace {
		return &wire.Trace{Layer: "conv2d_1", Value: 47, Terms: []wire.Term{{From: 35}}, Input: wire.Tensor{Shape: []int{6, 6}, Data: make([]float32, 36)}}
	}
	for _, tt := range []struct {
		name   string
		change func(*wire.Trace)
		there  bool
	}{
		{"as it is", func(*wire.Trace) {}, true},
		{"another layer", func(e *wire.Trace) { e.Layer = "dense_1" }, false},
		{"a value too many", func(e *wire.Trace) { e.Value = 48 }, false},
		{"no terms", func(e *wire.Trace) { e.Terms = nil }, false},
		{"from outside", func(e *wire.Trace) { e.Terms[0].From = 36 }, false},
		{"no winner", func(e *wire.Trace) { e.Winner = 1 }, false},
		{"a smaller image", func(e *wire.Trace) { e.Input = wire.Tensor{Shape: []int{5, 5}, Data: make([]float32, 25)} }, false},
		{"a torn image", func(e *wire.Trace) { e.Input.Data = e.Input.Data[1:] }, false},
		{"no image", func(e *wire.Trace) { e.Input = wire.Tensor{} }, true},
	} {
		var s State
		s.Apply(model(3))
		e := trace()
		tt.change(e)
		s.Apply(e)
		if got := s.Explained() != nil; got != tt.there {
			t.Errorf("%s: shown %v", tt.name, got)
		}
	}
	var s State
	s.Apply(trace())
	if s.Explained() != nil {
		t.Error("shown without a network")
	}
}

func TestPlaces(t *testing.T) {
	for _, shape := range [][]int{{3, 4, 5}, {60}} {
		for i := range 60 {
			if got := placeOf(shape, i).number(shape); got != i {
				t.Errorf("%v: value %d comes back as %d", shape, i, got)
			}
		}
	}
	if got := placeOf([]int{3, 4, 5}, 33); got != (place{1, 2, 3}) {
		t.Errorf("value 33 of (3, 4, 5) is at %v", got)
	}
}

// Every layer's arithmetic is told in every language, with ids that are there once.
func TestArithmeticWords(t *testing.T) {
	d, show := explainingDesk(t)
	for _, layer := range d.State.Model.Layers {
		show(wire.Explain{Layer: layer.Name, Value: 2})
		for _, w := range languages {
			d.speak(w)
			root := rendered(t, d)
			shown := readable(byID(t, root, "arithmetic"))
			for _, s := range shown {
				if strings.Contains(s, "%!") || strings.Contains(s, "%[") {
					t.Errorf("%s, %s: %q is filled in wrongly", w.Name, layer.Name, s)
				}
				for name, text := range texts(english) {
					if w != english && len(text) > 12 && s == text && texts(w)[name] != text {
						t.Errorf("%s, %s: %s is still %q", w.Name, layer.Name, name, text)
					}
				}
			}
			seen := map[string]bool{}
			for n := range root.Descendants() {
				id := attr(n, "id")
				if id != "" && seen[id] {
					t.Errorf("%s: two elements have the id %s", layer.Name, id)
				}
				seen[id] = true
				if attr(n, "style") != "" {
					t.Errorf("%s: %s has a style attribute", layer.Name, n.Data)
				}
			}
		}
	}
}
