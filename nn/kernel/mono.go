package kernel

// Mono is the shape of a valid 3x3 convolution with stride 1 over an image of H
// by W pixels with a single channel, O channels out: the first layer on grey
// images. There is nothing to sum over but the nine taps, so it is done
// directly. O is a multiple of 8. Layouts: x (H,W), w (3,3,O), y (H-2,W-2,O).
type Mono struct{ H, W, O int }

// Fits reports whether the kernels can handle the shape.
func (s Mono) Fits() bool { return s.H >= 3 && s.W >= 3 && s.O > 0 && s.O%8 == 0 }

// Forward computes, for every pixel and channel, in this order,
//
//	y = bias + w[0]*x[0] + w[1]*x[1] + ... + w[8]*x[8]
func (s Mono) Forward(x, w, bias, y []float32) {
	oh, ow := s.H-2, s.W-2
	need(x, s.H*s.W, "x")
	need(w, 9*s.O, "w")
	need(bias, s.O, "bias")
	need(y, oh*ow*s.O, "y")
	for o := 0; o < s.O; o += 8 {
		wp, bp := at(base(w), o), at(base(bias), o)
		for i := 0; i < oh; i++ {
			p, q := at(base(x), i*s.W), at(base(y), i*ow*s.O+o)
			j := 0
			for ; j+4 <= ow; j += 4 {
				s.pixels4(at(p, j), wp, bp, at(q, j*s.O))
			}
			for ; j < ow; j++ {
				s.pixel(at(p, j), wp, bp, at(q, j*s.O))
			}
		}
	}
}

// pixels4 computes eight channels of four neighbouring pixels.
func (s Mono) pixels4(p, w, b, q *float32) {
	b0, b1 := load(b), load(at(b, 4))
	s0, t0, s1, t1, s2, t2, s3, t3 := b0, b1, b0, b1, b0, b1, b0, b1
	for ky := 0; ky < 3; ky++ {
		x0, x1, x2, x3 := splat(*p), splat(*at(p, 1)), splat(*at(p, 2)), splat(*at(p, 3))
		w0, w1 := load(w), load(at(w, 4))
		s0, t0 = s0.Add(w0.Mul(x0)), t0.Add(w1.Mul(x0))
		s1, t1 = s1.Add(w0.Mul(x1)), t1.Add(w1.Mul(x1))
		s2, t2 = s2.Add(w0.Mul(x2)), t2.Add(w1.Mul(x2))
		s3, t3 = s3.Add(w0.Mul(x3)), t3.Add(w1.Mul(x3))
		x0 = splat(*at(p, 4))
		w0, w1 = load(at(w, s.O)), load(at(w, s.O+4))
		s0, t0 = s0.Add(w0.Mul(x1)), t0.Add(w1.Mul(x1))
		s1, t1 = s1.Add(w0.Mul(x2)), t1.Add(w1.Mul(x2))
		s2, t2 = s2.Add(w0.Mul(x3)), t2.Add(w1.Mul(x3))
		s3, t3 = s3.Add(w0.Mul(x0)), t3.Add(w1.Mul(x0))
		x1 = splat(*at(p, 5))
		w0, w1 = load(at(w, 2*s.O)), load(at(w, 2*s.O+4))
		s0, t0 = s0.Add(w0.Mul(x2)), t0.Add(w1.Mul(x2))
		s1, t1 = s1.Add(w0.Mul(x3)), t1.Add(w1.Mul(x3))
		s2, t2 = s2.Add(w0.Mul(x0)), t2.Add(w1.Mul(x0))
		s3, t3 = s3.Add(w0.Mul(x1)), t3.Add(w1.Mul(x1))
		p, w = at(p, s.W), at(w, 3*s.O)
	}
	store(q, s0)
	store(at(q, 4), t0)
	q = at(q, s.O)
	store(q, s1)
	store(at(q, 4), t1)
	q = at(q, s.O)
	store(q, s2)
	store(at(q, 4), t2)
	q = at(q, s.O)
	store(q, s3)
	store(at(q, 4), t3)
}

// pixel computes eight channels of one pixel.
func (s Mono) pixel(p, w, b, q *float32) {
	s0, t0 := load(b), load(at(b, 4))
	for ky := 0; ky < 3; ky++ {
		for kx := 0; kx < 3; kx++ {
			x := splat(*at(p, kx))
			s0, t0 = s0.Add(load(w).Mul(x)), t0.Add(load(at(w, 4)).Mul(x))
			w = at(w, s.O)
		}
		p = at(p, s.W)
	}
	store(q, s0)
	store(at(q, 4), t0)
}

// WeightGrad adds the gradient of the weights, the sum over all pixels in order
// of dy[pixel] * x[pixel+tap], to dw.
func (s Mono) WeightGrad(x, dy, dw []float32) {
	need(x, s.H*s.W, "x")
	need(dw, 9*s.O, "dw")
	need(dy, (s.H-2)*(s.W-2)*s.O, "dy")
	for o := 0; o < s.O; o += 8 {
		for ky := 0; ky < 3; ky++ {
			s.rowGrad(at(base(x), ky*s.W), at(base(dy), o), at(base(dw), 3*ky*s.O+o))
		}
	}
}

// rowGrad adds the gradients of the three taps of one kernel row, for eight
// channels.
func (s Mono) rowGrad(x, dy, dw *float32) {
	oh, ow := s.H-2, s.W-2
	q1, q2 := at(dw, s.O), at(dw, 2*s.O)
	g0, h0 := load(dw), load(at(dw, 4))
	g1, h1 := load(q1), load(at(q1, 4))
	g2, h2 := load(q2), load(at(q2, 4))
	for i := 0; i < oh; i++ {
		p := at(x, i*s.W)
		x0, x1 := splat(*p), splat(*at(p, 1))
		j := 0
		for ; j+2 <= ow; j += 2 {
			x2 := splat(*at(p, j+2))
			d, e := load(dy), load(at(dy, 4))
			g0, h0 = g0.Add(d.Mul(x0)), h0.Add(e.Mul(x0))
			g1, h1 = g1.Add(d.Mul(x1)), h1.Add(e.Mul(x1))
			g2, h2 = g2.Add(d.Mul(x2)), h2.Add(e.Mul(x2))
			x0 = splat(*at(p, j+3))
			dy = at(dy, s.O)
			d, e = load(dy), load(at(dy, 4))
			g0, h0 = g0.Add(d.Mul(x1)), h0.Add(e.Mul(x1))
			g1, h1 = g1.Add(d.Mul(x2)), h1.Add(e.Mul(x2))
			g2, h2 = g2.Add(d.Mul(x0)), h2.Add(e.Mul(x0))
			x0, x1 = x2, x0
			dy = at(dy, s.O)
		}
		if j < ow {
			x2 := splat(*at(p, j+2))
			d, e := load(dy), load(at(dy, 4))
			g0, h0 = g0.Add(d.Mul(x0)), h0.Add(e.Mul(x0))
			g1, h1 = g1.Add(d.Mul(x1)), h1.Add(e.Mul(x1))
			g2, h2 = g2.Add(d.Mul(x2)), h2.Add(e.Mul(x2))
			dy = at(dy, s.O)
		}
	}
	store(dw, g0)
	store(at(dw, 4), h0)
	store(q1, g1)
	store(at(q1, 4), h1)
	store(q2, g2)
	store(at(q2, 4), h2)
}
