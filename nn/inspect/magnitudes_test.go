package inspect

import (
	"math"
	"testing"
)

func TestMagnitudes(t *testing.T) {
	var m Magnitudes
	x := []float32{0, float32(math.Copysign(0, -1)), 1, -1.5, 2, 1e-9, -1e-40, 1e30, LowestOctave, 0.999, inf, nan}
	m.Add(x[:5])
	m.Add(x[5:])
	want := map[int]int{30: 2, 31: 1, 0: 3, Octaves - 1: 1, 29: 1}
	for k, n := range m.Counts {
		if n != want[k] {
			t.Errorf("octave %d counts %d, expected %d", k, n, want[k])
		}
	}
	if m.Zeros != 2 || m.Bad != 2 || m.N != len(x) {
		t.Errorf("zeros %d, not finite %d, in all %d", m.Zeros, m.Bad, m.N)
	}

	// Every number is in the bin that it lies in, and the mean square is theirs.
	m.Reset()
	x = make([]float32, 5000)
	fill(x, 3, 1.2)
	m.Add(x)
	var sum float64
	for k, n := range m.Counts {
		low, count := LowestOctave*math.Exp2(float64(k)), 0
		for _, v := range x {
			if a := math.Abs(float64(v)); a >= low && a < 2*low {
				count++
			}
		}
		if n != count {
			t.Errorf("octave %d counts %d, expected %d", k, n, count)
		}
	}
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	near(t, "the root of the mean square", m.RMS(), math.Sqrt(sum/5000), 1e-12)
}
