package web

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// embeddingCode returns the texts of the code in embedding.html, blocks and words.
func embeddingCode(t *testing.T) []string {
	t.Helper()
	document, err := copied.ReadFile("root/embedding.html")
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	var code []string
	for n := range root.Descendants() {
		if n.Data == "code" && n.FirstChild != nil {
			code = append(code, n.FirstChild.Data)
		}
	}
	return code
}

// What the generators are tested with is what the page tells people to write.
func TestEmbeddingSnippets(t *testing.T) {
	code := embeddingCode(t)
	shortcode, err := os.ReadFile(filepath.Join("testdata", "docs", "hugo", "layouts", "shortcodes", "convlens.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(code, strings.TrimSpace(string(shortcode))) {
		t.Errorf("the page has another Hugo shortcode than\n%s", shortcode)
	}
	config, err := os.ReadFile(filepath.Join("testdata", "docs", "vitepress", ".vitepress", "config.js"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`["script", { async: "", src: "SITE/embed.js" }]`,
		`vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "convlens-lab" } } },`,
	} {
		told := slices.ContainsFunc(code, func(c string) bool { return strings.Contains(c, part) })
		if !told || !strings.Contains(string(config), part) {
			t.Errorf("%s stands in the page: %t, in the test's configuration: %t", part, told, strings.Contains(string(config), part))
		}
	}
}

// The page tells of every attribute that embed.js knows.
func TestEmbeddingAttributes(t *testing.T) {
	script, err := copied.ReadFile("root/embed.js")
	if err != nil {
		t.Fatal(err)
	}
	known := regexp.MustCompile(`(?:get|has)Attribute\("([a-z]+)"\)`).FindAllSubmatch(script, -1)
	address := regexp.MustCompile(`ADDRESS = \[(.*)\];`).FindSubmatch(script)
	if address == nil || len(known) < 6 {
		t.Fatalf("embed.js asks for %d attributes, and for the list of the address: %t", len(known), address != nil)
	}
	known = append(known, regexp.MustCompile(`"([a-z]+)"`).FindAllSubmatch(address[1], -1)...)
	code := embeddingCode(t)
	for _, name := range known {
		if !slices.Contains(code, string(name[1])) {
			t.Errorf("the page doesn't tell of the attribute %s", name[1])
		}
	}
}
