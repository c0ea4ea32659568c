package app

import (
	"net/url"
	"reflect"
	"strings"
	"testing"

	"convlens/nn/wire"
)

var twoSources = []string{"mnist", "digits"}

func TestParseQueryDefaults(t *testing.T) {
	q, problems := parseQuery(nil, twoSources, english)
	want := Query{Data: "mnist", Lens: "kernels", Settings: wire.Tutorial()}
	if q != want || problems != nil {
		t.Errorf("got %+v, %q, expected %+v", q, problems, want)
	}
}

func TestQueryRoundTrip(t *testing.T) {
	for _, query := range []string{
		"",
		"data=digits",
		"epochs=12&batch=64&seed=7",
		"limit=6000&workers=2",
		"preset=best",
		"preset=best&epochs=3&seed=9&limit=600&workers=1",
		"filters1=8&filters2=16&kernel=5&pool=3&dropout1=0&dropout2=0.4&units=50",
		"optimizer=sgd",
		"optimizer=sgd&lr=0.05&momentum=0.8&onecycle=1",
		"optimizer=adam&lr=0.002&beta1=0.8&beta2=0.99&epsilon=1e-8",
		"lr=0.5&rho=0.9&epsilon=1e-6&shift=2",
		"seed=0",
		"seed=18446744073709551615",
		"autoplay=1",
		"lang=fr",
		"lens=maps",
		"split=test&image=12&layer=conv2d_2&expect=0123456789ab",
		"embed=kernels&theme=dark",
		"embed=all&theme=auto",
		"autoplay=1&batch=1&data=digits&epochs=100&limit=1&seed=2&workers=64",
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		q, problems := parseQuery(values, twoSources, english)
		if problems != nil {
			t.Errorf("%q: %q", query, problems)
		}
		again := q.Values(nil, twoSources)
		if !reflect.DeepEqual(again, values) {
			t.Errorf("%q came back as %q", query, again.Encode())
		}
	}
}

func TestQueryLeavesOutDefaults(t *testing.T) {
	values, _ := url.ParseQuery("data=mnist&epochs=1&batch=128&seed=1&limit=0&autoplay=0")
	q, problems := parseQuery(values, twoSources, english)
	if got := q.Values(nil, twoSources).Encode(); got != "" || problems != nil {
		t.Errorf("got %q, %q, expected nothing", got, problems)
	}
}

func TestQueryKeepsOthersKeys(t *testing.T) {
	old, _ := url.ParseQuery("utm=1&epochs=3")
	q, _ := parseQuery(nil, twoSources, english)
	q.Settings.Seed = 9
	if got := q.Values(old, twoSources).Encode(); got != "seed=9&utm=1" {
		t.Errorf("got %q", got)
	}
	if old.Get("epochs") != "3" {
		t.Error("the old values were changed")
	}
}

func TestParseQueryRejects(t *testing.T) {
	for _, c := range []struct{ query, says string }{
		{"data=cifar", "data=cifar: this site has mnist and digits. Using mnist."},
		{"data=", "data=: this site has mnist and digits. Using mnist."},
		{"epochs=0", "epochs=0: expected a whole number from 1 to 100. Using 1."},
		{"epochs=101", "from 1 to 100"},
		{"epochs=two", "from 1 to 100"},
		{"epochs=", "from 1 to 100"},
		{"epochs=1.5", "from 1 to 100"},
		{"batch=-1", "batch=-1: expected a whole number from 1 to 4,096. Using 128."},
		{"batch=4097", "from 1 to 4,096"},
		{"preset=worst", "preset=worst: expected one of tutorial, best. Using tutorial."},
		{"optimizer=lbfgs", "expected one of adadelta, sgd, adam, muon. Using adadelta."},
		{"momentum=0.9", "momentum=0.9: Adadelta has no such number. Using the default."},
		{"lr=0", "lr=0: expected a number above 0, up to 1000. Using 1."},
		{"lr=NaN", "above 0"},
		{"lr=1e9", "above 0"},
		{"dropout1=1", "dropout1=1: expected a number from 0 to less than 1. Using 0.25."},
		{"dropout1=0.9999999999", "dropout1=0.9999999999: expected a number from 0 to less than 1. Using 0.25."},
		{"rho=0.99999999", "rho=0.99999999: expected a number from 0 to less than 1"},
		{"lr=1e-320", "lr=1e-320: expected a number above 0, up to 1000. Using 1."},
		{"epsilon=1e-300", "epsilon=1e-300: expected a number above 0, up to 1. Using 1e-7."},
		{"dropout2=-0.1", "from 0 to less than 1"},
		{"dropout2=", "from 0 to less than 1"},
		{"kernel=12", "kernel=12: expected a whole number from 1 to 11. Using 3."},
		{"onecycle=yes", "onecycle=yes: expected 0 or 1. Using 0."},
		{"shift=9", "from 0 to 8"},
		{"seed=-1", "seed=-1: expected a whole number from 0 up. Using 1."},
		{"seed=18446744073709551616", "from 0 up"},
		{"limit=1000001", "limit=1000001: expected a whole number from 1 to 1,000,000. Using the default."},
		{"workers=65", "from 1 to 64"},
		{"autoplay=yes", "autoplay=yes: expected 0 or 1"},
		{"lens=x", "lens=x: expected one of kernels, maps, "},
		{"lang=la", "lang=la: expected one of en, de, fr, es. Using en."},
		{"split=both", "split=both: expected train or test"},
		{"image=-1", "image=-1: expected a whole number from 0 up"},
		{"image=x", "image=x: expected"},
		{"expect=<script>", "expected the first 12 digits of a fingerprint"},
		{"theme=blue", "theme=blue: expected one of light, dark, auto. Using the default."},
		{"expect=0123456789AB", "expected the first 12 digits"},
	} {
		values, _ := url.ParseQuery(c.query)
		q, problems := parseQuery(values, twoSources, english)
		if standard, _ := parseQuery(nil, twoSources, english); q != standard {
			t.Errorf("%s: got %+v, expected the defaults", c.query, q)
		}
		if len(problems) != 1 || !strings.Contains(problems[0], c.says) {
			t.Errorf("%s: says %q, expected %q", c.query, problems, c.says)
		}
	}
}

func TestParseQueryWithoutSources(t *testing.T) {
	q, problems := parseQuery(url.Values{"data": {"mnist"}}, nil, english)
	if q.Data != "" || len(problems) != 1 {
		t.Errorf("got %q, %q, expected no data and one problem", q.Data, problems)
	}
}

// A frame that asks for a panel that isn't there shows everything.
func TestParseQueryUnknownPanel(t *testing.T) {
	q, problems := parseQuery(url.Values{"embed": {"kernel"}}, twoSources, english)
	want := "The address says embed=kernel: expected one of " + strings.Join(panelNames(), ", ") + ". Using all."
	if q.Embed != wholePanel || len(problems) != 1 || problems[0] != want {
		t.Errorf("got %q, %q, expected %q", q.Embed, problems, want)
	}
}
