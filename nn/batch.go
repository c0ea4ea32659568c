package nn

// Samples is a labelled set of images, such as one half of MNIST.
type Samples interface {
	Len() int
	Shape() Shape       // of an image
	Classes() int       // labels are below it
	Image(i int) []byte // C,H,W order, 0 to 255; not to be changed
	Label(i int) int
}

// level[v] is the network's input for a grey level: v/255, correctly rounded.
var level = func() (t [256]float32) {
	for i := range t {
		t[i] = float32(i) / 255
	}
	return
}()

// Normalize writes the image as the network sees it, scaled to 0..1, in the
// order of the bytes.
func Normalize(dst []float32, image []byte) {
	checkLen("Normalize", len(dst), len(image))
	for i, v := range image {
		dst[i] = level[v]
	}
}

// loadImage writes an image, scaled, in memory order.
func loadImage(dst []float32, image []byte, s Shape) {
	checkLen("image", len(image), s.Len())
	if s.C == 1 {
		Normalize(dst, image)
		return
	}
	imageLayout(s).each(func(shown, stored int) { dst[stored] = level[image[shown]] })
}

// batch holds a batch of samples in the form that training needs.
type batch struct {
	x       Tensor
	labels  []byte
	losses  []float32
	correct []bool
	dlogits Tensor
}

func newBatch(m *Sequential) *batch {
	n := m.capacity
	return &batch{NewTensor(n, m.in), make([]byte, n), make([]float32, n), make([]bool, n), NewTensor(n, m.OutShape())}
}

// load fills the batch with the samples of the given numbers.
func (b *batch) load(data Samples, numbers []int) (x Tensor, labels []byte) {
	x = b.x.first(len(numbers))
	for i, n := range numbers {
		loadImage(x.Sample(i), data.Image(n), x.Shape)
		b.labels[i] = byte(data.Label(n))
	}
	return x, b.labels[:len(numbers)]
}
