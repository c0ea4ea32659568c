package intake

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"convlens/nn/mnist"
)

// TestIDX finds the sets whatever the files' names and order are.
func TestIDX(t *testing.T) {
	for _, tt := range []struct {
		name        string
		files       []file
		train, test int
		title       string
	}{
		{"MNIST's names", []file{{"train-images-idx3-ubyte", images12}, {"train-labels-idx1-ubyte", labels12},
			{"t10k-images-idx3-ubyte", images4}, {"t10k-labels-idx1-ubyte", labels4}}, 12, 4, "train-images-idx3-ubyte"},
		{"any names, any order, gz and raw", []file{{"d", mnist.Gzip(labels4)}, {"c", images12}, {"b", mnist.Gzip(images4)}, {"a", labels12}}, 12, 4, "c"},
		{"the names say that the smaller one is to train with", []file{{"test-a", images12}, {"b", labels12}, {"train-c", images4}, {"d", labels4}}, 4, 12, "train-c"},
		{"one name is enough", []file{{"val.gz", images12}, {"b", labels12}, {"c.gz", images4}, {"d", labels4}}, 4, 12, "c"},
		{"the labels' names say it", []file{{"a", images4}, {"b", images12}, {"y_train", labels4}, {"y_test", labels12}}, 4, 12, "a"},
		{"sets of one size, told apart by their names", []file{{"x_test", images4}, {"y_train", labels4}, {"x_train", with(images4, 20, 1)}, {"y_test", with(labels4, 9, 0)}}, 4, 4, "x_train"},
		{"N,H,W,1", []file{{"a", idx(ramp(4*12), 4, 4, 3, 1)}, {"b", labels4}, {"c", images12}, {"d", labels12}}, 12, 4, "c"},
		{"a folder", []file{{"mine/a", images4}, {"mine/b", labels4}, {"mine/x/c", images12}, {"mine/x/d", labels12}}, 12, 4, "mine"},
		{"an archive", []file{{"fashion.zip", zippedFiles(t, map[string][]byte{"a": images4, "b": mnist.Gzip(labels4), "c": images12, "d": labels12}, 8)}}, 12, 4, "fashion"},
		{"two archives", []file{{"a.zip", zippedFiles(t, map[string][]byte{"a": images4, "c": images12}, 8)},
			{"b.zip", zippedFiles(t, map[string][]byte{"b": labels4, "d": labels12}, 0)}}, 12, 4, "c"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := mustRead(t, tt.files)
			d := in.Data
			if d.Train.N != tt.train || d.Test.N != tt.test || in.Title != tt.title || in.HeldOut || fmt.Sprint(in.Classes) != "[0 1 2]" {
				t.Errorf("%d to train with, %d to test with, %q, classes %v, held out %v", d.Train.N, d.Test.N, in.Title, in.Classes, in.HeldOut)
			}
			twelve, four := &d.Train, &d.Test
			if tt.train == 4 {
				twelve, four = four, twelve
			}
			if tt.train != tt.test && (!bytes.Equal(twelve.Pixels, images12[16:]) || !bytes.Equal(twelve.Labels, labels12[8:]) || !bytes.Equal(four.Labels, labels4[8:])) {
				t.Error("other pixels or labels")
			}
			if tt.train == tt.test && (d.Train.Pixels[4] != 1 || d.Test.Labels[1] != 0) {
				t.Error("the labels are not those of the images")
			}
		})
	}
}

// TestSplit sets aside every sixth image of each class.
func TestSplit(t *testing.T) {
	// Class 0 has 13 images, class 1 three, class 2 one.
	labels := []byte{0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 1}
	pix := make([]byte, len(labels))
	for i := range pix {
		pix[i] = byte(i)
	}
	in := mustRead(t, []file{{"mine.gz", idx(pix, uint32(len(pix)), 1, 1)}, {"y", idx(labels, uint32(len(labels)))}})
	if !in.HeldOut || in.Title != "mine" {
		t.Errorf("held out %v of %q", in.HeldOut, in.Title)
	}
	if want := []byte{6, 14, 16}; !bytes.Equal(in.Data.Test.Pixels, want) || !bytes.Equal(in.Data.Test.Labels, []byte{0, 0, 1}) {
		t.Errorf("set aside are %v with the labels %v, expected %v", in.Data.Test.Pixels, in.Data.Test.Labels, want)
	}
	if want := []byte{0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 15}; !bytes.Equal(in.Data.Train.Pixels, want) {
		t.Errorf("the others are %v, expected %v", in.Data.Train.Pixels, want)
	}
}

// TestColour keeps the channels apart.
func TestColour(t *testing.T) {
	rgb := idx([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24}, 4, 1, 2, 3)
	in := mustRead(t, []file{{"a", rgb}, {"b", idx([]byte{0, 1, 0, 1}, 4)}})
	if d := in.Data; d.Train.C != 3 || fmt.Sprint(d.Train.Image(1), d.Test.Image(0)) != "[7 10 8 11 9 12] [13 16 14 17 15 18]" {
		t.Errorf("%d channels: %v, %v", d.Train.C, d.Train.Image(1), d.Test.Image(0))
	}
}

func TestNames(t *testing.T) {
	good := []file{{"a", images12}, {"b", labels12}}
	in := mustRead(t, append(good, file{"labels.txt", []byte("\ufeffcat\r\ndog \r\nÄpfel\r\n\r\n")}, file{"README.md", []byte("x")}, file{".git/x", nil}))
	if fmt.Sprintf("%q", in.Classes) != `["cat" "dog" "Äpfel"]` || !slices.Equal(in.Unused, []string{"README.md", ".git/x"}) {
		t.Errorf("classes %q, unused %q", in.Classes, in.Unused)
	}
}

// TestPictures takes the class from the folder, in the order of the names.
func TestPictures(t *testing.T) {
	files := []file{}
	for _, half := range []string{"train", "test"} {
		for _, class := range []string{"10", "9", "zero"} {
			n := map[string]int{"train": 3, "test": 2}[half]
			for i := range n {
				files = append(files, file{fmt.Sprintf("mine/%s/%s/%d.png", half, class, i), grey(t, 4, 3, byte(len(class)*50+i))})
			}
		}
	}
	slices.Reverse(files)
	archive := map[string][]byte{"mine/train/": nil, "__MACOSX/mine/train/9/._0.png": {1}, "mine/notes.txt": []byte("hello")}
	for _, f := range files {
		archive[f.Name] = f.Bytes
	}
	for name, files := range map[string][]file{
		"folder":        append(files, file{"mine/notes.txt", []byte("hello")}),
		"archive":       {{"mine.zip", zippedFiles(t, archive, 8)}},
		"stored":        {{"mine.zip", zippedFiles(t, archive, 0)}},
		"under Windows": {{"mine.zip", zippedFiles(t, windows(archive), 8)}},
	} {
		t.Run(name, func(t *testing.T) {
			told := 0
			looked := 0
			in, err := Read(opened(files), func(p Progress) bool {
				n := &looked
				if p.Images {
					n = &told
				}
				if *n++; p.Done != *n || p.Images && p.Total != 15 || p.Total < p.Done {
					t.Errorf("progress %+v after %d", p, *n-1)
				}
				return true
			})
			if err != nil {
				t.Fatal(err)
			}
			checkDataset(t, in)
			d := in.Data
			if fmt.Sprint(in.Classes) != "[10 9 zero]" || in.Title != "mine" || in.HeldOut || told != 15 {
				t.Errorf("classes %v of %q, held out %v, %d pictures", in.Classes, in.Title, in.HeldOut, told)
			}
			if fmt.Sprint(d.Train.Labels, d.Test.Labels) != "[0 1 2 0 1 2 0 1 2] [0 1 2 0 1 2]" {
				t.Errorf("labels %v and %v", d.Train.Labels, d.Test.Labels)
			}
			if d.Train.C != 1 || d.Train.H != 3 || d.Train.W != 4 || d.Train.Image(4)[0] != 255-51 || d.Train.Image(4)[11] != 51 || d.Test.Image(5)[1] != 201 {
				t.Errorf("(%d,%d,%d): image 4 is %v, the last one %v", d.Train.C, d.Train.H, d.Train.W, d.Train.Image(4), d.Test.Image(5))
			}
			if got := strings.Join(in.Unused, " "); !strings.Contains(got, "mine/notes.txt") {
				t.Errorf("unused are %q", got)
			}
		})
	}
}

func windows(files map[string][]byte) map[string][]byte {
	out := map[string][]byte{}
	for name, b := range files {
		if !strings.HasSuffix(name, "/") {
			out[strings.ReplaceAll(name, "/", `\`)] = b
		}
	}
	return out
}

// TestPictureColours takes three channels as soon as one picture needs them.
func TestPictureColours(t *testing.T) {
	half := color.NRGBA{200, 100, 0, 128}
	white, red := color.NRGBA{255, 255, 255, 255}, color.NRGBA{255, 0, 0, 255}
	files := []file{
		{"b/1.png", pixels(t, white, red)}, {"b/2.png", pixels(t, half, color.NRGBA{})},
		{"a/1.png", pixels(t, color.Gray{7}, white)}, {"a/2.png", pixels(t, color.Gray{9}, color.Gray{10})},
	}
	in := mustRead(t, files)
	train, test := in.Data.Train, in.Data.Test
	if train.C != 3 || fmt.Sprint(train.Image(0), train.Image(1)) != "[7 255 7 255 7 255] [255 255 255 0 255 0]" {
		t.Errorf("%d channels: %v %v", train.C, train.Image(0), train.Image(1))
	}
	// Half transparent over black is half as bright.
	if fmt.Sprint(test.Image(0), test.Image(1)) != "[9 10 9 10 9 10] [100 0 50 0 0 0]" {
		t.Errorf("test images %v %v", test.Image(0), test.Image(1))
	}
}

// TestJPEG decodes grey and coloured ones.
func TestJPEG(t *testing.T) {
	flat := func(c color.Color) image.Image {
		img := image.NewRGBA(image.Rect(5, 5, 13, 13)) // not at the origin
		for i := range 64 {
			img.Set(5+i%8, 5+i/8, c)
		}
		return img
	}
	greyImage := image.NewGray(image.Rect(0, 0, 8, 8))
	in := mustRead(t, []file{{"a/1.jpg", encodedJPEG(t, greyImage)}, {"a/2.jpg", encodedJPEG(t, greyImage)},
		{"b/1.jpeg", encodedJPEG(t, flat(color.RGBA{250, 0, 0, 255}))}, {"b/2.png", encoded(t, flat(color.RGBA{0, 0, 0, 255}))}})
	if p := in.Data.Train.Image(1); in.Data.Train.C != 3 || p[0] < 240 || p[64] > 10 || p[128] > 10 {
		t.Errorf("red is %v", p)
	}
}

// TestRoles uses the validation pictures only where there are none to test with.
func TestRoles(t *testing.T) {
	train, val, test := folder(t, "d/train/", 2, 3), folder(t, "d/val/", 2, 1), folder(t, "d/test/", 2, 2)
	in := mustRead(t, slices.Concat(train, val))
	if in.HeldOut || in.Data.Train.N != 6 || in.Data.Test.N != 2 {
		t.Errorf("train and val: %d and %d images", in.Data.Train.N, in.Data.Test.N)
	}
	in = mustRead(t, slices.Concat(test, train, val))
	if in.Data.Test.N != 4 || !slices.Equal(in.Unused, []string{"d/val/0/a.png", "d/val/1/a.png"}) {
		t.Errorf("with test: %d images to test with, unused %q", in.Data.Test.N, in.Unused)
	}
	in = mustRead(t, train)
	if !in.HeldOut || in.Data.Train.N != 4 || in.Data.Test.N != 2 {
		t.Errorf("train alone: %d and %d images, held out %v", in.Data.Train.N, in.Data.Test.N, in.HeldOut)
	}
	if in = mustRead(t, folder(t, "", 256, 2)); len(in.Classes) != 256 || in.Classes[255] != "255" {
		t.Errorf("%d classes", len(in.Classes))
	}
}

// TestMixed has every class early.
func TestMixed(t *testing.T) {
	in := mustRead(t, slices.Concat(folder(t, "train/", 2, 8), folder(t, "test/", 2, 1)))
	if got := fmt.Sprint(in.Data.Train.Labels); got != "[0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1]" {
		t.Errorf("labels %s", got)
	}
}
