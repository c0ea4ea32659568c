package inspect

import "convlens/nn"

// An Activity watches whether the units of a layer, filters with their maps or
// single values, still answer to images: for layers behind a ReLU, or any whose
// resting value is zero.
type Activity struct {
	Images int // looked at so far
	// Of each unit: how many of the images it is active for, which is above zero
	// somewhere, and everywhere; and the number of the last one it is active for,
	// counted from 1, 0 if there is none.
	Active, Full, Last []int
	s                  nn.Shape
}

// NewActivity returns the Activity of outputs of shape s.
func NewActivity(s nn.Shape) *Activity {
	n := units(s)
	return &Activity{Active: make([]int, n), Full: make([]int, n), Last: make([]int, n), s: asMap(s)}
}

// Add looks at a batch of outputs.
func (a *Activity) Add(y nn.Tensor) {
	if asMap(y.Shape) != a.s {
		panic("inspect: Activity.Add: outputs of shape " + y.Shape.String())
	}
	pixels := a.s.H * a.s.W
	for n := range y.N {
		a.Images++
		x := y.Sample(n)
		for u := range a.s.C {
			above := 0
			for i := u; i < len(x); i += a.s.C {
				if x[i] > 0 {
					above++
				}
			}
			if above > 0 {
				a.Active[u]++
				a.Last[u] = a.Images
			}
			if above == pixels {
				a.Full[u]++
			}
		}
	}
}

// Dead lists the units that were active for none of the last n images, if so
// many have been looked at.
func (a *Activity) Dead(n int) (units []int) {
	if n < 1 || a.Images < n {
		return nil
	}
	for u, last := range a.Last {
		if last <= a.Images-n {
			units = append(units, u)
		}
	}
	return units
}

// Saturated lists the units that were above zero everywhere, for every image:
// to them the ReLU makes no difference.
func (a *Activity) Saturated() (units []int) {
	for u, full := range a.Full {
		if a.Images > 0 && full == a.Images {
			units = append(units, u)
		}
	}
	return units
}
