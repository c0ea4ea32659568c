package app

import "testing"

func TestGridLayouts(t *testing.T) {
	for _, c := range []struct {
		name       string
		g          grid
		cols, w, h int
	}{
		{"conv2d_1", kernelGrid([]int{32, 1, 3, 3}), 16, 65, 9},
		{"conv2d_2", kernelGrid([]int{32, 32, 3, 3}), 32, 129, 129},
		{"few filters of one channel", kernelGrid([]int{4, 1, 5, 5}), 4, 25, 7},
		{"maps of conv2d_1", mapGrid([]int{32, 26, 26}), 8, 217, 109},
		{"maps of the pool", mapGrid([]int{32, 12, 12}), 8, 105, 53},
		{"flatten_1", mapGrid([]int{4608}), 96, 96, 48},
		{"dense_1", mapGrid([]int{128}), 16, 65, 33},
		{"dense_2", mapGrid([]int{10}), 10, 41, 5},
	} {
		w, h := c.g.size()
		if c.g.Cols != c.cols || w != c.w || h != c.h {
			t.Errorf("%s: %d columns, %d x %d, expected %d, %d x %d", c.name, c.g.Cols, w, h, c.cols, c.w, c.h)
		}
	}
}

func TestGridAtIsOriginInverse(t *testing.T) {
	for _, g := range []grid{
		kernelGrid([]int{32, 32, 3, 3}), mapGrid([]int{5, 4, 6}), mapGrid([]int{600}),
		{N: 12, Cols: 12, CellW: 1, CellH: 1},
	} {
		for i := range g.N {
			x, y := g.origin(i)
			for _, d := range [][2]int{{0, 0}, {g.CellW - 1, g.CellH - 1}} {
				got, dx, dy, ok := g.at(x+d[0], y+d[1])
				if !ok || got != i || dx != d[0] || dy != d[1] {
					t.Fatalf("%+v: at(%d,%d) is cell %d (%d,%d) %v, expected %d (%d,%d)",
						g, x+d[0], y+d[1], got, dx, dy, ok, i, d[0], d[1])
				}
			}
		}
	}
}

func TestGridAtEdges(t *testing.T) {
	g := grid{N: 3, Cols: 2, CellW: 2, CellH: 2, Gap: 1} // 7 x 7
	for _, c := range []struct {
		x, y int
		cell int // -1: none
	}{
		{0, 0, 0}, {3, 0, 1}, {6, 6, -1}, {4, 4, -1}, {2, 6, 2}, {-1, 0, -1}, {0, -1, -1}, {7, 0, -1}, {0, 7, -1},
	} {
		i, _, _, ok := g.at(c.x, c.y)
		if !ok {
			i = -1
		}
		if i != c.cell {
			t.Errorf("at(%d,%d) is %d, expected %d", c.x, c.y, i, c.cell)
		}
	}
}

func TestGridStep(t *testing.T) {
	g := grid{N: 5, Cols: 2, CellW: 1, CellH: 1} // 0 1 / 2 3 / 4
	for _, c := range []struct {
		from int
		key  string
		to   int
	}{
		{0, "ArrowRight", 1}, {1, "ArrowRight", 1}, {1, "ArrowLeft", 0}, {0, "ArrowLeft", 0},
		{0, "ArrowDown", 2}, {3, "ArrowDown", 3}, {2, "ArrowUp", 0}, {1, "ArrowUp", 1},
		{4, "ArrowRight", 4}, {2, "Home", 0}, {2, "End", 4},
	} {
		if to, ok := g.step(c.from, c.key); !ok || to != c.to {
			t.Errorf("%s from %d leads to %d, expected %d", c.key, c.from, to, c.to)
		}
	}
	if _, ok := g.step(0, "a"); ok {
		t.Error("the letter a moves")
	}
}

// Pictures are crisp where a device pixel fits for each of theirs, and else shrunk
// to their room.
func TestPictureWidth(t *testing.T) {
	for _, c := range []struct {
		room, high, ratio float64
		w, h              int
		want              float64
		crisp             bool
	}{
		{280, 0, 1, 28, 28, 280, true},
		{430, 0, 1, 129, 129, 387, true},
		{387, 0, 1, 129, 129, 387, true},
		{386.9, 0, 1, 129, 129, 258, true},
		{358, 0, 3, 129, 129, 344, true},
		{430, 0, 1.5, 129, 129, 430, true},
		{279.9, 0, 1, 28, 28, 252, true},
		{280, 0, 2, 28, 28, 280, true},
		{330, 0, 1.5, 100, 100, 800. / 3, true}, // 4 device pixels each
		{100, 0, 1, 200, 28, 100, false},
		{100, 0, 2, 200, 28, 100, true},
		{0, 0, 1, 28, 28, 28, true}, // not shown
		{280, 280, 1, 17, 33, 136, true},
		{280, 280, 1, 33, 17, 264, true},
		{58, 58, 1, 97, 97, 58, false},
		{58, 58, 1, 20, 116, 10, false},
	} {
		width, crisp := pictureWidth(c.room, c.high, c.ratio, c.w, c.h)
		if diff := width - c.want; diff > 1e-3 || diff < -1e-3 || crisp != c.crisp {
			t.Errorf("%dx%d in %v, at most %v high, at %v: %v wide, crisp %v, expected %v, %v", c.w, c.h, c.room, c.high, c.ratio, width, crisp, c.want, c.crisp)
		}
	}
}
