package record

import (
	"encoding/binary"
	"math"
)

// A Packed array holds float32 values in 8 or 16 bits each: whole multiples of
// Step, as far above zero as below,
//
//	x = Step * q,   -last <= q <= last,   Step = (largest finite |x|) / last
//
// with last = 127 or 32767. A value comes back with an error of at most half a
// Step, 0.4% or 0.0015% of the largest, and float32's own; zero comes back as
// zero, what is not finite as NaN.
type Packed struct {
	Name  string
	Shape []int
	Bits  int // 8 or 16
	Step  float32
	Data  []byte // little-endian
}

// Pack packs the values x of an array of that shape.
func Pack(name string, shape []int, x []float32, bits int) Packed {
	if bits != 8 && bits != 16 {
		panic("record: Pack: values take 8 or 16 bits")
	}
	last := 1<<(bits-1) - 1
	var largest float32
	for _, v := range x {
		if a := magnitude(v); a <= math.MaxFloat32 {
			largest = max(largest, a)
		}
	}
	p := Packed{Name: name, Shape: shape, Bits: bits, Step: largest / float32(last), Data: make([]byte, len(x)*bits/8)}
	for i, v := range x {
		q := -last - 1
		switch {
		case v == 0 || p.Step == 0:
			q = 0
		case magnitude(v) <= math.MaxFloat32:
			q = min(max(int(math.RoundToEven(float64(v)/float64(p.Step))), -last), last)
		}
		if bits == 8 {
			p.Data[i] = byte(q)
		} else {
			binary.LittleEndian.PutUint16(p.Data[2*i:], uint16(q))
		}
	}
	return p
}

// Len is the number of values.
func (p *Packed) Len() int { return len(p.Data) * 8 / p.Bits }

// Unpack writes the values to dst.
func (p *Packed) Unpack(dst []float32) {
	if len(dst) != p.Len() {
		panic("record: Unpack: another number of values")
	}
	last := 1<<(p.Bits-1) - 1
	for i := range dst {
		q := int(int8(p.Data[i*p.Bits/8]))
		if p.Bits == 16 {
			q = int(int16(binary.LittleEndian.Uint16(p.Data[2*i:])))
		}
		if q < -last {
			dst[i] = float32(math.NaN())
		} else {
			dst[i] = p.Step * float32(q)
		}
	}
}

// bytes is about what the array takes in memory.
func (p *Packed) bytes() int { return len(p.Data) + packedHead }

// packedHead is for the struct, its name and its shape.
const packedHead = 160

// Largest is the largest finite magnitude among the values.
func (p *Packed) Largest() float32 { return p.Step * float32(int(1)<<(p.Bits-1)-1) }

func magnitude(v float32) float32 { return float32(math.Abs(float64(v))) }

// Valid reports whether p is an array as Pack makes them: with as many values as
// its shape asks for, at least one.
func (p *Packed) Valid() bool {
	n := 1
	for _, d := range p.Shape {
		if d < 1 || n > len(p.Data)/d {
			return false
		}
		n *= d
	}
	return (p.Bits == 8 || p.Bits == 16) && len(p.Data) == n*p.Bits/8
}
