package app

import (
	"fmt"

	"convlens/nn/wire"
)

// kernelDocument is the tutorial's page of kernels: each one of every
// convolution as a picture and as numbers.
type kernelDocument struct {
	words   *words
	step    int
	kernels []wire.Tensor
}

func (k *kernelDocument) write(s *sheet) {
	w := k.words
	s.begin(w.Code, w.Take.KernelsTitle)
	for i := range k.kernels {
		if t := &k.kernels[i]; len(t.Shape) == 4 && full(t) {
			k.layer(s, t)
		}
	}
}

func (k *kernelDocument) layer(s *sheet, t *wire.Tensor) {
	w := k.words
	end := niceEnd(largest(t.Data))
	s.element("h2", t.Name)
	s.element("p", w.kernelsCaption(t.Shape, k.step))
	s.element("p", fmt.Sprintf(w.Take.KernelsAbout, w.count(k.step), formatEnd(end)))
	var r raster
	paintKernels(&r, t, []float32{end}, -1, false, lightPalette)
	s.picture(&r, wholeScale(r.W, 900), fmt.Sprintf(w.KernelsName, t.Name))
	in, size := t.Shape[1], t.Shape[2]*t.Shape[3]
	for k := range t.Shape[0] * in {
		filter, channel := k/in, k%in
		if k == 0 || in > 1 && channel == 0 { // filters of one kernel share a row
			if k > 0 {
				s.WriteString("</div>\n")
			}
			if in > 1 {
				s.element("h3", fmt.Sprintf("%s, %s %d", t.Name, w.Filter, filter))
			}
			s.WriteString("<div class=\"kernels\">\n")
		}
		s.kernel(t.Data[k*size:(k+1)*size], t.Shape[3], end, w.filterChannel(kernelChoice{t.Name, filter, channel}))
	}
	s.WriteString("</div>\n")
}

// wholeScale is the enlargement by which a picture of width w comes nearest to
// some width without going beyond it; at least 1, at most 12.
func wholeScale(w, width int) int { return min(max(width/w, 1), 12) }
