package kernel

// Output computes the image y (H-2,W-2,O) from M: y = A^T M A + bias for each
// tile, cut off at the image's border; with relu, what is not above zero
// becomes zero (NaN stays).
func (s Winograd) Output(m, bias, y []float32, relu bool) {
	oh, ow := s.H-2, s.W-2
	need(m, s.LenM(), "m")
	need(bias, s.O, "bias")
	need(y, oh*ow*s.O, "y")
	freq := s.Tiles() * s.O
	var t [4][6]vec
	for ty := 0; ty < s.rows(); ty++ {
		h := min(4, oh-4*ty)
		for tx := 0; tx < s.cols(); tx++ {
			w := min(4, ow-4*tx)
			for o := 0; o < s.O; o += 4 {
				q := at(base(m), (ty*s.cols()+tx)*s.O+o)
				for j := 0; j < 6; j++ {
					p := at(q, j*freq)
					t[0][j], t[1][j], t[2][j], t[3][j] = out4(load(p), load(at(p, 6*freq)), load(at(p, 12*freq)),
						load(at(p, 18*freq)), load(at(p, 24*freq)), load(at(p, 30*freq)))
				}
				b := load(at(base(bias), o))
				for r := 0; r < h; r++ {
					y0, y1, y2, y3 := out4(t[r][0], t[r][1], t[r][2], t[r][3], t[r][4], t[r][5])
					y0, y1, y2, y3 = y0.Add(b), y1.Add(b), y2.Add(b), y3.Add(b)
					if relu {
						y0, y1, y2, y3 = rectify(y0), rectify(y1), rectify(y2), rectify(y3)
					}
					p := at(base(y), ((4*ty+r)*ow+4*tx)*s.O+o)
					store(p, y0)
					if w > 1 {
						store(at(p, s.O), y1)
					}
					if w > 2 {
						store(at(p, 2*s.O), y2)
					}
					if w > 3 {
						store(at(p, 3*s.O), y3)
					}
				}
			}
		}
	}
}

// OutputAdjoint computes dM = A dy A^T for all tiles of dy (H-2,W-2,O).
func (s Winograd) OutputAdjoint(dy, dm []float32) {
	oh, ow := s.H-2, s.W-2
	need(dm, s.LenM(), "dm")
	need(dy, oh*ow*s.O, "dy")
	freq := s.Tiles() * s.O
	var t [6][4]vec
	var d [4][4]vec
	for ty := 0; ty < s.rows(); ty++ {
		h := min(4, oh-4*ty)
		for tx := 0; tx < s.cols(); tx++ {
			w := min(4, ow-4*tx)
			if h < 4 || w < 4 {
				d = [4][4]vec{}
			}
			for o := 0; o < s.O; o += 4 {
				for r := 0; r < h; r++ {
					p := at(base(dy), ((4*ty+r)*ow+4*tx)*s.O+o)
					for j := 0; j < w; j++ {
						d[r][j] = load(at(p, j*s.O))
					}
				}
				for j := 0; j < 4; j++ {
					t[0][j], t[1][j], t[2][j], t[3][j], t[4][j], t[5][j] = out4Adjoint(d[0][j], d[1][j], d[2][j], d[3][j])
				}
				q := at(base(dm), (ty*s.cols()+tx)*s.O+o)
				for r := 0; r < 6; r++ {
					m0, m1, m2, m3, m4, m5 := out4Adjoint(t[r][0], t[r][1], t[r][2], t[r][3])
					p := at(q, 6*r*freq)
					store(p, m0)
					store(at(p, freq), m1)
					store(at(p, 2*freq), m2)
					store(at(p, 3*freq), m3)
					store(at(p, 4*freq), m4)
					store(at(p, 5*freq), m5)
				}
			}
		}
	}
}

// out4 multiplies a column by A^T:
//
//	1 1  1 1  1 0
//	0 1 -1 2 -2 0
//	0 1  1 4  4 0
//	0 1 -1 8 -8 1
func out4(m0, m1, m2, m3, m4, m5 vec) (y0, y1, y2, y3 vec) {
	s, e := m1.Add(m2), m1.Sub(m2)
	u, f := m3.Add(m4), m3.Sub(m4)
	y0 = m0.Add(s).Add(u)
	y1 = e.Add(f.Add(f))
	y2 = s.Add(splat(4).Mul(u))
	y3 = e.Add(splat(8).Mul(f)).Add(m5)
	return y0, y1, y2, y3
}

// out4Adjoint multiplies a column by A.
func out4Adjoint(y0, y1, y2, y3 vec) (m0, m1, m2, m3, m4, m5 vec) {
	p, q := y0.Add(y2), y1.Add(y3)
	r := y0.Add(splat(4).Mul(y2))
	s := y1.Add(splat(4).Mul(y3))
	s = s.Add(s)
	return y0, p.Add(q), p.Sub(q), r.Add(s), r.Sub(s), y3
}
