package kernel_test

import (
	"fmt"
	"math"
	"testing"

	"convlens/nn/kernel"
)

// elementwise are the kernels over slices of one length; what is inside run is
// the call, what is inside plain the loop body of its contract.
var elementwise = []struct {
	name  string
	args  int
	run   func(s [][]float32)
	plain func(s [][]float32, i int)
}{
	{"Add", 2,
		func(s [][]float32) { kernel.Add(s[0], s[1]) },
		func(s [][]float32, i int) { s[0][i] += s[1][i] }},
	{"ReLU", 1,
		func(s [][]float32) { kernel.ReLU(s[0]) },
		func(s [][]float32, i int) { s[0][i] = relu(s[0][i]) }},
	{"ReLUBackward", 2,
		func(s [][]float32) { kernel.ReLUBackward(s[0], s[1]) },
		func(s [][]float32, i int) {
			if s[0][i] <= 0 {
				s[1][i] = 0
			}
		}},
	{"Dropout", 1,
		func(s [][]float32) { kernel.Dropout(s[0], 7, 1<<30, 4.0/3) },
		func(s [][]float32, i int) { s[0][i] = dropout(s[0][i], 7, i, 1<<30, 4.0/3) }},
	{"Dropout of half", 1,
		func(s [][]float32) { kernel.Dropout(s[0], 0xfffffff0, 1<<31, 2) },
		func(s [][]float32, i int) { s[0][i] = dropout(s[0][i], 0xfffffff0, i, 1<<31, 2) }},
	{"Dropout at the threshold", 1, // the third number is not below itself
		func(s [][]float32) { kernel.Dropout(s[0], 7, kernel.Hash32(7, 2), 2) },
		func(s [][]float32, i int) { s[0][i] = dropout(s[0][i], 7, i, kernel.Hash32(7, 2), 2) }},
	{"Dropout of nothing", 1,
		func(s [][]float32) { kernel.Dropout(s[0], 7, 0, 1) },
		func(s [][]float32, i int) {}},
	{"Dropout of all", 1,
		func(s [][]float32) { kernel.Dropout(s[0], 7, math.MaxUint32, 3) },
		func(s [][]float32, i int) { s[0][i] = dropout(s[0][i], 7, i, math.MaxUint32, 3) }},
}

// relu lets NaN pass and makes -0 the plain zero.
func relu(x float32) float32 {
	if x <= 0 {
		return 0
	}
	return x
}

func dropout(x float32, key uint32, i int, threshold uint32, scale float32) float32 {
	if kernel.Hash32(key, uint32(i)) < threshold {
		return 0
	}
	return float32(x * scale)
}

func TestElementwise(t *testing.T) {
	for _, tt := range elementwise {
		for _, n := range sizes {
			var ordinary, odd [][]float32
			for i := range uint32(tt.args) {
				ordinary = append(ordinary, hashed(i, n))
				odd = append(odd, special(i+10, hashed(i, n)))
			}
			plain := func(s [][]float32) {
				for i := range s[0] {
					tt.plain(s, i)
				}
			}
			compare(t, ordinary, tt.run, plain, tt.name, " of ", n)
			compare(t, odd, tt.run, plain, tt.name, " of specials, ", n)
		}
	}
}

// TestReLUOfSpecials pins what the comparison above takes from its own loop.
func TestReLUOfSpecials(t *testing.T) {
	for _, tt := range []struct{ x, want float32 }{
		{0, 0}, {float32(math.Copysign(0, -1)), 0}, {float32(math.NaN()), float32(math.NaN())},
		{inf, inf}, {-inf, 0}, {0x1p-149, 0x1p-149}, {-0x1p-149, 0}, {2, 2}, {-2, 0},
	} {
		x := []float32{tt.x, tt.x, tt.x, tt.x, tt.x} // four lanes and the tail
		kernel.ReLU(x)
		for _, got := range x {
			if !same(got, tt.want) {
				t.Errorf("ReLU of %v is %v, expected %v", tt.x, got, tt.want)
			}
		}
	}
}

// TestHash32 pins some numbers of the random sequence, worked out apart with
// Python's integers: every run's dropout masks come from it.
func TestHash32(t *testing.T) {
	got := fmt.Sprintf("%08x %08x %08x %08x", kernel.Hash32(0, 0), kernel.Hash32(0, 1), kernel.Hash32(1, 0), kernel.Hash32(0xffffffff, 0xffffffff))
	if want := "00000000 01fce552 688990c0 35e1e3a1"; got != want {
		t.Errorf("numbers %s, expected %s", got, want)
	}
}

// TestDropoutShare wants a quarter of the values dropped for a threshold of a
// quarter, and other ones for another key.
func TestDropoutShare(t *testing.T) {
	const n = 100_000
	mask := func(key uint32) (zeros int, bits string) {
		x := make([]float32, n)
		for i := range x {
			x[i] = 1
		}
		kernel.Dropout(x, key, 1<<30, 1)
		for _, v := range x {
			if v == 0 {
				zeros++
			}
		}
		return zeros, fmt.Sprint(x[:100])
	}
	a, first := mask(1)
	b, second := mask(2)
	// The standard deviation of the share is 0.14%.
	for _, zeros := range []int{a, b} {
		if share := float64(zeros) / n; math.Abs(share-0.25) > 0.006 {
			t.Errorf("%.4f of the values dropped, expected 0.25", share)
		}
	}
	if first == second {
		t.Error("two keys give one mask")
	}
}

// rowSizes are the shapes (rows, columns) for kernels over the rows of a
// matrix.
var rowSizes = [][2]int{{0, 4}, {1, 1}, {3, 1}, {2, 3}, {5, 4}, {1, 7}, {4, 8}, {3, 10}, {7, 15}, {2, 32}, {3, 33}, {9, 128}}

func TestAddRows(t *testing.T) {
	for _, s := range rowSizes {
		rows, n := s[0], s[1]
		compare(t, [][]float32{hashed(1, n), hashed(2, rows*n)},
			func(s [][]float32) { kernel.AddRows(s[0], s[1]) },
			func(s [][]float32) {
				for i := range rows * n { // each column's sum in the order of the rows
					s[0][i%n] += s[1][i]
				}
			}, "AddRows ", rows, "x", n)
	}
}

func TestReLUBackwardRows(t *testing.T) {
	for _, n := range []int{1, 3, 4, 8, 16, 17, 32, 35} {
		for _, rows := range []int{0, 1, 2, 9} {
			args := [][]float32{special(1, hashed(1, n*rows)), special(2, hashed(2, n*rows)), hashed(3, n)}
			compare(t, args,
				func(s [][]float32) { kernel.ReLUBackwardRows(s[0], s[1], s[2]) },
				func(s [][]float32) {
					for i := range s[1] {
						if s[0][i] <= 0 {
							s[1][i] = 0
						}
						s[2][i%n] += s[1][i]
					}
				}, "ReLUBackwardRows ", rows, "x", n)
		}
	}
}
