package lab

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"convlens/nn"
	"convlens/nn/glyph"
	"convlens/nn/mnist"
)

// BenchmarkRecipe trains the tutorial's recipe for one epoch on MNIST, for the
// seeds 1 to 5, and reports what Keras' line would say. A browser's run of the
// same seed ends with the same weights. Without MNIST_DIR it trains on generated
// digits.
//
//	MNIST_DIR=... go test -run '^$' -bench Recipe -benchtime 1x ./nn/lab
func BenchmarkRecipe(b *testing.B) {
	data := recipeData(b)
	for seed := uint64(1); seed <= 5; seed++ {
		b.Run(fmt.Sprintf("seed%d", seed), func(b *testing.B) {
			for b.Loop() {
				recipe(b, data, seed)
			}
		})
	}
}

// recipe does a whole run and reports its outcome.
func recipe(b *testing.B, data *mnist.Dataset, seed uint64) {
	m, err := nn.NewSequential(samples{&data.Train}.Shape(), 128, seed, nn.Tutorial(10)...)
	if err != nil {
		b.Fatal(err)
	}
	tr := nn.NewTrainer(m, nn.NewAdadelta(), samples{&data.Train}, nn.Options{Seed: seed, Batch: 128}, nn.Solo{})
	if err := tr.RunEpoch(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	e := nn.NewEvaluation(tr, samples{&data.Test})
	for more := true; more; {
		if more, err = e.Next(); err != nil {
			b.Fatal(err)
		}
	}
	pos := tr.Position()
	b.ReportMetric(pos.LossSum/float64(pos.Seen), "loss")
	b.ReportMetric(float64(pos.Correct)/float64(pos.Seen), "acc")
	b.ReportMetric(e.Loss(), "val_loss")
	b.ReportMetric(e.Accuracy(), "val_acc")
}

// recipeData is MNIST, or generated digits.
func recipeData(b *testing.B) *mnist.Dataset {
	dir := os.Getenv("MNIST_DIR")
	if dir == "" {
		return glyph.Digits(1, glyph.Train, glyph.Test)
	}
	var files [4][]byte
	for i, name := range []string{"train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"} {
		data, err := os.ReadFile(filepath.Join(dir, name+"-ubyte.gz"))
		if err != nil {
			b.Fatal(err)
		}
		files[i] = data
	}
	data, err := mnist.Parse(files[0], files[1], files[2], files[3])
	if err != nil {
		b.Fatal(err)
	}
	return data
}
