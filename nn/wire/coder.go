package wire

import (
	"encoding/binary"
	"fmt"
	"math"
)

// A coder walks a message's fields in order, either appending them to buf or
// reading them from buf at off. After the first error it does nothing.
type coder struct {
	buf      []byte
	off      int
	decoding bool
	err      error
}

// take returns the next n bytes when decoding, or nil after setting err.
func (c *coder) take(n int) []byte {
	if c.err != nil {
		return nil
	}
	if n > len(c.buf)-c.off {
		c.err = fmt.Errorf("ends at %d bytes, expected %d more at offset %d", len(c.buf), n, c.off)
		return nil
	}
	b := c.buf[c.off : c.off+n]
	c.off += n
	return b
}

// count codes the length of a list whose elements take at least size bytes,
// so that a damaged length can't ask for more memory than the message has.
func (c *coder) count(n, size int) int {
	u := uint32(n)
	c.uint32(&u)
	if c.decoding && c.err == nil && int64(u)*int64(size) > int64(len(c.buf)-c.off) {
		c.err = fmt.Errorf("count %d at offset %d needs more than the %d bytes left", u, c.off-4, len(c.buf)-c.off)
	}
	if c.err != nil {
		return 0
	}
	return int(u)
}

func (c *coder) bool(v *bool) {
	if !c.decoding {
		b := byte(0)
		if *v {
			b = 1
		}
		c.buf = append(c.buf, b)
		return
	}
	if b := c.take(1); b != nil {
		if b[0] > 1 {
			c.err = fmt.Errorf("bool is %d at offset %d, expected 0 or 1", b[0], c.off-1)
			return
		}
		*v = b[0] == 1
	}
}

func (c *coder) uint32(v *uint32) {
	if !c.decoding {
		c.buf = binary.LittleEndian.AppendUint32(c.buf, *v)
	} else if b := c.take(4); b != nil {
		*v = binary.LittleEndian.Uint32(b)
	}
}

func (c *coder) uint64(v *uint64) {
	if !c.decoding {
		c.buf = binary.LittleEndian.AppendUint64(c.buf, *v)
	} else if b := c.take(8); b != nil {
		*v = binary.LittleEndian.Uint64(b)
	}
}

// int codes a count or an index, 0 to 2^31-1, as a uint32.
func (c *coder) int(v *int) {
	u := uint32(*v)
	c.uint32(&u)
	if c.decoding && c.err == nil {
		if u > math.MaxInt32 {
			c.err = fmt.Errorf("integer %d at offset %d, expected at most %d", u, c.off-4, math.MaxInt32)
			return
		}
		*v = int(u)
	}
}

// size codes a number of bytes, which may go beyond what int codes, as a
// uint64.
func (c *coder) size(v *int) {
	u := uint64(*v)
	c.uint64(&u)
	*v = int(u)
}

func (c *coder) float32(v *float32) {
	u := math.Float32bits(*v)
	c.uint32(&u)
	*v = math.Float32frombits(u)
}

func (c *coder) float64(v *float64) {
	u := math.Float64bits(*v)
	c.uint64(&u)
	*v = math.Float64frombits(u)
}

func (c *coder) string(v *string) {
	n := c.count(len(*v), 1)
	if !c.decoding {
		c.buf = append(c.buf, *v...)
	} else {
		*v = string(c.take(n))
	}
}

func (c *coder) bytes(v *[]byte) {
	n := c.count(len(*v), 1)
	if !c.decoding {
		c.buf = append(c.buf, *v...)
	} else {
		*v = append([]byte(nil), c.take(n)...)
	}
}

func (c *coder) ints(v *[]int) {
	list(c, v, 4, func(c *coder, x *int) { c.int(x) })
}

func (c *coder) float32s(v *[]float32) {
	n := c.count(len(*v), 4)
	if !c.decoding {
		for _, x := range *v {
			c.buf = binary.LittleEndian.AppendUint32(c.buf, math.Float32bits(x))
		}
		return
	}
	*v = nil
	if b := c.take(4 * n); len(b) > 0 {
		*v = make([]float32, n)
		for i := range *v {
			(*v)[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
	}
}

// list codes a slice whose elements take at least size bytes each.
func list[T any](c *coder, v *[]T, size int, field func(*coder, *T)) {
	n := c.count(len(*v), size)
	if c.decoding {
		*v = nil
		if n > 0 {
			*v = make([]T, n)
		}
	}
	for i := range *v {
		if c.err != nil {
			return
		}
		field(c, &(*v)[i])
	}
}
