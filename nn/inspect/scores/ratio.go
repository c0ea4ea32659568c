package scores

import "math"

// A Ratio is a share, as the counts that it is made of.
type Ratio struct{ N, Of int }

// Defined says whether there is anything to have a share in.
func (r Ratio) Defined() bool { return r.Of > 0 }

// Value is the share, NaN if it is undefined.
func (r Ratio) Value() float64 {
	if !r.Defined() {
		return math.NaN()
	}
	return float64(r.N) / float64(r.Of)
}

// A Mean is that of the ratios that are defined.
type Mean struct {
	Sum float64
	Of  int // ratios
}

func (m *Mean) add(r Ratio) {
	if r.Defined() {
		m.Sum += r.Value()
		m.Of++
	}
}

// Value is the mean, NaN if no ratio was defined.
func (m Mean) Value() float64 {
	if m.Of == 0 {
		return math.NaN()
	}
	return m.Sum / float64(m.Of)
}

// Interval is where the share of a set without end lies, of which r is a
// sample, with a confidence of 95%: E. B. Wilson's score interval (Probable
// inference, the law of succession, and statistical inference, 1927), which
// unlike r ± 1.96 standard errors also holds near 0 and 1. An undefined ratio
// leaves all of 0 to 1.
func (r Ratio) Interval() (low, high float64) {
	if !r.Defined() {
		return 0, 1
	}
	const z = 1.959964 // 97.5% of a normal distribution lie below
	p, n := r.Value(), float64(r.Of)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	reach := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-reach), min(1, middle+reach)
}
