package kernel

// OutputPool is Output with a ReLU and a 2x2 maximum pool behind it, as long as a
// tile is in registers:
//
//	Y = A^T M A + bias;  y = max(0, the largest of each 2x2 window of Y)
//
// y and won are ((H-2)/2,(W-2)/2,O); a last row or column of Y that fills no
// window is dropped. won says which of its window's four values the largest is,
// the first one of equals, rows before columns: 0 to 3, or 4 if it is not above
// zero, so that nothing is to go back there. A NaN is never larger.
func (s Winograd) OutputPool(m, bias, y, won []float32) {
	oh, ow := s.H-2, s.W-2
	need(m, s.LenM(), "m")
	need(bias, s.O, "bias")
	need(y, oh/2*(ow/2)*s.O, "y")
	need(won, oh/2*(ow/2)*s.O, "won")
	freq := s.Tiles() * s.O
	var t [4][6]vec
	for ty := 0; ty < s.rows(); ty++ {
		for tx := 0; tx < s.cols(); tx++ {
			for o := 0; o < s.O; o += 4 {
				q := at(base(m), (ty*s.cols()+tx)*s.O+o)
				for j := 0; j < 6; j++ {
					p := at(q, j*freq)
					t[0][j], t[1][j], t[2][j], t[3][j] = out4(load(p), load(at(p, 6*freq)), load(at(p, 12*freq)),
						load(at(p, 18*freq)), load(at(p, 24*freq)), load(at(p, 30*freq)))
				}
				b := load(at(base(bias), o))
				for r := 0; r < 4 && 4*ty+r+1 < oh; r += 2 {
					a0, a1, a2, a3 := out4(t[r][0], t[r][1], t[r][2], t[r][3], t[r][4], t[r][5])
					b0, b1, b2, b3 := out4(t[r+1][0], t[r+1][1], t[r+1][2], t[r+1][3], t[r+1][4], t[r+1][5])
					i := ((2*ty+r/2)*(ow/2)+2*tx)*s.O + o
					if 4*tx+1 < ow {
						poolWindow(a0.Add(b), a1.Add(b), b0.Add(b), b1.Add(b), at(base(y), i), at(base(won), i))
					}
					if 4*tx+3 < ow {
						i += s.O
						poolWindow(a2.Add(b), a3.Add(b), b2.Add(b), b3.Add(b), at(base(y), i), at(base(won), i))
					}
				}
			}
		}
	}
}

// poolWindow writes the largest of a window's four values, at least zero, to y,
// and which one it is to won.
func poolWindow(x0, x1, x2, x3 vec, y, won *float32) {
	best, which := splat(0), splat(4)
	m := x0.Greater(best)
	best, which = pick(m, x0, best), pick(m, splat(0), which)
	m = x1.Greater(best)
	best, which = pick(m, x1, best), pick(m, splat(1), which)
	m = x2.Greater(best)
	best, which = pick(m, x2, best), pick(m, splat(2), which)
	m = x3.Greater(best)
	store(y, pick(m, x3, best))
	store(won, pick(m, splat(3), which))
}

// OutputPoolAdjoint computes dM = A dY A^T for all tiles, dY being the gradient
// dy of the pooled values at the places that won, and zero elsewhere. It adds
// what goes to each channel to db, tile by tile, window by window.
func (s Winograd) OutputPoolAdjoint(dy, won, dm, db []float32) {
	oh, ow := s.H-2, s.W-2
	need(dm, s.LenM(), "dm")
	need(dy, oh/2*(ow/2)*s.O, "dy")
	need(won, oh/2*(ow/2)*s.O, "won")
	need(db, s.O, "db")
	freq := s.Tiles() * s.O
	zero := splat(0)
	var t [6][4]vec
	for ty := 0; ty < s.rows(); ty++ {
		for tx := 0; tx < s.cols(); tx++ {
			for o := 0; o < s.O; o += 4 {
				sum := load(at(base(db), o))
				for half := 0; half < 2; half++ { // the left and the right two columns
					var d [4][2]vec
					if 4*tx+2*half+1 < ow {
						for r := 0; r < 4 && 4*ty+r+1 < oh; r += 2 {
							i := ((2*ty+r/2)*(ow/2)+2*tx+half)*s.O + o
							g, w := load(at(base(dy), i)), load(at(base(won), i))
							d[r][0], d[r][1] = pick(w.Equal(zero), g, zero), pick(w.Equal(splat(1)), g, zero)
							d[r+1][0], d[r+1][1] = pick(w.Equal(splat(2)), g, zero), pick(w.Equal(splat(3)), g, zero)
							sum = sum.Add(pick(w.Equal(splat(4)), zero, g))
						}
					}
					for j := range 2 {
						k := 2*half + j
						t[0][k], t[1][k], t[2][k], t[3][k], t[4][k], t[5][k] = out4Adjoint(d[0][j], d[1][j], d[2][j], d[3][j])
					}
				}
				store(at(base(db), o), sum)
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
