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
