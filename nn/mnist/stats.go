package mnist

import "fmt"

// Levels counts how often each value, 0 to 255, occurs in each channel of all
// images: (C,256).
func (s *Set) Levels() []int {
	n := make([]int, 256*s.C)
	area := s.H * s.W
	for c := range s.C {
		// Neighbours are mostly the same paper. Counted in turn in four places, none
		// waits for the one before: twice as fast in a browser.
		var count [4][256]int
		for i := range s.N {
			plane := s.Image(i)[c*area : (c+1)*area]
			for ; len(plane) >= 4; plane = plane[4:] {
				count[0][plane[0]]++
				count[1][plane[1]]++
				count[2][plane[2]]++
				count[3][plane[3]]++
			}
			for _, p := range plane {
				count[0][p]++
			}
		}
		for v := range 256 {
			n[256*c+v] = count[0][v] + count[1][v] + count[2][v] + count[3][v]
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
		image := s.Image(i)
		sum := sums[k*size:][:len(image)]
		for j, p := range image {
			sum[j] += uint64(p)
		}
	}
	for j, sum := range sums {
		dst[j] = float32(float64(sum) / float64(max(1, n[j/size])))
	}
}
