package web

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"sync"
)

// iconSize is the side of the square the icon is drawn in.
const iconSize = 64.0

// A shape is a part of the icon: its distance function, negative inside, and
// the same as SVG.
type shape struct {
	distance func(x, y float64) float64
	color    color.NRGBA
	svg      string // with %s for the colour
}

var (
	paper  = color.NRGBA{0x14, 0x18, 0x1d, 0xff}
	line   = color.NRGBA{0xf2, 0xf0, 0xeb, 0xff}
	orange = color.NRGBA{0xe0, 0x82, 0x14, 0xff} // positive weights, as on the page
	blue   = color.NRGBA{0x43, 0x93, 0xc3, 0xff} // negative ones
	grey   = color.NRGBA{0x5b, 0x62, 0x6a, 0xff} // zero
)

// icon is a lens over a 3x3 kernel that finds vertical edges.
func icon() []shape {
	shapes := []shape{ring(27, 27, 19.5, 3.5, line), bar(41.5, 41.5, 53, 53, 6.5, line)}
	for row := range 3 {
		for column, c := range []color.NRGBA{orange, grey, blue} {
			shapes = append(shapes, box(15.5+8*float64(column), 15.5+8*float64(row), 7, 7, 0.8, c))
		}
	}
	return shapes
}

// icons are the files of the icon, in the forms that browsers ask for. They
// are drawn once, for every site has the same.
var icons = sync.OnceValue(func() files {
	plain := append([]shape{box(0, 0, iconSize, iconSize, 12, paper)}, icon()...)
	// Systems cut their own form out of a maskable icon. What must stay is in
	// the middle: in a circle of 80 % of the width.
	full := append([]shape{box(-iconSize, -iconSize, 3*iconSize, 3*iconSize, 0, paper)}, icon()...)
	return files{
		"web/icon.svg":          drawSVG(plain),
		"web/icon-192.png":      drawPNG(plain, 192, 1),
		"web/icon-512.png":      drawPNG(plain, 512, 1),
		"web/icon-maskable.png": drawPNG(full, 512, 0.75),
	}
})

// box is a rectangle with rounded corners of radius r.
func box(x, y, w, h, r float64, c color.NRGBA) shape {
	return shape{func(px, py float64) float64 {
		dx := math.Abs(px-x-w/2) - w/2 + r
		dy := math.Abs(py-y-h/2) - h/2 + r
		return math.Hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - r
	}, c, fmt.Sprintf(`<rect x="%g" y="%g" width="%g" height="%g" rx="%g" fill="%%s"/>`, x, y, w, h, r)}
}

// ring is a circle of radius r, drawn with a line of the given width.
func ring(x, y, r, width float64, c color.NRGBA) shape {
	return shape{func(px, py float64) float64 {
		return math.Abs(math.Hypot(px-x, py-y)-r) - width/2
	}, c, fmt.Sprintf(`<circle cx="%g" cy="%g" r="%g" fill="none" stroke="%%s" stroke-width="%g"/>`, x, y, r, width)}
}

// bar is a line with round ends.
func bar(x0, y0, x1, y1, width float64, c color.NRGBA) shape {
	dx, dy := x1-x0, y1-y0
	return shape{func(px, py float64) float64 {
		t := ((px-x0)*dx + (py-y0)*dy) / (dx*dx + dy*dy)
		t = min(max(t, 0), 1)
		return math.Hypot(px-x0-t*dx, py-y0-t*dy) - width/2
	}, c, fmt.Sprintf(`<path d="M%g %gL%g %g" stroke="%%s" stroke-width="%g" stroke-linecap="round"/>`, x0, y0, x1, y1, width)}
}

func drawSVG(shapes []shape) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\">\n", iconSize, iconSize)
	for _, s := range shapes {
		fmt.Fprintf(&b, s.svg+"\n", fmt.Sprintf("#%02x%02x%02x", s.color.R, s.color.G, s.color.B))
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// drawPNG draws the shapes on pixels x pixels, shrunk by scale towards the middle.
func drawPNG(shapes []shape, pixels int, scale float64) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, pixels, pixels))
	unit := iconSize / (float64(pixels) * scale) // of the drawing, per pixel
	for py := range pixels {
		for px := range pixels {
			x := iconSize/2 + (float64(px)+0.5-float64(pixels)/2)*unit
			y := iconSize/2 + (float64(py)+0.5-float64(pixels)/2)*unit
			var c color.NRGBA
			for _, s := range shapes {
				// The edge runs through a pixel: about this much of it is inside.
				cover := min(max(0.5-s.distance(x, y)/unit, 0), 1)
				c = over(c, s.color, cover)
			}
			img.SetNRGBA(px, py, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic("web: icon: " + err.Error()) // the image is not empty and a buffer takes all
	}
	return out.Bytes()
}

// over paints the opaque colour top on under, covering it by cover, 0 to 1.
func over(under, top color.NRGBA, cover float64) color.NRGBA {
	if cover == 0 {
		return under
	}
	if under.A == 0 {
		top.A = uint8(math.Round(255 * cover))
		return top
	}
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*cover)) }
	return color.NRGBA{mix(under.R, top.R), mix(under.G, top.G), mix(under.B, top.B), under.A}
}
