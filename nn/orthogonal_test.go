package nn

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/mat"
)

// noise is a matrix of hashed numbers from -1 to 1.
func noise(rows, cols int, stream uint32) blas32.General {
	m := matrix(make([]float32, rows*cols), rows, cols)
	for i := range m.Data {
		m.Data[i] = float32(hash(stream, uint32(i))>>8)*0x1p-23 - 1
	}
	return m
}

// TestOrthogonalize compares with the iteration as it is written down, in
// float64 and over the whole matrix, and looks at the singular values.
func TestOrthogonalize(t *testing.T) {
	var o orthogonalizer
	for _, size := range [][2]int{{288, 32}, {9, 32}, {9, 1}, {1, 9}, {1, 1}, {16, 16}, {50, 7}, {20, 64}} {
		m := noise(size[0], size[1], 3)
		got := matrix(make([]float32, len(m.Data)), m.Rows, m.Cols)
		o.do(got, m)
		want := schulz(m)
		for i, v := range got.Data {
			if e := math.Abs(float64(v) - want.RawMatrix().Data[i]); !(e <= 1e-4) {
				t.Fatalf("%v: value %d is %v, expected %v", size, i, v, want.RawMatrix().Data[i])
			}
		}
		var in, out mat.SVD
		if !in.Factorize(double(m), mat.SVDNone) || !out.Factorize(double(got), mat.SVDNone) {
			t.Fatal("no singular values")
		}
		before, after := in.Values(nil), out.Values(nil)
		norm := mat.Norm(double(m), 2)
		for i, s := range before {
			// What is below a hundredth of the whole is not brought all the way up.
			if v := after[i]; s > 0.01*norm && after[len(after)-1] < 0.6 || v > 1.25 {
				t.Errorf("%v: singular values %.3v from %.3v", size, after, before)
				break
			}
		}
	}
}

// schulz is Newton and Schulz's iteration with Jordan's coefficients.
func schulz(m blas32.General) *mat.Dense {
	x := double(m)
	x.Scale(1/mat.Norm(x, 2), x)
	for range schulzRounds {
		var g, gx, ggx mat.Dense
		g.Mul(x, x.T())
		gx.Mul(&g, x)
		ggx.Mul(&g, &gx)
		gx.Scale(schulzB, &gx)
		ggx.Scale(schulzC, &ggx)
		x.Scale(schulzA, x)
		x.Add(x, &gx)
		x.Add(x, &ggx)
	}
	return x
}

func double(m blas32.General) *mat.Dense {
	d := mat.NewDense(m.Rows, m.Cols, nil)
	for i, v := range m.Data {
		d.Set(i/m.Cols, i%m.Cols, float64(v))
	}
	return d
}

// TestOrthogonalizeSpecial takes matrices with rows, columns or nothing in them,
// of other scales, and with what is no number.
func TestOrthogonalizeSpecial(t *testing.T) {
	var o orthogonalizer
	run := func(m blas32.General) []float32 {
		dst := matrix(make([]float32, len(m.Data)), m.Rows, m.Cols)
		for i := range dst.Data {
			dst.Data[i] = 7 // what was there is no part of it
		}
		o.do(dst, m)
		return dst.Data
	}
	m := noise(12, 5, 1)
	for i := range m.Rows {
		m.Data[5*i+3] = 0 // a filter without a gradient
	}
	whole := run(m)
	for i, v := range whole {
		if (v == 0) != (i%5 == 3) {
			t.Errorf("value %d is %v", i, v)
		}
	}
	for _, scale := range []float32{0x1p-40, 0x1p-10, 0x1p30} {
		scaled := noise(12, 5, 1)
		for i := range scaled.Data {
			scaled.Data[i] = scale * m.Data[i]
		}
		for i, v := range run(scaled) {
			if v != whole[i] {
				t.Fatalf("times %v: value %d is %v, expected %v", scale, i, v, whole[i])
			}
		}
	}
	for i, v := range run(matrix(make([]float32, 12), 3, 4)) {
		if v != 0 {
			t.Errorf("of zeros: value %d is %v", i, v)
		}
	}
	m.Data[7] = float32(math.NaN())
	for i, v := range run(m) {
		if v == v {
			t.Errorf("with NaN: value %d is %v", i, v)
		}
	}
}
