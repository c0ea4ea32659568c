//go:build goexperiment.simd && go1.27 && (wasm || amd64 || arm64)

package kernel

import (
	"simd/archsimd"
	"unsafe"
)

// SIMD reports whether the kernels use vector instructions.
const SIMD = true

// vec is four float32 lanes; uvec four uint32 lanes; mask four booleans.
type (
	vec  = archsimd.Float32x4
	uvec = archsimd.Uint32x4
	mask = archsimd.Mask32x4
)

// load returns the four floats at p.
func load(p *float32) vec { return archsimd.LoadFloat32x4Array((*[4]float32)(unsafe.Pointer(p))) }

// store writes v's four lanes to p.
func store(p *float32, v vec) { v.StoreArray((*[4]float32)(unsafe.Pointer(p))) }

// splat returns x in every lane.
func splat(x float32) vec { return archsimd.BroadcastFloat32x4(x) }

// usplat returns x in every lane.
func usplat(x uint32) uvec { return archsimd.BroadcastUint32x4(x) }

// uload returns the four numbers at p.
func uload(p *[4]uint32) uvec { return archsimd.LoadUint32x4Array(p) }

// pick returns x where m is set and y elsewhere.
func pick(m mask, x, y vec) vec { return x.IfElse(m, y) }
