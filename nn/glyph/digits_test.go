package glyph

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"reflect"
	"testing"

	"convlens/nn/mnist"
)

// golden is the SHA-256 of the pixels of 200 training digits followed by those
// of 100 test digits, seed 1. To make it anew after a change of the drawing,
// copy what TestGolden prints. It was the same for GOARCH=amd64, for
// GOAMD64=v3, which fuses multiplications and additions, for 386 and for
// js/wasm in node.
const golden = "7eab66d6bc8d1f7f5645eab3c6034048f5124b8d8fcf7d325c17ce6da7fa371d"

func TestGolden(t *testing.T) {
	d := Digits(1, 200, 100)
	sum := sha256.Sum256(append(bytes.Clone(d.Train.Pixels), d.Test.Pixels...))
	if got := hex.EncodeToString(sum[:]); got != golden {
		t.Errorf("SHA-256 is %s, want %s", got, golden)
	}
}

func TestSeeds(t *testing.T) {
	a := Digits(5, 40, 20)
	if b := Digits(5, 40, 20); !reflect.DeepEqual(a, b) {
		t.Error("the same seed draws other digits")
	}
	if b := Digits(6, 40, 20); bytes.Equal(a.Train.Pixels, b.Train.Pixels) {
		t.Error("another seed draws the same digits")
	}
	if bytes.Equal(a.Train.Pixels[:len(a.Test.Pixels)], a.Test.Pixels) {
		t.Error("the test digits are the training digits")
	}
	more := Digits(5, 55, 31)
	for _, s := range []struct{ few, many mnist.Set }{{a.Train, more.Train}, {a.Test, more.Test}} {
		if head := s.many.Head(s.few.N); !reflect.DeepEqual(head, s.few) {
			t.Errorf("%d digits don't start with the same as %d", s.many.N, s.few.N)
		}
	}
}

func TestBalanced(t *testing.T) {
	d := Digits(2, 130, 57)
	for _, s := range []mnist.Set{d.Train, d.Test} {
		for i := 0; i+10 <= s.N; i += 10 {
			var seen [10]bool
			for _, l := range s.Labels[i : i+10] {
				seen[l] = true
			}
			if seen != [10]bool{true, true, true, true, true, true, true, true, true, true} {
				t.Errorf("labels %d to %d are %v", i, i+9, s.Labels[i:i+10])
			}
		}
	}
	if bytes.Equal(d.Train.Labels[:10], d.Train.Labels[10:20]) && bytes.Equal(d.Train.Labels[:10], d.Train.Labels[20:30]) {
		t.Error("the classes always come in the same order")
	}
}

// TestSamePath checks that digits written as IDX files come back the same.
func TestSamePath(t *testing.T) {
	d := Digits(3, 50, 20)
	back, err := mnist.Parse(
		mnist.Gzip(mnist.EncodeImages(d.Train)), mnist.Gzip(mnist.EncodeLabels(d.Train.Labels)),
		mnist.EncodeImages(d.Test), mnist.EncodeLabels(d.Test.Labels))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, d) {
		t.Error("IDX files of the digits give another data set")
	}
}

func TestDraw(t *testing.T) {
	dst := bytes.Repeat([]byte{99}, side*side)
	Draw(dst, 3, rand.New(rand.NewPCG(1, 1)))
	again := make([]byte, side*side)
	Draw(again, 3, rand.New(rand.NewPCG(1, 1)))
	if !bytes.Equal(dst, again) {
		t.Error("what was in dst shows through")
	}
	if bytes.Equal(dst, make([]byte, side*side)) {
		t.Error("nothing was drawn")
	}
}

func TestMisusePanics(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for want, f := range map[string]func(){
		"glyph: Draw into 783 bytes, not 784": func() { Draw(make([]byte, 783), 0, rng) },
		"glyph: Draw of class 10, not 0 to 9": func() { Draw(make([]byte, 784), 10, rng) },
		"glyph: Draw of class -1, not 0 to 9": func() { Draw(make([]byte, 784), -1, rng) },
		"glyph: Digits of 10 and 0 images":    func() { Digits(1, 10, 0) },
		"glyph: Digits of -1 and 10 images":   func() { Digits(1, -1, 10) },
		"glyph: bad point 1;2":                func() { paths("0,0 1;2") },
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panics with %v, want %q", got, want)
				}
			}()
			f()
		}()
	}
}

func BenchmarkDraw(b *testing.B) {
	e, dst := newEasel(), make([]byte, side*side)
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range b.N {
		e.digit(dst, &classes[i%10], rng)
	}
}
