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
	var counts, others [256]int // two, as neighbours are often of one size, and one count would wait for the other
	i := 0
	for ; i+2 <= len(x); i += 2 {
		v := x[i : i+2 : i+2]
		counts[math.Float32bits(v[0])>>23&255]++
		others[math.Float32bits(v[1])>>23&255]++
	}
	for _, v := range x[i:] {
		counts[math.Float32bits(v)>>23&255]++
	}
	for e, n := range others {
		counts[e] += n
	}
	const lowest = 127 - 30 // exponents are stored with 127 added
	for e, n := range counts[:255] {
		m.Counts[min(max(e-lowest, 0), Octaves-1)] += n
	}
	m.Bad += counts[255]
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
	n := Norm(x)
	m.square += n * n
}

// RMS is the root of the mean square of all numbers.
func (m *Magnitudes) RMS() float64 { return math.Sqrt(m.square / float64(max(1, m.N))) }

// Reset begins again.
func (m *Magnitudes) Reset() { *m = Magnitudes{} }
