package app

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
)

// A sheet is an HTML document to be saved: everything is in it, it asks nobody
// for anything and runs no script, which its content security policy holds it
// to. Pictures are drawn for a light ground.
type sheet struct {
	bytes.Buffer
	png  func(*raster) string // a data URI
	rest func()               // is called between the pieces of long work
}

const sheetStyle = `
body { max-width: 1200px; margin: 0 auto; padding: 24px; background: #fff; color: #1b1f24; font: 16px/1.5 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.25; margin: 32px 0 8px; overflow-wrap: anywhere; }
h1 { margin-top: 0; }
p { max-width: 76ch; }
p, figure, pre, dl { margin: 8px 0; }
img { image-rendering: pixelated; max-width: 100%; outline: 1px solid #dde1e6; }
figcaption, .faint { color: #58616c; font-size: 13px; }
pre, .number, table { font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; }
caption { text-align: left; color: #58616c; }
th, td { padding: 0 16px 0 0; text-align: left; font-weight: 400; }
.right { text-align: right; }
.scroll, .summary, .evaluation-table { overflow-x: auto; }
dl { display: grid; grid-template-columns: minmax(0, max-content) minmax(50%, 1fr); gap: 0 16px; }
dt { color: #58616c; overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
.kernels { display: flex; flex-wrap: wrap; gap: 8px; }
.kernels figure { margin: 0; max-width: 100%; }
.kernels figcaption { font-size: 10px; }
.kernels img { display: block; }
.kernels pre { margin: 0; font-size: 9px; line-height: 1.3; white-space: pre; overflow-x: auto; }
.chart-picture { max-width: 100%; height: auto; font: 11px system-ui, sans-serif; }
.chart-picture text { fill: #58616c; }
.chart-picture .end { text-anchor: end; }
.chart-picture .middle { text-anchor: middle; }
.chart-picture .rule { stroke: #dde1e6; }
.chart-picture .chance { stroke: #868f99; stroke-dasharray: 2 4; }
.chart-picture .dots { fill: none; stroke: #00756b; stroke-width: 2; stroke-linecap: round; opacity: 0.4; }
.chart-picture .curve { fill: none; stroke: #00756b; stroke-width: 1.75; }
.chart-picture .val { fill: #fff; stroke: #8e2a7e; stroke-width: 2; }
.chart-picture .curve-value { fill: #00756b; }
.chart-picture .val-value { fill: #8e2a7e; }
`

// begin writes all that stands before the text.
func (s *sheet) begin(language, title string) {
	s.WriteString("<!doctype html>\n<html lang=\"" + language + "\">\n<meta charset=\"utf-8\">\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + html.EscapeString(title) + "</title>\n" +
		"<style>" + sheetStyle + "</style>\n")
	s.element("h1", title)
}

// element writes an element with text in it.
func (s *sheet) element(tag, text string) {
	s.WriteString("<" + tag + ">" + html.EscapeString(text) + "</" + tag + ">\n")
}

// facts writes a list of names and values.
func (s *sheet) facts(pairs [][2]string) {
	s.WriteString("<dl>\n")
	for _, p := range pairs {
		s.element("dt", p[0])
		s.element("dd", p[1])
	}
	s.WriteString("</dl>\n")
}

// picture writes a picture, enlarged by a whole number.
func (s *sheet) picture(r *raster, scale int, alt string) {
	fmt.Fprintf(s, `<img src="%s" width="%d" height="%d" alt="%s">`, s.png(r), scale*r.W, scale*r.H, html.EscapeString(alt))
	s.rest()
}

// kernel writes one kernel as a picture and as numbers, a line for each row.
func (s *sheet) kernel(weights []float32, w int, end float32, name string) {
	var r raster
	paintKernel(&r, weights, w, lightPalette.signed(end))
	s.WriteString("<figure><figcaption>" + html.EscapeString(name) + "</figcaption>")
	s.picture(&r, 14, name)
	s.WriteString("<pre>")
	for i, v := range weights {
		text := strconv.FormatFloat(float64(v), 'f', 4, 32)
		if text[0] != '-' {
			s.WriteByte(' ')
		}
		s.WriteString(text)
		if (i+1)%w == 0 {
			s.WriteByte('\n')
		} else {
			s.WriteByte(' ')
		}
	}
	s.WriteString("</pre></figure>\n")
}
