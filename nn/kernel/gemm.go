package kernel

import "sync"

// Gemm computes the m by n matrix product
//
//	for i, j:  s := 0 (or c[i*ldc+j] if add)
//	           for p = 0..k-1:  s += a[i*ra+p*ca] * b[p*rb+j*cb]
//	           c[i*ldc+j] = s
//
// in exactly this order for every element, each product rounded to float32
// before it is added. a and b are addressed by two strides each, so that one
// function serves a matrix (ra = lda, ca = 1) and its transpose (ra = 1, ca =
// lda). One of b's strides must be 1. c must not overlap a or b.
func Gemm(m, n, k int, a []float32, ra, ca int, b []float32, rb, cb int, c []float32, ldc int, add bool) {
	if m <= 0 || n <= 0 {
		return
	}
	need(c, (m-1)*ldc+n, "c")
	if k <= 0 {
		if !add {
			for i := range m {
				clear(c[i*ldc : i*ldc+n])
			}
		}
		return
	}
	need(a, (m-1)*ra+(k-1)*ca+1, "a")
	need(b, (k-1)*rb+(n-1)*cb+1, "b")
	if rb != 1 && cb != 1 {
		panic("kernel: Gemm: neither rows nor columns of b are neighbours")
	}
	from := start{}
	if add {
		from = start{base(c), ldc}
	}
	gemm(m, n, k, base(a), ra, ca, base(b), rb, cb, from, base(c), ldc, false)
}

// Affine computes, for m rows x of k values, the k by n matrix w and n biases,
// in this order,
//
//	for i, j:  y[i*n+j] = bias[j] + x[i*k]*w[j] + x[i*k+1]*w[n+j] + ...
//
// and with relu replaces what is not above zero by zero; NaN stays.
func Affine(m, n, k int, x, w, bias, y []float32, relu bool) {
	if m <= 0 || n <= 0 || k <= 0 {
		panic("kernel: Affine needs rows, columns and a sum")
	}
	need(x, m*k, "x")
	need(w, k*n, "w")
	need(bias, n, "bias")
	need(y, m*n, "y")
	gemm(m, n, k, base(x), k, 1, base(w), n, 1, start{base(bias), 0}, base(y), n, relu)
}

// A start is what the sums begin with: values whose rows are ld apart (0: one
// row for all), or zeros.
type start struct {
	p  *float32
	ld int
}

var zeros [32]float32

func (s start) at(i, j int) start {
	if s.p == nil {
		return start{&zeros[0], 0}
	}
	return start{at(s.p, i*s.ld+j), s.ld}
}

// gemm cuts a product into parts. 32 columns of b over kc rows, 16 kB, stay in
// the first-level cache while mc rows of a, 64 kB in the second level, pass over
// them. c carries the sums from one kc to the next.
func gemm(m, n, k int, a *float32, ra, ca int, b *float32, rb, cb int, from start, c *float32, ldc int, relu bool) {
	const kc, mc = 128, 128
	packs := packing.Get().(*packs)
	defer packing.Put(packs)
	for p := 0; p < k; p += kc {
		end, k := p+kc >= k, min(kc, k-p)
		if p > 0 {
			from = start{c, ldc}
		}
		for i := 0; i < m; i += mc {
			m := min(mc, m-i)
			ap, ra, ca := packs.rows(m, k, at(a, i*ra+p*ca), ra, ca)
			for j := 0; j < n; j += 32 {
				n := min(32, n-j)
				bp, ldb := packs.columns(n, k, at(b, p*rb+j*cb), rb, cb)
				gemmPanel(m, n, k, ap, ra, ca, bp, ldb, from.at(i, j), at(c, i*ldc+j), ldc, relu && end)
			}
		}
	}
}

// packs are copies of parts of a and b, for the strides that caches dislike.
type packs struct{ a, b [128 * 128]float32 }

var packing = sync.Pool{New: func() any { return new(packs) }}

// far is a stride, in floats, from which on neighbours fall into few of the
// first-level cache's sets.
const far = 256

// rows returns m by k values of a, copied if the columns of a transposed a lie
// far apart.
func (s *packs) rows(m, k int, a *float32, ra, ca int) (*float32, int, int) {
	if ra != 1 || ca < far {
		return a, ra, ca
	}
	for p := range k {
		src, dst := at(a, p*ca), &s.a[p*m]
		i := 0
		for ; i+4 <= m; i += 4 {
			store(at(dst, i), load(at(src, i)))
		}
		for ; i < m; i++ {
			*at(dst, i) = *at(src, i)
		}
	}
	return &s.a[0], 1, m
}

// columns returns k by n values of b, row by row, copied if b is transposed.
func (s *packs) columns(n, k int, b *float32, rb, cb int) (*float32, int) {
	if cb == 1 {
		return b, rb
	}
	transpose(n, k, b, cb, &s.b[0], n)
	return &s.b[0], n
}

// gemmPanel is gemm for up to 32 columns of a b whose columns are neighbours.
func gemmPanel(m, n, k int, a *float32, ra, ca int, b *float32, ldb int, from start, c *float32, ldc int, relu bool) {
	if n == 32 {
		rows32(m, k, a, ra, ca, b, ldb, from.p, from.ld, c, ldc, relu)
		return
	}
	for i := range m {
		a, f, c := at(a, i*ra), at(from.p, i*from.ld), at(c, i*ldc)
		j := 0
		for ; j+16 <= n; j += 16 {
			row16(k, a, ca, at(b, j), ldb, at(f, j), at(c, j), relu)
		}
		for ; j+4 <= n; j += 4 {
			row4(k, a, ca, at(b, j), ldb, at(f, j), at(c, j), relu)
		}
		for ; j < n; j++ {
			row1(k, a, ca, at(b, j), ldb, at(f, j), at(c, j), relu)
		}
	}
}

// row16, row4 and row1 compute so many columns of one row.
func row16(k int, a *float32, ca int, b *float32, ldb int, from, c *float32, relu bool) {
	s0, s1, s2, s3 := load(from), load(at(from, 4)), load(at(from, 8)), load(at(from, 12))
	for ; k > 0; k-- {
		x := splat(*a)
		s0, s1 = s0.Add(x.Mul(load(b))), s1.Add(x.Mul(load(at(b, 4))))
		s2, s3 = s2.Add(x.Mul(load(at(b, 8)))), s3.Add(x.Mul(load(at(b, 12))))
		a, b = at(a, ca), at(b, ldb)
	}
	if relu {
		s0, s1, s2, s3 = rectify(s0), rectify(s1), rectify(s2), rectify(s3)
	}
	store(c, s0)
	store(at(c, 4), s1)
	store(at(c, 8), s2)
	store(at(c, 12), s3)
}

func row4(k int, a *float32, ca int, b *float32, ldb int, from, c *float32, relu bool) {
	s := load(from)
	for ; k > 0; k-- {
		s = s.Add(splat(*a).Mul(load(b)))
		a, b = at(a, ca), at(b, ldb)
	}
	if relu {
		s = rectify(s)
	}
	store(c, s)
}

func row1(k int, a *float32, ca int, b *float32, ldb int, from, c *float32, relu bool) {
	s := *from
	for ; k > 0; k-- {
		s += float32(*a * *b)
		a, b = at(a, ca), at(b, ldb)
	}
	if relu && s <= 0 {
		s = 0
	}
	*c = s
}
