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

// split makes a training and a test set out of one.
func split(file string, s mnist.Set) (train, test mnist.Set, err error) {
	aside, n := heldOut(s.Labels)
	if n == 0 {
		return train, test, mnist.Errorf(file, mnist.Invalid,
			"%s without two of a class: none can be set aside to test with", mnist.Count(s.N, "image"))
	}
	size := s.Size()
	train, test = s, s
	train.N, test.N = s.N-n, n
	train.Pixels, train.Labels = make([]byte, 0, train.N*size), make([]byte, 0, train.N)
	test.Pixels, test.Labels = make([]byte, 0, n*size), make([]byte, 0, n)
	for i, out := range aside {
		half := &train
		if out {
			half = &test
		}
		half.Pixels = append(half.Pixels, s.Image(i)...)
		half.Labels = append(half.Labels, s.Labels[i])
	}
	return train, test, nil
}
