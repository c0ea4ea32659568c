package intake

import (
	"fmt"
	"testing"
)

// TestManyInZip reads an archive of more files than its first directory can
// count, as MNIST's pictures are.
func TestManyInZip(t *testing.T) {
	files := map[string][]byte{}
	picture := grey(t, 2, 2, 5)
	const n = 70_000
	for i := range n {
		files[fmt.Sprintf("%d/%d.png", i%10, i)] = picture
	}
	s, err := unpack(opened([]file{{"x.zip", zippedFiles(t, files, 0)}}), unstopped)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.pictures) != n {
		t.Errorf("%d pictures, expected %d", len(s.pictures), n)
	}
}
