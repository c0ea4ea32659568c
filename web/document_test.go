package web

import (
	"strings"
	"testing"
)

func TestFinishDocument(t *testing.T) {
	const head = `<!doctype html><html><head>`
	tests := []struct {
		name, in, url string
		want          string // part of the result
		not           string // no part of it
	}{
		{"attributes are sorted", `<body><p title="t" id="i" class="c"></p></body>`, "", `<p class="c" id="i" title="t">`, ""},
		{"a false boolean goes", `<body><button disabled="false" aria-pressed="false">b</button></body>`, "", `<button aria-pressed="false">`, "disabled"},
		{"a true boolean stays", `<body><button disabled="">b</button></body>`, "", `<button disabled="">`, ""},
		{"no address, no preview", `<meta property="og:url" content="https://."><meta property="og:title" content="T">`, "", `og:title`, "og:url"},
		{"no address, no canonical", `<link rel="canonical" href="https://."><link rel="icon" href="i">`, "", `rel="icon"`, "canonical"},
		{"address", `<meta property="og:url" content="https://.">`, "https://example.org/a/", `<meta content="https://example.org/a/" property="og:url"/>`, "https://."},
		{"picture", `<meta property="og:image" content="https://">`, "https://example.org/a/", `content="https://example.org/a/preview.png"`, ""},
		{"canonical", `<link rel="canonical" href="https://.">`, "https://example.org/a/", `<link href="https://example.org/a/" rel="canonical"/>`, ""},
		{"the policy comes first", `<meta charset="utf-8">`, "", `<head><meta content="default-src `, ""},
		{"words without JavaScript come last", `<body><main>m</main></body>`, "", `<main>m</main><noscript><p class="unable">` + textNoScript + `</p></noscript>` +
			`<p class="unable" hidden="" id="no-webassembly">`, ""},
		{"ARIA's true is said", `<body><button aria-pressed>b</button></body>`, "", `<button aria-pressed="true">`, ""},
		{"the preview is large", `<meta property="og:image" content="https://">`, "https://example.org/a/", `<meta content="summary_large_image" name="twitter:card"/>`, ""},
	}
	for _, test := range tests {
		got, err := finishDocument([]byte(head+test.in), test.url)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if !strings.Contains(string(got), test.want) {
			t.Errorf("%s: %s in\n%s", test.name, test.want, got)
		}
		if test.not != "" && strings.Contains(string(got), test.not) {
			t.Errorf("%s: still %s in\n%s", test.name, test.not, got)
		}
	}
}

func TestFinishManifestRefusesOtherThings(t *testing.T) {
	if _, err := finishManifest([]byte("404 page not found")); err == nil {
		t.Error("no error for something that isn't JSON")
	}
}
