//go:build js

package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"syscall/js"

	"convlens/nn/bench"
)

// chains is how many sums the ceiling's loop carries at once: enough to hide
// the latency of a product and a sum, and few enough for 16 vector registers.
const chains = 12

// turns of the loop in a run.
const turns = 100_000

// ceiling is what the machine can do at most with SIMD128 multiplications and
// additions: a loop written in WebAssembly that does nothing else, on registers
// only, x = x*a + b in independent chains.
func ceiling() bench.Item {
	code := js.Global().Get("Uint8Array").New(len(ceilingModule()))
	js.CopyBytesToJS(code, ceilingModule())
	wasm := js.Global().Get("WebAssembly")
	run := wasm.Get("Instance").New(wasm.Get("Module").New(code)).Get("exports").Get("run")
	n := turns * chains * 2 * 4
	return bench.Item{Group: "ceiling", Name: "SIMD128 multiply, then add", FLOP: n, Direct: n, Run: func() { run.Invoke(turns) }}
}

// ceilingModule is that loop as a WebAssembly module (the instructions' numbers
// are those of the specification, https://webassembly.github.io/spec/core/):
//
//	(func (export "run") (param $n i32) (result i32)
//	  (local $a $b $x0 ... v128)
//	  a, b = splat(0.5), splat(1)         ;; x goes to 2, far from denormals
//	  loop
//	    x0 = x0*a + b; x1 = x1*a + b; ...
//	    n = n - 1; br_if (n != 0)
//	  end
//	  lane 0 of x0 ^ x1 ^ ...)            ;; so that no chain is dead code
func ceilingModule() []byte {
	const (
		a, b, x       = 1, 2, 3
		localGet, set = 0x20, 0x21
	)
	var body bytes.Buffer
	op := func(b ...byte) { body.Write(b) }
	simd := func(code byte, rest ...byte) { op(0xfd); op(leb(int(code))...); op(rest...) }
	f32 := func(v float32) { op(0x43); op(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v))...) }
	const splat, add, mul, xor, lane0 = 0x13, 0xe4, 0xe6, 0x51, 0x1b

	op(1)                  // one group of locals:
	op(leb(2 + chains)...) // this many
	op(0x7b)               // v128
	f32(0.5)
	simd(splat)
	op(set, a)
	f32(1)
	simd(splat)
	op(set, b)
	op(0x03, 0x40) // loop without a result
	for i := range byte(chains) {
		op(localGet, x+i, localGet, a)
		simd(mul)
		op(localGet, b)
		simd(add)
		op(set, x+i)
	}
	op(localGet, 0, 0x41, 1, 0x6b, 0x22, 0) // n = n - 1, and keep it
	op(0x0d, 0)                             // br_if
	op(0x0b)                                // end of the loop
	op(localGet, x)
	for i := byte(1); i < chains; i++ {
		op(localGet, x+i)
		simd(xor)
	}
	simd(lane0, 0)
	op(0x0b) // end of the function

	module := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	section := func(id byte, content ...byte) {
		module = append(append(append(module, id), leb(len(content))...), content...)
	}
	section(1, 1, 0x60, 1, 0x7f, 1, 0x7f)    // types: one, (i32) -> i32
	section(3, 1, 0)                         // functions: one, of type 0
	section(7, 1, 3, 'r', 'u', 'n', 0x00, 0) // exports: run is function 0
	code := append(leb(body.Len()), body.Bytes()...)
	section(10, append([]byte{1}, code...)...)
	return module
}

// leb is a number in LEB128, as WebAssembly writes them.
func leb(n int) []byte { return binary.AppendUvarint(nil, uint64(n)) }
