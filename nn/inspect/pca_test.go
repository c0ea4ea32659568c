package inspect

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// cloud returns n rows of d numbers that vary differently along mixed axes, far
// from the origin.
func cloud(n, d int) []float32 {
	x := make([]float32, n*d)
	fill(x, 7, 1)
	for i := range n {
		row := x[i*d:][:d]
		for j := range row {
			row[j] *= 1 / float32(j+1)
		}
		for j := 1; j < d; j++ {
			row[j] += 0.5 * row[j-1]
			row[j-1] += 20
		}
	}
	return x
}

// TestPCA compares variances and directions with gonum's stat.PC, and the
// variance along each axis with that of the projected rows.
func TestPCA(t *testing.T) {
	for _, size := range [][2]int{{200, 12}, {2, 5}, {9, 9}, {40, 1}} {
		n, d := size[0], size[1]
		x := cloud(n, d)
		p := NewPCA(d)
		for i := 0; i < len(x); i += 7 * d { // in pieces
			p.Add(x[i:min(len(x), i+7*d)])
		}
		k := min(3, d, n-1)
		c := p.Components(k)
		wide := make([]float64, len(x))
		for i, v := range x {
			wide[i] = float64(v)
		}
		var pc stat.PC
		if !pc.PrincipalComponents(mat.NewDense(n, d, wide), nil) || p.Rows() != n {
			t.Fatalf("%d rows", p.Rows())
		}
		variances := pc.VarsTo(nil)
		var vectors mat.Dense
		pc.VectorsTo(&vectors)
		total := 0.0
		for _, v := range variances {
			total += v
		}
		near(t, "the whole variance", float64(c.Total), total, 1e-5)
		y := make([]float32, k)
		along := make([][]float64, k)
		for i := range n {
			c.Project(y, x[i*d:][:d])
			for j, v := range y {
				along[j] = append(along[j], float64(v))
			}
		}
		for j := range k {
			near(t, "a variance", float64(c.Variances[j]), variances[j], 1e-5)
			mean, variance := stat.MeanVariance(along[j], nil)
			near(t, "the projections' mean", mean, 0, 1e-5)
			near(t, "the projections' variance", variance, variances[j], 1e-5)
			var dot, square, furthest float64
			for i, a := range c.Axes[j] {
				dot += float64(a) * vectors.At(i, j)
				square += float64(a) * float64(a)
				if math.Abs(float64(a)) > math.Abs(furthest) {
					furthest = float64(a)
				}
			}
			near(t, "an axis times gonum's", math.Abs(dot), 1, 1e-5)
			near(t, "an axis' length", square, 1, 1e-6)
			if furthest < 0 {
				t.Errorf("axis %d points to %v", j, c.Axes[j])
			}
		}
	}
}

func TestPCANothing(t *testing.T) {
	p := NewPCA(2)
	if p.Components(1) != nil {
		t.Error("components of no rows")
	}
	if p.Add([]float32{1, 2}); p.Components(1) != nil {
		t.Error("components of one row")
	}
	p.Add([]float32{1, 2, 1, 2})
	if c := p.Components(2); c == nil || c.Total != 0 || c.Variances[0] != 0 {
		t.Errorf("rows that are all the same: %+v", c)
	}
	if p.Add([]float32{float32(math.NaN()), 0}); p.Components(1) != nil {
		t.Error("components of what isn't a number")
	}
	panics(t, "half a row", func() { p.Add([]float32{1}) })
	panics(t, "too many components", func() { p.Components(3) })
}

// BenchmarkPCA is 10,000 images' outputs of the tutorial's dense layer, in
// batches of 100.
func BenchmarkPCA(b *testing.B) {
	x := cloud(10_000, 128)
	for b.Loop() {
		p := NewPCA(128)
		for i := 0; i < len(x); i += 100 * 128 {
			p.Add(x[i:][:100*128])
		}
		p.Components(3)
	}
}
