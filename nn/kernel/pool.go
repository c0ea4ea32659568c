package kernel

// MaxPool computes the largest value under each window of one image: x is
// (H,W,C), y (OH,OW,C). Of equal values the first counts, rows before columns.
// The window must lie inside the image (Top = Left = 0).
func (g Window) MaxPool(x, y []float32) {
	need(x, g.H*g.W*g.C, "x")
	need(y, g.OH*g.OW*g.C, "y")
	if g.KH == 2 && g.KW == 2 && g.Stride == 2 && g.C%4 == 0 {
		g.pool2(x, y)
		return
	}
	row := g.W * g.C
	for oy := 0; oy < g.OH; oy++ {
		for ox := 0; ox < g.OW; ox++ {
			src := at(base(x), oy*g.Stride*row+ox*g.Stride*g.C)
			dst := at(base(y), (oy*g.OW+ox)*g.C)
			for c := 0; c < g.C; c++ {
				best := *at(src, c)
				for ky := 0; ky < g.KH; ky++ {
					for kx := 0; kx < g.KW; kx++ {
						if v := *at(src, ky*row+kx*g.C+c); v > best {
							best = v
						}
					}
				}
				*at(dst, c) = best
			}
		}
	}
}

// pool2 is MaxPool for 2x2 windows side by side.
func (g Window) pool2(x, y []float32) {
	row := g.W * g.C
	for oy := 0; oy < g.OH; oy++ {
		q := at(base(y), oy*g.OW*g.C)
		for ox := 0; ox < g.OW; ox++ {
			p := at(base(x), 2*oy*row+2*ox*g.C)
			for c := 0; c < g.C; c += 4 {
				x0, x1, x2, x3 := load(p), load(at(p, g.C)), load(at(p, row)), load(at(p, row+g.C))
				store(q, larger(x3, larger(x2, larger(x1, x0))))
				p, q = at(p, 4), at(q, 4)
			}
		}
	}
}

// larger returns v where it is above best, and best elsewhere.
func larger(v, best vec) vec { return pick(v.Greater(best), v, best) }

// MaxPoolBackward sends each dy (OH,OW,C) to the place of its window's maximum
// in x, the first one of equals; dx (H,W,C) is overwritten. Windows that
// overlap (Stride < KH or KW) add up.
func (g Window) MaxPoolBackward(x, dy, dx []float32) {
	need(x, g.H*g.W*g.C, "x")
	need(dx, g.H*g.W*g.C, "dx")
	need(dy, g.OH*g.OW*g.C, "dy")
	if g.KH == 2 && g.KW == 2 && g.Stride == 2 && g.C%4 == 0 {
		g.pool2Backward(x, dy, dx)
		return
	}
	clear(dx[:g.H*g.W*g.C])
	for oy := 0; oy < g.OH; oy++ {
		for ox := 0; ox < g.OW; ox++ {
			for c := 0; c < g.C; c++ {
				best := -1
				for ky := 0; ky < g.KH; ky++ {
					for kx := 0; kx < g.KW; kx++ {
						i := ((oy*g.Stride+ky)*g.W+ox*g.Stride+kx)*g.C + c
						if best < 0 || x[i] > x[best] {
							best = i
						}
					}
				}
				dx[best] += dy[(oy*g.OW+ox)*g.C+c]
			}
		}
	}
}

// pool2Backward is MaxPoolBackward for 2x2 windows side by side.
func (g Window) pool2Backward(x, dy, dx []float32) {
	if 2*g.OH < g.H || 2*g.OW < g.W {
		clear(dx[:g.H*g.W*g.C]) // a last row or column lies under no window
	}
	row := g.W * g.C
	zero := splat(0)
	for oy := 0; oy < g.OH; oy++ {
		for ox := 0; ox < g.OW; ox++ {
			for c := 0; c < g.C; c += 4 {
				i := 2*oy*row + 2*ox*g.C + c
				p, q := at(base(x), i), at(base(dx), i)
				x0, x1, x2, x3 := load(p), load(at(p, g.C)), load(at(p, row)), load(at(p, row+g.C))
				top := larger(x3, larger(x2, larger(x1, x0)))
				rest := load(at(base(dy), (oy*g.OW+ox)*g.C+c))
				won := x0.Equal(top)
				store(q, pick(won, rest, zero))
				rest = pick(won, zero, rest)
				won = x1.Equal(top)
				store(at(q, g.C), pick(won, rest, zero))
				rest = pick(won, zero, rest)
				won = x2.Equal(top)
				store(at(q, row), pick(won, rest, zero))
				store(at(q, row+g.C), pick(won, zero, rest))
			}
		}
	}
}
