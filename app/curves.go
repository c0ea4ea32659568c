package app

import (
	"math"

	"convlens/nn/wire"
)

// Curves is the whole history of a run: one value a training step, and one a
// validation. Step numbers are 1-based, so step n is at index n-1.
type Curves struct {
	Loss, Acc []float32 // of each step's batch; NaN where the worker told none
	Vals      []wire.Validation
}

// add puts the values of the steps from first on, forgetting what was known
// of those steps and later ones: after a Restore the run goes over them anew.
func (c *Curves) add(first int, loss, acc []float32) {
	if len(loss) == 0 {
		return
	}
	c.cut(first - 1)
	for len(c.Loss) < first-1 {
		c.Loss = append(c.Loss, float32(math.NaN()))
		c.Acc = append(c.Acc, float32(math.NaN()))
	}
	c.Loss = append(c.Loss, loss...)
	c.Acc = append(c.Acc, acc...)
}

// validated puts one point of the validation curve.
func (c *Curves) validated(v wire.Validation) {
	for n := len(c.Vals); n > 0 && c.Vals[n-1].Step >= v.Step; n-- {
		c.Vals = c.Vals[:n-1]
	}
	c.Vals = append(c.Vals, v)
}

// cut forgets everything after the given step.
func (c *Curves) cut(step int) {
	step = max(step, 0)
	if len(c.Loss) > step {
		c.Loss, c.Acc = c.Loss[:step], c.Acc[:step]
	}
	for n := len(c.Vals); n > 0 && c.Vals[n-1].Step > step; n-- {
		c.Vals = c.Vals[:n-1]
	}
}

// smooth writes the exponential moving average of src to dst, which has the
// same length, and returns it. Each average is divided by the sum of its
// weights, so that the first steps are not drawn towards zero (the bias
// correction of Adam: Kingma and Ba, arXiv:1412.6980, section 3). NaN values
// are passed over.
func smooth(dst, src []float32) []float32 {
	const keep = 0.9 // the average looks back over about ten steps
	var sum, weight float64
	for i, v := range src {
		if !math.IsNaN(float64(v)) {
			sum = keep*sum + (1-keep)*float64(v)
			weight = keep*weight + (1 - keep)
		}
		dst[i] = float32(sum / weight)
	}
	return dst
}
