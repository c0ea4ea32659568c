//go:build !js

package app

import (
	"regexp"
	"testing"

	"convlens/nn/wire"
)

// TestSmallest looks at the smallest networks in every tab, with a lab in this
// process: everything comes, nothing that is written or drawn is nonsense, and
// one thing is not several.
func TestSmallest(t *testing.T) {
	source, fetch := digitFiles()
	nonsense := regexp.MustCompile(`NaN|Inf|%!|\{\d:`)
	several := regexp.MustCompile(`(?:^|[^0-9.×·] )1 (?:[a-z]+ )?[a-z]*[a-rt-z]s\b`)
	for _, query := range []string{
		"filters1=1&filters2=1&kernel=1&pool=1&units=1&batch=1&limit=20",
		"filters1=1&filters2=3&kernel=11&pool=8&units=2&batch=96",
		"filters1=3&filters2=1&kernel=1&pool=8&units=1&dropout1=0&dropout2=0",
	} {
		t.Run(query, func(t *testing.T) {
			d, until := localDesk(t, query+"&autoplay=1", source, fetch)
			done := func() bool {
				return d.State.Run.State == wire.Done && d.State.View != nil && d.State.View.Step == d.State.Run.Step
			}
			until(done)
			for _, l := range lenses {
				d.chooseLens(l.key)
				switch l.key {
				case lensFilters:
					d.draw()
					until(func() bool {
						return d.State.Drawn != nil && d.State.Drawn.Taken == d.State.Drawn.Units*d.State.Drawn.Steps
					})
				case lensArithmetic:
					d.explain()
					until(func() bool { return d.State.Trace != nil })
				case lensWhy:
					d.askWhy()
					until(func() bool {
						return d.State.Reasons != nil && d.State.Covered != nil && d.State.Covered.Done == d.State.Covered.Places
					})
				case "health":
					d.look(&wire.Examine{})
					until(func() bool { return d.State.Health.Now != nil })
				case "testmap":
					d.look(&wire.MapTest{})
					until(func() bool { return d.State.TestMap != nil })
				case "evaluation":
					d.look(&wire.Evaluate{})
					until(func() bool { return d.State.Evaluation != nil })
				}
				for _, w := range languages {
					d.speak(w)
					said := text(byID(t, rendered(t, d), "lens-panel-"+l.key))
					if found := nonsense.FindString(said); found != "" || said == "" {
						t.Errorf("%s in %s says %q: %s", l.key, w.Code, found, said)
					}
					if found := several.FindString(said); found != "" && w == english {
						t.Errorf("%s says %q: %s", l.key, found, said)
					}
				}
				d.speak(english)
			}
			for _, layer := range d.State.Model.Layers {
				d.Query.Lens = "maps"
				d.chooseLayer(layer.Name)
				until(func() bool { return d.State.View.Layer.Name == layer.Name && d.State.Maps() != nil })
				if said := text(byID(t, rendered(t, d), "lens-panel-maps")); nonsense.MatchString(said) {
					t.Errorf("%s says %s", layer.Name, said)
				}
			}
			d.do(actReset)
			until(func() bool { return d.State.Run.State == wire.Idle })
			if err := d.set("seed", "5"); err != nil {
				t.Fatal(err)
			}
			d.do(actTrain)
			until(done)
			d.Query.Lens = lensCompare
			if said := text(byID(t, rendered(t, d), "lens-panel-compare")); nonsense.MatchString(said) || len(d.Comparison.runs) != 2 {
				t.Errorf("%d runs compared: %s", len(d.Comparison.runs), said)
			}
		})
	}
}
