package mnist

import "fmt"

// Levels counts how often each value, 0 to 255, occurs in each channel of all
// images: (C,256).
func (s *Set) Levels() []int {
	n := make([]int, 256*s.C)
	area := s.H * s.W
	for i := range s.N {
		image := s.Image(i)
		for c := range s.C {
			count := (*[256]int)(n[256*c:])
			for _, p := range image[c*area : (c+1)*area] {
				count[p]++
			}
		}
	}
	return n
}

// MeanImages writes the mean image of each of the classes to dst,
// (classes,C,H,W) of 0 to 255. A class without images has zeros.
func (s *Set) MeanImages(dst []float32, classes []int) {
	size := s.Size()
	if len(dst) != len(classes)*size {
		panic(fmt.Sprintf("mnist: MeanImages of %d classes to %d values, expected %d", len(classes), len(dst), len(classes)*size))
	}
	var place [256]int // of each class in dst, plus one
	for k, c := range classes {
		if c < 0 || c >= s.Classes {
			panic(fmt.Sprintf("mnist: MeanImages of class %d of %d", c, s.Classes))
		}
		place[c] = k + 1
	}
	sums, n := make([]uint64, len(dst)), make([]int, len(classes))
	for i, label := range s.Labels {
		k := place[label] - 1
		if k < 0 {
			continue
		}
		n[k]++
		sum := sums[k*size : (k+1)*size]
		for j, p := range s.Image(i) {
			sum[j] += uint64(p)
		}
	}
	for j, sum := range sums {
		dst[j] = float32(float64(sum) / float64(max(1, n[j/size])))
	}
}
