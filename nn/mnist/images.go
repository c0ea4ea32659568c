package mnist

// ParseImages reads an image file, gz or raw, with the dimensions (N,H,W) or
// (N,H,W,C), C being 1 or 3. The Set has no labels yet: see Pair. Its pixels
// are part of b where they needn't be decompressed or reordered, so b is not
// to be changed afterwards. Errors are *Error and name file.
func ParseImages(file string, b []byte) (Set, error) {
	b, err := inflate(file, b, MaxBytes)
	if err != nil {
		return Set{}, err
	}
	dims, pix, err := images.parse(file, b)
	if err != nil {
		return Set{}, err
	}
	s := Set{N: dims[0], C: 1, H: dims[1], W: dims[2], Pixels: pix}
	if len(dims) == 4 {
		s.C = dims[3]
	}
	switch s.C {
	case 1:
		return s, nil
	case 3:
		s.Pixels = planes(pix, s.N, s.C, s.H*s.W)
		return s, nil
	}
	return Set{}, Errorf(file, Invalid, "images have %s, expected 1 or 3", Count(s.C, "channel"))
}

// planes reorders n images of area pixels from (N,H,W,C) to (N,C,H,W).
func planes(pix []byte, n, c, area int) []byte {
	out := make([]byte, len(pix))
	for i := range n {
		src, dst := pix[i*area*c:], out[i*area*c:]
		for p := range area {
			for k := range c {
				dst[k*area+p] = src[p*c+k]
			}
		}
	}
	return out
}
