package inspect

import "math"

// Magnitudes counts numbers by their size, an octave each: bin k has those with
// LowestOctave*2^k <= |x| < LowestOctave*2^(k+1), the first also what is smaller
// and the last what is larger. So numbers of any size have a place on one scale,
// and the bin is the number's exponent.
type Magnitudes struct {
	Counts [Octaves]int
	Zeros  int // in no bin
	Bad    int // not finite; in no bin
	N      int // all of them
	square float64
}

const (
	Octaves      = 40
	LowestOctave = 1. / (1 << 30)
)

// Add counts the numbers of x.
func (m *Magnitudes) Add(x []float32) {
	m.N += len(x)
	var counts, others [256]uint32 // two, as neighbours are often of one size, and one count would wait for the other
	var a, b, c, d float64         // the sums that Norm has, without its pass over the memory
	i := 0
	for ; i+4 <= len(x); i += 4 {
		v := x[i : i+4 : i+4]
		p, q, r, s := v[0], v[1], v[2], v[3]
		counts[math.Float32bits(p)>>23&255]++
		others[math.Float32bits(q)>>23&255]++
		counts[math.Float32bits(r)>>23&255]++
		others[math.Float32bits(s)>>23&255]++
		a += float64(p) * float64(p)
		b += float64(q) * float64(q)
		c += float64(r) * float64(r)
		d += float64(s) * float64(s)
	}
	for _, v := range x[i:] {
		counts[math.Float32bits(v)>>23&255]++
		a += float64(v) * float64(v)
	}
	m.square += a + b + c + d
	for e, n := range others {
		counts[e] += n
	}
	const lowest = 127 - 30 // exponents are stored with 127 added
	for e, n := range counts[:255] {
		m.Counts[min(max(e-lowest, 0), Octaves-1)] += int(n)
	}
	m.Bad += int(counts[255])
	if counts[0] > 0 { // zeros, and numbers too small to matter
		zeros := 0
		for _, v := range x {
			if v == 0 {
				zeros++
			}
		}
		m.Zeros += zeros
		m.Counts[0] -= zeros
	}
}

// RMS is the root of the mean square of all numbers.
func (m *Magnitudes) RMS() float64 { return math.Sqrt(m.square / float64(max(1, m.N))) }

// Reset begins again.
func (m *Magnitudes) Reset() { *m = Magnitudes{} }
