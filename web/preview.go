package web

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"convlens/nn/glyph"
)

// The preview is what a link to the site is shown with elsewhere, in the size
// that most ask for. It stays outside web/, as nobody needs it offline.
const (
	previewName   = "preview.png"
	previewWidth  = 1200
	previewHeight = 630
)

// preview draws the name of the site, generated digits, and kernels as the page
// shows them after training: edges in all directions.
var preview = sync.OnceValue(func() []byte {
	img := image.NewNRGBA(image.Rect(0, 0, previewWidth, previewHeight))
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	drawText(img, gobold.TTF, 96, 76, 228, "Convlens")
	for i, text := range []string{"A convolutional network", "learns to read digits,", "here in a browser tab."} {
		drawText(img, goregular.TTF, 40, 80, 316+56*i, text)
	}
	rng := rand.New(rand.NewPCG(digitsSeed, 0))
	const left, top, size = 640, 84, 480 // of the pictures, all as wide
	for class := range 10 {
		pix := make([]byte, 28*28)
		glyph.Draw(pix, class, rng)
		for i, p := range pix {
			fill(img, left+class%5*(size/5)+i%28*3, top+class/5*(size/5)+i/28*3, 3, over(paper, line, float64(p)/255))
		}
	}
	for k := range 8 * 4 {
		drawKernel(img, left+k%8*(size/8), top+220+k/8*(size/8), rng)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic("web: preview: " + err.Error()) // the image is not empty and a buffer takes all
	}
	return out.Bytes()
})

// drawKernel draws 3x3 weights that rise in some direction, with some noise.
func drawKernel(img *image.NRGBA, x, y int, rng *rand.Rand) {
	const pixel = 18
	right, down := rng.IntN(5)-2, rng.IntN(5)-2
	for i := range 9 {
		column, row := i%3, i/3
		weight := 70*(right*(column-1)+down*(row-1)) + rng.IntN(141) - 70
		c := over(paper, orange, float64(min(max(weight, 0), 255))/255)
		if weight < 0 {
			c = over(paper, blue, float64(min(-weight, 255))/255)
		}
		fill(img, x+column*pixel, y+row*pixel, pixel, c)
	}
}

// fill paints a square.
func fill(img *image.NRGBA, x, y, side int, c color.NRGBA) {
	draw.Draw(img, image.Rect(x, y, x+side, y+side), image.NewUniform(c), image.Point{}, draw.Src)
}

// drawText writes a line that begins at x and stands on y.
func drawText(img *image.NRGBA, ttf []byte, size float64, x, y int, text string) {
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		panic("web: preview: " + err.Error()) // the fonts are part of the program
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		panic("web: preview: " + err.Error())
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(line), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
}
