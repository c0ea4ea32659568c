package mnist

import (
	"bytes"
	"reflect"
	"testing"
)

func parseGood(t *testing.T, zip func([]byte) []byte) *Dataset {
	t.Helper()
	d, err := Parse(zip(goodImages), zip(goodLabels), zip(testImages), zip(testLabels))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParse(t *testing.T) {
	raw := parseGood(t, bytes.Clone)
	if zipped := parseGood(t, Gzip); !reflect.DeepEqual(zipped, raw) {
		t.Errorf("compressed: got %+v, want %+v", zipped, raw)
	}
	want := &Dataset{
		Train: Set{N: 5, C: 1, H: 4, W: 3, Pixels: ramp(60), Labels: []byte{3, 1, 4, 1, 5}, Classes: 6},
		Test:  Set{N: 2, C: 1, H: 4, W: 3, Pixels: ramp(24), Labels: []byte{0, 2}, Classes: 6},
	}
	if !reflect.DeepEqual(raw, want) {
		t.Errorf("got %+v, want %+v", raw, want)
	}
}

// TestLayouts checks that images of all accepted dimensions come out in the
// order (N,C,H,W).
func TestLayouts(t *testing.T) {
	for _, tt := range []struct {
		name    string
		file    []byte
		c, h, w int
		want    []byte
	}{
		{"N,H,W", idx([]byte{1, 2, 3, 4, 5, 6}, 1, 2, 3), 1, 2, 3, []byte{1, 2, 3, 4, 5, 6}},
		{"N,H,W,1", idx([]byte{1, 2, 3, 4, 5, 6}, 1, 2, 3, 1), 1, 2, 3, []byte{1, 2, 3, 4, 5, 6}},
		{"N,H,W,3", idx([]byte{11, 21, 31, 12, 22, 32, 13, 23, 33, 14, 24, 34}, 2, 1, 2, 3), 3, 1, 2,
			[]byte{11, 12, 21, 22, 31, 32, 13, 14, 23, 24, 33, 34}},
	} {
		s, err := ParseImages("f", tt.file)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if s.C != tt.c || s.H != tt.h || s.W != tt.w || !bytes.Equal(s.Pixels, tt.want) {
			t.Errorf("%s: got (%d,%d,%d) %v, want (%d,%d,%d) %v", tt.name, s.C, s.H, s.W, s.Pixels, tt.c, tt.h, tt.w, tt.want)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, s := range []Set{
		{N: 5, C: 1, H: 4, W: 3, Pixels: ramp(60)},
		{N: 2, C: 3, H: 2, W: 5, Pixels: ramp(60)},
		{N: 1, C: 1, H: 1, W: 1, Pixels: []byte{255}},
	} {
		raw := EncodeImages(s)
		for _, b := range [][]byte{raw, Gzip(raw)} {
			got, err := ParseImages("f", b)
			if err != nil || !reflect.DeepEqual(got, s) {
				t.Errorf("got %+v, %v; want %+v", got, err, s)
			}
		}
	}
	if got := EncodeImages(Set{N: 5, C: 1, H: 4, W: 3, Pixels: ramp(60)}); !bytes.Equal(got, goodImages) {
		t.Errorf("images: got % x, want % x", got, goodImages)
	}
	if got := EncodeLabels([]byte{3, 1, 4, 1, 5}); !bytes.Equal(got, goodLabels) {
		t.Errorf("labels: got % x, want % x", got, goodLabels)
	}
}

func TestAllClasses(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	s, err := Pair("f", Set{N: 256, C: 1, H: 1, W: 1, Pixels: all}, all)
	if err != nil || s.Classes != 256 {
		t.Errorf("got %d classes, %v; want 256", s.Classes, err)
	}
}

func TestSet(t *testing.T) {
	s := parseGood(t, bytes.Clone).Train
	if got, want := s.Image(2), ramp(60)[24:36]; !bytes.Equal(got, want) || cap(got) != 12 {
		t.Errorf("image 2 is %v with room for %d, want %v", got, cap(got), want)
	}
	if s.Label(4) != 5 {
		t.Errorf("label 4 is %d, want 5", s.Label(4))
	}
	if got, want := s.PerClass(), []int{0, 2, 0, 1, 1, 1}; !reflect.DeepEqual(got, want) {
		t.Errorf("per class %v, want %v", got, want)
	}
	for n, want := range map[int]int{0: 0, 2: 2, 5: 5, 9: 5} {
		h := s.Head(n)
		if h.N != want || len(h.Pixels) != want*12 || len(h.Labels) != want || h.Classes != 6 {
			t.Errorf("first %d: got %+v", n, h)
		}
	}
}

func TestMisusePanics(t *testing.T) {
	s := parseGood(t, bytes.Clone).Train
	short := s
	short.Pixels = short.Pixels[1:]
	for name, f := range map[string]func(){
		"mnist: image 5 of 5":                        func() { s.Image(5) },
		"mnist: image -1 of 5":                       func() { s.Label(-1) },
		"mnist: Head of a negative number of images": func() { s.Head(-1) },
		"mnist: 59 pixels for 5 images of 12":        func() { EncodeImages(short) },
		"mnist: Scale of 3 pixels to 2 values":       func() { Scale(make([]float32, 2), make([]byte, 3)) },
		"mnist: OneHot of label 10 for 10 classes":   func() { OneHot(make([]float32, 10), 10) },
		"mnist: OneHot of label -1 for 10 classes":   func() { OneHot(make([]float32, 10), -1) },
	} {
		func() {
			defer func() {
				if got := recover(); got != name {
					t.Errorf("panics with %v, want %q", got, name)
				}
			}()
			f()
		}()
	}
}
