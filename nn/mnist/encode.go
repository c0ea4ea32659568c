package mnist

import (
	"encoding/binary"
	"fmt"
)

// EncodeImages writes the images of s as an IDX file, not compressed: (N,H,W)
// for one channel, (N,H,W,C) for more.
func EncodeImages(s Set) []byte {
	if len(s.Pixels) != s.N*s.Size() {
		panic(fmt.Sprintf("mnist: %d pixels for %d images of %d", len(s.Pixels), s.N, s.Size()))
	}
	if s.C == 1 {
		return append(header(len(s.Pixels), s.N, s.H, s.W), s.Pixels...)
	}
	b := header(len(s.Pixels), s.N, s.H, s.W, s.C)
	area := s.H * s.W
	for i := range s.N {
		pix := s.Image(i)
		for p := range area {
			for k := range s.C {
				b = append(b, pix[k*area+p])
			}
		}
	}
	return b
}

// EncodeLabels writes labels as an IDX file, not compressed.
func EncodeLabels(labels []byte) []byte {
	return append(header(len(labels), len(labels)), labels...)
}

// header writes an IDX header for unsigned bytes, with room for size elements.
func header(size int, dims ...int) []byte {
	b := make([]byte, 0, 4+4*len(dims)+size)
	b = append(b, 0, 0, 0x08, byte(len(dims)))
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
	}
	return b
}
