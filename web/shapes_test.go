//go:build e2e

package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"convlens/nn/mnist"
)

// shapes draws n images of simple shapes of so many classes, (C,H,W) each: six
// shapes, in shades or colours that tell more classes apart. They lie a little to
// one side or the other, on ground that isn't quite dark.
func shapes(seed uint64, n, classes, c, h, w int) mnist.Set {
	s := mnist.Set{N: n, C: c, H: h, W: w, Classes: classes, Pixels: make([]byte, n*c*h*w), Labels: make([]byte, n)}
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range n {
		class := (i + i/classes) % classes
		s.Labels[i] = byte(class)
		cx, cy := float64(w-1)/2+2*r.Float64()-1, float64(h-1)/2+2*r.Float64()-1
		rx, ry := float64(w)*(0.32+0.06*r.Float64()), float64(h)*(0.32+0.06*r.Float64())
		shade := 1 - 0.8*float64(class/6)/float64(classes/6+1)
		for k := range c {
			ink := 230 * shade
			if c == 3 && k != class%3 {
				ink *= 0.35
			}
			for p := range h * w {
				u, v := (float64(p%w)-cx)/rx, (float64(p/w)-cy)/ry
				value := 20 * r.Float64()
				if within6(class%6, u, v) {
					value += ink
				}
				s.Pixels[(i*c+k)*h*w+p] = byte(value)
			}
		}
	}
	return s
}

// within6 says whether a place lies in one of six shapes of about the size 1.
func within6(shape int, u, v float64) bool {
	abs := func(x float64) float64 { return max(x, -x) }
	d := u*u + v*v
	switch shape {
	case 0:
		return d < 1
	case 1:
		return max(abs(u), abs(v)) < 0.85
	case 2:
		return min(abs(u), abs(v)) < 0.25 && max(abs(u), abs(v)) < 1
	case 3:
		return d < 1 && d > 0.45
	case 4:
		return abs(v) < 1 && abs(u) < (v+1)/2
	}
	return abs(u-v) < 0.35 && abs(u) < 1
}

// write puts a file into a folder of the test's.
func write(t testing.TB, folder, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// encodePNG is image i of a set.
func encodePNG(t testing.TB, s *mnist.Set, i int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, s.W, s.H))
	pix, area := s.Image(i), s.H*s.W
	for p := range area {
		at := func(k int) byte { return pix[min(k, s.C-1)*area+p] }
		img.SetNRGBA(p%s.W, p/s.W, color.NRGBA{at(0), at(1), at(2), 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pictureFiles are a set's images as pictures in folders of their classes' names.
func pictureFiles(t testing.TB, s *mnist.Set, names []string) map[string][]byte {
	files := map[string][]byte{}
	for i := range s.N {
		files[fmt.Sprintf("%s/%04d.png", names[s.Label(i)], i)] = encodePNG(t, s, i)
	}
	return files
}

// zipOf is an archive of files.
func zipOf(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
