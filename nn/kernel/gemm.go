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
	// Panels of kc rows of b stay in the first-level cache while all rows
	// of a pass over them; c carries the sums from panel to panel.
	const kc = 256
	for p := 0; p < k; p += kc {
		gemmPanel(m, n, min(kc, k-p), at(base(a), p*ca), ra, ca, at(base(b), p*ldb), ldb, base(c), ldc)
	}
}

// gemmPanel adds a's product with one panel of b to c.
func gemmPanel(m, n, k int, a *float32, ra, ca int, b *float32, ldb int, c *float32, ldc int) {
	j := 0
	for ; j+8 <= n; j += 8 {
		i := 0
		switch {
		case ca == 1:
			for ; i+4 <= m; i += 4 {
				gemm4x8(k, at(a, i*ra), ra, at(b, j), ldb, at(c, i*ldc+j), ldc)
			}
		case ra == 1:
			for ; i+4 <= m; i += 4 {
				gemm4x8t(k, at(a, i), ca, at(b, j), ldb, at(c, i*ldc+j), ldc)
			}
		}
		for ; i < m; i++ {
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

// gemm4x8 adds to a 4 by 8 tile of c; the rows of a are lda apart.
func gemm4x8(k int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int) {
	c0, c1, c2, c3 := c, at(c, ldc), at(c, 2*ldc), at(c, 3*ldc)
	a0, a1, a2, a3 := a, at(a, lda), at(a, 2*lda), at(a, 3*lda)
	s00, s01 := load(c0), load(at(c0, 4))
	s10, s11 := load(c1), load(at(c1, 4))
	s20, s21 := load(c2), load(at(c2, 4))
	s30, s31 := load(c3), load(at(c3, 4))
	for ; k >= 4; k -= 4 {
		b0, b1 := load(b), load(at(b, 4))
		x := splat(*a0)
		s00, s01 = s00.Add(x.Mul(b0)), s01.Add(x.Mul(b1))
		x = splat(*a1)
		s10, s11 = s10.Add(x.Mul(b0)), s11.Add(x.Mul(b1))
		x = splat(*a2)
		s20, s21 = s20.Add(x.Mul(b0)), s21.Add(x.Mul(b1))
		x = splat(*a3)
		s30, s31 = s30.Add(x.Mul(b0)), s31.Add(x.Mul(b1))
		b = at(b, ldb)

		b0, b1 = load(b), load(at(b, 4))
		x = splat(*at(a0, 1))
		s00, s01 = s00.Add(x.Mul(b0)), s01.Add(x.Mul(b1))
		x = splat(*at(a1, 1))
		s10, s11 = s10.Add(x.Mul(b0)), s11.Add(x.Mul(b1))
		x = splat(*at(a2, 1))
		s20, s21 = s20.Add(x.Mul(b0)), s21.Add(x.Mul(b1))
		x = splat(*at(a3, 1))
		s30, s31 = s30.Add(x.Mul(b0)), s31.Add(x.Mul(b1))
		b = at(b, ldb)

		b0, b1 = load(b), load(at(b, 4))
		x = splat(*at(a0, 2))
		s00, s01 = s00.Add(x.Mul(b0)), s01.Add(x.Mul(b1))
		x = splat(*at(a1, 2))
		s10, s11 = s10.Add(x.Mul(b0)), s11.Add(x.Mul(b1))
		x = splat(*at(a2, 2))
		s20, s21 = s20.Add(x.Mul(b0)), s21.Add(x.Mul(b1))
		x = splat(*at(a3, 2))
		s30, s31 = s30.Add(x.Mul(b0)), s31.Add(x.Mul(b1))
		b = at(b, ldb)

		b0, b1 = load(b), load(at(b, 4))
		x = splat(*at(a0, 3))
		s00, s01 = s00.Add(x.Mul(b0)), s01.Add(x.Mul(b1))
		x = splat(*at(a1, 3))
		s10, s11 = s10.Add(x.Mul(b0)), s11.Add(x.Mul(b1))
		x = splat(*at(a2, 3))
		s20, s21 = s20.Add(x.Mul(b0)), s21.Add(x.Mul(b1))
		x = splat(*at(a3, 3))
		s30, s31 = s30.Add(x.Mul(b0)), s31.Add(x.Mul(b1))
		b = at(b, ldb)
		a0, a1, a2, a3 = at(a0, 4), at(a1, 4), at(a2, 4), at(a3, 4)
	}
	for ; k > 0; k-- {
		b0, b1 := load(b), load(at(b, 4))
		x := splat(*a0)
		s00, s01 = s00.Add(x.Mul(b0)), s01.Add(x.Mul(b1))
		x = splat(*a1)
		s10, s11 = s10.Add(x.Mul(b0)), s11.Add(x.Mul(b1))
		x = splat(*a2)
		s20, s21 = s20.Add(x.Mul(b0)), s21.Add(x.Mul(b1))
		x = splat(*a3)
		s30, s31 = s30.Add(x.Mul(b0)), s31.Add(x.Mul(b1))
		b = at(b, ldb)
		a0, a1, a2, a3 = at(a0, 1), at(a1, 1), at(a2, 1), at(a3, 1)
	}
	store(c0, s00)
	store(at(c0, 4), s01)
	store(c1, s10)
	store(at(c1, 4), s11)
	store(c2, s20)
	store(at(c2, 4), s21)
	store(c3, s30)
	store(at(c3, 4), s31)
}

// gemm4x8t is gemm4x8 for a transposed a: its four rows are neighbours in
// memory, its columns lda apart.
func gemm4x8t(k int, a *float32, lda int, b *float32, ldb int, c *float32, ldc int) {
	c0, c1, c2, c3 := c, at(c, ldc), at(c, 2*ldc), at(c, 3*ldc)
	s00, s01 := load(c0), load(at(c0, 4))
	s10, s11 := load(c1), load(at(c1, 4))
	s20, s21 := load(c2), load(at(c2, 4))
	s30, s31 := load(c3), load(at(c3, 4))
	for ; k >= 2; k -= 2 {
		b0, b1 := load(b), load(at(b, 4))
		x := splat(*a)
		s00, s01 = s00.Add(x.Mul(b0)), s01.Add(x.Mul(b1))
		x = splat(*at(a, 1))
		s10, s11 = s10.Add(x.Mul(b0)), s11.Add(x.Mul(b1))
		x = splat(*at(a, 2))
		s20, s21 = s20.Add(x.Mul(b0)), s21.Add(x.Mul(b1))
		x = splat(*at(a, 3))
		s30, s31 = s30.Add(x.Mul(b0)), s31.Add(x.Mul(b1))
		a, b = at(a, lda), at(b, ldb)

		b0, b1 = load(b), load(at(b, 4))
		x = splat(*a)
		s00, s01 = s00.Add(x.Mul(b0)), s01.Add(x.Mul(b1))
		x = splat(*at(a, 1))
		s10, s11 = s10.Add(x.Mul(b0)), s11.Add(x.Mul(b1))
		x = splat(*at(a, 2))
		s20, s21 = s20.Add(x.Mul(b0)), s21.Add(x.Mul(b1))
		x = splat(*at(a, 3))
		s30, s31 = s30.Add(x.Mul(b0)), s31.Add(x.Mul(b1))
		a, b = at(a, lda), at(b, ldb)
	}
	for ; k > 0; k-- {
		b0, b1 := load(b), load(at(b, 4))
		x := splat(*a)
		s00, s01 = s00.Add(x.Mul(b0)), s01.Add(x.Mul(b1))
		x = splat(*at(a, 1))
		s10, s11 = s10.Add(x.Mul(b0)), s11.Add(x.Mul(b1))
		x = splat(*at(a, 2))
		s20, s21 = s20.Add(x.Mul(b0)), s21.Add(x.Mul(b1))
		x = splat(*at(a, 3))
		s30, s31 = s30.Add(x.Mul(b0)), s31.Add(x.Mul(b1))
		a, b = at(a, lda), at(b, ldb)
	}
	store(c0, s00)
	store(at(c0, 4), s01)
	store(c1, s10)
	store(at(c1, 4), s11)
	store(c2, s20)
	store(at(c2, 4), s21)
	store(c3, s30)
	store(at(c3, 4), s31)
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
