package web

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"
)

func TestPreview(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(preview()))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != previewWidth || size.Y != previewHeight {
		t.Errorf("the size is %v", size)
	}
	if n := len(preview()); n > 200_000 {
		t.Errorf("%d bytes: previews are fetched by many", n)
	}
	// How many pixels of an area are of a kind.
	count := func(x0, y0, x1, y1 int, is func(color.NRGBA) bool) (n int) {
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				if is(color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)) {
					n++
				}
			}
		}
		return n
	}
	light := func(c color.NRGBA) bool { return c.R > 200 && c.B > 200 }
	for name, n := range map[string]int{
		"light in the name":      count(76, 140, 560, 260, light),
		"light in the words":     count(76, 280, 560, 450, light),
		"light in the digits":    count(640, 84, 1120, 276, light),
		"orange in the kernels":  count(640, 304, 1120, 544, func(c color.NRGBA) bool { return c.R > c.B+100 }),
		"blue in the kernels":    count(640, 304, 1120, 544, func(c color.NRGBA) bool { return c.B > c.R+60 }),
		"paper around the words": count(0, 0, 1200, 80, func(c color.NRGBA) bool { return c == paper }) - 1200*80 + 5000,
	} {
		if n < 5000 {
			t.Errorf("%s: %d pixels, expected 5000 and more", name, n)
		}
	}
}
