package nn

import "strconv"

// An Optimizer changes parameters along their gradients. It owns its moments,
// one set per parameter, made at the first Step; an Optimizer serves one
// network.
type Optimizer interface {
	Name() string
	// Config lists the hyper-parameters.
	Config() []Setting
	// Step updates every parameter in place from its Grad, at so much of the
	// learning rate: 1 is all of it (see OneCycle).
	Step(params []*Param, rate float64)

	state() *moments
}

// moments is an optimiser's memory: count arrays for each parameter, and the
// number of steps taken.
type moments struct {
	count int
	of    [][][]float32 // [parameter][moment]
	steps int
	rates []float32 // of the last step, by parameter
}

func (m *moments) state() *moments { return m }

// Moments are the arrays that o keeps for its network's parameter number i, each
// in the order of Param.Value; none before the first step. They are not to be
// changed.
func Moments(o Optimizer, i int) [][]float32 {
	if m := o.state(); m.of != nil {
		return m.of[i]
	}
	return nil
}

// LastRate is what the last step multiplied its change of the network's parameter
// number i with: the learning rate with all that the method and the schedule
// have put to it. It is 0 before the first step, and after a Restore.
func LastRate(o Optimizer, i int) float32 {
	if m := o.state(); m.rates != nil {
		return m.rates[i]
	}
	return 0
}

// begin makes the moments on first use and counts the step.
func (m *moments) begin(params []*Param, count int) {
	m.alloc(params, count)
	if m.rates == nil {
		m.rates = make([]float32, len(params))
	}
	m.steps++
}

// rate keeps the rate of a parameter's change for LastRate.
func (m *moments) rate(i int, rate float64) float32 {
	m.rates[i] = float32(rate)
	return m.rates[i]
}

func (m *moments) alloc(params []*Param, count int) {
	if m.of != nil {
		return
	}
	m.count = count
	for _, p := range params {
		set := make([][]float32, count)
		for i := range set {
			set[i] = make([]float32, p.Len())
		}
		m.of = append(m.of, set)
	}
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
