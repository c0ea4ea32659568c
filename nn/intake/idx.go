package intake

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"convlens/nn/mnist"
)

// An idxFile is an IDX file that has been read: images, or labels.
type idxFile struct {
	name   string
	raw    []byte
	n      int
	images mnist.Set
	labels []byte
}

// A pair is images with their labels.
type pair struct{ images, labels idxFile }

// fromIDX makes the dataset of IDX files.
func (in *Intake) fromIDX(s *sorted) error {
	images, labels, err := readIDX(s)
	if err != nil {
		return err
	}
	pairs, err := match(images, labels)
	if err != nil {
		return err
	}
	train, test := mnist.Set{}, mnist.Set{}
	if train, err = pairs[0].set(); err != nil {
		return err
	}
	if len(pairs) == 2 {
		if test, err = pairs[1].set(); err != nil {
			return err
		}
		if train.C != test.C || train.H != test.H || train.W != test.W {
			return mnist.Errorf(pairs[1].images.name, mnist.Invalid, "images have the shape (%d,%d,%d), those of %s (%d,%d,%d)",
				test.C, test.H, test.W, pairs[0].images.name, train.C, train.H, train.W)
		}
	} else {
		in.HeldOut = true
		if train, test, err = split(pairs[0].images.name, train); err != nil {
			return err
		}
	}
	if in.Data, err = mnist.Join(train, test); err != nil {
		return err
	}
	n := in.Data.Train.Classes
	if n < 2 {
		return mnist.Errorf(pairs[0].labels.name, mnist.Invalid, "all labels are 0, two classes are the least")
	}
	if in.Title == "" {
		in.Title = stem(pairs[0].images.name)
	}
	return in.nameClasses(s.texts, n)
}

// nameClasses takes the names that a text file gives, if there is one.
func (in *Intake) nameClasses(texts []File, n int) (err error) {
	switch len(texts) {
	case 0:
		in.Classes = numbers(n)
	case 1:
		in.Classes, err = classNames(texts[0], n)
	default:
		err = mnist.Errorf(texts[1].Name, mnist.Invalid, "a text file, and so is %s: one is expected, with the names of the classes", texts[0].Name)
	}
	return err
}

// readIDX parses all files, after a look at how many there are of each kind.
func readIDX(s *sorted) (images, labels []idxFile, err error) {
	im, lb := len(s.images), len(s.labels)
	wrong := func(f File, format string, args ...any) error {
		return mnist.Errorf(f.Name, mnist.Invalid, format, args...)
	}
	switch {
	case im == 0 && lb == 0 && len(s.texts) > 0:
		return nil, nil, wrong(s.texts[0], "a text file; there are no images")
	case im == 0 && lb == 0:
		return nil, nil, mnist.Errorf("", mnist.Invalid, "there are no images, only %s", strings.Join(s.unused[:min(3, len(s.unused))], ", "))
	case im == 0:
		return nil, nil, wrong(s.labels[0], "labels, but there are no images")
	case lb == 0:
		return nil, nil, wrong(s.images[0], "images, but there are no labels")
	case im > 2:
		return nil, nil, wrong(s.images[2], "the third of %d files with images, beside %s and %s: one is expected, or two to train and to test with", im, s.images[0].Name, s.images[1].Name)
	case lb > 2:
		return nil, nil, wrong(s.labels[2], "the third of %d files with labels, beside %s and %s: one is expected, or two to train and to test with", lb, s.labels[0].Name, s.labels[1].Name)
	}
	for _, f := range s.images {
		set, err := mnist.ParseImages(f.Name, f.Bytes)
		if err != nil {
			return nil, nil, err
		}
		images = append(images, idxFile{name: f.Name, raw: f.Bytes, n: set.N, images: set})
	}
	for _, f := range s.labels {
		l, err := mnist.ParseLabels(f.Name, f.Bytes)
		if err != nil {
			return nil, nil, err
		}
		labels = append(labels, idxFile{name: f.Name, raw: f.Bytes, n: len(l), labels: l})
	}
	if im == 2 && bytes.Equal(images[0].raw, images[1].raw) {
		return nil, nil, wrong(s.images[1], "the same %s as in %s", mnist.Count(images[0].n, "image"), images[0].name)
	}
	if im != lb {
		return nil, nil, wrong(s.images[0], "files with images are %s, with labels %s: as many of one as of the other are expected", list(images), list(labels))
	}
	return images, labels, nil
}

// match finds the labels of each file with images; the training set comes first.
func match(images, labels []idxFile) ([]pair, error) {
	wrong := func(format string, args ...any) ([]pair, error) {
		return nil, mnist.Errorf(images[0].name, mnist.Invalid, format, args...)
	}
	if len(images) == 1 {
		if images[0].n != labels[0].n {
			return wrong("%s, but %s in %s", mnist.Count(images[0].n, "image"), mnist.Count(labels[0].n, "label"), labels[0].name)
		}
		return []pair{{images[0], labels[0]}}, nil
	}
	straight := images[0].n == labels[0].n && images[1].n == labels[1].n
	crossed := images[0].n == labels[1].n && images[1].n == labels[0].n
	im, lb := roles(images), roles(labels)
	switch {
	case !straight && !crossed:
		return wrong("images are %s, labels %s: their numbers don't agree", list(images), list(labels))
	case straight && crossed && (im == [2]role{} || lb == [2]role{}):
		return wrong("%s in each file: which labels belong to them their names have to say, with train and test in them; they are %s and %s",
			mnist.Count(images[0].n, "image"), list(images), list(labels))
	case straight && crossed:
		crossed = im[0] != lb[0]
	}
	if crossed {
		labels[0], labels[1], lb[0], lb[1] = labels[1], labels[0], lb[1], lb[0]
	}
	pairs := []pair{{images[0], labels[0]}, {images[1], labels[1]}}
	if im == [2]role{} {
		im = lb
	}
	switch {
	case im != [2]role{} && lb != [2]role{} && im != lb:
		return wrong("its %s go with those of %s, but the names say that one is to train and the other to test with",
			mnist.Count(images[0].n, "image"), labels[0].name)
	case im[0] == toTest, im == [2]role{} && images[0].n < images[1].n:
		slices.Reverse(pairs)
	}
	return pairs, nil
}

// roles are those that the names of two files say: one to train and one to test
// with, or nothing.
func roles(files []idxFile) (r [2]role) {
	for i := range r {
		if r[i] = roleIn(files[i].name); r[i] == toValidate {
			r[i] = toTest
		}
	}
	switch {
	case r[0] == r[1]:
		return [2]role{}
	case r[0] == unsaid:
		r[0] = toTrain + toTest - r[1]
	case r[1] == unsaid:
		r[1] = toTrain + toTest - r[0]
	}
	return r
}

// list names files with the number of what is in them.
func list(files []idxFile) string {
	var parts []string
	for _, f := range files {
		parts = append(parts, fmt.Sprintf("%s (%d)", f.name, f.n))
	}
	return strings.Join(parts, ", ")
}

func (p pair) set() (mnist.Set, error) {
	return mnist.Pair(p.labels.name, p.images.images, p.labels.labels)
}
