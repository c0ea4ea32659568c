package kernel

// group is how many vectors of channels are taken together: a cache line's.
const group = 4

// Input computes V = B^T d B for all tiles of the image x (H,W,C). strip is
// scratch of LenStrip.
func (s Winograd) Input(x, v, strip []float32) {
	need(x, s.H*s.W*s.C, "x")
	need(v, s.LenV(), "v")
	need(strip, s.LenStrip(), "strip")
	cols, width := s.cols(), 4*s.cols()+2
	clear(strip[:s.LenStrip()]) // columns beyond W stay zero
	row, freq := s.W*s.C, s.Tiles()*s.C
	tmp := base(strip) // (6, width, group) vectors: the columns of a row of tiles, transformed
	for ty := 0; ty < s.rows(); ty++ {
		for c := 0; c < s.C; c += 4 * group {
			n := min(group, (s.C-c)/4)
			p := at(base(x), 4*ty*row+c)
			if h := s.H - 4*ty; h >= 6 {
				for j := 0; j < s.W; j++ {
					q, o := at(p, j*s.C), at(tmp, 4*group*j)
					for range n {
						t0, t1, t2, t3, t4, t5 := data6(load(q), load(at(q, row)), load(at(q, 2*row)),
							load(at(q, 3*row)), load(at(q, 4*row)), load(at(q, 5*row)))
						store(o, t0)
						store(at(o, 4*group*width), t1)
						store(at(o, 8*group*width), t2)
						store(at(o, 12*group*width), t3)
						store(at(o, 16*group*width), t4)
						store(at(o, 20*group*width), t5)
						q, o = at(q, 4), at(o, 4)
					}
				}
			} else {
				s.bottomColumns(p, h, n, tmp, width)
			}
			q := at(base(v), ty*cols*s.C+c)
			for tx := 0; tx < cols; tx++ {
				for r := 0; r < 6; r++ {
					d, o := at(tmp, 4*group*(r*width+4*tx)), at(q, 6*r*freq+tx*s.C)
					for range n {
						f0, f1, f2, f3, f4, f5 := data6(load(d), load(at(d, 4*group)), load(at(d, 8*group)),
							load(at(d, 12*group)), load(at(d, 16*group)), load(at(d, 20*group)))
						store(o, f0)
						store(at(o, freq), f1)
						store(at(o, 2*freq), f2)
						store(at(o, 3*freq), f3)
						store(at(o, 4*freq), f4)
						store(at(o, 5*freq), f5)
						d, o = at(d, 4), at(o, 4)
					}
				}
			}
		}
	}
}

// bottomColumns transforms the columns, n vectors each, of a row of tiles of
// which only h < 6 rows lie inside the image.
func (s Winograd) bottomColumns(p *float32, h, n int, tmp *float32, width int) {
	row := s.W * s.C
	for j := 0; j < s.W; j++ {
		for v := range n {
			var d, t [6]vec
			for i := 0; i < h; i++ {
				d[i] = load(at(p, i*row+j*s.C+4*v))
			}
			t[0], t[1], t[2], t[3], t[4], t[5] = data6(d[0], d[1], d[2], d[3], d[4], d[5])
			for i, x := range t {
				store(at(tmp, 4*(group*(i*width+j)+v)), x)
			}
		}
	}
}

// InputAdjoint computes dx (H,W,C) = the overlapping sum of B dV B^T over all
// tiles. strip is scratch of LenStrip.
func (s Winograd) InputAdjoint(dv, dx, strip []float32) {
	need(dx, s.H*s.W*s.C, "dx")
	need(dv, s.LenV(), "dv")
	need(strip, s.LenStrip(), "strip")
	tiles, width := s.Tiles(), 4*s.cols()+2
	row := s.W * s.C
	freq := tiles * s.C
	tmp := base(strip) // (6, width) vectors: a row of tiles, its columns not yet transformed
	for ty := 0; ty < s.rows(); ty++ {
		for c := 0; c < s.C; c += 4 {
			q := at(base(dv), ty*s.cols()*s.C+c)
			for r := 0; r < 6; r++ {
				// A tile's first two columns are the previous one's last two.
				carry0, carry1 := splat(0), splat(0)
				o := at(tmp, 4*r*width)
				for tx := 0; tx < s.cols(); tx++ {
					f := at(q, 6*r*freq+tx*s.C)
					d0, d1, d2, d3, d4, d5 := data6Adjoint(load(f), load(at(f, freq)), load(at(f, 2*freq)),
						load(at(f, 3*freq)), load(at(f, 4*freq)), load(at(f, 5*freq)))
					store(o, carry0.Add(d0))
					store(at(o, 4), carry1.Add(d1))
					store(at(o, 8), d2)
					store(at(o, 12), d3)
					carry0, carry1 = d4, d5
					o = at(o, 16)
				}
				store(o, carry0)
				store(at(o, 4), carry1)
			}
			p := at(base(dx), 4*ty*row+c)
			h := min(6, s.H-4*ty)
			for j := 0; j < s.W; j++ {
				o := at(tmp, 4*j)
				d0, d1, d2, d3, d4, d5 := data6Adjoint(load(o), load(at(o, 4*width)), load(at(o, 8*width)),
					load(at(o, 12*width)), load(at(o, 16*width)), load(at(o, 20*width)))
				q := at(p, j*s.C)
				// The first two rows are the previous tiles' last two.
				if ty > 0 {
					d0, d1 = load(q).Add(d0), load(at(q, row)).Add(d1)
				}
				store(q, d0)
				store(at(q, row), d1)
				store(at(q, 2*row), d2)
				if h > 3 {
					store(at(q, 3*row), d3)
				}
				if h > 4 {
					store(at(q, 4*row), d4)
				}
				if h > 5 {
					store(at(q, 5*row), d5)
				}
			}
		}
	}
}

// data6 multiplies a column by B^T:
//
//	4  0 -5  0 1 0
//	0 -4 -4  1 1 0
//	0  4 -4 -1 1 0
//	0 -2 -1  2 1 0
//	0  2 -1 -2 1 0
//	0  4  0 -5 0 1
func data6(d0, d1, d2, d3, d4, d5 vec) (t0, t1, t2, t3, t4, t5 vec) {
	four := splat(4)
	a, b := d4.Sub(four.Mul(d2)), d3.Sub(four.Mul(d1))
	t0 = four.Mul(d0).Sub(d2).Add(a)
	t1, t2 = a.Add(b), a.Sub(b)
	c, e := d4.Sub(d2), d3.Sub(d1)
	e = e.Add(e)
	t3, t4 = c.Add(e), c.Sub(e)
	t5 = d5.Sub(four.Mul(d3)).Sub(b)
	return t0, t1, t2, t3, t4, t5
}

// data6Adjoint multiplies a column by B.
func data6Adjoint(t0, t1, t2, t3, t4, t5 vec) (d0, d1, d2, d3, d4, d5 vec) {
	four, five := splat(4), splat(5)
	s, e := t1.Add(t2), t1.Sub(t2)
	u, f := t3.Add(t4), t3.Sub(t4)
	f = f.Add(f)
	d0 = four.Mul(t0)
	d1 = four.Mul(t5.Sub(e)).Sub(f)
	w := t0.Add(s)
	d2 = splat(-4).Mul(w).Sub(t0.Add(u))
	d3 = e.Add(f).Sub(five.Mul(t5))
	d4 = w.Add(u)
	return d0, d1, d2, d3, d4, t5
}
