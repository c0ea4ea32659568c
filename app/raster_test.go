package app

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// The goldens below draw a raster as letters, a row of pixels per line:
//
//	. zero   + and - the ends   p and n half way   # frame   | cross-hair
//	0 to 9   other colours named by the test
func draw(r *raster, letters map[rgb]byte) string {
	var b strings.Builder
	for y := range r.H {
		for x := range r.W {
			p := r.Pix[4*(y*r.W+x):][:4]
			letter, ok := letters[rgb{p[0], p[1], p[2]}]
			if !ok || p[3] != 255 {
				letter = '?'
			}
			b.WriteByte(letter)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func letters(p *palette) map[rgb]byte {
	return map[rgb]byte{
		p.Zero: '.', p.Positive: '+', p.Negative: '-', p.Ink: '#', p.Cross: '|',
		mix(p.Zero, p.Positive, 128): 'p', mix(p.Zero, p.Negative, 128): 'n',
	}
}

func golden(t *testing.T, name string, r *raster, l map[rgb]byte, want string) {
	t.Helper()
	want = strings.TrimPrefix(want, "\n")
	if got := draw(r, l); got != want {
		t.Errorf("%s:\n%s\nexpected\n%s", name, got, want)
	}
}

// Two filters of two input channels, 2x2: every weight another one.
var fourKernels = &wire.Tensor{Name: "conv2d_2", Shape: []int{2, 2, 2, 2}, Data: []float32{
	1, -1, 0, .5 /**/, 0, 0, 0, 0,
	-1, -1, -1, -1 /**/, 1, .5, -.5, -1,
}}

func TestPaintKernels(t *testing.T) {
	p := lightPalette
	var r raster
	paintKernels(&r, fourKernels, []float32{1}, -1, false, p)
	golden(t, "one scale", &r, letters(p), `
.......
.+-....
..p....
.......
.--.+p.
.--.n-.
.......
`)
	paintKernels(&r, fourKernels, []float32{1, 2}, -1, false, p)
	golden(t, "a scale for each filter", &r, map[rgb]byte{
		p.Zero: '.', p.Positive: '+', p.Negative: '-',
		mix(p.Zero, p.Positive, 128): 'p', mix(p.Zero, p.Negative, 128): 'n',
		mix(p.Zero, p.Positive, 64): '1', mix(p.Zero, p.Negative, 64): '2',
	}, `
.......
.+-....
..p....
.......
.nn.p1.
.nn.2n.
.......
`)
	paintKernels(&r, fourKernels, []float32{1}, 3, false, p)
	golden(t, "one chosen", &r, letters(p), `
.......
.+-....
..p....
...####
.--#+p#
.--#n-#
...####
`)
	paintKernels(&r, fourKernels, []float32{1}, 0, true, p)
	golden(t, "one chosen with its row and column", &r, letters(p), `
####|||
#+-#...
#.p#...
####|||
|--|+p.
|--|n-.
|..|...
`)
}

// With one input channel filters fill rows of 16.
func TestPaintKernelsOfOneChannel(t *testing.T) {
	p := darkPalette
	k := &wire.Tensor{Shape: []int{18, 1, 1, 1}, Data: make([]float32, 18)}
	k.Data[0], k.Data[15], k.Data[16] = 1, -1, .5
	var r raster
	paintKernels(&r, k, []float32{1}, -1, false, p)
	golden(t, "18 filters", &r, letters(p), `
.................................
.+.............................-.
.................................
.p...............................
.................................
`)
}

func TestKernelEnds(t *testing.T) {
	if got := kernelEnds(fourKernels, false); len(got) != 1 || got[0] != 1 {
		t.Errorf("one scale: %v", got)
	}
	k := &wire.Tensor{Shape: []int{2, 1, 1, 2}, Data: []float32{.1, -.14, 3, 1}}
	if got := kernelEnds(k, true); len(got) != 2 || got[0] != 0.15 || got[1] != 3 {
		t.Errorf("a scale for each filter: %v", got)
	}
}

func TestPaintKernel(t *testing.T) {
	var r raster
	paintKernel(&r, []float32{1, 0, -1, .5, -.5, 9}, 3, lightPalette.signed(1))
	golden(t, "2x3", &r, letters(lightPalette), `
+.-
pn+
`)
}

func TestPaintMaps(t *testing.T) {
	p := lightPalette
	var r raster
	maps := &wire.Tensor{Shape: []int{3, 1, 2}, Data: []float32{1, -1, 0, .5, -.5, 1}}
	paintMaps(&r, maps, p.signed(1), -1, p)
	golden(t, "three maps of 1x2", &r, letters(p), `
..........
.+-..p.n+.
..........
`)
}

func TestPaintMapsChosen(t *testing.T) {
	p := lightPalette
	var r raster
	maps := &wire.Tensor{Shape: []int{2, 2, 2}, Data: []float32{1, 1, 1, 1, -1, 0, 0, -1}}
	paintMaps(&r, maps, p.signed(1), 1, p)
	golden(t, "the second of two", &r, letters(p), `
...####
.++#-.#
.++#.-#
...####
`)
}

func TestPaintUnits(t *testing.T) {
	p := lightPalette
	l := map[rgb]byte{p.Zero: '.', p.Ink: '#', viridis[0]: '0', viridis[15]: '1'}
	var r raster
	paintMaps(&r, &wire.Tensor{Shape: []int{2}, Data: []float32{0, 1}}, magnitude(1), -1, p)
	golden(t, "two units", &r, l, `
.........
.000.111.
.000.111.
.000.111.
.........
`)
	many := &wire.Tensor{Shape: []int{513}, Data: make([]float32, 513)}
	many.Data[512] = 1
	paintMaps(&r, many, magnitude(1), 512, p)
	if r.W != 33 || r.H != 16 {
		t.Fatalf("513 units make %d x %d pixels, expected 33 x 16", r.W, r.H)
	}
	rows := strings.Split(draw(&r, l), "\n")
	if want := strings.Repeat("0", 17) + "1" + strings.Repeat(".", 15); rows[15] != want {
		t.Errorf("the last row is %s, expected %s", rows[15], want)
	}
}

func TestPaintImage(t *testing.T) {
	p := darkPalette
	shaded := func(v byte) rgb { return mix(p.grey[v], p.Cross, 56) }
	l := map[rgb]byte{p.Zero: '.', p.Ink: '#', p.grey[100]: '1', shaded(0): 's', shaded(255): 'S'}
	var r raster
	pixels := []byte{0, 255, 0, 100, 100, 0, 255, 0, 0}
	paintImage(&r, bitmap{1, 3, 3, pixels}, -1, p)
	golden(t, "image", &r, l, `
.#.
11.
#..
`)
	pixels = []byte{0, 255, 0, 0, 100, 0, 0, 0, 255}
	paintImage(&r, bitmap{1, 3, 3, pixels}, 4, p)
	golden(t, "with a pixel chosen", &r, l, `
.S.
s1s
.s#
`)
}

// A coloured image has its own colours, in either theme.
func TestPaintColours(t *testing.T) {
	var r raster
	b, ok := newBitmap([]int{3, 1, 2}, []byte{255, 1 /**/, 0, 2 /**/, 7, 3})
	if !ok {
		t.Fatal("no bitmap of (3,1,2)")
	}
	paintImage(&r, b, -1, darkPalette)
	if a, b := colourAt(&r, 0, 0), colourAt(&r, 1, 0); a != (rgb{255, 0, 7}) || b != (rgb{1, 2, 3}) {
		t.Errorf("the pixels are %v and %v", a, b)
	}
	for _, shape := range [][]int{{1, 2}, {2, 1, 1}, {1, 0, 5}, {3, 1, 2}} {
		if _, ok := newBitmap(shape, make([]byte, 5)); ok {
			t.Errorf("a bitmap of %v and 5 bytes", shape)
		}
	}
}

func TestPaintScale(t *testing.T) {
	var r raster
	paintScale(&r, 5, lightPalette.signed(3))
	golden(t, "signed", &r, letters(lightPalette), "-n.p+\n")
	paintScale(&r, 2, magnitude(7))
	golden(t, "magnitudes", &r, map[rgb]byte{viridis[0]: '0', viridis[15]: '1'}, "01\n")
}

// A raster is used again from frame to frame; nothing of the last one stays.
func TestRasterReuse(t *testing.T) {
	p := lightPalette
	var r, fresh raster
	paintMaps(&r, &wire.Tensor{Shape: []int{600}, Data: make([]float32, 600)}, magnitude(1), -1, p)
	paintKernels(&r, fourKernels, []float32{1}, -1, false, p)
	paintKernels(&fresh, fourKernels, []float32{1}, -1, false, p)
	if string(r.Pix) != string(fresh.Pix) || r.W != fresh.W || r.H != fresh.H {
		t.Error("a used raster gives other pixels than a fresh one")
	}
}

// A row has the colours that the scale gives its values one by one, also those that
// are no numbers or beyond the ends, and on a scale without width.
func TestRow(t *testing.T) {
	nan := float32(math.NaN())
	data := []float32{0, 1, -1, .25, -.25, 1e-9, -1e-9, 7, -7, nan, -nan, float32(math.Inf(1)), float32(math.Inf(-1))}
	for i := range 256 {
		data = append(data, float32(i)/255, -float32(i)/256)
	}
	for name, s := range map[string]scale{
		"signed": lightPalette.signed(1), "wide": lightPalette.signed(30), "magnitude": magnitude(.5),
		"no width": lightPalette.signed(0), "no width, magnitude": magnitude(0),
	} {
		var r, want raster
		r.resize(len(data)+3, 3)
		r.fill(lightPalette.Cross)
		want.resize(r.W, r.H)
		for i := range want.W * want.H {
			want.set(i%want.W, i/want.W, lightPalette.Cross)
		}
		r.row(2, 1, data, s)
		for i, v := range data {
			want.set(2+i, 1, s.colour(v))
		}
		if !bytes.Equal(r.Pix, want.Pix) {
			t.Errorf("%s: the row has other colours", name)
		}
	}
}
