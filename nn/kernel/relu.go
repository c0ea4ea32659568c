package kernel

// rectify returns x where it is above zero or NaN, and zero elsewhere. Unlike
// a max instruction, whose NaN differs between machines, it lets a NaN pass.
func rectify(x vec) vec { return pick(x.LessEqual(splat(0)), splat(0), x) }

// AddRows adds every row of the (rows, len(sum)) matrix x to sum, in order.
func AddRows(sum, x []float32) {
	n := len(sum)
	if n == 0 || len(x)%n != 0 {
		panic("kernel: AddRows needs whole rows")
	}
	j := 0
	for ; j+4 <= n; j += 4 {
		s := load(at(base(sum), j))
		for i := j; i < len(x); i += n {
			s = s.Add(load(at(base(x), i)))
		}
		store(at(base(sum), j), s)
	}
	for ; j < n; j++ {
		for i := j; i < len(x); i += n {
			sum[j] += x[i]
		}
	}
}

// Add computes dst[i] += x[i].
func Add(dst, x []float32) {
	need(x, len(dst), "x")
	i := 0
	for ; i+4 <= len(dst); i += 4 {
		p := at(base(dst), i)
		store(p, load(p).Add(load(at(base(x), i))))
	}
	for ; i < len(dst); i++ {
		dst[i] += x[i]
	}
}

// ReLU replaces what is not above zero by zero, in place; NaN stays.
func ReLU(x []float32) {
	i := 0
	for ; i+4 <= len(x); i += 4 {
		p := at(base(x), i)
		store(p, rectify(load(p)))
	}
	for ; i < len(x); i++ {
		if x[i] <= 0 {
			x[i] = 0
		}
	}
}

// ReLUBackwardRows is ReLUBackward for the rows of a (rows, len(sum)) matrix,
// with each row added to sum, in order.
func ReLUBackwardRows(y, dy, sum []float32) {
	n := len(sum)
	if n == 0 || len(dy)%n != 0 {
		panic("kernel: ReLUBackwardRows needs whole rows")
	}
	need(y, len(dy), "y")
	j := 0
	for ; j+16 <= n; j += 16 {
		q := at(base(sum), j)
		s0, s1, s2, s3 := load(q), load(at(q, 4)), load(at(q, 8)), load(at(q, 12))
		for i := j; i < len(dy); i += n {
			a, d := at(base(y), i), at(base(dy), i)
			d0, d1, d2, d3 := masked(a, d), masked(at(a, 4), at(d, 4)), masked(at(a, 8), at(d, 8)), masked(at(a, 12), at(d, 12))
			store(d, d0)
			store(at(d, 4), d1)
			store(at(d, 8), d2)
			store(at(d, 12), d3)
			s0, s1, s2, s3 = s0.Add(d0), s1.Add(d1), s2.Add(d2), s3.Add(d3)
		}
		store(q, s0)
		store(at(q, 4), s1)
		store(at(q, 8), s2)
		store(at(q, 12), s3)
	}
	for ; j < n; j++ {
		for i := j; i < len(dy); i += n {
			if y[i] <= 0 {
				dy[i] = 0
			}
			sum[j] += dy[i]
		}
	}
}

// masked returns the four values of dy, zero where y's are not above it.
func masked(y, dy *float32) vec { return pick(load(y).LessEqual(splat(0)), splat(0), load(dy)) }

// ReLUBackward zeroes dy where the layer's output y is zero, in place.
func ReLUBackward(y, dy []float32) {
	need(y, len(dy), "y")
	i := 0
	for ; i+4 <= len(dy); i += 4 {
		p := at(base(dy), i)
		store(p, pick(load(at(base(y), i)).LessEqual(splat(0)), splat(0), load(p)))
	}
	for ; i < len(dy); i++ {
		if y[i] <= 0 {
			dy[i] = 0
		}
	}
}
