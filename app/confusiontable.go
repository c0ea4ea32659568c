package app

import (
	"html"
	"strconv"
	"strings"
)

// A browser takes a second to lay the 65,536 cells of 256 classes out: a matrix of
// more than wholeMatrix classes is read a part of tableSide rows and columns at a time.
const (
	wholeMatrix = 64
	tableSide   = 32
)

// A part of a matrix is its N rows and columns that begin with a cell.
type part struct {
	First confusion
	N     int
}

// within is the part in a matrix of so many classes, which may be another one than
// before.
func (p part) within(classes int) part {
	p.N = classes
	if classes > wholeMatrix {
		p.N = tableSide
	}
	p.First = confusion{min(p.First.Label, classes-p.N), min(p.First.Answer, classes-p.N)}
	return p
}

func (p part) last() confusion {
	return confusion{p.First.Label + p.N - 1, p.First.Answer + p.N - 1}
}

// nearest is the cell of the part that is nearest to c.
func (p part) nearest(c confusion) confusion {
	last := p.last()
	return confusion{min(max(c.Label, p.First.Label), last.Label), min(max(c.Answer, p.First.Answer), last.Answer)}
}

func (p part) has(c confusion) bool { return p.nearest(c) == c }

// around is the part itself if it has the cell, or else one with the cell in its
// middle.
func (p part) around(c confusion, classes int) part {
	if p.has(c) {
		return p
	}
	p.First = confusion{max(c.Label-p.N/2, 0), max(c.Answer-p.N/2, 0)}
	return p.within(classes)
}

// confusionTable writes a part of the table, with buttons in its cells if it is live,
// of which stop is the one that Tab comes to. The browser's own parser makes a
// thousand cells an order of magnitude faster than go-app could.
func confusionTable(r *report, words *words, class func(int) string, p part, stop confusion, live bool) string {
	w := &words.Evaluation
	var b strings.Builder
	write := func(texts ...string) {
		for _, text := range texts {
			b.WriteString(text)
		}
	}
	first, last := p.First, p.last()
	whole := p.N == r.Classes
	// place says where a row or column of a part is in the whole, whose first has
	// the names.
	place := func(what string, class int) string {
		if whole {
			return ""
		}
		return " aria-" + what + `index="` + strconv.Itoa(class+2) + `"`
	}
	names, longest := make([]string, r.Classes), 0
	for i := range names {
		names[i] = class(i)
		longest = max(longest, len([]rune(names[i])))
	}
	kind := "confusion"
	if longest > 3 {
		kind += " long"
	}
	if r.Classes > 12 {
		kind += " many"
	}
	write(`<table class="`, kind, `" aria-labelledby="confusion-heading" aria-describedby="confusion-about"`)
	if !whole {
		all := strconv.Itoa(r.Classes + 1)
		write(` aria-rowcount="`, all, `" aria-colcount="`, all, `"`)
	}
	write(`><thead><tr><td></td>`)
	for answer := first.Answer; answer <= last.Answer; answer++ {
		name := html.EscapeString(names[answer]) // where it is seen it may be cut
		write(`<th scope="col" title="`, name, `"`, place("col", answer), `><span>`, name, `</span></th>`)
	}
	write("</tr></thead><tbody>")
	for label := first.Label; label <= last.Label; label++ {
		name := html.EscapeString(names[label])
		write(`<tr`, place("row", label), `><th scope="row" title="`, name, `">`, name, `</th>`)
		for answer := first.Answer; answer <= last.Answer; answer++ {
			c := confusion{label, answer}
			n := r.count(c)
			index := ` tabindex="-1"`
			if c == stop {
				index = ` tabindex="0"` // one for the table, which the arrow keys move
			}
			switch {
			case !live:
				write("<td>", strconv.Itoa(n), "</td>")
			case n == 0:
				write(`<td class="`, r.shadeOf(c), `"`, place("col", answer), index, `>0</td>`)
			default:
				write(`<td class="`, r.shadeOf(c), `"`, place("col", answer), `><button type="button"`, index,
					` aria-label="`, html.EscapeString(w.cell(words, class, c, n)), `">`, strconv.Itoa(n), `</button></td>`)
			}
		}
		write("</tr>")
	}
	write("</tbody></table>")
	return b.String()
}
