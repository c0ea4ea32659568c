package scores

import "math"

// A Baseline is what answering without a look at the images would score on those
// of a Matrix.
type Baseline struct {
	Accuracy float64 // expected, of guessing each class as often as any other
	Spread   float64 // the accuracy's standard deviation
	Loss     float64 // cross-entropy of giving every class the same probability

	Frequent int   // the class that most images have, of equals the first
	Always   Ratio // the accuracy of always answering it
}

// Baseline returns that of m's images.
func (m *Matrix) Baseline() Baseline {
	p := 1 / float64(m.Classes)
	n := m.Accuracy().Of
	b := Baseline{Accuracy: p, Spread: math.Sqrt(p * (1 - p) / float64(n)), Loss: math.Log(float64(m.Classes)), Always: Ratio{Of: n}}
	for class := range m.Classes {
		if k := m.Labelled(class); k > b.Always.N {
			b.Frequent, b.Always.N = class, k
		}
	}
	return b
}
