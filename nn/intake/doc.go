// Package intake makes a dataset of a visitor's own files. What a file is shows
// in its bytes; names count only where the bytes leave something open.
//
//	intake.go   Read: files -> Intake; limits
//	item.go     a file, read bit by bit
//	unpack.go   files, and what is packed in them, by what they are
//	gunzip.go   what is in a gzip file
//	zip.go      what is in a zip archive
//	content.go  what a file is
//	idx.go      IDX images with their labels, training with test
//	names.go    a list of the classes' names; words in names
//	pictures.go PNG and JPEG, the class in the folder's name
//	album.go    decoded pictures of one size, grey or in colour
//	split.go    test images out of one set
//
// # What is understood
//
// IDX files of unsigned bytes: images (N,H,W) or (N,H,W,C) with C 1 or 3, and
// labels (N) that go with them by their number. Of two pairs the test set is
// the one whose names say so (test, t10k, val), or else the smaller one. A text
// file beside them may name the classes, one a line.
//
// PNG and JPEG pictures of one size: a picture's class is the name of its
// folder, and the folder above may say train or test. Transparent pixels lie on
// black. If all are grey the images have one channel, else three.
//
// Any of these compressed with gzip, or in a zip archive.
//
// One set without test images is split: every sixth image of each class is set
// aside; see split.go.
//
// # Errors
//
// Every error is a *mnist.Error that names a file. Whatever the files are,
// nothing panics, and no more memory is taken than the limits in intake.go allow;
// what a file claims is compared with them before its images are read. Files are
// read bit by bit, and so is what is packed in them: in memory are the pixels in
// the end, and what is at hand.
//
// # Why not archive/zip
//
// It says "not a valid zip file" or "unexpected EOF" where a visitor is helped by
// what is wrong and where: twelve of the broken inputs in package intaketest would
// get one of these two. It would be another 74 KB of the compressed program, as
// its writer brings a compressor along. It is what the tests compare zip.go with:
// FuzzZip.
//
// Pictures are decoded by Go's own packages also in the browser: the browser's
// decoders differ from each other in a JPEG's last bits, and one set of files
// is to give one answer. They are 55 KB of the compressed program.
package intake
