package mnist

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"
)

func TestInflate(t *testing.T) {
	zeros := make([]byte, 1<<20)
	for _, tt := range []struct {
		name  string
		in    []byte
		limit int
		want  []byte
		msg   string // of the error, if one is expected
	}{
		{"raw", []byte("abc"), 3, []byte("abc"), ""},
		{"raw empty", nil, 0, nil, ""},
		{"raw over the limit", []byte("abcd"), 3, nil, "has 4 bytes, the limit is 3"},
		{"gzip", Gzip([]byte("abc")), 3, []byte("abc"), ""},
		{"gzip empty", Gzip(nil), 0, nil, ""},
		{"gzip over the limit", Gzip([]byte("abcd")), 3, nil, "decompresses to more than the limit of 3 bytes"},
		{"two members", cat(Gzip([]byte("ab")), Gzip([]byte("c"))), 3, []byte("abc"), ""},
		{"two members over the limit", cat(Gzip([]byte("ab")), Gzip([]byte("cd"))), 3, nil, "limit of 3 bytes"},
		{"zeros", Gzip(zeros), len(zeros), zeros, ""},
		{"bomb", Gzip(zeros), len(zeros) - 1, nil, "decompresses to more than the limit of 1,048,575 bytes"},
	} {
		got, err := Inflate(tt.in, tt.limit)
		if tt.msg == "" {
			if err != nil || !bytes.Equal(got, tt.want) {
				t.Errorf("%s: got %d bytes, %v; want %d", tt.name, len(got), err, len(tt.want))
			}
			continue
		}
		var e *Error
		if !errors.As(err, &e) || e.Fault != Invalid || !strings.Contains(e.Msg, tt.msg) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.msg)
		}
	}
}

func TestInflateCause(t *testing.T) {
	_, err := Inflate(with(Gzip([]byte("abc")), -8, 0), 100)
	if !errors.Is(err, gzip.ErrChecksum) {
		t.Errorf("the cause of %v is not gzip.ErrChecksum", err)
	}
}

// TestInflateCut cuts a gzip file at every place: each is a truncation.
func TestInflateCut(t *testing.T) {
	whole := Gzip(ramp(3000))
	for n := 2; n < len(whole); n++ {
		_, err := Inflate(whole[:n], 1<<20)
		var e *Error
		if !errors.As(err, &e) || e.Fault != Truncated {
			t.Fatalf("cut after %d of %d bytes: got %v, want truncation", n, len(whole), err)
		}
	}
}

func TestGzipDeterministic(t *testing.T) {
	a, b := Gzip(goodImages), Gzip(goodImages)
	if !bytes.Equal(a, b) {
		t.Error("two results differ")
	}
	// RFC 1952: flags at 3, modification time at 4 to 7.
	if !bytes.Equal(a[3:8], make([]byte, 5)) {
		t.Errorf("header has flags or a time: % x", a[:10])
	}
}
