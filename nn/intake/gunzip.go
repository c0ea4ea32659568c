package intake

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"

	"convlens/nn/mnist"
)

// gunzip reads what is packed in a file of size bytes, at most limit bytes.
type gunzip struct {
	name        string
	size, limit int

	packed io.ReadCloser
	taken  int // of the packed bytes, as far as they are in buf
	buf    *bufio.Reader
	z      *gzip.Reader
	done   int
	err    error
}

// unzipped is the item in a gzip file.
func (m item) unzipped(limit int) item {
	open, size := m.open, m.size
	return item{name: m.name, size: -1, open: func() io.ReadCloser {
		g := &gunzip{name: m.name, size: size, limit: limit, packed: open()}
		g.buf = bufio.NewReader(count{g.packed, &g.taken})
		return g
	}}
}

// count counts what is read.
type count struct {
	io.Reader
	n *int
}

func (c count) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	*c.n += n
	return n, err
}

func (g *gunzip) Close() error { return g.packed.Close() }

func (g *gunzip) Read(b []byte) (int, error) {
	for g.err == nil && len(b) > 0 {
		if g.z == nil {
			g.z, g.err = gzip.NewReader(g.buf)
			if g.err = g.explain(g.err); g.err != nil {
				break
			}
			g.z.Multistream(false)
		}
		n, err := g.z.Read(b)
		if g.done += n; g.done > g.limit {
			g.err = mnist.Errorf(g.name, mnist.Invalid, "decompresses to more than the limit of %s", mnist.Count(g.limit, "byte"))
			break
		}
		if err == io.EOF {
			g.err = g.next()
		} else {
			g.err = g.explain(err)
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, g.err
}

// next goes on to what follows the end of a member: nothing, or another member
// (RFC 1952, 2.2).
func (g *gunzip) next() error {
	magic, err := g.buf.Peek(2)
	switch {
	case err != nil && err != io.EOF:
		return err
	case len(magic) == 0:
		return io.EOF
	case !mnist.IsGzip(magic):
		return mnist.Errorf(g.name, mnist.Corrupt, "gzip data followed by %s of something else",
			mnist.Count(g.size-g.taken+g.buf.Buffered(), "byte"))
	}
	err = g.explain(g.z.Reset(g.buf))
	g.z.Multistream(false)
	return err
}

// explain makes an error about the file of one of package gzip's.
func (g *gunzip) explain(err error) error {
	var known *mnist.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return mnist.GzipError(g.name, err, g.size, g.done)
}
