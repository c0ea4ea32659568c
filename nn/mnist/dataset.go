package mnist

import (
	"fmt"
	"slices"
)

// A Set is a number of images of one size, each with the class it shows.
type Set struct {
	N, C, H, W int    // images, channels, height, width
	Pixels     []byte // (N,C,H,W), 0 to 255
	Labels     []byte // (N), each below Classes
	Classes    int    // number of classes, at most 256; 0 before Pair
}

// A Dataset is what a network learns from and what it is tested on. Both sets
// have the same C, H, W and Classes.
type Dataset struct {
	Train, Test Set
}

// Size returns the number of values in an image, C*H*W.
func (s *Set) Size() int { return s.C * s.H * s.W }

// Image returns the pixels (C,H,W) of image i, which are part of s.
func (s *Set) Image(i int) []byte {
	s.check(i)
	n := s.Size()
	return s.Pixels[i*n : (i+1)*n : (i+1)*n]
}

// Label returns the class of image i.
func (s *Set) Label(i int) int {
	s.check(i)
	return int(s.Labels[i])
}

func (s *Set) check(i int) {
	if i < 0 || i >= s.N {
		panic(fmt.Sprintf("mnist: image %d of %d", i, s.N))
	}
}

// PerClass returns how many images there are of each class.
func (s *Set) PerClass() []int {
	n := make([]int, s.Classes)
	for _, l := range s.Labels {
		n[l]++
	}
	return n
}

// Head returns the first n images, or all if there are fewer, as part of s.
func (s *Set) Head(n int) Set {
	if n < 0 {
		panic("mnist: Head of a negative number of images")
	}
	h := *s
	h.N = min(n, s.N)
	h.Pixels = s.Pixels[: h.N*s.Size() : h.N*s.Size()]
	h.Labels = s.Labels[:h.N:h.N]
	return h
}

// Pair gives images their labels. Classes becomes the largest label plus one.
// An *Error names file, that of the labels.
func Pair(file string, images Set, labels []byte) (Set, error) {
	if len(labels) != images.N {
		return Set{}, Errorf(file, Invalid, "%s for %s", Count(len(labels), "label"), Count(images.N, "image"))
	}
	images.Labels = labels
	if len(labels) > 0 {
		images.Classes = int(slices.Max(labels)) + 1
	}
	return images, nil
}

// Join makes a Dataset of two sets with images of one shape. The number of
// classes becomes the larger one of the two.
func Join(train, test Set) (*Dataset, error) {
	if train.C != test.C || train.H != test.H || train.W != test.W {
		return nil, Errorf(TestImages, Invalid, "images have the shape (%d,%d,%d), those of %s (%d,%d,%d)",
			test.C, test.H, test.W, TrainImages, train.C, train.H, train.W)
	}
	n := max(train.Classes, test.Classes)
	train.Classes, test.Classes = n, n
	return &Dataset{Train: train, Test: test}, nil
}

// Parse reads the four files of a data set, each of them gz or raw. Errors are
// *Error and name the file as TrainImages, TrainLabels, TestImages, TestLabels.
func Parse(trainImages, trainLabels, testImages, testLabels []byte) (*Dataset, error) {
	train, err := parseSet(TrainImages, trainImages, TrainLabels, trainLabels)
	if err != nil {
		return nil, err
	}
	test, err := parseSet(TestImages, testImages, TestLabels, testLabels)
	if err != nil {
		return nil, err
	}
	return Join(train, test)
}

func parseSet(imageFile string, imageBytes []byte, labelFile string, labelBytes []byte) (Set, error) {
	s, err := ParseImages(imageFile, imageBytes)
	if err != nil {
		return Set{}, err
	}
	l, err := ParseLabels(labelFile, labelBytes)
	if err != nil {
		return Set{}, err
	}
	return Pair(labelFile, s, l)
}
