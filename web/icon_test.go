package web

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"
)

func TestIcons(t *testing.T) {
	f := icons()
	clear := color.NRGBA{}
	tests := []struct {
		name string
		size int
		x, y float64 // 0 to 1
		want color.NRGBA
	}{
		{"web/icon-192.png", 192, 0, 0, clear}, // outside the round corner
		{"web/icon-192.png", 192, 0.5, 0.05, paper},
		{"web/icon-192.png", 192, 19.0 / 64, 27.0 / 64, orange},
		{"web/icon-192.png", 192, 27.0 / 64, 27.0 / 64, grey},
		{"web/icon-512.png", 512, 35.0 / 64, 19.0 / 64, blue},
		{"web/icon-512.png", 512, 48.0 / 64, 48.0 / 64, line}, // the handle
		{"web/icon-maskable.png", 512, 0, 0, paper},           // to the very corner
		{"web/icon-maskable.png", 512, 0.5 + 0.75*(19.0/64-0.5), 0.5 + 0.75*(27.0/64-0.5), orange},
	}
	for _, test := range tests {
		img, err := png.Decode(bytes.NewReader(f[test.name]))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if size := img.Bounds().Size(); size.X != test.size || size.Y != test.size {
			t.Errorf("%s has the size %v, expected %d", test.name, size, test.size)
		}
		x, y := int(test.x*float64(test.size)), int(test.y*float64(test.size))
		if got := color.NRGBAModel.Convert(img.At(x, y)); got != test.want {
			t.Errorf("%s at (%d,%d) is %v, expected %v", test.name, x, y, got, test.want)
		}
	}
	for _, part := range []string{`viewBox="0 0 64 64"`, `<circle cx="27"`, `fill="#e08214"`, "</svg>"} {
		if !bytes.Contains(f["web/icon.svg"], []byte(part)) {
			t.Errorf("icon.svg has no %s:\n%s", part, f["web/icon.svg"])
		}
	}
}
