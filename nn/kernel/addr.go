package kernel

import "unsafe"

// at returns the address of the float i places after p. The kernels check
// their slices' lengths once, on entry, and then address memory through at:
// a bounds check per load costs a third of their speed. Inside a leaf loop a
// pointer may step past the end of its slice; it is never dereferenced there.
func at(p *float32, i int) *float32 {
	return (*float32)(unsafe.Add(unsafe.Pointer(p), 4*i))
}

// need panics unless s holds at least n floats.
func need(s []float32, n int, what string) {
	if len(s) < n {
		panic("kernel: " + what + " is too short")
	}
}

// base returns the address of s[0], or nil if s is empty.
func base(s []float32) *float32 { return unsafe.SliceData(s) }
