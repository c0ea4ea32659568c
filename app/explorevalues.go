package app

import (
	"math"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// exploreValues tells how the values of all images are spread, half by half and
// channel by channel.
func exploreValues(d *desk) app.UI {
	w, of := &d.Words.Explore, d.State.Survey
	colours := len(of.Train.Levels) > 256
	head := []string{w.Half, w.Smallest, w.Largest, w.Mean, w.Deviation, w.Zeros}
	if colours {
		head = append([]string{w.Half, w.Channel}, head[1:]...)
	}
	var rows []app.UI
	row := func(half string, levels []int) {
		for c := 0; 256*c < len(levels); c++ {
			s := newLevelStats(levels[256*c : 256*(c+1)])
			cells := []string{textNoValue, textNoValue, textNoValue, textNoValue, textNoValue}
			if s.N > 0 {
				both := func(v float64) string { return formatFixed(v, 2) + " (" + formatFixed(v/255, 4) + ")" }
				cells = []string{formatFixed(float64(s.Low), 0), formatFixed(float64(s.High), 0), both(s.Mean), both(s.Deviation),
					formatFixed(100*portion(levels[256*c], s.N), 1) + "%"}
			}
			if colours {
				cells = append([]string{d.Words.colour(c)}, cells...)
			}
			rows = append(rows, app.Tr().Body(
				app.Th().Scope("row").Text(half),
				app.Range(cells).Slice(func(i int) app.UI { return app.Td().Class("number right").Text(cells[i]) }),
			))
		}
	}
	row(w.ByTrain, of.Train.Levels)
	row(w.ByTest, of.Test.Levels)
	return app.Div().Class("explore-part").Body(
		app.H3().ID("explore-values-head").Text(w.Values),
		caption(w.ValuesCaption),
		app.Div().Class("summary explore-values").TabIndex(0).Role("group").Aria("labelledby", "explore-values-head").Body(
			app.Table().ID("explore-values").Body(
				app.THead().Body(app.Tr().Body(app.Range(head).Slice(func(i int) app.UI {
					if i == 0 {
						return app.Th().Scope("col").Text(head[i])
					}
					return app.Th().Scope("col").Class("right").Text(head[i])
				}))),
				app.TBody().Body(rows...),
			)),
	)
}

// colour is the name of a channel of three.
func (w *words) colour(channel int) string {
	return [...]string{w.Explore.Red, w.Explore.Green, w.Explore.Blue}[channel%3]
}

// levelStats sum up how often each value, 0 to 255, occurs.
type levelStats struct {
	N, Low, High    int
	Mean, Deviation float64
}

func newLevelStats(levels []int) levelStats {
	s := levelStats{Low: -1}
	var sum, squares float64
	for v, n := range levels {
		if n == 0 {
			continue
		}
		if s.Low < 0 {
			s.Low = v
		}
		s.High = v
		s.N += n
		sum += float64(n) * float64(v)
		squares += float64(n) * float64(v*v)
	}
	if s.N > 0 {
		s.Mean = sum / float64(s.N)
		s.Deviation = math.Sqrt(max(0, squares/float64(s.N)-s.Mean*s.Mean))
	}
	return s
}
