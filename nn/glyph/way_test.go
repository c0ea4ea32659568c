package glyph

import (
	"math"
	"math/rand/v2"
	"testing"
)

// plainHand writes a way as it stands in the table.
func plainHand() *hand { return &hand{width: nib, stretch: 0.85, warp: new(warp)} }

func TestWays(t *testing.T) {
	for c := range classes {
		if n := len(classes[c].ways); n < 4 {
			t.Errorf("%d: only %d ways of writing it", c, n)
		}
		names := map[string]bool{}
		for _, w := range classes[c].ways {
			if names[w.name] {
				t.Errorf("%d: two ways are called %q", c, w.name)
			}
			names[w.name] = true
			if w.weight < 1 || len(w.strokes) == 0 {
				t.Errorf("%d %s: weight %d, %d strokes", c, w.name, w.weight, len(w.strokes))
			}
			for _, s := range w.strokes {
				if len(s) < 2 {
					t.Errorf("%d %s: a stroke of %d points", c, w.name, len(s))
				}
				for _, p := range s {
					if p.x < -30 || p.x > 130 || p.y < -30 || p.y > 130 {
						t.Errorf("%d %s: %v is outside", c, w.name, p)
					}
				}
			}
		}
	}
}

// TestWaysDiffer draws each way plainly and compares every two of a class.
func TestWaysDiffer(t *testing.T) {
	for c := range classes {
		ways := classes[c].ways
		pix := make([][]byte, len(ways))
		for i := range ways {
			pix[i] = make([]byte, side*side)
			if !newEasel().draw(pix[i], &ways[i], plainHand(), rand.New(rand.NewPCG(1, 1))) {
				t.Errorf("%d: %q can't be centred", c, ways[i].name)
			}
			for j := range i {
				sum := 0.0
				for k, p := range pix[i] {
					sum += math.Abs(float64(p) - float64(pix[j][k]))
				}
				// In units of a full pixel; a digit has some 100 of them.
				if sum /= 255; sum < 12 {
					t.Errorf("%d: %q and %q differ by %.1f pixels only", c, ways[i].name, ways[j].name, sum)
				}
			}
		}
	}
}

// TestPick checks that ways come as often as their weights say.
func TestPick(t *testing.T) {
	c := class{ways: []way{{name: "a", weight: 1}, {name: "b", weight: 5}, {name: "c", weight: 2}}}
	rng := rand.New(rand.NewPCG(1, 1))
	got := map[string]int{}
	for range 8000 {
		got[c.pick(rng).name]++
	}
	for _, w := range c.ways {
		// Five standard deviations of a binomial count are below 225.
		if want := 1000 * w.weight; got[w.name] < want-225 || got[w.name] > want+225 {
			t.Errorf("%s: %d of 8000, want about %d", w.name, got[w.name], want)
		}
	}
}

func TestPaths(t *testing.T) {
	got := paths("1,2 3,-4! 5,6", "7,8 9,10")
	want := [][]point{{{1, 2}, {3, -4}, {3, -4}, {5, 6}}, {{7, 8}, {9, 10}}}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if len(got[i]) != len(want[i]) {
			t.Fatalf("got %v, want %v", got, want)
		}
		for j := range want[i] {
			if got[i][j] != want[i][j] {
				t.Errorf("got %v, want %v", got[i][j], want[i][j])
			}
		}
	}
}
