package mnist_test

import (
	"errors"
	"fmt"

	"convlens/nn/mnist"
)

// Two images of 2x2 pixels to learn from, one to test with.
func ExampleParse() {
	trainImages := mnist.EncodeImages(mnist.Set{N: 2, C: 1, H: 2, W: 2, Pixels: []byte{0, 255, 0, 255, 255, 255, 0, 0}})
	trainLabels := mnist.EncodeLabels([]byte{1, 7})
	testImages := mnist.EncodeImages(mnist.Set{N: 1, C: 1, H: 2, W: 2, Pixels: []byte{0, 51, 0, 204}})
	testLabels := mnist.EncodeLabels([]byte{1})

	d, err := mnist.Parse(mnist.Gzip(trainImages), trainLabels, testImages, testLabels)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Train.N, "images of", d.Train.Classes, "classes")
	x := make([]float32, d.Test.Size())
	mnist.Scale(x, d.Test.Image(0))
	fmt.Println("a", d.Test.Label(0), "is", x)

	_, err = mnist.Parse(trainImages[:len(trainImages)-3], trainLabels, testImages, testLabels)
	fmt.Println(err)
	var e *mnist.Error
	if errors.As(err, &e) {
		fmt.Println("the fault is:", e.Fault)
	}
	// Output:
	// 2 images of 8 classes
	// a 1 is [0 0.2 0 0.8]
	// train-images: expected 2 images (24 bytes), the file ends after 1 image (21 bytes)
	// the fault is: truncated
}
