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
