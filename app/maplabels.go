package app

import (
	"math"
	"unicode/utf8"
)

// A mapLabel is the name of a class in the map of the test set, in the middle of
// its images or near it. Lengths are in pixels of the map.
type mapLabel struct {
	text       string
	x, y       float64 // its middle
	half, high float64 // half its width, and its height
	class      string
}

// longestLabel is how many letters of a name there is room for.
const longestLabel = 12

// newMapLabel measures a name; a digit is larger than a word.
func newMapLabel(name string, x, y float64) mapLabel {
	l := mapLabel{text: name, x: x, y: y, high: 11, class: "testmap-digit"}
	width := 7.0 // about that of a letter
	if n := utf8.RuneCountInString(name); n > 2 {
		l.high, l.class, width = 8, "testmap-digit testmap-name", 4.5
		if n > longestLabel {
			l.text = string([]rune(name)[:longestLabel-1]) + "…"
		}
	}
	l.half = width * float64(utf8.RuneCountInString(l.text)) / 2
	l.x = min(max(x, l.half), testMapW-l.half)
	l.y = min(max(y, l.high/2), testMapH-l.high/2)
	return l
}

func (l *mapLabel) covers(m *mapLabel) bool {
	return math.Abs(l.x-m.x) < l.half+m.half && math.Abs(l.y-m.y) < (l.high+m.high)/2
}

func (l *mapLabel) coversAny(list []mapLabel) bool {
	for i := range list {
		if l.covers(&list[i]) {
			return true
		}
	}
	return false
}

// mapLabels are the names of the classes in sight unless they are too many, or of
// one, with none over another: one that would be moves up or down, no further than it has to.
func mapLabels(p testPlane, only int, class func(int) string) (list []mapLabel) {
	xs, ys, n := p.middles()
	if only < 0 && len(n) > manyClasses {
		return nil
	}
	for label := range n {
		x, y := p.zoom.shown(xs[label], ys[label])
		if n[label] == 0 || only >= 0 && label != only || x < 0 || y < 0 || x >= testMapW || y >= testMapH {
			continue
		}
		l := newMapLabel(class(label), x, y)
		wanted := l.y
		for k := 1; l.coversAny(list) && k < 4*manyClasses; k++ {
			move := float64((k+1)/2) * l.high / 2
			if k%2 == 0 {
				move = -move
			}
			if y := wanted + move; y >= l.high/2 && y <= testMapH-l.high/2 {
				l.y = y
			}
		}
		list = append(list, l)
	}
	return list
}
