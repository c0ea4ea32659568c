package intake

import (
	"io"
	"strings"

	"convlens/nn/mnist"
)

// sorted are files by what they are, out of their archives.
type sorted struct {
	images, labels, texts []item
	pictures              []picture
	unused                []string

	names map[string]bool // of the pictures
	left  int             // of MaxBytes, for what is packed in files
	spare []io.ReadCloser // decompressors not in use
	tick  func(Progress) bool
	seen  int // files
	total int
}

// unpack sorts files and what is packed in them.
func unpack(files []File, tick func(Progress) bool) (*sorted, error) {
	s := &sorted{names: map[string]bool{}, left: MaxBytes, tick: tick, total: len(files)}
	for _, f := range files {
		f.Name = strings.ReplaceAll(f.Name, `\`, "/")
		if err := s.add(chosen(f), &f); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// add sorts one file. Archives are looked into where they were chosen, not
// inside others, where there is no archive to be given.
func (s *sorted) add(m item, archive *File) error {
	if s.seen++; !s.tick(Progress{Done: s.seen, Total: s.total}) {
		return ErrStopped
	}
	if byTheWay(m.name) {
		s.unused = append(s.unused, m.name)
		return nil
	}
	if err := m.look(); err != nil {
		return err
	}
	if len(m.head) == 0 {
		return mnist.Errorf(m.name, mnist.Truncated, "the file is empty")
	}
	kind := contentOf(m)
	if kind == gzipped {
		m = m.unzipped(s.left)
		if err := m.look(); err != nil {
			return err
		}
		kind = contentOf(m)
		switch {
		case len(m.head) == 0:
			return mnist.Errorf(m.name, mnist.Truncated, "the gzip data are those of an empty file")
		case kind == gzipped:
			return mnist.Errorf(m.name, mnist.Invalid, "compressed with gzip twice")
		case kind == zipped:
			return mnist.Errorf(m.name, mnist.Invalid, "a zip archive compressed with gzip: unpack it first")
		}
	}
	switch kind {
	case zipped:
		if archive == nil {
			return mnist.Errorf(m.name, mnist.Invalid, "a zip archive inside a zip archive: unpack it first")
		}
		return s.unzip(*archive)
	case png, jpeg:
		if s.names[m.name] {
			return mnist.Errorf(m.name, mnist.Invalid, "there are two pictures of this name")
		}
		s.names[m.name] = true
		m.forget()
		s.pictures = append(s.pictures, picture{item: m, kind: kind})
	case idxImages:
		s.images = append(s.images, m)
	case idxLabels:
		s.labels = append(s.labels, m)
	case text:
		s.texts = append(s.texts, m)
	default:
		return notUnderstood(m)
	}
	return nil
}
