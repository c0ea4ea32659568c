// Package mnist turns the bytes of IDX files, the format of the MNIST
// database of handwritten digits, into a checked Dataset, and back.
//
// Bytes come in and bytes go out: the package fetches nothing and opens no
// file. A caller that has the four files calls Parse. One that receives them
// one by one, and wants to say which of them is broken, calls the pieces:
//
//	Inflate       gzip or raw bytes -> raw bytes            inflate.go
//	ParseImages   image file -> Set without labels          images.go
//	ParseLabels   label file -> labels                      labels.go
//	Pair          images + labels -> Set                    dataset.go
//	Join          train + test -> Dataset                   dataset.go
//
// Scale and OneHot (scale.go) turn pixels and labels into what a network
// takes. Levels and MeanImages (stats.go) tell what a Set is like. EncodeImages
// and EncodeLabels (encode.go) write IDX.
//
// # The IDX format
//
// All integers are big-endian. http://yann.lecun.com/exdb/mnist describes it.
//
//	offset  size  value
//	0       2     0
//	2       1     type of the elements, 0x08 is an unsigned byte
//	3       1     number of dimensions d
//	4       4*d   the dimensions, the first one varying slowest
//	4+4*d         the elements
//
// Image files have the dimensions (N,H,W) or (N,H,W,C) with C 1 or 3, label
// files (N). In memory images lie in the order (N,C,H,W).
//
// # Errors
//
// Whatever the bytes are, nothing panics and nothing is allocated for more
// than they can hold. Every error is an *Error, whose Fault tells a file that
// ends too early from one that is damaged and from one that is something else.
package mnist
