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

	// Expect is the beginning of the fingerprint that the run ended with where
	// the link was made; "" if it was made before an end.
	Expect string

	Embed string // the panel to show in a frame; "" for the whole page
	Theme string // "light", "dark" or "auto" for the system's; "" for the visitor's choice
}

// expectLen is how much of a fingerprint a link has, in hex digits.
const expectLen = 12

// A setting is a whole number that the query and the settings form share.
// A value of 0 with zero set means "not limited" or "chosen by the machine"
// and is left out of the query.
type setting struct {
	key      string
	min, max uint64
	zero     bool
	get      func(*wire.Settings) uint64
	set      func(*wire.Settings, uint64)
}

// settings are the numbers of wire.Settings in the order they are shown. The
// upper ends keep a typing error from asking for a run of weeks or a batch
// that doesn't fit in the memory of a tab.
var settings = []setting{
	{"epochs", 1, 100, false,
		func(s *wire.Settings) uint64 { return uint64(s.Epochs) },
		func(s *wire.Settings, v uint64) { s.Epochs = int(v) }},
	{"batch", 1, 1024, false,
		func(s *wire.Settings) uint64 { return uint64(s.Batch) },
		func(s *wire.Settings, v uint64) { s.Batch = int(v) }},
	{"seed", 0, 1<<64 - 1, false,
		func(s *wire.Settings) uint64 { return s.Seed },
		func(s *wire.Settings, v uint64) { s.Seed = v }},
	{"limit", 1, 1000000, true,
		func(s *wire.Settings) uint64 { return uint64(s.Limit) },
		func(s *wire.Settings, v uint64) { s.Limit = int(v) }},
	{"workers", 1, 64, true,
		func(s *wire.Settings) uint64 { return uint64(s.Workers) },
		func(s *wire.Settings, v uint64) { s.Workers = int(v) }},
}

// settingFor returns the setting with that key; it panics if there is none.
func settingFor(key string) setting {
	i := slices.IndexFunc(settings, func(f setting) bool { return f.key == key })
	if i < 0 {
		panic("app: no setting " + key)
	}
	return settings[i]
}

// parse reads a value as typed or as in the query.
func (f setting) parse(text string) (v uint64, ok bool) {
	v, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
	return v, err == nil && (v >= f.min && v <= f.max || f.zero && v == 0)
}

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
	for _, f := range settings {
		if !values.Has(f.key) {
			continue
		}
		v, ok := f.parse(values.Get(f.key))
		if !ok {
			bad(f.key, w.wholeNumber(f.min, f.max), f.text(&q.Settings))
			continue
		}
		f.set(&q.Settings, v)
	}
	if v := values.Get("lang"); v == "" || slices.Contains(languageCodes(), v) {
		q.Language = v
	} else {
		bad("lang", fmt.Sprintf(w.ExpectedOneOf, strings.Join(languageCodes(), ", ")), w.Code)
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
		bad("lens", fmt.Sprintf(w.ExpectedOneOf, strings.Join(lensKeys(), ", ")), q.Lens)
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
		bad("embed", fmt.Sprintf(w.ExpectedOneOf, strings.Join(panelNames(), ", ")), wholePanel)
	}
	if v := values.Get("theme"); v == "" || isTheme(v) {
		q.Theme = v
	} else {
		bad("theme", fmt.Sprintf(w.ExpectedOneOf, strings.Join(themes, ", ")), "")
	}
	switch v := values.Get("autoplay"); v {
	case "1":
		q.Autoplay = true
	case "", "0":
	default:
		bad("autoplay", w.Expected01, "0")
	}
	return q, problems
}

// text is the setting's value for people: its number, or "" where 0 stands
// for a choice left open.
func (f setting) text(s *wire.Settings) string {
	v := f.get(s)
	if f.zero && v == 0 {
		return ""
	}
	return strconv.FormatUint(v, 10)
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
	standard := wire.Tutorial()
	for _, f := range settings {
		put(f.key, f.text(&q.Settings), f.text(&standard))
	}
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
	autoplay := ""
	if q.Autoplay {
		autoplay = "1"
	}
	put("autoplay", autoplay, "")
	return values
}
