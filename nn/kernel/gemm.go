package kernel

// Gemm computes the m by n matrix product
//
//	for i, j:  s := 0 (or c[i*ldc+j] if add)
//	           for p = 0..k-1:  s += a[i*ra+p*ca] * b[p*ldb+j]
//	           c[i*ldc+j] = s
//
// in exactly this order for every element, each product rounded to float32
// before it is added. a is addressed by two strides, so that one function
// serves A (ra = lda, ca = 1) and its transpose (ra = 1, ca = lda). c must not
// overlap a or b.
func Gemm(m, n, k int, a []float32, ra, ca int, b []float32, ldb int, c []float32, ldc int, add bool) {
	if m <= 0 || n <= 0 {
		return
	}
	if k > 0 {
		need(a, (m-1)*ra+(k-1)*ca+1, "a")
		need(b, (k-1)*ldb+n, "b")
	}
	need(c, (m-1)*ldc+n, "c")
	if !add {
		for i := 0; i < m; i++ {
			clear(c[i*ldc : i*ldc+n])
		}
	}
	if k <= 0 {
		return
	}
	// A panel of kc rows and 16 columns of b stays in the first-level cache
	// while a block of rows of a passes over it; the block stays in the second
	// while the panels change. c carries the sums from panel to panel.
	const kc, mc = 256, 64
	for p := 0; p < k; p += kc {
		for i := 0; i < m; i += mc {
			gemmBlock(min(mc, m-i), n, min(kc, k-p), at(base(a), i*ra+p*ca), ra, ca, at(base(b), p*ldb), ldb, at(base(c), i*ldc), ldc)
		}
	}
}

// gemmBlock adds the product of a block of a and one of b to c, in the largest
// tiles that fit.
func gemmBlock(m, n, k int, a *float32, ra, ca int, b *float32, ldb int, c *float32, ldc int) {
	j := 0
	for ; j+16 <= n; j += 16 {
		i := 0
		switch {
		case ca == 1:
			for ; i+2 <= m; i += 2 {
				gemm2x16(k, at(a, i*ra), ra, at(b, j), ldb, at(c, i*ldc+j), ldc)
			}
		case ra == 1:
			for ; i+2 <= m; i += 2 {
				gemm2x16t(k, at(a, i), ca, at(b, j), ldb, at(c, i*ldc+j), ldc)
			}
		}
		for ; i < m; i++ {
			gemm1x8(k, at(a, i*ra), ca, at(b, j), ldb, at(c, i*ldc+j))
			gemm1x8(k, at(a, i*ra), ca, at(b, j+8), ldb, at(c, i*ldc+j+8))
		}
	}
	for ; j+8 <= n; j += 8 {
		for i := 0; i < m; i++ {
			gemm1x8(k, at(a, i*ra), ca, at(b, j), ldb, at(c, i*ldc+j))
		}
	}
	for ; j+4 <= n; j += 4 {
		for i := 0; i < m; i++ {
			gemm1x4(k, at(a, i*ra), ca, at(b, j), ldb, at(c, i*ldc+j))
		}
	}
	for ; j < n; j++ {
		for i := 0; i < m; i++ {
			gemm1x1(k, at(a, i*ra), ca, at(b, j), ldb, at(c, i*ldc+j))
		}
	}
}

// gemm2x16 adds to a 2 by 16 tile of c; the two rows of a are lda apart. Of the
// tiles whose sums fit into 16 vector registers this one is the fastest: each
// splat, which competes with the additions for a port, serves four of them.
// Eight steps to a turn, because a turn of a loop costs Go's wasm as much as a
// step.
func gemm2x16(k int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int) {
	d := at(c, ldc)
	a0, a1 := a, at(a, lda)
	s0, s1, s2, s3 := load(c), load(at(c, 4)), load(at(c, 8)), load(at(c, 12))
	t0, t1, t2, t3 := load(d), load(at(d, 4)), load(at(d, 8)), load(at(d, 12))
	for ; k >= 8; k -= 8 {
		b0, b1, b2, b3 := load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x := splat(*a0)
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*a1)
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*at(a0, 1))
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a1, 1))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*at(a0, 2))
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a1, 2))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*at(a0, 3))
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a1, 3))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*at(a0, 4))
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a1, 4))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*at(a0, 5))
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a1, 5))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*at(a0, 6))
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a1, 6))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*at(a0, 7))
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a1, 7))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)
		a0, a1 = at(a0, 8), at(a1, 8)
	}
	for ; k > 0; k-- {
		b0, b1, b2, b3 := load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x := splat(*a0)
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*a1)
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		b = at(b, ldb)
		a0, a1 = at(a0, 1), at(a1, 1)
	}
	store(c, s0)
	store(at(c, 4), s1)
	store(at(c, 8), s2)
	store(at(c, 12), s3)
	store(d, t0)
	store(at(d, 4), t1)
	store(at(d, 8), t2)
	store(at(d, 12), t3)
}

// gemm2x16t is gemm2x16 for a transposed a: its two rows are neighbours in
// memory, its columns lda apart.
func gemm2x16t(k int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int) {
	d := at(c, ldc)
	s0, s1, s2, s3 := load(c), load(at(c, 4)), load(at(c, 8)), load(at(c, 12))
	t0, t1, t2, t3 := load(d), load(at(d, 4)), load(at(d, 8)), load(at(d, 12))
	for ; k >= 4; k -= 4 {
		b0, b1, b2, b3 := load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x := splat(*a)
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a, 1))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		a, b = at(a, lda), at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*a)
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a, 1))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		a, b = at(a, lda), at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*a)
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a, 1))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		a, b = at(a, lda), at(b, ldb)

		b0, b1, b2, b3 = load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x = splat(*a)
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a, 1))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		a, b = at(a, lda), at(b, ldb)
	}
	for ; k > 0; k-- {
		b0, b1, b2, b3 := load(b), load(at(b, 4)), load(at(b, 8)), load(at(b, 12))
		x := splat(*a)
		s0, s1, s2, s3 = s0.Add(x.Mul(b0)), s1.Add(x.Mul(b1)), s2.Add(x.Mul(b2)), s3.Add(x.Mul(b3))
		x = splat(*at(a, 1))
		t0, t1, t2, t3 = t0.Add(x.Mul(b0)), t1.Add(x.Mul(b1)), t2.Add(x.Mul(b2)), t3.Add(x.Mul(b3))
		a, b = at(a, lda), at(b, ldb)
	}
	store(c, s0)
	store(at(c, 4), s1)
	store(at(c, 8), s2)
	store(at(c, 12), s3)
	store(d, t0)
	store(at(d, 4), t1)
	store(at(d, 8), t2)
	store(at(d, 12), t3)
}

// gemm1x8, gemm1x4 and gemm1x1 do the rows and columns that fill no tile.
func gemm1x8(k int, a *float32, ca int, b *float32, ldb int, c *float32) {
	s0, s1 := load(c), load(at(c, 4))
	for ; k > 0; k-- {
		x := splat(*a)
		s0, s1 = s0.Add(x.Mul(load(b))), s1.Add(x.Mul(load(at(b, 4))))
		a, b = at(a, ca), at(b, ldb)
	}
	store(c, s0)
	store(at(c, 4), s1)
}

func gemm1x4(k int, a *float32, ca int, b *float32, ldb int, c *float32) {
	s := load(c)
	for ; k > 0; k-- {
		s = s.Add(splat(*a).Mul(load(b)))
		a, b = at(a, ca), at(b, ldb)
	}
	store(c, s)
}

func gemm1x1(k int, a *float32, ca int, b *float32, ldb int, c *float32) {
	s := *c
	for ; k > 0; k-- {
		s += float32(*a * *b)
		a, b = at(a, ca), at(b, ldb)
	}
	*c = s
}
