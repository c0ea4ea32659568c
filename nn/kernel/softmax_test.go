package kernel_test

import (
	"math"
	"testing"

	"convlens/nn/kernel"
)

// ulps is the distance between got and the exact want, in units of got's last
// place.
func ulps(got float32, want float64) float64 {
	unit := float64(math.Nextafter32(float32(math.Abs(want)), inf)) - float64(float32(math.Abs(want)))
	return math.Abs(float64(got)-want) / unit
}

// TestExp sweeps the whole range where e**x is a normal float32, and densely
// around 0. (All arguments together were 0.991 units off at most.)
func TestExp(t *testing.T) {
	worst, at := 0.0, float32(0)
	try := func(x float32) {
		if e := ulps(kernel.Exp(x), math.Exp(float64(x))); e > worst {
			worst, at = e, x
		}
	}
	for x := float32(-87.33654); x <= 88.72283; x += 0.00071 {
		try(x)
	}
	for x := float32(-0x1p-10); x <= 0x1p-10; x += 0x1p-24 {
		try(x)
	}
	if worst > 1 {
		t.Errorf("Exp(%v) is %.3f units off, expected at most 1", at, worst)
	}
}

func TestExpCorners(t *testing.T) {
	for _, tt := range []struct{ x, want float32 }{
		{0, 1}, {float32(math.Copysign(0, -1)), 1}, {0x1p-149, 1},
		{inf, inf}, {-inf, 0}, {float32(math.NaN()), float32(math.NaN())},
		{88.72284, inf}, {100, inf}, {math.MaxFloat32, inf},
		{-87.33655, 0}, {-100, 0}, {-math.MaxFloat32, 0},
	} {
		if got := kernel.Exp(tt.x); !same(got, tt.want) {
			t.Errorf("Exp(%v) is %v, expected %v", tt.x, got, tt.want)
		}
	}
	if got := kernel.Exp(88.72283); !(got > 3.4e38 && got < inf) {
		t.Errorf("Exp(88.72283) is %v, expected to be the largest of all", got)
	}
	if got := kernel.Exp(-87.33654); !(got >= 0x1p-126 && got < 1.2e-38) {
		t.Errorf("Exp(-87.33654) is %v, expected the smallest normal number", got)
	}
}

// TestLog sweeps all orders of magnitude, and densely around 1, where the
// result is small.
func TestLog(t *testing.T) {
	worst, at := 0.0, float32(0)
	try := func(x float32) {
		if e := ulps(kernel.Log(x), math.Log(float64(x))); e > worst {
			worst, at = e, x
		}
	}
	for bits := uint32(1 << 23); bits < 0x7f800000; bits += 9973 {
		try(math.Float32frombits(bits))
	}
	for x := float32(0.5); x < 2; x += 0x1p-18 {
		try(x)
	}
	if worst > 1 {
		t.Errorf("Log(%v) is %.3f units off, expected at most 1", at, worst)
	}
}

func TestLogCorners(t *testing.T) {
	for _, tt := range []struct{ x, want float32 }{
		{1, 0}, {0, -inf}, {float32(math.Copysign(0, -1)), -inf}, {-1, float32(math.NaN())}, {-inf, float32(math.NaN())},
		{inf, inf}, {float32(math.NaN()), float32(math.NaN())},
		{0x1p-149, -103.27893}, {0x1p-127, -88.02969}, {0x1p-126, -87.33655}, {math.MaxFloat32, 88.72284},
	} {
		if got := kernel.Log(tt.x); !same(got, tt.want) {
			t.Errorf("Log(%v) is %v, expected %v", tt.x, got, tt.want)
		}
	}
}

// TestSoftmax compares with the loop of its contract, in place too, and with
// float64.
func TestSoftmax(t *testing.T) {
	for _, n := range []int{1, 2, 3, 4, 5, 10, 17, 100} {
		for _, rows := range []int{0, 1, 3} {
			x := hashed(uint32(n), rows*n)
			for i := range x {
				x[i] *= 30
			}
			compare(t, [][]float32{x, hashed(2, rows*n)},
				func(s [][]float32) { kernel.Softmax(s[0], s[1], n) },
				func(s [][]float32) { plainSoftmax(s[0], s[1], n) }, "Softmax of ", rows, " rows of ", n)
			compare(t, [][]float32{x},
				func(s [][]float32) { kernel.Softmax(s[0], s[0], n) },
				func(s [][]float32) { plainSoftmax(s[0], s[0], n) }, "Softmax in place of ", rows, " rows of ", n)
			y := make([]float32, len(x))
			kernel.Softmax(x, y, n)
			checkSoftmax(t, x, y, n)
		}
	}
}

func plainSoftmax(x, y []float32, n int) {
	for i := 0; i < len(x); i += n {
		top := -inf
		for _, v := range x[i : i+n] {
			top = max(top, v)
		}
		var sum float32
		for j := i; j < i+n; j++ {
			y[j] = kernel.Exp(x[j] - top)
			sum += y[j]
		}
		for j := i; j < i+n; j++ {
			y[j] /= sum
		}
	}
}

// checkSoftmax wants every probability right to 1e-5 of itself, which a sum of
// a hundred rounded terms keeps.
func checkSoftmax(t *testing.T, x, y []float32, n int) {
	t.Helper()
	for i := 0; i < len(x); i += n {
		var sum float64
		for _, v := range x[i : i+n] {
			sum += math.Exp(float64(v))
		}
		for j := i; j < i+n; j++ {
			want := math.Exp(float64(x[j])) / sum
			if math.Abs(float64(y[j])-want) > 1e-5*want {
				t.Errorf("softmax of %v among %d is %v, expected %v", x[j], n, y[j], want)
			}
		}
	}
}

func TestSoftmaxCorners(t *testing.T) {
	nan := float32(math.NaN())
	for _, tt := range []struct {
		name    string
		x, want []float32
	}{
		{"equal", []float32{7, 7, 7, 7}, []float32{0.25, 0.25, 0.25, 0.25}},
		{"large", []float32{1e38, 1e38, -1e38}, []float32{0.5, 0.5, 0}},
		{"one minus infinity", []float32{-inf, 0}, []float32{0, 1}},
		{"infinity", []float32{inf, 0}, []float32{nan, nan}},
		{"NaN first", []float32{nan, 0, 1}, []float32{nan, nan, nan}},
		{"NaN last", []float32{0, 1, nan}, []float32{nan, nan, nan}},
	} {
		y := make([]float32, len(tt.x))
		kernel.Softmax(tt.x, y, len(tt.x))
		for i := range y {
			if !same(y[i], tt.want[i]) {
				t.Errorf("%s: softmax of %v is %v, expected %v", tt.name, tt.x, y, tt.want)
				break
			}
		}
	}
}
