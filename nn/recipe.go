package nn

// An Architecture is the make of the tutorial's twelve layers: two
// convolutions with a ReLU each, a pool, a hidden dense layer with a ReLU, and
// dropout behind the pool and the hidden layer.
type Architecture struct {
	Filters1, Filters2 int     // of the two convolutions
	Kernel             int     // height and width of their kernels
	Pool               int     // height and width of the pool's windows; 1 pools nothing
	Dropout1, Dropout2 float64 // rates behind the pool and the hidden layer
	Units              int     // of the hidden layer
}

// TutorialArchitecture is the Keras MNIST tutorial's: two 3x3 convolutions of 32
// filters, a 2x2 pool, a dense layer of 128 units, and dropout of 0.25 and 0.5.
// For ten classes of 28x28 images it has 600,810 parameters.
func TutorialArchitecture() Architecture {
	return Architecture{Filters1: 32, Filters2: 32, Kernel: 3, Pool: 2, Dropout1: 0.25, Dropout2: 0.5, Units: 128}
}

// Layers returns the layers of a network for the given number of classes.
// NewSequential tells whether they fit the images.
func (a Architecture) Layers(classes int) []Layer {
	return []Layer{
		&Conv2D{Filters: a.Filters1, Kernel: a.Kernel}, &ReLU{},
		&Conv2D{Filters: a.Filters2, Kernel: a.Kernel}, &ReLU{},
		&MaxPool2D{Size: a.Pool}, &Dropout{Rate: a.Dropout1},
		&Flatten{},
		&Dense{Units: a.Units}, &ReLU{}, &Dropout{Rate: a.Dropout2},
		&Dense{Units: classes}, &Softmax{},
	}
}

// Tutorial returns the layers of the tutorial's network for the given number of
// classes.
func Tutorial(classes int) []Layer { return TutorialArchitecture().Layers(classes) }
