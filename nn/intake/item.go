package intake

import (
	"bytes"
	"io"

	"convlens/nn/mnist"
)

// An item is a file as it is used: one that was chosen, or one packed in it.
type item struct {
	name string
	size int // of its bytes; -1 if only reading all of them would tell

	// open begins to read its bytes. Their errors are *mnist.Error, also of what
	// packs them; where there are checksums, these are compared at the end.
	open func() io.ReadCloser

	head []byte // how its bytes begin
	all  bool   // head is all of them
}

// headLen is how much of a file is looked at to tell what it is. Pictures of
// digits are smaller, and needn't be read twice.
const headLen = 4096

// chosen is a file that was chosen as an item.
func chosen(f File) item {
	return item{name: f.Name, size: f.Size, open: func() io.ReadCloser {
		return &plain{f.Name, io.NewSectionReader(f.Data, 0, int64(f.Size))}
	}}
}

// look reads the item's head.
func (m *item) look() error {
	r := m.open()
	defer r.Close()
	expected := headLen
	if m.size >= 0 {
		expected = min(m.size, headLen)
	}
	head := make([]byte, expected+1)
	n, err := io.ReadFull(r, head)
	switch {
	case err == nil:
		n-- // there is more
	case err != io.EOF && err != io.ErrUnexpectedEOF:
		return err
	default:
		m.all, m.size = true, n
	}
	m.head = head[:n]
	return nil
}

// forget drops what of the head isn't all of the item.
func (m *item) forget() {
	if !m.all {
		m.head = nil
	}
}

// reader reads the item from its beginning, from memory if it is there.
func (m *item) reader() io.ReadCloser {
	if m.all {
		return io.NopCloser(bytes.NewReader(m.head))
	}
	return m.open()
}

// full fills b with the next bytes of r, and returns how many there were.
func full(r io.Reader, b []byte) (n int, err error) {
	n, err = io.ReadFull(r, b)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return n, err
}

// rest counts the bytes that are left.
func rest(r io.Reader) (int, error) {
	n, err := io.Copy(io.Discard, r)
	return int(n), err
}

// plain reads a file's own bytes.
type plain struct {
	name string
	*io.SectionReader
}

func (p *plain) Read(b []byte) (int, error) {
	n, err := p.SectionReader.Read(b)
	if err != nil && err != io.EOF {
		e := mnist.Errorf(p.name, mnist.Corrupt, "could not be read: %v", err)
		e.Err = err
		err = e
	}
	return n, err
}

func (p *plain) Close() error { return nil }
