package app

import "convlens/nn/wire"

// flowGrid lays out the beginning of a layer's output in the little room of a
// stage: four maps in a square, or values in rows.
func flowGrid(shape []int) grid {
	n := shape[0]
	if len(shape) == 3 {
		return grid{N: n, Cols: min(n, 2), CellW: shape[2], CellH: shape[1], Gap: 1}
	}
	if n > 16 {
		return grid{N: n, Cols: 16, CellW: 3, CellH: 3, Gap: 0}
	}
	return grid{N: n, Cols: min(n, 5), CellW: 9, CellH: 9, Gap: 1}
}

// paintFlow draws the beginning of a layer's output on a scale of its own.
func paintFlow(r *raster, t *wire.Tensor, s scale, p *palette) {
	r.cells(flowGrid(t.Shape), t.Data, s, p)
}

// Flow returns the beginning of the named layer's output, or nil.
func (s *State) Flow(layer string) *wire.Tensor {
	if s.View == nil {
		return nil
	}
	for i := range s.View.Flow {
		if t := &s.View.Flow[i]; t.Name == layer && (len(t.Shape) == 1 || len(t.Shape) == 3) && full(t) {
			return t
		}
	}
	return nil
}

// mapScale is the scale for the output of a layer: signed where it computes
// weighted sums; what ReLU, pooling and softmax let through is never negative.
func (d *desk) mapScale(layer string, end float32) scale {
	if d.signed(layer) {
		return d.palette().signed(end)
	}
	return magnitude(end)
}
