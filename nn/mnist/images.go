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
	s, err := shape(file, dims)
	if err != nil {
		return Set{}, err
	}
	s.Pixels = pix
	if s.C > 1 {
		s.Pixels = make([]byte, len(pix))
		for i, n := 0, s.Size(); i < len(pix); i += n {
			Planes(s.Pixels[i:i+n], pix[i:i+n], s.C)
		}
	}
	return s, nil
}

// shape is that of images with the dimensions (N,H,W) or (N,H,W,C).
func shape(file string, dims []int) (Set, error) {
	s := Set{N: dims[0], C: 1, H: dims[1], W: dims[2]}
	if len(dims) == 4 {
		s.C = dims[3]
	}
	if s.C != 1 && s.C != 3 {
		return Set{}, Errorf(file, Invalid, "images have %s, expected 1 or 3", Count(s.C, "channel"))
	}
	return s, nil
}

// Planes reorders an image of c channels from (H,W,C) in src to (C,H,W) in dst.
func Planes(dst, src []byte, c int) {
	area := len(src) / c
	for p := range area {
		for k := range c {
			dst[k*area+p] = src[p*c+k]
		}
	}
}
