package nn

import (
	"bytes"
	"fmt"
	"testing"
)

// TestAppendShifted compares every move of images of one channel and of several,
// also out of sight, with a plain loop over the pixels.
func TestAppendShifted(t *testing.T) {
	for _, s := range []Shape{{C: 1, H: 28, W: 28}, {C: 3, H: 5, W: 7}, {C: 2, H: 1, W: 1}} {
		image := make([]byte, s.Len())
		for i := range image {
			image[i] = byte(1 + hash(3, uint32(i))%255) // no paper, so that every pixel counts
		}
		kept := bytes.Clone(image)
		for dy := -s.H - 1; dy <= s.H+1; dy++ {
			for dx := -s.W - 1; dx <= s.W+1; dx++ {
				want := []byte("before")
				for c := range s.C {
					for y := range s.H {
						for x := range s.W {
							v := byte(0)
							if fx, fy := x-dx, y-dy; fx >= 0 && fx < s.W && fy >= 0 && fy < s.H {
								v = image[(c*s.H+fy)*s.W+fx]
							}
							want = append(want, v)
						}
					}
				}
				// What the buffer holds from an earlier batch must not shine through.
				buf := bytes.Repeat([]byte{255}, len(want))
				if got := appendShifted(append(buf[:0], "before"...), image, s, dx, dy); !bytes.Equal(got, want) {
					t.Fatalf("%v moved by %d, %d:\n%v, expected\n%v", s, dx, dy, got, want)
				}
			}
		}
		if !bytes.Equal(image, kept) {
			t.Errorf("%v: the image itself has changed", s)
		}
	}
}

// TestShiftOf wants all offsets equally often, others in another epoch, and none
// where none are asked for.
func TestShiftOf(t *testing.T) {
	const samples = 10_000
	for most := range 4 {
		side := 2*most + 1
		count := map[[2]int]int{}
		same := 0
		for i := range samples {
			dx, dy := shiftOf(7, i, most)
			count[[2]int{dx, dy}]++
			if x, y := shiftOf(8, i, most); x == dx && y == dy {
				same++
			}
		}
		for dy := -most; dy <= most; dy++ {
			for dx := -most; dx <= most; dx++ {
				// Five standard deviations.
				n, mean := count[[2]int{dx, dy}], samples/(side*side)
				if d := n - mean; d*d > 25*mean {
					t.Errorf("up to %d pixels: %d, %d comes %d times in %d, expected about %d", most, dx, dy, n, samples, mean)
				}
				delete(count, [2]int{dx, dy})
			}
		}
		if len(count) > 0 {
			t.Errorf("up to %d pixels: moves of %v", most, count)
		}
		if mean := samples / (side * side); most > 0 && (same-mean)*(same-mean) > 25*mean {
			t.Errorf("up to %d pixels: %d of %d samples are moved alike in another epoch, expected about %d", most, same, samples, mean)
		}
	}
}

// TestShiftedDeal wants a replica to be dealt its images moved as shiftOf says,
// whatever its place in the batch.
func TestShiftedDeal(t *testing.T) {
	b := batch{numbers: []int{5, 9, 2, 30, 17, 8, 41, 3, 12}, train: true, key: 11, shift: 2}
	for size := 1; size <= 3; size++ {
		var got, want []byte
		for rank := range size {
			var d Deal
			d.fill(smallData, b, newPaces(size).split, rank)
			got = append(got, d.Images...)
		}
		for _, i := range b.numbers {
			dx, dy := shiftOf(b.key, i, b.shift)
			want = appendShifted(want, smallData.Image(i), smallData.shape, dx, dy)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%d replicas are dealt other images", size)
		}
	}
	b.shift = 0
	var d Deal
	d.fill(smallData, b, nil, 0)
	if got, want := fmt.Sprint(d.Images[:smallData.shape.Len()]), fmt.Sprint(smallData.Image(5)); got != want {
		t.Errorf("without a shift the first image is\n%s, expected\n%s", got, want)
	}
}
