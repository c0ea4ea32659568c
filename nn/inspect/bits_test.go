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
		{"ascent", images(a), "928beb671c0f0d2f"},
		{"occlusion", c.Probs, "44d8f67d029e68ee"},
		{"Grad-CAM", cam.Image, "8351435cea3f5dbf"},
		{"input gradient", InputGradient(p, data.image(4), Logits(m), 7), "aa628ae4527d193c"},
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
