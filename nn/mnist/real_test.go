package mnist_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"convlens/nn/glyph"
	"convlens/nn/mnist"
)

// A source is four files and what must be in them.
type source struct {
	files       [4][]byte
	train, test int    // images
	trainHead   []byte // first labels
	testHead    []byte
}

// realSource reads MNIST from dir, its files with or without ".gz".
func realSource(t *testing.T, dir string) source {
	s := source{
		train: 60000, trainHead: []byte{5, 0, 4, 1, 9},
		test: 10000, testHead: []byte{7, 2, 1, 0, 4},
	}
	for i, name := range []string{
		"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
		"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
	} {
		path := filepath.Join(dir, name)
		b, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			b, err = os.ReadFile(path + ".gz")
		}
		if err != nil {
			t.Fatal(err)
		}
		s.files[i] = b
	}
	return s
}

// drawnSource writes generated digits as files.
func drawnSource() source {
	d := glyph.Digits(1, 600, 100)
	return source{
		files: [4][]byte{
			mnist.Gzip(mnist.EncodeImages(d.Train)), mnist.Gzip(mnist.EncodeLabels(d.Train.Labels)),
			mnist.Gzip(mnist.EncodeImages(d.Test)), mnist.EncodeLabels(d.Test.Labels),
		},
		train: 600, trainHead: d.Train.Labels[:5],
		test: 100, testHead: d.Test.Labels[:5],
	}
}

// TestDataset reads MNIST itself if MNIST_DIR says where it is, and generated
// digits, in the same way.
func TestDataset(t *testing.T) {
	sources := map[string]source{"drawn": drawnSource()}
	if dir := os.Getenv("MNIST_DIR"); dir != "" {
		sources["MNIST"] = realSource(t, dir)
	}
	for name, s := range sources {
		t.Run(name, func(t *testing.T) {
			d, err := mnist.Parse(s.files[0], s.files[1], s.files[2], s.files[3])
			if err != nil {
				t.Fatal(err)
			}
			checkSet(t, "train", d.Train, s.train, s.trainHead)
			checkSet(t, "test", d.Test, s.test, s.testHead)
		})
	}
}

func checkSet(t *testing.T, name string, s mnist.Set, n int, head []byte) {
	t.Helper()
	if s.N != n || s.C != 1 || s.H != 28 || s.W != 28 || s.Classes != 10 {
		t.Fatalf("%s: shape (%d,%d,%d,%d), %d classes; want (%d,1,28,28), 10", name, s.N, s.C, s.H, s.W, s.Classes, n)
	}
	if got := s.Labels[:len(head)]; !bytes.Equal(got, head) {
		t.Errorf("%s: labels start with %v, want %v", name, got, head)
	}
	for c, got := range s.PerClass() {
		if got < n*8/100 {
			t.Errorf("%s: %d images of class %d, want about %d", name, got, c, n/10)
		}
	}
	sum := 0
	for _, p := range s.Pixels {
		sum += int(p)
	}
	// MNIST's mean is 33.3 in the training set and 33.8 in the test set.
	if mean := float64(sum) / float64(len(s.Pixels)); mean < 31 || mean > 36 {
		t.Errorf("%s: mean pixel %.2f, want about 33", name, mean)
	}
}
