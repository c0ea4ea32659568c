package kernel

// rectify returns x where it is above zero or NaN, and zero elsewhere. Unlike
// a max instruction, whose NaN differs between machines, it lets a NaN pass.
func rectify(x vec) vec { return pick(x.LessEqual(splat(0)), splat(0), x) }

// AddBias adds bias[j] to y[i,j] of a (rows, len(bias)) matrix.
func AddBias(y, bias []float32) {
	n := len(bias)
	if n == 0 || len(y)%n != 0 {
		panic("kernel: AddBias needs whole rows")
	}
	for i := 0; i < len(y); i += n {
		j := 0
		for ; j+4 <= n; j += 4 {
			p := at(base(y), i+j)
			store(p, load(p).Add(load(at(base(bias), j))))
		}
		for ; j < n; j++ {
			y[i+j] += bias[j]
		}
	}
}

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
