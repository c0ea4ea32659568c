package kernel_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"convlens/nn/kernel"
)

// sizes covers every tail of a loop over four or eight lanes, and a few longer
// runs.
var sizes = []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 33, 55, 79, 128, 250}

// compare runs a kernel and the plain loop of its contract on the same
// arguments and wants the same bits, NaN being equal to NaN. Each argument lies
// between guard values, at each of the four offsets from a vector's alignment
// (all at different ones), and guards and arguments are compared alike: so an
// output may only change where the plain loop changes it, an input nowhere.
func compare(t *testing.T, args [][]float32, run, plain func(s [][]float32), what ...any) {
	t.Helper()
	for offset := range 4 {
		compareAt(t, offset, args, run, plain, what...)
	}
}

// compareAt is compare with the first argument at a given offset only.
func compareAt(t *testing.T, offset int, args [][]float32, run, plain func(s [][]float32), what ...any) {
	t.Helper()
	var got, want []block
	for i, a := range args {
		got = append(got, newBlock(a, (offset+i)%4))
		want = append(want, newBlock(a, (offset+i)%4))
	}
	run(slicesOf(got))
	plain(slicesOf(want))
	for i, b := range got {
		for j, v := range b.all {
			if w := want[i].all[j]; !same(v, w) {
				t.Fatalf("%s, offset %d: argument %d, index %d of %d is %v, expected %v",
					fmt.Sprint(what...), offset, i, j-b.start, len(args[i]), v, w)
			}
		}
	}
}

// A block is a slice under test in the middle of a longer one.
type block struct {
	all        []float32
	start, end int
}

const guards = 8

// newBlock puts a copy of x between guard values, offset floats after a
// vector's alignment. The guards are NaN, so that reading one shows as well.
func newBlock(x []float32, offset int) block {
	b := block{all: make([]float32, guards+offset+len(x)+guards), start: guards + offset}
	b.end = b.start + len(x)
	for i := range b.all {
		b.all[i] = math.Float32frombits(0x7fc01000 + uint32(i))
	}
	copy(b.all[b.start:], x)
	return b
}

func slicesOf(blocks []block) (s [][]float32) {
	for _, b := range blocks {
		s = append(s, b.all[b.start:b.end:b.end])
	}
	return s
}

// same reports whether two numbers have the same bits or are both NaN.
func same(x, y float32) bool {
	return math.Float32bits(x) == math.Float32bits(y) || x != x && y != y
}

// hashed returns n numbers between -1 and 1. Different streams differ.
func hashed(stream uint32, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(int32(kernel.Hash32(stream, uint32(i))>>8)-1<<23) * 0x1p-23
	}
	return x
}

// positive returns n numbers between 0 and 1.
func positive(stream uint32, n int) []float32 {
	x := hashed(stream, n)
	for i, v := range x {
		x[i] = (v + 1) / 2
	}
	return x
}

var inf = float32(math.Inf(1))

// specials are the numbers that kernels get wrong.
var specials = []float32{0, float32(math.Copysign(0, -1)), float32(math.NaN()), inf, -inf,
	math.SmallestNonzeroFloat32, -0x1p-130, math.MaxFloat32, -math.MaxFloat32, 1}

// special returns x with two in three numbers replaced by specials, in another
// order for each stream.
func special(stream uint32, x []float32) []float32 {
	for i := range x {
		if h := kernel.Hash32(stream, uint32(i)); h%3 > 0 {
			x[i] = specials[h/3%uint32(len(specials))]
		}
	}
	return x
}

// panics fails unless f panics with a text that begins with prefix.
func panics(t *testing.T, what, prefix string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if r := recover(); r == nil || !strings.HasPrefix(fmt.Sprint(r), prefix) {
			t.Errorf("%s: panic %v, expected %q", what, r, prefix)
		}
	}()
	f()
}
