package intake

import (
	"errors"
	"image"
	"image/draw"
	jpegs "image/jpeg"
	pngs "image/png"
	"io"
	"strings"

	"convlens/nn/mnist"
)

// maxArea is the largest picture. A network for 1024x1024 pixels would need more
// memory than a tab has.
const maxArea = 1 << 20

// An album is decoded pictures of one size: of one channel as long as all are
// grey, of three from the first that isn't.
type album struct {
	mnist.Set             // without labels; N are there so far
	total     int         // pictures in the end
	page      *image.RGBA // the one at hand, over black
}

// decode decodes pictures, all of the size of the first.
func decode(pictures []picture, tick func(Progress) bool) (mnist.Set, error) {
	first := pictures[0]
	w, h, err := first.dimensions()
	if err != nil {
		return mnist.Set{}, err
	}
	a := &album{total: len(pictures), page: image.NewRGBA(image.Rect(0, 0, w, h))}
	a.C, a.H, a.W = 1, h, w
	if err := a.allocate(first.name); err != nil {
		return mnist.Set{}, err
	}
	for i, p := range pictures {
		pw, ph, err := p.dimensions()
		if err != nil {
			return mnist.Set{}, err
		}
		if pw != w || ph != h {
			return mnist.Set{}, mnist.Errorf(p.name, mnist.Invalid, "has %d x %d pixels, %s has %d x %d: all pictures are to be of one size", pw, ph, first.name, w, h)
		}
		img, err := p.decode()
		if err != nil {
			return mnist.Set{}, err
		}
		if err := a.add(p.name, img); err != nil {
			return mnist.Set{}, err
		}
		if !tick(Progress{Images: true, Done: i + 1, Total: len(pictures)}) {
			return mnist.Set{}, ErrStopped
		}
	}
	return a.Set, nil
}

// dimensions are a picture's width and height, by its header.
func (p picture) dimensions() (w, h int, err error) {
	configure := pngs.DecodeConfig
	if p.kind == jpeg {
		configure = jpegs.DecodeConfig
	}
	r := p.reader()
	defer r.Close()
	c, err := configure(r)
	switch {
	case err != nil:
		return 0, 0, p.damaged(err)
	case c.Width < 1 || c.Height < 1:
		return 0, 0, mnist.Errorf(p.name, mnist.Invalid, "a picture of %d x %d pixels", c.Width, c.Height)
	case c.Width > maxArea/c.Height:
		return 0, 0, mnist.Errorf(p.name, mnist.Invalid, "has %d x %d pixels, the limit is %s: make the pictures smaller first", c.Width, c.Height, mnist.Count(maxArea, "pixel"))
	}
	return c.Width, c.Height, nil
}

func (p picture) decode() (image.Image, error) {
	read := pngs.Decode
	if p.kind == jpeg {
		read = jpegs.Decode
	}
	r := p.reader()
	defer r.Close()
	img, err := read(r)
	if err != nil {
		return nil, p.damaged(err)
	}
	_, err = rest(r) // to the checksum of what it is packed in
	return img, err
}

// damaged is the error about a picture that can't be decoded.
func (p picture) damaged(err error) error {
	var known *mnist.Error
	if errors.As(err, &known) { // of what it is packed in
		return known
	}
	name := map[content]string{png: "PNG", jpeg: "JPEG"}[p.kind]
	fault, what := mnist.Corrupt, "is damaged: "+err.Error()
	// Package png wraps some ends of the file in an error of its own.
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || strings.HasSuffix(err.Error(), io.ErrUnexpectedEOF.Error()) {
		fault, what = mnist.Truncated, "ends too early"
		if p.size >= 0 {
			what += ", after " + mnist.Count(p.size, "byte")
		}
	}
	e := mnist.Errorf(p.name, fault, "the %s picture %s", name, what)
	e.Err = err
	return e
}

// allocate makes room for all pictures, with those that are there.
func (a *album) allocate(name string) error {
	if err := checkPixels(name, a.total, &a.Set); err != nil {
		return err
	}
	grey := a.Pixels
	a.Pixels = make([]byte, 0, a.total*a.Size())
	if len(grey) > 0 { // now in colour
		for area := a.H * a.W; len(grey) > 0; grey = grey[area:] {
			for range a.C {
				a.Pixels = append(a.Pixels, grey[:area]...)
			}
		}
	}
	return nil
}

// add appends a picture.
func (a *album) add(name string, img image.Image) error {
	draw.Draw(a.page, a.page.Rect, image.Black, image.Point{}, draw.Src)
	draw.Draw(a.page, a.page.Rect, img, img.Bounds().Min, draw.Over)
	pix := a.page.Pix
	if a.C == 1 && coloured(pix) {
		a.C = 3
		if err := a.allocate(name); err != nil {
			return err
		}
	}
	for c := range a.C {
		for i := c; i < len(pix); i += 4 {
			a.Pixels = append(a.Pixels, pix[i])
		}
	}
	a.N++
	return nil
}

// coloured says whether a pixel, R,G,B,A, is not grey.
func coloured(pix []byte) bool {
	for ; len(pix) > 0; pix = pix[4:] {
		if pix[0] != pix[1] || pix[0] != pix[2] {
			return true
		}
	}
	return false
}
