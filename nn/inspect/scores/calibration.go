package scores

import (
	"fmt"
	"math"
)

// Bins is how many bins a Calibration has.
const Bins = 10

// A Bin has the images whose answer was given a probability from above one tenth
// to the next, the first bin those of 0 too.
type Bin struct {
	Right Ratio   // of its images, how many are answered rightly
	Sum   float64 // of the answers' probabilities
}

// Confidence is the mean probability, NaN in an empty bin.
func (b Bin) Confidence() float64 { return b.Sum / float64(b.Right.Of) }

// Gap is by how much the answers are right more often than their probability
// says, negative if less often; NaN in an empty bin.
func (b Bin) Gap() float64 { return b.Right.Value() - b.Confidence() }

// A Calibration compares how probable a network takes its answers to be with how
// often they are right: the reliability diagram of C. Guo, G. Pleiss, Y. Sun,
// K. Weinberger, On Calibration of Modern Neural Networks (ICML 2017,
// arXiv:1706.04599), in bins of equal width.
type Calibration [Bins]Bin

// Calibrate sorts answers into bins by their probabilities, the network's
// confidences.
func Calibrate(labels, answers []byte, confidences []float32) (c Calibration) {
	if len(answers) != len(labels) || len(confidences) != len(labels) {
		panic(fmt.Sprintf("scores: %d answers with %d probabilities to %d images", len(answers), len(confidences), len(labels)))
	}
	for i, p := range confidences {
		b := &c[bin(p)]
		b.Sum += float64(p)
		b.Right.Of++
		if answers[i] == labels[i] {
			b.Right.N++
		}
	}
	return c
}

// bin is the one of ((b)/Bins, (b+1)/Bins] that p lies in.
func bin(p float32) int {
	b := 0
	for b < Bins-1 && p > float32(b+1)/Bins {
		b++
	}
	return b
}

// Error is the expected calibration error: the mean gap between confidence and
// accuracy, each bin counting as much as it has images. NaN without any.
func (c *Calibration) Error() float64 {
	sum, n := 0.0, 0
	for _, b := range c {
		if b.Right.Defined() {
			sum += float64(b.Right.Of) * math.Abs(b.Gap())
			n += b.Right.Of
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}
