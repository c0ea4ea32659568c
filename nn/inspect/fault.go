package inspect

import (
	"fmt"
	"math"

	"convlens/nn"
)

// A Fault says where numbers first ceased to be finite.
type Fault struct {
	Step  int
	Layer string // empty if only the loss is known to be bad
	What  string // "loss", "kernel", "bias", "gradient of kernel", ...
	Index int    // of the first such value, in the shown order
	Value float32
}

func (f *Fault) Error() string {
	if f.Layer == "" {
		return fmt.Sprintf("step %d: the loss is %v", f.Step, f.Value)
	}
	return fmt.Sprintf("step %d: value %d of the %s of %s is %v", f.Step, f.Index, f.What, f.Layer, f.Value)
}

// CheckStep is the test for every step: of the loss, and of all weights and
// gradients but those of large kernels, 23,000 numbers in the tutorial's network,
// for less than a thousandth of a step (BenchmarkCheckStep). What is not finite
// in a large kernel reaches the loss, as 0 times it is NaN, which ReLU and softmax
// let pass; but not minus infinity that meets only inputs above zero, which Check
// finds. The loss alone would not do: a convolution with its ReLU and pool in one
// pass takes NaN for less than zero, so that a filter of NaN looks dead.
//
// If something is wrong CheckStep looks for the place as Check does. The step is
// the one whose loss it is.
func CheckStep(m *nn.Sequential, step int, loss float64) *Fault {
	good := finite(loss)
	for _, p := range m.Params() {
		if p.Len() < largeKernel {
			good = good && finite(Norm(p.Grad)) && finite(Norm(p.Value))
		}
	}
	if good {
		return nil
	}
	if f := Check(m, step); f != nil {
		return f
	}
	return &Fault{Step: step, What: "loss", Value: float32(loss)}
}

// largeKernel is the number of weights from which on reading them takes time.
const largeKernel = 1 << 14

// Check looks for a value that is not finite among the gradients of the last
// step and the weights after it, and returns the first of the first layer that
// has one, gradients before weights: nil if there is none.
//
// It adds up squares and looks closer only where a sum is bad. That reads 4.8 MB
// for the tutorial's network, about a hundredth of a step (BenchmarkCheck): for
// now and then.
func Check(m *nn.Sequential, step int) *Fault {
	for _, p := range m.Params() {
		if f := fault(p, p.Grad, "gradient of "+p.Name, step); f != nil {
			return f
		}
		if f := fault(p, p.Value, p.Name, step); f != nil {
			return f
		}
	}
	return nil
}

func fault(p *nn.Param, x []float32, what string, step int) *Fault {
	if finite(Norm(x)) {
		return nil
	}
	shown := make([]float32, len(x))
	p.Export(shown, x)
	for i, v := range shown {
		if !finite(float64(v)) {
			return &Fault{Step: step, Layer: p.Layer, What: what, Index: i, Value: v}
		}
	}
	return nil
}

// Norm is the length (L2) of x. It is finite if all of x is: squares of float32
// are exact in float64 and no array is long enough for their sum to overflow.
func Norm(x []float32) float64 {
	var a, b, c, d float64 // four sums, not to wait for each addition
	i := 0
	for ; i+4 <= len(x); i += 4 {
		v := x[i : i+4 : i+4]
		a += float64(v[0]) * float64(v[0])
		b += float64(v[1]) * float64(v[1])
		c += float64(v[2]) * float64(v[2])
		d += float64(v[3]) * float64(v[3])
	}
	for ; i < len(x); i++ {
		a += float64(x[i]) * float64(x[i])
	}
	return math.Sqrt(a + b + c + d)
}

func finite(x float64) bool { return x-x == 0 }
