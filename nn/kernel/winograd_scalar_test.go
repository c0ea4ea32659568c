package kernel_test

import "convlens/nn/kernel"

// The Winograd transforms once more on plain floats, with every operation in
// the order that is part of the contract: the last bit may depend on it.

func filter6(g []float32) []float32 {
	s := g[0] + g[2]
	t := float32(float32(1.0/24)*g[0]) + float32(float32(1.0/6)*g[2])
	h := float32(float32(1.0/12) * g[1])
	return []float32{0.25 * g[0], float32(-1.0/6) * (s + g[1]), float32(-1.0/6) * (s - g[1]), t + h, t - h, g[2]}
}

func filter6Adjoint(f []float32) []float32 {
	s12, d12, s34, d34 := f[1]+f[2], f[2]-f[1], f[3]+f[4], f[3]-f[4]
	a := float32(float32(1.0/6) * s12)
	return []float32{
		float32(0.25*f[0]) - a + float32(float32(1.0/24)*s34),
		float32(float32(1.0/6)*d12) + float32(float32(1.0/12)*d34),
		float32(float32(1.0/6)*s34) - a + f[5],
	}
}

func data6(d []float32) []float32 {
	a, b := d[4]-float32(4*d[2]), d[3]-float32(4*d[1])
	c, e := d[4]-d[2], float32(2*(d[3]-d[1]))
	return []float32{float32(4*d[0]) - d[2] + a, a + b, a - b, c + e, c - e, d[5] - float32(4*d[3]) - b}
}

func data6Adjoint(t []float32) []float32 {
	s, e, u, f := t[1]+t[2], t[1]-t[2], t[3]+t[4], float32(2*(t[3]-t[4]))
	return []float32{4 * t[0], float32(4*(t[5]-e)) - f, float32(-4*(t[0]+s)) - (t[0] + u), e + f - float32(5*t[5]), t[0] + s + u, t[5]}
}

func out4(m []float32) []float32 {
	s, e, u, f := m[1]+m[2], m[1]-m[2], m[3]+m[4], m[3]-m[4]
	return []float32{m[0] + s + u, e + float32(2*f), s + float32(4*u), e + float32(8*f) + m[5]}
}

func out4Adjoint(y []float32) []float32 {
	p, q := y[0]+y[2], y[1]+y[3]
	r, s := y[0]+float32(4*y[2]), float32(2*(y[1]+float32(4*y[3])))
	return []float32{y[0], p + q, p - q, r + s, r - s, y[3]}
}

// A grid is a small matrix, row by row.
type grid [][]float32

// newGrid makes a matrix of the values that at gives.
func newGrid(h, w int, at func(i, j int) float32) grid {
	g := make(grid, h)
	for i := range g {
		g[i] = make([]float32, w)
		for j := range g[i] {
			g[i][j] = at(i, j)
		}
	}
	return g
}

// rows applies a transform to every row, columns to every column.
func (g grid) rows(f func([]float32) []float32) grid {
	var out grid
	for _, r := range g {
		out = append(out, f(r))
	}
	return out
}

func (g grid) columns(f func([]float32) []float32) grid { return g.flip().rows(f).flip() }

func (g grid) flip() grid {
	return newGrid(len(g[0]), len(g), func(i, j int) float32 { return g[j][i] })
}

// A scalar does each of Winograd's maps tile by tile and channel by channel.
type scalar struct{ kernel.Winograd }

func (s scalar) across() int { return (s.W - 2 + 3) / 4 }

// tiles calls f for every tile and channel, with the place of the tile's first
// pixel.
func (s scalar) tiles(channels int, f func(tile, top, left, c int)) {
	for tile := range s.Tiles() {
		for c := range channels {
			f(tile, tile/s.across()*4, tile%s.across()*4, c)
		}
	}
}

// freq is the place of frequency (i,j) of a tile in V or M.
func (s scalar) freq(i, j, tile, channels, c int) int { return ((6*i+j)*s.Tiles()+tile)*channels + c }

func (s scalar) input(x, v []float32) {
	s.tiles(s.C, func(tile, top, left, c int) {
		d := newGrid(6, 6, func(i, j int) float32 {
			if top+i >= s.H || left+j >= s.W {
				return 0
			}
			return x[((top+i)*s.W+left+j)*s.C+c]
		})
		for i, row := range d.columns(data6).rows(data6) {
			for j, e := range row {
				v[s.freq(i, j, tile, s.C, c)] = e
			}
		}
	})
}

// inputAdjoint adds up neighbours across, then transforms the columns, then
// adds up neighbours down.
func (s scalar) inputAdjoint(dv, dx []float32) {
	for top := 0; top < s.H-2; top += 4 {
		for c := range s.C {
			strip := newGrid(6, 4*s.across()+2, func(i, j int) float32 { return 0 })
			for tx := range s.across() {
				tile := top/4*s.across() + tx
				d := newGrid(6, 6, func(i, j int) float32 { return dv[s.freq(i, j, tile, s.C, c)] }).rows(data6Adjoint)
				for i, row := range strip {
					to := row[4*tx:]
					to[0], to[1] = to[0]+d[i][0], to[1]+d[i][1]
					copy(to[2:], d[i][2:])
				}
			}
			for i, row := range strip.columns(data6Adjoint)[:min(6, s.H-top)] {
				for j, e := range row[:s.W] {
					to := &dx[((top+i)*s.W+j)*s.C+c]
					if i < 2 && top > 0 {
						e = *to + e
					}
					*to = e
				}
			}
		}
	}
}

func (s scalar) output(m, bias, y []float32, rectify bool) {
	s.tiles(s.O, func(tile, top, left, o int) {
		g := newGrid(6, 6, func(i, j int) float32 { return m[s.freq(i, j, tile, s.O, o)] }).columns(out4).rows(out4)
		for i, row := range g[:min(4, s.H-2-top)] {
			for j, e := range row[:min(4, s.W-2-left)] {
				e += bias[o]
				if rectify {
					e = relu(e)
				}
				y[((top+i)*(s.W-2)+left+j)*s.O+o] = e
			}
		}
	})
}

func (s scalar) outputAdjoint(dy, dm []float32) {
	s.tiles(s.O, func(tile, top, left, o int) {
		d := newGrid(4, 4, func(i, j int) float32 {
			if top+i >= s.H-2 || left+j >= s.W-2 {
				return 0
			}
			return dy[((top+i)*(s.W-2)+left+j)*s.O+o]
		})
		for i, row := range d.columns(out4Adjoint).rows(out4Adjoint) {
			for j, e := range row {
				dm[s.freq(i, j, tile, s.O, o)] = e
			}
		}
	})
}

func (s scalar) weights(g, u, ut []float32) {
	n := s.C * s.O
	for k := range n {
		t := newGrid(3, 3, func(i, j int) float32 { return g[(3*i+j)*n+k] }).columns(filter6).rows(filter6)
		for i, row := range t {
			for j, e := range row {
				u[(6*i+j)*n+k] = e
				ut[(6*i+j)*n+k%s.O*s.C+k/s.O] = e
			}
		}
	}
}

func (s scalar) weightsAdjoint(du, dg []float32) {
	n := s.C * s.O
	for k := range n {
		t := newGrid(6, 6, func(i, j int) float32 { return du[(6*i+j)*n+k] }).columns(filter6Adjoint).rows(filter6Adjoint)
		for i, row := range t {
			for j, e := range row {
				dg[(3*i+j)*n+k] = e
			}
		}
	}
}

// products calls f with where each frequency's matrices begin in V, U and M.
func (s scalar) products(f func(v, u, m int)) {
	for i := range kernel.Freqs {
		f(i*s.Tiles()*s.C, i*s.C*s.O, i*s.Tiles()*s.O)
	}
}
