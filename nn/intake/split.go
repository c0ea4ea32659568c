package intake

import "convlens/nn/mnist"

// One in so many is set aside to test with, MNIST's proportion.
const holdOut = 6

// heldOut chooses the images to test with, from the labels of one set: of each
// class every sixth, of a class of two to five the last. A class keeps at least
// one image to learn from.
func heldOut(labels []byte) (aside []bool, n int) {
	var total, seen [maxClasses]int
	for _, l := range labels {
		total[l]++
	}
	aside = make([]bool, len(labels))
	for i, l := range labels {
		seen[l]++
		every := min(holdOut, total[l])
		if every > 1 && seen[l]%every == 0 {
			aside[i] = true
			n++
		}
	}
	return aside, n
}

// split returns the shapes and the labels of a training and a test set, made out
// of images of a shape with these labels.
func split(file string, shape mnist.Set, labels []byte) (train, test mnist.Set, err error) {
	aside, n := heldOut(labels)
	if n == 0 {
		return train, test, mnist.Errorf(file, mnist.Invalid,
			"%s without two of a class: none can be set aside to test with", mnist.Count(len(labels), "image"))
	}
	train, test = shape, shape
	train.N, test.N = len(labels)-n, n
	for i, l := range labels {
		if aside[i] {
			test.Labels = append(test.Labels, l)
		} else {
			train.Labels = append(train.Labels, l)
		}
	}
	return train, test, nil
}
