package app

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// Query is what the page's address says: which data, how to train, whether to
// begin at once, and what is looked at. It makes a run a link that can be shared.
type Query struct {
	Data     string // a Source's name
	Settings wire.Settings
	Autoplay bool
	Language string // a code of languages; "" for what the browser prefers

	Split wire.Split // the chosen image
	Image int
	Layer string // the chosen layer; "" for the first
	Lens  string // the key of a lens

	Explore bool // the data explorer is open

	// Expect is the beginning of the fingerprint that the run ended with where
	// the link was made; "" if it was made before an end.
	Expect string

	Embed string // the panel to show in a frame; "" for the whole page
	Theme string // "light", "dark" or "auto" for the system's; "" for the visitor's choice
}

// expectLen is how much of a fingerprint a link has, in hex digits.
const expectLen = 12

// parseQuery reads the page's query, given the names of the sources on offer.
// What it can't use it leaves at its default and explains, a sentence each.
// Keys that it doesn't know belong to others.
func parseQuery(values url.Values, sources []string, w *words) (Query, []string) {
	q := Query{Settings: wire.Tutorial(), Lens: lenses[0].key}
	if len(sources) > 0 {
		q.Data = sources[0]
	}
	var problems []string
	bad := func(key, expected, used string) {
		problems = append(problems, w.badSetting(key, values.Get(key), expected, used))
	}
	if values.Has("data") {
		if name := values.Get("data"); slices.Contains(sources, name) {
			q.Data = name
		} else {
			problems = append(problems, w.badData(name, sources, q.Data))
		}
	}
	q.readSettings(values, bad, w)
	if v := values.Get("lang"); v == "" || slices.Contains(languageCodes(), v) {
		q.Language = v
	} else {
		bad("lang", w.oneOf(languageCodes()), w.Code)
	}
	switch v := values.Get("split"); v {
	case "", "train":
	case "test":
		q.Split = wire.TestSplit
	default:
		bad("split", w.ExpectedSplit, "train")
	}
	if v := values.Get("image"); v != "" {
		if n, err := strconv.ParseUint(v, 10, 31); err == nil {
			q.Image = int(n)
		} else {
			bad("image", w.wholeNumber(0, 1<<64-1), "0")
		}
	}
	q.Layer = values.Get("layer")
	if v := values.Get("lens"); slices.Contains(lensKeys(), v) {
		q.Lens = v
	} else if v != "" {
		bad("lens", w.oneOf(lensKeys()), q.Lens)
	}
	if v := values.Get("expect"); len(v) == expectLen && strings.Trim(v, "0123456789abcdef") == "" {
		q.Expect = v
	} else if v != "" {
		bad("expect", fmt.Sprintf(w.ExpectedFingerprint, expectLen), "")
	}
	if v := values.Get("embed"); v == "" || slices.Contains(panelNames(), v) {
		q.Embed = v
	} else {
		q.Embed = wholePanel
		bad("embed", w.oneOf(panelNames()), wholePanel)
	}
	if v := values.Get("theme"); v == "" || isTheme(v) {
		q.Theme = v
	} else {
		bad("theme", w.oneOf(themes), "")
	}
	onOff := func(key string) bool {
		v := values.Get(key)
		if v != "1" && v != "0" && v != "" {
			bad(key, w.Expected01, "0")
		}
		return v == "1"
	}
	q.Explore, q.Autoplay = onOff("explore"), onOff("autoplay")
	return q, problems
}

// Values writes q over the keys of old: what differs from the default is
// said, what doesn't is left out, and keys of others stay.
func (q Query) Values(old url.Values, sources []string) url.Values {
	values := url.Values{}
	for k, v := range old {
		values[k] = v
	}
	put := func(key, value, standard string) {
		values.Del(key)
		if value != standard {
			values.Set(key, value)
		}
	}
	first := ""
	if len(sources) > 0 {
		first = sources[0]
	}
	put("data", q.Data, first)
	q.putSettings(put)
	split, image := "", ""
	if q.Split == wire.TestSplit {
		split = "test"
	}
	if q.Image > 0 {
		image = strconv.Itoa(q.Image)
	}
	put("lang", q.Language, "")
	put("split", split, "")
	put("image", image, "")
	put("layer", q.Layer, "")
	put("lens", q.Lens, lenses[0].key)
	put("expect", q.Expect, "")
	put("embed", q.Embed, "")
	put("theme", q.Theme, "")
	put("explore", formatOn(q.Explore), "")
	put("autoplay", formatOn(q.Autoplay), "")
	return values
}

// formatOn writes what is on or, by default, off.
func formatOn(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// presetKey is the query's for a preset; other settings change it.
const presetKey = "preset"

// readSettings takes the settings from the query. bad is called for what can't
// be used.
func (q *Query) readSettings(values url.Values, bad func(key, expected, used string), w *words) {
	if values.Has(presetKey) {
		if p := presetFor(values.Get(presetKey)); p != nil {
			q.Settings = p.settings()
		} else {
			bad(presetKey, w.oneOf(presetKeys()), presets[0].key)
		}
	}
	for i := range settings {
		f := &settings[i]
		if !values.Has(f.key) {
			continue
		}
		if !f.of(&q.Settings) {
			bad(f.key, fmt.Sprintf(w.Setup.NotOf, optimizerName(q.Settings.Optimizer.Name)), "")
			continue
		}
		s := q.Settings
		text := strings.TrimSpace(values.Get(f.key))
		if text == "" && f.open || !f.take(&s, text) {
			bad(f.key, f.expected(w), f.text(&q.Settings))
			continue
		}
		q.Settings = s
	}
}

// putSettings writes to the query in what the settings differ from their preset,
// or from the tutorial's.
func (q *Query) putSettings(put func(key, value, standard string)) {
	p := presetOf(q.Settings)
	if p == nil {
		p = &presets[0]
	}
	standard := p.settings()
	put(presetKey, p.key, presets[0].key)
	for i := range settings {
		f := &settings[i]
		value := f.text(&q.Settings)
		if !f.of(&q.Settings) {
			put(f.key, "", "")
			continue
		}
		put(f.key, value, f.text(&standard))
		if f.key == "optimizer" {
			takeOptimizer(&standard, value) // whose own numbers are now the standard
		}
	}
}
