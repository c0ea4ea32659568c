package nn

// Tensor is a batch of N samples. In memory an image lies as (H,W,C), so that
// a pixel's channels are neighbours; see doc.go on layouts. A Tensor is a view:
// copying it copies no data.
type Tensor struct {
	N int
	Shape
	Data []float32 // N*Len() values, sample by sample
}

// NewTensor returns a zeroed batch of n samples.
func NewTensor(n int, s Shape) Tensor {
	return Tensor{N: n, Shape: s, Data: make([]float32, n*s.Len())}
}

// Sample returns the values of sample i.
func (t Tensor) Sample(i int) []float32 {
	n := t.Len()
	return t.Data[i*n : (i+1)*n : (i+1)*n]
}

// slice returns a view of the samples lo to hi-1.
func (t Tensor) slice(lo, hi int) Tensor {
	n := t.Len()
	t.N, t.Data = hi-lo, t.Data[lo*n:hi*n]
	return t
}

// first returns a view of the first n samples.
func (t Tensor) first(n int) Tensor {
	if n > t.N {
		panic("nn: batch is larger than the capacity the network was built for")
	}
	t.N = n
	t.Data = t.Data[:n*t.Len()]
	return t
}
