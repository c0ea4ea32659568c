package kernel

// Winograd convolution F(4x4, 3x3) of Lavin and Gray, "Fast Algorithms for
// Convolutional Neural Networks" (2015), with the interpolation points
// 0, 1, -1, 2, -2 and infinity. For each 6x6 tile d of the input and each 3x3
// filter g,
//
//	y = A^T [ (G g G^T) * (B^T d B) ] A        (* is elementwise)
//
// gives a 4x4 tile of outputs with 36 products instead of 144. Summed over
// the input channels, each of the 36 elements ("frequencies") is a matrix
// product over (tiles, channels):
//
//	M[f] (tiles,O) = V[f] (tiles,C)  U[f] (C,O)
//
// The gradients are the adjoints of the same three linear maps, so they reuse
// V and U:
//
//	dM = A dy A^T            dU[f] = V[f]^T dM[f]      dg = G^T dU G
//	                         dV[f] = dM[f] U[f]^T      dd = B dV B^T, overlap-added
//
// Layouts: images (H,W,C); filters (3,3,C,O); V (36,tiles,C); M (36,tiles,O);
// U (36,C,O). C and O are multiples of 4. Tiles that reach over the border read
// zeros and drop what lies outside, so any H, W >= 3 will do.

// Freqs is the number of frequencies, 6x6.
const Freqs = 36

// Winograd is the shape of a valid 3x3 convolution with stride 1 over an
// image of H by W pixels, C channels in and O out.
type Winograd struct{ H, W, C, O int }

// Fits reports whether the transforms can handle the shape.
func (s Winograd) Fits() bool {
	return s.H >= 3 && s.W >= 3 && s.C > 0 && s.O > 0 && s.C%4 == 0 && s.O%4 == 0
}

// rows and cols count the tiles down and across.
func (s Winograd) rows() int { return (s.H - 2 + 3) / 4 }
func (s Winograd) cols() int { return (s.W - 2 + 3) / 4 }

// Tiles is the number of 4x4 output tiles of an image.
func (s Winograd) Tiles() int { return s.rows() * s.cols() }

// LenV, LenM and LenU are the sizes of one image's V and M, and of U.
func (s Winograd) LenV() int { return Freqs * s.Tiles() * s.C }
func (s Winograd) LenM() int { return Freqs * s.Tiles() * s.O }
func (s Winograd) LenU() int { return Freqs * s.C * s.O }

// LenStrip is the size of the scratch buffer that Input and InputAdjoint use.
func (s Winograd) LenStrip() int { return 6 * (4*s.cols() + 2) * 4 * group }

// Weights computes U = G g G^T for every pair of channels, and its transpose
// UT (36,O,C) for the input gradient, unless ut is nil. g is (3,3,C,O).
func (s Winograd) Weights(g, u, ut []float32) {
	n := s.C * s.O
	need(g, 9*n, "g")
	need(u, Freqs*n, "u")
	if ut != nil {
		need(ut, Freqs*n, "ut")
	}
	var t [6][3]vec
	for i := 0; i < n; i += 4 {
		p := at(base(g), i)
		for j := 0; j < 3; j++ {
			t[0][j], t[1][j], t[2][j], t[3][j], t[4][j], t[5][j] =
				filter6(load(at(p, j*n)), load(at(p, (3+j)*n)), load(at(p, (6+j)*n)))
		}
		q := at(base(u), i)
		for r := range t {
			f0, f1, f2, f3, f4, f5 := filter6(t[r][0], t[r][1], t[r][2])
			store(at(q, (6*r+0)*n), f0)
			store(at(q, (6*r+1)*n), f1)
			store(at(q, (6*r+2)*n), f2)
			store(at(q, (6*r+3)*n), f3)
			store(at(q, (6*r+4)*n), f4)
			store(at(q, (6*r+5)*n), f5)
		}
	}
	for f := 0; ut != nil && f < Freqs; f++ {
		Transpose(s.C, s.O, u[f*n:(f+1)*n], s.O, ut[f*n:(f+1)*n], s.C)
	}
}

// WeightsAdjoint computes dg = G^T dU G, (3,3,C,O).
func (s Winograd) WeightsAdjoint(du, dg []float32) {
	n := s.C * s.O
	need(du, Freqs*n, "du")
	need(dg, 9*n, "dg")
	var t [3][6]vec
	for i := 0; i < n; i += 4 {
		q := at(base(du), i)
		for j := 0; j < 6; j++ {
			t[0][j], t[1][j], t[2][j] = filter6Adjoint(
				load(at(q, j*n)), load(at(q, (6+j)*n)), load(at(q, (12+j)*n)),
				load(at(q, (18+j)*n)), load(at(q, (24+j)*n)), load(at(q, (30+j)*n)))
		}
		p := at(base(dg), i)
		for r := range t {
			d0, d1, d2 := filter6Adjoint(t[r][0], t[r][1], t[r][2], t[r][3], t[r][4], t[r][5])
			store(at(p, (3*r+0)*n), d0)
			store(at(p, (3*r+1)*n), d1)
			store(at(p, (3*r+2)*n), d2)
		}
	}
}

// filter6 multiplies a column by G:
//
//	 1/4    0    0
//	-1/6 -1/6 -1/6
//	-1/6  1/6 -1/6
//	1/24 1/12  1/6
//	1/24 -1/12 1/6
//	   0    0    1
func filter6(g0, g1, g2 vec) (f0, f1, f2, f3, f4, f5 vec) {
	s := g0.Add(g2)
	sixth := splat(-1.0 / 6)
	f0 = splat(0.25).Mul(g0)
	f1 = sixth.Mul(s.Add(g1))
	f2 = sixth.Mul(s.Sub(g1))
	t := splat(1.0 / 24).Mul(g0).Add(splat(1.0 / 6).Mul(g2))
	h := splat(1.0 / 12).Mul(g1)
	f3, f4 = t.Add(h), t.Sub(h)
	return f0, f1, f2, f3, f4, g2
}

// filter6Adjoint multiplies a column by G^T.
func filter6Adjoint(f0, f1, f2, f3, f4, f5 vec) (g0, g1, g2 vec) {
	s12, d12 := f1.Add(f2), f2.Sub(f1)
	s34, d34 := f3.Add(f4), f3.Sub(f4)
	sixth := splat(1.0 / 6)
	a := sixth.Mul(s12)
	g0 = splat(0.25).Mul(f0).Sub(a).Add(splat(1.0 / 24).Mul(s34))
	g1 = sixth.Mul(d12).Add(splat(1.0 / 12).Mul(d34))
	g2 = sixth.Mul(s34).Sub(a).Add(f5)
	return g0, g1, g2
}

// Products computes M[f] = V[f] U[f] for every frequency.
func (s Winograd) Products(v, u, m []float32) {
	t := s.Tiles()
	for f := 0; f < Freqs; f++ {
		Gemm(t, s.O, s.C, v[f*t*s.C:], s.C, 1, u[f*s.C*s.O:], s.O, 1, m[f*t*s.O:], s.O, false)
	}
}

// InputProducts computes dV[f] = dM[f] UT[f] for every frequency.
func (s Winograd) InputProducts(dm, ut, dv []float32) {
	t := s.Tiles()
	for f := 0; f < Freqs; f++ {
		Gemm(t, s.C, s.O, dm[f*t*s.O:], s.O, 1, ut[f*s.C*s.O:], s.C, 1, dv[f*t*s.C:], s.C, false)
	}
}

// WeightProducts adds V[f]^T dM[f] to dU[f] for every frequency.
func (s Winograd) WeightProducts(v, dm, du []float32) {
	t := s.Tiles()
	for f := 0; f < Freqs; f++ {
		Gemm(s.C, s.O, t, v[f*t*s.C:], 1, s.C, dm[f*t*s.O:], s.O, 1, du[f*s.C*s.O:], s.O, true)
	}
}
