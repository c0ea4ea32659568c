package nn

// A OneCycle takes the learning rate once up and once down over a run: Smith and
// Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large
// Learning Rates" (2017). Both ways are straight lines, as in the paper. The
// zero OneCycle keeps the rate.
type OneCycle struct {
	From  int // the step that the run begins with, 0-based
	Steps int // of the run; 0 for no cycle
}

// The cycle goes from a fraction of the optimiser's learning rate up to all of
// it, at a place of the run, and down to next to nothing.
const (
	cycleStart = 1. / 25
	cyclePeak  = 0.1 // of the run; wire.BestEpoch says what it was chosen on
	cycleEnd   = 1e-4
)

// Rate is what the learning rate of a step, 0-based, is multiplied with.
func (c OneCycle) Rate(step int) float64 {
	if c.Steps == 0 {
		return 1
	}
	t := min(max(float64(step-c.From)/float64(c.Steps), 0), 1)
	if t < cyclePeak {
		return cycleStart + float64((1-cycleStart)*(t/cyclePeak))
	}
	return cycleEnd + float64((1-cycleEnd)*((1-t)/(1-cyclePeak)))
}
