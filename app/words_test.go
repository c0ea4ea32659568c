package app

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"

	"golang.org/x/net/html"
)

// texts returns a language's texts by their names, with a dot before those of a
// view with words of its own.
func texts(w *words) map[string]string {
	m := map[string]string{}
	var add func(prefix string, v reflect.Value)
	add = func(prefix string, v reflect.Value) {
		for field, value := range v.Fields() {
			if field.Anonymous { // no text
				continue
			}
			if value.Kind() == reflect.Struct { // of a topic
				add(prefix+field.Name+".", value)
				continue
			}
			m[prefix+field.Name] = value.String()
		}
	}
	add("", reflect.ValueOf(*w))
	return m
}

var verbs = regexp.MustCompile(`%[^%]*?[a-zA-Z%]`)

// Every language has every text, with the same values to fill in.
func TestWordsComplete(t *testing.T) {
	wanted := texts(english)
	for _, w := range languages {
		for name, text := range texts(w) {
			if text == "" {
				t.Errorf("%s: %s is missing", w.Name, name)
				continue
			}
			got, want := verbs.FindAllString(text, -1), verbs.FindAllString(wanted[name], -1)
			slices.Sort(got)
			slices.Sort(want)
			got, want = slices.Compact(got), slices.Compact(want) // a plural may repeat them
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s fills in %q, English %q", w.Name, name, got, want)
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		wanted []string
		code   string
	}{
		{nil, "en"},
		{[]string{"", "", "la"}, "en"},
		{[]string{"fr"}, "fr"},
		{[]string{"DE-at", "fr"}, "de"},
		{[]string{"", "zh-Hant", "es-419", "en"}, "es"},
		{[]string{"en-GB", "de"}, "en"},
	} {
		if got := language(c.wanted...).Code; got != c.code {
			t.Errorf("%q gives %s, expected %s", c.wanted, got, c.code)
		}
	}
}

// A page in another language has no English left, of what isn't the same in
// both, in any state in which this desk's views show something.
func TestWordsTranslated(t *testing.T) {
	d := busyDesk(t)
	for _, w := range languages[1:] {
		d.speak(w)
		same := texts(w)
		shown := readable(rendered(t, d))
		for _, text := range shown {
			if strings.Contains(text, "%!") || strings.Contains(text, "%[") {
				t.Errorf("%s: %q is filled in wrongly", w.Name, text)
			}
		}
		for name, text := range texts(english) {
			if len(text) > 12 && same[name] != text && !verbs.MatchString(text) && slices.Contains(shown, text) {
				t.Errorf("%s: %s is still %q", w.Name, name, text)
			}
		}
	}
	d.speak(english)
	if shown := readable(rendered(t, d)); !slices.Contains(shown, english.Lead) || !slices.Contains(shown, english.NextReset) {
		t.Error("the desk shows too little to tell")
	}
}

// busyDesk is a desk with something in most views.
func busyDesk(t *testing.T) *desk {
	d, _ := opened(t, "epochs=2&seed=5&lens=filters")
	d.handle(&wire.Ready{SIMD: true})
	d.handle(&wire.Model{Layers: []wire.LayerInfo{{Name: "conv2d_1", Type: "Conv2D", OutShape: []int{32, 26, 26}, Params: 320}}, Params: 320})
	d.handle(&wire.Loaded{Name: "mnist", Title: "MNIST", TrainN: 60000, TestN: 10000, Classes: []string{"0"}, TrainPerClass: []int{60000}, TestPerClass: []int{10000}, SampleShape: []int{1, 28, 28}})
	d.handle(&wire.Progress{State: wire.Paused, Step: 3, Seen: 384, Samples: 60000, Epoch: 1, Epochs: 2, FirstStep: 1, StepLoss: []float32{2, 1, 1}, StepAcc: []float32{0, 0, 1}})
	d.openExplorer(true)
	d.handle(&wire.Survey{Train: wire.Half{Labels: make([]byte, 60000), Levels: make([]int, 256)}})
	if err := d.set("batch", "64"); err != nil {
		t.Fatal(err)
	}
	return d
}

// readable returns every text and every spoken attribute of a document.
func readable(root *html.Node) []string {
	var list []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			list = append(list, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "aria-label" || a.Key == "title" || a.Key == "placeholder" || a.Key == "aria-valuetext" {
				list = append(list, a.Val)
			}
		}
	}
	return list
}
