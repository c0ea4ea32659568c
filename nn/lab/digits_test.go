package lab

import (
	"fmt"
	"os"
	"testing"

	"convlens/nn/glyph"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// BenchmarkDigits trains the tutorial's recipe for one epoch on the generated
// digits that a site ships, and on nothing else, for the seeds 1 to 3, and
// reports as val_acc what share of MNIST's 10,000 test images it then reads.
//
//	MNIST_DIR=... go test -run '^$' -bench Digits -benchtime 1x ./nn/lab
func BenchmarkDigits(b *testing.B) {
	if os.Getenv("MNIST_DIR") == "" {
		b.Fatal("MNIST_DIR is not set: the test images are MNIST's")
	}
	data := &mnist.Dataset{Train: glyph.Digits(1, glyph.Train, glyph.Test).Train, Test: recipeData(b).Test}
	for seed := uint64(1); seed <= 3; seed++ {
		s := wire.Tutorial()
		s.Seed = seed
		b.Run(fmt.Sprintf("seed%d", seed), func(b *testing.B) {
			for b.Loop() {
				recipe(b, data, s)
			}
		})
	}
}
