package nn

import "convlens/nn/kernel"

// CrossEntropy is the categorical cross-entropy of the probabilities probs
// (N,classes) against the labels. For each image it writes its loss
// -log(probs[label]) to losses, the probability clipped to at least 1e-7 as
// Keras does, and whether the largest probability is the label's to correct.
//
// If dlogits has data it receives the gradient of the mean loss of a batch of
// batch images with respect to the logits in front of the softmax,
// (probs - onehot)/batch.
func CrossEntropy(probs Tensor, labels []byte, batch int, losses []float32, correct []bool, dlogits Tensor) {
	checkLen("CrossEntropy labels", len(labels), probs.N)
	for i, label := range labels {
		p := probs.Sample(i)
		losses[i] = -kernel.Log(max(p[label], 1e-7))
		correct[i] = Argmax(p) == int(label)
		if dlogits.Data == nil {
			continue
		}
		d := dlogits.Sample(i)
		scale := 1 / float32(batch)
		for j, v := range p {
			if j == int(label) {
				v--
			}
			d[j] = v * scale
		}
	}
}

// Argmax is the index of the largest value, the first of equals.
func Argmax(x []float32) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}
