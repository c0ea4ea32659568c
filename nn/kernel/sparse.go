package kernel

// Sparse is the backward pass of a valid 3x3 convolution with stride 1 whose
// output went through a ReLU and a 2x2 maximum pool (see Winograd.OutputPool):
// of a gradient behind those three of four values are zero and more behind a
// dropout, so that taking the others one by one is less work than any way to
// take all. Images have H by W pixels and C channels, filters O; C is a multiple
// of 16. Layouts: x and dx (H,W,C); dy and won ((H-2)/2,(W-2)/2,O); w and dw
// (O,3,3,C), a filter's weights together.
type Sparse struct{ H, W, C, O int }

// Fits reports whether the kernels can handle the shape.
func (s Sparse) Fits() bool { return s.H >= 4 && s.W >= 4 && s.C > 0 && s.O > 0 && s.C%16 == 0 }

// An Entry is a value of the gradient that is not zero.
type Entry struct {
	G      float32
	Patch  uint32 // where in x its patch begins, in bytes
	Filter uint32 // where in w its filter begins, in bytes
}

// LenList is the largest number of entries of an image.
func (s Sparse) LenList() int { return (s.H - 2) / 2 * ((s.W - 2) / 2) * s.O }

// filters is how many filters are taken together: so many that they stay in the
// first-level cache with a row of patches.
const filters = 4

// List writes the entries of one image's gradient to list, adds them to db, and
// returns their number. Their order: by rows of windows, then by four filters,
// windows, filters.
func (s Sparse) List(dy, won []float32, list []Entry, db []float32) int {
	rows, cols := (s.H-2)/2, (s.W-2)/2
	need(dy, rows*cols*s.O, "dy")
	need(won, rows*cols*s.O, "won")
	need(db, s.O, "db")
	if len(list) < s.LenList() {
		panic("kernel: list is too short")
	}
	n := 0
	for wy := range rows {
		for first := 0; first < s.O; first += filters {
			end := min(first+filters, s.O)
			for wx := range cols {
				at := (wy*cols + wx) * s.O
				d, v := dy[at:at+end], won[at:at+end]
				for o := first; o < end; o++ {
					if g := d[o]; g != 0 && v[o] != 4 {
						db[o] += g
						k := int(v[o])
						patch := ((2*wy+k>>1)*s.W + 2*wx + k&1) * s.C
						list[n] = Entry{g, uint32(4 * patch), uint32(4 * o * 9 * s.C)}
						n++
					}
				}
			}
		}
	}
	return n
}

// Backward adds for each entry of the list, in order, its part to dw and dx:
//
//	for ky, kx < 3, c:  dw[filter,ky,kx,c]    += G * x[patch+(ky,kx),c]
//	                    dx[patch+(ky,kx),c] += G * w[filter,ky,kx,c]
//
// list must be one that List made for this shape.
func (s Sparse) Backward(list []Entry, x, w, dw, dx []float32) {
	need(x, s.H*s.W*s.C, "x")
	need(dx, s.H*s.W*s.C, "dx")
	need(w, s.O*9*s.C, "w")
	need(dw, s.O*9*s.C, "dw")
	if len(list) > 0 {
		entries(&list[0], len(list), 3*s.C/16, s.W*s.C, base(x), base(w), base(dw), base(dx))
	}
}
