package record

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestPack wants every value back within half a step, and the ends exactly.
func TestPack(t *testing.T) {
	for _, bits := range []int{8, 16} {
		for _, limit := range []float32{1e-30, 0.037, 1, 255, 1e30} {
			x := make([]float32, 1000)
			fill(x, uint64(bits), limit)
			x[0], x[1], x[2] = 0, limit, -limit
			p := Pack("x", []int{10, 100}, x, bits)
			y := make([]float32, p.Len())
			p.Unpack(y)
			last := float64(int(1)<<(bits-1) - 1)
			if want := float64(limit) / last; math.Abs(float64(p.Step)-want) > 1e-6*want || magnitude(p.Largest()-limit) > 1e-6*limit || len(p.Data) != 1000*bits/8 {
				t.Errorf("%d bits, up to %v: step %v, %d bytes", bits, limit, p.Step, len(p.Data))
			}
			worst := 0.0
			for i := range x {
				worst = max(worst, math.Abs(float64(x[i])-float64(y[i]))/float64(p.Step))
			}
			// With 16 bits the rounding of the product counts: 32767 has 15 of 24 bits.
			if worst > 0.5+last*0x1p-24*2 || worst < 0.3 {
				t.Errorf("%d bits, up to %v: largest error %v steps", bits, limit, worst)
			}
			if y[0] != 0 || magnitude(y[1]-limit) > 1e-6*limit || y[2] != -y[1] {
				t.Errorf("%d bits: 0 and ±%v came back as %v", bits, limit, y[:3])
			}
		}
		inf := float32(math.Inf(1))
		p := Pack("x", []int{5}, []float32{inf, 2, float32(math.NaN()), -inf, -1}, bits)
		y := make([]float32, 5)
		p.Unpack(y)
		if y[0] == y[0] || y[2] == y[2] || y[3] == y[3] || y[1] != 2 || magnitude(y[4]+1) > p.Step/2 {
			t.Errorf("%d bits: what isn't finite came back as %v", bits, y)
		}
		zero := Pack("x", []int{2}, make([]float32, 2), bits)
		if zero.Unpack(y[:2]); y[0] != 0 || y[1] != 0 {
			t.Errorf("zeros came back as %v", y[:2])
		}
	}
	panics(t, "4 bits", func() { Pack("x", nil, nil, 4) })
	panics(t, "another size", func() { p := Pack("x", nil, nil, 8); p.Unpack(make([]float32, 1)) })
}

func fill(x []float32, seed uint64, limit float32) {
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range x {
		x[i] = (2*r.Float32() - 1) * limit
	}
}

func panics(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if r := recover(); r == nil || !strings.HasPrefix(fmt.Sprint(r), "record: ") {
			t.Errorf("%s: panic %v, expected one beginning with record:", what, r)
		}
	}()
	f()
}

func TestValid(t *testing.T) {
	for _, c := range []struct {
		p    Packed
		want bool
	}{
		{Pack("x", []int{2, 3}, make([]float32, 6), 16), true},
		{Packed{Shape: []int{2, 3}, Bits: 8, Data: make([]byte, 6)}, true},
		{Packed{Shape: []int{2, 3}, Bits: 8, Data: make([]byte, 5)}, false},
		{Packed{Shape: []int{2, 3}, Bits: 4, Data: make([]byte, 3)}, false},
		{Packed{Shape: []int{0}, Bits: 8}, false},
		{Packed{Shape: []int{1 << 31, 1 << 31, 4}, Bits: 8}, false},
	} {
		if got := c.p.Valid(); got != c.want {
			t.Errorf("%v of %d bits with %d bytes is valid: %v", c.p.Shape, c.p.Bits, len(c.p.Data), got)
		}
	}
}
