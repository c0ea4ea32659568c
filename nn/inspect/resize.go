package inspect

// Resize scales the map src of h rows and w columns to dst of H rows and W
// columns by bilinear interpolation, pixels having their values in their
// middles; what lies outside the outermost middles has the border's value.
func Resize(dst []float32, H, W int, src []float32, h, w int) {
	if h < 1 || w < 1 || len(dst) != H*W || len(src) != h*w {
		panic("inspect: Resize: maps and sizes differ")
	}
	for y := range H {
		y0, y1, fy := between(y, H, h)
		for x := range W {
			x0, x1, fx := between(x, W, w)
			top := mix(src[y0*w+x0], src[y0*w+x1], fx)
			bottom := mix(src[y1*w+x0], src[y1*w+x1], fx)
			dst[y*W+x] = mix(top, bottom, fy)
		}
	}
}

// between is where pixel i of n falls among m: the two neighbours, and the
// second one's share.
func between(i, n, m int) (i0, i1 int, f float32) {
	at := (float32(i)+0.5)*float32(m)/float32(n) - 0.5
	at = min(max(at, 0), float32(m-1))
	i0 = int(at)
	return i0, min(i0+1, m-1), at - float32(i0)
}

func mix(a, b, f float32) float32 { return a + float32(f*(b-a)) }
