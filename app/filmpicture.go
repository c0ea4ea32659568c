package app

import (
	"bufio"
	"bytes"
	"image"
	"image/color"
	"image/gif"

	"convlens/nn/record"
	"convlens/nn/wire"
)

// stripCols is how many kernels a picture of the film strip has side by side.
const stripCols = 4

// mosaicGrid lays the kernels of weights (Out,In,H,W) out in a picture of the
// strip.
func mosaicGrid(shape []int) grid {
	return grid{N: shape[0] * shape[1], Cols: stripCols, CellW: shape[3], CellH: shape[2], Gap: 1}
}

// stripGrid lays so many pictures out in a row.
func stripGrid(shape []int, n int) grid {
	w, h := mosaicGrid(shape).size()
	return grid{N: n, Cols: n, CellW: w, CellH: h, Gap: 2}
}

// paintStrip draws weights (Out,In,H,W) of several moments side by side, all on
// one scale, in the first of so many places; chosen is one of them.
func paintStrip(r *raster, moments []*wire.Tensor, places int, s scale, chosen int, p *palette) {
	if len(moments) == 0 {
		r.resize(0, 0)
		return
	}
	g, cells := stripGrid(moments[0].Shape, places), mosaicGrid(moments[0].Shape)
	r.resize(g.size())
	r.fill(p.Zero)
	picture := make([]float32, g.CellW*g.CellH)
	for i, t := range moments {
		size := cells.CellW * cells.CellH
		for k := range cells.N {
			x0, y0 := cells.origin(k)
			for j, v := range t.Data[k*size : (k+1)*size] {
				picture[(y0+j/cells.CellW)*g.CellW+x0+j%cells.CellW] = v
			}
		}
		r.cell(g, i, picture, s)
	}
	r.choose(g, chosen, p, false)
}

// An animation is a film to be saved: the kernels of all convolutions under each
// other, and below them how much of the run is over.
type animation struct {
	moments []*record.Moment
	ends    map[string]float32
	scale   int
	p       *palette
}

func newAnimation(f *Film, scale int, p *palette) *animation {
	a := &animation{moments: f.moments(), ends: map[string]float32{}, scale: scale, p: p}
	for _, m := range a.moments {
		for _, array := range m.Arrays {
			if len(array.Shape) == 4 && a.ends[array.Name] == 0 {
				a.ends[array.Name] = f.end(array.Name)
			}
		}
	}
	return a
}

func (a *animation) frames() int { return len(a.moments) }

// Hundredths of a second: eight frames a second, and time to look at the end.
const (
	frameDelay = 12
	endDelay   = 200
)

// encode makes a GIF that begins anew at its end. rest is called now and then on
// the way.
func (a *animation) encode(rest func()) ([]byte, error) {
	colours, index := gifColours(a.p)
	g := &gif.GIF{}
	var r raster
	for i := range a.moments {
		a.paint(&r, i)
		rest()
		g.Image = append(g.Image, indexed(&r, a.scale, colours, index))
		g.Delay = append(g.Delay, frameDelay)
		rest()
	}
	g.Delay[len(g.Delay)-1] = endDelay
	var b bytes.Buffer
	w := bufio.NewWriter(&restingWriter{&b, rest})
	if err := gif.EncodeAll(w, g); err != nil {
		return nil, err
	}
	err := w.Flush()
	return b.Bytes(), err
}

// restingWriter rests before every write.
type restingWriter struct {
	*bytes.Buffer
	rest func()
}

func (w *restingWriter) Write(b []byte) (int, error) {
	w.rest()
	return w.Buffer.Write(b)
}

// paint draws frame i.
func (a *animation) paint(r *raster, i int) {
	const gap, bar = 3, 2
	m := a.moments[i]
	w, h := 0, 0
	var layers []*wire.Tensor
	for _, array := range m.Arrays {
		if len(array.Shape) == 4 {
			layers = append(layers, unpack(m, array.Name))
			gw, gh := kernelGrid(array.Shape).size()
			w, h = max(w, gw), h+gh+gap
		}
	}
	r.resize(w, h+bar)
	r.fill(a.p.Zero)
	y := 0
	for _, t := range layers {
		var layer raster
		paintKernels(&layer, t, []float32{a.ends[t.Name]}, -1, false, a.p)
		r.place(&layer, 0, y)
		y += layer.H + gap
	}
	last := max(a.moments[len(a.moments)-1].Step, 1)
	for x := range w * m.Step / last {
		for k := range bar {
			r.set(x, h+k, a.p.Ink)
		}
	}
}

// place copies a picture into a larger one.
func (r *raster) place(from *raster, x, y int) {
	for row := range from.H {
		copy(r.Pix[4*((y+row)*r.W+x):], from.Pix[4*row*from.W:4*(row+1)*from.W])
	}
}

// gifColours are 256 of a palette's: zero, every second colour of both ramps to
// their ends, and ink. index finds each of the ramps' colours among them.
func gifColours(p *palette) (colours color.Palette, index map[rgb]byte) {
	index = map[rgb]byte{p.Zero: 0}
	colours = color.Palette{p.Zero.colour()}
	for _, way := range []*ramp{&p.above, &p.below} {
		first := len(colours)
		for k := 1; k <= 127; k++ {
			colours = append(colours, way[min(2*k+k/127, 255)].colour())
		}
		for t, c := range way {
			if _, known := index[c]; !known {
				index[c] = byte(first + min(max((t+1)/2, 1), 127) - 1)
			}
		}
	}
	index[p.Ink] = byte(len(colours))
	return append(colours, p.Ink.colour()), index
}

func (c rgb) colour() color.Color { return color.RGBA{c.R, c.G, c.B, 255} }

// indexed turns a raster into an image of those colours, enlarged.
func indexed(r *raster, scale int, colours color.Palette, index map[rgb]byte) *image.Paletted {
	img := image.NewPaletted(image.Rect(0, 0, r.W*scale, r.H*scale), colours)
	for y := range r.H {
		row := img.Pix[y*scale*img.Stride:][:img.Stride]
		for x := range r.W {
			p := r.Pix[4*(y*r.W+x):][:3]
			i := index[rgb{p[0], p[1], p[2]}]
			for k := range scale {
				row[x*scale+k] = i
			}
		}
		for k := 1; k < scale; k++ {
			copy(img.Pix[(y*scale+k)*img.Stride:], row)
		}
	}
	return img
}
