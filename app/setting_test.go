package app

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
)

// TestSettingsCoverAll changes each number of wire.Settings, one by one, and
// makes sure that the address brings it back.
func TestSettingsCoverAll(t *testing.T) {
	change := func(v reflect.Value) bool {
		switch v.Kind() {
		case reflect.Int:
			v.SetInt(v.Int() + 2)
		case reflect.Uint64:
			v.SetUint(v.Uint() + 2)
		case reflect.Float64:
			v.SetFloat(v.Float() * 0.75)
		case reflect.Bool:
			v.SetBool(!v.Bool())
		default:
			return false
		}
		return true
	}
	var fields func(v reflect.Value, each func(reflect.Value))
	fields = func(v reflect.Value, each func(reflect.Value)) {
		if v.Kind() != reflect.Struct {
			each(v)
			return
		}
		for i := range v.NumField() {
			fields(v.Field(i), each)
		}
	}
	count := 0
	fields(reflect.ValueOf(wire.Settings{}), func(reflect.Value) { count++ })
	for _, o := range optimizers {
		for i := range count {
			s := wire.Tutorial()
			s.Optimizer = o
			n := 0
			changed := false
			fields(reflect.ValueOf(&s).Elem(), func(v reflect.Value) {
				if n == i {
					changed = change(v)
				}
				n++
			})
			if !changed {
				continue
			}
			q := Query{Data: "mnist", Lens: lenses[0].key, Settings: s}
			values := q.Values(nil, twoSources)
			back, problems := parseQuery(values, twoSources, english)
			if back.Settings != s || problems != nil {
				t.Errorf("%s comes back as %+v, %q, expected %+v", values.Encode(), back.Settings, problems, s)
			}
		}
	}
}

func TestPresets(t *testing.T) {
	if s := presets[0].settings(); s != wire.Tutorial() {
		t.Errorf("the default is %+v", s)
	}
	for _, p := range presets {
		s := p.settings()
		if len(optimizers) == 0 || presetOf(s) == nil || presetOf(s).key != p.key {
			t.Errorf("%s is not known by its settings", p.key)
		}
		s.Epochs, s.Seed, s.Limit, s.Workers = 7, 8, 9, 2
		if of := presetOf(s); of == nil || of.key != p.key {
			t.Errorf("%s with another run is %v", p.key, of)
		}
		s.Optimizer.LearningRate /= 2
		if of := presetOf(s); of != nil {
			t.Errorf("%s at another rate is %s", p.key, of.key)
		}
	}
}

// Choosing an optimiser brings its numbers along, all of them.
func TestTakeOptimizer(t *testing.T) {
	s := wire.Tutorial()
	s.Optimizer.OneCycle = true
	for _, want := range []wire.Optimizer{
		{Name: "adam", LearningRate: 0.001, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7, OneCycle: true},
		{Name: "sgd", LearningRate: 0.01, Momentum: 0.9, OneCycle: true},
		{Name: "muon", LearningRate: 0.001, Momentum: 0.95, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7, OneCycle: true},
		{Name: "adadelta", LearningRate: 1, Rho: 0.95, Epsilon: 1e-7, OneCycle: true},
	} {
		if !takeOptimizer(&s, want.Name) || s.Optimizer != want {
			t.Errorf("%+v, expected %+v", s.Optimizer, want)
		}
	}
}

func TestSettingText(t *testing.T) {
	s := wire.Tutorial()
	for _, c := range []struct{ key, text, back string }{
		{"dropout1", "0,3", "0.3"}, {"lr", "1e-3", "0.001"}, {"epsilon", "0.0000001", "1e-7"},
		{"limit", "", ""}, {"limit", "0", ""}, {"limit", "600", "600"}, {"units", "007", "7"},
	} {
		f := settingFor(c.key)
		if !f.take(&s, c.text) || f.text(&s) != c.back {
			t.Errorf("%s=%s comes back as %q, expected %q", c.key, c.text, f.text(&s), c.back)
		}
	}
}

// A network that the data have no room for is explained where it is typed, and
// not taken.
func TestDeskSetUnfit(t *testing.T) {
	d, sessions := opened(t, "")
	small := *loaded
	small.SampleShape = []int{1, 17, 33}
	d.handle(&small)
	s := (*sessions)[0]
	s.take()
	if err := d.set("kernel", "7"); err != nil { // leaves 5 x 21
		t.Fatal(err)
	}
	expectSent(t, s, "Init") // other layers at once
	for _, c := range []struct{ key, text, says string }{
		{"kernel", "11", "conv2d_2 needs 11 × 11 pixels and gets only 7 × 23. Kernels of up to 8 × 8 would fit."},
		{"pool", "6", "max_pooling2d_1 needs 6 × 6 pixels and gets only 5 × 21. Kernels of up to 6 × 6 would fit. A pool of up to 5 × 5 would fit."},
		{"batch", "4096", ""},
		{"filters2", "256", "This would take about 2.9 GB of memory; a tab has room for 2.0 GB. Batches of up to 2,799 would fit."},
	} {
		before := d.Query.Settings
		err := d.set(c.key, c.text)
		switch {
		case c.says == "" && err != nil, c.says != "" && (err == nil || !strings.HasPrefix(err.Error(), c.says)):
			t.Errorf("%s %s: %v, expected %q", c.key, c.text, err, c.says)
		case err != nil && d.Query.Settings != before:
			t.Errorf("%s %s was taken", c.key, c.text)
		}
	}
}

// An address may ask for what can't be had; every change then counts, and the
// first that helps makes the network.
func TestDeskUnfitAddress(t *testing.T) {
	d, sessions := opened(t, url.Values{"units": {"4096"}, "filters2": {"256"}, "batch": {"4096"}}.Encode())
	s := (*sessions)[0]
	s.take()
	if d.unfit() == nil {
		t.Fatal("it fits")
	}
	root := rendered(t, d)
	if got := text(byID(t, root, "settings-unfit")); !strings.HasPrefix(got, "This would take about ") {
		t.Errorf("the page says %q", got)
	}
	if err := d.set("units", "4000"); err != nil {
		t.Errorf("units: %v", err)
	}
	if err := d.set("units", "100"); err != nil {
		t.Errorf("units: %v", err)
	}
	expectSent(t, s)
	if err := d.set("batch", "64"); err != nil {
		t.Errorf("batch: %v", err)
	}
	expectSent(t, s, "Init")
	if text(byID(t, rendered(t, d), "settings-outcome")) == "" {
		t.Error("what the settings come to is not told")
	}
}

// take types a text into a setting's field.
func take(v *controls, key, text string) {
	f := settingFor(key)
	v.take(&f, text)
}

// Counts in a comparison have their thousands apart, seeds are as they are typed.
func TestSettingValue(t *testing.T) {
	s := wire.Tutorial()
	s.Limit, s.Seed, s.Batch, s.Optimizer.LearningRate = 6400, 12345, 1024, 0.5
	for key, want := range map[string]string{"limit": "6\u202f400", "seed": "12345", "batch": "1\u202f024", "lr": "0.5", "epochs": "1"} {
		f := settingFor(key)
		if got := language("de").settingValue(&f, &s); got != want {
			t.Errorf("%s is %q, expected %q", key, got, want)
		}
	}
}

// What was refused is taken once another setting makes room for it, or says what
// keeps it out now; and it says so in the page's language.
func TestRefusedSettings(t *testing.T) {
	d, _ := opened(t, "")
	v := &controls{Desk: d}
	type typed struct{ key, text string }
	for _, c := range []struct {
		typed typed
		says  map[string]string // how the complaints begin
		has   typed
	}{
		{typed{"units", "4096"}, map[string]string{}, typed{"units", "4096"}},
		{typed{"filters2", "256"}, map[string]string{"filters2": "This would take about 8.9 GB"}, typed{"filters2", "32"}},
		{typed{"seed", "x"}, map[string]string{"filters2": "This would take about 8.9 GB", "seed": "expected a whole number"}, typed{"seed", "1"}},
		{typed{"units", "2000"}, map[string]string{"filters2": "This would take about 4.6 GB", "seed": "expected a whole number"}, typed{"filters2", "32"}},
		{typed{"units", "50"}, map[string]string{"seed": "expected a whole number"}, typed{"filters2", "256"}},
		{typed{"seed", "7"}, map[string]string{}, typed{"seed", "7"}},
	} {
		take(v, c.typed.key, c.typed.text)
		for i := range settings {
			key := settings[i].key
			got := v.refused.complaint(d, key)
			if !strings.HasPrefix(got, c.says[key]) || c.says[key] == "" && got != "" {
				t.Errorf("after %v: of %s it says %q, expected %q", c.typed, key, got, c.says[key])
			}
		}
		if got := settingFor(c.has.key).text(&d.Query.Settings); got != c.has.text {
			t.Errorf("after %v: %s is %s, expected %s", c.typed, c.has.key, got, c.has.text)
		}
	}

	take(v, "kernel", "99")
	for _, w := range languages {
		d.speak(w)
		root, err := html.Parse(strings.NewReader(app.HTMLString(v.Render())))
		if err != nil {
			t.Fatal(err)
		}
		expectText(t, root, "set-kernel-wrong", w.wholeNumber(1, wire.MaxKernel))
	}
}

// A preset that was refused is not chosen later, when the visitor has made settings
// of their own.
func TestRefusedPreset(t *testing.T) {
	d, _ := opened(t, "")
	small := *loaded
	small.SampleShape = []int{1, 9, 9}
	d.handle(&small)
	v := &controls{Desk: d, refused: refusals{presetKey: "best", "pool": "6"}}
	take(v, "units", "50")
	if p := presetOf(d.Query.Settings); p != nil || len(v.refused) != 1 || v.refused.complaint(d, "pool") == "" {
		t.Errorf("the preset is %v, refused are %v", p, v.refused)
	}
}

// The form has what there is to set, and the optimiser's own numbers only.
func TestSettingsForm(t *testing.T) {
	d, _ := opened(t, "preset=best")
	root := rendered(t, d)
	for i := range settings {
		f := &settings[i]
		n := byID(t, root, "set-"+f.key)
		hidden := slices.ContainsFunc(n.Parent.Attr, func(a html.Attribute) bool { return a.Key == "hidden" && a.Val != "false" })
		if hidden == f.of(&d.Query.Settings) {
			t.Errorf("%s: hidden is %v", f.key, hidden)
		}
		if f.typed() && attr(n, "value") != f.text(&d.Query.Settings) {
			t.Errorf("%s shows %q", f.key, attr(n, "value"))
		}
	}
	want := "1 epoch · batch 48 · seed 1 · Muon, lr "
	if got := text(byID(t, root, "settings-summary")); !strings.HasPrefix(got, want) {
		t.Errorf("the summary is %q, expected %q...", got, want)
	}
}
