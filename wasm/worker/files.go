//go:build js

package worker

import (
	"errors"
	"io"
	"syscall/js"

	"convlens/nn/wire"
)

// block is how much of a file is read at once: a read takes about as long for a
// hundred bytes.
const block = 1 << 18

// A fileReader reads a File object. Reading waits for the browser, as only
// workers may.
type fileReader struct {
	h    *host
	file js.Value
}

// lastBlock is the part of a file that was read last.
type lastBlock struct {
	of fileReader
	at int64
	b  []byte
}

// File is one of those that came with an Open.
func (h *host) File(m *wire.Open, i int) io.ReaderAt {
	list, ok := m.Handles.Held.(js.Value)
	if !ok || i >= list.Length() {
		return fileReader{h, js.Undefined()}
	}
	return fileReader{h, list.Index(i)}
}

func (f fileReader) ReadAt(b []byte, at int64) (n int, err error) {
	if !f.file.Truthy() {
		return 0, errors.New("the browser did not pass it on")
	}
	last := &f.h.block
	for n < len(b) {
		off := at + int64(n) - last.at
		if last.of.file.Equal(f.file) && off >= 0 && off < int64(len(last.b)) {
			n += copy(b[n:], last.b[off:])
			continue
		}
		last.at = at + int64(n)
		last.of, last.b = f, last.b[:0]
		if last.b, err = f.slice(last.b, last.at, block); err != nil {
			return n, err
		}
		if len(last.b) == 0 {
			return n, io.EOF
		}
	}
	return n, nil
}

// slice appends up to n bytes of the file from at on.
func (f fileReader) slice(b []byte, at int64, n int) (_ []byte, err error) {
	defer func() { // what the browser throws
		if r := recover(); r != nil {
			e, ok := r.(js.Error)
			if !ok {
				panic(r)
			}
			err = errors.New(e.Value.Call("toString").String())
		}
	}()
	part := f.file.Call("slice", float64(at), float64(at)+float64(n))
	buffer := f.h.reader.Call("readAsArrayBuffer", part)
	array := js.Global().Get("Uint8Array").New(buffer)
	defer release(array)
	return appendJS(b, array), nil
}
