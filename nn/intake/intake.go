package intake

import (
	"errors"
	"io"
	"path"
	"strings"

	"convlens/nn/mnist"
)

// Limits of what is read. A tab has some 2 GB for everything.
const (
	MaxFiles = 100_000   // MNIST has 70,000 pictures
	MaxBytes = 512 << 20 // of the files, again of what is packed in them, and of the pixels
)

// maxClasses is what a label of one byte can tell apart.
const maxClasses = 256

// A File is one file as it was chosen. Its name begins with its folders', each
// followed by a slash, as far as they are known.
type File struct {
	Name string
	Size int
	Data io.ReaderAt
}

// An Intake is what the files hold.
type Intake struct {
	Data    *mnist.Dataset
	Classes []string // the name of each class
	Title   string   // what to call the data
	HeldOut bool     // the test images are a part of one set; see split.go
	Unused  []string // names of files that are not part of it
}

// Progress is how far Read has come.
type Progress struct {
	Images      bool // are being read; before, files are being looked at
	Done, Total int
}

// ErrStopped is the error of a Read that its caller has stopped.
var ErrStopped = errors.New("intake: stopped")

// Check compares the number and the sizes of files with the limits, before they
// are read.
func Check(names []string, sizes []int) error {
	if len(names) == 0 {
		return mnist.Errorf("", mnist.Invalid, "there are no files in what was chosen")
	}
	if len(names) > MaxFiles {
		return mnist.Errorf("", mnist.Invalid, "there are %s, the limit is %s", mnist.Count(len(names), "file"), mnist.Count(MaxFiles, "file"))
	}
	sum, largest := 0, 0
	for i, size := range sizes {
		sum += size
		if size > sizes[largest] {
			largest = i
		}
	}
	if sum > MaxBytes {
		return mnist.Errorf(names[largest], mnist.Invalid, "has %s, in all there are %s, the limit is %s",
			mnist.Count(sizes[largest], "byte"), mnist.Count(sum, "byte"), mnist.Count(MaxBytes, "byte"))
	}
	return nil
}

// Read makes a dataset of files. It reads them bit by bit: besides the pixels in
// the end there is never more than a picture, or a few hundred images, in memory.
// Every few milliseconds it calls tick, and stops with ErrStopped if that is false.
func Read(files []File, tick func(Progress) bool) (*Intake, error) {
	names, sizes := make([]string, len(files)), make([]int, len(files))
	for i, f := range files {
		names[i], sizes[i] = f.Name, f.Size
	}
	if err := Check(names, sizes); err != nil {
		return nil, err
	}
	s, err := unpack(files, tick)
	if err != nil {
		return nil, err
	}
	in := &Intake{Title: title(files)}
	switch {
	case len(s.pictures) > 0 && len(s.images)+len(s.labels) > 0:
		idx := append(s.images, s.labels...)[0]
		err = mnist.Errorf(idx.name, mnist.Invalid, "an IDX file, and %s is a picture: expected is one kind or the other", s.pictures[0].name)
	case len(s.pictures) > 0:
		err = in.fromPictures(s, tick)
	default:
		err = in.fromIDX(s, tick)
	}
	if err != nil {
		return nil, err
	}
	in.Unused = s.unused
	return in, nil
}

// title is what to call files: by the folder that they all lie in, or by the
// only one; "" if there is neither.
func title(files []File) string {
	folder, _, ok := strings.Cut(files[0].Name, "/")
	for _, f := range files {
		ok = ok && strings.HasPrefix(f.Name, folder+"/")
	}
	switch {
	case ok:
		return folder
	case len(files) == 1:
		return stem(files[0].Name)
	}
	return ""
}

// stem is a file's name without folders and without what says how it is packed.
func stem(name string) string {
	base := path.Base(name)
	for _, end := range []string{".gz", ".zip", ".idx", ".ubyte"} {
		if s, ok := strings.CutSuffix(base, end); ok && s != "" {
			base = s
		}
	}
	return base
}
