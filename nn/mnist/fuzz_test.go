package mnist

import (
	"bytes"
	"errors"
	"testing"
)

// seed adds the broken files and the good ones to the corpus.
func seed(f *testing.F) {
	for _, tt := range brokenFiles {
		f.Add(tt.bytes)
	}
	for _, b := range [][]byte{goodImages, goodLabels, idx(ramp(24), 2, 2, 2, 3), idx(ramp(4), 1, 2, 2, 1)} {
		f.Add(b)
		f.Add(Gzip(b))
	}
	f.Add(cat(Gzip(goodImages[:9]), Gzip(goodImages[9:])))
}

// checkError fails unless err says what is wrong with the file named f.
func checkError(t *testing.T, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.File != "f" || e.Msg == "" || e.Fault < Truncated || e.Fault > Invalid {
		t.Errorf("error is %#v", err)
	}
}

func FuzzParseImages(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ParseImages("f", b)
		if err != nil {
			checkError(t, err)
			return
		}
		if s.N < 1 || s.H < 1 || s.W < 1 || len(s.Pixels) != s.N*s.Size() {
			t.Fatalf("%d pixels in (%d,%d,%d,%d)", len(s.Pixels), s.N, s.C, s.H, s.W)
		}
		raw, err := Inflate(b, MaxBytes)
		if err != nil {
			t.Fatal(err)
		}
		if raw[3] == 4 && s.C == 1 {
			return // comes back with three dimensions
		}
		if !bytes.Equal(EncodeImages(s), raw) {
			t.Error("encoding the images doesn't give the file back")
		}
	})
}

func FuzzParseLabels(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := ParseLabels("f", b)
		if err != nil {
			checkError(t, err)
			return
		}
		raw, err := Inflate(b, MaxBytes)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(EncodeLabels(l), raw) {
			t.Error("encoding the labels doesn't give the file back")
		}
	})
}

func FuzzInflate(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		const limit = 1 << 16
		out, err := inflate("f", b, limit)
		if err != nil {
			checkError(t, err)
		} else if len(out) > limit {
			t.Errorf("%d bytes, the limit is %d", len(out), limit)
		}
		back, err := Inflate(Gzip(b), len(b))
		if err != nil || !bytes.Equal(back, b) {
			t.Errorf("compressed and back: %d bytes, %v; want %d", len(back), err, len(b))
		}
		if IsGzip(b) {
			return
		}
		if out, err := Inflate(b, len(b)); err != nil || !bytes.Equal(out, b) {
			t.Errorf("raw bytes changed: %v", err)
		}
	})
}
