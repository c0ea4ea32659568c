package intaketest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image"
	"strings"
	"testing"

	"convlens/nn/mnist"
)

// Broken is files that make no dataset, and what is to be said about it.
type Broken struct {
	Name  string
	Files []File
	File  string // that the error names
	Fault mnist.Fault
	Msg   string // part of what it says
}

// around puts a file in the place of one of two good pairs.
func around(f File) []File {
	files := []File{{"a-images", Images12}, {"a-labels", Labels12}, {"b-images", Images4}, {"b-labels", Labels4}}
	for i := range files {
		if files[i].Name == f.Name {
			files[i] = f
		}
	}
	return files
}

// BrokenCases are many of them.
func BrokenCases(t testing.TB) []Broken {
	const trunc, corrupt, invalid = mnist.Truncated, mnist.Corrupt, mnist.Invalid
	images := func(b []byte) []File { return around(File{"a-images", b}) }
	labels := func(b []byte) []File { return around(File{"a-labels", b}) }
	one := func(name string, b []byte) []File { return []File{{name, b}} }
	zeros := make([]byte, 1<<20)
	archive := Zip(t, map[string][]byte{"a/1.png": Grey(t, 4, 3, 1), "b/1.png": Grey(t, 4, 3, 2)}, 8)
	bomb := Zip(t, map[string][]byte{"a": zeros}, 8)
	// Where the directory's first entry and the archive's end begin.
	central := func(b []byte) int { return bytes.Index(b, []byte("PK\x01\x02")) }
	end := func(b []byte) int { return bytes.LastIndex(b, []byte("PK\x05\x06")) }
	u16 := func(v uint16) []byte { return binary.LittleEndian.AppendUint16(nil, v) }
	u32 := func(v uint32) []byte { return binary.LittleEndian.AppendUint32(nil, v) }
	picture := Grey(t, 4, 3, 9)
	folders := func(name string, b []byte) []File { return append(Folder(t, "d/", 2, 3), File{name, b}) }
	huge := With(picture, 16, 0, 0, 0x40, 0, 0, 0, 0x40, 0) // IHDR's width and height
	binary.BigEndian.PutUint32(huge[29:], ieee(huge[12:29]))

	return []Broken{
		// What was chosen as a whole.
		{"nothing", nil, "", invalid, "there are no files in what was chosen"},
		{"only files by the way", []File{{".DS_Store", nil}, {"README", nil}}, "", invalid, "there are no images, only .DS_Store, README"},
		{"too many files", make([]File, 100_001), "", invalid, "there are 100,001 files, the limit is 100,000 files"},
		{"only text", one("names.txt", []byte("cat\ndog")), "names.txt", invalid, "a text file; there are no images"},
		{"images without labels", images(nil)[2:3], "b-images", invalid, "images, but there are no labels"},
		{"labels without images", images(nil)[1:2], "a-labels", invalid, "labels, but there are no images"},
		{"three files with images", append(images(Images12), File{"c", Images4}), "c", invalid, "the third of 3 files with images, beside a-images and b-images"},
		{"three files with labels", append(images(Images12), File{"c", Labels4}), "c", invalid, "the third of 3 files with labels, beside a-labels and b-labels"},
		{"two with images, one with labels", images(Images12)[:3], "a-images", invalid, "files with images are a-images (12), b-images (4), with labels a-labels (12): as many"},
		{"the same file twice", []File{{"a", Images4}, {"b", Images4}, {"c", Labels4}, {"d", Labels4}}, "b", invalid, "the same 4 images as in a"},
		{"nothing tells the sets apart", []File{{"a", Images4}, {"b", With(Images4, 20, 1)}, {"c", Labels4}, {"d", Labels4}}, "a", invalid, "4 images in each file: which labels belong to them"},
		{"the names cross", []File{{"train", Images4}, {"test", Images12}, {"y-train", Labels12}, {"y-test", Labels4}}, "train", invalid, "its 4 images go with those of y-test, but the names say"},
		{"pictures beside IDX", append(Folder(t, "d/", 2, 2), File{"i", Images4}), "i", invalid, "an IDX file, and d/0/a.png is a picture"},

		// IDX.
		{"empty", images([]byte{}), "a-images", trunc, "the file is empty"},
		{"two bytes", images(Images12[:2]), "a-images", trunc, "ends after 2 bytes, inside the 4 bytes"},
		{"three bytes", images(Images12[:3]), "a-images", trunc, "ends after 3 bytes, inside the 4 bytes"},
		{"cut in the first dimension", images(Images12[:7]), "a-images", trunc, "ends after 7 bytes, inside the header of 16"},
		{"cut in the last dimension", images(Images12[:15]), "a-images", trunc, "ends after 15 bytes, inside the header of 16"},
		{"no image left", images(Images12[:16]), "a-images", trunc, "expected 12 images (160 bytes), the file ends after 0 images (16 bytes)"},
		{"cut inside image 5", images(Images12[:70]), "a-images", trunc, "the file ends after 4 images (70 bytes)"},
		{"one byte short", images(Images12[:159]), "a-images", trunc, "the file ends after 11 images (159 bytes)"},
		{"one byte long", images(append(bytes.Clone(Images12), 1)), "a-images", corrupt, "the file goes on for another 1 byte"},
		{"little-endian", images(With(Images12, 0, 3, 8, 0, 0)), "a-images", invalid, "not IDX, PNG, JPEG, gzip or zip: it starts with 03 08 00 00"},
		{"signed bytes", images(With(Images12, 2, 9)), "a-images", invalid, "elements are of type 0x09 (signed byte)"},
		{"floats", images(With(Images12, 2, 0x0d)), "a-images", invalid, "elements are of type 0x0d (float32)"},
		{"unknown type", images(With(Images12, 2, 1)), "a-images", invalid, "elements are of type 0x01 (unknown)"},
		{"two dimensions", images(IDX(Ramp(12), 3, 4)), "a-images", invalid, "IDX with 2 dimensions"},
		{"five dimensions", images(IDX(Ramp(1), 1, 1, 1, 1, 1)), "a-images", invalid, "IDX with 5 dimensions"},
		{"no images in it", images(IDX(nil, 0, 4, 3)), "a-images", invalid, "dimension 1 (count) is 0"},
		{"no height", images(IDX(nil, 12, 0, 3)), "a-images", invalid, "dimension 2 (height) is 0"},
		{"no width", images(IDX(nil, 12, 4, 0)), "a-images", invalid, "dimension 3 (width) is 0"},
		{"two channels", images(IDX(Ramp(24), 12, 1, 1, 2)), "a-images", invalid, "images have 2 channels, expected 1 or 3"},
		{"claims of 2 TB", images(IDX(nil, 1<<31, 32, 32)), "a-images", invalid, "claims 2,147,483,648 x 32 x 32 bytes"},
		{"claims that overflow", images(IDX(nil, 1<<31, 1<<31, 4)), "a-images", invalid, "claims 2,147,483,648 x 2,147,483,648 x 4 bytes"},
		{"cut in the labels' header", labels(Labels12[:6]), "a-labels", trunc, "ends after 6 bytes, inside the header of 8"},
		{"labels short", labels(Labels12[:15]), "a-labels", trunc, "expected 12 labels (20 bytes), the file ends after 7 labels (15 bytes)"},
		{"labels long", labels(append(bytes.Clone(Labels12), 1, 2)), "a-labels", corrupt, "expected 12 labels (20 bytes), the file goes on for another 2 bytes"},
		{"labels of 4 bytes", labels(With(Labels12, 2, 0x0c)), "a-labels", invalid, "elements are of type 0x0c (int32)"},
		{"other numbers", labels(IDX(Ramp(11), 11)), "a-images", invalid, "images are a-images (12), b-images (4), labels a-labels (11), b-labels (4): their numbers don't agree"},
		{"other number in one pair", []File{{"a", Images12}, {"b", Labels4}}, "a", invalid, "12 images, but 4 labels in b"},
		{"another size to test with", around(File{"b-images", IDX(Ramp(4*16), 4, 4, 4)}), "b-images", invalid, "images have the shape (1,4,4), those of a-images (1,4,3)"},
		{"colour to test with", around(File{"b-images", IDX(Ramp(4*36), 4, 4, 3, 3)}), "b-images", invalid, "images have the shape (3,4,3), those of a-images (1,4,3)"},
		{"one class", []File{{"a", Images4}, {"b", IDX(make([]byte, 4), 4)}}, "b", invalid, "all labels are 0, two classes are the least"},
		{"one class that isn't the first", []File{{"a", Images4}, {"b", IDX([]byte{1, 1, 1, 1}, 4)}}, "b", invalid, "all labels are 1, two classes are the least"},
		{"one class to train with", labels(IDX(bytes.Repeat([]byte{3}, 12), 12)), "a-labels", invalid, "all labels are 3, two classes are the least"},
		{"none to set aside", []File{{"a", IDX(Ramp(24), 2, 4, 3)}, {"b", IDX([]byte{0, 1}, 2)}}, "a", invalid, "2 images without two of a class"},

		// gzip.
		{"gzip cut", images(mnist.Gzip(Images12)[:30]), "a-images", trunc, "the gzip data ends too early, after 30 bytes"},
		{"gzip checksum", images(With(mnist.Gzip(Images12), -8, 1)), "a-images", corrupt, "gzip checksum or length doesn't agree with the 160 bytes"},
		{"gzip damaged", images(With(mnist.Gzip(Images12), 10, 0xff)), "a-images", corrupt, "gzip data is damaged at about byte"},
		{"gzip header", images(With(mnist.Gzip(Images12), 2, 9)), "a-images", corrupt, "gzip header is damaged"},
		{"gzip and more", images(append(mnist.Gzip(Images12), "<html>"...)), "a-images", corrupt, "gzip data followed by 6 bytes of something else"},
		{"gzip of nothing", images(mnist.Gzip(nil)), "a-images", trunc, "the gzip data are those of an empty file"},
		{"gzip twice", images(mnist.Gzip(mnist.Gzip(Images12))), "a-images", invalid, "compressed with gzip twice"},
		{"gzip of zip", images(mnist.Gzip(archive)), "a-images", invalid, "a zip archive compressed with gzip"},

		{"more pixels than there is room for", []File{{"a-images", mnist.Gzip(IDX(Ramp(5000), 60_000, 100, 100))}, {"a-labels", IDX(make([]byte, 60_000), 60_000)}}, "a-images", invalid,
			"60,000 images of the shape (1,100,100) are 600,000,000 bytes of memory, the limit is 536,870,912 bytes"},
		{"gzip cut, in an archive", one("x.zip", Zip(t, map[string][]byte{"a": mnist.Gzip(Images12)[:40], "b": Labels12}, 8)), "a", trunc, "the gzip data ends too early, after 40 bytes"},

		// Names of classes.
		{"too few names", append(images(Images12), File{"n.txt", []byte("cat\ndog\n")}), "n.txt", invalid, "2 lines, one for each of 3 classes is expected"},
		{"two lists", append(images(Images12), File{"n.txt", []byte("a\nb\nc")}, File{"m.txt", []byte("a\nb\nc")}), "m.txt", invalid, "a text file, and so is n.txt"},
		{"name missing", append(images(Images12), File{"n.txt", []byte("a\n\nc")}), "n.txt", invalid, "line 2 is empty, the name of class 1 is expected"},
		{"name twice", append(images(Images12), File{"n.txt", []byte("a\nb\na")}), "n.txt", invalid, `lines 1 and 3 are both "a"`},
		{"a book", append(images(Images12), File{"n.txt", []byte(strings.Repeat("a long line\n", 2000))}), "n.txt", invalid, "a text file of more than 16,896 bytes, expected are the names of 3 classes"},
		{"long name", append(images(Images12), File{"n.txt", []byte("a\nb\n" + strings.Repeat("c", 65))}), "n.txt", invalid, "line 3 has 65 bytes, the name of a class has at most 64"},

		// Pictures.
		{"picture in no folder", one("x.png", picture), "x.png", invalid, "a picture that lies in no folder"},
		{"picture in no class", append(Folder(t, "train/", 2, 2), File{"train/x.png", picture}), "train/x.png", invalid, "a picture that lies in train itself"},
		{"all in one folder", Folder(t, "d/", 1, 3), "d/0/a.png", invalid, "all 3 pictures are in the folder 0: two classes are the least"},
		{"257 classes", Folder(t, "d/", 257, 1), "d/0/a.png", invalid, "folders of 257 names, at most 256 classes"},
		{"long folder", folders("d/"+strings.Repeat("x", 70)+"/a.png", picture), "d/" + strings.Repeat("x", 70) + "/a.png", invalid, "its folder's name has 70 bytes"},
		{"two sizes", folders("d/1/z.png", Grey(t, 5, 3, 1)), "d/1/z.png", invalid, "has 5 x 3 pixels, d/1/a.png has 4 x 3: all pictures are to be of one size"},
		{"the same name", folders("d/1/a.png", picture), "d/1/a.png", invalid, "there are two pictures of this name"},
		{"test class unknown", append(Folder(t, "train/", 2, 2), File{"test/7/a.png", picture}), "test/7/a.png", invalid, "there is no picture of class 7 to train with"},
		{"some in neither half", append(Folder(t, "train/", 2, 2), File{"5/a.png", picture}), "5/a.png", invalid, "lies in neither a train nor a test folder, but train/0/a.png does"},
		{"no training half", append(Folder(t, "val/", 2, 2), Folder(t, "test/", 2, 2)...), "test/0/a.png", invalid, "is to test with, val/0/a.png to validate with"},
		{"one picture a class", Folder(t, "d/", 3, 1), "d/0/a.png", invalid, "3 pictures without two of a class"},
		{"GIF", folders("d/1/z.gif", []byte("GIF89a....")), "d/1/z.gif", invalid, "not IDX, PNG, JPEG, gzip or zip: a GIF picture"},
		{"WebP", folders("d/1/z.webp", []byte("RIFF....WEBPVP8 ")), "d/1/z.webp", invalid, "not IDX, PNG, JPEG, gzip or zip: a WebP picture"},
		{"NumPy", one("x.npy", []byte("\x93NUMPY\x01\x00")), "x.npy", invalid, "a NumPy array"},
		{"tar", one("x.tar", []byte("name"+strings.Repeat("\x00", 253)+"ustar")), "x.tar", invalid, "a tar archive"},
		{"web page", one("x.png", []byte("<!DOCTYPE html><title>404</title>")), "x.png", invalid, "not IDX, PNG, JPEG, gzip or zip: a web page"},
		{"PNG cut", folders("d/0/0.png", picture[:len(picture)-20]), "d/0/0.png", trunc, "the PNG picture ends too early, after"},
		{"PNG header cut", folders("d/0/0.png", picture[:20]), "d/0/0.png", trunc, "the PNG picture ends too early, after 20 bytes"},
		{"PNG checksum", folders("d/0/0.png", With(picture, 29, 0)), "d/0/0.png", corrupt, "the PNG picture is damaged: png: invalid format: invalid checksum"},
		{"PNG too large", folders("d/0/0.png", huge), "d/0/0.png", invalid, "has 16384 x 16384 pixels, the limit is 1,048,576 pixels"},
		{"JPEG cut", folders("d/0/0.jpg", JPEG(t, image.NewGray(image.Rect(0, 0, 4, 3)))[:40]), "d/0/0.jpg", trunc, "the JPEG picture ends too early, after 40 bytes"},
		{"JPEG damaged", folders("d/0/0.jpg", With(JPEG(t, image.NewGray(image.Rect(0, 0, 4, 3))), 4, 0, 0)), "d/0/0.jpg", corrupt, "the JPEG picture is damaged: invalid JPEG format"},

		// zip.
		{"zip cut", one("x.zip", archive[:len(archive)-30]), "x.zip", trunc, "has no directory at its end"},
		{"zip header only", one("x.zip", archive[:4]), "x.zip", trunc, "the zip archive of 4 bytes has no directory"},
		{"empty zip", one("x.zip", []byte("PK\x05\x06"+strings.Repeat("\x00", 18))), "x.zip", invalid, "the zip archive is empty"},
		{"zip count too high", one("x.zip", With(archive, end(archive)+10, u16(3)...)), "x.zip", corrupt, "the zip directory has 2 files, 3 are expected"},
		{"zip count huge", one("x.zip", With(archive, end(archive)+10, u16(0xffff)...)), "x.zip", corrupt, "the zip directory has 2 files, 65535 are expected"},
		{"zip directory outside", one("x.zip", With(archive, end(archive)+16, u32(1<<31)...)), "x.zip", corrupt, "the zip directory claims bytes 2147483648 to"},
		{"zip name outside", one("x.zip", With(archive, central(archive)+28, u16(0xfff0)...)), "x.zip", corrupt, "the zip directory ends inside entry 1 of 2"},
		{"zip entry elsewhere", one("x.zip", With(archive, central(archive)+42, u32(7)...)), "x.zip/a/1.png", corrupt, "is not at byte 7 of the zip archive"},
		{"zip entry too long", one("x.zip", With(archive, central(archive)+20, u32(9999)...)), "x.zip/a/1.png", trunc, "claims 9,999 bytes of the zip archive"},
		{"zip size too small", one("x.zip", With(archive, central(archive)+24, u32(9)...)), "x.zip/a/1.png", corrupt, "unpacks to more than the 9 bytes that the zip directory says"},
		{"zip size too large", one("x.zip", With(archive, central(archive)+24, u32(5000)...)), "x.zip/a/1.png", trunc, "bytes, the zip directory says 5,000 bytes"},
		{"zip data cut", one("x.zip", With(archive, central(archive)+20, u32(20)...)), "x.zip/a/1.png", trunc, "its compressed data end after"},
		{"zip checksum", one("x.zip", With(archive, central(archive)+16, u32(1)...)), "x.zip/a/1.png", corrupt, "the zip directory says 00000001"},
		{"zip with a password", one("x.zip", With(archive, central(archive)+8, 1)), "x.zip", invalid, "a/1.png has a password"},
		{"zip method", one("x.zip", With(archive, central(archive)+10, 9)), "x.zip", invalid, "a/1.png is compressed by method 9"},
		{"zip in zip", one("x.zip", Zip(t, map[string][]byte{"y.zip": archive}, 0)), "y.zip", invalid, "a zip archive inside a zip archive"},
		{"zip that leads out", one("x.zip", Zip(t, map[string][]byte{"a/../../b.png": picture}, 8)), "x.zip", invalid, `the name "a/../../b.png" leads out of the archive`},
		{"zip with an absolute name", one("x.zip", Zip(t, map[string][]byte{"/etc/b.png": picture}, 8)), "x.zip", invalid, `the name "/etc/b.png" is an absolute one`},
		{"zip with a name in bytes", one("x.zip", Zip(t, map[string][]byte{"\xff.png": picture}, 8)), "x.zip", invalid, "is not UTF-8 text"},
		{"zip bomb", one("x.zip", With(bomb, central(bomb)+24, u32(0xfffffff0)...)), "x.zip", invalid, "unpacks to 4,294,967,280 bytes, the limit is 536,870,912 bytes"},
		{"zip bomb that lies", one("x.zip", With(bomb, central(bomb)+24, u32(100)...)), "x.zip/a", corrupt, "unpacks to more than the 100 bytes"},
	}
}

// ieee is the CRC-32 of a PNG's chunk.
func ieee(b []byte) uint32 {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, _ := w.CreateHeader(&zip.FileHeader{Name: "x"})
	f.Write(b)
	w.Close()
	at := bytes.Index(out.Bytes(), []byte("PK\x01\x02"))
	return binary.LittleEndian.Uint32(out.Bytes()[at+16:])
}
