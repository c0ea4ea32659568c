package glyph

// steps is the number of straight pieces that each span of a spline becomes.
const steps = 5

// spline appends the points of a uniform quadratic B-spline to out. It starts
// at the first and ends at the last control point, touches the middles of the
// lines between the others, and has a corner where a control point is
// repeated. There are at least two control points.
func spline(out, ctrl []point) []point {
	if len(ctrl) == 2 {
		ctrl = []point{ctrl[0], middle(ctrl[0], ctrl[1]), ctrl[1]}
	}
	a := ctrl[0]
	out = append(out, a)
	last := len(ctrl) - 2
	for i := 1; i <= last; i++ {
		b, c := ctrl[i], ctrl[i+1]
		if i < last {
			c = middle(b, c)
		}
		for k := 1; k <= steps; k++ {
			out = append(out, bezier(a, b, c, float64(k)/steps))
		}
		a = c
	}
	return out
}

// bezier returns the point at t of the quadratic Bézier curve a, b, c.
func bezier(a, b, c point, t float64) point {
	s := 1 - t
	u, v, w := float64(s*s), float64(2*s*t), float64(t*t)
	return point{
		float64(u*a.x) + float64(v*b.x) + float64(w*c.x),
		float64(u*a.y) + float64(v*b.y) + float64(w*c.y),
	}
}

func middle(a, b point) point { return point{(a.x + b.x) / 2, (a.y + b.y) / 2} }
