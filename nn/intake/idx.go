package intake

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"convlens/nn/mnist"
)

// An idxFile is an IDX file whose header has been read: images, or labels.
type idxFile struct {
	item
	n      int
	header mnist.Header
	shape  mnist.Set // of images, without any
}

// A pair is images with their labels.
type pair struct {
	images, labels idxFile
	of             []byte // the labels, once they have been read
}

// fromIDX makes the dataset of IDX files.
func (in *Intake) fromIDX(s *sorted, tick func(Progress) bool) error {
	images, labels, err := readHeaders(s)
	if err != nil {
		return err
	}
	pairs, err := match(images, labels)
	if err != nil {
		return err
	}
	if err := in.plan(pairs, s.texts); err != nil {
		return err
	}
	if in.Title == "" {
		in.Title = stem(pairs[0].images.name)
	}
	total, done := 0, 0
	for _, p := range pairs {
		total += p.images.n
	}
	told := func(n int) bool {
		done += n
		return tick(Progress{Images: true, Done: done, Total: total})
	}
	train, test := &in.Data.Train, &in.Data.Test
	if len(pairs) == 2 {
		for i, set := range []*mnist.Set{train, test} {
			if err := pairs[i].images.load(func(i int) []byte { return set.Image(i) }, told); err != nil {
				return err
			}
		}
		return nil
	}
	// An image goes to the place that it has in its half.
	aside, _ := heldOut(pairs[0].of)
	next := map[bool]int{}
	return pairs[0].images.load(func(i int) []byte {
		half := train
		if aside[i] {
			half = test
		}
		next[aside[i]]++
		return half.Image(next[aside[i]] - 1)
	}, told)
}

// plan reads the labels and makes room for the images, if all that can be known
// without them is as it should be.
func (in *Intake) plan(pairs []pair, texts []item) (err error) {
	first := pairs[0].images
	train, test, images := first.shape, first.shape, 0
	for _, p := range pairs {
		if other := p.images.shape; train.C != other.C || train.H != other.H || train.W != other.W {
			return mnist.Errorf(p.images.name, mnist.Invalid, "images have the shape (%d,%d,%d), those of %s (%d,%d,%d)",
				other.C, other.H, other.W, first.name, train.C, train.H, train.W)
		}
		images += p.images.n
	}
	if err := checkPixels(first.name, images, &train); err != nil {
		return err
	}
	for i := range pairs {
		if pairs[i].of, err = pairs[i].labels.bytes(); err != nil {
			return err
		}
	}
	if len(pairs) == 2 {
		train.N, test.N = pairs[0].images.n, pairs[1].images.n
		train.Labels, test.Labels = pairs[0].of, pairs[1].of
	} else {
		in.HeldOut = true
		if train, test, err = split(first.name, train, pairs[0].of); err != nil {
			return err
		}
	}
	last := slices.Max(train.Labels)
	if slices.Min(train.Labels) == last {
		return mnist.Errorf(pairs[0].labels.name, mnist.Invalid, "all labels are %d, two classes are the least", last)
	}
	n := int(max(last, slices.Max(test.Labels))) + 1
	train.Classes, test.Classes = n, n
	if err := in.nameClasses(texts, n); err != nil {
		return err
	}
	train.Pixels, test.Pixels = make([]byte, train.N*train.Size()), make([]byte, test.N*test.Size())
	in.Data = &mnist.Dataset{Train: train, Test: test}
	return nil
}

// checkPixels says how much room n images would take, if that is too much.
func checkPixels(file string, n int, shape *mnist.Set) error {
	if n <= MaxBytes/shape.Size() {
		return nil
	}
	return mnist.Errorf(file, mnist.Invalid, "%s of the shape (%d,%d,%d) are %s of memory, the limit is %s",
		mnist.Count(n, "image"), shape.C, shape.H, shape.W, mnist.Count(n*shape.Size(), "byte"), mnist.Count(MaxBytes, "byte"))
}

// nameClasses takes the names that a text file gives, if there is one.
func (in *Intake) nameClasses(texts []item, n int) (err error) {
	switch len(texts) {
	case 0:
		in.Classes = numbers(n)
	case 1:
		in.Classes, err = classNames(texts[0], n)
	default:
		err = mnist.Errorf(texts[1].name, mnist.Invalid, "a text file, and so is %s: one is expected, with the names of the classes", texts[0].name)
	}
	return err
}

// readHeaders reads what the files say of themselves, after a look at how many
// there are of each kind.
func readHeaders(s *sorted) (images, labels []idxFile, err error) {
	im, lb := len(s.images), len(s.labels)
	wrong := func(m item, format string, args ...any) error {
		return mnist.Errorf(m.name, mnist.Invalid, format, args...)
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
		return nil, nil, wrong(s.images[2], "the third of %d files with images, beside %s and %s: one is expected, or two to train and to test with", im, s.images[0].name, s.images[1].name)
	case lb > 2:
		return nil, nil, wrong(s.labels[2], "the third of %d files with labels, beside %s and %s: one is expected, or two to train and to test with", lb, s.labels[0].name, s.labels[1].name)
	}
	for _, m := range s.images {
		f := idxFile{item: m}
		if f.header, f.shape, err = mnist.ImageHeader(m.name, m.head); err != nil {
			return nil, nil, err
		}
		f.n, f.shape.N = f.shape.N, 0
		if err := f.checkSize(); err != nil {
			return nil, nil, err
		}
		images = append(images, f)
	}
	for _, m := range s.labels {
		f := idxFile{item: m}
		if f.header, err = mnist.LabelHeader(m.name, m.head); err != nil {
			return nil, nil, err
		}
		f.n = f.header.Bytes
		if err := f.checkSize(); err != nil {
			return nil, nil, err
		}
		labels = append(labels, f)
	}
	if im == 2 {
		same, err := alike(s.images[0], s.images[1])
		if err != nil {
			return nil, nil, err
		}
		if same {
			return nil, nil, wrong(s.images[1], "the same %s as in %s", mnist.Count(images[0].n, "image"), images[0].name)
		}
	}
	if im != lb {
		return nil, nil, wrong(s.images[0], "files with images are %s, with labels %s: as many of one as of the other are expected", list(images), list(labels))
	}
	return images, labels, nil
}

// checkSize compares the file's size, if it is known yet, with its header.
func (f *idxFile) checkSize() error {
	if f.size < 0 {
		return nil
	}
	return f.header.CheckLength(f.size - f.header.Head)
}

// alike says whether two items have the same bytes. Those of different images
// differ soon.
func alike(a, b item) (bool, error) {
	if !bytes.Equal(a.head, b.head) {
		return false, nil
	}
	x, y := a.reader(), b.reader()
	defer x.Close()
	defer y.Close()
	p, q := make([]byte, headLen), make([]byte, headLen)
	for {
		n, err := full(x, p)
		if err != nil {
			return false, err
		}
		m, err := full(y, q)
		if err != nil || !bytes.Equal(p[:n], q[:m]) {
			return false, err
		}
		if n < len(p) {
			return true, nil
		}
	}
}

// elements begins to read what follows the header.
func (f *idxFile) elements() (io.ReadCloser, error) {
	r := f.reader()
	_, err := full(r, make([]byte, f.header.Head))
	return r, err
}

// end is the error about what follows the elements, of which the last got bytes
// were read: nothing should, and none should be missing.
func (f *idxFile) end(r io.Reader, got int) error {
	more, err := rest(r)
	if err != nil {
		return err
	}
	return f.header.CheckLength(got + more)
}

// bytes returns all elements.
func (f *idxFile) bytes() ([]byte, error) {
	r, err := f.elements()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	// The header may claim more than there is.
	b, err := io.ReadAll(io.LimitReader(r, int64(f.n)))
	if err != nil {
		return nil, err
	}
	return b, f.end(r, len(b))
}

// chunk is how many bytes of images are read at a time.
const chunk = 1 << 18

// load reads the images into their places. After every few it calls told with
// their number.
func (f *idxFile) load(place func(i int) []byte, told func(n int) bool) error {
	r, err := f.elements()
	if err != nil {
		return err
	}
	defer r.Close()
	size := f.shape.Size()
	b := make([]byte, size*max(1, min(f.n, chunk/size)))
	for i := 0; i < f.n; {
		got, err := full(r, b[:min(len(b), size*(f.n-i))])
		if err != nil {
			return err
		}
		if whole := got / size; whole*size < got || whole == 0 {
			return f.header.CheckLength(i*size + got)
		}
		for k := 0; k < got; k += size {
			if image := b[k : k+size]; f.shape.C == 1 {
				copy(place(i), image)
			} else {
				mnist.Planes(place(i), image, f.shape.C)
			}
			i++
		}
		if !told(got / size) {
			return ErrStopped
		}
	}
	return f.end(r, f.header.Bytes)
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
		return []pair{{images: images[0], labels: labels[0]}}, nil
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
	pairs := []pair{{images: images[0], labels: labels[0]}, {images: images[1], labels: labels[1]}}
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
