// Package record keeps what a run has been like: moments of it, spread evenly
// over its length, in a fixed amount of memory. It knows no network, so that the
// page can keep them too.
//
//	recorder.go  Recorder: the moments there is room for
//	pack.go      Packed: arrays in 8 or 16 bits
package record
