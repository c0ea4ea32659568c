package nn

// Tutorial returns the layers of the Keras MNIST tutorial's network for the
// given number of classes: two 3x3 convolutions of 32 filters, a 2x2 pool, a
// dense layer of 128 units, and dropout of 0.25 and 0.5. On 28x28 images it has
// 600,810 parameters.
func Tutorial(classes int) []Layer {
	return []Layer{
		&Conv2D{Filters: 32}, &ReLU{},
		&Conv2D{Filters: 32}, &ReLU{},
		&MaxPool2D{}, &Dropout{Rate: 0.25},
		&Flatten{},
		&Dense{Units: 128}, &ReLU{}, &Dropout{Rate: 0.5},
		&Dense{Units: classes}, &Softmax{},
	}
}
