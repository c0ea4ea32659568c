package kernel

import "math"

// Softmax computes y = exp(x - max x) / sum exp(x - max x) for each row of n
// values; y may be x.
func Softmax(x, y []float32, n int) {
	need(y, len(x), "y")
	for i := 0; i+n <= len(x); i += n {
		row, out := x[i:i+n], y[i:i+n]
		top := row[0]
		for _, v := range row {
			if !(v <= top) {
				top = v
			}
		}
		var sum float32
		for j, v := range row {
			out[j] = Exp(v - top)
			sum += out[j]
		}
		for j := range out {
			out[j] /= sum
		}
	}
}

// Exp returns e**x to within 1 unit in the last place, the same bits on every
// platform (math.Exp's differ). Where e**x is below the normal numbers the
// result is 0. The method is Cephes' expf: x = k ln 2 + r, then a polynomial
// in r.
func Exp(x float32) float32 {
	switch {
	case x != x:
		return x
	case x > 88.72283:
		return float32(math.Inf(1))
	case x < -87.33654:
		return 0
	}
	k := float32(math.Floor(float64(float32(x*1.44269504088896341) + 0.5)))
	r := x - float32(k*0.693359375)
	r -= float32(k * -2.12194440e-4)
	z := float32(r * r)
	p := float32(1.9875691500e-4*r) + 1.3981999507e-3
	p = float32(p*r) + 8.3334519073e-3
	p = float32(p*r) + 4.1665795894e-2
	p = float32(p*r) + 1.6666665459e-1
	p = float32(p*r) + 5.0000001201e-1
	p = float32(p*z) + r + 1
	if k == 128 { // 2**128 is no float32
		return float32(p*2) * math.Float32frombits((127+127)<<23)
	}
	return p * math.Float32frombits(uint32(127+int32(k))<<23)
}

// Log returns the natural logarithm of a positive normal x to within 1 unit in
// the last place, the same bits on every platform, by Cephes' logf.
func Log(x float32) float32 {
	if !(x >= 0x1p-126 && x <= math.MaxFloat32) {
		return float32(math.Log(float64(x))) // corner cases have one answer
	}
	bits := math.Float32bits(x)
	e := float32(int32(bits>>23) - 126)
	m := math.Float32frombits(bits&0x7fffff | 126<<23) // in [0.5, 1)
	if m < 0.707106781186547524 {
		e--
		m += m
	}
	m--
	z := float32(m * m)
	p := float32(7.0376836292e-2*m) - 1.1514610310e-1
	p = float32(p*m) + 1.1676998740e-1
	p = float32(p*m) - 1.2420140846e-1
	p = float32(p*m) + 1.4249322787e-1
	p = float32(p*m) - 1.6668057665e-1
	p = float32(p*m) + 2.0000714765e-1
	p = float32(p*m) - 2.4999993993e-1
	p = float32(p*m) + 3.3333331174e-1
	y := float32(float32(m*z) * p)
	y += float32(-2.12194440e-4 * e)
	y -= float32(0.5 * z)
	return m + y + float32(0.693359375*e)
}
