package app

import (
	"regexp"
	"testing"
)

func TestFill(t *testing.T) {
	const images = "%[1]s: %[2]s {2:image|images}{2:|, all alike}"
	for _, c := range []struct {
		w     *words
		class string
		n     any
		want  string
	}{
		{english, "7", "1", "7: 1 image"},
		{english, "7", "0", "7: 0 images, all alike"},
		{english, "7", "1,001", "7: 1,001 images, all alike"},
		{french, "7", "0", "7: 0 image"},
		{german, "{1:a|b}%d", "11", "{1:a|b}%d: 11 images, all alike"},
	} {
		if got := c.w.fill(images, c.class, c.n); got != c.want {
			t.Errorf("%s, %v: %q, expected %q", c.w.Name, c.n, got, c.want)
		}
	}
	if got := english.fill("%[1]d {1:file|files}", 1); got != "1 file" {
		t.Errorf("a number: %q", got)
	}
}

// What depends on a number says on which, and has a word for one and for more.
func TestPlurals(t *testing.T) {
	whole := regexp.MustCompile(`\{[1-9]:[^{}|]*\|[^{}|]*\}`)
	brace := regexp.MustCompile(`[{}]`)
	for _, w := range languages {
		for name, text := range texts(w) {
			if brace.MatchString(whole.ReplaceAllString(text, "")) {
				t.Errorf("%s: %s is %q", w.Name, name, text)
			}
		}
	}
}
