//go:build !(goexperiment.simd && go1.27 && (wasm || amd64 || arm64))

package kernel

import "unsafe"

// SIMD reports whether the kernels use vector instructions.
const SIMD = false

// vec is four float32 lanes; uvec four uint32 lanes; mask four booleans.
// Their methods have the names and the meaning of simd/archsimd's.
type (
	vec  struct{ a, b, c, d float32 }
	uvec struct{ a, b, c, d uint32 }
	mask struct{ a, b, c, d bool }
)

// load returns the four floats at p.
func load(p *float32) vec {
	q := (*[4]float32)(unsafe.Pointer(p))
	return vec{q[0], q[1], q[2], q[3]}
}

// store writes v's four lanes to p.
func store(p *float32, v vec) {
	q := (*[4]float32)(unsafe.Pointer(p))
	q[0], q[1], q[2], q[3] = v.a, v.b, v.c, v.d
}

// splat returns x in every lane.
func splat(x float32) vec { return vec{x, x, x, x} }

// usplat returns x in every lane.
func usplat(x uint32) uvec { return uvec{x, x, x, x} }

// uload returns the four numbers at p.
func uload(p *[4]uint32) uvec { return uvec{p[0], p[1], p[2], p[3]} }

// pick returns x where m is set and y elsewhere.
func pick(m mask, x, y vec) vec {
	if m.a {
		y.a = x.a
	}
	if m.b {
		y.b = x.b
	}
	if m.c {
		y.c = x.c
	}
	if m.d {
		y.d = x.d
	}
	return y
}

func (x vec) Add(y vec) vec { return vec{x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d} }
func (x vec) Sub(y vec) vec { return vec{x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d} }
func (x vec) Div(y vec) vec { return vec{x.a / y.a, x.b / y.b, x.c / y.c, x.d / y.d} }

// Mul rounds each product to float32, which forbids fusing it with a later add.
func (x vec) Mul(y vec) vec {
	return vec{float32(x.a * y.a), float32(x.b * y.b), float32(x.c * y.c), float32(x.d * y.d)}
}

func (x vec) Sqrt() vec { return vec{Sqrt(x.a), Sqrt(x.b), Sqrt(x.c), Sqrt(x.d)} }

func (x vec) Greater(y vec) mask { return mask{x.a > y.a, x.b > y.b, x.c > y.c, x.d > y.d} }
func (x vec) Equal(y vec) mask   { return mask{x.a == y.a, x.b == y.b, x.c == y.c, x.d == y.d} }
func (x vec) LessEqual(y vec) mask {
	return mask{x.a <= y.a, x.b <= y.b, x.c <= y.c, x.d <= y.d}
}

func (x uvec) Add(y uvec) uvec { return uvec{x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d} }
func (x uvec) Mul(y uvec) uvec { return uvec{x.a * y.a, x.b * y.b, x.c * y.c, x.d * y.d} }
func (x uvec) Xor(y uvec) uvec { return uvec{x.a ^ y.a, x.b ^ y.b, x.c ^ y.c, x.d ^ y.d} }
func (x uvec) ShiftAllRight(n uint64) uvec {
	return uvec{x.a >> n, x.b >> n, x.c >> n, x.d >> n}
}
func (x uvec) Less(y uvec) mask { return mask{x.a < y.a, x.b < y.b, x.c < y.c, x.d < y.d} }
