package kernel

// Window is the geometry of a two-dimensional sliding window: images of H by
// W pixels and C channels, kernels of KH by KW, moved by Stride, with Top and
// Left rows and columns of zeros around the image, giving OH by OW positions.
type Window struct {
	H, W, C   int
	KH, KW    int
	Stride    int
	Top, Left int
	OH, OW    int
}

// Len is the number of values under the window, one row of Im2Col's matrix.
func (g Window) Len() int { return g.KH * g.KW * g.C }

// Im2Col writes the patches of the image x (H,W,C) as the rows of cols
// (OH*OW, KH*KW*C); what lies outside the image is zero. A convolution is then
// the product of cols with the filters (KH*KW*C, O).
func (g Window) Im2Col(x, cols []float32) {
	need(x, g.H*g.W*g.C, "x")
	need(cols, g.OH*g.OW*g.Len(), "cols")
	if g.KW*g.C <= 4 && g.Top == 0 && g.Left == 0 && g.OW > 0 && (g.OW-1)*g.Stride+g.KW <= g.W {
		g.narrow(x, cols)
		return
	}
	g.patches(func(row, ky, x0, n, skip, y int) {
		dst := cols[row+ky*g.KW*g.C:][:g.KW*g.C]
		clear(dst[:skip*g.C])
		if n > 0 {
			copyShort(dst[skip*g.C:(skip+n)*g.C], x[(y*g.W+x0)*g.C:])
		}
		clear(dst[(skip+n)*g.C:])
	})
}

// narrow is Im2Col without padding where a row of a patch fits into a vector. It
// copies a whole vector for each, of which the next copy overwrites what is too
// much; the last patch is left to plain copies.
func (g Window) narrow(x, cols []float32) {
	n, row := g.KW*g.C, g.W*g.C
	q := base(cols)
	for oy := range g.OH {
		for ox := range g.OW {
			p := at(base(x), oy*g.Stride*row+ox*g.Stride*g.C)
			if oy == g.OH-1 && ox == g.OW-1 {
				for ky := range g.KH {
					for i := range n {
						*at(q, ky*n+i) = *at(p, ky*row+i)
					}
				}
				return
			}
			ky := 0
			for ; ky+3 <= g.KH; ky += 3 { // a turn of a loop costs more than a copy
				store(q, load(p))
				store(at(q, n), load(at(p, row)))
				store(at(q, 2*n), load(at(p, 2*row)))
				p, q = at(p, 3*row), at(q, 3*n)
			}
			for ; ky < g.KH; ky++ {
				store(q, load(p))
				p, q = at(p, row), at(q, n)
			}
		}
	}
}

// Col2Im adds the rows of cols back to the pixels they came from: the adjoint
// of Im2Col. dx (H,W,C) is overwritten.
func (g Window) Col2Im(cols, dx []float32) {
	need(dx, g.H*g.W*g.C, "dx")
	need(cols, g.OH*g.OW*g.Len(), "cols")
	clear(dx[:g.H*g.W*g.C])
	g.patches(func(row, ky, x0, n, skip, y int) {
		if n > 0 {
			src := cols[row+(ky*g.KW+skip)*g.C:][:n*g.C]
			Add(dx[(y*g.W+x0)*g.C:][:n*g.C], src)
		}
	})
}

// patches calls f for each row ky of each patch: the patch starts at cols[row];
// in it, skip pixels lie left of the image, then n pixels come from image row
// y, starting at column x0. n is 0 for rows above or below the image.
func (g Window) patches(f func(row, ky, x0, n, skip, y int)) {
	row := 0
	for oy := 0; oy < g.OH; oy++ {
		for ox := 0; ox < g.OW; ox++ {
			left := ox*g.Stride - g.Left
			skip := min(max(0, -left), g.KW)
			n := min(g.KW, g.W-left) - skip
			for ky := 0; ky < g.KH; ky++ {
				y := oy*g.Stride - g.Top + ky
				if y < 0 || y >= g.H {
					f(row, ky, 0, 0, 0, 0)
				} else {
					f(row, ky, left+skip, max(0, n), skip, y)
				}
			}
			row += g.Len()
		}
	}
}

// copyShort is copy for a handful of values, where a call costs more than the
// loop.
func copyShort(dst, src []float32) {
	if len(dst) > 16 {
		copy(dst, src)
		return
	}
	for i := range dst {
		dst[i] = src[i]
	}
}
