package inspect

import (
	"cmp"
	"math"
	"slices"
)

// Norms are the lengths (L2) of the filters w, n of them, one after the other
// as in a shown kernel (Out,In,H,W).
func Norms(w []float32, n int) []float32 {
	norms := make([]float32, n)
	for i := range norms {
		norms[i] = float32(math.Sqrt(dot(filter(w, n, i), filter(w, n, i))))
	}
	return norms
}

// ByNorm orders n filters by their length, the longest first, of equals the
// first.
func ByNorm(w []float32, n int) []int {
	norms := Norms(w, n)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(norms[b], norms[a]) })
	return order
}

// BySimilarity orders n filters so that neighbours look alike: it begins with
// the longest and goes on, each time, to the one left whose cosine with the last
// is largest, of equals the first. Filters of zeros come last.
func BySimilarity(w []float32, n int) []int {
	order := ByNorm(w, n)
	norms := Norms(w, n)
	for i := 1; i < n; i++ {
		last, best := order[i-1], -1
		var most float64
		for j, next := range order[i:] {
			c := cosine(w, n, last, next, norms)
			if best < 0 || c > most || c == most && next < order[best] {
				best, most = i+j, c
			}
		}
		order[i], order[best] = order[best], order[i]
	}
	return order
}

// cosine is that of the angle between two filters; below all others if one of
// them has no direction.
func cosine(w []float32, n, a, b int, norms []float32) float64 {
	length := float64(norms[a]) * float64(norms[b])
	if !(length > 0) {
		return -2
	}
	return dot(filter(w, n, a), filter(w, n, b)) / length
}

// filter is number i of n.
func filter(w []float32, n, i int) []float32 {
	if n < 1 || len(w)%n != 0 {
		panic("inspect: filters of different sizes")
	}
	size := len(w) / n
	return w[i*size : (i+1)*size]
}

// dot is exact in its products; the sum has its order.
func dot(x, y []float32) (sum float64) {
	for i, v := range x {
		sum += float64(v) * float64(y[i])
	}
	return sum
}
