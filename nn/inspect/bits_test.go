package inspect

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"testing"

	"convlens/nn"
)

// TestBits holds results to the bits that every build computed when this was
// written: amd64 and WebAssembly, with SIMD and without.
func TestBits(t *testing.T) {
	tr, data := trained(t, 3)
	m := tr.Model()
	p := nn.NewProbe(m, 4)
	a := NewAscent(p, Regularised(Logits(m), 0, 5, 9))
	a.Step(6)
	c := NewOcclusion(p, data.image(2), OcclusionOptions{Class: 3, Patch: 9, Stride: 5})
	for c.Step() {
	}
	cam := GradCAM(p, data.image(1), 3, 2)
	for _, tt := range []struct {
		what string
		x    []float32
		want string
	}{
		{"ascent", images(a), "0cd59fd5338f66c8"},
		{"occlusion", c.Probs, "63f82a40aa59125a"},
		{"Grad-CAM", cam.Image, "e695ba9bf2f85436"},
		{"input gradient", InputGradient(p, data.image(4), Logits(m), 7), "fffdaad99b23be8d"},
	} {
		h := sha256.New()
		if err := binary.Write(h, binary.LittleEndian, tt.x); err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(h.Sum(nil))[:16]; got != tt.want {
			t.Errorf("%s: %s, expected %s", tt.what, got, tt.want)
		}
	}
}
