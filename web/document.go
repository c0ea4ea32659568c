package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// finishDocument takes the document go-app rendered and returns it
//
//   - with attributes in alphabetical order, for go-app's order is random;
//   - without boolean attributes that are "false", which HTML takes for true;
//   - with the "true" of ARIA attributes, which go-app leaves out;
//   - with canonical and preview addresses below url, or without them if it is
//     empty, for go-app makes "https://" of them;
//   - with the content security policy;
//   - with words for those whose browser can't run the page (words.go).
func finishDocument(document []byte, url string) ([]byte, error) {
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		return nil, fmt.Errorf("web: the page's HTML: %w", err)
	}
	var dropped []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
			return a.Val == "false" && booleans[a.Key]
		})
		for i, a := range n.Attr {
			if a.Val == "" && strings.HasPrefix(a.Key, "aria-") {
				n.Attr[i].Val = "true"
			}
		}
		slices.SortStableFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
		switch {
		case n.DataAtom == atom.Head:
			n.InsertBefore(policyNode(), n.FirstChild)
		case n.DataAtom == atom.Body:
			addWords(n)
		case isAddress(n) && url == "":
			dropped = append(dropped, n)
		case isAddress(n):
			setAddress(n, url)
			if attr(n, "property") == "og:image" {
				addPreview(n)
			}
		}
	}
	for _, n := range dropped {
		n.Parent.RemoveChild(n)
	}
	var out bytes.Buffer
	if err := html.Render(&out, root); err != nil {
		return nil, fmt.Errorf("web: the page's HTML: %w", err)
	}
	return out.Bytes(), nil
}

// booleans are the attributes whose presence alone means true.
var booleans = map[string]bool{
	"autofocus": true, "checked": true, "disabled": true, "hidden": true,
	"multiple": true, "open": true, "readonly": true, "required": true, "selected": true,
}

// isAddress reports whether n tells the world where the page or its picture is.
func isAddress(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Link:
		return attr(n, "rel") == "canonical"
	case atom.Meta:
		property := attr(n, "property")
		return property == "og:url" || property == "og:image"
	}
	return false
}

// setAddress makes an absolute address of what isAddress found.
func setAddress(n *html.Node, url string) {
	if attr(n, "property") == "og:image" {
		url += previewName
	}
	for i := range n.Attr {
		if key := n.Attr[i].Key; key == "content" || key == "href" {
			n.Attr[i].Val = url
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// policyNode returns the element that tells the browser the content policy. It
// stands first, as it holds for what follows it.
func policyNode() *html.Node {
	return element(atom.Meta,
		html.Attribute{Key: "content", Val: contentPolicy}, html.Attribute{Key: "http-equiv", Val: "Content-Security-Policy"})
}

// addWords puts what there is to say without the app at the end of the body:
// go-app puts the app in the place of the first element. The words for browsers
// that do run scripts are hidden; static/support.js shows one of them.
func addWords(body *html.Node) {
	words := func(text string, more ...html.Attribute) *html.Node {
		p := element(atom.P, append(more, html.Attribute{Key: "class", Val: "unable"})...)
		p.AppendChild(&html.Node{Type: html.TextNode, Data: text})
		return p
	}
	hidden := func(id, text string) *html.Node {
		return words(text, html.Attribute{Key: "hidden"}, html.Attribute{Key: "id", Val: id})
	}
	noscript := element(atom.Noscript)
	noscript.AppendChild(words(textNoScript))
	body.AppendChild(noscript)
	body.AppendChild(hidden("no-webassembly", textNoWebAssembly))
	body.AppendChild(hidden("no-program", textNoProgram))
}

// addPreview says after the address of the preview what it shows, and that it is
// to be shown large.
func addPreview(image *html.Node) {
	for _, m := range [][3]string{
		{"name", "twitter:card", "summary_large_image"},
		{"property", "og:image:alt", textPreview},
		{"property", "og:image:height", strconv.Itoa(previewHeight)},
		{"property", "og:image:width", strconv.Itoa(previewWidth)},
	} {
		n := element(atom.Meta, html.Attribute{Key: "content", Val: m[2]}, html.Attribute{Key: m[0], Val: m[1]})
		image.Parent.InsertBefore(n, image.NextSibling)
	}
}

func element(a atom.Atom, attributes ...html.Attribute) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: a.String(), DataAtom: a, Attr: attributes}
}

// finishManifest returns go-app's manifest with a scope that doesn't claim the
// whole host: one relative to the manifest, as its other addresses are. It has no
// id: browsers resolve that from the top of the host, where two copies of the site
// would be one app; without, an app is told by its start_url.
func finishManifest(manifest []byte) ([]byte, error) {
	var m map[string]any
	if err := json.Unmarshal(manifest, &m); err != nil {
		return nil, fmt.Errorf("web: manifest: %w", err)
	}
	m["scope"] = "./"
	return json.MarshalIndent(m, "", "  ")
}
