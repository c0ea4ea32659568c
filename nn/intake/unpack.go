package intake

import (
	"strings"

	"convlens/nn/mnist"
)

// sorted are files by what they are, out of their archives.
type sorted struct {
	images, labels, texts []File
	pictures              []picture
	unused                []string

	names map[string]bool // of the pictures
	left  int             // of MaxBytes, for what is packed in files
}

// unpack sorts files and what is packed in them.
func unpack(files []File) (*sorted, error) {
	s := &sorted{names: map[string]bool{}, left: MaxBytes}
	for _, f := range files {
		f.Name = strings.ReplaceAll(f.Name, `\`, "/")
		if err := s.add(f, true); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// add sorts one file. Archives are looked into where they were chosen, not
// inside others.
func (s *sorted) add(f File, chosen bool) error {
	if byTheWay(f.Name) {
		s.unused = append(s.unused, f.Name)
		return nil
	}
	if len(f.Bytes) == 0 {
		return mnist.Errorf(f.Name, mnist.Truncated, "the file is empty")
	}
	kind := contentOf(f.Bytes)
	if kind == gzipped {
		raw, err := mnist.Inflate(f.Bytes, s.left)
		if err != nil {
			return named(f.Name, err)
		}
		s.left -= len(raw)
		f.Bytes, kind = raw, contentOf(raw)
		switch {
		case len(raw) == 0:
			return mnist.Errorf(f.Name, mnist.Truncated, "the gzip data are those of an empty file")
		case kind == gzipped:
			return mnist.Errorf(f.Name, mnist.Invalid, "compressed with gzip twice")
		case kind == zipped:
			return mnist.Errorf(f.Name, mnist.Invalid, "a zip archive compressed with gzip: unpack it first")
		}
	}
	switch kind {
	case zipped:
		if !chosen {
			return mnist.Errorf(f.Name, mnist.Invalid, "a zip archive inside a zip archive: unpack it first")
		}
		return s.unzip(f)
	case png, jpeg:
		if s.names[f.Name] {
			return mnist.Errorf(f.Name, mnist.Invalid, "there are two pictures of this name")
		}
		s.names[f.Name] = true
		s.pictures = append(s.pictures, picture{File: f, kind: kind})
	case idxImages:
		s.images = append(s.images, f)
	case idxLabels:
		s.labels = append(s.labels, f)
	case text:
		s.texts = append(s.texts, f)
	default:
		return notUnderstood(f)
	}
	return nil
}

// named puts the file's name into an error of package mnist about its bytes.
func named(file string, err error) error {
	if e, ok := err.(*mnist.Error); ok && e.File == "" {
		e.File = file
	}
	return err
}
