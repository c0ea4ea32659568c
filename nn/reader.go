package nn

// A Reader is a copy of a network that answers to images, at test time, while the
// network itself goes on training. It is fused as the network is, and so twice as
// fast as a Probe, and gives the same bits.
type Reader struct {
	m       *Sequential
	pass    Pass
	x       Tensor
	labels  []byte
	losses  []float32
	correct []bool
}

// NewReader returns a copy of m for up to capacity images at once.
func NewReader(m *Sequential, capacity int) *Reader {
	if capacity < 1 {
		panic("nn: NewReader needs a capacity")
	}
	layers := m.cloned()
	c, err := newSequential(&builder{in: m.in, capacity: capacity}, layers)
	if err != nil {
		panic(err) // the same layers were built before
	}
	fuse(layers)
	r := &Reader{m: c, x: NewTensor(capacity, m.in), labels: make([]byte, capacity), losses: make([]float32, capacity), correct: make([]bool, capacity)}
	r.Load(m)
	return r
}

// Load copies the present weights of m, the network that the reader was made
// from or one like it.
func (r *Reader) Load(m *Sequential) { r.m.load(m) }

// Read answers to the n images of data from first on: the classes' probabilities
// (n,classes) and each image's loss. Both are valid until the next Read.
func (r *Reader) Read(data Samples, first, n int) (probs Tensor, losses []float32) {
	if data.Shape() != r.m.in {
		panic("nn: Reader.Read: data of shape " + data.Shape().String() + ", expected " + r.m.in.String())
	}
	x := r.x.first(n)
	for i := range n {
		loadImage(x.Sample(i), data.Image(first+i), x.Shape)
		r.labels[i] = byte(data.Label(first + i))
	}
	probs = r.m.Forward(x, &r.pass)
	CrossEntropy(probs, r.labels[:n], n, r.losses, r.correct, Tensor{})
	return probs, r.losses[:n]
}
