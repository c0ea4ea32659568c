package wire

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// with returns a copy of b with the bytes at i replaced.
func with(b []byte, i int, v ...byte) []byte {
	b = bytes.Clone(b)
	copy(b[i:], v)
	return b
}

func TestDamage(t *testing.T) {
	ready := Encode(&Ready{Build: "abc", SIMD: true}) // 2 header, 4 length, 3 text, 1 bool
	sample := Encode(&Sample{Shape: []int{1, 2, 3}, Pixels: make([]byte, 6)})
	huge := []byte{0xff, 0xff, 0xff, 0xff}
	for _, tt := range []struct {
		name string
		b    []byte
		want string
	}{
		{"nothing", nil, "wire: a message of 0 bytes has no header (expected at least 2)"},
		{"one byte", []byte{Version}, "wire: a message of 1 bytes has no header"},
		{"older", with(ready, 0, Version-1), "wire: message format 0, expected 1"},
		{"newer", with(ready, 0, Version+1), "wire: message format 2, expected 1"},
		{"unknown kind", with(ready, 1, byte(len(kinds))), fmt.Sprintf("wire: unknown message kind %d, expected 0 to %d", len(kinds), len(kinds)-1)},
		{"last kind", with(ready, 1, 255), "wire: unknown message kind 255"},
		{"header only", ready[:2], "wire: Ready: ends at 2 bytes, expected 4 more at offset 2"},
		{"cut in a text", ready[:7], "wire: Ready: count 3 at offset 2 needs more than the 1 bytes left"},
		{"cut before the bool", ready[:9], "wire: Ready: ends at 9 bytes, expected 1 more at offset 9"},
		{"bool 2", with(ready, 9, 2), "wire: Ready: bool is 2 at offset 9, expected 0 or 1"},
		{"bool 255", with(ready, 9, 255), "wire: Ready: bool is 255 at offset 9"},
		{"one byte too many", append(bytes.Clone(ready), 0), "wire: Ready: 1 bytes left over at offset 10"},
		{"two messages", append(bytes.Clone(ready), ready...), "wire: Ready: 10 bytes left over at offset 10"},
		{"after no fields", []byte{Version, 3, 0}, "wire: Pause: 1 bytes left over at offset 2"},
		{"integer of 2^31", with(sample, 2, 0, 0, 0, 0x80), "wire: Sample: integer 2147483648 at offset 2, expected at most 2147483647"},
		{"integer of -1", with(sample, 6, huge...), "wire: Sample: integer 4294967295 at offset 6"},
		{"huge text", with(ready, 2, huge...), "wire: Ready: count 4294967295 at offset 2 needs more than the 4 bytes left"},
		{"huge list of integers", with(sample, 14, huge...), "wire: Sample: count 4294967295 at offset 14 needs more than the 22 bytes left"},
		{"a list one too long", with(sample, 14, 6), "wire: Sample: count 6 at offset 14 needs more than the 22 bytes left"},
	} {
		m, err := Decode(tt.b)
		if err == nil || m != nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, %v; expected %q", tt.name, m, err, tt.want)
		}
	}
}

// TestCut wants an error for every message that ends early, wherever.
func TestCut(t *testing.T) {
	for k, kind := range kinds {
		whole := Encode(filled(k))
		for n := range whole {
			if m, err := Decode(whole[:n]); err == nil || m != nil {
				t.Fatalf("%s of %d bytes is decoded from %d", kind.name, len(whole), n)
			} else if n >= 2 && !strings.HasPrefix(err.Error(), "wire: "+kind.name+": ") {
				t.Fatalf("%s cut after %d bytes: the error does not name it: %v", kind.name, n, err)
			}
		}
		if _, err := Decode(append(whole, 0)); err == nil {
			t.Errorf("%s is decoded with a byte left over", kind.name)
		}
	}
}

// TestFlips turns every single bit of every message: it may become another
// message, but nothing panics, and what is decoded encodes to the same bytes.
func TestFlips(t *testing.T) {
	for k := range kinds {
		whole := Encode(filled(k))
		for i := range 8 * len(whole) {
			b := with(whole, i/8, whole[i/8]^1<<(i%8))
			if m, err := Decode(b); err == nil && !bytes.Equal(Encode(m), b) {
				t.Fatalf("%s with bit %d turned: decoded to %+v, which encodes to other bytes", kinds[k].name, i, m)
			}
		}
	}
}

// TestHugeCounts wants no memory for lists that a message can't hold. Each
// message is as short as it can be before the count.
func TestHugeCounts(t *testing.T) {
	for k, kind := range kinds {
		whole := Encode(filled(k))
		for i := 2; i+4 <= len(whole); i++ {
			for _, count := range [][]byte{{0xff, 0xff, 0xff, 0xff}, {0, 0, 0, 0x40}, {0xff, 0xff, 0xff, 0x00}} {
				b := with(whole, i, count...)
				if n := allocated(func() { Decode(b) }); n > 1<<20 {
					t.Fatalf("%s with a count of % x at %d takes %d bytes", kind.name, count, i, n)
				}
			}
		}
	}
}

// allocated is how many bytes f takes from the heap.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func FuzzDecode(f *testing.F) {
	for k, kind := range kinds {
		f.Add(Encode(kind.make()))
		f.Add(Encode(filled(k)))
	}
	for _, g := range golden {
		f.Add(Encode(g.m))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Decode(b)
		if err != nil {
			if m != nil || !strings.HasPrefix(err.Error(), "wire: ") {
				t.Errorf("message %v with error %v", m, err)
			}
			return
		}
		if again := Encode(m); !bytes.Equal(again, b) {
			t.Errorf("% x decodes to %s, which encodes to % x", b, fmt.Sprintf("%+v", m), again)
		}
	})
}
