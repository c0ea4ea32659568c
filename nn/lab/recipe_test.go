package lab

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"convlens/nn"
	"convlens/nn/glyph"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// BenchmarkRecipe trains each preset for one epoch on MNIST, for the seeds 1 to 5,
// and reports what Keras' line would say. A browser's run of the same seed ends
// with the same weights. Without MNIST_DIR it trains on generated digits.
//
//	MNIST_DIR=... go test -run '^$' -bench Recipe -benchtime 1x ./nn/lab
func BenchmarkRecipe(b *testing.B) {
	data := recipeData(b)
	for _, preset := range []struct {
		name     string
		settings wire.Settings
	}{{"tutorial", wire.Tutorial()}, {"best", wire.BestEpoch()}} {
		for seed := uint64(1); seed <= 5; seed++ {
			s := preset.settings
			s.Seed = seed
			b.Run(fmt.Sprintf("%s/seed%d", preset.name, seed), func(b *testing.B) {
				for b.Loop() {
					recipe(b, data, s)
				}
			})
		}
	}
}

// recipe does a whole run and reports its outcome.
func recipe(b *testing.B, data *mnist.Dataset, s wire.Settings) {
	m, err := nn.NewSequential(samples{&data.Train}.Shape(), s.Batch, s.Seed, architecture(s.Net).Layers(10)...)
	if err != nil {
		b.Fatal(err)
	}
	opt, err := optimizer(s.Optimizer)
	if err != nil {
		b.Fatal(err)
	}
	opts := nn.Options{Seed: s.Seed, Batch: s.Batch, Shift: s.Shift}
	if s.Optimizer.OneCycle {
		opts.Cycle.Steps = (data.Train.N + s.Batch - 1) / s.Batch
	}
	tr := nn.NewTrainer(m, opt, samples{&data.Train}, opts, nn.Solo{})
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
